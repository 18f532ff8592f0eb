"""Where the store lies and whether it can be used, told before anything heavy is imported."""

import os
import shlex
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from carepass_cli.errors import CarepassError, InvalidValue, StoreUnavailable, UsageError
from carepass_cli.files import files_in_the_making, real_path

# "CPAS": tells our files from any other SQLite file.
APPLICATION_ID = 0x43504153
# The schema of this program.
SCHEMA_HEAD = "0002"
# Revisions that this program knows, oldest first.
KNOWN_REVISIONS = ("0001", "0002")
LOCK_WAIT_SECONDS = 30.0

UPGRADE_HINT = "Run: carepass store upgrade"


def is_url(db: str) -> bool:
    """Whether `--db` names a database server and not a file."""
    return "://" in db


def sqlite_path(db: str) -> Path:
    """The file that `--db` names, `sqlite:///` URLs included, links resolved: what lies beside the store lies
    beside the file itself. Raises UsageError for an empty name."""
    name = db.removeprefix("sqlite:///") if db.startswith("sqlite:///") else db
    if not name or name == ":memory:":
        raise UsageError("--db names no file.", "Give a path, as in --db carepass.db.")
    return real_path(name)


def is_server(db: str) -> bool:
    """Whether the store is on PostgreSQL; raises UsageError for any other kind of URL."""
    if not is_url(db) or db.startswith("sqlite:///"):
        return False
    scheme = db.partition("://")[0]
    if scheme not in ("postgresql", "postgresql+psycopg", "postgres"):
        raise UsageError(
            f"--db '{scheme}://' is not a kind of store that carepass knows.",
            "Give a path, or postgresql+psycopg://user@host/database.",
        )
    return True


def server_url(db: str) -> str:
    """The URL with the one driver that carepass uses."""
    from carepass_cli.store.url import split_url

    return split_url(db)._replace(scheme="postgresql+psycopg").encoded()


def shown_location(db: str) -> str:
    """The place of a store or of a mail server, without a password or another secret."""
    if not is_url(db) or db.startswith("sqlite:///"):
        return db
    from carepass_cli.store.url import split_url

    return split_url(db).shown()


def connect_file(
    path: Path, *, write: bool, wait: float = LOCK_WAIT_SECONDS, outdated: bool = False
) -> sqlite3.Connection:
    """Open the store's file, which must exist and be ours. Raises StoreUnavailable otherwise.

    `wait` is how long, in seconds, to wait for another process's lock; `outdated` takes the schemas of
    older programs too.
    """
    _look(path)
    if write:
        _refuse_second_name(path)
    mode = "rw" if write else "ro"
    try:
        connection = _open(path, f"mode={mode}", wait)
        try:
            revision = check_ours(connection, path)
        except sqlite3.OperationalError as error:
            connection.close()
            # A WAL file in a folder that cannot be written to: nobody writes, so it is as it lies.
            locked = error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
            if write or locked or path.with_name(path.name + "-wal").exists():
                raise
            connection = _open(path, "mode=ro&immutable=1", wait)
            revision = check_ours(connection, path)
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error
    if not (outdated and revision in KNOWN_REVISIONS):
        check_revision(revision, str(path))
    check_schema(connection, revision, str(path))
    return connection


def _look(path: Path) -> None:
    try:
        if path.is_dir():
            raise StoreUnavailable(f"{path} is a folder, not a store.", "Name a file.", code="store-not-ours")
        size = path.stat().st_size
    except FileNotFoundError:
        raise StoreUnavailable(
            f"There is no store at {path}.",
            f"Create it: carepass --db {shlex.quote(str(path))} init",
            code="store-missing",
        ) from None
    except OSError as error:
        raise StoreUnavailable(
            f"The store {path} cannot be reached: {error.strerror}.", "Check the path and its permissions."
        ) from None
    if size == 0:
        raise StoreUnavailable(
            f"{path} is an empty file, not a carepass store.",
            "Remove it and run 'carepass init', or restore a backup.",
            code="store-not-ours",
        )


def _refuse_second_name(path: Path) -> None:
    """Raise StoreUnavailable (`linked-store`) for a file with a second hard link: SQLite keeps a log beside
    each name, and what one holds the other does not know."""
    if path.stat().st_nlink > 1:
        for left in files_in_the_making(path.parent):
            if left.exists() and left.samefile(path):  # a store that was being made when a run was killed
                left.unlink(missing_ok=True)
    if path.stat().st_nlink > 1:
        raise StoreUnavailable(
            f"The store {path} has a second name (a hard link), and is not written under either.",
            "Remove the other name, or make this one a file of its own while nobody uses it: "
            f"cp '{path}' '{path}.own' && mv '{path}.own' '{path}'",
            code="linked-store",
        )


def _open(path: Path, query: str, wait: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{query}", uri=True, timeout=wait, isolation_level=None
    )
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA foreign_keys=ON")
    return connection


def check_ours(connection: sqlite3.Connection, path: Path) -> str | None:
    """The store's schema revision; raises StoreUnavailable where the file is another program's."""
    (application_id,) = connection.execute("PRAGMA application_id").fetchone()
    if application_id != APPLICATION_ID:
        raise StoreUnavailable(
            f"{path} is a database, but not a carepass store.",
            "Check --db or CAREPASS_DB; carepass leaves it as it is.",
            code="store-not-ours",
        )
    return one_revision(connection.execute("SELECT version_num FROM alembic_version").fetchall(), str(path))


def one_revision(rows: Sequence[tuple[str]], where: str) -> str | None:
    """The schema's revision, from the rows of the table that tells it; None where there is no row. Raises
    StoreUnavailable (`store-damaged`) where there are several."""
    if len(rows) > 1:
        told = ", ".join(sorted(str(row[0]) for row in rows))
        raise StoreUnavailable(
            f"The store {where} has {len(rows)} rows in alembic_version ({told}), and not the one.",
            "Restore a backup: carepass store restore FILE",
            code="store-damaged",
        )
    return rows[0][0] if rows else None


def check_schema(connection: sqlite3.Connection, revision: str | None, where: str) -> None:
    """Raise StoreUnavailable (`store-damaged`) where the schema has what carepass did not make."""
    from carepass_cli.store.shape import check_code, check_shape

    if revision == SCHEMA_HEAD:
        check_shape(connection, where)
    else:
        check_code(connection, where)


def check_revision(revision: str | None, where: str) -> None:
    """Raise StoreUnavailable unless the store's schema is this program's."""
    if revision == SCHEMA_HEAD:
        return
    if revision is None:
        raise _incomplete(where)
    if revision in KNOWN_REVISIONS:
        raise StoreUnavailable(
            f"The store {where} was made by an older carepass.", UPGRADE_HINT, code="store-outdated"
        )
    raise StoreUnavailable(
        f"The store {where} was made by a newer carepass (schema {revision}).",
        "Use that version, or a newer one.",
        code="store-newer",
    )


def _incomplete(where: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"The store {where} is incomplete: alembic_version has no row.",
        "Restore a backup: carepass store restore FILE",
        code="store-damaged",
    )


def _damaged(where: str) -> StoreUnavailable:
    return StoreUnavailable(
        f"The store {where} is damaged.",
        "Restore a backup: carepass store restore FILE",
        code="store-damaged",
    )


FAILURES = {
    "SQLITE_BUSY": ("store-locked", "is locked by another program", "Wait for it to finish and try again."),
    "SQLITE_LOCKED": ("store-locked", "is locked by another program", "Wait for it to finish and try again."),
    "SQLITE_READONLY": ("store-read-only", "is read-only", "Allow writing to the file and its folder."),
    "SQLITE_CANTOPEN": ("store-unreadable", "cannot be opened", "Check the path and its permissions."),
    "SQLITE_PERM": ("store-unreadable", "cannot be opened", "Check the path and its permissions."),
    "SQLITE_NOTADB": (
        "store-not-ours",
        "is not a carepass store",
        "Check --db; restore a backup if it was one.",
    ),
    "SQLITE_CORRUPT": ("store-damaged", "is damaged", "Restore a backup: carepass store restore FILE"),
    "SQLITE_FULL": ("store-full", "has no room left on its disk", "Free some space; nothing was written."),
    "SQLITE_IOERR": ("store-io", "cannot be read or written", "Check the disk; nothing was written."),
}


def unusable(error: sqlite3.Error, where: str) -> CarepassError | sqlite3.Error:
    """The StoreUnavailable that a driver's error means; the error itself where it is our own mistake."""
    name = getattr(error, "sqlite_errorname", "") or ""
    for prefix, (code, fact, hint) in FAILURES.items():
        if name.startswith(prefix):
            return StoreUnavailable(f"The store {where} {fact}.", hint, code=code)
    if "no such table: alembic_version" in str(error):
        return _incomplete(where)
    if str(error).startswith("Could not decode to UTF-8"):
        return _damaged(where)
    return error


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
        raise InvalidValue(
            f"CAREPASS_LOCK_WAIT '{text[:40]}' is not a number of seconds.", "Write 0 to 3600."
        )
    return wait
