"""Homes, their roles and their money. Habits: the package's first lines."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from carepass_cli.store.schema.base import Base, key, one_of, open_version, says

GROUPS = (
    "direct-care",
    "registered",
    "allied",
    "dietary",
    "environmental",
    "administration",
    "volunteer",
    "student",
    "agency",
)


class Home(Base, table=True):
    """A care home, known by its code."""

    __tablename__ = "home"
    id: int | None = key()
    code: str = says(
        "The home's code: lower-case letters, digits and hyphens.",
        parse="parse_code",
        place=1,
        create="required",
        edit=False,
        unique=True,
    )
    created_on: date
    change_id: int


class HomeVersion(Base, table=True):
    """A home's name and settings over time. `closed_on` holds ISO dates with spaces between."""

    __tablename__ = "home_version"
    __table_args__ = (
        one_of("approval", "auto", "manual"),
        CheckConstraint("study_minutes_per_day > 0", name="study_minutes"),
        Index("ix_home_version_home_id", "home_id", "from_on"),
        open_version("home_version", "home_id"),
    )
    id: int | None = key()
    home_id: int = Field(foreign_key="home.id")
    from_on: date
    until_on: date | None = None
    name: str = says("The home's name.", place=2, create="required")
    city: str | None = says("Its town or city.", default=None, place=3)
    approval: str = says(
        "Who approves: the rules alone, or a person.",
        default="auto",
        place=4,
        like=True,
        choices=("auto", "manual"),
    )
    renewal_window: str = says(
        "How long before its last day a course may be renewed.",
        default="60d",
        parse="span_text",
        place=5,
        like=True,
    )
    expiring_within: str = says(
        "How long before its last day a course counts as expiring.",
        default="30d",
        parse="span_text",
        place=6,
        like=True,
    )
    closed_on: str = says("Days on which the home's office is closed.", default="", place=7, like=True)
    study_minutes_per_day: int = says(
        "Minutes a day that people have to study.", default=60, parse="parse_count", place=8, like=True
    )
    confirm_within: str = says(
        "How long a person has to confirm a role.", default="14d", parse="span_text", place=9, like=True
    )
    manager_email: str | None = says(
        "Who gets the weekly digest.",
        default=None,
        parse="parse_email",
        place=10,
        like=True,
        personal="erased",
    )


class HomeBudget(Base, table=True):
    """What a home will spend on training in a calendar year, in cents, over time (NULL: no limit)."""

    __tablename__ = "home_budget"
    __table_args__ = (
        CheckConstraint("amount_cents >= 0", name="amount_not_negative"),
        Index("ix_home_budget_home_id", "home_id", "year", "from_on"),
    )
    id: int | None = key()
    home_id: int = Field(foreign_key="home.id")
    year: int
    from_on: date
    until_on: date | None = None
    amount_cents: int | None = None
    change_id: int


class Role(Base, table=True):
    """A job at one home."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("home_id", "code"),)
    id: int | None = key()
    home_id: int = Field(foreign_key="home.id")
    code: str = says(
        "The role's code: lower-case letters, digits and hyphens.",
        parse="parse_code",
        named="role",
        place=2,
        create="required",
        edit=False,
    )
    created_on: date
    change_id: int


class RoleVersion(Base, table=True):
    """A role's name and staff group over time."""

    __tablename__ = "role_version"
    __table_args__ = (
        one_of("staff_group", *GROUPS),
        Index("ix_role_version_role_id", "role_id", "from_on"),
        open_version("role_version", "role_id"),
    )
    id: int | None = key()
    role_id: int = Field(foreign_key="role.id")
    from_on: date
    until_on: date | None = None
    name: str = says("The role's name.", place=3, create="required", like=True)
    staff_group: str | None = says(
        "The staff group.", default=None, named="group", place=4, like=True, choices=GROUPS
    )
