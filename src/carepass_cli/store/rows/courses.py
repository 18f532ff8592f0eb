"""Rows of the tables in `schema.courses`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class Course(NamedTuple):
    """A course, known by its code."""

    code: str
    created_on: date
    change_id: int
    id: int = 0


class CourseVersion(NamedTuple):
    """A course's particulars over time. Length in minutes, validity in years (NULL: once), price in cents.

    `renewal` is what the validity counts from: `completion`, `expiry`, or a day of the year as `MM-DD`; then
    `minimum` is the least span from the completion to the last day."""

    course_id: int
    from_on: date
    title: str
    provider: str
    minutes: int
    category: str
    id: int = 0
    until_on: date | None = None
    validity_years: int | None = None
    language: str | None = None
    method: str | None = None
    price_cents: int | None = None
    status: str = "active"
    renewal: str = "completion"
    minimum: str | None = None


class CourseEquivalence(NamedTuple):
    """Which courses satisfy which: every course itself, and all pairs of an equated group, both ways."""

    course_id: int
    other_id: int
    from_on: date
    id: int = 0


class CourseAlias(NamedTuple):
    """Another name under which files know a course. `folded` is the name without case and accents."""

    course_id: int
    alias: str
    folded: str
    from_on: date
    change_id: int
    id: int = 0
    until_on: date | None = None


class Requirement(NamedTuple):
    """A role must hold a course, from `required_from` on; a line of the home's role template over time.

    `due` is `before-start`, or the span after it that people have. What came from a pack of topics keeps the
    pack's name and version."""

    role_id: int
    course_id: int
    from_on: date
    required_from: date
    change_id: int
    id: int = 0
    until_on: date | None = None
    due: str = "30d"
    employer_pays: bool = True
    citation: str | None = None
    pack: str | None = None
    pack_version: str | None = None
