"""What is known of the fields of a cart line.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from typing import TypedDict

from carepass_cli.rules import fields
from carepass_cli.rules.noun import Field, Noun

CART_LINE = Noun(
    "cart_line",
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
        name="home", column="home", help="The home's code.", is_key=True, is_reference=True, has_option=False
    ),
    Field(
        name="role", column="role", help="The role's code.", is_key=True, is_reference=True, has_option=False
    ),
    Field(
        name="self_pay",
        column="self_pay",
        help="Whether the person pays.",
        parse=fields.parse_bool,
        default=False,
        is_key=True,
        has_option=False,
    ),
    Field(name="added_on", column="added_on", help="The day it was put there.", is_key=True, is_own=True),
)


class CartLineValues(TypedDict, total=False):
    """Values of a cart line, by the columns of the store."""

    self_pay: bool
