"""Putting a backup in the store's place: verified first, all or nothing, and what it replaces is kept."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from carepass_cli.errors import Refused, StoreUnavailable
from carepass_cli.files import alone_in, free_name, move_logs_aside, prune_names, put_in_place, real_path
from carepass_cli.store.backup import copy_into, verify, what_is_in
from carepass_cli.store.fresh import fresh_file, unwritable
from carepass_cli.store.location import connect_file, lock_wait, unusable

# Pages a step. An empty store has more: the first step takes the write lock and does not finish.
STEP = 16
# What a restore replaces stays as `NAME.before-restore-1`, `-2` ...; the newest so many.
KEPT = "before-restore"
KEPT_MOST = 3
# What is wrong with a store that a backup may replace; any other trouble (a lock, a foreign file) may not.
DAMAGED = ("store-damaged", "store-missing")


def restore_file(path: Path, backup: Path, *, dry_run: bool = False) -> dict[str, object]:
    """Make the store at `path` what the backup is. Other processes go on: before it, or after it.

    What was there stays beside it as `NAME.before-restore-1`, `-2` ..., the newest three of them. Killed at
    any moment, the store is the old one or the new one. Returns what is in it, and `kept`, the old one's
    place. A dry run only verifies the backup. Raises StoreUnavailable where one of the two cannot be used.
    """
    with closing(_open_backup(path, backup)) as source:
        try:
            verify(source, backup)
            found = what_is_in(source)
            kept = None if dry_run else _restore(path, source)
            if kept:
                prune_names(path, KEPT, KEPT_MOST)
        except sqlite3.Error as error:
            raise unusable(error, str(path)) from error
    return {**found, "kept": str(kept) if kept else None}


def _open_backup(path: Path, backup: Path) -> sqlite3.Connection:
    backup = real_path(backup)
    if not backup.exists():
        raise StoreUnavailable(f"There is no backup at {backup}.", "Check the path.", code="backup-missing")
    if path.exists() and backup.samefile(path):
        raise Refused(f"{backup} is the store itself.", "Name a backup of it.", code="not-a-backup")
    return connect_file(backup, write=False, outdated=True)


def _restore(path: Path, source: sqlite3.Connection) -> Path | None:
    if not _is_sound(path):
        return _put_beside(path, source)
    return overwrite(path, source, KEPT)


def _is_sound(path: Path) -> bool:
    """Whether SQLite can work on what is there; raises StoreUnavailable where it must be left alone."""
    if path.is_file() and path.stat().st_size == 0:
        return False
    try:
        with closing(connect_file(path, write=True, wait=lock_wait(), outdated=True)) as store:
            verify(store, path)
    except StoreUnavailable as error:
        if error.code in DAMAGED or _is_no_database(path):
            return False
        raise
    except sqlite3.DatabaseError as error:
        told = unusable(error, str(path))
        if isinstance(told, StoreUnavailable) and told.code in DAMAGED:
            return False
        raise
    return True


def _is_no_database(path: Path) -> bool:
    """Whether the file has lost even SQLite's header: it cannot be told from a store, and is kept aside."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return not file.read(16).startswith(b"SQLite format 3\0")


def overwrite(
    path: Path,
    source: sqlite3.Connection,
    kept_as: str,
    check: Callable[[sqlite3.Connection], None] = lambda _: None,
) -> Path:
    """Write `source` over the store in one transaction of SQLite's own, under the store's write lock.

    What was there is kept whole as `NAME.KEPT_AS-1` first; `check` is asked about it once nobody can write to
    it any more, and what it raises leaves the store as it is. Returns the place of what was kept.
    """
    kept: list[Path] = []
    with (
        closing(connect_file(path, write=True, wait=lock_wait(), outdated=True)) as store,
        closing(connect_file(path, write=False, wait=lock_wait(), outdated=True)) as before,
    ):
        store.execute("PRAGMA journal_mode=WAL")
        store.execute("PRAGMA synchronous=FULL")

        def keep(status: int, _remaining: int, _total: int) -> None:
            if status == sqlite3.SQLITE_BUSY:
                raise StoreUnavailable(
                    f"The store {path} is locked by another program.",
                    "Wait for it to finish and try again.",
                    code="store-locked",
                )
            # Nobody can write now, and readers still see what is about to be replaced.
            if not kept:
                check(before)
                place = free_name(path, kept_as)
                with fresh_file(place) as fresh:
                    copy_into(before, fresh)
                    put_in_place(fresh, place)
                kept.append(place)

        source.execute("BEGIN")
        source.backup(store, pages=STEP, progress=keep)
    return kept[0]


def _put_beside(path: Path, source: sqlite3.Connection) -> Path | None:
    """Where there is no store, or none that SQLite can work on: put the backup's file in its place."""
    kept = None
    with fresh_file(path) as fresh:
        copy_into(source, fresh)
        with closing(sqlite3.connect(fresh)) as copy:
            copy.execute("PRAGMA journal_mode=WAL")
        try:
            with alone_in(path.parent):
                if path.exists():
                    kept = _keep_damaged(path)
                move_logs_aside(path, kept)
                put_in_place(fresh, path)
        except OSError as error:
            raise unwritable(path, error) from None
    return kept


def _keep_damaged(path: Path) -> Path:
    """A copy of the file at `path`, as it lies. No link: a store with two names is not written."""
    kept = free_name(path, KEPT)
    with fresh_file(kept) as fresh:
        shutil.copyfile(path, fresh)
        put_in_place(fresh, kept)
    return kept
