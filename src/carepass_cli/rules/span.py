"""Spans of time as people write them: `30d`, `2w`, `3mo`, `1y`."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from carepass_cli.errors import InvalidValue

# No span of this field is longer; longer ones are slips, and would overflow the calendar.
MOST = {"d": 36500, "w": 5200, "mo": 1200, "y": 100}


class Span(NamedTuple):
    """A number of days, weeks, calendar months or calendar years; nought is allowed."""

    number: int
    unit: str

    def after(self, day: date) -> date:
        """The day this long after `day`: the first day is left out, the last taken in.

        Months and years are the calendar's: 29 February and one year is 28 February.
        """
        return _moved(day, self.number, self.unit)

    def before(self, day: date) -> date:
        """The day this long before `day`."""
        return _moved(day, -self.number, self.unit)

    def reach(self, day: date) -> date:
        """The latest day that is at most this long after `day`: the last one whose `before` has come.

        For months it may lie after `after`: 1mo before 31 March is 28 February, which so reaches 31 March.
        """
        latest = self.after(day)
        while self.before(latest + timedelta(days=1)) <= day:
            latest += timedelta(days=1)
        return latest

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"


def parse_span(text: str, name: str = "The span") -> Span:
    """Read `30d`, `2w`, `3mo` or `1y`; raises InvalidValue for anything else."""
    shape = re.fullmatch(r"(\d{1,5})(d|w|mo|y)", text, re.ASCII)
    if shape is None or int(shape[1]) > MOST[shape[2]]:
        raise InvalidValue(
            f"{name} '{text[:40]}' is not a span of time.", "Write it as 30d, 2w, 3mo or 1y, up to 100 years."
        )
    return Span(int(shape[1]), shape[2])


def span_text(text: str, name: str) -> str:
    """The text of a span, checked as `parse_span` does; it is kept without leading noughts."""
    return str(parse_span(text, name))


# How long people have to complete what a role requires, where nothing is said.
DUE_WITHIN = "30d"
# What is due before the first day of work has this in place of a span.
BEFORE_START = "before-start"


def parse_due(text: str, name: str) -> str:
    """By when a requirement is due: `before-start`, or a span, checked as `parse_span` does."""
    return text if text == BEFORE_START else span_text(text, name)


def parse_due_within(text: str, name: str) -> str:
    """How long people have, as a span; an empty text is what they have where nothing is said."""
    return span_text(text, name) if text.strip() else DUE_WITHIN


@lru_cache(maxsize=8192)
def years_after(day: date, years: int) -> date:
    """`day` in the calendar `years` later: 29 February 2024 and 1 year is 28 February 2025."""
    return _moved(day, years, "y")


def _moved(day: date, number: int, unit: str) -> date:
    if unit in ("d", "w"):
        return day + timedelta(days=number * (7 if unit == "w" else 1))
    # Imported here: a read that counts in days does not pay for it.
    from dateutil.relativedelta import relativedelta

    return day + (relativedelta(months=number) if unit == "mo" else relativedelta(years=number))
