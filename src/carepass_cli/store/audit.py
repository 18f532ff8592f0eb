"""The audit log: an entry for each thing written, chained by hash in the transaction that writes it.

An entry also covers the rows: `rows_hash` is that of the steps (`store.trail`) written since the entry before
it. So an entry is held back until the next one comes or the unit ends.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from carepass_cli.rules.chain import GENESIS, actor_mark, chain_hash, payload_hash
from carepass_cli.store.port import Port
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.log import AuditEntry, Change, UndoStep
from carepass_cli.store.trail import Trail, hash_steps

_encode = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":"), sort_keys=True).encode
LAST = "SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"


@dataclass(frozen=True)
class Entry:
    """One thing written: the action, what kind of thing, its key, before and after."""

    action: str
    subject: str
    key: str
    account_id: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


# Where an entry about many things has them, by the portal IDs of their people, and the names of their values.
EACH, COLUMNS = "each", "columns"
# An account's key and portal ID, the thing's own key, and its values.
Thing = tuple[int, str, str, *tuple[object, ...]]


def alike(
    action: str,
    subject: str,
    things: Sequence[Thing],
    columns: Sequence[str],
    after: Mapping[str, Any],
) -> Entry:
    """The entry about things to which the same was done: `after` is what they are all, `columns` name what
    each is by itself. Many share one entry, of which whoever asks for one person's sees that person's things
    as if each had its own (`of_person`)."""
    if len(things) == 1:
        ((account_id, _, key, *values),) = things
        own = dict(zip(columns, values, strict=True))
        return Entry(action, subject, key, account_id, None, {**after, **own})
    each: dict[str, list[tuple[object, ...]]] = {}
    for thing in things:
        each.setdefault(thing[1], []).append(thing[2:])
    return Entry(
        action, subject, f"{len(things)} {subject}s", None, None, {**after, COLUMNS: columns, EACH: each}
    )


def of_person(key: str, after: str | None, portal_id: str) -> list[tuple[str, str | None]]:
    """What an entry, of this key and payload, says of one person: the keys of the person's things, and the
    payload of each. Of an entry about one thing it is that entry's own."""
    said = json.loads(after) if after else {}
    if EACH not in said or COLUMNS not in said:
        return [(key, after)]
    things, columns = said.pop(EACH), said.pop(COLUMNS)
    return [
        (str(own), _payload({**said, **dict(zip(columns, values, strict=True))}))
        for own, *values in things.get(portal_id, ())
    ]


class Log:
    """The audit log's end, inside one unit of work."""

    def __init__(self, port: Port, trail: Trail) -> None:
        self._port = port
        self._trail = trail
        self._held: list[Entry] = []
        self._end: tuple[int, bytes] | None = None

    @property
    def is_held(self) -> bool:
        """Whether an entry waits for the steps that it will cover."""
        return bool(self._held)

    def append(self, change: Change, entries: Sequence[Entry]) -> None:
        """Chain `entries` to the log: the ones before them now, these when the unit's steps are known."""
        self.settle(change)
        self._held = list(entries)

    def settle(self, change: Change) -> None:
        """Write what is held back, the last of it covering the steps taken so far."""
        if not self._held:
            return
        number, previous = self._end or self._read_end()
        rows = []
        for entry in self._held:
            number += 1
            last = entry is self._held[-1]
            steps = self._numbered(self._trail.take(change.id, number)) if last else []
            row = _chained(previous, number, change, entry, hash_steps(steps) if steps else None)
            previous = row.hash
            rows.append(row)
        # The steps refer to the entry.
        self._insert(AuditEntry, rows)
        self._insert(UndoStep, steps)
        self._end, self._held = (number, previous), []

    def _numbered(self, steps: list[UndoStep]) -> list[UndoStep]:
        """Steps with their own numbers: the entry's hash covers those, too."""
        if not steps:
            return []
        keys = self._port.next_keys("undo_step", len(steps))
        return [step._replace(id=key) for step, key in zip(steps, keys, strict=True)]

    def _insert(self, kind: type[Any], rows: Sequence[tuple[Any, ...]]) -> None:
        if not rows:
            return
        # The log's own rows are covered by the chain, not by a trail.
        table = table_of(kind)
        self._port.insert(table.name, table.columns, rows)

    def _read_end(self) -> tuple[int, bytes]:
        row = next(iter(self._port.execute(LAST, {})), None)
        return (int(row[0]), bytes(row[1])) if row else (0, GENESIS)


def _chained(previous: bytes, number: int, change: Change, entry: Entry, rows: bytes | None) -> AuditEntry:
    before, after = _payload(entry.before), _payload(entry.after)
    payload = payload_hash(before, after)
    parts = (
        change.id,
        change.at,
        change.effective_on,
        actor_mark(change.id, change.actor),
        change.command,
        entry.action,
        entry.subject,
        entry.key,
        entry.account_id,
    )
    return AuditEntry(
        change_id=change.id,
        action=entry.action,
        subject=entry.subject,
        key=entry.key,
        payload_hash=payload,
        hash=chain_hash(previous, number, parts, payload, rows),
        id=number,
        account_id=entry.account_id,
        before=before,
        after=after,
        rows_hash=rows,
    )


def _payload(values: Mapping[str, Any] | None) -> str | None:
    if values is None:
        return None
    return _encode(values)
