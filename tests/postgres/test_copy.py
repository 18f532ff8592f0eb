"""`store copy`: from SQLite to PostgreSQL and back, nothing lost on the way, nothing half done."""

import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Carepass, assign, person
from tests.postgres.server import Server
from tests.postgres.test_flow import READS

Played = tuple[Carepass, Carepass]


@pytest.fixture
def empty(server: Server) -> str:
    """A database without tables."""
    return server.url(server.create())


def everything(store: Path) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(store) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in names
        }


def test_there_and_back_every_row_is_the_same(played: Played, empty: str, tmp_path: Path) -> None:
    on_file, _ = played
    there = on_file.rows("store", "copy", "--to", empty)
    back = Carepass(empty).rows("store", "copy", "--to", str(tmp_path / "back.db"))
    assert there["result"] == "created"
    assert there["rows"] == back["rows"] > 100
    assert everything(tmp_path / "back.db") == everything(Path(on_file.db))
    Carepass(str(tmp_path / "back.db"))("store", "check", "--full")


def test_the_copy_on_the_server_is_read_and_written_on(played: Played, empty: str) -> None:
    on_file, _ = played
    on_file("store", "copy", "--to", empty)
    copy = Carepass(empty)
    for line in READS[:-1:5]:
        command = (*line.split(), "-o", "json")
        assert copy(*command).json == on_file(*command).json, line
    person(copy, "Bo", "Poe", "bo@example.org")
    assign(copy, "bo@example.org")
    copy("audit", "verify")


COUNTS = "store,accounts,homes,courses,assignments,completions,changes"


@pytest.mark.on_file
def test_what_is_not_empty_is_left_alone(staff: Carepass, played: Played, tmp_path: Path) -> None:
    for to in (played[1].db, played[0].db):
        before = Carepass(to).rows("store", "info", "--fields", COUNTS)
        assert staff("store", "copy", "--to", to, "-o", "json", code=4).error["code"] == "not-empty"
        assert Carepass(to).rows("store", "info", "--fields", COUNTS) == before


@pytest.mark.on_file
def test_an_empty_store_may_be_there_already(staff: Carepass, server_db: str, tmp_path: Path) -> None:
    Carepass(str(tmp_path / "new.db"))("init")
    for to in (server_db, str(tmp_path / "new.db")):
        staff("store", "copy", "--to", to)
        assert Carepass(to).rows("audit", "head") == staff.rows("audit", "head")


@pytest.mark.on_file
def test_a_store_with_damage_is_not_copied_half(staff: Carepass, empty: str, tmp_path: Path) -> None:
    with sqlite3.connect(staff.db) as store:
        store.execute("DELETE FROM home")
    assert staff("store", "copy", "--to", empty, "-o", "json", code=6).error["code"] == "store-damaged"
    staff("store", "copy", "--to", str(tmp_path / "new.db"), code=6)
    assert Carepass(empty)("account", "list", "-o", "json", code=6).error["code"] == "store-missing"
    # What was there before is there after it: nothing, or an empty store.
    assert list(tmp_path.glob("new.db*")) == []
    there = Carepass(str(tmp_path / "there.db"))
    there("init")
    staff("store", "copy", "--to", there.db, code=6)
    assert there.rows("account", "list") == []


def test_a_backup_of_a_server_is_a_file_that_opens_anywhere(played: Played, tmp_path: Path) -> None:
    _, on_server = played
    for _ in range(2):
        made = on_server.rows("store", "backup", str(tmp_path / "b"), "--keep", "2")
    assert made["accounts"] == 4
    assert sorted(each.name for each in tmp_path.iterdir()) == ["b", "b.1"]
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o600
    assert Carepass(str(tmp_path / "b")).rows("audit", "head") == on_server.rows("audit", "head")


def test_a_backup_is_not_restored_over_a_server(played: Played, tmp_path: Path) -> None:
    _, on_server = played
    ran = on_server("store", "restore", str(tmp_path / "b"), "--yes", "-o", "json", code=2)
    assert "store copy --to" in ran.error["hint"]


def test_evidence_goes_along_byte_for_byte(staff: Carepass, server: Server, tmp_path: Path) -> None:
    content = bytes(range(256)) * 4000
    (tmp_path / "scan.bin").write_bytes(content)
    (tmp_path / "empty.bin").write_bytes(b"")
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    staff("record", "attach", "1", str(tmp_path / "scan.bin"), str(tmp_path / "empty.bin"))
    url = server.url(server.create())
    staff("store", "copy", "--to", url)
    there, back = Carepass(url), Carepass(str(tmp_path / "back.db"))
    there("store", "copy", "--to", back.db)
    for store in (there, back):
        assert store.rows("record", "files", "1") == staff.rows("record", "files", "1")
        place = tmp_path / f"out-{'server' if store is there else 'file'}"
        store("record", "save", "1", str(place))
        assert (place / "scan.bin").read_bytes() == content
        store("store", "check", "--full")
