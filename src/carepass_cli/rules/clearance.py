"""May this person work that day, and who began to work too soon."""

from collections.abc import Iterable
from datetime import date

from carepass_cli.rules.standing import BEFORE_START, Standing

CLEARED, NOT_CLEARED = "cleared", "not-cleared"
ROLE_NOT_CONFIRMED, ON_LEAVE = "role-not-confirmed", "on-leave"


def reason_of(standing: Standing, *, before_start: bool) -> str | None:
    """Why a requirement keeps somebody from working on the day of the standing: `before-start` (never done),
    `overdue` or `expired`; None where it does not."""
    if before_start and standing.status in ("not-started", "overdue"):
        return BEFORE_START
    return standing.status if standing.status in ("overdue", "expired") else None


def reasons(
    *, role_confirmed: bool, on_leave: bool, courses: Iterable[tuple[str, bool, Standing]]
) -> tuple[str, ...]:
    """All that keeps a person from working in a role on a day; nothing: they are cleared.

    `courses` are what the role requires that day, each with its code, whether it comes before the first
    day of work, and where the person stands in it on that day.
    """
    found = [] if role_confirmed else [ROLE_NOT_CONFIRMED]
    if on_leave:
        found.append(ON_LEAVE)
    for code, before_start, standing in courses:
        if kind := reason_of(standing, before_start=before_start):
            found.append(f"{code} {kind}")
    return tuple(found)


def clearance(found: tuple[str, ...]) -> str:
    """The word for a day with these reasons."""
    return NOT_CLEARED if found else CLEARED


def days_late(due_on: date, first_completed_on: date | None, today: date) -> int:
    """How long after `due_on` the course was first done, or is still not done today; 0 in time."""
    return max(0, ((first_completed_on or today) - due_on).days)
