"""Rows of the tables in `schema.people`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class Account(NamedTuple):
    """A person, known by the portal ID."""

    portal_id: str
    created_on: date
    change_id: int
    id: int = 0


class AccountVersion(NamedTuple):
    """A person's particulars over time. `folded` is last and first name for sorting and searching."""

    account_id: int
    from_on: date
    first_name: str
    last_name: str
    folded: str
    email: str
    email_key: str
    id: int = 0
    until_on: date | None = None
    language: str = "en"
    student_number: str | None = None
    status: str = "created"
    reason: str | None = None
    employee_number: str | None = None
    merged_into: str | None = None


class MergedRow(NamedTuple):
    """A row of `table_name` was the account's until `merged_on`: a merge gave it to another account."""

    table_name: str
    row_id: int
    account_id: int
    merged_on: date
    id: int = 0


class AccountIdentity(NamedTuple):
    """The birthdate, for matching only; apart from everything that is listed or reported."""

    account_id: int
    birthdate: date


class Leave(NamedTuple):
    """A person is away: from `from_on` through `until_on` (NULL: until they return). `returned_on` is the
    first day back where it was told."""

    account_id: int
    from_on: date
    reason: str
    recorded_on: date
    change_id: int
    id: int = 0
    until_on: date | None = None
    returned_on: date | None = None
    return_recorded_on: date | None = None


class Assignment(NamedTuple):
    """A person holds a role: pending until confirmed. A changed start is a new version of the row."""

    account_id: int
    role_id: int
    from_on: date
    start_on: date
    assigned_on: date
    change_id: int
    id: int = 0
    until_on: date | None = None
    verified: bool = True
    confirmed_on: date | None = None
    declined_on: date | None = None
    cancelled_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None


class ConfirmationToken(NamedTuple):
    """A one-time token: for a role at a home, or (without one) for an account. Valid through `expires_on`."""

    token: str
    account_id: int
    issued_on: date
    id: int = 0
    role_id: int | None = None
    expires_on: date | None = None
    used_on: date | None = None
    replaced_on: date | None = None


class Waiver(NamedTuple):
    """A person need not hold a course: from `waived_on` through `waived_until` (NULL: for good), and no more
    from `ended_on` on."""

    account_id: int
    course_id: int
    waived_on: date
    reason: str
    id: int = 0
    waived_until: date | None = None
    ended_on: date | None = None
