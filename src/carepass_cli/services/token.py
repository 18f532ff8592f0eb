"""One-time tokens: letters and digits, for confirming an account or a role."""

import secrets
from collections.abc import Collection
from datetime import date

from carepass_cli.errors import NotFound, TokenRefused
from carepass_cli.services.outbox import cancel_message
from carepass_cli.store.port import json_array
from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.people import ConfirmationToken
from carepass_cli.store.unit import Unit

# Without the letters and digits that people mistake for one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
LENGTH = 16  # 79 bits: not to be guessed
# Random bytes to letters: those past the last whole alphabet are left out, so that no letter is likelier.
_FAIR = 256 - 256 % len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))


def issue_token(unit: Unit, account_id: int, role_id: int | None, expires_on: date | None) -> str:
    """A new token, valid through `expires_on` (None: for good); older ones for the same thing end."""
    withdraw_tokens(unit, account_id, role_id)
    (token,) = new_tokens(1)
    unit.add(
        ConfirmationToken(
            token=token, account_id=account_id, role_id=role_id, issued_on=unit.today, expires_on=expires_on
        )
    )
    return token


def new_tokens(count: int) -> list[str]:
    """Tokens that nobody can guess."""
    letters = b""
    while len(letters) < count * LENGTH:
        letters += secrets.token_bytes(count * (LENGTH + 1)).translate(_LETTERS, _UNFAIR)
    text = letters.decode("ascii")
    return [text[at : at + LENGTH] for at in range(0, count * LENGTH, LENGTH)]


def withdraw_tokens(unit: Unit, account_id: int, role_id: int | None, *, used: str | None = None) -> None:
    """End the open tokens for an account (or its role): `used` was used, the others are replaced."""
    which = "role_id = :role_id" if role_id is not None else "role_id IS NULL"
    params = {"role_id": role_id} if role_id is not None else {}
    sql = f"""
        SELECT id, token FROM confirmation_token
        WHERE account_id = :account_id AND {which} AND used_on IS NULL AND replaced_on IS NULL
    """
    for key, token in list(unit.rows(sql, account_id=account_id, **params)):
        column = "used_on" if used and token == used.strip() else "replaced_on"
        unit.update(ConfirmationToken, {key: {column: unit.today}})
        cancel_message(unit, message_key(token))


def withdraw_many(unit: Unit, of: Collection[tuple[int, int | None]]) -> None:
    """As `withdraw_tokens` for many accounts, each with a role (None: the account itself); none was used."""
    sql = f"""
        SELECT t.id, m.id FROM {unit.listed("keys", account_id="INTEGER", role_id="INTEGER")} g
        CROSS JOIN confirmation_token t
        LEFT JOIN message m
          ON m.once_key = 'token:' || t.token AND m.sent_on IS NULL AND m.cancelled_on IS NULL
        WHERE t.account_id = g.account_id AND COALESCE(t.role_id, 0) = COALESCE(g.role_id, 0)
          AND t.used_on IS NULL AND t.replaced_on IS NULL
    """
    found = list(unit.rows(sql, keys=json_array(of)))
    unit.update(ConfirmationToken, {token: {"replaced_on": unit.today} for token, _ in found})
    unit.update(Message, {message: {"cancelled_on": unit.today} for _, message in found if message})


def message_key(token: str) -> str:
    """The outbox's once-key of the message that carries a token."""
    return f"token:{token}"


def check_token(unit: Unit, token: str) -> tuple[int, int | None]:
    """The account and role (None: the account itself) that a token stands for.

    Raises NotFound, or TokenRefused with the code `token-used` or `token-expired`.
    """
    sql = "SELECT * FROM confirmation_token WHERE token = :token AND issued_on <= :today"
    found = next(unit.select(ConfirmationToken, sql, token=token.strip(), today=unit.today), None)
    if found is None:
        raise NotFound("token", token[:40], hint="Copy it whole from the e-mail, or ask for a new one.")
    if found.used_on is not None:
        # Whoever declines after confirming is not done.
        hint = "The answer given then stands. To see it: carepass role assignments"
        raise TokenRefused(
            f"This token was used on {found.used_on}.",
            "Nothing more is needed." if found.role_id is None else hint,
            code="token-used",
        )
    if found.replaced_on is not None:
        raise TokenRefused(
            f"This token ended on {found.replaced_on}.",
            "Use the one in the newest e-mail; without one, nothing waits for an answer any more.",
        )
    if found.expires_on is not None and found.expires_on < unit.today:
        raise TokenRefused(
            f"This token was good through {found.expires_on}.",
            "Ask the home for a new one: carepass role resend ACCOUNT --home HOME --role ROLE",
        )
    return found.account_id, found.role_id
