"""Making a store and bringing it up to date: the only place that runs migrations."""

import os
import sqlite3
from pathlib import Path
from secrets import token_hex

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.backup import remove_leftovers
from carepass_cli.store.location import APPLICATION_ID, unusable


def create_file(path: Path) -> bool:
    """Create an empty store at `path`: whole or not at all. False where another process was first.

    The folder is made where it is missing. Raises StoreUnavailable where the place cannot be written.
    """
    # Not the process's number: it comes again, and a killed process leaves its file behind.
    fresh = path.with_name(f".{path.name}.{token_hex(4)}.new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        remove_leftovers(path)
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            migrate_file(fresh)
            return _publish(fresh, path)
        finally:
            for left in (fresh, *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm", "-journal"))):
                left.unlink(missing_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"The store {path} cannot be created: {error.strerror}.",
            "Check the folder and its permissions, or give another --db.",
        ) from None
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise unusable(error.orig, str(path)) from error
        raise


def migrate_file(path: Path) -> None:
    """Bring the schema of the SQLite file at `path` up to date, in one transaction, and mark it ours."""
    engine = create_engine("sqlite://", creator=lambda: _raw(path), poolclass=NullPool)
    with engine.connect() as connection:
        # Batch migrations rebuild tables; with foreign keys on they would delete the rows below them.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        upgrade(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreUnavailable(
                f"The store {path} has {len(broken)} rows that refer to missing ones; it was left as it was.",
                "See which: carepass store check --full",
                code="store-damaged",
            )
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        connection.commit()
        connection.exec_driver_sql("PRAGMA journal_mode=WAL")


def upgrade(connection: Connection) -> None:
    """Run the migrations that are missing, on `connection`, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=30)


def _publish(fresh: Path, path: Path) -> bool:
    try:
        os.link(fresh, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        fresh.rename(path)
    return True
