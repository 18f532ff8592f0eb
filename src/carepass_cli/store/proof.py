"""Every row held to what carepass wrote: the last state of each, worked out from the changes, against what is
there. What was changed, removed or added past carepass is found, and named by table and key.

A step (`store.trail`) has a digest of each row as its change left it; an audit entry covers its steps by
`rows_hash`, and the chain covers the entries.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from carepass_cli.errors import InvalidValue, StoreUnavailable
from carepass_cli.rules.chain import GENESIS
from carepass_cli.rules.hashes import sha256
from carepass_cli.store.erased import Run, read_erased
from carepass_cli.store.opening import SqliteReader
from carepass_cli.store.port import quoted
from carepass_cli.store.queries.evidence import find_damaged
from carepass_cli.store.queries.log import first_broken_entry, hash_of
from carepass_cli.store.reader import Reader, Row
from carepass_cli.store.records import DIGEST_BYTES, TableOf, table_of
from carepass_cli.store.rows.log import UndoStep
from carepass_cli.store.rows.tables import TABLES, row_class
from carepass_cli.store.sweeping import ERASURE, TO_DO
from carepass_cli.store.trail import hash_steps

# Tables that no step is about: the log itself, which the chain covers, and what is looked at by itself.
UNTRAILED = ("change", "audit_entry", "note", "write_lock")
# What `note` may hold: how far the log of a backup reaches, and that an erasure is to be finished.
BACKUP_HEAD = "backup-head"
# Columns in which a change by SQL is not found, each with its reason. `alembic_version`, which is no table of
# `TABLES`, is read at every open: any other value in it is another version's store, or damage.
UNCOVERED = {("note", "id"): "a note is known by its name; nothing refers to its number"}

_DELETED = "SELECT table_name, first_key, last_key FROM undo_step WHERE kind = 'delete'"
# Rows that are named one by one.
NAMED_MOST = 20
# Rows that are looked at together.
AT_ONCE = 1000
# A key and the digest of its row; or the first key of several that follow one another, and their digests.
_Due = tuple[int, bytes]


class _Note(NamedTuple):
    id: int
    name: str
    value: str


class _Step(NamedTuple):
    """What a change left of the rows from the first key to the last."""

    kind: str
    first_key: int
    last_key: int
    digests: bytes


class Tampered(NamedTuple):
    """A row that is not as carepass left it. `what`: `changed`, `removed` or `added`."""

    table: str
    key: object
    what: str

    def __str__(self) -> str:
        return f"{self.table} {self.key} was {self.what}"


def verify_log(reader: Reader, kept: str | None = None) -> None:
    """Raise StoreUnavailable (`audit-broken`) where an entry of the audit log, or a row that it covers, was
    changed, removed or added past carepass; the first of them are named.

    `kept` is a head as it was once shown, `ENTRY:HASH`: only it shows that the log's end was cut off, or
    that the log was hashed anew. Raises InvalidValue where it is none.
    """
    entry, hash_ = _parse_head(kept) if kept is not None else (0, GENESIS.hex())
    broken = first_broken_entry(reader)
    if broken is None and hash_of(reader, entry) != hash_:
        broken = f"entry {entry} is not the one whose hash was kept"
    if broken is None:
        sql = "SELECT MIN(id) FROM change WHERE id NOT IN (SELECT change_id FROM audit_entry)"
        (silent,) = reader.values(sql)
        broken = f"the entries of change {silent} are missing" if silent is not None else None
    found = [] if broken is None else [broken]
    tampered = chain(find_damaged(reader), map(str, find_tampered(reader)))
    found += islice(tampered, NAMED_MOST - len(found))
    if found:
        rest = sum(1 for _ in tampered)
        more = f"; and {rest} more" if rest else ""
        raise StoreUnavailable(
            f"The store was changed outside carepass: {'; '.join(found)}{more}.",
            "Compare it with a backup; 'carepass --db BACKUP audit head' shows how far that one reaches.",
            code="audit-broken",
        )


def find_tampered(reader: Reader) -> Iterator[Tampered]:
    """Every row of every table that was changed, removed or added past carepass, as a stream."""
    carried = _LastState(reader, "undo_step")
    # What rows were before they were changed is forgotten with them.
    gone = (*read_erased(reader).rows, *reader.select(Run, _DELETED))
    yield from _steps(reader, gone, carried)
    yield from _undoings(reader)
    yield from _by_themselves(reader)
    for name in TABLES:
        # Steps of this version are covered by their entries, and were looked at.
        if name not in UNTRAILED and (name != "undo_step" or carried):
            yield from _rows(reader, name)


def _steps(reader: Reader, gone: Sequence[Run], carried: "_LastState") -> Iterator[Tampered]:
    """Steps that their audit entry does not cover, or that lost what a row was before. Those `carried` here
    from version 0.1 are covered as rows."""
    columns = quoted(table_of(UndoStep).columns)
    steps = reader.select(UndoStep, f"SELECT {columns} FROM undo_step ORDER BY entry_id, id")
    entries = reader.rows("SELECT id, change_id, rows_hash FROM audit_entry ORDER BY id")
    waiting = next(steps, None)
    last_id = 0
    for entry, change, rows_hash in entries:
        mine: list[UndoStep] = []
        while waiting is not None and waiting.entry_id <= entry:
            if waiting.entry_id == entry and waiting.change_id == change and waiting.id > last_id:
                mine.append(waiting)
            else:
                yield Tampered("undo_step", waiting.id, "changed")
            last_id = max(last_id, waiting.id)
            waiting = next(steps, None)
        covered = hash_steps(mine) if mine and rows_hash is not None else None
        adopted = rows_hash is None and all(carried.has(step.id) for step in mine)
        if not adopted and covered != rows_hash:
            which = f"{mine[0].id} to {mine[-1].id}" if mine else f"of entry {entry}"
            yield Tampered("undo_step", which, "changed or removed")
        for step in () if adopted else mine:
            if not _is_before_kept(step, gone):
                yield Tampered("undo_step", step.id, "changed")
    while waiting is not None:
        yield Tampered("undo_step", waiting.id, "added")
        waiting = next(steps, None)


def _is_before_kept(step: UndoStep, gone: Sequence[Run]) -> bool:
    """Whether what a row was before is as it was written, or the row itself is gone."""
    if step.before is None:
        return step.before_hash is None or any(run.has(step.table_name, step.first_key) for run in gone)
    return step.before_hash is not None and sha256(step.before.encode()).digest() == bytes(step.before_hash)


def _undoings(reader: Reader) -> Iterator[Tampered]:
    """A change says what it undoes as its audit entry does."""
    sql = """
        SELECT c.id FROM change c
        LEFT JOIN audit_entry e ON e.change_id = c.id AND e.action = 'undo' AND e.subject = 'change'
        WHERE COALESCE(CAST(c.undoes AS VARCHAR), '') <> COALESCE(e.key, '')
    """
    for number in reader.values(sql):
        yield Tampered("change", number, "changed")


def _by_themselves(reader: Reader) -> Iterator[Tampered]:
    for number in reader.values("SELECT id FROM write_lock"):
        yield Tampered("write_lock", number, "added")
    for note in reader.select(_Note, "SELECT id, name, value FROM note"):
        if (note.name, note.value) != (ERASURE, TO_DO) and not _is_head(reader, note):
            yield Tampered("note", note.id, "changed or added")


def _is_head(reader: Reader, note: _Note) -> bool:
    """Whether the entry that a backup notes as its newest is in the log, unchanged."""
    number, _, hash_ = note.value.partition(":")
    is_number = number.isdigit() and int(number) < 2**31
    return note.name == BACKUP_HEAD and is_number and hash_of(reader, int(number)) == hash_


def _rows(reader: Reader, name: str) -> Iterator[Tampered]:
    """The rows of a table beside what the steps say of them, both in the order of the keys."""
    table = table_of(row_class(name))
    rows = reader.rows(f'SELECT {_covered(reader, table)} FROM "{name}" ORDER BY "{table.key}"')
    expected = _LastState(reader, name).runs()
    for first, digests in expected:
        # A digest covers the key: where all of them are as expected, so are the keys.
        some = list(islice(rows, len(digests) // DIGEST_BYTES))
        if table.digests(some) != digests:
            rest = chain(iter([(first, digests)]), expected)
            yield from _compared(table, chain(some, rows), _each(rest))
            return
    yield from _compared(table, rows, iter(()))


def _covered(reader: Reader, table: TableOf) -> str:
    """The columns that a row's digest covers, as it has them. A SQLite file has its values so; on a server
    days are made text and a yes or no a number."""
    if isinstance(reader, SqliteReader):
        return quoted(table.covered)
    made = {**dict.fromkeys(table.dates, "VARCHAR"), **dict.fromkeys(table.flags, "INTEGER")}
    return ", ".join(
        f'CAST("{column}" AS {made[column]})' if column in made else f'"{column}"' for column in table.covered
    )


def _compared(table: TableOf, rows: Iterable[Row], expected: Iterator[_Due]) -> Iterator[Tampered]:
    """What differs between rows and what is expected, key by key."""
    key_at = table.covered.index(table.key)
    due = next(expected, None)
    for row in rows:
        key = row[key_at]
        while due is not None and due[0] < key:
            yield Tampered(table.name, due[0], "removed")
            due = next(expected, None)
        if due is None or due[0] > key:
            if table.name != "undo_step":  # a step of this version, which its entry covers
                yield Tampered(table.name, key, "added")
            continue
        if table.digests([row]) != due[1]:
            yield Tampered(table.name, key, "changed")
        due = next(expected, None)
    while due is not None:
        yield Tampered(table.name, due[0], "removed")
        due = next(expected, None)


def _each(runs: Iterable[_Due]) -> Iterator[_Due]:
    """Keys one by one, of runs of them."""
    for first, digests in runs:
        for at in range(0, len(digests), DIGEST_BYTES):
            yield first + at // DIGEST_BYTES, digests[at : at + DIGEST_BYTES]


class _LastState:
    """The keys of a table, ascending, each with the digest of its row, as the steps leave them."""

    def __init__(self, reader: Reader, name: str) -> None:
        # Runs of inserted rows, and what became of single ones since: a digest, or None where it was deleted.
        self._runs: list[tuple[int, int, bytes]] = []
        self._since: dict[int, bytes | None] = {}
        sql = "SELECT kind, first_key, last_key, digests FROM undo_step WHERE table_name = :name ORDER BY id"
        for step in reader.select(_Step, sql, name=name):
            self._take(step.kind, step.first_key, step.last_key, step.digests)

    def __bool__(self) -> bool:
        return bool(self._runs or self._since)

    def runs(self) -> Iterator[_Due]:
        """Runs of successive keys, each at most so long that its rows fit into memory well."""
        for first, _, digests in sorted([*self._runs, *self._alone()]):
            for at in range(0, len(digests), AT_ONCE * DIGEST_BYTES):
                yield from self._since_then(
                    first + at // DIGEST_BYTES, digests[at : at + AT_ONCE * DIGEST_BYTES]
                )

    def _since_then(self, first: int, digests: bytes) -> Iterator[_Due]:
        """A run, or what is left of it, as its rows are since they were inserted."""
        keys = range(first, first + len(digests) // DIGEST_BYTES)
        touched = [key for key in keys if key in self._since] if self._since else []
        if not touched:
            yield first, digests
            return
        found = bytearray(digests)
        begin = 0
        for key in touched:
            at = (key - first) * DIGEST_BYTES
            if (digest := self._since[key]) is not None:
                found[at : at + DIGEST_BYTES] = digest
            else:
                if at > begin:
                    yield first + begin // DIGEST_BYTES, bytes(found[begin:at])
                begin = at + DIGEST_BYTES
        if begin < len(found):
            yield first + begin // DIGEST_BYTES, bytes(found[begin:])

    def _take(self, kind: str, first: int, last: int, digests: bytes) -> None:
        if kind != "delete" and not digests:
            return  # of version 0.1; the upgrade has covered every row that was there
        if kind == "delete":
            highest = self._runs[-1][1] if self._runs else 0
            keys: Iterable[int] = range(first, min(last, highest) + 1)
            self._since.update(dict.fromkeys(keys))
        elif kind == "insert" and (not self._runs or first > self._runs[-1][1]):
            self._runs.append((first, last, digests))
        else:  # an update; a key of another table's, which comes out of order, or again
            for at in range(0, len(digests), DIGEST_BYTES):
                self._since[first + at // DIGEST_BYTES] = digests[at : at + DIGEST_BYTES]

    def has(self, key: int) -> bool:
        """Whether the row of this key was ever written down."""
        return any(first <= key <= last for first, last, _ in self._runs)

    def _alone(self) -> list[tuple[int, int, bytes]]:
        """Rows that lie in no run."""
        starts = [first for first, _, _ in self._runs]

        def in_run(key: int) -> bool:
            at = bisect_right(starts, key) - 1
            return at >= 0 and key <= self._runs[at][1]

        return [(key, key, digest) for key, digest in self._since.items() if digest and not in_run(key)]


def _parse_head(text: str) -> tuple[int, str]:
    number, _, hash_ = text.strip().partition(":")
    if not (number.isascii() and number.isdigit() and re.fullmatch("[0-9a-f]{64}", hash_)):
        raise InvalidValue(
            "--head is not a head of the log.", "Write ENTRY:HASH as 'carepass audit head' told it."
        )
    return int(number), hash_
