"""The nouns, and what is known of their fields.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple, TypedDict

from carepass_cli.rules import fields
from carepass_cli.rules.address import email_key
from carepass_cli.rules.noun import Field, Noun, named_by
from carepass_cli.rules.span import parse_due, span_text

ACCOUNT = Noun(
    "account",
    Field(
        name="portal_id",
        column="portal_id",
        help="Four digits or more.",
        parse=fields.parse_portal_id,
        metavar="ID",
        otherwise="the next free one",
        is_key=True,
        is_first=True,
        is_worked_out=True,
        sought="portal_id",
    ),
    Field(name="first_name", column="first_name", help="First name.", is_required=True, is_key=True),
    Field(name="last_name", column="last_name", help="Last name.", is_required=True, is_key=True),
    Field(
        name="email",
        column="email",
        help="E-mail address.",
        parse=fields.parse_email,
        metavar="EMAIL",
        is_required=True,
        is_key=True,
        sought="email_key",
        fold=email_key,
    ),
    Field(
        name="language",
        column="language",
        help="Language of the mail.",
        choices=("en", "fr"),
        metavar="en|fr",
        default="en",
        is_key=True,
    ),
    Field(
        name="status",
        column="status",
        help="What the account is.",
        choices=("created", "active", "deactivated"),
        metavar="created|active|deactivated",
        default="created",
        is_key=True,
        is_own=True,
    ),
    Field(
        name="created_on", column="created_on", help="The day the account was made.", is_key=True, is_own=True
    ),
    Field(
        name="employee_number",
        column="employee_number",
        help="HR's own number for the person, kept as written.",
        most=40,
        is_key=True,
        sought="employee_number",
        prefix="emp:",
    ),
    Field(name="student_number", column="student_number", help="The college's student number.", most=30),
    Field(
        name="merged_into",
        column="merged_into",
        help="The portal ID of the account that has what this one had.",
        is_own=True,
    ),
    Field(
        name="birthdate",
        column="birthdate",
        help="Birthdate, for matching only; never shown.",
        parse=fields.parse_birthdate,
        metavar="DATE",
        is_required=True,
        is_apart=True,
    ),
)
HOME = Noun(
    "home",
    Field(
        name="code",
        column="code",
        help="The home's code: lower-case letters, digits and hyphens.",
        parse=fields.parse_code,
        is_required=True,
        is_key=True,
        has_option=False,
    ),
    Field(name="name", column="name", help="The home's name.", most=200, is_required=True, is_key=True),
    Field(name="city", column="city", help="Its town or city.", is_key=True),
    Field(
        name="approval",
        column="approval",
        help="Who approves: the rules alone, or a person.",
        choices=("auto", "manual"),
        metavar="auto|manual",
        default="auto",
        is_key=True,
        is_setting=True,
    ),
    Field(
        name="renewal_window",
        column="renewal_window",
        help="How long before its last day a course may be renewed.",
        parse=span_text,
        metavar="SPAN",
        default="60d",
        is_key=True,
        is_setting=True,
    ),
    Field(
        name="expiring_within",
        column="expiring_within",
        help="How long before its last day a course counts as expiring.",
        parse=span_text,
        metavar="SPAN",
        default="30d",
        is_key=True,
        is_setting=True,
    ),
    Field(
        name="closed_on",
        column="closed_on",
        help="Days on which the home's office is closed.",
        parse=fields.parse_days,
        is_key=True,
        is_setting=True,
        has_option=False,
        show=str.split,
    ),
    Field(
        name="study_minutes_per_day",
        column="study_minutes_per_day",
        help="How many minutes of training fit into a day.",
        parse=fields.parse_study_minutes,
        metavar="MINUTES",
        default=60,
        is_key=True,
        is_setting=True,
    ),
    Field(
        name="confirm_within",
        column="confirm_within",
        help="How long a person has to confirm a role.",
        parse=span_text,
        metavar="SPAN",
        default="14d",
        is_key=True,
        is_setting=True,
    ),
    Field(
        name="manager_email",
        column="manager_email",
        help="Who gets the weekly digest; without it there is none.",
        parse=fields.parse_email,
        metavar="EMAIL",
        is_key=True,
        is_setting=True,
    ),
)
ROLE = Noun(
    "role",
    Field(
        name="home",
        column="home",
        help="The home's code.",
        parse=fields.parse_code,
        is_key=True,
        is_reference=True,
        has_option=False,
    ),
    Field(
        name="role",
        column="code",
        help="The role's code: lower-case letters, digits and hyphens.",
        parse=fields.parse_code,
        is_required=True,
        is_key=True,
        has_option=False,
    ),
    Field(name="name", column="name", help="The role's name.", is_required=True, is_key=True),
    Field(
        name="group",
        column="staff_group",
        help="The staff group.",
        choices=(
            "direct-care",
            "registered",
            "allied",
            "dietary",
            "environmental",
            "administration",
            "volunteer",
            "student",
            "agency",
        ),
        metavar="GROUP",
        is_key=True,
    ),
)
COURSE = Noun(
    "course",
    Field(
        name="code",
        column="code",
        help="The course's code, as IPAC-101.",
        parse=fields.parse_course_code,
        is_required=True,
        is_key=True,
        has_option=False,
    ),
    Field(name="title", column="title", help="The course's title.", most=200, is_required=True, is_key=True),
    Field(
        name="provider",
        column="provider",
        help="Who offers the course.",
        most=200,
        is_required=True,
        is_key=True,
    ),
    Field(
        name="minutes",
        column="minutes",
        help="The course's length in minutes.",
        parse=fields.parse_minutes,
        metavar="N",
        is_required=True,
        is_key=True,
    ),
    Field(
        name="validity_years",
        column="validity_years",
        help="Years until it must be renewed.",
        parse=fields.parse_years,
        metavar="N",
        otherwise="once only",
        is_key=True,
    ),
    Field(
        name="expiry",
        column="validity_years",
        help="The validity in words: 1 years, annual; blank is once only.",
        parse=fields.parse_expiry,
        is_key=True,
        has_option=False,
        show=fields.expiry_text,
    ),
    Field(
        name="language",
        column="language",
        help="The course's language.",
        choices=("en", "fr"),
        metavar="en|fr",
        is_key=True,
    ),
    Field(
        name="method",
        column="method",
        help="How it is taught.",
        choices=("self-paced", "instructor-led", "online", "blended", "face-to-face"),
        metavar="METHOD",
        is_key=True,
    ),
    Field(
        name="category",
        column="category",
        help="Only where two categories fit (exactly 100 hours).",
        choices=("badge", "certificate-of-training", "college-certificate", "unclassified"),
        metavar="CATEGORY",
        otherwise="worked out",
        is_key=True,
        is_worked_out=True,
    ),
    Field(
        name="price",
        column="price_cents",
        help="What it costs, as 45.00.",
        parse=fields.parse_price,
        metavar="DOLLARS",
        is_key=True,
        show=fields.price_text,
    ),
    Field(
        name="status",
        column="status",
        help="active, or retired.",
        choices=("active", "retired"),
        metavar="active|retired",
        default="active",
        is_key=True,
        is_own=True,
    ),
    Field(
        name="renewal",
        column="renewal",
        help="What the validity counts from: completion, expiry, or a day as 03-31.",
        parse=fields.parse_renewal,
        metavar="BASIS",
        default="completion",
        is_key=True,
    ),
    Field(
        name="minimum",
        column="minimum",
        help="With a day: the least from the completion to the first such day.",
        parse=span_text,
        metavar="SPAN",
    ),
)
REQUIREMENT = Noun(
    "requirement",
    Field(
        name="home", column="home", help="The home's code.", is_key=True, is_reference=True, has_option=False
    ),
    Field(
        name="role", column="role", help="The role's code.", is_key=True, is_reference=True, has_option=False
    ),
    Field(
        name="code",
        column="code",
        help="The course's code.",
        is_key=True,
        is_reference=True,
        has_option=False,
    ),
    Field(name="title", column="title", help="The course's title.", is_key=True, is_own=True),
    Field(name="provider", column="provider", help="Who offers the course.", is_key=True, is_own=True),
    Field(name="minutes", column="minutes", help="The course's length.", is_key=True, is_own=True),
    Field(
        name="expiry",
        column="validity_years",
        help="The course's validity in words.",
        is_key=True,
        is_own=True,
        show=fields.expiry_text,
    ),
    Field(
        name="employer_pays",
        column="employer_pays",
        help="Whether the employer pays.",
        parse=fields.parse_bool,
        default=True,
        is_key=True,
        has_option=False,
    ),
    Field(
        name="required_from",
        column="required_from",
        help="The first day it is required.",
        parse=fields.parse_date,
        otherwise="today",
        is_key=True,
        is_worked_out=True,
        has_option=False,
    ),
    Field(
        name="due",
        column="due",
        help="before-start, or how long a person has.",
        parse=parse_due,
        default="30d",
        is_key=True,
        has_option=False,
    ),
    Field(name="citation", column="citation", help="The law that asks for it.", most=200, is_key=True),
    Field(name="pack", column="pack", help="The pack of topics it came from.", is_own=True),
    Field(name="pack_version", column="pack_version", help="The pack's version.", is_own=True),
)
RECORD = Noun(
    "record",
    Field(name="record", column="id", help="The record's number.", is_key=True, is_own=True),
    Field(
        name="portal_id",
        column="portal_id",
        help="Whose it is.",
        is_key=True,
        is_reference=True,
        has_option=False,
    ),
    Field(
        name="code",
        column="code",
        help="The course's code.",
        is_key=True,
        is_reference=True,
        has_option=False,
    ),
    Field(name="title", column="title", help="The course's title.", is_key=True, is_own=True),
    Field(
        name="completed_on",
        column="completed_on",
        help="The day it was completed.",
        parse=fields.parse_date,
        is_required=True,
        is_key=True,
        has_option=False,
    ),
    Field(
        name="expires_on",
        column="expires_on",
        help="The last valid day.",
        parse=fields.parse_date,
        is_key=True,
        has_option=False,
    ),
    Field(
        name="provider",
        column="provider",
        help="Who taught it, if not the course's provider.",
        most=200,
        is_key=True,
    ),
    Field(name="source", column="source", help="How it came here.", is_key=True, is_own=True),
    Field(
        name="evidence",
        column="evidence",
        help="What proves it, as the number of a certificate.",
        most=500,
        is_key=True,
    ),
    Field(name="verified_by", column="verified_by", help="Who checked the evidence.", is_key=True),
    Field(name="voided_on", column="voided_on", help="The day it was voided.", is_key=True, is_own=True),
    Field(name="observed_by", column="observed_by", help="Who saw the competence.", is_key=True, is_own=True),
    Field(name="files", column="files", help="How many files are attached.", is_key=True, is_own=True),
)


class AccountValues(TypedDict, total=False):
    """Values of an account, by the columns of the store."""

    portal_id: str | None
    first_name: str
    last_name: str
    email: str
    language: str
    employee_number: str | None
    student_number: str | None
    birthdate: date


class HomeValues(TypedDict, total=False):
    """Values of a home, by the columns of the store."""

    name: str
    city: str | None
    approval: str
    renewal_window: str
    expiring_within: str
    closed_on: str
    study_minutes_per_day: int
    confirm_within: str
    manager_email: str | None


class RoleValues(TypedDict, total=False):
    """Values of a role, by the columns of the store."""

    name: str
    staff_group: str | None


class CourseValues(TypedDict, total=False):
    """Values of a course, by the columns of the store."""

    title: str
    provider: str
    minutes: int
    validity_years: int | None
    language: str | None
    method: str | None
    category: str | None
    price_cents: int | None
    renewal: str
    minimum: str | None


class RequirementValues(TypedDict, total=False):
    """Values of a requirement, by the columns of the store."""

    employer_pays: bool
    required_from: date | None
    due: str
    citation: str | None


class RecordValues(TypedDict, total=False):
    """Values of a record, by the columns of the store."""

    completed_on: date
    expires_on: date | None
    provider: str | None
    evidence: str | None
    verified_by: str | None


# The columns by which a person is known, each alone enough.
PERSON = ("portal_id", "employee_number", "email")


class Key(NamedTuple):
    """By what a row says whom it is about; what it does not give is blank."""

    portal_id: str = ""
    employee_number: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return any(self[:])

    def __str__(self) -> str:
        """As a person is named on a command line."""
        return named_by(ACCOUNT, self)
