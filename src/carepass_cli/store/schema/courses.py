"""Courses, and what roles require. Habits: the package's first lines."""

from datetime import date
from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from carepass_cli.rules import fields
from carepass_cli.rules.category import CATEGORIES, METHODS
from carepass_cli.rules.span import DUE_WITHIN, parse_due, span_text
from carepass_cli.store.schema.base import (
    Base,
    Fact,
    fact,
    folded_text,
    index_where,
    key,
    one_of,
    open_version,
)

STATUSES = ("active", "retired")


class Course(Base, table=True):
    """A course, known by its code."""

    __tablename__ = "course"
    id: int | None = key()
    code: str = fact(
        Fact(
            "The course's code, as IPAC-101.",
            key=1,
            parse=fields.parse_course_code,
            is_name=True,
        ),
        unique=True,
    )
    created_on: date
    change_id: int


class CourseVersion(Base, table=True):
    """A course's particulars over time. Length in minutes, validity in years (NULL: once), price in cents.

    `renewal` is what the validity counts from: `completion`, `expiry`, or a day of the year as `MM-DD`; then
    `minimum` is the least span from the completion to the last day.
    """

    __tablename__ = "course_version"
    __table_args__ = (
        one_of("status", *STATUSES),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("validity_years > 0", name="validity_positive"),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        Index("ix_course_version_course_id", "course_id", "from_on"),
        open_version("course_version", "course_id"),
    )
    id: int | None = key()
    course_id: int = Field(foreign_key="course.id")
    from_on: date
    until_on: date | None = None
    title: str = fact(Fact("The course's title.", key=2, most=fields.TITLE_MOST))
    provider: str = fact(Fact("Who offers the course.", key=3, most=fields.TITLE_MOST))
    minutes: int = fact(
        Fact("The course's length in minutes.", key=4, parse=fields.parse_minutes, metavar="N")
    )
    validity_years: int | None = fact(
        Fact(
            "Years until it must be renewed.",
            key=5,
            parse=fields.parse_years,
            metavar="N",
            otherwise="once only",
        ),
        default=None,
    )
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "validity_years": (
            Fact(
                "The validity in words: 1 years, annual; blank is once only.",
                key=6,
                name="expiry",
                parse=fields.parse_expiry,
                has_option=False,
                show=fields.expiry_text,
            ),
        )
    }
    language: str | None = fact(Fact("The course's language.", key=7, choices=fields.LANGUAGES), default=None)
    method: str | None = fact(Fact("How it is taught.", key=8, choices=METHODS), default=None)
    category: str = fact(
        Fact(
            "Only where two categories fit (exactly 100 hours).",
            key=9,
            choices=CATEGORIES,
            otherwise="worked out",
        )
    )
    price_cents: int | None = fact(
        Fact(
            "What it costs, as 45.00.",
            key=10,
            name="price",
            parse=fields.parse_price,
            metavar="DOLLARS",
            show=fields.price_text,
        ),
        default=None,
    )
    status: str = fact(Fact("active, or retired.", key=11, choices=STATUSES, is_own=True), default="active")
    renewal: str = fact(
        Fact(
            "What the validity counts from: completion, expiry, or a day as 03-31.",
            key=12,
            parse=fields.parse_renewal,
            metavar="BASIS",
        ),
        default="completion",
    )
    minimum: str | None = fact(
        Fact(
            "With a day: the least from the completion to the first such day.",
            parse=span_text,
            metavar="SPAN",
        ),
        default=None,
    )


class CourseEquivalence(Base, table=True):
    """Which courses satisfy which: every course itself, and all pairs of an equated group, both ways."""

    __tablename__ = "course_equivalence"
    __table_args__ = (
        UniqueConstraint("course_id", "other_id"),
        Index("ix_course_equivalence_course_id", "course_id", "from_on", "other_id"),
    )
    id: int | None = key()
    course_id: int = Field(foreign_key="course.id")
    other_id: int = Field(foreign_key="course.id")
    from_on: date


class CourseAlias(Base, table=True):
    """Another name under which files know a course. `folded` is the name without case and accents."""

    __tablename__ = "course_alias"
    __table_args__ = (Index("ix_course_alias_course_id", "course_id"),)
    id: int | None = key()
    course_id: int = Field(foreign_key="course.id")
    alias: str
    folded: str = Field(sa_column=folded_text())
    from_on: date
    until_on: date | None = None
    change_id: int


class Requirement(Base, table=True):
    """A role must hold a course, from `required_from` on; a line of the home's role template over time.

    `due` is `before-start`, or the span after it that people have. What came from a pack of topics keeps the
    pack's name and version.
    """

    __tablename__ = "requirement"
    in_sql = "q"
    also: ClassVar[dict[str, tuple[Fact, ...]]] = {
        "role_id": (
            Fact("The home's code.", key=1, name="home", sql="h.code", is_name=True),
            Fact("The role's code.", key=2, name="role", sql="r.code", is_name=True),
            Fact(name="home_id", sql="r.home_id", kind="int"),
            Fact(name="expiring_within", sql="hv.expiring_within"),
            # Of a person it is asked of: their start, and the first day after their latest waiver or leave.
            Fact(name="start_on", sql="NULL", kind="date | None"),
            Fact(name="back_on", sql="NULL", kind="date | None"),
        ),
        "course_id": (
            Fact("The course's code.", key=3, name="code", sql="c.code", is_name=True),
            Fact("The course's title.", key=4, name="title", sql="cv.title", is_own=True),
            Fact("Who offers the course.", key=5, name="provider", sql="cv.provider", is_own=True),
            Fact("The course's length.", key=6, name="minutes", sql="cv.minutes", kind="int", is_own=True),
            Fact(
                "The course's validity in words.",
                key=7,
                name="expiry",
                sql="cv.validity_years",
                kind="int | None",
                is_own=True,
                show=fields.expiry_text,
            ),
        ),
    }
    __table_args__ = (
        Index("ix_requirement_role_id", "role_id", "course_id", "from_on", "until_on", "required_from"),
        Index("ix_requirement_course_id", "course_id"),
        index_where("until_on IS NULL", "ux_requirement_open", "role_id", "course_id", unique=True),
    )
    id: int | None = key()
    role_id: int = Field(foreign_key="role.id")
    course_id: int = Field(foreign_key="course.id")
    from_on: date
    until_on: date | None = None
    required_from: date = fact(
        Fact(
            "The first day it is required.",
            key=9,
            parse=fields.parse_date,
            otherwise="today",
            has_option=False,
        )
    )
    due: str = fact(
        Fact("before-start, or how long a person has.", key=10, parse=parse_due, has_option=False),
        default=DUE_WITHIN,
    )
    employer_pays: bool = fact(
        Fact("Whether the employer pays.", key=8, parse=fields.parse_bool, has_option=False), default=True
    )
    citation: str | None = fact(
        Fact("The law that asks for it.", key=11, most=fields.TITLE_MOST), default=None
    )
    pack: str | None = fact(Fact("The pack of topics it came from.", is_own=True), default=None)
    pack_version: str | None = fact(Fact("The pack's version.", is_own=True), default=None)
    change_id: int
