"""Rows of the tables in `schema.homes`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class Home(NamedTuple):
    """A care home, known by its code."""

    code: str
    created_on: date
    change_id: int
    id: int = 0


class HomeVersion(NamedTuple):
    """A home's name and settings over time. `closed_on` holds ISO dates with spaces between."""

    home_id: int
    from_on: date
    name: str
    id: int = 0
    until_on: date | None = None
    city: str | None = None
    approval: str = "auto"
    renewal_window: str = "60d"
    expiring_within: str = "30d"
    closed_on: str = ""
    study_minutes_per_day: int = 60
    confirm_within: str = "14d"
    manager_email: str | None = None


class HomeBudget(NamedTuple):
    """What a home will spend on training in a calendar year, in cents, over time (NULL: no limit)."""

    home_id: int
    year: int
    from_on: date
    change_id: int
    id: int = 0
    until_on: date | None = None
    amount_cents: int | None = None


class Role(NamedTuple):
    """A job at one home."""

    home_id: int
    code: str
    created_on: date
    change_id: int
    id: int = 0


class RoleVersion(NamedTuple):
    """A role's name and staff group over time."""

    role_id: int
    from_on: date
    name: str
    id: int = 0
    until_on: date | None = None
    staff_group: str | None = None
