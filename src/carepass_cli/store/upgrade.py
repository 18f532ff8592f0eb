"""Upgrading a store: its rows are carried into tables of this version, in one step that happens or does not.

A SQLite file's new store takes the old one's place, which stays whole beside it. On a server the old tables
stay where they are; the new ones lie in a schema of their own. Killed at any moment, the store is the old one
or the new one.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.create import make_schema
from carepass_cli.store.fresh import fresh_file
from carepass_cli.store.location import SCHEMA_HEAD, connect_file, lock_wait, unusable
from carepass_cli.store.port import SqlitePort, quoted
from carepass_cli.store.queries.log import chain_head, marked_chain
from carepass_cli.store.records import table_of
from carepass_cli.store.restore import overwrite
from carepass_cli.store.rows.tables import TABLES, row_class
from carepass_cli.store.unit import Unit, Work

# Rows in memory at a time.
CHUNK = 5000
# The log's own tables are carried as they are: the log covers them by its chain.
LOG = ("change", "audit_entry", "undo_step")
# What a column was called before: table, column -> the SQL that gives it in the older schema, of the row `t`;
# `{at}` stands before the names of tables.
RENAMED = {
    ("requirement", "due"): "due_within",
    ("completion", "anniversary_on"): "expires_on",
    ("undo_step", "kind"): "CASE WHEN before IS NULL THEN 'insert' ELSE 'update' END",
    (
        "undo_step",
        "entry_id",
    ): "(SELECT MAX(e.id) FROM {at}audit_entry e WHERE e.change_id = t.change_id)",
}


class Older(Protocol):
    """The older store's tables. `at` stands before their names in SQL."""

    at: str

    def columns(self, table: str) -> set[str]:
        """The columns of a table; none where there is no such table."""
        ...

    def rows(self, sql: str) -> Iterator[Mapping[str, Any]]:
        """The rows of a query, by name, as a stream."""
        ...


def upgrade_file(path: Path, work: Work) -> bool:
    """Bring the store at `path` up to date; False where it is already. The old one stays beside it as
    `NAME.before-REVISION-1`. Raises StoreUnavailable where it is not an older store of ours."""
    try:
        connect_file(path, write=True).close()
    except StoreUnavailable as error:
        if error.code != "store-outdated":
            raise
    else:
        return False
    try:
        # Beside the store, where there is room for a second one; it goes again, as its rows are written over.
        with fresh_file(path) as fresh:
            carried = _carry(path, fresh, work)

            def check(before: sqlite3.Connection) -> None:
                if _newest(before) != carried:
                    raise StoreUnavailable(
                        f"The store {path} was written to while it was upgraded.",
                        "Nothing was changed. Try again when nobody writes to it.",
                        code="store-locked",
                    )

            with closing(connect_file(fresh, write=False)) as source:
                overwrite(path, source, f"before-{SCHEMA_HEAD}", check)
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error
    return True


def _carry(path: Path, fresh: Path, work: Work) -> int:
    """Make a new store at `fresh` with the rows of the old one; returns the newest change that they have."""
    make_schema(fresh)
    with (
        closing(connect_file(path, write=False, wait=lock_wait(), outdated=True)) as old,
        closing(connect_file(fresh, write=True)) as new,
    ):
        old.execute("BEGIN")
        new.execute("PRAGMA synchronous=OFF")
        new.execute("PRAGMA foreign_keys=OFF")
        new.execute("BEGIN IMMEDIATE")
        unit = Unit(SqlitePort(new), work)
        carry_rows(_OlderFile(old), unit)
        unit.finish()
        if new.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreUnavailable(
                f"The store {path} has rows that refer to missing ones; it was left as it was.",
                "See which, with the version that made it: carepass store check --full",
                code="store-damaged",
            )
        new.execute("COMMIT")
        return _newest(old)


class _OlderFile:
    """The older store in a SQLite file."""

    at = ""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        self._connection = connection

    def columns(self, table: str) -> set[str]:
        return {row["name"] for row in self._connection.execute(f"PRAGMA table_info({table})")}

    def rows(self, sql: str) -> Iterator[Mapping[str, Any]]:
        return map(dict, self._connection.execute(sql))


def carry_rows(old: Older, unit: Unit) -> None:
    """Insert the rows of an older store as rows of this version, and put it down in the log."""
    for table in TABLES:
        columns = table_of(row_class(table)).columns
        for rows in _chunks(old, table):
            if table not in LOG:
                unit.insert(rows)
                continue
            unit.port.insert(table, columns, [table_of(type(row)).stored(row) for row in rows])
            if table == "undo_step":
                unit.adopt(rows)  # the chain covers no step of version 0.1
    unit.port.resume_keys()
    head = chain_head(unit)
    unit.audit("upgrade", "store", SCHEMA_HEAD, after={"marked_chain": marked_chain(unit, head.entry)})


def _chunks(old: Older, table: str) -> Iterator[list[Any]]:
    """The rows of a table of the older schema as rows of this one; what it lacks takes its default."""
    there = old.columns(table)
    if not there:
        return
    kind = row_class(table)
    named = {column: RENAMED.get((table, column), f'"{column}"') for column in kind._fields}
    known = {column: sql for column, sql in named.items() if column in there or (table, column) in RENAMED}
    columns = ", ".join(f"{sql.format(at=old.at)} AS {quoted([column])}" for column, sql in known.items())
    key = table_of(kind).key
    order = f"ORDER BY t.{key}" if key in there else ""  # counters had no number
    rows = old.rows(f'SELECT {columns} FROM {old.at}"{table}" t {order}')
    while chunk := list(islice(rows, CHUNK)):
        yield [kind(**row) for row in chunk]


def _newest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(id), 0) FROM change").fetchone()[0])
