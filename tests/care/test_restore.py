"""`store restore`: verified first, all or nothing, and what it replaces is kept."""

import sqlite3
from pathlib import Path

import pytest

from tests.care.test_backup import damage, people
from tests.conftest import Carepass, person

pytestmark = pytest.mark.on_file


@pytest.fixture
def backup(staff: Carepass, tmp_path: Path) -> Path:
    """A backup of a store with one person; the store has a second one since."""
    copy = tmp_path / "copy"
    staff("store", "backup", str(copy))
    person(staff, "Ana", "Doe", "ana@example.org")
    return copy


def test_the_store_is_what_the_backup_was(staff: Carepass, backup: Path) -> None:
    kept = Path(staff.db + ".before-restore-1")
    made = staff.rows("store", "restore", str(backup), "--yes")
    assert (made["result"], made["accounts"], made["kept"]) == ("updated", 1, str(kept))
    assert [row["portal_id"] for row in staff.rows("account", "list")] == ["1000"]
    assert len(Carepass(str(kept)).rows("account", "list")) == 2
    assert kept.stat().st_mode & 0o777 == 0o600
    staff("store", "check", "--full")


def test_the_restored_store_is_written_on(staff: Carepass, backup: Path) -> None:
    staff("store", "restore", str(backup), "--yes")
    person(staff, "Bo", "Poe", "bo@example.org")
    staff("audit", "verify")
    with sqlite3.connect(staff.db) as store:
        assert store.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_each_restore_keeps_what_it_replaces(staff: Carepass, backup: Path) -> None:
    staff("store", "restore", str(backup), "--yes")
    staff("store", "restore", staff.db + ".before-restore-1", "--yes")
    assert [people(Path(f"{staff.db}.before-restore-{n}")) for n in (1, 2)] == [2, 1]
    assert len(staff.rows("account", "list")) == 2


def test_it_asks_and_without_a_terminal_names_the_flag(staff: Carepass, backup: Path) -> None:
    ran = staff("store", "restore", str(backup), "-o", "json", code=2)
    assert "--yes" in ran.error["hint"]
    assert len(staff.rows("account", "list")) == 2


def test_a_dry_run_only_verifies(staff: Carepass, backup: Path) -> None:
    assert staff("store", "restore", str(backup), "--dry-run", "-o", "json").json["accounts"] == 1
    assert len(staff.rows("account", "list")) == 2
    assert not list(backup.parent.glob("*before-restore*"))
    damage(backup)
    staff("store", "restore", str(backup), "--dry-run", code=6)


def test_a_damaged_backup_changes_nothing(staff: Carepass, backup: Path) -> None:
    damage(backup)
    ran = staff("store", "restore", str(backup), "--yes", "-o", "json", code=6)
    assert ran.error["code"] == "store-damaged"
    assert len(staff.rows("account", "list")) == 2
    assert not list(backup.parent.glob("*before-restore*"))


@pytest.mark.parametrize(("content", "code"), [(None, "backup-missing"), (b"text", "store-not-ours")])
def test_what_is_no_backup_changes_nothing(
    staff: Carepass, tmp_path: Path, content: bytes | None, code: str
) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    ran = staff("store", "restore", str(file), "--yes", "-o", "json", code=6)
    assert ran.error["code"] == code
    assert len(staff.rows("account", "list")) == 1


def test_the_store_is_not_its_own_backup(staff: Carepass) -> None:
    ran = staff("store", "restore", staff.db, "--yes", "-o", "json", code=4)
    assert ran.error["code"] == "not-a-backup"


@pytest.mark.parametrize("how", ["pages", "header", "empty"])
def test_a_damaged_store_is_replaced_and_kept(staff: Carepass, backup: Path, how: str) -> None:
    store = Path(staff.db)
    if how == "pages":
        damage(store)
    else:
        store.write_bytes(b"\x00" * 8192 if how == "header" else b"")
    broken = store.read_bytes()
    staff("store", "restore", str(backup), "--yes")
    assert len(staff.rows("account", "list")) == 1
    assert Path(staff.db + ".before-restore-1").read_bytes() == broken
    staff("store", "check", "--full")


def test_a_missing_store_is_made_and_an_old_log_is_not_played_into_it(staff: Carepass, backup: Path) -> None:
    store = Path(staff.db)
    reader = sqlite3.connect(store)  # the last one to go would tidy the log away
    reader.execute("SELECT COUNT(*) FROM account")
    person(staff, "Bo", "Poe", "bo@example.org")
    log = Path(staff.db + "-wal").read_bytes()
    assert log
    reader.close()
    store.unlink()
    Path(staff.db + "-wal").write_bytes(log)
    made = staff.rows("store", "restore", str(backup), "--yes")
    assert (made["result"], made["kept"]) == ("created", None)
    assert len(staff.rows("account", "list")) == 1
    staff("store", "check", "--full")


def test_another_programs_database_is_left_alone(backup: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE kept (x)")
    ran = Carepass(str(other))("store", "restore", str(backup), "--yes", "-o", "json", code=6)
    assert ran.error["code"] == "store-not-ours"
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT COUNT(*) FROM kept").fetchone() == (0,)


def test_a_locked_store_is_waited_for_and_then_left(
    staff: Carepass, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREPASS_LOCK_WAIT", "0.05")
    writer = sqlite3.connect(staff.db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    ran = staff("store", "restore", str(backup), "--yes", "-o", "json", code=6)
    writer.execute("ROLLBACK")
    writer.close()
    assert ran.error["code"] == "store-locked"
    assert len(staff.rows("account", "list")) == 2


def test_an_open_reader_sees_the_old_store_until_it_is_done(staff: Carepass, backup: Path) -> None:
    reader = sqlite3.connect(staff.db, isolation_level=None)
    reader.execute("BEGIN")
    count = "SELECT COUNT(*) FROM account"
    assert reader.execute(count).fetchone() == (2,)
    staff("store", "restore", str(backup), "--yes")
    assert reader.execute(count).fetchone() == (2,)
    reader.execute("COMMIT")
    assert reader.execute(count).fetchone() == (1,)
    reader.close()
