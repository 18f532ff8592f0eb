"""The last valid day of a completion: what a course's validity counts from, and what moves it later.

A validity counts from the completion, from the last day of what is held (`expiry`), or to a fixed day of the
year (`MM-DD`). An authority may extend a record; its anniversary, from which a renewal by `expiry` counts,
then stays where it was.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from carepass_cli.rules.span import Span, years_after
from carepass_cli.rules.standing import Held, best, opens_on

COMPLETION, EXPIRY = "completion", "expiry"
# How long before the last day a renewal counts from that day where no home with the course says otherwise.
WINDOW = Span(60, "d")
LEAP_DAY = (2, 29)


@dataclass(frozen=True)
class Validity:
    """How long a completion is valid: `years` (None: for good), counted from `basis`, which is `completion`,
    `expiry` or a day of the year as `MM-DD`. With such a day, `minimum` is the least span from the completion
    to the first of them."""

    years: int | None
    basis: str = COMPLETION
    minimum: Span | None = None

    def __str__(self) -> str:
        """In words, as `explain` says it."""
        if self.years is None:
            return "valid for good"
        span = "1 year" if self.years == 1 else f"{self.years} years"
        if self.basis == COMPLETION:
            return f"valid {span} from the completion"
        if self.basis == EXPIRY:
            return (
                f"valid {span} from the last day of what is renewed in its window, else from the completion"
            )
        least = f", at least {self.minimum} after the completion" if self.minimum else ""
        count = "the next" if self.years == 1 else f"{self.years} times"
        return f"valid through {count} {self.basis}{least}"


def last_day(completed_on: date, validity: Validity, held: Held | None, window: Span) -> date | None:
    """The last valid day of a completion; None: for good.

    `held` is the completion that counted until then, `window` the renewal window of that day. By `expiry` the
    last day is never before that of what is held.
    """
    if validity.years is None:
        return None
    if validity.basis == COMPLETION:
        return years_after(completed_on, validity.years)
    if validity.basis != EXPIRY:
        return _day_of_the_year(completed_on, validity, validity.years)
    if held is None:
        return years_after(completed_on, validity.years)
    if held.expires_on is None:
        return None
    anniversary = held.anniversary_on or held.expires_on
    renews = any(opens_on(last, window) <= completed_on <= last for last in (anniversary, held.expires_on))
    return max(years_after(anniversary if renews else completed_on, validity.years), held.expires_on)


def longest(windows: Iterable[Span], day: date) -> Span:
    """The window that reaches furthest from `day`; WINDOW where there is none."""
    return max(windows, key=lambda span: span.after(day), default=WINDOW)


@dataclass(frozen=True)
class Record:
    """A completion whose last day may be worked out anew. `kept` says that it may not: the certificate names
    its own last day, an authority extended it, or it is of another course."""

    held: Held
    window: Span
    kept: bool


def restated(records: Sequence[Record], validity: Validity) -> list[date | None]:
    """The last days of one person's completions of a course and its equals, worked out anew by `validity`.

    They come in the order of their completion, and so do the answers: each counts from what was held then.
    """
    earlier: list[Held] = []
    for record in records:
        held = record.held
        if not record.kept:
            expires_on = last_day(held.completed_on, validity, best(earlier), record.window)
            held = replace(held, expires_on=expires_on, anniversary_on=None)
        earlier.append(held)
    return [held.expires_on for held in earlier]


def _day_of_the_year(completed_on: date, validity: Validity, years: int) -> date:
    """The n-th such day after the completion, the first of them at least `minimum` after it."""
    least = (validity.minimum or Span(0, "d")).after(completed_on)
    year = least.year
    first = _in_year(validity.basis, year)
    if first < least or first == completed_on:
        year += 1
    return _in_year(validity.basis, year + years - 1)


def _in_year(month_and_day: str, year: int) -> date:
    month, day = int(month_and_day[:2]), int(month_and_day[3:])
    if (month, day) == LEAP_DAY:
        day = calendar.monthrange(year, month)[1]
    return date(year, month, day)
