"""The standing of one person in one requirement: its status, its step and the dates that explain them.

Reports, lists and `explain` all come here, so that they cannot disagree.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from carepass_cli.rules.span import BEFORE_START, Span, parse_span

# How long a person has for a requirement that does not say so.

STATUSES = ("not-started", "overdue", "valid", "expiring", "expired", "waived")
STEPS = ("in-cart", "submitted", "rejected", "approved", "in-progress", "lapsed")


@dataclass(frozen=True)
class Held:
    """A completion that counts: not void, of the course or of one equated with it.

    `expires_on` is the last valid day; None never expires. `anniversary_on` is what it was before an
    extension, None where there was none.
    """

    completed_on: date
    expires_on: date | None
    record: int = 0
    code: str = ""
    anniversary_on: date | None = None


@dataclass(frozen=True)
class Demand:
    """What a role asks of a person: from when, by when, and when the home wants to be warned.

    `start_on` is the assignment's start; None where the role is only looked at and not held, and then
    nothing is ever due. `before_start` says that it must be done before the first day of work; then
    `due_within` is nought. `back_on` is the first day on which it was asked for again, after the latest
    waiver or leave that is over.
    """

    required_from: date
    due_within: Span
    expiring_within: Span
    start_on: date | None
    before_start: bool = False
    back_on: date | None = None


@dataclass(frozen=True)
class Standing:
    """Status and dates. `days_left` is 0 on the last valid day and negative after it."""

    status: str
    due_on: date | None
    completed_on: date | None = None
    expires_on: date | None = None
    days_left: int | None = None


def best(held: Iterable[Held]) -> Held | None:
    """The completion that counts: the one that lasts longest, of those the newest. None without any."""
    return max(
        held,
        key=lambda h: (h.expires_on is None, h.expires_on or date.min, h.completed_on, h.record),
        default=None,
    )


def standing(demand: Demand, held: Held | None, waived: bool, today: date) -> Standing:
    """The standing on `today`, given the completion that counts and whether a waiver holds. A role asks for
    nothing before its start: what has run out by then is not started."""
    due_on = due_date(demand)
    if held is None:
        late = due_on is not None and due_on < today
        return Standing("waived" if waived else "overdue" if late else "not-started", due_on)
    left = days_left(held.expires_on, today)
    status = "waived" if waived else validity(held.expires_on, demand.expiring_within, today)
    if status == "expired" and demand.start_on is not None and today < demand.start_on:
        status = "not-started"
    return Standing(status, due_on, held.completed_on, held.expires_on, left)


def validity(expires_on: date | None, expiring_within: Span, today: date) -> str:
    """`valid`, `expiring` (from `expiring_within` before the last day on) or `expired` (after it)."""
    if expires_on is None:
        return "valid"
    if expires_on < today:
        return "expired"
    return "expiring" if opens_on(expires_on, expiring_within) <= today else "valid"


def opens_on(expires_on: date, span: Span) -> date:
    """The first day on which `expires_on` is at most `span` away."""
    return span.before(expires_on)


def days_left(last_day: date | None, today: date) -> int | None:
    """Days until `last_day`: 0 on it, negative after it, None where there is none."""
    return None if last_day is None else (last_day - today).days


@lru_cache(maxsize=64)
def due_span(due: str) -> Span:
    """How long people have by a requirement's `due`: nought days where it is `before-start`."""
    return Span(0, "d") if due == BEFORE_START else parse_span(due)


def due_date(demand: Demand) -> date | None:
    """The last day to complete in time: `due_within` after the latest of the start, the requirement's date
    and the first day back. A role or requirement that is given back with the same dates is due as before."""
    if demand.start_on is None:
        return None
    return demand.due_within.after(max(demand.start_on, demand.required_from, demand.back_on or date.min))


@dataclass(frozen=True)
class Attempt:
    """A submitted line as the steps see it. `decision` is approved, rejected or submitted;
    `state` is the registration's status, empty without one."""

    decided_on: date
    decision: str
    state: str = ""


def step(in_cart: bool, latest: Attempt | None, completed_on: date | None) -> str | None:
    """What is under way for a requirement, or None.

    A rejection or a lapse is told until the course is completed, on that day or later.
    """
    if in_cart:
        return "in-cart"
    if latest is None:
        return None
    if latest.decision == "approved":
        if latest.state in ("approved", "in-progress"):
            return latest.state
        told = latest.state == "lapsed"
    elif latest.decision == "submitted":
        return "submitted"
    else:
        told = True
    superseded = completed_on is not None and completed_on >= latest.decided_on
    return (latest.state or latest.decision) if told and not superseded else None
