"""Opening the read door: on a SQLite file through the standard library, else through the server's driver."""

import sqlite3
from collections.abc import Iterator
from typing import Any, TypeVar

from carepass_cli.store.location import (
    connect_file,
    is_server,
    lock_wait,
    shown_location,
    sqlite_path,
    unusable,
)
from carepass_cli.store.port import SqlitePort
from carepass_cli.store.reader import Reader, Row
from carepass_cli.store.records import read_records

R = TypeVar("R", bound=tuple[Any, ...])


class SqliteReader:
    """Reads a SQLite file through the standard library."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self.connection = connection
        self._port = SqlitePort(connection)
        self._where = where

    def select(self, kind: type[R], sql: str, **params: object) -> Iterator[R]:
        try:
            yield from read_records(kind, self._port.execute(sql, params))
        except sqlite3.Error as error:
            raise unusable(error, self._where) from error

    def values(self, sql: str, **params: object) -> Iterator[Any]:
        return (value for (value,) in self.rows(sql, **params))

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        try:
            yield from self._port.execute(sql, params)
        except sqlite3.Error as error:
            raise unusable(error, self._where) from error

    def listed(self, name: str, **columns: str) -> str:
        return self._port.listed(name, columns)


def find_reader(db: str) -> Reader | None:
    """As `open_reader`; None where there is no store yet."""
    if not is_server(db) and not sqlite_path(db).exists():
        return None
    return open_reader(db)


def open_reader(db: str, *, wait: float | None = None) -> Reader:
    """Open the store for reading. Raises StoreUnavailable where it cannot be used.

    `wait` is how long, in seconds, to wait for another process's lock (else CAREPASS_LOCK_WAIT).
    """
    wait = lock_wait() if wait is None else wait
    if is_server(db):
        from carepass_cli.store.server import open_server

        return open_server(db)
    path = sqlite_path(db)
    return SqliteReader(connect_file(path, write=False, wait=wait), shown_location(str(path)))
