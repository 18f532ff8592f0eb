"""Days on which a course is not asked of a person: a waiver of it, or a leave of absence."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple


class Absence(NamedTuple):
    """From `from_on` on, and no more from `back_on` on (None: no end is known)."""

    from_on: date
    back_on: date | None

    def holds(self, day: date) -> bool:
        """Whether `day` is one of its days."""
        return self.from_on <= day and (self.back_on is None or day < self.back_on)


def absence(from_on: date, until_on: date | None, ended_on: date | None) -> Absence:
    """An absence through `until_on` (inclusive; None: for good), ended sooner from `ended_on` on."""
    ends = (until_on + timedelta(days=1) if until_on else None, ended_on)
    return Absence(from_on, min((end for end in ends if end is not None), default=None))


def absent(absences: Iterable[Absence], day: date) -> bool:
    """Whether one of them holds on `day`."""
    return any(each.holds(day) for each in absences)


def last_back(absences: Iterable[Absence], day: date) -> date | None:
    """The first day after the latest of them that is over by `day`. One ended before it began never was."""
    ends = (each.back_on for each in absences if each.back_on is not None and each.from_on < each.back_on)
    return max((end for end in ends if end <= day), default=None)


def last_day(until_on: date | None, ended_on: date | None) -> date | None:
    """The last day of an absence through `until_on`, ended sooner from `ended_on` on; None where it has no
    end yet."""
    ends = (until_on, ended_on - timedelta(days=1) if ended_on else None)
    return min((end for end in ends if end is not None), default=None)


def ever_was(from_on: date, until_on: date | None) -> bool:
    """Whether an absence had a day: one that ended before it began never was."""
    return until_on is None or until_on >= from_on
