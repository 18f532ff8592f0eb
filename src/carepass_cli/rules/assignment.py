"""An assignment's status, read off its dates."""

STATUSES = ("pending", "confirmed", "ended", "declined", "cancelled")


def status(confirmed_on: object, declined_on: object, cancelled_on: object, ended_on: object) -> str:
    """One of STATUSES, from the dates known on the day that is asked about (None: not happened yet).

    On the day it ends an assignment no longer counts. Only `confirmed` ever counts.
    """
    if cancelled_on is not None:
        return "cancelled"
    if declined_on is not None:
        return "declined"
    if ended_on is not None:
        return "ended"
    return "pending" if confirmed_on is None else "confirmed"
