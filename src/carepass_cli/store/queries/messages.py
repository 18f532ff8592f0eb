"""The outbox as of a day."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.errors import NotFound
from carepass_cli.rules.fields import parse_number
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.message import MESSAGE, Message

_MESSAGE = f"""
    SELECT {MESSAGE}
    FROM message m WHERE m.queued_on <= :today
"""


def list_messages(
    reader: Reader, today: date, *, account_id: Named = None, status: Named = None
) -> Iterator[Message]:
    """Messages, oldest first; those to these accounts, or that stand so."""
    narrowed, params = any_of({"m.account_id": account_id})
    statuses = several(status)
    found = reader.select(Message, f"{_MESSAGE} {narrowed} ORDER BY m.id", today=today, **params)
    return (each for each in found if not statuses or each.status in statuses)


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


class Reminder(NamedTuple):
    """A reminder that was sent or waits; `params` is the JSON of what it says."""

    id: int
    once_key: str
    params: str
    waits: bool


def list_reminders(reader: Reader, today: date) -> Iterator[Reminder]:
    """All reminders, oldest first, but those that were taken back before they left."""
    sql = """
        SELECT id, once_key, params,
               CASE WHEN sent_on IS NULL AND queued_on <= :today THEN 1 ELSE 0 END AS waits
        FROM message WHERE kind = 'reminder' AND (cancelled_on IS NULL OR sent_on IS NOT NULL) ORDER BY id
    """
    return reader.select(Reminder, sql, today=today)


def count_under(reader: Reader, key: str) -> int:
    """How many messages have this once-key, or this one and more behind it."""
    sql = "SELECT COUNT(*) FROM message WHERE once_key = :key OR once_key LIKE :more"
    return int(next(reader.values(sql, key=key, more=f"{key}:%")))


class Digest(NamedTuple):
    """A digest for a home's manager."""

    id: int
    once_key: str


def waiting_digests(reader: Reader, today: date, home_id: int) -> list[Digest]:
    """The digests for a home that wait to be delivered."""
    sql = """
        SELECT id, once_key FROM message
        WHERE kind = 'digest' AND home_id = :home
        AND sent_on IS NULL AND cancelled_on IS NULL AND queued_on <= :today
    """
    return list(reader.select(Digest, sql, home=home_id, today=today))


def is_any_between(reader: Reader, after: str, key: str, before: str) -> bool:
    """Whether there is a message between two once-keys, both exclusive. One that was taken back is none, but
    where it is the one of `key`."""
    sql = """
        SELECT 1 FROM message WHERE once_key > :after AND once_key < :before
        AND (cancelled_on IS NULL OR once_key = :key)
    """
    return any(reader.values(sql, after=after, key=key, before=before))


class BrokenOff(NamedTuple):
    """A letter that a run was handing over at an instant (UTC)."""

    id: int
    kind: str
    to: str
    under_way_at: str


def list_broken_off(reader: Reader, latest: str) -> list[BrokenOff]:
    """The letters that were under way before the instant `latest`, and of which nothing was heard since."""
    sql = 'SELECT id, kind, "to", under_way_at FROM message WHERE under_way_at < :latest ORDER BY id'
    return list(reader.select(BrokenOff, sql, latest=latest))


def waiting_under(reader: Reader, once_keys: Collection[str]) -> list[int]:
    """The numbers of the messages with these once-keys that were neither sent nor cancelled."""
    sql = f"""
        SELECT m.id FROM {reader.listed("keys", once_key="TEXT")} g CROSS JOIN message m
        WHERE m.once_key = g.once_key AND m.sent_on IS NULL AND m.cancelled_on IS NULL
    """
    return list(reader.values(sql, keys=json_array(once_keys)))
