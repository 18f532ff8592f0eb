"""Upgrading a SQLite store: its rows are carried into a new one, which then takes its place.

The old store stays whole beside it. Killed at any moment, the store is the old one or the new one.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.create import make_schema
from carepass_cli.store.location import SCHEMA_HEAD, connect_file, lock_wait, unusable
from carepass_cli.store.port import SqlitePort, quoted
from carepass_cli.store.records import table_of
from carepass_cli.store.restore import overwrite
from carepass_cli.store.rows.tables import TABLES, row_class
from carepass_cli.store.unit import Unit, Work

# Rows in memory at a time.
CHUNK = 5000
# The log's own tables are carried as they are: the log covers them by its chain.
LOG = ("change", "audit_entry", "undo_step")
# What a column was called before: table, column -> the SQL that gives it in the older schema.
RENAMED = {
    ("requirement", "due"): "due_within",
    ("completion", "anniversary_on"): "expires_on",
    ("undo_step", "kind"): "CASE WHEN before IS NULL THEN 'insert' ELSE 'update' END",
    (
        "undo_step",
        "entry_id",
    ): "(SELECT MAX(id) FROM audit_entry e WHERE e.change_id = undo_step.change_id)",
}


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
        # Beside the store, where there is room for a second one.
        with TemporaryDirectory(prefix=".carepass-upgrade-", dir=path.parent) as folder:
            fresh = Path(folder) / path.name
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
        old.row_factory = sqlite3.Row
        new.execute("PRAGMA synchronous=OFF")
        new.execute("PRAGMA foreign_keys=OFF")
        new.execute("BEGIN IMMEDIATE")
        port = SqlitePort(new)
        unit = Unit(port, work)
        for table in LOG:
            columns = table_of(row_class(table)).columns
            for rows in _chunks(old, table):
                port.insert(table, columns, [table_of(type(row)).stored(row) for row in rows])
                if table == "undo_step":
                    unit.adopt(rows)  # the chain covers no step of version 0.1
        for table in TABLES:
            if table not in LOG:
                for rows in _chunks(old, table):
                    unit.insert(rows)
        unit.audit("upgrade", "store", SCHEMA_HEAD)
        unit.finish()
        if new.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreUnavailable(
                f"The store {path} has rows that refer to missing ones; it was left as it was.",
                "See which, with the version that made it: carepass store check --full",
                code="store-damaged",
            )
        new.execute("COMMIT")
        return _newest(old)


def _chunks(old: sqlite3.Connection, table: str) -> Iterator[list[Any]]:
    """The rows of a table of the older schema as rows of this one; what it lacks takes its default."""
    there = {row["name"] for row in old.execute(f"PRAGMA table_info({table})")}
    if not there:
        return
    kind = row_class(table)
    named = {column: RENAMED.get((table, column), f'"{column}"') for column in kind._fields}
    known = {column: sql for column, sql in named.items() if column in there or (table, column) in RENAMED}
    columns = ", ".join(f"{sql} AS {quoted([column])}" for column, sql in known.items())
    key = table_of(kind).key
    numbered = key in there
    cursor = old.execute(f'SELECT {columns} FROM "{table}" ORDER BY {key if numbered else "rowid"}')
    while rows := list(islice(cursor, CHUNK)):
        yield [kind(**dict(row)) for row in rows]


def _newest(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT COALESCE(MAX(id), 0) FROM change").fetchone()[0])
