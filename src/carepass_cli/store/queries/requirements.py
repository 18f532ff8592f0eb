"""Role templates as of a day: what each role requires."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.fields import expiry_text
from carepass_cli.rules.span import parse_span
from carepass_cli.rules.standing import Demand
from carepass_cli.store.queries.asof import seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader, Row

KEYS = ("home", "role", "code", "title", "provider", "minutes", "expiry", "employer_pays", "required_from")


class Requirement(NamedTuple):
    """A course that a role requires: first its keys in the order of KEYS. `due_within` and
    `expiring_within` are spans as text; `start_on` is the person's, None where the role is not held."""

    home: str
    role: str
    code: str
    title: str
    provider: str
    minutes: int
    expiry: str
    employer_pays: bool
    required_from: str
    validity_years: int | None
    due_within: str
    expiring_within: str
    id: int
    role_id: int
    course_id: int
    home_id: int
    start_on: str | None = None

    @property
    def demand(self) -> Demand:
        """The requirement as the rules see it."""
        return Demand(
            date.fromisoformat(self.required_from),
            parse_span(self.due_within),
            parse_span(self.expiring_within),
            date.fromisoformat(self.start_on) if self.start_on else None,
        )


_REQUIREMENT = f"""
    SELECT h.code, r.code, c.code, cv.title, cv.provider, cv.minutes, q.employer_pays, q.required_from,
           cv.validity_years, q.due, hv.expiring_within, q.id, q.role_id, q.course_id, r.home_id
    FROM requirement q
    JOIN role r ON r.id = q.role_id
    JOIN home h ON h.id = r.home_id
    JOIN home_version hv ON hv.home_id = h.id AND {seen("hv")}
    JOIN course c ON c.id = q.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    WHERE {seen("q")} AND q.required_from <= :today
"""


def list_requirements(
    reader: Reader,
    today: str,
    *,
    home: Named = None,
    role: Named = None,
    role_id: int | None = None,
    course_id: int | None = None,
) -> Iterator[Requirement]:
    """What roles require, by home, role and course; narrowed where given."""
    columns = {"h.code": home, "r.code": role, "q.role_id": role_id, "q.course_id": course_id}
    narrowed, params = any_of(columns)
    sql = _REQUIREMENT + narrowed
    for row in reader.rows(f"{sql} ORDER BY h.code, r.code, c.code", today=today, **params):
        yield _requirement(row)


def _requirement(row: Row) -> Requirement:
    home, role, code, title, provider, minutes, pays, from_on, years, due, expiring, *ids = row
    known = (home, role, code, title, provider, minutes, expiry_text(years), bool(pays), from_on)
    return Requirement._make((*known, years, due, expiring, *ids, None))
