"""Where the staff of one home stand in all that their roles require, as of a day."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from carepass_cli.rules.span import BEFORE_START, parse_span
from carepass_cli.rules.standing import Demand, Held, Standing, due_span, standing
from carepass_cli.store.queries import asof
from carepass_cli.store.queries.absences import Absences
from carepass_cli.store.queries.asof import confirmed, expiry_of, seen, waived
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class Required(NamedTuple):
    """One course that is required of one person. `roles` are those that ask for it at the home; the
    earliest of their due dates is the person's. `last_completed_on` is the newest completion."""

    code: str
    title: str
    validity_years: int | None
    roles: tuple[str, ...]
    standing: Standing
    last_completed_on: date | None


class Member(NamedTuple):
    """One person at the home, with the roles looked at and what they require together, by course code."""

    portal_id: str
    last_name: str
    first_name: str
    roles: tuple[str, ...]
    required: dict[str, Required]


class _Facts(NamedTuple):
    """What one role requires of one person; a role that requires nothing is one row without a course."""

    account_id: int
    portal_id: str
    last_name: str
    first_name: str
    role: str
    start_on: date
    code: str | None
    title: str | None
    validity_years: int | None
    required_from: date
    due: str
    expiring_within: str
    completed_on: date | None
    expires_on: date | None
    last_completed_on: date | None
    waived: bool
    course_id: int


# The completions of whoever holds `s` that count for the course of `q`. CROSS JOIN keeps SQLite to looking
# for each equal course in turn, whatever else the person has completed in all the years.
COUNTED = """
    FROM course_equivalence e CROSS JOIN completion k
    WHERE e.course_id = q.course_id AND e.from_on <= :today
    AND k.account_id = s.account_id AND k.course_id = e.other_id
    AND k.completed_on <= :today AND (k.voided_on IS NULL OR k.voided_on > :known)
"""

# The order of the completions is that of `rules.standing.best`; a property test holds the two together.
_FACTS = f"""
    SELECT s.account_id, a.portal_id, v.last_name, v.first_name, r.code AS role, s.start_on,
           c.code, cv.title, cv.validity_years, q.required_from, q.due, hv.expiring_within,
           b.completed_on, {{b_expires_on}} AS expires_on,
           (SELECT MAX(k.completed_on) {COUNTED}) AS last_completed_on,
           CASE WHEN {waived("s", "q")} THEN 1 ELSE 0 END AS waived, q.course_id
    FROM home h
    JOIN home_version hv ON hv.home_id = h.id AND {seen("hv")}
    JOIN role r ON r.home_id = h.id
    JOIN role_version rv ON rv.role_id = r.id AND {seen("rv")}
    JOIN assignment s ON s.role_id = r.id AND {confirmed("s")}
    JOIN account a ON a.id = s.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    LEFT JOIN requirement q ON q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
    LEFT JOIN course c ON c.id = q.course_id
    LEFT JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    LEFT JOIN completion b ON b.id = (
        SELECT k.id {COUNTED}
        ORDER BY COALESCE({{k_expires_on}}, '9999-12-31') DESC, k.completed_on DESC, k.id DESC LIMIT 1
    )
    WHERE h.created_on <= :today {{narrowed}}
    ORDER BY v.folded, a.portal_id, r.code, c.code
"""


def list_members(
    reader: Reader,
    today: date,
    home: Named,
    *,
    role: Named = None,
    group: Named = None,
    begun: bool = False,
    on_leave: bool = True,
    known: date | None = None,
) -> Iterator[Member]:
    """The people with a confirmed role at the homes (of some roles or staff groups), by name.

    `begun` leaves out assignments that start later; without `on_leave` those who are away are left out.
    `known` (not before `today`) is the today up to which voids are known; it is `today` unless given.
    """
    narrowed, params = narrowed_to(home, role, group)
    if begun:
        narrowed += " AND s.start_on <= :today"
    if not on_leave:
        narrowed += f" AND NOT {asof.on_leave('s')}"
    found = reader.select(
        _Facts,
        _FACTS.format(
            narrowed=narrowed,
            b_expires_on=expiry_of(reader, today, "b"),
            k_expires_on=expiry_of(reader, today, "k"),
        ),
        today=today,
        known=known or today,
        **params,
    )
    absences = Absences(reader, today)
    for _, person in groupby(found, key=attrgetter("account_id")):
        yield _member(list(person), today, absences)


def narrowed_to(home: Named, role: Named, group: Named) -> tuple[str, dict[str, object]]:
    """Conditions on the home `h`, the role `r` and its version `rv`, and their parameters."""
    return any_of({"h.code": home, "r.code": role, "rv.staff_group": group})


def _member(facts: list[_Facts], day: date, absences: Absences) -> Member:
    first = facts[0]
    required: dict[str, Required] = {}
    for each in facts:
        if each.code is not None and each.title is not None:
            one = _required(each, each.code, each.title, day, absences)
            required[each.code] = _together(required.get(each.code), one)
    roles = tuple(dict.fromkeys(each.role for each in facts))
    return Member(first.portal_id, first.last_name, first.first_name, roles, required)


def _required(facts: _Facts, code: str, title: str, day: date, absences: Absences) -> Required:
    demand = Demand(
        facts.required_from,
        due_span(facts.due),
        parse_span(facts.expiring_within),
        facts.start_on,
        facts.due == BEFORE_START,
        absences.back_on(facts.account_id, facts.course_id),
    )
    held = Held(facts.completed_on, facts.expires_on) if facts.completed_on else None
    told = standing(demand, held, facts.waived, day)
    return Required(code, title, facts.validity_years, (facts.role,), told, facts.last_completed_on)


def _together(known: Required | None, one: Required) -> Required:
    """What two roles ask of one person is due by the earlier of their dates."""
    if known is None:
        return one
    sooner = min(known, one, key=lambda each: each.standing.due_on or date.max)
    return sooner._replace(roles=known.roles + one.roles)


def joined(roles: Iterable[str]) -> str:
    """Several roles in one cell."""
    return ", ".join(roles)
