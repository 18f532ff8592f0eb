"""A store that version 0.1 filled is upgraded with its rows, whole, and proven like any other."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Carepass
from tests.store.released import make_released

pytestmark = pytest.mark.on_file


@pytest.fixture
def old(tmp_path: Path) -> Carepass:
    make_released(tmp_path / "old.db")
    return Carepass(str(tmp_path / "old.db"))


def test_it_is_upgraded_once_and_the_old_one_stays_whole(old: Carepass) -> None:
    with closing(sqlite3.connect(old.db)) as store:
        before = "\n".join(store.iterdump())
    assert old("account", "list", "-o", "json", code=6).error["code"] == "store-outdated"
    head = "SELECT id || ':' || lower(hex(hash)) FROM audit_entry ORDER BY id DESC LIMIT 1"
    with closing(sqlite3.connect(old.db)) as store:
        (kept,) = store.execute(head).fetchone()
    assert old.rows("store", "upgrade")["result"] == "updated"
    assert old.rows("store", "upgrade")["result"] == "unchanged"
    with closing(sqlite3.connect(f"{old.db}.before-0002-1")) as store:
        assert "\n".join(store.iterdump()) == before
    old("audit", "verify", "--head", kept)
    old("store", "check", "--full")
    assert [row["code"] for row in old.rows("record", "list", "1000")] == ["IPAC-101", "IPAC-101"]
    assert old.rows("account", "show", "1000")["language"] == "fr"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("""UPDATE undo_step SET before = '{"language": "en"}' WHERE before IS NOT NULL""", "undo_step"),
        ("UPDATE undo_step SET last_key = last_key + 1 WHERE id = 1", "undo_step 1"),
        ("DELETE FROM undo_step WHERE id = 1", "undo_step 1 was removed"),
        ("UPDATE completion SET provider = 'x' WHERE id = 1", "completion 1 was changed"),
        ("UPDATE change SET actor = 'x' WHERE id = 3", "entry"),
    ],
)
def test_what_was_there_before_is_proven_from_then_on(old: Carepass, sql: str, said: str) -> None:
    old("store", "upgrade")
    with closing(sqlite3.connect(old.db)) as store:
        assert store.execute(sql).rowcount
        store.commit()
    assert said in old("audit", "verify", code=6).err


def test_changes_made_before_are_undone_and_people_erased(
    old: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carepass_cli.clock import Clock

    monkeypatch.setattr(Clock, "real_day", property(lambda clock: clock.today))
    old("store", "upgrade")
    old("role", "end", "1000", "--home", "maple-grove", "--role", "psw", "--reason", "left")
    old("account", "erase", "1000", "--yes", today="2040-01-01")
    old("audit", "verify", today="2040-01-01")
    with closing(sqlite3.connect(old.db)) as store:
        assert "ann@example.org" not in "\n".join(store.iterdump())
