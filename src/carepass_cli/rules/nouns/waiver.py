"""What is known of the fields of a waiver.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import TypedDict

from carepass_cli.rules import fields
from carepass_cli.rules.noun import Field, Noun

WAIVER = Noun(
    "waiver",
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
        name="code",
        column="code",
        help="The course's code.",
        is_key=True,
        is_reference=True,
        has_option=False,
    ),
    Field(name="title", column="title", help="The course's title.", is_key=True, is_own=True),
    Field(
        name="reason",
        column="reason",
        help="Why; kept in the audit log.",
        most=500,
        is_required=True,
        is_key=True,
    ),
    Field(
        name="from_on",
        column="waived_on",
        help="The first day.",
        parse=fields.parse_date,
        otherwise="today",
        is_key=True,
        is_worked_out=True,
        has_option=False,
    ),
    Field(
        name="until_on",
        column="until_on",
        help="The last day; without one it is for good.",
        is_key=True,
        is_own=True,
    ),
)


class WaiverValues(TypedDict, total=False):
    """Values of a waiver, by the columns of the store."""

    reason: str
    waived_on: date | None
