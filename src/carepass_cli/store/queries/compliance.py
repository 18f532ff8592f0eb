"""Who of those required completed what for a year: numbers, and the names of those missing."""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules.compliance import as_of, done_by_calendar, done_by_rolling, percent
from carepass_cli.store.queries.homes import list_roles
from carepass_cli.store.queries.requirements import list_requirements
from carepass_cli.store.queries.standings import Member, Required, joined, list_members
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


class Measured(NamedTuple):
    """One course: of how many people it is required, and who of them is missing, by name."""

    code: str
    title: str
    required: int
    missing: list[Missing]

    def row(self) -> tuple[object, ...]:
        """The numbers in the order of KEYS."""
        completed = self.required - len(self.missing)
        return (self.code, self.title, self.required, completed, percent(completed, self.required))


def measure_compliance(
    reader: Reader,
    today: str,
    home: str,
    year: int,
    *,
    rolling: bool = False,
    role: str | None = None,
    group: str | None = None,
) -> list[Measured]:
    """Every course that the home's roles (one role, or one staff group) require, by code.

    Staff and requirements are those of the earlier of today and 31 December of `year`, which is not after
    today's year; what is known of records (voids) is known by today.
    """
    day = as_of(year, date.fromisoformat(today)).isoformat()
    found = {code: Measured(code, title, 0, []) for code, title in _courses(reader, day, home, role, group)}
    for member in list_members(reader, day, home, role=role, group=group, begun=True, known=today):
        for code, one in member.required.items():
            if one.standing.status == "waived":
                continue
            measured = found[code]
            found[code] = measured._replace(required=measured.required + 1)
            if not _done(one, year, rolling):
                measured.missing.append(_missing(member, one))
    return list(found.values())


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
