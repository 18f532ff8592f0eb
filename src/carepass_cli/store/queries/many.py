"""What a batch looks up: many people, assignments, completions in one query."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.noun import Field
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import by_today, expiry_of, not_yet, seen
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import ACCOUNT, Account
from carepass_cli.store.rows.people import Account as AccountRow
from carepass_cli.store.rows.people import Assignment

# A person as a batch knows one: with the birthdate, to match and never to show; None where one was erased.
Member = Account


def members_by(reader: Reader, today: date, field: Field, values: Collection[str]) -> dict[str, Member]:
    """The people who have one of these values of a field that is one person's only, by `field.key` of it."""
    if not values:
        return {}
    sql = f"""
        SELECT {ACCOUNT}, i.birthdate
        FROM {reader.listed("keys", key="TEXT")} g CROSS JOIN {_joined(field)}
        LEFT JOIN account_identity i ON i.account_id = a.id
        WHERE {field.sought} = g.key AND v.account_id = a.id AND {seen("v")} AND a.created_on <= :today
    """
    keys = json_array({field.key(value) for value in values})
    found = reader.select(Member, sql, today=today, keys=keys)
    return {field.key(getattr(each, field.name)): each for each in found}


class _Holder(NamedTuple):
    value: str
    id: int


def holders(reader: Reader, field: Field, values: Collection[str]) -> dict[str, int]:
    """Who has one of these values of a field that is one person's only, whatever the day: the account's key,
    by `field.key` of the value. A portal ID is its person's for ever, any other value for as long as it is
    not changed."""
    if not values:
        return {}
    sql = f"""
        SELECT {field.sought} AS value, a.id
        FROM {reader.listed("keys", key="TEXT")} g CROSS JOIN {_joined(field)}
        WHERE {field.sought} = g.key AND v.account_id = a.id AND v.until_on IS NULL
    """
    found = reader.select(_Holder, sql, keys=json_array({field.key(value) for value in values}))
    return {each.value: each.id for each in found}


def _joined(field: Field) -> str:
    """The tables of an account, first the one by which the field is looked up."""
    tables = ("account a", "account_version v")
    return " CROSS JOIN ".join(tables if field.sought in AccountRow._fields else reversed(tables))


class _Namesake(NamedTuple):
    folded: str
    birthdate: str
    portal_id: str


def namesakes(reader: Reader, folded_names: Collection[str]) -> dict[tuple[str, str], str]:
    """The portal ID of an account by its folded name and its birthdate (ISO text), whatever the day and the
    account's status; among these names."""
    sql = f"""
        SELECT v.folded, CAST(i.birthdate AS TEXT) AS birthdate, a.portal_id
        FROM {reader.listed("keys", folded="TEXT")} g
        CROSS JOIN account_version v JOIN account a ON a.id = v.account_id
        JOIN account_identity i ON i.account_id = a.id
        WHERE v.folded = g.folded AND v.until_on IS NULL
    """
    found = reader.select(_Namesake, sql, keys=json_array(folded_names))
    return {(each.folded, each.birthdate): each.portal_id for each in found}


# An account's key, and the birthdate of its person (None: erased), never to show.
Born = tuple[int, date | None]


class _Born(NamedTuple):
    portal_id: str
    id: int
    birthdate: date | None


def born_of(reader: Reader, today: date, portal_ids: Collection[str] | None) -> dict[str, Born]:
    """The accounts with these portal IDs (None: all), for those who need no more of them; but none that was
    merged into another."""
    some = f"{reader.listed('keys', portal_id='TEXT')} g CROSS JOIN account a"
    sql = f"""
        SELECT a.portal_id, a.id, i.birthdate FROM {"account a" if portal_ids is None else some}
        LEFT JOIN account_identity i ON i.account_id = a.id
        WHERE {"1 = 1" if portal_ids is None else "a.portal_id = g.portal_id"} AND a.created_on <= :today
        AND a.id NOT IN (SELECT v.account_id FROM account_version v WHERE v.merged_into IS NOT NULL)
    """
    params = {} if portal_ids is None else {"keys": json_array(sorted(portal_ids))}
    found = reader.select(_Born, sql, today=today, **params)
    return {each.portal_id: (each.id, each.birthdate) for each in found}


def how_many_accounts(reader: Reader) -> int:
    """How many accounts there are, at most, whatever the day: told without counting them."""
    (last,) = reader.values("SELECT COALESCE(MAX(id), 0) FROM account")
    return int(last)


def live_assignments(
    reader: Reader, today: date, posts: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Assignment]:
    """The pending and confirmed assignments among these (account, role) keys."""
    columns = (f"s.{name}" for name in Assignment._fields if name != "confirmed_on")
    sql = f"""
        SELECT {", ".join(columns)}, {by_today("s.confirmed_on")} AS confirmed_on
        FROM {reader.listed("keys", account_id="INTEGER", role_id="INTEGER")} g
        CROSS JOIN assignment s
        WHERE s.account_id = g.account_id AND s.role_id = g.role_id AND {seen("s")}
          AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")} AND {not_yet("s.ended_on")}
    """
    found = reader.select(Assignment, sql, today=today, keys=json_array(posts))
    return {(each.account_id, each.role_id): each for each in found}


class Over(NamedTuple):
    """The latest assignment of a person to a role, which is over: ended on `ended_on`, or declined (None)."""

    account_id: int
    role_id: int
    declined_on: date | None
    ended_on: date | None


def over_assignments(
    reader: Reader, today: date, posts: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Over]:
    """Those of the (account, role) keys whose latest assignment was declined or ended; cancelled ones never
    were."""
    sql = f"""
        SELECT s.account_id, s.role_id, {by_today("s.declined_on")} AS declined_on,
               {by_today("s.ended_on")} AS ended_on
        FROM {reader.listed("keys", account_id="INTEGER", role_id="INTEGER")} g
        CROSS JOIN assignment s
        WHERE s.account_id = g.account_id AND s.role_id = g.role_id AND {seen("s")}
          AND {not_yet("s.cancelled_on")}
        ORDER BY s.id
    """
    found = reader.select(Over, sql, today=today, keys=json_array(posts))
    latest = {(each.account_id, each.role_id): each for each in found}
    return {key: over for key, over in latest.items() if over.declined_on or over.ended_on}


class Recorded(NamedTuple):
    """The latest completion of a person, a course and a day; one that is not void before one that is.
    `extended_from` is its last day before any extension, None where it was never extended."""

    account_id: int
    course_id: int
    completed_on: date
    record: int
    expires_on: date | None
    voided_on: date | None
    extended_from: date | None

    def ends_on(self, day: date | None) -> bool:
        """Whether this last day is the record's, or was before it was extended."""
        return day == self.expires_on or (day is not None and day == self.extended_from)


def known_completions(
    reader: Reader, today: date, keys: Collection[tuple[int, int, date]]
) -> dict[tuple[int, int, date], Recorded]:
    """Those of the (account, course, day) keys that have a completion."""
    sql = f"""
        SELECT k.account_id, k.course_id, k.completed_on, k.id AS record,
               {expiry_of(reader, today, "k")} AS expires_on, {by_today("k.voided_on")} AS voided_on,
               (SELECT x.expires_before FROM expiry_change x
                WHERE x.completion_id = k.id AND x.kind = 'extend' AND x.changed_on <= :today
                ORDER BY x.changed_on, x.id LIMIT 1) AS extended_from
        FROM {reader.listed("keys", account_id="INTEGER", course_id="INTEGER", completed_on="DATE")} g
        CROSS JOIN completion k
        WHERE k.account_id = g.account_id AND k.course_id = g.course_id
          AND k.completed_on = g.completed_on
        ORDER BY k.id
    """
    listed = json_array([(account, course, on.isoformat()) for account, course, on in keys])
    known: dict[tuple[int, int, date], Recorded] = {}
    for each in reader.select(Recorded, sql, today=today, keys=listed):
        key = (each.account_id, each.course_id, each.completed_on)
        if key not in known or known[key].voided_on is not None:
            known[key] = each
    return known
