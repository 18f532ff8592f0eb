"""What is known of the fields of an assignment.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import TypedDict

from carepass_cli.rules import fields
from carepass_cli.rules.noun import Field, Noun

ASSIGNMENT = Noun(
    "assignment",
    Field(
        name="portal_id",
        column="portal_id",
        help="Whose it is.",
        is_key=True,
        is_reference=True,
        has_option=False,
    ),
    Field(name="last_name", column="last_name", help="The person's last name.", is_key=True, is_own=True),
    Field(name="first_name", column="first_name", help="The person's first name.", is_key=True, is_own=True),
    Field(
        name="home", column="home", help="The home's code.", is_key=True, is_reference=True, has_option=False
    ),
    Field(
        name="role", column="role", help="The role's code.", is_key=True, is_reference=True, has_option=False
    ),
    Field(
        name="status",
        column="status",
        help="What has become of it; only `confirmed` counts.",
        choices=("pending", "confirmed", "ended", "declined", "cancelled"),
        metavar="STATUS",
        is_key=True,
        is_own=True,
    ),
    Field(
        name="start_on",
        column="start_on",
        help="The first day in the role.",
        parse=fields.parse_date,
        otherwise="today",
        is_key=True,
        is_worked_out=True,
        has_option=False,
    ),
    Field(
        name="assigned_on", column="assigned_on", help="The day it was assigned.", is_key=True, is_own=True
    ),
    Field(
        name="confirmed_on", column="confirmed_on", help="The day it was confirmed.", is_key=True, is_own=True
    ),
    Field(
        name="ended_on",
        column="ended_on",
        help="The first day on which it no longer counts.",
        is_key=True,
        is_own=True,
    ),
)


class AssignmentValues(TypedDict, total=False):
    """Values of an assignment, by the columns of the store."""

    start_on: date | None
