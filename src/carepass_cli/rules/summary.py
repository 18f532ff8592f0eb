"""What a director asks of a home: how much of what is required is valid, what is late, what comes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import NamedTuple

from carepass_cli.rules.compliance import percent
from carepass_cli.rules.forecast import (
    Course,
    Pair,
    by_person,
    counted_once,
    is_valid,
    months_from,
    months_until,
)

ALL = "all"
SOON = (30, 60, 90)


@dataclass(frozen=True)
class RoleShare:
    """How many hold a role, and the percent of what it requires of them that is valid."""

    role: str
    name: str
    staff: int
    percent: float | None


@dataclass(frozen=True)
class CourseShare:
    """How many must hold a course, waivers left out, and how many do (`expiring` among them)."""

    code: str
    title: str
    required: int
    valid: int
    percent: float | None


@dataclass(frozen=True)
class MonthAhead:
    """What a month asks for: `month` is its first day. `minutes` and costs are of renewals and gaps together,
    and the gaps are all in the first month. Costs are in cents."""

    month: date
    renewals: int
    minutes: int
    employer_cents: int
    learner_cents: int


@dataclass(frozen=True)
class Summary:
    """The figures of one home, or of ALL together. `expiring_30` counts today through today + 30 days."""

    home: str
    name: str
    staff: int
    percent: float | None
    percent_month_ago: float | None
    overdue: int
    expired: int
    expiring_30: int
    expiring_60: int
    expiring_90: int
    by_role: Sequence[RoleShare]
    by_course: Sequence[CourseShare]
    months: Sequence[MonthAhead]


class Post(NamedTuple):
    """A person holds a role at a home, confirmed and begun, and is not on leave."""

    account: int
    home: str
    role: str


@dataclass(frozen=True)
class Names:
    """What stands behind the codes: homes, roles by (home, role), courses."""

    homes: Mapping[str, str]
    roles: Mapping[tuple[str, str], str]
    courses: Mapping[str, Course]


class _State(NamedTuple):
    """Where a pair stands: whether it counts (its role has begun), is held, overdue, expired; in how many
    days at most it ends (of SOON, or 0), and the month in which it is in the forecast (None: in none)."""

    counts: bool
    valid: bool
    overdue: bool
    expired: bool
    soon: int
    month: int | None


@dataclass
class _Counts:
    """Pairs of a home, or of all: by (course, whether the employer pays, state), and by (role, held)."""

    pairs: Counter[tuple[str, bool, _State]] = field(default_factory=Counter)
    roles: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def add(self, other: "_Counts") -> None:
        self.pairs.update(other.pairs)
        self.roles.update(other.roles)


def summarize(
    pairs: Iterable[Pair], posts: Iterable[Post], names: Names, today: date, months: int
) -> list[Summary]:
    """A summary of each home of `names`, by code, and of ALL together. `pairs` come by person.

    `percent_month_ago` is left None; see `with_month_ago`.
    """
    counts = _count(pairs, today, months)
    staff: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for post in posts:
        staff[post.home][post.role].add(post.account)
        staff[ALL][post.role].add(post.account)
    role_names = {
        home: {role: name for (at, role), name in names.roles.items() if at == home} for home in names.homes
    }
    role_names[ALL] = {
        role: name
        for _, of_home in sorted(role_names.items(), reverse=True)
        for role, name in of_home.items()
    }
    return [
        _summary(
            home, name, counts[home], staff[home], role_names[home], names.courses, months_from(today, months)
        )
        for home, name in (*sorted(names.homes.items()), (ALL, ""))
    ]


def percents(
    obliged: Mapping[int, Mapping[str, frozenset[str]]], missing: Iterable[Pair]
) -> dict[str, float | None]:
    """The `percent` of each home where something is required, and of ALL; nothing else of a summary.

    `obliged` has the codes of what is required, by person and home; `missing` are the pairs that do not hold.
    """
    required, lacking = Counter[str](), Counter[str]()
    for homes in obliged.values():
        required.update({home: len(codes) for home, codes in homes.items()})
        required[ALL] += len(frozenset().union(*homes.values()))
    for person in by_person(pair for pair in missing if pair.begun):
        there = {(pair.home, pair.code) for pair in person}
        lacking.update(home for home, _ in there)
        lacking[ALL] += len({code for _, code in there})
    return {home: percent(count - lacking[home], count) for home, count in required.items()}


def with_month_ago(rows: Sequence[Summary], ago: Mapping[str, float | None]) -> list[Summary]:
    """The summaries with the percentages of a month ago; a home that had none has none."""
    return [replace(row, percent_month_ago=ago.get(row.home)) for row in rows]


def _count(pairs: Iterable[Pair], today: date, months: int) -> dict[str, _Counts]:
    """Counts of each home, and of ALL. Who works in one role only, as nearly everybody, is told once."""
    states: dict[tuple[object, ...], _State] = {}
    single: dict[str, _Counts] = defaultdict(_Counts)
    several: dict[str, _Counts] = defaultdict(_Counts)

    def state(pair: Pair) -> _State:
        key = pair[-3:]  # `ends`, `overdue`, `begun`
        known = states.get(key)
        if known is None:
            known = states[key] = _state(pair, today, months)
        return known

    def tell(counts: _Counts, told: Iterable[Pair]) -> None:
        counts.pairs.update([(pair.code, pair.employer_pays, state(pair)) for pair in told])

    def tell_roles(counts: _Counts, told: Iterable[Pair]) -> None:
        held = {(pair.role, pair.code): state(pair).valid for pair in told if pair.begun}
        counts.roles.update([(role, valid) for (role, _), valid in held.items()])

    for person in by_person(pairs):
        homes = {pair.home for pair in person}
        if len(homes) == 1:
            (home,) = homes
            tell(single[home], person if len({pair.role for pair in person}) == 1 else counted_once(person))
            tell_roles(single[home], person)
            continue
        for home in homes:
            there = [pair for pair in person if pair.home == home]
            tell(several[home], counted_once(there))
            tell_roles(several[home], there)
        tell(several[ALL], counted_once(person))
        tell_roles(several[ALL], person)
    for home, counts in single.items():
        several[home].add(counts)
        several[ALL].add(counts)
    return several


def _state(pair: Pair, today: date, months: int) -> _State:
    if pair.ends is None or not is_valid(pair, today):
        expired = pair.begun and pair.ends is not None
        return _State(pair.begun, False, pair.overdue, expired, 0, 0 if pair.begun else None)
    soon = next((days for days in SOON if pair.ends <= today + timedelta(days=days)), 0)
    month = months_until(today, pair.ends)
    return _State(pair.begun, True, False, False, soon, month if month < months else None)


def _summary(
    home: str,
    name: str,
    counts: _Counts,
    staff: Mapping[str, set[int]],
    role_names: Mapping[str, str],
    courses: Mapping[str, Course],
    months: Sequence[date],
) -> Summary:
    required, valid = Counter[str](), Counter[str]()
    soon = Counter[int]()
    ahead = [[0, 0, 0, 0] for _ in months]
    overdue = expired = 0
    for (code, employer_pays, state), count in counts.pairs.items():
        if state.counts:
            required[code] += count
            valid[code] += count * state.valid
        overdue += count * state.overdue
        expired += count * state.expired
        soon[state.soon] += count
        if state.month is not None and months:
            month, course = ahead[state.month], courses[code]
            month[0] += count * state.valid
            month[1] += count * course.minutes
            month[2 if employer_pays else 3] += count * course.cents
    return Summary(
        home,
        name,
        len(set().union(*staff.values())),
        percent(valid.total(), required.total()),
        None,
        overdue,
        expired,
        soon[30],
        soon[30] + soon[60],
        soon[30] + soon[60] + soon[90],
        [
            RoleShare(
                role,
                role_names[role],
                len(staff[role]),
                percent(counts.roles[role, True], counts.roles[role, True] + counts.roles[role, False]),
            )
            for role in sorted(staff)
        ],
        [
            CourseShare(code, courses[code].title, count, valid[code], percent(valid[code], count))
            for code, count in sorted(required.items())
        ],
        [MonthAhead(month, *figures) for month, figures in zip(months, ahead, strict=True)],
    )
