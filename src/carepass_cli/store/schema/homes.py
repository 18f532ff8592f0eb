"""Homes, their roles and their money. Habits: the package's first lines."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from carepass_cli.rules import fields
from carepass_cli.rules.span import span_text
from carepass_cli.store.schema.base import Base, Fact, fact, key, one_of, open_version

APPROVALS = ("auto", "manual")


class Home(Base, table=True):
    """A care home, known by its code."""

    __tablename__ = "home"
    id: int | None = key()
    code: str = fact(
        Fact(
            "The home's code: lower-case letters, digits and hyphens.",
            key=1,
            parse=fields.parse_code,
            is_name=True,
        ),
        unique=True,
    )
    created_on: date
    change_id: int


class HomeVersion(Base, table=True):
    """A home's name and settings over time. `closed_on` holds ISO dates with spaces between."""

    __tablename__ = "home_version"
    __table_args__ = (
        one_of("approval", *APPROVALS),
        CheckConstraint("study_minutes_per_day > 0", name="study_minutes"),
        Index("ix_home_version_home_id", "home_id", "from_on"),
        open_version("home_version", "home_id"),
    )
    id: int | None = key()
    home_id: int = Field(foreign_key="home.id")
    from_on: date
    until_on: date | None = None
    name: str = fact(Fact("The home's name.", key=2, most=fields.TITLE_MOST))
    city: str | None = fact(Fact("Its town or city.", key=3), default=None)
    approval: str = fact(
        Fact("Who approves: the rules alone, or a person.", key=4, is_setting=True, choices=APPROVALS),
        default="auto",
    )
    renewal_window: str = fact(
        Fact(
            "How long before its last day a course may be renewed.",
            key=5,
            is_setting=True,
            parse=span_text,
            metavar="SPAN",
        ),
        default="60d",
    )
    expiring_within: str = fact(
        Fact(
            "How long before its last day a course counts as expiring.",
            key=6,
            is_setting=True,
            parse=span_text,
            metavar="SPAN",
        ),
        default="30d",
    )
    closed_on: str = fact(
        Fact(
            "Days on which the home's office is closed.",
            key=7,
            is_setting=True,
            parse=fields.parse_days,
            has_option=False,
            show=str.split,
        ),
        default="",
    )
    study_minutes_per_day: int = fact(
        Fact(
            "How many minutes of training fit into a day.",
            key=8,
            is_setting=True,
            parse=fields.parse_study_minutes,
            metavar="MINUTES",
        ),
        default=60,
    )
    confirm_within: str = fact(
        Fact(
            "How long a person has to confirm a role.",
            key=9,
            is_setting=True,
            parse=span_text,
            metavar="SPAN",
        ),
        default="14d",
    )
    manager_email: str | None = fact(
        Fact(
            "Who gets the weekly digest; without it there is none.",
            key=10,
            is_setting=True,
            parse=fields.parse_email,
            metavar="EMAIL",
        ),
        default=None,
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
    home_id: int = fact(
        Fact(
            "The home's code.",
            key=1,
            name="home",
            sql="h.code",
            parse=fields.parse_code,
            is_name=True,
        ),
        foreign_key="home.id",
    )
    code: str = fact(
        Fact(
            "The role's code: lower-case letters, digits and hyphens.",
            key=2,
            name="role",
            parse=fields.parse_code,
            is_name=True,
        )
    )
    created_on: date
    change_id: int


class RoleVersion(Base, table=True):
    """A role's name and staff group over time."""

    __tablename__ = "role_version"
    __table_args__ = (
        one_of("staff_group", *fields.GROUPS),
        Index("ix_role_version_role_id", "role_id", "from_on"),
        open_version("role_version", "role_id"),
    )
    id: int | None = key()
    role_id: int = Field(foreign_key="role.id")
    from_on: date
    until_on: date | None = None
    name: str = fact(Fact("The role's name.", key=3))
    staff_group: str | None = fact(
        Fact("The staff group.", key=4, name="group", choices=fields.GROUPS), default=None
    )
