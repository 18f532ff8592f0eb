"""Making a store on a SQLite file, from the schema's SQL that lies ready (`ddl`)."""

import sqlite3
from contextlib import closing
from pathlib import Path

from carepass_cli.errors import StoreUnavailable
from carepass_cli.files import alone_in, move_logs_aside, put_in_place
from carepass_cli.store.ddl import read_ddl
from carepass_cli.store.fresh import fresh_file
from carepass_cli.store.location import APPLICATION_ID, unusable


def create_file(path: Path) -> bool:
    """Create an empty store at `path`: whole or not at all. False where another process was first.

    The folder is made where it is missing. Raises StoreUnavailable where the place cannot be written.
    """
    try:
        with fresh_file(path, failed) as fresh:
            make_schema(fresh)
            return publish(fresh, path)
    except OSError as error:
        raise failed(path, error) from None
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error


def make_schema(path: Path) -> None:
    """Make the tables in the empty file at `path`, and mark it as a store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(f"BEGIN IMMEDIATE;\n{read_ddl('sqlite')}\nCOMMIT;")
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode=WAL")


def failed(path: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"The store {path} cannot be created: {error.strerror}.",
        "Check the folder and its permissions, or give another --db.",
    )


def publish(fresh: Path, path: Path) -> bool:
    """Give a new store its place; False where there is something by now."""
    with alone_in(path.parent):
        if path.exists():
            return False
        # A log that an earlier store left would be played into this one.
        move_logs_aside(path)
        try:
            put_in_place(fresh, path, new=True)
        except FileExistsError:
            return False
    return True
