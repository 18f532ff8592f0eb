"""Pairs of a person and a course that is required and not held, or not for long: what people lack."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from carepass_cli.rules.span import parse_span
from carepass_cli.rules.standing import Demand, Held, Standing, due_span, opens_on, standing
from carepass_cli.store.queries.absences import Absences
from carepass_cli.store.queries.asof import confirmed, expiry_of, not_yet, on_leave, seen, waived
from carepass_cli.store.queries.expiring import longest_span
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.queries.steps import steps_of
from carepass_cli.store.reader import Reader, Row

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
    due_on: str
    completed_on: str | None
    expires_on: str | None
    days_left: int
    step: str | None
    renewable: bool


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

# What decides where a pair stands, and which pair it is.
_FACTS = """h.code, s.account_id, asked.course_id, s.start_on, asked.required_from, asked.due,
    k.completed_on, {k_expires_on}, hv.expiring_within"""

_SHOWN = """hv.renewal_window, r.code, a.portal_id, v.last_name, v.first_name, v.email, c.code, cv.title,
    v.folded"""

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
    pairs: dict[tuple[object, ...], tuple[Standing, Row]] = {}
    for row in reader.rows(sql, today=today, latest=_latest(reader, today), **params, **more):
        told = _standing(today, absences.back_on(row[1], row[2]), *row[3:9])
        if told.status in wanted:
            known = pairs.get(row[:3])
            if known is None or _due(told) < _due(known[0]):
                pairs[row[:3]] = (told, row)
    # The row has home, folded name and course at 0, 17 and 15.
    found = sorted(pairs.values(), key=lambda pair: (_left(pair[0], today), *itemgetter(0, 17, 15)(pair[1])))
    steps = steps_of(reader, today, {(row[1], row[2]): told.completed_on for told, row in found})
    return [_gap(told, row, steps[row[1], row[2]], today) for told, row in found]


def count_gaps(reader: Reader, today: date, home: Named = None) -> dict[str, Counter[str]]:
    """By home: how many pairs stand in each of STATUSES."""
    narrowed, params = any_of({"h.code": home})
    ends = _ends(reader, today)
    facts = _FACTS.format(**ends)
    sql = _GAPS.format(columns=facts, more="", roles=narrowed, narrowed=narrowed, named="", **ends)
    absences = Absences(reader, today)
    pairs: dict[tuple[object, ...], Standing] = {}
    for row in reader.rows(sql, today=today, latest=_latest(reader, today), **params):
        told = _standing(today, absences.back_on(row[1], row[2]), *row[3:])
        if told.status in STATUSES:
            known = pairs.get(row[:3])
            if known is None or _due(told) < _due(known):
                pairs[row[:3]] = told
    counts: dict[str, Counter[str]] = {}
    for (at, *_), told in pairs.items():
        counts.setdefault(str(at), Counter())[told.status] += 1
    return counts


@lru_cache(maxsize=65536)
def _standing(
    today: date,
    back_on: date | None,
    start_on: str,
    required_from: str,
    due: str,
    completed_on: str | None,
    expires_on: str | None,
    expiring_within: str,
) -> Standing:
    """Where a pair stands. Many share their dates: each is worked out once."""
    demand = Demand(
        date.fromisoformat(required_from),
        due_span(due),
        parse_span(expiring_within),
        date.fromisoformat(start_on),
        back_on=back_on,
    )
    held = None
    if completed_on is not None:
        held = Held(date.fromisoformat(completed_on), date.fromisoformat(expires_on) if expires_on else None)
    return standing(demand, held, False, today)


def _ends(reader: Reader, today: date) -> dict[str, str]:
    """SQL for the last days of the completions `k` and `l` as they stood on the day."""
    return {f"{alias}_expires_on": expiry_of(reader, today, alias) for alias in ("k", "l")}


def _latest(reader: Reader, today: date) -> str:
    return longest_span(reader, today).reach(today).isoformat()


def _due(told: Standing) -> date:
    return told.due_on or date.max


def _left(told: Standing, day: date) -> int:
    return told.days_left if told.days_left is not None else (_due(told) - day).days


def _gap(told: Standing, row: Row, step: str | None, day: date) -> Gap:
    home, window, role, *who = (row[0], *row[9:17])
    renewable = told.expires_on is None or opens_on(told.expires_on, parse_span(window)) <= day
    dates = (told.due_on, told.completed_on, told.expires_on)
    texts = (each.isoformat() if each else None for each in dates)
    return Gap._make((home, role, *who, told.status, *texts, _left(told, day), step, renewable))
