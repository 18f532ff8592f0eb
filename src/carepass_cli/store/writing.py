"""Opening the write door: one unit of work on a SQLite file, else on a server."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import DBAPIError

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.engine import open_engine, rehearse
from carepass_cli.store.location import is_server, sqlite_path, unusable
from carepass_cli.store.unit import Unit, Work, commit

T = TypeVar("T")


def write(work: Work, operation: Callable[[Unit], T]) -> T:
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
        return commit(open_engine(path), work, _in_place(path, operation))
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise unusable(error.orig, str(path)) from error
        raise
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error


def _in_place(path: Path, operation: Callable[[Unit], T]) -> Callable[[Unit], T]:
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
