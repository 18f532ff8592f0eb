"""Rows of the tables in `schema.log`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class Change(NamedTuple):
    """One unit of work: who, when (real time, UTC), as of which day, by which command."""

    at: str
    effective_on: date
    actor: str
    command: str
    id: int = 0
    undoes: int | None = None


class AuditEntry(NamedTuple):
    """One thing written. `before` and `after` are JSON; the entry is chained to the one before it by hash,
    over the payload's hash, so that a payload can be erased and the chain still verified. `rows_hash` is that
    of the steps (`undo_step`) written since the entry before it: by it the log covers the rows."""

    change_id: int
    action: str
    subject: str
    key: str
    payload_hash: bytes
    hash: bytes
    id: int = 0
    account_id: int | None = None
    before: str | None = None
    after: str | None = None
    rows_hash: bytes | None = None


class UndoStep(NamedTuple):
    """What a change did to rows of one table, `first_key` to `last_key`, both inclusive.

    `before` is the JSON of the values that an updated row had, so that the change can be taken back;
    `before_hash` stays where a person's values were erased. `digests` has eight bytes for each row as the
    change left it, in the order of the keys (none for deleted ones)."""

    change_id: int
    entry_id: int
    kind: str
    table_name: str
    first_key: int
    last_key: int
    id: int = 0
    before: str | None = None
    before_hash: bytes | None = None
    digests: bytes = b""


class Counter(NamedTuple):
    """Numbers that are handed out once: the next portal ID."""

    name: str
    value: int
    id: int = 0


class Note(NamedTuple):
    """What the store says of itself: the audit head that a backup was made at; an erasure that has still to
    be carried through."""

    name: str
    value: str
    id: int = 0


class WriteLock(NamedTuple):
    """The one writer's place on a server: a table of ours to lock, which nobody else can hold."""

    id: int = 0
