"""Who began to work before what comes before work was done."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.absence import absent, last_back
from carepass_cli.rules.clearance import days_late
from carepass_cli.rules.span import BEFORE_START, Span
from carepass_cli.rules.standing import Demand, due_date, due_span
from carepass_cli.store.queries.absences import leaves, waivers
from carepass_cli.store.queries.asof import not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class Onboarding(NamedTuple):
    """A course that somebody had not done when they began, by its KEYS. `completed_on` is when it was first
    done, None while it is not; `days_late` counts to that day, or to today."""

    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    start_on: date
    code: str
    title: str
    due_on: date
    completed_on: date | None
    days_late: int


KEYS = Onboarding._fields


class _Begun(NamedTuple):
    account_id: int
    course_id: int
    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    start_on: date
    code: str
    title: str
    required_from: date
    completed_on: date | None


# People whose role has ended since stay in; who left before the first day never worked.
_BEGUN = f"""
    SELECT s.account_id, q.course_id, h.code AS home, r.code AS role, a.portal_id, v.last_name, v.first_name,
           s.start_on, c.code, cv.title, q.required_from,
           (
               SELECT MIN(k.completed_on)
               FROM course_equivalence e CROSS JOIN completion k
               WHERE e.course_id = q.course_id AND e.from_on <= :today
               AND k.account_id = s.account_id AND k.course_id = e.other_id
               AND k.completed_on <= :today AND {not_yet("k.voided_on")}
           ) AS completed_on
    FROM requirement q
    CROSS JOIN role r
    CROSS JOIN home h
    CROSS JOIN course c
    CROSS JOIN course_version cv
    CROSS JOIN assignment s
    CROSS JOIN account a
    CROSS JOIN account_version v
    WHERE {seen("q")} AND q.required_from <= :today AND q.due = '{BEFORE_START}'
    AND r.id = q.role_id AND h.id = r.home_id
    AND c.id = q.course_id AND cv.course_id = c.id AND {seen("cv")}
    AND s.role_id = r.id AND {seen("s")} AND a.id = s.account_id AND v.account_id = a.id AND {seen("v")}
    AND s.confirmed_on <= :today AND s.start_on <= :today AND s.start_on >= :since
    AND (s.ended_on IS NULL OR s.ended_on > s.start_on) {{narrowed}}
    ORDER BY h.code, v.folded, a.portal_id, r.code, s.id, c.code
"""


def list_onboarding(
    reader: Reader, today: date, *, home: Named = None, since: date = date.min
) -> Iterator[Onboarding]:
    """Who began (on `since` or later) before a `before-start` course was done, by home, name and course.

    Done on the first day is in time. Waived courses and unconfirmed roles are left out.
    """
    narrowed, params = any_of({"h.code": home})
    away, waived = leaves(reader, today), waivers(reader, today)
    sql = _BEGUN.format(narrowed=narrowed)
    for each in reader.select(_Begun, sql, today=today, since=since, **params):
        not_asked = waived.get((each.account_id, each.course_id), ())
        if absent(not_asked, today):
            continue
        back_on = last_back([*not_asked, *away.get(each.account_id, ())], each.completed_on or today)
        demand = Demand(each.required_from, due_span(BEFORE_START), _NO_SPAN, each.start_on, True, back_on)
        due_on = due_date(demand)
        assert due_on is not None
        if late := days_late(due_on, each.completed_on, today):
            names = (each.home, each.role, each.portal_id, each.last_name, each.first_name, each.start_on)
            yield Onboarding(*names, each.code, each.title, due_on, each.completed_on, late)


# Whether something is expiring does not matter here.
_NO_SPAN = Span(0, "d")
