"""May this person work that day, and who began to work too soon."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.span import BEFORE_START
from carepass_cli.rules.standing import Demand, Held, due_date

CLEARED, NOT_CLEARED = "cleared", "not-cleared"
ROLE_NOT_CONFIRMED, ON_LEAVE = "role-not-confirmed", "on-leave"


class Bar(NamedTuple):
    """A requirement keeps somebody from working on every day after `last_clear_on`, and why: `before-start`
    (never done), `overdue` or `expired`."""

    last_clear_on: date
    kind: str


def bar(demand: Demand, held: Held | None) -> Bar | None:
    """What a requirement that is not waived has against somebody's working; None: nothing, ever.

    `held` is the completion that counts. It says what `standing` says of the same day: a course that comes
    before work and was never done is `before-start`, whether or not it is overdue by then.
    """
    if held is not None:
        return None if held.expires_on is None else Bar(held.expires_on, "expired")
    if demand.before_start:
        return Bar(date.min, BEFORE_START)
    due_on = due_date(demand)
    return None if due_on is None else Bar(due_on, "overdue")


def reasons(
    on: date, *, role_confirmed: bool, on_leave: bool, bars: Iterable[tuple[str, Bar]]
) -> tuple[str, ...]:
    """All that keeps a person from working in a role on a day; nothing: they are cleared.

    `bars` are those of what the role requires that day, each with its course's code.
    """
    found = [] if role_confirmed else [ROLE_NOT_CONFIRMED]
    if on_leave:
        found.append(ON_LEAVE)
    found += [f"{code} {against.kind}" for code, against in bars if against.last_clear_on < on]
    return tuple(found)


def clearance(found: tuple[str, ...]) -> str:
    """The word for a day with these reasons."""
    return NOT_CLEARED if found else CLEARED


def days_late(due_on: date, first_completed_on: date | None, today: date) -> int:
    """How long after `due_on` the course was first done, or is still not done today; 0 in time."""
    return max(0, ((first_completed_on or today) - due_on).days)
