"""Upgrading a SQLite store: backed up first, migrated in one transaction."""

import sqlite3
from contextlib import closing
from pathlib import Path

from carepass_cli.errors import StoreUnavailable
from carepass_cli.files import free_name
from carepass_cli.store.backup import copy_into
from carepass_cli.store.fresh import fresh_file
from carepass_cli.store.location import SCHEMA_HEAD, connect_file, unusable
from carepass_cli.store.migrate import migrate_file


def upgrade_file(path: Path) -> bool:
    """Bring the store at `path` up to date; False where it is already. The old one stays beside it as
    `NAME.before-REVISION-1`. Raises StoreUnavailable where it is not an older store of ours."""
    try:
        connect_file(path, write=True).close()
    except StoreUnavailable as error:
        if error.code != "store-outdated":
            raise
    else:
        return False
    backup = free_name(path, f"before-{SCHEMA_HEAD}")
    try:
        with closing(connect_file(path, write=False, outdated=True)) as source, fresh_file(backup) as fresh:
            copy_into(source, fresh)
            fresh.replace(backup)
        migrate_file(path)
    except sqlite3.Error as error:
        raise unusable(error, str(path)) from error
    return True
