"""The audit log, and what lies beside it. The habits of the schema stand in the package's first lines."""

from datetime import date

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary
from sqlmodel import Field

from carepass_cli.store.schema.base import Base, key, one_of


class Change(Base, table=True):
    """One unit of work: who, when (real time, UTC), as of which day, by which command."""

    __tablename__ = "change"
    id: int | None = key()
    at: str
    effective_on: date
    actor: str
    command: str
    undoes: int | None = Field(default=None, foreign_key="change.id")


class AuditEntry(Base, table=True):
    """One thing written. `before` and `after` are JSON; the entry is chained to the one before it by hash,
    over the payload's hash, so that a payload can be erased and the chain still verified. `rows_hash` is that
    of the steps (`undo_step`) written since the entry before it: by it the log covers the rows."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_account_id", "account_id"),
        Index("ix_audit_entry_change_id", "change_id"),
    )
    id: int | None = key()
    change_id: int = Field(foreign_key="change.id")
    action: str
    subject: str
    key: str
    account_id: int | None = None
    before: str | None = None
    after: str | None = None
    payload_hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    rows_hash: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class UndoStep(Base, table=True):
    """What a change did to rows of one table, `first_key` to `last_key`, both inclusive.

    `before` is the JSON of the values that an updated row had, so that the change can be taken back;
    `before_hash` stays where a person's values were erased. `digests` has eight bytes for each row as the
    change left it, in the order of the keys (none for deleted ones).
    """

    __tablename__ = "undo_step"
    __table_args__ = (
        one_of("kind", "insert", "update", "delete"),
        CheckConstraint("last_key >= first_key", name="keys_in_order"),
        Index("ix_undo_step_change_id", "change_id"),
        Index("ix_undo_step_table_name", "table_name", "first_key"),
    )
    id: int | None = key()
    change_id: int = Field(foreign_key="change.id")
    entry_id: int = Field(foreign_key="audit_entry.id")
    kind: str
    table_name: str
    first_key: int
    last_key: int
    before: str | None = None
    before_hash: bytes | None = Field(default=None, sa_column=Column(LargeBinary))
    digests: bytes = Field(default=b"", sa_column=Column(LargeBinary, nullable=False))


class Counter(Base, table=True):
    """Numbers that are handed out once: the next portal ID."""

    __tablename__ = "counter"
    id: int | None = key()
    name: str = Field(unique=True)
    value: int


class Note(Base, table=True):
    """What the store says of itself: the audit head that a backup was made at; an erasure that has still to
    be carried through."""

    __tablename__ = "note"
    id: int | None = key()
    name: str = Field(unique=True)
    value: str


class WriteLock(Base, table=True):
    """The one writer's place on a server: a table of ours to lock, which nobody else can hold."""

    __tablename__ = "write_lock"
    id: int | None = key()
