"""The schema: models and migrations say the same, and the database itself refuses what must not be."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, Inspector, create_engine, inspect

from carepass_cli.store import migrate
from carepass_cli.store.engine import open_engine
from carepass_cli.store.location import APPLICATION_ID, KNOWN_REVISIONS, SCHEMA_HEAD
from carepass_cli.store.tables import METADATA
from tests.conftest import Carepass, assign, course, person


@pytest.fixture
def migrated(db: Path) -> Iterator[Engine]:
    """An engine on a store that the migrations made."""
    engine = create_engine(f"sqlite:///{db}")
    yield engine
    engine.dispose()


@pytest.fixture
def modelled() -> Iterator[Engine]:
    """An engine on a database that the models made."""
    engine = create_engine("sqlite://")
    METADATA.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def flow(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a row in each table of the flow, made once."""
    path = tmp_path_factory.mktemp("flow") / "carepass.db"
    shutil.copy(template, path)
    carepass = Carepass(str(path))
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    carepass("role", "create", "maple-grove", "psw", "--name", "Personal support worker")
    course(carepass, "IPAC-101", "--validity-years", "1")
    carepass("requirement", "add", "IPAC-101", "--home", "maple-grove", "--role", "psw")
    person(carepass)
    assign(carepass, "1000")
    carepass("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "psw")
    carepass("cart", "add", "1000", "IPAC-101")
    carepass("cart", "submit", "1000")
    carepass("registration", "grant", "1/IPAC-101")
    carepass("registration", "complete", "1/IPAC-101")
    carepass("requirement", "waive", "1000", "IPAC-101", "--reason", "agreed")
    return path


@pytest.fixture
def by_hand(flow: Path) -> Iterator[sqlite3.Connection]:
    """Raw SQL on that store; nothing of it is kept."""
    with closing(sqlite3.connect(flow, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def test_the_newest_migration_is_the_one_that_the_program_knows() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [SCHEMA_HEAD]
    assert tuple(each.revision for each in reversed(list(script.walk_revisions()))) == KNOWN_REVISIONS


def test_alembic_finds_nothing_to_migrate(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) == []


def test_checks_keys_and_indexes_are_those_of_the_models(migrated: Engine, modelled: Engine) -> None:
    """What alembic does not compare: CHECKs, the conditions of partial indexes, nullability."""
    made, wanted = described(migrated), described(modelled)
    assert set(made) - set(wanted) == {"alembic_version"}
    for table, parts in wanted.items():
        assert made[table] == parts


def described(engine: Engine) -> dict[str, Any]:
    """Each table's parts as plain values."""
    look = inspect(engine)
    return {table: described_table(look, table) for table in look.get_table_names()}


def described_table(look: Inspector, table: str) -> dict[str, Any]:
    columns, keys = look.get_columns(table), look.get_foreign_keys(table)
    checks = look.get_check_constraints(table)
    indexes = [
        (each, each.get("dialect_options", {}).get("sqlite_where")) for each in look.get_indexes(table)
    ]
    return {
        "columns": {each["name"]: (str(each["type"]), each["nullable"]) for each in columns},
        "checks": sorted((each["name"], " ".join(each["sqltext"].split())) for each in checks),
        "foreign": sorted((each["constrained_columns"], each["referred_table"]) for each in keys),
        "unique": sorted(each["column_names"] for each in look.get_unique_constraints(table)),
        "primary": look.get_pk_constraint(table)["constrained_columns"],
        "indexes": sorted((i["name"], i["column_names"], i["unique"], str(where)) for i, where in indexes),
    }


def test_partial_indexes_are_partial_on_postgresql_too() -> None:
    """The models say it for SQLite alone (`models.index_where`); the migrations must say both."""
    for migration in (Path(migrate.__file__).parent / "migrations" / "versions").glob("0*.py"):
        text = migration.read_text(encoding="utf-8")
        assert text.count("sqlite_where") == text.count("postgresql_where")


def test_the_file_says_whose_it_is_and_is_ready_for_many(db: Path) -> None:
    with open_engine(db).connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("application_id", "journal_mode", "foreign_keys", "trusted_schema")
        }
    assert asked == {
        "application_id": APPLICATION_ID, "journal_mode": "wal", "foreign_keys": 1, "trusted_schema": 0
    }  # fmt: skip


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE account_version SET status = 'gone'",
        "UPDATE account_version SET status = NULL",
        "UPDATE account_version SET language = 'de'",
        "UPDATE account_version SET from_on = '21/11/2026'",
        "UPDATE account_identity SET birthdate = 'yesterday'",
        "UPDATE home_version SET approval = 'maybe'",
        "UPDATE home_version SET study_minutes_per_day = 0",
        "UPDATE course_version SET status = 'old'",
        "UPDATE course_version SET minutes = 0",
        "UPDATE course_version SET validity_years = -1",
        "UPDATE course_version SET price_cents = -1",
        "UPDATE requirement SET required_from = '2026'",
        "UPDATE waiver SET waived_until = 'for ever'",
        "UPDATE assignment SET ended_on = '2026-11-21', confirmed_on = NULL",
        "UPDATE decision SET decision = 'perhaps'",
        "UPDATE decision SET payer = 'nobody'",
        "UPDATE decision SET payer = NULL",
        "UPDATE registration SET payer = 'nobody'",
        "UPDATE registration SET completed_on = '2026-11-20'",
        "UPDATE completion SET expires_on = '2026-11-20'",
        "UPDATE completion SET completed_on = NULL",
        "UPDATE message SET queued_on = '1 May'",
        "UPDATE cart_line SET added_on = 20261121",
    ],
)
def test_a_check_refuses_what_must_not_be(by_hand: sqlite3.Connection, sql: str) -> None:
    table = sql.split()[1]
    assert by_hand.execute(f"SELECT COUNT(*) FROM {table}").fetchone() > (0,)
    with pytest.raises(sqlite3.IntegrityError, match=r"(CHECK|NOT NULL) constraint failed"):
        by_hand.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE assignment SET role_id = 99",
        "UPDATE completion SET account_id = 99",
        "UPDATE audit_entry SET change_id = 99",
        "DELETE FROM account WHERE id = 1",
        "DELETE FROM course",
    ],
)
def test_a_reference_points_somewhere(by_hand: sqlite3.Connection, sql: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
        by_hand.execute(sql)


@pytest.mark.parametrize(
    "table", ["account_version", "home_version", "role_version", "course_version", "requirement", "decision"]
)
def test_there_is_one_open_version(by_hand: sqlite3.Connection, table: str) -> None:
    columns = [name for _, name, *_ in by_hand.execute(f"PRAGMA table_info({table})") if name != "id"]
    listed = ", ".join(columns)
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE constraint failed"):
        by_hand.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {table} WHERE until_on IS NULL")
