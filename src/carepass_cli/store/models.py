"""The schema's one source.

Three habits run through it:

* An entity (`account`, `home`, `role`, `course`) keeps what never changes; what people edit lies in its
  `*_version` rows. A version is seen on day D when `from_on <= D < until_on` (`until_on` NULL: still).
* A fact that only ever happens once is a date column (`confirmed_on`); it is seen from that day on.
* Status is never stored. It is read off the dates (`rules`).

`change_id` says which change of the audit log made a row. Birthdates lie apart, in `account_identity`,
where no report reaches them by accident.
"""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(SQLModel):
    """What every table has: a surrogate key, and the table's name where it is used as one."""

    __tablename__: ClassVar[Any]
    # A table's class never validates, so pydantic need not build its validators: a tenth of a write.
    model_config = {"defer_build": True}


def one_of(column: str, *values: str) -> CheckConstraint:
    """A CHECK that holds a text column to its words (NULL passes)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def dates(*columns: str) -> CheckConstraint:
    """A CHECK that date columns hold ISO dates on an engine that does not look (SQLite)."""
    each = " AND ".join(f"({c} IS NULL OR CAST({c} AS TEXT) LIKE '____-__-__')" for c in columns)
    return CheckConstraint(each, name="iso_dates")


def open_version(table: str, entity: str) -> Index:
    """One open version for each entity."""
    return index_where("until_on IS NULL", f"ux_{table}_open", entity, unique=True)


def index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index over the rows that meet `condition`.

    Here it names SQLite only: to name PostgreSQL would import its dialect with every write.
    `migrations.env` says the same for PostgreSQL.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(condition))


def folded() -> Any:
    """A text column that sorts by code point on every engine."""
    return Column(Text().with_variant(String(collation="C"), "postgresql"), nullable=False)


class Change(Base, table=True):
    """One unit of work: who, when (real time, UTC), as of which day, by which command."""

    __tablename__ = "change"
    id: int | None = Field(default=None, primary_key=True)
    at: str
    effective_on: date
    actor: str
    command: str
    undoes: int | None = Field(default=None, foreign_key="change.id")


class AuditEntry(Base, table=True):
    """One thing written. `before` and `after` are JSON; the entry is chained to the one before it by hash,
    over the payload's hash, so that a payload can be erased and the chain still verified."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_account_id", "account_id"),
        Index("ix_audit_entry_change_id", "change_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id")
    action: str
    subject: str
    key: str
    account_id: int | None = None
    before: str | None = None
    after: str | None = None
    payload_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class UndoStep(Base, table=True):
    """What a change did to rows of one table: inserted `first_key` to `last_key`, or (with `before`, JSON)
    updated one. By this a change can be taken back."""

    __tablename__ = "undo_step"
    __table_args__ = (
        Index("ix_undo_step_change_id", "change_id"),
        Index("ix_undo_step_table_name", "table_name", "first_key"),
    )
    id: int | None = Field(default=None, primary_key=True)
    change_id: int = Field(foreign_key="change.id")
    table_name: str
    first_key: int
    last_key: int
    before: str | None = None


class Counter(Base, table=True):
    """Numbers that are handed out once: the next portal ID."""

    __tablename__ = "counter"
    name: str = Field(primary_key=True)
    value: int


class Account(Base, table=True):
    """A person, known by the portal ID."""

    __tablename__ = "account"
    __table_args__ = (dates("created_on"),)
    id: int | None = Field(default=None, primary_key=True)
    portal_id: str = Field(unique=True)
    created_on: date
    change_id: int


class AccountVersion(Base, table=True):
    """A person's particulars over time. `folded` is last and first name for sorting and searching."""

    __tablename__ = "account_version"
    __table_args__ = (
        one_of("status", "created", "active", "deactivated"),
        one_of("language", "en", "fr"),
        dates("from_on", "until_on"),
        Index("ix_account_version_account_id", "account_id", "from_on"),
        Index("ix_account_version_folded", "folded"),
        Index("ix_account_version_email_key", "email_key"),
        open_version("account_version", "account_id"),
        index_where("until_on IS NULL", "ux_account_version_email", "email_key", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    from_on: date
    until_on: date | None = None
    first_name: str
    last_name: str
    folded: str = Field(sa_column=folded())
    email: str
    email_key: str
    language: str = "en"
    student_number: str | None = None
    status: str = "created"
    reason: str | None = None


class AccountIdentity(Base, table=True):
    """The birthdate, for matching only; apart from everything that is listed or reported."""

    __tablename__ = "account_identity"
    __table_args__ = (dates("birthdate"),)
    account_id: int = Field(primary_key=True, foreign_key="account.id")
    birthdate: date


class Home(Base, table=True):
    """A care home, known by its code."""

    __tablename__ = "home"
    __table_args__ = (dates("created_on"),)
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    created_on: date
    change_id: int


class HomeVersion(Base, table=True):
    """A home's name and settings over time. `closed_on` holds ISO dates with spaces between."""

    __tablename__ = "home_version"
    __table_args__ = (
        one_of("approval", "auto", "manual"),
        dates("from_on", "until_on"),
        CheckConstraint("study_minutes_per_day > 0", name="study_minutes"),
        Index("ix_home_version_home_id", "home_id", "from_on"),
        open_version("home_version", "home_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    home_id: int = Field(foreign_key="home.id")
    from_on: date
    until_on: date | None = None
    name: str
    city: str | None = None
    approval: str = "auto"
    renewal_window: str = "60d"
    expiring_within: str = "30d"
    closed_on: str = ""
    study_minutes_per_day: int = 60
    confirm_within: str = "14d"
    manager_email: str | None = None


class Role(Base, table=True):
    """A job at one home."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("home_id", "code"), dates("created_on"))
    id: int | None = Field(default=None, primary_key=True)
    home_id: int = Field(foreign_key="home.id")
    code: str
    created_on: date
    change_id: int


class RoleVersion(Base, table=True):
    """A role's name and staff group over time."""

    __tablename__ = "role_version"
    __table_args__ = (
        dates("from_on", "until_on"),
        Index("ix_role_version_role_id", "role_id", "from_on"),
        open_version("role_version", "role_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    role_id: int = Field(foreign_key="role.id")
    from_on: date
    until_on: date | None = None
    name: str
    staff_group: str | None = None


class Course(Base, table=True):
    """A course, known by its code."""

    __tablename__ = "course"
    __table_args__ = (dates("created_on"),)
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    created_on: date
    change_id: int


class CourseVersion(Base, table=True):
    """A course's particulars over time. Length in minutes, validity in years (NULL: once), price in cents."""

    __tablename__ = "course_version"
    __table_args__ = (
        one_of("status", "active", "retired"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("validity_years > 0", name="validity_positive"),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        dates("from_on", "until_on"),
        Index("ix_course_version_course_id", "course_id", "from_on"),
        open_version("course_version", "course_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id")
    from_on: date
    until_on: date | None = None
    title: str
    provider: str
    minutes: int
    validity_years: int | None = None
    language: str | None = None
    method: str | None = None
    category: str
    price_cents: int | None = None
    status: str = "active"


class CourseEquivalence(Base, table=True):
    """Which courses satisfy which: every course itself, and all pairs of an equated group, both ways."""

    __tablename__ = "course_equivalence"
    __table_args__ = (
        UniqueConstraint("course_id", "other_id"),
        dates("from_on"),
        Index("ix_course_equivalence_course_id", "course_id", "from_on", "other_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    course_id: int = Field(foreign_key="course.id")
    other_id: int = Field(foreign_key="course.id")
    from_on: date


class Requirement(Base, table=True):
    """A role must hold a course, from `required_from` on; a line of the home's role template over time."""

    __tablename__ = "requirement"
    __table_args__ = (
        dates("required_from", "from_on", "until_on"),
        Index("ix_requirement_role_id", "role_id", "course_id", "from_on", "until_on", "required_from"),
        Index("ix_requirement_course_id", "course_id"),
        index_where("until_on IS NULL", "ux_requirement_open", "role_id", "course_id", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    role_id: int = Field(foreign_key="role.id")
    course_id: int = Field(foreign_key="course.id")
    from_on: date
    until_on: date | None = None
    required_from: date
    due_within: str = "30d"
    employer_pays: bool = True
    change_id: int


class Waiver(Base, table=True):
    """A person need not hold a course: from `waived_on` through `waived_until` (NULL: for good)."""

    __tablename__ = "waiver"
    __table_args__ = (
        dates("waived_on", "waived_until"),
        Index("ix_waiver_account_id", "account_id", "course_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    course_id: int = Field(foreign_key="course.id")
    waived_on: date
    waived_until: date | None = None
    reason: str


class Assignment(Base, table=True):
    """A person holds a role: pending until confirmed. A changed start is a new version of the row."""

    __tablename__ = "assignment"
    __table_args__ = (
        dates("from_on", "until_on", "start_on", "assigned_on", "confirmed_on", "ended_on"),
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
    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    role_id: int = Field(foreign_key="role.id")
    from_on: date
    until_on: date | None = None
    start_on: date
    assigned_on: date
    verified: bool = True
    confirmed_on: date | None = None
    declined_on: date | None = None
    cancelled_on: date | None = None
    ended_on: date | None = None
    end_reason: str | None = None
    change_id: int


class ConfirmationToken(Base, table=True):
    """A one-time token: for a role at a home, or (without one) for an account. Valid through `expires_on`."""

    __tablename__ = "confirmation_token"
    __table_args__ = (Index("ix_confirmation_token_account_id", "account_id", "role_id"),)
    id: int | None = Field(default=None, primary_key=True)
    token: str = Field(unique=True)
    account_id: int = Field(foreign_key="account.id")
    role_id: int | None = Field(default=None, foreign_key="role.id")
    issued_on: date
    expires_on: date | None = None
    used_on: date | None = None
    replaced_on: date | None = None
