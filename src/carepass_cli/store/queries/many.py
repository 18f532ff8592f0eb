"""What a batch looks up: many people, assignments, completions in one query."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple
from unicodedata import normalize

from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import by_today, not_yet, seen
from carepass_cli.store.reader import Reader


class Member(NamedTuple):
    """A person as a batch knows one. `birthdate` is ISO text, to match and never to show; blank where the
    person was erased."""

    portal_id: str
    last_name: str
    first_name: str
    birthdate: str
    status: str
    email: str
    language: str
    id: int
    employee_number: str | None = None


class Live(NamedTuple):
    """A pending or confirmed assignment."""

    id: int
    start_on: str
    confirmed_on: str | None


_MEMBER = f"""
    SELECT a.portal_id, v.last_name, v.first_name, COALESCE(CAST(i.birthdate AS TEXT), ''), v.status,
           v.email, v.language, a.id, v.employee_number
    FROM {{given}} g
    CROSS JOIN {{joined}}
    LEFT JOIN account_identity i ON i.account_id = a.id
    WHERE {{match}} AND v.account_id = a.id AND {seen("v")} AND a.created_on <= :today
"""


def members_by_id(reader: Reader, today: date, portal_ids: Collection[str]) -> Iterator[Member]:
    """The people with these portal IDs."""
    sql = _MEMBER.format(
        given=reader.listed("keys", portal_id="TEXT"),
        joined="account a CROSS JOIN account_version v",
        match="a.portal_id = g.portal_id",
    )
    return map(Member._make, reader.rows(sql, today=today, keys=json_array(portal_ids)))


def members_by_email(reader: Reader, today: date, email_keys: Collection[str]) -> Iterator[Member]:
    """The people with these e-mail addresses, given case-folded."""
    sql = _MEMBER.format(
        given=reader.listed("keys", email_key="TEXT"),
        joined="account_version v CROSS JOIN account a",
        match="v.email_key = g.email_key",
    )
    return map(Member._make, reader.rows(sql, today=today, keys=json_array(email_keys)))


def members_by_number(reader: Reader, today: date, numbers: Collection[str]) -> Iterator[Member]:
    """The people with these employee numbers."""
    sql = _MEMBER.format(
        given=reader.listed("keys", employee_number="TEXT"),
        joined="account_version v CROSS JOIN account a",
        match="v.employee_number = g.employee_number",
    )
    return map(Member._make, reader.rows(sql, today=today, keys=json_array(numbers)))


def namesakes(reader: Reader, folded_names: Collection[str]) -> dict[tuple[str, str], str]:
    """The portal ID of an account by its folded name and its birthdate (ISO text), whatever the day and the
    account's status; among these names."""
    sql = f"""
        SELECT v.folded, CAST(i.birthdate AS TEXT), a.portal_id FROM {reader.listed("keys", folded="TEXT")} g
        CROSS JOIN account_version v JOIN account a ON a.id = v.account_id
        JOIN account_identity i ON i.account_id = a.id
        WHERE v.folded = g.folded AND v.until_on IS NULL
    """
    rows = reader.rows(sql, keys=json_array(folded_names))
    return {(name, birthdate): portal_id for name, birthdate, portal_id in rows}


def taken_numbers(reader: Reader, numbers: Collection[str]) -> set[str]:
    """Those of the employee numbers that somebody has now, whatever the day."""
    sql = f"""
        SELECT v.employee_number FROM {reader.listed("keys", employee_number="TEXT")} g
        CROSS JOIN account_version v WHERE v.employee_number = g.employee_number AND v.until_on IS NULL
    """
    return {key for (key,) in reader.rows(sql, keys=json_array(numbers))}


class Known(NamedTuple):
    """Somebody by name."""

    id: int
    portal_id: str
    last_name: str
    first_name: str


# Where to look a key of a person up: the tables in the order of the search, and the column.
_KNOWN_BY = {
    "portal_id": ("account a CROSS JOIN account_version v", "a.portal_id"),
    "employee_number": ("account_version v CROSS JOIN account a", "v.employee_number"),
    "email": ("account_version v CROSS JOIN account a", "v.email_key"),
}


class _KnownBy(NamedTuple):
    key: str
    id: int
    portal_id: str
    last_name: str
    first_name: str


def people_known_by(reader: Reader, today: date, column: str, keys: Collection[str]) -> dict[str, Known]:
    """Who is known by these portal IDs, employee numbers or e-mail addresses (`column`), by key."""
    if not keys:
        return {}
    by_key = {_email_key(key): key for key in keys} if column == "email" else {key: key for key in keys}
    tables, match = _KNOWN_BY[column]
    sql = f"""
        SELECT g.key, a.id, a.portal_id, v.last_name, v.first_name
        FROM {reader.listed("keys", key="TEXT")} g CROSS JOIN {tables}
        WHERE {match} = g.key AND v.account_id = a.id AND {seen("v")} AND a.created_on <= :today
    """
    found = reader.select(_KnownBy, sql, today=today, keys=json_array(by_key))
    return {by_key[each.key]: Known(*each[1:]) for each in found}


def account_keys(reader: Reader, today: date, portal_ids: Collection[str]) -> dict[str, int]:
    """The primary keys of the accounts with these portal IDs, for those who need no more of them."""
    sql = f"""
        SELECT a.portal_id, a.id FROM {reader.listed("keys", portal_id="TEXT")} g
        CROSS JOIN account a WHERE a.portal_id = g.portal_id AND a.created_on <= :today
    """
    return dict(reader.rows(sql, today=today, keys=json_array(portal_ids)))


def taken_portal_ids(reader: Reader, portal_ids: Collection[str]) -> set[str]:
    """Those of the portal IDs that were ever given, whatever the day."""
    sql = f"""
        SELECT a.portal_id FROM {reader.listed("keys", portal_id="TEXT")} g
        CROSS JOIN account a WHERE a.portal_id = g.portal_id
    """
    return {key for (key,) in reader.rows(sql, keys=json_array(portal_ids))}


def taken_emails(reader: Reader, email_keys: Collection[str]) -> set[str]:
    """Those of the case-folded e-mail addresses that somebody has now, whatever the day."""
    sql = f"""
        SELECT v.email_key FROM {reader.listed("keys", email_key="TEXT")} g
        CROSS JOIN account_version v WHERE v.email_key = g.email_key AND v.until_on IS NULL
    """
    return {key for (key,) in reader.rows(sql, keys=json_array(email_keys))}


def live_assignments(
    reader: Reader, today: date, posts: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Live]:
    """The pending and confirmed assignments among these (account, role) keys."""
    sql = f"""
        SELECT s.account_id, s.role_id, s.id, s.start_on, {by_today("s.confirmed_on")}
        FROM {reader.listed("keys", account_id="INTEGER", role_id="INTEGER")} g
        CROSS JOIN assignment s
        WHERE s.account_id = g.account_id AND s.role_id = g.role_id AND {seen("s")}
          AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")} AND {not_yet("s.ended_on")}
    """
    rows = reader.rows(sql, today=today, keys=json_array(posts))
    return {(account_id, role_id): Live(*live) for account_id, role_id, *live in rows}


class Over(NamedTuple):
    """The latest assignment of a person to a role, which is over: declined, or ended on `ended_on`."""

    declined: bool
    ended_on: str


def over_assignments(
    reader: Reader, today: date, posts: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Over]:
    """Those of the (account, role) keys whose latest assignment was declined or ended; cancelled ones never
    were."""
    sql = f"""
        SELECT s.account_id, s.role_id, {by_today("s.declined_on")}, {by_today("s.ended_on")}
        FROM {reader.listed("keys", account_id="INTEGER", role_id="INTEGER")} g
        CROSS JOIN assignment s
        WHERE s.account_id = g.account_id AND s.role_id = g.role_id AND {seen("s")}
          AND {not_yet("s.cancelled_on")}
        ORDER BY s.id
    """
    latest = {
        (account_id, role_id): Over(declined_on is not None, ended_on or "")
        for account_id, role_id, declined_on, ended_on in reader.rows(
            sql, today=today, keys=json_array(posts)
        )
    }
    return {key: over for key, over in latest.items() if over.declined or over.ended_on}


def known_completions(
    reader: Reader, today: date, keys: Collection[tuple[int, int, str]]
) -> dict[tuple[int, int, str], bool]:
    """Those of the (account, course, ISO date) keys that have a completion, and whether it is void."""
    sql = f"""
        SELECT k.account_id, k.course_id, k.completed_on, {by_today("k.voided_on")}
        FROM {reader.listed("keys", account_id="INTEGER", course_id="INTEGER", completed_on="DATE")} g
        CROSS JOIN completion k
        WHERE k.account_id = g.account_id AND k.course_id = g.course_id
          AND k.completed_on = g.completed_on
    """
    known: dict[tuple[int, int, str], bool] = {}
    for account_id, course_id, on, voided_on in reader.rows(sql, today=today, keys=json_array(keys)):
        key = (account_id, course_id, on)
        known[key] = voided_on is not None and known.get(key, True)
    return known


def _email_key(email: str) -> str:
    return normalize("NFC", email).casefold()
