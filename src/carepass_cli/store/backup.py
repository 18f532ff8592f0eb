"""Copies of a SQLite store: made while others write, verified before anybody relies on them."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from carepass_cli import files
from carepass_cli.errors import Refused, StoreUnavailable
from carepass_cli.files import (
    Kind,
    Making,
    alone_in,
    is_live,
    is_stream,
    move_logs_aside,
    real_path,
)
from carepass_cli.store.fresh import unwritable
from carepass_cli.store.location import APPLICATION_ID, check_ours, connect_file, lock_wait, unusable

# What `store backup` and `store restore` say is in a copy.
COUNTED = {"accounts": "account", "completions": "completion", "changes": "change"}


def backup_file(path: Path, making: Making, keep: int = 1) -> dict[str, object]:
    """Copy the store at `path` into `making` while others go on writing, verify the copy, put it in place.

    The newest `keep` copies stay: FILE, FILE.1, FILE.2 ... Returns what is in the copy.
    Raises Refused where an older copy's name is another file's, StoreUnavailable where something cannot
    be read or written.
    """
    with closing(connect_file(path, write=False, wait=lock_wait())) as source:
        try:
            found = copy_into(source, making.path)
        except sqlite3.Error as error:
            raise unusable(error, str(path)) from error
    put_copy(making, keep)
    return found


def making_backup(file: str | Path, path: Path | None, *, force: bool = False) -> Making:
    """A backup (of the store at `path`) on its way to FILE. Raises Refused (`file-exists`) where FILE is
    the store itself, another store in use, or any other file."""
    if path is not None and path.exists() and not is_stream(file) and real_path(file) == path:
        raise Refused(f"{file} is the store itself.", "Name another file.", code="file-exists")
    return Making(file, BACKUP, force=force, failed=unwritable, folders=True)


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
        found = _row_counts(copy)
        note_head(copy)
        if found != expected:
            raise StoreUnavailable(
                "The copy does not hold as many rows as the store.", "Try again.", code="copy-differs"
            )
        return what_is_in(copy)


def note_head(copy: sqlite3.Connection) -> None:
    """Write into a copy how far its audit log reaches: a log that ends before is not whole."""
    if not copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'note'").fetchone():
        return  # a store of version 0.1
    copy.execute("DELETE FROM note WHERE name = 'backup-head'")
    sql = "SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"
    if head := copy.execute(sql).fetchone():
        value = f"{head[0]}:{head[1].hex()}"
        copy.execute("INSERT INTO note (name, value) VALUES ('backup-head', ?)", (value,))


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


BACKUP = Kind("backup of carepass", is_ours)


def what_is_in(connection: sqlite3.Connection) -> dict[str, object]:
    """How much a copy holds, and up to when."""
    found: dict[str, object] = {
        name: connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        for name, table in COUNTED.items()
    }
    newest = connection.execute("SELECT at FROM change ORDER BY id DESC LIMIT 1").fetchone()
    return {**found, "newest_change_at": newest[0] if newest else None}


def put_copy(making: Making, keep: int) -> None:
    """Put the finished copy in place, after moving older copies on; FILE is whole at every moment.

    Raises Refused (`file-exists`) where an older copy would go to the name of something else.
    """
    if making.stream:
        making.keep()
    else:
        put_in_place(making.path, making.target, keep)


def put_in_place(fresh: Path, target: Path, keep: int) -> None:
    """Put the finished copy `fresh` at `target`, as `put_copy` does."""
    for number in range(1, min(keep, _first_free(target, keep) + 1)):
        files.check_target(numbered(target, number), BACKUP)
    try:
        with alone_in(target.parent):
            # Beside a backup there is no log: it would be played into this one.
            move_logs_aside(target)
            if keep > 1 and target.exists():
                _move_on(target, keep)
            files.put_in_place(fresh, target)
            for number in _beyond(target, keep):
                numbered(target, number).unlink()
            files.sync(target.parent)
    except OSError as error:
        raise unwritable(target, error) from None


def numbered(target: Path, number: int) -> Path:
    """An older copy's name."""
    return target.with_name(f"{target.name}.{number}")


def _first_free(target: Path, keep: int) -> int:
    """The first number of an older copy that is not taken, `keep` - 1 where all are."""
    taken = range(1, keep - 1)
    return next((number for number in taken if not numbered(target, number).exists()), keep - 1)


def _move_on(target: Path, keep: int) -> None:
    # Up to the first free number only: a gap that a killed run left costs no copy.
    for number in range(_first_free(target, keep), 1, -1):
        numbered(target, number - 1).replace(numbered(target, number))
    first = numbered(target, 1)
    first.unlink(missing_ok=True)
    try:
        os.link(target, first)
    except OSError:  # a file system without links
        target.rename(first)


def _beyond(target: Path, keep: int) -> Iterator[int]:
    number = max(keep, 1)
    while is_ours(numbered(target, number)) and not is_live(numbered(target, number)):
        yield number
        number += 1


def _row_counts(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return [
        (name, connection.execute(f'SELECT COUNT(*) FROM "{name}"').fetchone()[0])
        for (name,) in names
        if not name.startswith("sqlite_")
    ]
