"""Who of those required completed what for a year: numbers, and the names of those missing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import NamedTuple, TypedDict, Unpack

from carepass_cli.rules.compliance import (
    as_of,
    counts_from,
    done_by_calendar,
    done_by_rolling,
    percent,
    why_missing,
)
from carepass_cli.store.queries.asof import confirmed, expiry_of, on_leave, seen, waived
from carepass_cli.store.queries.homes import list_roles
from carepass_cli.store.queries.narrowing import Named
from carepass_cli.store.queries.requirements import list_requirements
from carepass_cli.store.queries.standings import (
    COUNTED,
    Member,
    Required,
    joined,
    list_members,
    narrowed_to,
)
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Requirement

KEYS = ("code", "title", "required", "completed", "percent")
# Where a requirement there names the law that asks for it.
CITED_KEYS = (*KEYS, "citation")
NAMES_KEYS = (
    "code",
    "title",
    "portal_id",
    "last_name",
    "first_name",
    "role",
    "status",
    "expires_on",
    "why",
)


class Missing(NamedTuple):
    """A person who has not completed a course, in the order of NAMES_KEYS. `status` is where the person
    stands by the portal's rules, so that one who is `valid` may be missing from a calendar year."""

    code: str
    title: str
    portal_id: str
    last_name: str
    first_name: str
    role: str
    status: str
    expires_on: date | None
    why: str


class _Held(NamedTuple):
    code: str
    account_id: int
    is_done: bool


_COUNTS = f"SELECT 1 {COUNTED} AND k.completed_on >= :first"

# From the home's few lines to its staff, as CROSS JOIN keeps it; one row for each person and requirement of a
# course that is valid for `:years`. What ran out before `:since` cannot count: the index passes it over, so
# that the years before cost nothing.
_HELD = f"""
    SELECT c.code, s.account_id,
           EXISTS ({_COUNTS} AND {{expires_on}} >= :since) OR EXISTS ({_COUNTS} AND {{expires_on}} IS NULL)
           AS is_done
    FROM home h
    CROSS JOIN role r
    CROSS JOIN role_version rv
    CROSS JOIN requirement q
    CROSS JOIN course c
    CROSS JOIN course_version cv
    CROSS JOIN assignment s
    WHERE r.home_id = h.id AND rv.role_id = r.id AND {seen("rv")}
    AND q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
    AND c.id = q.course_id AND cv.course_id = c.id AND {seen("cv")}
    AND COALESCE(cv.validity_years, 0) = :years
    AND s.role_id = r.id AND {confirmed("s")} AND s.start_on <= :today
    AND NOT {waived("s", "q")} AND NOT {on_leave("s")}
    {{narrowed}}
"""


class Narrow(TypedDict, total=False):
    """How a year is counted (by calendar unless `rolling`), and of which roles and staff groups."""

    rolling: bool
    role: Named
    group: Named


def count_compliance(
    reader: Reader,
    today: date,
    home: Named,
    year: int,
    *,
    rolling: bool = False,
    role: Named = None,
    group: Named = None,
) -> Iterator[tuple[object, ...]]:
    """Every course that the home's roles (one role, or one staff group) require, by code: CITED_KEYS.

    Staff and requirements are those of the earlier of today and 31 December of `year`, which is not after
    today's year; what is known of records (voids) is known by today.
    """
    day = as_of(year, today)
    narrowed, params = narrowed_to(home, role, group)
    sql = _HELD.format(narrowed=narrowed, expires_on=expiry_of(reader, day, "k"))
    asked = _asked(reader, day, home, role, group)
    required, completed = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for years in {each.validity_years for each in asked}:
        first = None if rolling else counts_from(year, years)
        since = day if rolling else first or date.min
        dates = {"today": day, "known": today, "first": first or date.min, "since": since}
        for each in reader.select(_Held, sql, years=years or 0, **dates, **params):
            required[each.code].add(each.account_id)
            if each.is_done:
                completed[each.code].add(each.account_id)
    for code, title in sorted({(each.code, each.title) for each in asked}):
        most, some = len(required[code]), len(completed[code])
        citations = dict.fromkeys(each.citation for each in asked if each.code == code and each.citation)
        yield code, title, most, some, percent(some, most), "; ".join(citations) or None


def compliance_table(
    reader: Reader, today: date, home: Named, year: int, **narrow: Unpack[Narrow]
) -> tuple[tuple[str, ...], Iterator[tuple[object, ...]]]:
    """`count_compliance` under its keys; `citation` is one of them where a law is cited."""
    counted = list(count_compliance(reader, today, home, year, **narrow))
    keys = CITED_KEYS if any(row[-1] for row in counted) else KEYS
    return keys, (row[: len(keys)] for row in counted)


def list_missing(
    reader: Reader,
    today: date,
    home: Named,
    year: int,
    *,
    rolling: bool = False,
    role: Named = None,
    group: Named = None,
) -> list[Missing]:
    """Those whom `count_compliance` does not count as having completed a course, by course and name."""
    day = as_of(year, today)
    found = []
    for member in list_members(
        reader, day, home, role=role, group=group, begun=True, on_leave=False, known=today
    ):
        for one in member.required.values():
            if one.standing.status != "waived" and not _done(one, year, rolling):
                found.append(_missing(member, one, year, rolling))
    return sorted(found, key=attrgetter("code"))


def _done(one: Required, year: int, rolling: bool) -> bool:
    if rolling:
        return done_by_rolling(one.standing)
    return done_by_calendar(one.last_completed_on, one.validity_years, year)


def _asked(reader: Reader, day: date, home: Named, role: Named, group: Named) -> list[Requirement]:
    """All that is required there, of nobody too."""
    roles = {each.id for each in list_roles(reader, day, home, group)}
    return [each for each in list_requirements(reader, day, home=home, role=role) if each.role_id in roles]


def _missing(member: Member, one: Required, year: int, rolling: bool) -> Missing:
    told = one.standing
    why = why_missing(told, one.last_completed_on, year, rolling=rolling)
    return Missing(
        one.code,
        one.title,
        member.portal_id,
        member.last_name,
        member.first_name,
        joined(one.roles),
        told.status,
        told.expires_on,
        why,
    )
