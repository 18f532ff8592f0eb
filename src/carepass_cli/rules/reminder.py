"""When a person is reminded of an expiry: 60, 30, 7 and 0 days before it."""

from typing import NamedTuple

DAYS_BEFORE = (60, 30, 7, 0)


class Reminder(NamedTuple):
    """The reminder that is due: its number of days before expiry, and whether its own day has passed."""

    days_before: int
    late: bool


def reminder_due(days_left: int) -> Reminder | None:
    """The latest reminder whose day has come, with `days_left` days to the last valid day.

    Earlier ones count as passed; None before the first.
    """
    reached = [days for days in DAYS_BEFORE if days_left <= days]
    return Reminder(min(reached), days_left < min(reached)) if reached else None
