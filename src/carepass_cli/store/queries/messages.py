"""The outbox as of a day."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.errors import NotFound
from carepass_cli.rules.fields import parse_number
from carepass_cli.store.queries.asof import by_today
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader

KEYS = ("id", "kind", "to", "subject", "queued_on", "sent_on", "status")


class Message(NamedTuple):
    """A message; `params` is the JSON of what fills its template."""

    id: int
    kind: str
    to: str
    language: str
    params: str
    queued_on: date
    sent_on: date | None
    cancelled_on: date | None
    cancel_reason: str | None
    once_key: str
    account_id: int | None

    @property
    def values(self) -> dict[str, Any]:
        """What fills the template."""
        filled: dict[str, Any] = json.loads(self.params)
        return filled

    @property
    def about(self) -> str:
        """What the once-key names behind the sort of letter: a line, or a record and a day before."""
        return self.once_key.partition(":")[2]

    @property
    def status(self) -> str:
        """`queued`, `sent` or `cancelled`."""
        if self.sent_on is not None:
            return "sent"
        return "queued" if self.cancelled_on is None else "cancelled"

    def shown(self, subject: str) -> dict[str, object]:
        """The message under its public keys; what its subject says is the templates' to know."""
        values = (self.id, self.kind, self.to, subject, self.queued_on, self.sent_on, self.status)
        return dict(zip(KEYS, values, strict=True))


_MESSAGE = f"""
    SELECT m.id, m.kind, m."to", m.language, m.params, m.queued_on,
           {by_today("m.sent_on")} AS sent_on, {by_today("m.cancelled_on")} AS cancelled_on,
           CASE WHEN m.cancelled_on <= :today THEN m.cancel_reason END AS cancel_reason,
           COALESCE(m.once_key, '') AS once_key, m.account_id
    FROM message m WHERE m.queued_on <= :today
"""


def list_messages(reader: Reader, today: date) -> Iterator[Message]:
    """All messages, oldest first."""
    return reader.select(Message, f"{_MESSAGE} ORDER BY m.id", today=today)


def list_waiting(reader: Reader, today: date, numbers: Named = None) -> Iterator[Message]:
    """The messages that wait to be delivered, oldest first; of these numbers where they are given."""
    narrowed, params = any_of({"m.id": numbers})
    sql = f"{_MESSAGE} {narrowed} AND m.sent_on IS NULL AND m.cancelled_on IS NULL ORDER BY m.id"
    return reader.select(Message, sql, today=today, **params)


def get_message(reader: Reader, today: date, named: str) -> Message:
    """The message with this number; raises InvalidValue or NotFound."""
    number = parse_number(named, "message", "Messages are numbers: carepass notify list")
    found = next(reader.select(Message, f"{_MESSAGE} AND m.id = :id", today=today, id=number), None)
    if found is None:
        raise NotFound("message", named, hint="Look it up: carepass notify list")
    return found
