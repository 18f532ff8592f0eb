"""What comes: which required courses run out in which month, what is missing now, and what that costs.

A pair is a person and a course that one of their roles requires, waivers and leaves left out. Required twice,
it counts once: at one home or in all, the employer's before the learner's, then by the home's code.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from carepass_cli.rules.funding import PAYERS

# The last valid day of what never ends.
NEVER = date.max


class Pair(NamedTuple):
    """A course that a role requires of a person. `ends` is the last valid day of the completion that counts:
    NEVER, or None where there is none; `overdue` says that there is none and its due day has passed; `begun`
    that the role has begun: until then nothing is missing in it, and what ends may be renewed."""

    account: int
    home: str
    role: str
    code: str
    employer_pays: bool
    ends: date | None
    overdue: bool = False
    begun: bool = True


@dataclass(frozen=True)
class Course:
    """What a course takes: `cents` is its price, 0 where it has none."""

    title: str
    minutes: int
    cents: int


@dataclass(frozen=True)
class Ahead:
    """One row of a forecast. `home` and `code` are empty where rows are not by them. `people`, `minutes` and
    `cents` are of the renewals and the gaps together."""

    month: date
    home: str
    code: str
    payer: str
    renewals: int
    gaps: int
    people: int
    minutes: int
    cents: int


def months_from(today: date, count: int) -> list[date]:
    """The first days of `count` months, from today's on."""
    first = today.year * 12 + today.month - 1
    return [date((first + at) // 12, (first + at) % 12 + 1, 1) for at in range(count)]


def months_until(today: date, day: date) -> int:
    """How many months after today's the month of `day` is."""
    return (day.year - today.year) * 12 + day.month - today.month


def is_valid(pair: Pair, today: date) -> bool:
    """Whether the pair is `valid` or `expiring` today."""
    return pair.ends is not None and pair.ends >= today


def by_person(pairs: Iterable[Pair]) -> Iterator[list[Pair]]:
    """The pairs of each person, who come one after the other."""
    for _, each in groupby(pairs, key=attrgetter("account")):
        yield list(each)


def counted_once(pairs: Sequence[Pair]) -> Iterable[Pair]:
    """The pairs of one person, each course once; overdue and begun where it is so at one of the places."""
    chosen: dict[str, Pair] = {}
    for pair in pairs:
        known = chosen.get(pair.code)
        if known is None:
            chosen[pair.code] = pair
            continue
        first = min(known, pair, key=lambda each: (not each.employer_pays, each.home))
        overdue, begun = known.overdue or pair.overdue, known.begun or pair.begun
        chosen[pair.code] = first._replace(overdue=overdue, begun=begun)
    return chosen.values()


def forecast(
    pairs: Iterable[Pair],
    courses: Mapping[str, Course],
    today: date,
    months: int,
    *,
    by_home: bool = False,
    by_course: bool = False,
) -> list[Ahead]:
    """The rows of a forecast of `months` months, by month, home, course and payer; no row where nothing is.

    A pair that holds ends in a month; whatever does not hold is a gap of the first. `pairs` come by person.
    """
    firsts = months_from(today, months)
    found: dict[tuple[int, str, str, bool], list[int]] = {}
    for person in by_person(pairs):
        met = set()
        for pair in counted_once(person):
            holds = is_valid(pair, today)
            at = months_until(today, pair.ends) if holds and pair.ends else 0
            if at >= months or not (holds or pair.begun):
                continue
            key = (at, pair.home if by_home else "", pair.code if by_course else "", pair.employer_pays)
            course = courses[pair.code]
            counts = found.setdefault(key, [0, 0, 0, 0, 0])
            counts[0 if holds else 1] += 1
            counts[3] += course.minutes
            counts[4] += course.cents
            if key not in met:
                met.add(key)
                counts[2] += 1
    rows = [
        Ahead(firsts[at], home, code, PAYERS[not employer], *counts)
        for (at, home, code, employer), counts in found.items()
    ]
    return sorted(rows, key=lambda row: (row.month, row.home, row.code, row.payer))
