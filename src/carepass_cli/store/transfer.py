"""Moving a store between SQLite and PostgreSQL: table by table, counted and summed on both sides, in one
transaction on the side that is written."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Connection, Table, text
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from carepass_cli.errors import Refused, StoreUnavailable
from carepass_cli.store.backup import check_target, put_in_place, what_is_in
from carepass_cli.store.create import create_file
from carepass_cli.store.fresh import fresh_file
from carepass_cli.store.location import (
    connect_file,
    is_server,
    lock_wait,
    shown_location,
    sqlite_path,
    unusable,
)
from carepass_cli.store.migrate import migrate, migrate_file
from carepass_cli.store.opening import SqliteReader
from carepass_cli.store.reader import Reader, Row
from carepass_cli.store.server import (
    ServerReader,
    copy_rows,
    open_server,
    revision_of,
    server_rows,
    take_lock,
    unreachable,
)
from carepass_cli.store.tables import METADATA


class Sum(NamedTuple):
    """How many rows a table has, and a checksum over all of them, whatever their order."""

    rows: int
    checksum: int


class Target(Protocol):
    """The side that is written, inside its one transaction."""

    def insert(self, table: Table, rows: Iterable[Row]) -> None: ...
    def rows(self, sql: str) -> Iterator[Row]: ...
    def finish(self, tables: list[Table]) -> None:
        """Whatever the engine needs before the commit."""
        ...


def copy_store(db: str, to: str) -> dict[str, object]:
    """Copy the store `db` to `to`, which must be empty or not there. Returns how much was copied.

    Raises Refused where `to` holds something, StoreUnavailable where one of them cannot be used or the
    two sides differ in the end; then nothing is kept.
    """
    try:
        with open_source(db) as source, _open_target(to) as target:
            tables, rows = copy_tables(source, target)
    except (IntegrityError, DataError, sqlite3.IntegrityError):
        # What the other engine says holds people's data; the check tells where it is.
        raise _damaged() from None
    return {"from": shown_location(db), "to": shown_location(to), "tables": tables, "rows": rows}


def backup_server(db: str, target: Path, keep: int = 1) -> dict[str, object]:
    """Copy the store on a server into a SQLite file, and put it in place as `backup_file` does."""
    check_target(target)
    with open_source(db) as source, fresh_file(target) as fresh:
        migrate_file(fresh)
        with sqlite_target(fresh) as copy:
            copy_tables(source, copy)
        with closing(sqlite3.connect(fresh, isolation_level=None)) as copied:
            copied.execute("PRAGMA journal_mode=DELETE")
            found = what_is_in(copied)
        put_in_place(fresh, target, keep)
    return found


def copy_tables(source: Reader, target: Target) -> tuple[int, int]:
    """Copy every table, parents before children, and compare the two sides; returns tables and rows."""
    tables = METADATA.sorted_tables
    rows = 0
    for table in tables:
        if next(target.rows(f'SELECT 1 FROM "{table.name}" LIMIT 1'), None) is not None:
            raise Refused(
                f"The store to copy to is not empty: there are rows in {table.name}.",
                "Name a new file, or an empty database.",
                code="not-empty",
            )
    for table in tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        select = f'SELECT {names} FROM "{table.name}"'
        expected = _Summing(source.rows(select))
        target.insert(table, expected)
        there = _Summing(target.rows(select))
        for _ in there:
            pass
        if there.sum != expected.sum:
            raise StoreUnavailable(
                f"{table.name} differs after copying: {expected.sum.rows} rows read, {there.sum.rows} there.",
                "Nothing was kept; try again.",
                code="copy-differs",
            )
        rows += expected.sum.rows
    target.finish(tables)
    return len(tables), rows


class _Summing:
    """Rows on their way, made alike on both engines, and summed as they pass."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.sum = Sum(0, 0)

    def __iter__(self) -> Iterator[Row]:
        count = total = 0
        for row in self._rows:
            alike = tuple(map(_alike, row))
            count += 1
            total += int.from_bytes(blake2b(repr(alike).encode(), digest_size=16).digest(), "big")
            yield alike
        self.sum = Sum(count, total % 2**128)


def _alike(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return bytes(value) if isinstance(value, memoryview) else value


class SqliteTarget:
    """A SQLite file, inside a transaction that holds the write lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        marks = ", ".join("?" * len(table.columns))
        self._connection.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)

    def rows(self, sql: str) -> Iterator[Row]:
        yield from self._connection.execute(sql)

    def finish(self, tables: list[Table]) -> None:  # noqa: ARG002
        if self._connection.execute("PRAGMA foreign_key_check").fetchone():
            raise _damaged()


class ServerTarget:
    """A database on a server, inside a transaction that holds the writer's place."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def insert(self, table: Table, rows: Iterable[Row]) -> None:
        copy_rows(self._connection, table.name, [column.name for column in table.columns], rows)

    def rows(self, sql: str) -> Iterator[Row]:
        return server_rows(self._connection.execution_options(stream_results=True), sql, {})

    def finish(self, tables: list[Table]) -> None:
        for table in tables:
            key = table.autoincrement_column
            if key is not None:
                sequence = f"pg_get_serial_sequence('{table.name}', '{key.name}')"
                sql = f'SELECT setval({sequence}, MAX("{key.name}")) FROM "{table.name}" HAVING COUNT(*) > 0'
                self._connection.execute(text(sql))


def _damaged() -> StoreUnavailable:
    return StoreUnavailable(
        "The store has rows that break its own rules; nothing was copied.",
        "See which: carepass store check --full",
        code="store-damaged",
    )


@contextmanager
def sqlite_target(path: Path) -> Iterator[SqliteTarget]:
    """The store's file at `path` to write to, in one transaction."""
    with closing(connect_file(path, write=True, wait=lock_wait())) as connection:
        # Rows may come before those that they point to; all of them are looked at in the end.
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN IMMEDIATE")
        yield SqliteTarget(connection)
        connection.execute("COMMIT")


@contextmanager
def _server_target(db: str) -> Iterator[ServerTarget]:
    with open_server(db).begin() as connection:
        take_lock(connection)
        if revision_of(connection) is None:
            migrate(connection)
        yield ServerTarget(connection)


@contextmanager
def _open_target(to: str) -> Iterator[Target]:
    where = shown_location(to)
    try:
        if is_server(to):
            with _server_target(to) as on_server:
                yield on_server
        else:
            path = sqlite_path(to)
            if not path.exists():
                create_file(path)
            with sqlite_target(path) as on_file:
                yield on_file
    except (IntegrityError, DataError, sqlite3.IntegrityError):
        raise
    except DBAPIError as error:
        raise unreachable(error, where) from error
    except sqlite3.Error as error:
        raise unusable(error, where) from error


@contextmanager
def open_source(db: str) -> Iterator[Reader]:
    """The store as it is at one moment."""
    if is_server(db):
        with closing(ServerReader(db)) as reader:
            yield reader
        return
    path = sqlite_path(db)
    with closing(connect_file(path, write=False, wait=lock_wait())) as connection:
        connection.execute("BEGIN")
        yield SqliteReader(connection, str(path))
