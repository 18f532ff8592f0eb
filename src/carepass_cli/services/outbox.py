"""The outbox: mail queued in the transaction that makes it true, and what becomes of it."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from carepass_cli.store.queries.messages import waiting_under
from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.unit import Unit

_encode = json.JSONEncoder(ensure_ascii=False, default=str).encode


class Letter(NamedTuple):
    """What one person is told. It goes once for a `once_key`; a home's letter counts as the home's."""

    to: Account
    params: Mapping[str, object]
    once_key: str | None = None
    home_id: int | None = None


def decision_key(submission: int, home_id: int) -> str:
    """The once-key of the letter that tells what was decided of a home's lines in a submission."""
    return f"decision:{submission}/{home_id}"


def queue_letters(unit: Unit, kind: str, letters: Sequence[Letter]) -> None:
    """Put letters of one kind into the outbox, each in its person's language."""
    unit.insert(
        [
            Message(
                kind=kind,
                to=to.email,
                params=_encode({"first_name": to.first_name, **params}),
                queued_on=unit.today,
                language=to.language,
                account_id=to.id,
                home_id=home_id,
                once_key=once_key,
            )
            for to, params, once_key, home_id in letters
        ]
    )


def cancel_letters(unit: Unit, once_keys: Collection[str], reason: str) -> None:
    """Take back letters that were not sent yet: they are no longer true, for `reason`."""
    unit.update(Message, dict.fromkeys(waiting_under(unit, once_keys), _cancelled(unit, reason)))


def mark(unit: Unit, number: int, **values: object) -> bool:
    """Set columns of a message that is neither sent nor cancelled; False where it is."""
    (message,) = unit.find(Message, [number])
    if message.sent_on is not None or message.cancelled_on is not None:
        return False
    unit.update(Message, {number: values})
    return True


def cancel(unit: Unit, number: int, reason: str) -> None:
    """Take back a message where it was not sent yet, and say why."""
    mark(unit, number, **_cancelled(unit, reason))


def _cancelled(unit: Unit, reason: str) -> dict[str, object]:
    return {"cancelled_on": unit.today, "cancel_reason": reason}
