"""Roles at homes as they are given, and the letter that asks for an answer."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.span import parse_span
from carepass_cli.services.token import Question
from carepass_cli.store.queries.homes import get_role, home_by_id
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.unit import Unit


class Post(NamedTuple):
    """A role at a home, and what the letter to those who get it today says. Its token is good through
    `expires_on`."""

    id: int
    home_id: int
    home: str
    role: str
    params: Mapping[str, object]
    expires_on: date


def get_post(unit: Unit, home: str, role: str) -> Post:
    """The role with this code at a home; raises NotFound."""
    found = get_role(unit, unit.today, home, role)
    place = home_by_id(unit, unit.today, found.home_id)
    expires_on = parse_span(place.confirm_within).after(unit.today)
    params = {"home_name": place.name, "role_name": found.name, "expires_on": expires_on.isoformat()}
    return Post(found.id, found.home_id, found.home, found.role, params, expires_on)


def question(account: Account, post: Post) -> Question:
    """What somebody who gets the role is asked."""
    return Question(account, post.params, post.id, post.home_id, post.expires_on)
