"""`store backup`: a verified copy made while others write, and the copies that stay."""

import sqlite3
import stat
from pathlib import Path

import pytest

from tests.conftest import Carepass, person

pytestmark = pytest.mark.on_file


def people(store: Path) -> int:
    with sqlite3.connect(store) as connection:
        return int(connection.execute("SELECT COUNT(*) FROM account").fetchone()[0])


def test_a_backup_is_a_store_that_can_be_read(staff: Carepass, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "carepass.backup"
    made = staff.rows("store", "backup", str(copy))
    assert made["result"] == "created"
    assert (made["accounts"], made["completions"]) == (1, 0)
    assert made["changes"] == staff.rows("store", "info")["changes"]
    assert Carepass(str(copy)).rows("account", "show", "1000")["last_name"] == "O'Brien"
    assert Carepass(str(copy)).rows("audit", "head") == staff.rows("audit", "head")


def test_only_the_owner_may_read_it_and_it_is_one_file(staff: Carepass, tmp_path: Path) -> None:
    copy = tmp_path / "copies" / "b"
    staff("store", "backup", str(copy))
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [each.name for each in copy.parent.iterdir()] == ["b"]


def test_what_is_being_written_is_not_in_it_and_does_not_stop_it(staff: Carepass, tmp_path: Path) -> None:
    writer = sqlite3.connect(staff.db, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("INSERT INTO account (portal_id, created_on, change_id) VALUES ('2000', '2026-11-21', 1)")
    staff("store", "backup", str(tmp_path / "b"))
    writer.execute("COMMIT")
    writer.close()
    assert people(tmp_path / "b") == 1
    assert people(Path(staff.db)) == 2


def test_keep_moves_older_copies_on(carepass: Carepass, tmp_path: Path) -> None:
    for number in range(5):
        person(carepass, "A", "A", f"a{number}@example.org")
        carepass("store", "backup", str(tmp_path / "b"), "--keep", "3")
    held = {each.name: people(each) for each in tmp_path.glob("b*")}
    assert held == {"b": 5, "b.1": 4, "b.2": 3}


def test_keeping_fewer_removes_the_oldest(carepass: Carepass, tmp_path: Path) -> None:
    for number in range(4):
        person(carepass, "A", "A", f"a{number}@example.org")
        carepass("store", "backup", str(tmp_path / "b"), "--keep", "2" if number == 3 else "9")
    assert {each.name: people(each) for each in tmp_path.glob("b*")} == {"b": 4, "b.1": 3}


def test_a_gap_in_the_numbers_costs_no_copy(carepass: Carepass, tmp_path: Path) -> None:
    for _ in range(3):
        carepass("store", "backup", str(tmp_path / "b"), "--keep", "4")
    (tmp_path / "b.1").unlink()
    oldest = (tmp_path / "b.2").stat().st_ino
    carepass("store", "backup", str(tmp_path / "b"), "--keep", "4")
    assert {each.name for each in tmp_path.glob("b*")} == {"b", "b.1", "b.2"}
    assert (tmp_path / "b.2").stat().st_ino == oldest


def test_without_keep_one_copy_stays(carepass: Carepass, tmp_path: Path) -> None:
    carepass("store", "backup", str(tmp_path / "b"))
    assert carepass.rows("store", "backup", str(tmp_path / "b"))["result"] == "updated"
    assert [each.name for each in tmp_path.glob("b*")] == ["b"]


@pytest.mark.parametrize("text", ["my thesis", ""])
def test_a_file_that_is_no_backup_stays(carepass: Carepass, tmp_path: Path, text: str) -> None:
    (tmp_path / "thesis").write_text(text)
    ran = carepass("store", "backup", str(tmp_path / "thesis"), "-o", "json", code=4)
    assert ran.error["code"] == "file-exists"
    assert (tmp_path / "thesis").read_text() == text


def test_another_programs_database_stays(carepass: Carepass, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE kept (x)")
    ran = carepass("store", "backup", str(tmp_path / "other.db"), "-o", "json", code=4)
    assert ran.error["code"] == "file-exists"


def test_the_store_is_not_its_own_backup(carepass: Carepass) -> None:
    assert carepass("store", "backup", carepass.db, "-o", "json", code=4).error["code"] == "file-exists"


def test_a_damaged_store_leaves_the_older_backup(staff: Carepass, tmp_path: Path) -> None:
    staff("store", "backup", str(tmp_path / "b"))
    before = (tmp_path / "b").read_bytes()
    damage(Path(staff.db))
    ran = staff("store", "backup", str(tmp_path / "b"), "-o", "json", code=6)
    assert ran.error["code"] == "store-damaged"
    assert (tmp_path / "b").read_bytes() == before
    assert not list(tmp_path.glob(".b*"))


def test_no_store_makes_no_backup(tmp_path: Path) -> None:
    ran = Carepass(str(tmp_path / "none.db"))("store", "backup", str(tmp_path / "b"), "-o", "json", code=6)
    assert ran.error["code"] == "store-missing"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told(carepass: Carepass, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = carepass("store", "backup", str(tmp_path / "file" / "b"), "-o", "json", code=6)
    assert "cannot be written" in ran.error["message"]


def damage(store: Path) -> None:
    """Overwrite the pages behind the first two, the file's header stays."""
    with sqlite3.connect(store) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with store.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\xff" * (store.stat().st_size - 2 * 4096))
