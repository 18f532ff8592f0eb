"""Upgrading a SQLite store: backed up first, migrated in one transaction."""

import sqlite3
from contextlib import closing
from pathlib import Path

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.create import migrate_file
from carepass_cli.store.location import SCHEMA_HEAD, connect_file, unusable


def upgrade_file(path: Path) -> bool:
    """Bring the store at `path` up to date; False where it is already. The old one stays beside it as
    `NAME.before-REVISION`. Raises StoreUnavailable where it is not an older store of ours."""
    try:
        connect_file(path, write=True).close()
    except StoreUnavailable as error:
        if error.code != "store-outdated":
            raise
    else:
        return False
    backup = path.with_name(f"{path.name}.before-{SCHEMA_HEAD}")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(backup)) as copy:
            source.backup(copy)
        migrate_file(path)
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error
    return True
