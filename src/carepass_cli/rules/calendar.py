"""Counting days in Ontario: the first day is left out, the last taken in.

Business days are Monday to Friday without the nine public holidays of the Employment Standards Act,
2000 (Ontario), with their substitute days, and without a home's own closing days.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

ACCESS_BUSINESS_DAYS = 2
COMPLETION_DAYS = 14

SATURDAY = 5


@dataclass(frozen=True)
class SkippedDay:
    """A day that did not count, and why."""

    day: date
    because: str


@dataclass(frozen=True)
class Counted:
    """The last day of a count of business days, and the days skipped on the way to it."""

    last: date
    skipped: tuple[SkippedDay, ...]


def access_due(approved_on: date, closed: Collection[date] = ()) -> Counted:
    """The day by which an approved course must be open: two business days after approval, inclusive."""
    return count_business_days(approved_on, ACCESS_BUSINESS_DAYS, closed)


def complete_by(access_on: date) -> date:
    """The last day to complete a course: 14 calendar days after access, counting until its midnight."""
    return access_on + timedelta(days=COMPLETION_DAYS)


def count_business_days(start: date, days: int, closed: Collection[date] = ()) -> Counted:
    """Count `days` business days after `start`; `closed` are the home's own closing days."""
    day, left, skipped = start, days, []
    while left:
        day += timedelta(days=1)
        if reason := why_closed(day, closed):
            skipped.append(SkippedDay(day, reason))
        else:
            left -= 1
    return Counted(day, tuple(skipped))


def why_closed(day: date, closed: Collection[date] = ()) -> str:
    """Why `day` is no business day; empty for one that is."""
    if day.weekday() >= SATURDAY:
        return f"{day:%A}"
    if name := public_holidays(day.year).get(day):
        return name
    return "the home is closed" if day in closed else ""


@cache
def public_holidays(year: int) -> dict[date, str]:
    """Ontario's nine public holidays of `year` by day, with their substitute days.

    The years at hand come from a table, because the library takes longer to load than all else in a
    run; a test holds the table to the library. Other years ask the library.
    """
    from carepass_cli.rules.ontario_holidays import FIRST_YEAR, HOLIDAYS, LAST_YEAR

    if FIRST_YEAR <= year <= LAST_YEAR:
        return {day: name for day, name in HOLIDAYS.items() if day.year == year}
    return holidays_by_library(year)


def holidays_by_library(year: int) -> dict[date, str]:
    """The public holidays of `year` as the `holidays` library computes them."""
    import holidays

    return dict(sorted(holidays.country_holidays("CA", subdiv="ON", years=year, language="en_CA").items()))
