"""The outbox: mail queued in the transaction that makes it true, and what becomes of it."""

import json
from collections.abc import Mapping

from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.unit import Unit

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


def queue_message(
    unit: Unit,
    kind: str,
    account: Account,
    params: Mapping[str, object],
    *,
    once_key: str | None = None,
    home_id: int | None = None,
) -> None:
    """Put a message to a person into the outbox, in the person's language."""
    unit.add(
        Message(
            kind=kind,
            to=account.email,
            language=account.language,
            params=params_text(account.first_name, params),
            account_id=account.id,
            home_id=home_id,
            once_key=once_key,
            queued_on=unit.today,
        )
    )


def params_text(first_name: str, params: Mapping[str, object]) -> str:
    """What a message to a person says, as the outbox keeps it."""
    return _encode({"first_name": first_name, **params})


def mark(unit: Unit, number: int, **values: object) -> bool:
    """Set columns of a message that is neither sent nor cancelled; False where it is."""
    (message,) = unit.find(Message, [number])
    if message.sent_on is not None or message.cancelled_on is not None:
        return False
    unit.update(Message, {number: values})
    return True


def cancel_message(unit: Unit, once_key: str) -> None:
    """Take back a message that was not sent yet: it is no longer true."""
    sql = "SELECT id FROM message WHERE once_key = :key AND sent_on IS NULL AND cancelled_on IS NULL"
    for (key,) in list(unit.rows(sql, key=once_key)):
        unit.update(Message, {key: {"cancelled_on": unit.today}})
