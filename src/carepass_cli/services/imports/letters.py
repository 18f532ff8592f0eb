"""Mail with one-time tokens, many at once. Those who get it are new to the matter: no older token is open."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from carepass_cli.services.outbox import params_text
from carepass_cli.services.token import message_key, new_tokens
from carepass_cli.store.queries.many import Member
from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.people import ConfirmationToken
from carepass_cli.store.unit import Unit


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
    tokens, messages = [], []
    for letter, token in zip(letters, new_tokens(len(letters)), strict=True):
        member, params, role_id, home_id, expires_on = letter
        last_day = date.fromisoformat(expires_on) if expires_on else None
        tokens.append(ConfirmationToken(token, member.id, unit.today, role_id=role_id, expires_on=last_day))
        text = params_text(member.first_name, {**params, "token": token})
        messages.append(
            Message(
                kind=kind,
                to=member.email,
                params=text,
                queued_on=unit.today,
                language=member.language,
                account_id=member.id,
                home_id=home_id,
                once_key=message_key(token),
            )
        )
    unit.insert(tokens)
    unit.insert(messages)
