"""Queueing mail in the transaction that makes it true."""

import json
from collections.abc import Mapping

from sqlalchemy import update

from carepass_cli.store.engine import Unit
from carepass_cli.store.models_training import Message
from carepass_cli.store.queries.accounts import Account


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
            params=json.dumps({"first_name": account.first_name, **params}, ensure_ascii=False),
            account_id=account.id,
            home_id=home_id,
            once_key=once_key,
            queued_on=unit.day,
        )
    )


def cancel_message(unit: Unit, once_key: str) -> None:
    """Take back a message that was not sent yet: it is no longer true."""
    unit.session.flush()
    waiting = update(Message).where(
        Message.once_key == once_key,  # type: ignore[arg-type]
        Message.sent_on.is_(None),  # type: ignore[union-attr]
        Message.cancelled_on.is_(None),  # type: ignore[union-attr]
    )
    unit.session.execute(waiting.values(cancelled_on=unit.day))
