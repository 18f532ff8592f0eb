"""What was changed, removed or added past carepass is found in every table, and named."""

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.proof import verify_log
from carepass_cli.store.transfer import open_source
from tests.conftest import Carepass

pytestmark = pytest.mark.on_file


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample homes: a store with rows in most tables."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    Carepass(str(path))("demo")
    with closing(sqlite3.connect(path)) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def tables(path: Path) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    with closing(sqlite3.connect(path)) as store:
        named = [str(name) for (name,) in store.execute(sql)]
        return [name for name in named if store.execute(f'SELECT 1 FROM "{name}"').fetchone()]


def found(demo: Path, tmp_path: Path, sql: str, *values: Any) -> str:
    """What is said of a copy after the statement; nothing where it is not found, `?` where it is refused."""
    copy = tmp_path / "copy.db"
    shutil.copy(demo, copy)
    with closing(sqlite3.connect(copy, isolation_level=None)) as store:
        store.execute("PRAGMA ignore_check_constraints=ON")
        try:
            store.execute(sql, values)
        except sqlite3.IntegrityError:
            return "?"
    try:
        with open_source(str(copy)) as reader:
            verify_log(reader)
    except StoreUnavailable as error:
        return error.message
    return ""


def test_an_untouched_store_is_sound(demo: Path, tmp_path: Path) -> None:
    assert found(demo, tmp_path, "SELECT 1") == ""


def test_a_changed_and_a_removed_row_of_every_table_are_found(demo: Path, tmp_path: Path) -> None:
    for table in tables(demo):
        with closing(sqlite3.connect(demo)) as store:
            store.row_factory = sqlite3.Row
            row = store.execute(f'SELECT rowid AS at, * FROM "{table}" ORDER BY rowid DESC').fetchone()
        for column in row.keys()[1:]:
            value = row[column]
            other = {int: lambda v: v + 1, str: lambda v: f"{v}x", bytes: lambda v: v[1:] or b"x"}
            after = other[type(value)](value) if value is not None else "2020-01-01"
            said = found(
                demo, tmp_path, f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', after, row["at"]
            )
            assert said, (table, column)
        assert found(demo, tmp_path, f'DELETE FROM "{table}" WHERE rowid = ?', row["at"]), table


@pytest.mark.parametrize("table", ["completion", "waiver", "assignment", "message", "write_lock", "note"])
def test_an_added_row_is_named(demo: Path, tmp_path: Path, table: str) -> None:
    with closing(sqlite3.connect(demo)) as store:
        names = [row[1] for row in store.execute(f'PRAGMA table_info("{table}")')]
    copied = ", ".join("NULL" if name in ("id", "once_key") else f'"{name}"' for name in names)
    sql = f'INSERT INTO "{table}" SELECT {copied} FROM "{table}" LIMIT 1'
    if table == "write_lock":
        sql = "INSERT INTO write_lock DEFAULT VALUES"
    elif table == "note":
        sql = "INSERT INTO note (name, value) VALUES ('backup-head', '7:00')"
    elif table == "assignment":
        sql = sql.replace("LIMIT 1", "WHERE ended_on IS NOT NULL LIMIT 1")
    said = found(demo, tmp_path, sql)
    assert said == "?" or f"{table} " in said


def test_digits_that_were_flipped_are_all_found(demo: Path, tmp_path: Path) -> None:
    chance, flips = random.Random(1), 0
    with closing(sqlite3.connect(demo)) as store:
        while flips < 40:
            table = chance.choice(tables(demo))
            column = chance.choice([row[1] for row in store.execute(f'PRAGMA table_info("{table}")')])
            sql = f'SELECT rowid, "{column}" FROM "{table}" ORDER BY random() LIMIT 1'
            at, value = store.execute(sql).fetchone()
            digits = [place for place, sign in enumerate(str(value)) if sign.isdigit()]
            if isinstance(value, bytes) or not digits:
                continue
            place = chance.choice(digits)
            text = f"{str(value)[:place]}{(int(str(value)[place]) + 3) % 10}{str(value)[place + 1 :]}"
            after = int(text) if isinstance(value, int) else text
            said = found(demo, tmp_path, f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', after, at)
            assert said, (table, column, value, text)
            flips += said != "?"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON home BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE other (x)",
        "ALTER TABLE home ADD COLUMN other",
        "DROP INDEX ix_undo_step_change_id",
    ],
)
def test_a_foreign_schema_is_damage_to_every_read_and_to_restore(
    staff: Carepass, tmp_path: Path, sql: str
) -> None:
    copy = tmp_path / "copy"
    staff("store", "backup", str(copy))
    with closing(sqlite3.connect(copy)) as store:
        store.execute(sql)
        store.commit()
    for line in (("account", "list"), ("store", "check")):
        ran = Carepass(str(copy))(*line, "-o", "json", code=6)
        assert ran.error["code"] == "store-damaged"
    staff("store", "restore", str(copy), "--yes", code=6)


def test_a_backup_says_how_far_its_log_reaches(staff: Carepass, tmp_path: Path) -> None:
    copy = Carepass(str(tmp_path / "copy"))
    staff("store", "backup", copy.db)
    copy("audit", "verify")
    with closing(sqlite3.connect(copy.db)) as store:
        (noted,) = store.execute("SELECT value FROM note WHERE name = 'backup-head'").fetchone()
        head = staff.rows("audit", "head")
        assert noted == f"{head['entry']}:{head['hash']}"
        store.execute("DELETE FROM audit_entry WHERE id = (SELECT MAX(id) FROM audit_entry)")
        store.commit()
    assert "note 1" in copy("audit", "verify", code=6).err
