"""`report person`: everything about one person's training, as of a day."""

from datetime import date
from typing import Any

from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.queries.homes import list_homes, list_roles
from carepass_cli.store.queries.leaves import list_leaves
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.person import STANDING_KEYS, person_of
from carepass_cli.store.queries.records import list_records
from carepass_cli.store.queries.waivers import list_waivers
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS

KEYS = ("today", "account", "roles", "requirements", "records", "registrations", "waivers", "leaves")


def person_profile(reader: Reader, today: date, account: Account) -> dict[str, Any]:
    """All under KEYS, each list with the keys of its own command."""
    person = person_of(reader, today, account.id)
    asked = [dict(zip(STANDING_KEYS, person.row(each), strict=True)) for each in person.requirements()]
    lines = list_lines(reader, today, account_id=account.id, registered=True)
    return {
        "today": today,
        "account": account.shown(),
        "roles": [each.shown() for each in list_assignments(reader, today, account_id=account.id)],
        "requirements": asked,
        "records": [each.shown() for each in list_records(reader, today, account.id)],
        "registrations": [line.under(REGISTRATION_KEYS) for line in lines],
        "waivers": [each.shown() for each in list_waivers(reader, today, account_id=account.id)],
        "leaves": [each.shown() for each in list_leaves(reader, today, account_id=account.id)],
    }


def with_names(reader: Reader, today: date, profile: dict[str, Any]) -> dict[str, Any]:
    """The profile for a page: homes and roles by their names."""
    homes = {home.code: home.name for home in list_homes(reader, today)}
    roles = {(role.home, role.role): role.name for role in list_roles(reader, today)}

    def named(item: dict[str, Any]) -> dict[str, Any]:
        home, role = item["home"], item["role"]
        return {**item, "home": homes.get(home, home), "role": roles.get((home, role), role)}

    return {**profile, **{key: [named(item) for item in profile[key]] for key in ("roles", "requirements")}}


# What a person's eye wants of each list, of all its keys.
_TELLING = {
    "roles": ("home", "role", "status", "start_on", "ended_on"),
    "requirements": ("code", "title", "status", "due_on", "completed_on", "expires_on"),
    "records": ("record", "code", "completed_on", "expires_on", "provider", "voided_on"),
    "registrations": ("line", "title", "status", "access_by", "complete_by", "completed_on"),
    "waivers": ("code", "title", "reason", "from_on", "until_on"),
    "leaves": ("reason", "from_on", "until_on"),
}


def in_short(profile: dict[str, Any]) -> dict[str, Any]:
    """The profile for a terminal: the account's own keys, and of each list with a row the telling ones."""
    lists = {
        key: [{name: item[name] for name in names} for item in profile[key]]
        for key, names in _TELLING.items()
    }
    return {**profile["account"], **{key: items for key, items in lists.items() if items}}
