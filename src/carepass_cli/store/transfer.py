"""Moving a store between SQLite and PostgreSQL: table by table, counted and summed on both sides, in one
transaction on the side that is written."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from carepass_cli.errors import Refused, StoreUnavailable
from carepass_cli.files import Making
from carepass_cli.rules.hashes import blake2b
from carepass_cli.store.backup import note_head, put_copy, what_is_in
from carepass_cli.store.create import failed, publish
from carepass_cli.store.create import make_schema as make_file_schema
from carepass_cli.store.fresh import fresh_file
from carepass_cli.store.location import (
    connect_file,
    is_server,
    lock_wait,
    shown_location,
    sqlite_path,
    unusable,
)
from carepass_cli.store.opening import SqliteReader
from carepass_cli.store.port import Port, SqlitePort, quoted
from carepass_cli.store.reader import Reader, Row
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.tables import TABLES, row_class

# Tables whose rows are of up to 10 MB.
HEAVY = ("evidence_file",)


class Sum(NamedTuple):
    """How many rows a table has, and a checksum over all of them, whatever their order."""

    rows: int
    checksum: int


class Target(Protocol):
    """The side that is written, inside its one transaction."""

    port: Port

    def finish(self) -> None:
        """Whatever the engine needs before the commit."""
        ...


def copy_store(db: str, to: str) -> dict[str, object]:
    """Copy the store `db` to `to`, which must be empty or not there. Returns how much was copied.

    Raises Refused where `to` holds something, StoreUnavailable where one of them cannot be used or the
    two sides differ in the end; then nothing is kept.
    """
    with open_source(db) as source, _open_target(to) as target:
        rows = copy_tables(source, target)
    return {"from": shown_location(db), "to": shown_location(to), "tables": len(TABLES), "rows": rows}


def backup_server(db: str, making: Making, keep: int = 1) -> dict[str, object]:
    """Copy the store on a server into a SQLite file, and put it in place as `backup_file` does."""
    with open_source(db) as source:
        make_file_schema(making.path)
        with sqlite_target(making.path) as copy:
            copy_tables(source, copy)
        with closing(sqlite3.connect(making.path, isolation_level=None)) as copied:
            copied.execute("PRAGMA journal_mode=DELETE")
            note_head(copied)
            found = what_is_in(copied)
    put_copy(making, keep)
    return found


def copy_tables(source: Reader, target: Target) -> int:
    """Copy every table, parents before children, and compare the two sides; returns the number of rows."""
    port, rows = target.port, 0
    for name in TABLES:
        if next(iter(port.execute(f'SELECT 1 FROM "{name}" LIMIT 1', {})), None) is not None:
            raise _not_empty(f"there are rows in {name}")
    for name in TABLES:
        columns = table_of(row_class(name)).columns
        select = f'SELECT {quoted(columns)} FROM "{name}"'
        expected = _Summing(_stream(source.rows, name, select))
        port.insert(name, columns, expected)
        arrived = _Summing(_stream(lambda sql, **keys: iter(port.execute(sql, keys)), name, select))
        for _ in arrived:
            pass
        if arrived.sum != expected.sum:
            raise StoreUnavailable(
                f"{name} differs after copying: {expected.sum.rows} rows read, {arrived.sum.rows} there.",
                "Nothing was kept; try again.",
                code="copy-differs",
            )
        rows += expected.sum.rows
    target.finish()
    return rows


def _stream(rows_of: Callable[..., Iterator[Row]], name: str, select: str) -> Iterator[Row]:
    """The rows of a table; of one whose rows are heavy one at a time is in memory."""
    if name not in HEAVY:
        yield from rows_of(select)
        return
    for (key,) in list(rows_of(f'SELECT id FROM "{name}" ORDER BY id')):
        yield from rows_of(f"{select} WHERE id = :id", id=key)


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
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return bytes(value) if isinstance(value, memoryview) else value


class SqliteTarget:
    """A SQLite file, inside a transaction that holds the write lock."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.port: Port = SqlitePort(connection)

    def finish(self) -> None:
        if self._connection.execute("PRAGMA foreign_key_check").fetchone():
            raise _damaged()


class ServerTarget:
    """A database on a server, inside a transaction that holds the writer's place."""

    def __init__(self, port: Port) -> None:
        self.port = port

    def finish(self) -> None:
        self.port.resume_keys()


def _not_empty(why: str) -> Refused:
    return Refused(
        f"The store to copy to is not empty: {why}.",
        "Name a new file, or an empty database.",
        code="not-empty",
    )


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
        try:
            yield SqliteTarget(connection)
        except sqlite3.IntegrityError:
            # What the engine says holds people's data; the check tells where it is.
            raise _damaged() from None
        connection.execute("COMMIT")


@contextmanager
def _open_target(to: str) -> Iterator[Target]:
    if is_server(to):
        with _server_target(to) as on_server:
            yield on_server
        return
    path = sqlite_path(to)
    try:
        with sqlite_target(path) if path.exists() else _new_file(path) as on_file:
            yield on_file
    except sqlite3.Error as error:
        raise unusable(error, shown_location(to)) from error


@contextmanager
def _new_file(path: Path) -> Iterator[SqliteTarget]:
    """A file that is not there yet: it is, once all is in it."""
    with fresh_file(path, failed) as fresh:
        make_file_schema(fresh)
        with sqlite_target(fresh) as on_file:
            yield on_file
        if not publish(fresh, path):
            raise _not_empty(f"something came to {path}")


@contextmanager
def _server_target(to: str) -> Iterator[Target]:
    import psycopg

    from carepass_cli.store.server import (
        ServerPort,
        connect,
        make_schema,
        take_lock,
        unreachable,
        use_schema,
    )

    try:
        with connect(to) as connection, connection.transaction():
            make_schema(connection, to)
            use_schema(connection)
            take_lock(connection)
            try:
                yield ServerTarget(ServerPort(connection))
            except (psycopg.IntegrityError, psycopg.DataError):
                raise _damaged() from None
    except psycopg.Error as error:
        raise unreachable(error, shown_location(to)) from error


@contextmanager
def open_source(db: str) -> Iterator[Reader]:
    """The store as it is at one moment."""
    if is_server(db):
        from carepass_cli.store.server import open_server

        with closing(open_server(db)) as reader:
            yield reader
        return
    path = sqlite_path(db)
    with closing(connect_file(path, write=False, wait=lock_wait())) as connection:
        connection.execute("BEGIN")
        yield SqliteReader(connection, str(path))
