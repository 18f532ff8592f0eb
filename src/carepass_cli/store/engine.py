"""SQLite for the write door: an engine whose transactions begin with the write lock."""

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import NullPool

from carepass_cli.store.location import connect_file, lock_wait, shown_location
from carepass_cli.store.unit import Unit, Work, commit

# Milliseconds between two looks at the keyboard while another process holds the lock.
LOCK_MOMENT = 200

T = TypeVar("T")


@lru_cache(maxsize=1)
def open_engine(path: Path, *, durable: bool = True) -> Engine:
    """An engine on a SQLite store that exists and is ours. Transactions begin with the write lock.

    A commit is on the disk when it returns, unless `durable` is false. Who writes to one store again and
    again (mail, the demo) gets the same engine, which knows its statements; it holds no connection.
    """

    def connect() -> sqlite3.Connection:
        connection = connect_file(path, write=True, wait=lock_wait())
        connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    # The driver's own BEGIN takes the lock only with the first write: two processes that have both
    # read would then lose one's work. SQLite only: on PostgreSQL this is a syntax error.
    event.listen(engine, "begin", lambda begun: _take_lock(begun.connection.driver_connection))
    return engine


def _take_lock(driver: sqlite3.Connection) -> None:
    """Begin a transaction with the write lock, within `lock_wait()` seconds.

    SQLite's own wait is deaf to Ctrl-C, so it is asked for a moment at a time.
    """
    wait = lock_wait()
    last = monotonic() + wait
    driver.execute(f"PRAGMA busy_timeout={min(int(wait * 1000), LOCK_MOMENT)}")
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or monotonic() >= last:
                raise
        else:
            return


def rehearse(work: Work, operation: Callable[[Unit], T]) -> T:
    """A dry run where there is no store yet: on an empty one that is thrown away."""
    from tempfile import TemporaryDirectory

    from carepass_cli.store.create import create_file

    work.say(f"There is no store at {shown_location(work.db)} yet; the first write creates it.")
    with TemporaryDirectory(prefix="carepass-") as folder:
        path = Path(folder) / "carepass.db"
        create_file(path)
        return commit(open_engine(path, durable=False), work, operation)
