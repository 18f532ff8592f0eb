"""The store itself: created, looked at, upgraded, backed up, restored, copied; on a file or on a server."""

from collections.abc import Callable
from pathlib import Path

from carepass_cli.errors import UsageError
from carepass_cli.store.backup import backup_file, making_backup
from carepass_cli.store.location import SCHEMA_HEAD, connect_file, is_server, shown_location, sqlite_path
from carepass_cli.store.queries.tables import count_rows, server_size
from carepass_cli.store.reader import Reader
from carepass_cli.store.unit import Work


def create_store(db: str) -> dict[str, object]:
    """Create the store where there is none. Raises StoreUnavailable where something else lies there."""
    made = _create(db)
    return {"result": "created" if made else "unchanged", "store": shown_location(db), "schema": SCHEMA_HEAD}


def store_warnings(open_store: Callable[[], Reader], db: str) -> list[str]:
    """What whoever sets a store up on a server should know. A file is not opened for it."""
    if not is_server(db):
        return []
    from carepass_cli.store.health import server_worries

    return [f"{finding}. {mend}" for _, finding, mend in server_worries(open_store()) if finding != "ok"]


def upgrade_store(work: Work) -> dict[str, object]:
    """Bring an older store's schema up to date, in one transaction: all or nothing."""
    db = work.db
    if is_server(db):
        from carepass_cli.store.server_upgrade import upgrade_on_server

        changed = upgrade_on_server(work)
    else:
        from carepass_cli.store.upgrade import upgrade_file

        changed = upgrade_file(sqlite_path(db), work)
    return {
        "result": "updated" if changed else "unchanged",
        "store": shown_location(db),
        "schema": SCHEMA_HEAD,
    }


def store_info(reader: Reader, db: str) -> dict[str, object]:
    """How large the store is and what is in it, whatever the day."""
    tables = {"accounts": "account", "homes": "home", "courses": "course", "assignments": "assignment",
              "completions": "completion", "changes": "change"}  # fmt: skip
    counts = {name: count_rows(reader, table) for name, table in tables.items()}
    on_server = is_server(db)
    size = server_size(reader) if on_server else sqlite_path(db).stat().st_size
    engine = "postgresql" if on_server else "sqlite"
    return {"store": shown_location(db), "engine": engine, "schema": SCHEMA_HEAD, "bytes": size, **counts}


def backup_store(db: str, file: Path, keep: int, *, force: bool = False) -> dict[str, object]:
    """Copy the store into `file`, verified; `keep` copies stay. Raises Refused, StoreUnavailable."""
    path = None if is_server(db) else sqlite_path(db)
    with making_backup(file, path, force=force) as making:
        there = making.target.exists()
        if path is None:
            from carepass_cli.store.transfer import backup_server

            found = backup_server(db, making, keep)
        else:
            found = backup_file(path, making, keep)
    return {"result": "updated" if there else "created", "file": str(file), **found}


def restore_store(db: str, file: Path, *, dry_run: bool = False) -> dict[str, object]:
    """Put a backup in the store's place; what it replaces is kept. Raises Refused, StoreUnavailable."""
    from carepass_cli.store.restore import restore_file

    if is_server(db):
        raise UsageError(
            "A backup cannot be restored onto a server as it is.",
            f"To take it to an empty database: carepass --db {file} store copy --to {shown_location(db)}",
        )
    path = sqlite_path(db)
    there = path.exists()
    found = restore_file(path, file, dry_run=dry_run)
    return {"result": "updated" if there else "created", "store": shown_location(db), **found}


def copy_to(db: str, to: str) -> dict[str, object]:
    """Copy the store to an empty place on either engine. Raises Refused, StoreUnavailable."""
    from carepass_cli.store.transfer import copy_store

    return {"result": "created", **copy_store(db, to)}


def _create(db: str) -> bool:
    if is_server(db):
        from carepass_cli.store.server import create_on_server

        return create_on_server(db)
    path = sqlite_path(db)
    if path.exists():
        connect_file(path, write=True).close()
        return False
    from carepass_cli.store.create import create_file

    return create_file(path)
