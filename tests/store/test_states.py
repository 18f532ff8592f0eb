"""Stores that cannot be used: exit 6, one clear line, and not a byte changed."""

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from carepass_cli.store import location
from carepass_cli.store.location import KNOWN_REVISIONS
from tests.conftest import Carepass

READ = ("home", "list")
WRITE = ("home", "create", "elm-court", "--name", "Elm Court")
DOORS = pytest.mark.parametrize("line", [READ, WRITE], ids=["read", "write"])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changed(db: Path, sql: str) -> None:
    """Do something to a store behind the program's back, and leave one whole file."""
    with closing(sqlite3.connect(db, isolation_level=None)) as connection:
        connection.executescript(sql)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert [path.name for path in db.parent.iterdir()] == [db.name]


def empty(db: Path) -> None:
    db.write_bytes(b"")


def text(db: Path) -> None:
    db.write_text("Name,Date\nDoe,2026-01-01\n" * 200)


def foreign(db: Path) -> None:
    db.unlink()
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("CREATE TABLE home (code TEXT)")


def unversioned(db: Path) -> None:
    changed(db, "DROP TABLE alembic_version")


def without_revision(db: Path) -> None:
    changed(db, "DELETE FROM alembic_version")


def of_two_revisions(db: Path) -> None:
    changed(db, "INSERT INTO alembic_version VALUES ('0001')")


def newer(db: Path) -> None:
    changed(db, "UPDATE alembic_version SET version_num = '9999'")


def half(db: Path) -> None:
    db.write_bytes(db.read_bytes()[: db.stat().st_size // 2])


def only_a_header(db: Path) -> None:
    db.write_bytes(db.read_bytes()[:100])


def overwritten(db: Path) -> None:
    whole = bytearray(db.read_bytes())
    whole[4096:] = b"\xff" * (len(whole) - 4096)
    db.write_bytes(whole)


STATES = [
    (empty, "store-not-ours", "is an empty file"),
    (text, "store-not-ours", "is not a carepass store"),
    (foreign, "store-not-ours", "not a carepass store"),
    (unversioned, "store-damaged", "is incomplete"),
    (without_revision, "store-damaged", "is incomplete"),
    (of_two_revisions, "store-damaged", "2 rows in alembic_version (0001, 0002)"),
    (newer, "store-newer", "newer carepass (schema 9999)"),
    (half, "store-damaged", "is damaged"),
    (only_a_header, "store-damaged", "is damaged"),
    (overwritten, "store-damaged", "is damaged"),
]


@pytest.mark.on_file
@DOORS
@pytest.mark.parametrize(("spoil", "code", "told"), STATES, ids=[state[0].__name__ for state in STATES])
def test_a_store_that_cannot_be_used_is_left_as_it_is(
    carepass: Carepass, db: Path, spoil: Callable[[Path], None], code: str, told: str, line: tuple[str, ...]
) -> None:
    spoil(db)
    before = digest(db)
    ran = carepass(*line, "-o", "json", code=6)
    assert (ran.out, ran.error["code"]) == ("", code)
    assert told in ran.error["message"]
    assert str(db) in ran.error["message"]
    assert ran.error["hint"]
    assert digest(db) == before
    in_words = carepass(*line, code=6).err.splitlines()
    assert [line.partition(":")[0] for line in in_words] == ["error", "hint"]


@pytest.mark.on_file
@pytest.mark.parametrize("spoil", [state[0] for state in STATES], ids=[state[0].__name__ for state in STATES])
def test_init_and_upgrade_leave_it_as_it_is_too(
    carepass: Carepass, db: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(db)
    before = digest(db)
    carepass("init", code=6)
    carepass("store", "upgrade", code=6)
    assert digest(db) == before


@pytest.mark.on_file
@DOORS
def test_an_older_store_asks_for_the_upgrade(
    carepass: Carepass, db: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    """As a program sees this store that has one more migration."""
    monkeypatch.setattr(location, "KNOWN_REVISIONS", (*KNOWN_REVISIONS, "later"))
    monkeypatch.setattr(location, "SCHEMA_HEAD", "later")
    before = digest(db)
    ran = carepass(*line, "-o", "json", code=6)
    assert ran.error["code"] == "store-outdated"
    assert ran.error["hint"] == "Run: carepass store upgrade"
    assert digest(db) == before


@pytest.mark.on_file
def test_a_read_of_a_missing_store_makes_none(carepass: Carepass, db: Path) -> None:
    db.unlink()
    ran = carepass(*READ, "-o", "json", code=6)
    assert ran.error["code"] == "store-missing"
    assert ran.error["hint"] == f"Create it: carepass --db {db} init"
    assert list(db.parent.iterdir()) == []


@pytest.mark.on_file
def test_a_dry_run_on_a_missing_store_makes_none(carepass: Carepass, db: Path) -> None:
    db.unlink()
    carepass("requirement", "add", "X-1", "--home", "h", "--role", "r", "--dry-run", code=3)
    assert list(db.parent.iterdir()) == []


@pytest.mark.on_file
@DOORS
def test_a_folder(carepass: Carepass, db: Path, line: tuple[str, ...]) -> None:
    db.unlink()
    db.mkdir()
    ran = carepass(*line, "-o", "json", code=6)
    assert "is a folder" in ran.error["message"]
    assert list(db.iterdir()) == []


@pytest.mark.on_file
@DOORS
def test_a_path_through_a_file(carepass: Carepass, db: Path, line: tuple[str, ...]) -> None:
    carepass.db = str(db / "inner.db")
    before = digest(db)
    carepass(*line, "-o", "json", code=6)
    assert digest(db) == before


@pytest.mark.on_file
@DOORS
@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://x.db", "http://localhost/store.db"])
def test_a_url_of_another_kind_is_a_usage_error(carepass: Carepass, url: str, line: tuple[str, ...]) -> None:
    carepass.db = url
    ran = carepass(*line, "-o", "json", code=2)
    assert "not a kind of store" in ran.error["message"]


@pytest.mark.on_file
def test_a_password_is_never_told(carepass: Carepass) -> None:
    carepass.db = "postgresql://somebody:secret-word@127.0.0.1:1/none"
    ran = carepass(*READ, "-o", "json", code=6)
    assert "secret-word" not in ran.err
    assert "somebody" in ran.err


@pytest.mark.on_file
def test_a_locked_store_is_waited_for_and_then_refused(
    carepass: Carepass, db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREPASS_LOCK_WAIT", "0.2")
    with closing(sqlite3.connect(db, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        ran = carepass(*WRITE, "-o", "json", code=6)
        assert ran.error["code"] == "store-locked"
        assert carepass.rows(*READ) == []
    carepass(*WRITE)


@pytest.mark.parametrize("wait", ["soon", "-1", "1e9", "nan"])
def test_a_wait_that_is_no_number_of_seconds(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, wait: str
) -> None:
    monkeypatch.setenv("CAREPASS_LOCK_WAIT", wait)
    assert carepass(*READ, "-o", "json", code=2).error["code"] == "invalid-value"


@pytest.mark.on_file
def test_init_says_whether_it_made_one(carepass: Carepass, db: Path) -> None:
    db.unlink()
    assert carepass("init", "-o", "json").json["result"] == "created"
    before = digest(db)
    assert carepass("init", "-o", "json").json["result"] == "unchanged"
    assert digest(db) == before


@pytest.mark.on_file
def test_init_makes_the_folders_on_the_way(carepass: Carepass, tmp_path: Path) -> None:
    carepass.db = str(tmp_path / "a" / "b" / "c.db")
    carepass("init")
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["c.db"]


@pytest.mark.on_file
def test_a_sqlite_url_is_a_path(carepass: Carepass, db: Path) -> None:
    carepass.db = f"sqlite:///{db}"
    carepass(*WRITE)
    assert carepass.rows(*READ)[0]["code"] == "elm-court"


@pytest.mark.on_file
@pytest.mark.parametrize("name", ["with space.db", "q?mode=ro.db", "percent%41.db", "hash#1.db", "Hélène.db"])
def test_a_file_may_be_called_anything(carepass: Carepass, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "names"
    carepass.db = str(folder / name)
    carepass(*WRITE)
    assert carepass.rows(*READ)[0]["code"] == "elm-court"
    assert {path.name for path in folder.iterdir()} <= {name, f"{name}-wal", f"{name}-shm"}
