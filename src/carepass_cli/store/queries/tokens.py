"""Tokens: what people answer questions with."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from carepass_cli.store.port import json_array, quoted
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


def find_token(reader: Reader, today: date, token: str) -> ConfirmationToken | None:
    """The token as it is kept, if it was issued by the day."""
    sql = f"""
        SELECT {quoted(ConfirmationToken._fields)} FROM confirmation_token
        WHERE token = :token AND issued_on <= :today
    """
    return next(reader.select(ConfirmationToken, sql, token=token, today=today), None)
