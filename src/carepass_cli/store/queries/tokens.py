"""Tokens: what people answer questions with."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from carepass_cli.store.port import json_array, quoted
from carepass_cli.store.queries.asof import not_yet
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.people import ConfirmationToken


class Open(NamedTuple):
    """A token that was neither used nor replaced, by its key."""

    id: int
    token: str


def open_tokens(reader: Reader, of: Collection[tuple[int, int | None]]) -> list[Open]:
    """The open tokens of accounts, each for a role (None: the account itself)."""
    sql = f"""
        SELECT t.id, t.token FROM {reader.listed("keys", account_id="INTEGER", role_id="INTEGER")} g
        CROSS JOIN confirmation_token t
        WHERE t.account_id = g.account_id AND COALESCE(t.role_id, 0) = COALESCE(g.role_id, 0)
          AND t.used_on IS NULL AND t.replaced_on IS NULL
    """
    return list(reader.select(Open, sql, keys=json_array(of)))


class _LastDay(NamedTuple):
    account_id: int
    role_id: int
    expires_on: date | None


def last_days(reader: Reader, today: date) -> dict[tuple[int, int], date | None]:
    """By account and role: through which day the newest token that is open on the day is valid, also where
    that day has passed."""
    sql = f"""
        SELECT account_id, role_id, expires_on FROM confirmation_token
        WHERE role_id IS NOT NULL AND issued_on <= :today
          AND {not_yet("used_on")} AND {not_yet("replaced_on")} ORDER BY id
    """
    found = reader.select(_LastDay, sql, today=today)
    return {(each.account_id, each.role_id): each.expires_on for each in found}


def find_token(reader: Reader, today: date, token: str) -> ConfirmationToken | None:
    """The token as it is kept, if it was issued by the day."""
    sql = f"""
        SELECT {quoted(ConfirmationToken._fields)} FROM confirmation_token
        WHERE token = :token AND issued_on <= :today
    """
    return next(reader.select(ConfirmationToken, sql, token=token, today=today), None)
