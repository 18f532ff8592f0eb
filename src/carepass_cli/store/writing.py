"""The write door: one unit of work, on a SQLite file or on a server. Made where it is missing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import monotonic
from typing import TypeVar

from carepass_cli.errors import ExistsLater, StoreUnavailable
from carepass_cli.store.location import (
    connect_file,
    is_server,
    lock_wait,
    shown_location,
    sqlite_path,
    unusable,
)
from carepass_cli.store.port import Port, SqlitePort
from carepass_cli.store.sweeping import finish_erasure
from carepass_cli.store.unit import Unit, Work

# Milliseconds between two looks at the keyboard while another process holds the lock.
LOCK_MOMENT = 200
# KiB of the file in memory, at most: the rows of a batch go to indexes in no order, each to another page.
CACHE = 64_000

T = TypeVar("T")
Operation = Callable[[Unit], T]


def write(work: Work, operation: Operation[T]) -> T:
    """Run `operation` in one transaction and commit it; on any exception nothing is kept.

    The store is created where there is none. `operation` must be able to run again (a server may ask
    for that). Raises StoreUnavailable where the store cannot be written.
    """
    if is_server(work.db):
        from carepass_cli.store.server_unit import write_on_server

        return write_on_server(work, operation)
    path = sqlite_path(work.db)
    if work.dry_run and not path.exists():
        return rehearse(work, operation)
    _ensure_store(path, work)
    try:
        return write_file(path, work, _in_place(path, operation))
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error


def write_file(path: Path, work: Work, operation: Operation[T], *, durable: bool = True) -> T:
    """One unit of work on a SQLite store that exists and is ours.

    A commit is on the disk when it returns, unless `durable` is false.
    """
    with closing(connect_file(path, write=True, wait=lock_wait())) as connection:
        connection.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        connection.execute(f"PRAGMA cache_size=-{CACHE}")
        take_lock(connection)
        try:
            result, kept = run_unit(SqlitePort(connection), work, operation)
            connection.execute("COMMIT" if kept else "ROLLBACK")
            if kept:
                finish_erasure(connection, work.say)
        except sqlite3.IntegrityError:
            connection.execute("ROLLBACK")
            refuse_later(SqlitePort(connection), work)
            raise
        return result


def run_unit(port: Port, work: Work, operation: Operation[T]) -> tuple[T, bool]:
    """Run `operation` in the transaction under way; returns what it gave, and whether that is kept."""
    unit = Unit(port, work)
    result = operation(unit)
    if unit.kept:
        unit.finish()
    return result, unit.kept


def take_lock(connection: sqlite3.Connection) -> None:
    """Begin a transaction with the write lock, within `lock_wait()` seconds.

    The driver's own BEGIN takes the lock only with the first write: two processes that have both read would
    then lose one's work. SQLite's own wait is deaf to Ctrl-C, so it is asked for a moment at a time.
    """
    wait = lock_wait()
    last = monotonic() + wait
    connection.execute(f"PRAGMA busy_timeout={min(int(wait * 1000), LOCK_MOMENT)}")
    while True:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_BUSY" or monotonic() >= last:
                raise
        else:
            return


def refuse_later(port: Port, work: Work) -> None:
    """Tell a write as of an earlier day that what it would make is there since a later one."""
    day = work.clock.today
    later = port.execute("SELECT MAX(effective_on) FROM change WHERE effective_on > :day", {"day": day})
    ((last,),) = later
    if last is not None:
        raise ExistsLater(f"Something recorded for a day after {day} stands in the way.", last)


def rehearse(work: Work, operation: Operation[T]) -> T:
    """A dry run where there is no store yet: on an empty one that is thrown away."""
    from tempfile import TemporaryDirectory

    from carepass_cli.store.create import create_file

    work.say(f"There is no store at {shown_location(work.db)} yet; the first write creates it.")
    with TemporaryDirectory(prefix="carepass-") as folder:
        path = Path(folder) / "carepass.db"
        create_file(path)
        return write_file(path, work, operation, durable=False)


def _in_place(path: Path, operation: Operation[T]) -> Operation[T]:
    """`operation`, refused at its end where `path` no longer leads to the file that it began on: a share
    that was unmounted, or a folder that was moved, takes writes as if nothing had happened."""

    def run(unit: Unit) -> T:
        began = _file_at(path)
        result = operation(unit)
        if began is None or _file_at(path) != began:
            raise StoreUnavailable(
                f"The store {path} went away while it was written to.",
                "Nothing was written. Check its folder or share, then try again.",
                code="store-vanished",
            )
        return result

    return run


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file `path` leads to: its device and number; None where it leads to none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _ensure_store(path: Path, work: Work) -> None:
    """Create the store where there is none, and say so."""
    if path.exists():
        return
    from carepass_cli.store.create import create_file

    if create_file(path):
        work.say(f"Created the store {path}.")
