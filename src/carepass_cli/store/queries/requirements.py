"""Role templates as of a day: what each role requires."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Unpack

from carepass_cli.rules.span import BEFORE_START, parse_span
from carepass_cli.rules.standing import Demand, due_span
from carepass_cli.store.queries.asof import not_over, seen
from carepass_cli.store.queries.courses import Filters, matching
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import REQUIREMENT, Requirement

if TYPE_CHECKING:
    from carepass_cli.rules.law import Asked

_REQUIREMENT = f"""
    SELECT {REQUIREMENT} FROM requirement q
    JOIN role r ON r.id = q.role_id
    JOIN home h ON h.id = r.home_id
    JOIN home_version hv ON hv.home_id = h.id AND {seen("hv")}
    JOIN course c ON c.id = q.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
"""
_ASKED = f"WHERE {seen('q')} AND q.required_from <= :today"


def get_requirement(reader: Reader, today: date, key: int) -> Requirement:
    """The row of this key, whether or not it holds on the day."""
    return next(reader.select(Requirement, f"{_REQUIREMENT} WHERE q.id = :key", today=today, key=key))


def list_requirements(
    reader: Reader,
    today: date,
    *,
    home: Named = None,
    role: Named = None,
    role_id: int | None = None,
    course_id: int | None = None,
    **filters: Unpack[Filters],
) -> Iterator[Requirement]:
    """What roles require, by home, role and course; narrowed where given."""
    columns = {"h.code": home, "r.code": role, "q.role_id": role_id, "q.course_id": course_id}
    narrowed, params = any_of(columns)
    sql = f"{_REQUIREMENT} {_ASKED} {narrowed}"
    found = reader.select(Requirement, f"{sql} ORDER BY h.code, r.code, c.code", today=today, **params)
    return (required for required in found if matching(required, **filters)) if filters else found


def demand_of(required: Requirement) -> Demand:
    """A requirement as the rules see it."""
    return Demand(
        required.required_from,
        due_span(required.due),
        parse_span(required.expiring_within),
        required.start_on,
        required.due == BEFORE_START,
        required.back_on,
    )


class Asking(NamedTuple):
    """A requirement by its key, and the role that has it."""

    id: int
    role_id: int
    home: str
    role: str


def list_asking(reader: Reader, today: date, course_id: int) -> list[Asking]:
    """The requirements of a course that stand, or will stand from a later day on, by home and role; one that
    changes on a later day is there once for each of its versions, in their order."""
    sql = f"""
        SELECT q.id, q.role_id, h.code AS home, r.code AS role
        FROM requirement q JOIN role r ON r.id = q.role_id JOIN home h ON h.id = r.home_id
        WHERE q.course_id = :course_id AND {not_over("q")}
        ORDER BY h.code, r.code, q.from_on
    """
    return list(reader.select(Asking, sql, course_id=course_id, today=today))


def list_asked(reader: Reader, today: date, role_id: int) -> "list[Asked]":
    """What a role requires as it stands last: of each course the version that holds after all that is
    known today. What has ended by today is left out."""
    sql = f"""
        SELECT c.code, cv.title, q.due, q.citation, cv.validity_years, q.from_on, q.until_on, q.pack
        FROM requirement q
        JOIN course c ON c.id = q.course_id
        JOIN course_version cv ON cv.course_id = c.id
        WHERE q.role_id = :role_id AND {not_over("q")}
        AND cv.until_on IS NULL
        ORDER BY c.code, q.from_on
    """
    from carepass_cli.rules.law import Asked  # packs are not what most who ask for requirements are about

    found = reader.select(_LastAsked, sql, role_id=role_id, today=today)
    return [Asked(**each._asdict()) for each in {each.code: each for each in found}.values()]


class _LastAsked(NamedTuple):
    code: str
    title: str
    due: str
    citation: str | None
    validity_years: int | None
    from_on: date
    until_on: date | None
    pack: str | None
