"""Who of those required completed what for a year: numbers, and the names of those missing."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from carepass_cli.rules.compliance import as_of, done_by_calendar, done_by_rolling, percent
from carepass_cli.store.queries.asof import confirmed, seen, waived
from carepass_cli.store.queries.homes import list_roles
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

KEYS = ("code", "title", "required", "completed", "percent")
NAMES_KEYS = ("code", "title", "portal_id", "last_name", "first_name", "role", "status", "expires_on")


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
    expires_on: str | None


# What one fact about a person's completions answers the question, for each of the two bases.
_LAST = {"calendar": "MAX(k.completed_on)", "rolling": "MAX(COALESCE(k.expires_on, '9999-12-31'))"}

# From the home's few lines to its staff, as CROSS JOIN keeps it; one row for each person and requirement.
_HELD = f"""
    SELECT c.code, cv.validity_years, s.account_id, (SELECT {{last}} {COUNTED})
    FROM home h
    CROSS JOIN role r
    CROSS JOIN role_version rv
    CROSS JOIN requirement q
    CROSS JOIN course c
    CROSS JOIN course_version cv
    CROSS JOIN assignment s
    WHERE h.code = :home AND r.home_id = h.id AND rv.role_id = r.id AND {seen("rv")}
    AND q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
    AND c.id = q.course_id AND cv.course_id = c.id AND {seen("cv")}
    AND s.role_id = r.id AND {confirmed("s")} AND s.start_on <= :today AND NOT {waived("s", "q")} {{narrowed}}
"""


def count_compliance(
    reader: Reader,
    today: str,
    home: str,
    year: int,
    *,
    rolling: bool = False,
    role: str | None = None,
    group: str | None = None,
) -> Iterator[tuple[object, ...]]:
    """Every course that the home's roles (one role, or one staff group) require, by code: KEYS.

    Staff and requirements are those of the earlier of today and 31 December of `year`, which is not after
    today's year; what is known of records (voids) is known by today.
    """
    day = as_of(year, date.fromisoformat(today))
    narrowed, params = narrowed_to(role, group)
    sql = _HELD.format(last=_LAST["rolling" if rolling else "calendar"], narrowed=narrowed)

    @lru_cache(maxsize=4096)
    def done(last: str | None, validity_years: int | None) -> bool:
        on = date.fromisoformat(last) if last else None
        if rolling:
            return on is not None and on >= day
        return done_by_calendar(on, validity_years, year)

    required, completed = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    rows = reader.rows(sql, today=day.isoformat(), known=today, home=home, **params)
    for code, validity_years, account_id, last in rows:
        required[code].add(account_id)
        if done(last, validity_years):
            completed[code].add(account_id)
    for code, title in _courses(reader, day.isoformat(), home, role, group):
        most, some = len(required[code]), len(completed[code])
        yield code, title, most, some, percent(some, most)


def list_missing(
    reader: Reader,
    today: str,
    home: str,
    year: int,
    *,
    rolling: bool = False,
    role: str | None = None,
    group: str | None = None,
) -> list[Missing]:
    """Those whom `count_compliance` does not count as having completed a course, by course and name."""
    day = as_of(year, date.fromisoformat(today)).isoformat()
    found = []
    for member in list_members(reader, day, home, role=role, group=group, begun=True, known=today):
        for one in member.required.values():
            if one.standing.status != "waived" and not _done(one, year, rolling):
                found.append(_missing(member, one))
    return sorted(found, key=attrgetter("code"))


def _done(one: Required, year: int, rolling: bool) -> bool:
    if rolling:
        return done_by_rolling(one.standing)
    return done_by_calendar(one.last_completed_on, one.validity_years, year)


def _courses(
    reader: Reader, day: str, home: str, role: str | None, group: str | None
) -> list[tuple[str, str]]:
    """The codes and titles of all that is required there, of nobody too, by code."""
    roles = {each.id for each in list_roles(reader, day, home) if group in (None, each.group)}
    asked = list_requirements(reader, day, home=home, role=role)
    return sorted({(each.code, each.title) for each in asked if each.role_id in roles})


def _missing(member: Member, one: Required) -> Missing:
    told = one.standing
    last = told.expires_on.isoformat() if told.expires_on else None
    return Missing(one.code, one.title, *member[:3], joined(one.roles), told.status, last)
