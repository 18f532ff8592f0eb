"""Pairs of a person and a course that is required and not held, or not for long: what people lack."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from carepass_cli.rules.span import parse_span
from carepass_cli.rules.standing import Demand, Held, Standing, due_span, opens_on, standing
from carepass_cli.store.queries.absences import Absences
from carepass_cli.store.queries.asof import confirmed, expiry_of, not_yet, on_leave, seen, waived
from carepass_cli.store.queries.expiring import longest_span
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.queries.steps import steps_of
from carepass_cli.store.reader import Reader

KEYS = (
    "home",
    "role",
    "portal_id",
    "last_name",
    "first_name",
    "email",
    "code",
    "title",
    "status",
    "due_on",
    "completed_on",
    "expires_on",
    "days_left",
    "step",
    "renewable",
)
STATUSES = ("overdue", "expired", "expiring", "not-started")


class Gap(NamedTuple):
    """One pair, in the order of KEYS. `days_left` counts to the last valid day, or to the due day where
    nothing is held. `renewable`: submitting it would not be answered `already-valid`."""

    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    email: str
    code: str
    title: str
    status: str
    due_on: date | None
    completed_on: date | None
    expires_on: date | None
    days_left: int
    step: str | None
    renewable: bool


class _Facts(NamedTuple):
    """What decides where a pair stands, and which pair it is."""

    home: str
    account_id: int
    course_id: int
    start_on: date
    required_from: date
    due: str
    completed_on: date | None
    expires_on: date | None
    expiring_within: str


class _Shown(NamedTuple):
    """The same, and what a list shows of it."""

    home: str
    account_id: int
    course_id: int
    start_on: date
    required_from: date
    due: str
    completed_on: date | None
    expires_on: date | None
    expiring_within: str
    renewal_window: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    email: str
    code: str
    title: str
    folded: str


# As `expiring._EXPIRING`, from the home to its staff and what is asked of each, and whoever holds the course
# itself past the last day looked at (or for good) is passed over by one look into the index. Of the others,
# `k` is the completion that counts, as `rules.standing.best` chooses it, and there may be none.
_GAPS = f"""
    WITH asked AS MATERIALIZED (
        SELECT q.role_id, q.course_id, q.required_from, q.due
        FROM home h
        CROSS JOIN role r
        CROSS JOIN requirement q
        WHERE r.home_id = h.id {{roles}}
        AND q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
    )
    SELECT {{columns}}
    FROM home h
    CROSS JOIN home_version hv
    CROSS JOIN role r
    CROSS JOIN role_version rv
    CROSS JOIN assignment s
    CROSS JOIN asked {{more}}
    LEFT JOIN completion k ON k.id = (
        SELECT l.id FROM course_equivalence e CROSS JOIN completion l
        WHERE e.course_id = asked.course_id AND e.from_on <= :today
        AND l.account_id = s.account_id AND l.course_id = e.other_id
        AND l.completed_on <= :today AND {not_yet("l.voided_on")}
        ORDER BY COALESCE({{l_expires_on}}, '9999-12-31') DESC, l.completed_on DESC, l.id DESC LIMIT 1
    )
    WHERE hv.home_id = h.id AND {seen("hv")}
    AND r.home_id = h.id AND rv.role_id = r.id AND {seen("rv")} {{narrowed}}
    AND s.role_id = r.id AND {confirmed("s")} AND s.start_on <= :today
    AND asked.role_id = r.id
    AND NOT EXISTS (
        SELECT 1 FROM completion l
        WHERE l.account_id = s.account_id AND l.course_id = asked.course_id AND {{l_expires_on}} > :latest
        AND l.completed_on <= :today AND {not_yet("l.voided_on")}
    )
    AND NOT EXISTS (
        SELECT 1 FROM completion l
        WHERE l.account_id = s.account_id AND l.course_id = asked.course_id AND {{l_expires_on}} IS NULL
        AND l.completed_on <= :today AND {not_yet("l.voided_on")}
    )
    AND (k.id IS NULL OR {{k_expires_on}} <= :latest)
    AND NOT {waived("s", "asked")} AND NOT {on_leave("s")} {{named}}
"""

_FACTS = """h.code AS home, s.account_id, asked.course_id, s.start_on, asked.required_from, asked.due,
    k.completed_on, {k_expires_on} AS expires_on, hv.expiring_within"""

_SHOWN = """hv.renewal_window, r.code AS role, a.portal_id, v.last_name, v.first_name, v.email, c.code,
    cv.title, v.folded"""

_PEOPLE = """
    CROSS JOIN course c
    CROSS JOIN course_version cv
    CROSS JOIN account a
    CROSS JOIN account_version v
"""

_NAMED = f"""
    AND c.id = asked.course_id AND cv.course_id = c.id AND {seen("cv")}
    AND a.id = s.account_id AND v.account_id = a.id AND {seen("v")}
"""


def list_gaps(
    reader: Reader,
    today: date,
    *,
    home: Named = None,
    role: Named = None,
    group: Named = None,
    account_id: Named = None,
    code: Named = None,
    statuses: Iterable[str] = STATUSES,
) -> list[Gap]:
    """Pairs that stand in one of the `statuses`, most late first, then by home, name and course. A course
    that two roles at one home ask of a person is one pair, under the role with the earlier due day."""
    narrowed, params = any_of({"h.code": home, "r.code": role, "rv.staff_group": group})
    named, more = any_of({"s.account_id": account_id, "c.code": code})
    at, _ = any_of({"h.code": home, "r.code": role})
    ends = _ends(reader, today)
    columns = f"{_FACTS.format(**ends)}, {_SHOWN}"
    sql = _GAPS.format(
        columns=columns, more=_PEOPLE, roles=at, narrowed=narrowed, named=_NAMED + named, **ends
    )
    absences = Absences(reader, today)
    wanted = set(statuses)
    pairs: dict[tuple[str, int, int], tuple[Standing, _Shown]] = {}
    for each in reader.select(_Shown, sql, today=today, latest=_latest(reader, today), **params, **more):
        told = _standing(today, absences.back_on(each.account_id, each.course_id), *_dates(each))
        if told.status in wanted:
            pair = (each.home, each.account_id, each.course_id)
            known = pairs.get(pair)
            if known is None or _due(told) < _due(known[0]):
                pairs[pair] = (told, each)
    found = sorted(
        pairs.values(), key=lambda one: (_left(one[0], today), one[1].home, one[1].folded, one[1].code)
    )
    completed = {(each.account_id, each.course_id): told.completed_on for told, each in found}
    steps = steps_of(reader, today, completed)
    return [_gap(told, each, steps[each.account_id, each.course_id], today) for told, each in found]


def count_gaps(reader: Reader, today: date, home: Named = None) -> dict[str, Counter[str]]:
    """By home: how many pairs stand in each of STATUSES."""
    narrowed, params = any_of({"h.code": home})
    ends = _ends(reader, today)
    facts = _FACTS.format(**ends)
    sql = _GAPS.format(columns=facts, more="", roles=narrowed, narrowed=narrowed, named="", **ends)
    absences = Absences(reader, today)
    pairs: dict[tuple[str, int, int], Standing] = {}
    for each in reader.select(_Facts, sql, today=today, latest=_latest(reader, today), **params):
        told = _standing(today, absences.back_on(each.account_id, each.course_id), *_dates(each))
        if told.status in STATUSES:
            pair = (each.home, each.account_id, each.course_id)
            known = pairs.get(pair)
            if known is None or _due(told) < _due(known):
                pairs[pair] = told
    counts: dict[str, Counter[str]] = {}
    for (at, *_), told in pairs.items():
        counts.setdefault(str(at), Counter())[told.status] += 1
    return counts


# What decides where a pair stands, in the order in which `_standing` takes it.
_dates = attrgetter("start_on", "required_from", "due", "completed_on", "expires_on", "expiring_within")


@lru_cache(maxsize=65536)
def _standing(
    today: date,
    back_on: date | None,
    start_on: date,
    required_from: date,
    due: str,
    completed_on: date | None,
    expires_on: date | None,
    expiring_within: str,
) -> Standing:
    """Where a pair stands. Many share their dates: each is worked out once."""
    demand = Demand(required_from, due_span(due), parse_span(expiring_within), start_on, back_on=back_on)
    held = None if completed_on is None else Held(completed_on, expires_on)
    return standing(demand, held, False, today)


def _ends(reader: Reader, today: date) -> dict[str, str]:
    """SQL for the last days of the completions `k` and `l` as they stood on the day."""
    return {f"{alias}_expires_on": expiry_of(reader, today, alias) for alias in ("k", "l")}


def _latest(reader: Reader, today: date) -> date:
    return longest_span(reader, today).reach(today)


def _due(told: Standing) -> date:
    return told.due_on or date.max


def _left(told: Standing, day: date) -> int:
    return told.days_left if told.days_left is not None else (_due(told) - day).days


def _gap(told: Standing, each: _Shown, step: str | None, today: date) -> Gap:
    renewable = told.expires_on is None or opens_on(told.expires_on, parse_span(each.renewal_window)) <= today
    return Gap(
        home=each.home,
        role=each.role,
        portal_id=each.portal_id,
        last_name=each.last_name,
        first_name=each.first_name,
        email=each.email,
        code=each.code,
        title=each.title,
        status=told.status,
        due_on=told.due_on,
        completed_on=told.completed_on,
        expires_on=told.expires_on,
        days_left=_left(told, today),
        step=step,
        renewable=renewable,
    )
