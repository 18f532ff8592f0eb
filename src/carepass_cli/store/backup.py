"""Copies of a SQLite store: made while others write, verified before anybody relies on them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from carepass_cli.errors import Refused, StoreUnavailable
from carepass_cli.store.fresh import fresh_file, unwritable
from carepass_cli.store.location import APPLICATION_ID, check_ours, connect_file, lock_wait, unusable

# What `store backup` and `store restore` say is in a copy.
COUNTED = {"accounts": "account", "completions": "completion", "changes": "change"}


def backup_file(path: Path, target: Path, keep: int = 1) -> dict[str, object]:
    """Copy the store at `path` to `target` while others go on writing, verify the copy, put it in place.

    The newest `keep` copies stay: `target`, `target.1`, `target.2` ... Returns what is in the copy.
    Raises Refused where `target` is the store itself or a file that is no store of carepass,
    StoreUnavailable where it cannot be written.
    """
    check_target(target, path)
    with closing(connect_file(path, write=False, wait=lock_wait())) as source, fresh_file(target) as fresh:
        try:
            found = copy_into(source, fresh)
        except sqlite3.Error as error:
            raise unusable(error, str(path)) from error
        put_in_place(fresh, target, keep)
    return found


def check_target(target: Path, path: Path | None = None) -> None:
    """Raise Refused unless a backup (of the store at `path`) may be put at `target`."""
    if not target.exists():
        return
    if path is not None and path.exists() and target.samefile(path):
        raise Refused(f"{target} is the store itself.", "Name another file.", code="not-a-backup")
    if target.is_dir() or not is_ours(target):
        raise Refused(
            f"{target} is there already, and is no backup of carepass.",
            "Name another file; carepass leaves this one as it is.",
            code="not-a-backup",
        )


def copy_into(source: sqlite3.Connection, fresh: Path) -> dict[str, object]:
    """Copy what `source` holds now into the empty file `fresh`, and verify the copy.

    Returns what is in it. The copy is one file: it needs no -wal beside it.
    """
    source.execute("BEGIN")  # one moment, for the counts and for the copy
    with closing(sqlite3.connect(fresh, isolation_level=None)) as copy:
        expected = _row_counts(source)
        source.backup(copy)
        source.execute("ROLLBACK")
        copy.execute("PRAGMA journal_mode=DELETE")
        verify(copy, fresh)
        if _row_counts(copy) != expected:
            raise StoreUnavailable(
                "The copy does not hold as many rows as the store.", "Try again.", code="copy-differs"
            )
        return what_is_in(copy)


def verify(connection: sqlite3.Connection, path: Path) -> None:
    """Raise StoreUnavailable unless a copy is ours and every page of it can be read."""
    check_ours(connection, path)
    (told,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if told != "ok":
        raise StoreUnavailable(f"{path} is damaged.", "Use another backup.", code="store-damaged")


def is_ours(path: Path) -> bool:
    """Whether a file is a store of carepass, whatever its state: read off SQLite's header."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return header.startswith(b"SQLite format 3\0") and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def what_is_in(connection: sqlite3.Connection) -> dict[str, object]:
    """How much a copy holds, and up to when."""
    found: dict[str, object] = {
        name: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for name, table in COUNTED.items()
    }
    newest = connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
    return {**found, "newest_change_at": newest[0] if newest else None}


def put_in_place(fresh: Path, target: Path, keep: int) -> None:
    """Name the finished copy `target`, after moving older copies on; `target` is whole at every moment."""
    try:
        _sync(fresh)
        if keep > 1 and target.exists():
            _move_on(target, keep)
        fresh.replace(target)
        for number in _beyond(target, keep):
            numbered(target, number).unlink()
        _sync(target.parent)
    except OSError as error:
        raise unwritable(target, error) from None


def numbered(target: Path, number: int) -> Path:
    """An older copy's name."""
    return target.with_name(f"{target.name}.{number}")


def _move_on(target: Path, keep: int) -> None:
    # Up to the first free number only: a gap that a killed run left costs no copy.
    taken = range(1, keep - 1)
    free = next((number for number in taken if not numbered(target, number).exists()), keep - 1)
    for number in range(free, 1, -1):
        numbered(target, number - 1).replace(numbered(target, number))
    first = numbered(target, 1)
    first.unlink(missing_ok=True)
    try:
        os.link(target, first)
    except OSError:  # a file system without links
        target.rename(first)


def _beyond(target: Path, keep: int) -> Iterator[int]:
    number = max(keep, 1)
    while numbered(target, number).exists() and is_ours(numbered(target, number)):
        yield number
        number += 1


def _row_counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [
        (name, connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])
        for (name,) in names
        if not name.startswith("sqlite_")
    ]


def _sync(path: Path) -> None:
    if os.name == "nt":  # folders cannot be opened there, and renames are durable
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
