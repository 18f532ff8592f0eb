"""Mail with one-time tokens, many at once. Those who get it are new to the matter: no older token is open."""

from collections.abc import Sequence
from typing import NamedTuple

from carepass_cli.services.outbox import params_text
from carepass_cli.services.token import message_key, new_tokens
from carepass_cli.store.bulk import insert_rows
from carepass_cli.store.models import ConfirmationToken
from carepass_cli.store.models_training import Message
from carepass_cli.store.queries.many import Member
from carepass_cli.store.unit import Unit

TOKEN = ("token", "account_id", "role_id", "issued_on", "expires_on")
MESSAGE = ("kind", "to", "language", "params", "account_id", "home_id", "once_key", "queued_on")


class Letter(NamedTuple):
    """What one person is told; the token, which is added to `params`, is for the account itself, or for a
    role at a home and then good through `expires_on` (ISO text).
    """

    member: Member
    params: dict[str, object]
    role_id: int | None = None
    home_id: int | None = None
    expires_on: str | None = None


def send_letters(unit: Unit, kind: str, letters: Sequence[Letter]) -> None:
    """Queue the letters, each with its token, in each person's language."""
    today = unit.today
    tokens, messages = [], []
    for letter, token in zip(letters, new_tokens(len(letters)), strict=True):
        member, params, role_id, home_id, expires_on = letter
        tokens.append((token, member.id, role_id, today, expires_on))
        text = params_text(member.first_name, {**params, "token": token})
        to = (member.email, member.language, text, member.id, home_id)
        messages.append((kind, *to, message_key(token), today))
    insert_rows(unit, ConfirmationToken, TOKEN, tokens)
    insert_rows(unit, Message, MESSAGE, messages)
