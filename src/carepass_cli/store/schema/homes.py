"""Homes, their roles and their money. Habits: the package's first lines."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from carepass_cli.store.schema.base import Base, key, one_of, open_version

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
    code: str = Field(unique=True, description="The home's code: lower-case letters, digits and hyphens.")
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
    name: str = Field(description="The home's name.")
    city: str | None = Field(default=None, description="Its town or city.")
    approval: str = Field(default="auto", description="Who approves: the rules alone, or a person.")
    renewal_window: str = Field(
        default="60d", description="How long before its last day a course may be renewed."
    )
    expiring_within: str = Field(
        default="30d", description="How long before its last day a course counts as expiring."
    )
    closed_on: str = Field(default="", description="Days on which the home's office is closed.")
    study_minutes_per_day: int = Field(default=60, description="Minutes a day that people have to study.")
    confirm_within: str = Field(default="14d", description="How long a person has to confirm a role.")
    manager_email: str | None = Field(default=None, description="Who gets the weekly digest.")


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
    code: str = Field(description="The role's code: lower-case letters, digits and hyphens.")
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
    name: str = Field(description="The role's name.")
    staff_group: str | None = Field(default=None, description="The staff group.")
