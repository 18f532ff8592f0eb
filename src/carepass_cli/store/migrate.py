"""Bringing a schema up to date: the only place that runs migrations."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.location import APPLICATION_ID


def migrate_file(path: Path) -> None:
    """Bring the schema of the SQLite file at `path` up to date, in one transaction, and mark it ours."""
    engine = create_engine("sqlite://", creator=lambda: _raw(path), poolclass=NullPool)
    with engine.connect() as connection:
        # Batch migrations rebuild tables; with foreign keys on they would delete the rows below them.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrate(connection)
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


def migrate(connection: Connection) -> None:
    """Run the migrations that are missing, on `connection`, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _raw(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=30)
