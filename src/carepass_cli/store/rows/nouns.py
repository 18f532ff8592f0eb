"""What is seen of a noun as of a day, by the attributes of its fields.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules import nouns

ACCOUNT = """
    a.portal_id, v.first_name, v.last_name, v.email, v.language, v.status, a.created_on,
    v.employee_number, v.student_number, v.merged_into, a.id
"""


class Account(NamedTuple):
    """A person, known by the portal ID."""

    portal_id: str
    first_name: str
    last_name: str
    email: str
    language: str
    status: str
    created_on: date
    employee_number: str | None
    student_number: str | None
    merged_into: str | None
    id: int
    birthdate: date | None = None

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.ACCOUNT.shown(self)


HOME = """
    h.code, v.name, v.city, v.approval, v.renewal_window, v.expiring_within, v.closed_on,
    v.study_minutes_per_day, v.confirm_within, v.manager_email, h.id
"""


class Home(NamedTuple):
    """A care home, known by its code."""

    code: str
    name: str
    city: str | None
    approval: str
    renewal_window: str
    expiring_within: str
    closed_on: str
    study_minutes_per_day: int
    confirm_within: str
    manager_email: str | None
    id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.HOME.shown(self)


ROLE = """
    h.code AS "home", r.code AS "role", v.name, v.staff_group AS "group", r.id, r.home_id
"""


class Role(NamedTuple):
    """A job at one home."""

    home: str
    role: str
    name: str
    group: str | None
    id: int
    home_id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.ROLE.shown(self)


COURSE = """
    c.code, v.title, v.provider, v.minutes, v.validity_years, v.language, v.method, v.category,
    v.price_cents, v.status, v.renewal, v.minimum, c.id
"""


class Course(NamedTuple):
    """A course, known by its code."""

    code: str
    title: str
    provider: str
    minutes: int
    validity_years: int | None
    language: str | None
    method: str | None
    category: str
    price_cents: int | None
    status: str
    renewal: str
    minimum: str | None
    id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return nouns.COURSE.shown(self)
