"""People, the roles they hold, and what relieves them. Habits: the package's first lines."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from carepass_cli.rules import absence, assignment, fields
from carepass_cli.rules.address import email_key
from carepass_cli.store.schema.base import (
    WHOSE,
    Base,
    Fact,
    fact,
    folded_text,
    index_where,
    kept,
    key,
    one_of,
    open_version,
)

STATUSES = ("created", "active", "deactivated")


class Account(Base, table=True):
    """A person, known by the portal ID."""

    __tablename__ = "account"
    id: int | None = key()
    portal_id: str = fact(
        Fact(
            "Four digits or more.",
            key=1,
            parse=fields.parse_portal_id,
            metavar="ID",
            otherwise="the next free one",
            is_first=True,
            sought="portal_id",
        ),
        unique=True,
    )
    created_on: date = fact(Fact("The day the account was made.", key=7, is_own=True))
    change_id: int


class AccountVersion(Base, table=True):
    """A person's particulars over time. `folded` is last and first name for sorting and searching."""

    __tablename__ = "account_version"
    __table_args__ = (
        one_of("status", *STATUSES),
        one_of("language", *fields.LANGUAGES),
        CheckConstraint("length(employee_number) BETWEEN 1 AND 40", name="employee_number_length"),
        Index("ix_account_version_account_id", "account_id", "from_on"),
        Index("ix_account_version_folded", "folded"),
        Index("ix_account_version_email_key", "email_key"),
        Index("ix_account_version_employee_number", "employee_number"),
        open_version("account_version", "account_id"),
        index_where("until_on IS NULL", "ux_account_version_email", "email_key", unique=True),
        index_where("until_on IS NULL", "ux_account_version_number", "employee_number", unique=True),
        index_where("merged_into IS NOT NULL", "ix_account_version_merged_into", "account_id"),
    )
    id: int | None = key()
    account_id: int = Field(foreign_key="account.id")
    from_on: date
    until_on: date | None = None
    first_name: str = fact(Fact("First name.", key=2))
    last_name: str = fact(Fact("Last name.", key=3))
    folded: str = Field(sa_column=folded_text())
    email: str = fact(
        Fact(
            "E-mail address.",
            key=4,
            parse=fields.parse_email,
            metavar="EMAIL",
            sought="email_key",
            fold=email_key,
        )
    )
    email_key: str
    language: str = fact(Fact("Language of the mail.", key=5, choices=fields.LANGUAGES), default="en")
    student_number: str | None = fact(Fact("The college's student number.", most=30), default=None)
    status: str = fact(Fact("What the account is.", key=6, choices=STATUSES, is_own=True), default="created")
    reason: str | None = None
    employee_number: str | None = fact(
        Fact(
            "HR's own number for the person, kept as written.",
            key=8,
            most=40,
            sought="employee_number",
            prefix="emp:",
        ),
        default=None,
    )
    merged_into: str | None = fact(
        Fact("The portal ID of the account that has what this one had.", is_own=True), default=None
    )


class MergedRow(Base, table=True):
    """A row of `table_name` was the account's until `merged_on`: a merge gave it to another account."""

    __tablename__ = "merged_row"
    __table_args__ = (
        Index("ix_merged_row_row_id", "table_name", "row_id", "merged_on"),
        Index("ix_merged_row_merged_on", "merged_on"),
    )
    id: int | None = key()
    table_name: str = kept()
    row_id: int
    account_id: int = Field(foreign_key="account.id")
    merged_on: date


class AccountIdentity(Base, table=True):
    """The birthdate, for matching only; apart from everything that is listed or reported."""

    __tablename__ = "account_identity"
    goes_with_person: ClassVar[bool] = True
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    birthdate: date = fact(
        Fact(
            "Birthdate, for matching only; never shown.",
            parse=fields.parse_birthdate,
            metavar="DATE",
            is_apart=True,
        )
    )


class Leave(Base, table=True):
    """A person is away: from `from_on` through `until_on` (NULL: until they return). `returned_on` is the
    first day back where it was told."""

    __tablename__ = "leave"
    in_sql = "l"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "account_id": WHOSE,
        "returned_on": (
            # A return counts once it was recorded.
            Fact(
                name="back_on",
                sql="CASE WHEN l.return_recorded_on <= :today THEN l.returned_on END",
                kind="date | None",
            ),
            Fact(
                "The last day away, where an end is known.",
                key=6,
                name="until_on",
                kind="date | None",
                works=absence.last_day,
                of=("planned_until", "back_on"),
            ),
        ),
    }
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="until_after_from"),
        Index("ix_leave_account_id", "account_id", "from_on"),
    )
    id: int | None = key()
    account_id: int = Field(foreign_key="account.id")
    from_on: date = fact(Fact("The first day away.", key=5, parse=fields.parse_date, has_option=False))
    until_on: date | None = fact(Fact(name="planned_until"), default=None)
    reason: str = fact(Fact("Why; kept in the audit log.", key=4, most=fields.REASON_MOST))
    recorded_on: date
    returned_on: date | None = None
    return_recorded_on: date | None = None
    change_id: int


class Assignment(Base, table=True):
    """A person holds a role: pending until confirmed. A changed start is a new version of the row."""

    __tablename__ = "assignment"
    in_sql = "s"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "account_id": WHOSE,
        "role_id": (
            Fact("The home's code.", key=4, name="home", sql="h.code", is_name=True),
            Fact("The role's code.", key=5, name="role", sql="r.code", is_name=True),
            Fact(name="home_id", sql="r.home_id", kind="int"),
        ),
        "ended_on": (
            Fact(
                "What has become of it; only `confirmed` counts.",
                key=6,
                name="status",
                works=assignment.status,
                of=("confirmed_on", "declined_on", "cancelled_on", "ended_on"),
                choices=assignment.STATUSES,
            ),
        ),
    }
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN declined_on IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN cancelled_on IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN confirmed_on IS NULL THEN 0 ELSE 1 END) <= 1",
            name="one_outcome",
        ),
        CheckConstraint("ended_on IS NULL OR confirmed_on IS NOT NULL", name="ended_was_confirmed"),
        Index("ix_assignment_account_id", "account_id", "role_id"),
        # What a report asks of a home's staff, without a look at the rows.
        Index(
            "ix_assignment_role_id",
            "role_id",
            "account_id",
            "from_on",
            "until_on",
            "confirmed_on",
            "ended_on",
            "start_on",
        ),
        index_where(
            "until_on IS NULL AND declined_on IS NULL AND cancelled_on IS NULL AND ended_on IS NULL",
            "ux_assignment_live",
            "account_id",
            "role_id",
            unique=True,
        ),
    )
    id: int | None = key()
    account_id: int = Field(foreign_key="account.id")
    role_id: int = Field(foreign_key="role.id")
    from_on: date
    until_on: date | None = None
    start_on: date = fact(
        Fact(
            "The first day in the role.",
            key=7,
            parse=fields.parse_date,
            otherwise="today",
            has_option=False,
        )
    )
    assigned_on: date = fact(Fact("The day it was assigned.", key=8, is_own=True))
    verified: bool = True
    confirmed_on: date | None = fact(
        Fact("The day it was confirmed.", key=9, is_own=True, is_event=True), default=None
    )
    declined_on: date | None = fact(Fact(is_event=True), default=None)
    cancelled_on: date | None = fact(Fact(is_event=True), default=None)
    ended_on: date | None = fact(
        Fact("The first day on which it no longer counts.", key=10, is_own=True, is_event=True), default=None
    )
    end_reason: str | None = None
    change_id: int


class ConfirmationToken(Base, table=True):
    """A one-time token: for a role at a home, or (without one) for an account. Valid through `expires_on`."""

    __tablename__ = "confirmation_token"
    goes_with_person: ClassVar[bool] = True
    __table_args__ = (Index("ix_confirmation_token_account_id", "account_id", "role_id"),)
    id: int | None = key()
    token: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id")
    role_id: int | None = Field(default=None, foreign_key="role.id")
    issued_on: date
    expires_on: date | None = None
    used_on: date | None = None
    replaced_on: date | None = None


class Waiver(Base, table=True):
    """A person need not hold a course: from `waived_on` through `waived_until` (NULL: for good), and no more
    from `ended_on` on."""

    __tablename__ = "waiver"
    in_sql = "w"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "account_id": WHOSE,
        "course_id": (
            Fact("The course's code.", key=4, name="code", sql="c.code", is_name=True),
            Fact("The course's title.", key=5, name="title", sql="cv.title", is_own=True),
        ),
        "ended_on": (
            Fact(
                "The last day; without one it is for good.",
                key=8,
                name="until_on",
                kind="date | None",
                works=absence.last_day,
                of=("waived_until", "ended_on"),
            ),
        ),
    }
    __table_args__ = (Index("ix_waiver_account_id", "account_id", "course_id"),)
    id: int | None = key()
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    waived_on: date = fact(
        Fact(
            "The first day.",
            key=7,
            name="from_on",
            parse=fields.parse_date,
            otherwise="today",
            has_option=False,
        )
    )
    waived_until: date | None = fact(Fact(), default=None)
    ended_on: date | None = fact(Fact(is_event=True), default=None)
    reason: str = fact(Fact("Why; kept in the audit log.", key=6, most=fields.REASON_MOST))
