"""The outbox as of a day."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.errors import NotFound
from carepass_cli.rules.fields import parse_number
from carepass_cli.store.queries.asof import by_today
from carepass_cli.store.reader import Reader

KEYS = ("id", "kind", "to", "subject", "queued_on", "sent_on", "status")


class Message(NamedTuple):
    """A message; `params` fill its template."""

    id: int
    kind: str
    to: str
    language: str
    params: dict[str, Any]
    queued_on: str
    sent_on: str | None
    cancelled_on: str | None
    once_key: str

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
           {by_today("m.sent_on")}, {by_today("m.cancelled_on")}, COALESCE(m.once_key, '')
    FROM message m WHERE m.queued_on <= :today
"""


def list_messages(reader: Reader, today: date) -> Iterator[Message]:
    """All messages, oldest first."""
    for row in reader.rows(f"{_MESSAGE} ORDER BY m.id", today=today):
        yield _message(row)


def list_waiting(reader: Reader, today: date) -> Iterator[Message]:
    """The messages that wait to be delivered, oldest first."""
    sql = f"{_MESSAGE} AND m.sent_on IS NULL AND m.cancelled_on IS NULL ORDER BY m.id"
    for row in reader.rows(sql, today=today):
        yield _message(row)


def get_message(reader: Reader, today: date, named: str) -> Message:
    """The message with this number; raises InvalidValue or NotFound."""
    number = parse_number(named, "message", "Messages are numbers: carepass notify list")
    row = next(reader.rows(f"{_MESSAGE} AND m.id = :id", today=today, id=number), None)
    if row is None:
        raise NotFound("message", named, hint="Look it up: carepass notify list")
    return _message(row)


def _message(row: tuple[Any, ...]) -> Message:
    id_, kind, to, language, params, *rest = row
    return Message(id_, kind, to, language, json.loads(params), *rest)
