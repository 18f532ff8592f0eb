"""Making a store on a SQLite file."""

import os
import sqlite3
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.fresh import fresh_file
from carepass_cli.store.location import unusable
from carepass_cli.store.migrate import migrate_file


def create_file(path: Path) -> bool:
    """Create an empty store at `path`: whole or not at all. False where another process was first.

    The folder is made where it is missing. Raises StoreUnavailable where the place cannot be written.
    """
    try:
        with fresh_file(path, _failed) as fresh:
            migrate_file(fresh)
            return _publish(fresh, path)
    except OSError as error:
        raise _failed(path, error) from None
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise unusable(error.orig, str(path)) from error
        raise


def _failed(path: Path, error: OSError) -> StoreUnavailable:
    return StoreUnavailable(
        f"The store {path} cannot be created: {error.strerror}.",
        "Check the folder and its permissions, or give another --db.",
    )


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
