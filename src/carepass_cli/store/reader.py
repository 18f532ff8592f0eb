"""The read door: SQL text in, plain rows out. Opened read-only; needs no SQLModel.

Dates come out as ISO text and go in as ISO text on both engines, so that a query reads the same on both.
"""

import os
import sqlite3
from collections.abc import Iterator
from typing import Any, Protocol

from carepass_cli.errors import InvalidValue
from carepass_cli.store.location import (
    LOCK_WAIT_SECONDS,
    connect_file,
    is_server,
    shown_location,
    sqlite_path,
    unusable,
)

Row = tuple[Any, ...]


class Reader(Protocol):
    """Runs portable SQL with `:name` parameters."""

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """The rows, as a stream."""
        ...


class SqliteReader:
    """Reads a SQLite file through the standard library."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self.connection = connection
        self._where = where

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        try:
            yield from self.connection.execute(sql, params)
        except sqlite3.Error as error:
            raise unusable(error, self._where) from error


def open_reader(db: str) -> Reader:
    """Open the store for reading. Raises StoreUnavailable where it cannot be used."""
    if is_server(db):
        from carepass_cli.store.server import ServerReader

        return ServerReader(db)
    path = sqlite_path(db)
    return SqliteReader(connect_file(path, write=False, wait=lock_wait()), shown_location(str(path)))


def lock_wait() -> float:
    """Seconds to wait for another process's lock (`CAREPASS_LOCK_WAIT`, default 30)."""
    text = os.environ.get("CAREPASS_LOCK_WAIT", "")
    if not text:
        return LOCK_WAIT_SECONDS
    try:
        wait = float(text)
    except ValueError:
        wait = -1.0
    if not 0 <= wait <= 3600:
        raise InvalidValue(f"CAREPASS_LOCK_WAIT '{text[:40]}' is not a number of seconds.", "Write 0 to 3600.")
    return wait
