"""One-time tokens: letters and digits, for confirming an account or a role."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from carepass_cli.errors import NotFound, TokenRefused
from carepass_cli.services.outbox import Letter, cancel_letters, queue_letters
from carepass_cli.store.queries.tokens import find_token, open_tokens
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import ConfirmationToken
from carepass_cli.store.unit import Unit

# Without the letters and digits that people mistake for one another.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
# Why a letter with a token is not sent any more.
ENDED = "its token has ended"
LENGTH = 16  # 79 bits: not to be guessed
# Random bytes to letters: those past the last whole alphabet are left out, so that no letter is likelier.
_FAIR = 256 - 256 % len(ALPHABET)
_LETTERS = bytes(ord(ALPHABET[byte % len(ALPHABET)]) for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))


class Question(NamedTuple):
    """What a person is asked to confirm: their account, or a role at a home through
    `expires_on`."""

    to: Account
    params: Mapping[str, object]
    role_id: int | None = None
    home_id: int | None = None
    expires_on: date | None = None


def send_tokens(unit: Unit, kind: str, questions: Sequence[Question]) -> None:
    """Queue letters of one kind, each with a new token that answers it. Open tokens for the same things stay:
    `withdraw_tokens` ends them."""
    tokens = _new_tokens(len(questions))
    asked = list(zip(questions, tokens, strict=True))
    unit.insert(
        [
            ConfirmationToken(token, each.to.id, unit.today, role_id=each.role_id, expires_on=each.expires_on)
            for each, token in asked
        ]
    )
    letters = [
        Letter(each.to, {**each.params, "token": token}, f"token:{token}", each.home_id)
        for each, token in asked
    ]
    queue_letters(unit, kind, letters)


def _new_tokens(count: int) -> list[str]:
    """Tokens that nobody can guess."""
    letters = b""
    while len(letters) < count * LENGTH:
        letters += secrets.token_bytes(count * (LENGTH + 1)).translate(_LETTERS, _UNFAIR)
    text = letters.decode("ascii")
    return [text[at : at + LENGTH] for at in range(0, count * LENGTH, LENGTH)]


def withdraw_tokens(unit: Unit, of: Collection[tuple[int, int | None]], *, used: str | None = None) -> None:
    """End the open tokens of accounts, each for a role (None: the account itself), and their letters: `used`
    was used, the others are replaced."""
    found = open_tokens(unit, of)
    answered = [each.id for each in found if used and each.token == used.strip()]
    replaced = [each.id for each in found if each.id not in answered]
    unit.update(ConfirmationToken, {key: {"used_on": unit.today} for key in answered})
    unit.update(ConfirmationToken, {key: {"replaced_on": unit.today} for key in replaced})
    cancel_letters(unit, [f"token:{each.token}" for each in found], ENDED)


def is_token(word: str) -> bool:
    """Whether a word may be a token, and not a person's ID, address or number: letters and digits, and not
    digits alone."""
    return word.strip().isalnum() and not word.strip().isdigit()


def check_token(unit: Unit, token: str) -> tuple[int, int | None]:
    """The account and role (None: the account itself) that a token stands for.

    Raises NotFound, or TokenRefused with the code `token-used` or `token-expired`.
    """
    found = find_token(unit, unit.today, token.strip())
    if found is None:
        hint = "Copy it whole from the e-mail, or ask for a new one. A person: --account ACCOUNT --role ROLE"
        raise NotFound("token", token[:40], hint=hint)
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
