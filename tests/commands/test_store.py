"""`carepass store`: what it is, whether it is sound, whether it is current."""

import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import granted
from tests.conftest import Carepass


@pytest.mark.on_file
@pytest.mark.on_file
def test_store_info(staff: Carepass) -> None:
    info = staff.rows("store", "info")
    assert list(info) == [
        "store", "engine", "schema", "bytes", "accounts", "homes", "courses", "assignments", "completions",
        "changes",
    ]  # fmt: skip
    assert (info["store"], info["engine"], info["bytes"] > 0) == (staff.db, "sqlite", True)
    assert [info[key] for key in ("accounts", "homes", "courses", "assignments", "completions")] == [
        1, 1, 2, 1, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("full", [(), ("--full",)])
def test_a_sound_store_checks_out(staff: Carepass, full: tuple[str, ...]) -> None:
    line = granted(staff, "IPAC-101", "2026-11-23")
    staff("registration", "complete", line, today="2026-11-24")
    rows = staff.rows("store", "check", *full)
    assert [list(row) for row in rows] == [["check", "finding", "mend"]] * len(rows)
    assert {row["finding"] for row in rows} == {"ok"}


@pytest.mark.on_file
@pytest.mark.parametrize(
    ("damage", "check"),
    [
        ("UPDATE audit_entry SET after = '{}' WHERE id = 2", "audit-chain"),
        ("DELETE FROM audit_entry WHERE id = 2", "audit-chain"),
        ("UPDATE change SET actor = 'nobody' WHERE id = 1", "audit-chain"),
        ("UPDATE assignment SET account_id = 99", "references"),
        ("DELETE FROM account_version", "descriptions"),
    ],
)
def test_damage_is_found_and_exits_6(staff: Carepass, damage: str, check: str) -> None:
    with sqlite3.connect(staff.db) as store:
        store.execute("DROP TRIGGER IF EXISTS audit_entry_no_delete")
        store.execute(damage)
    ran = staff("store", "check", "-o", "json", code=6)
    found = {row["check"]: row for row in ran.json if row["finding"] != "ok"}
    assert check in found
    assert found[check]["mend"]
    assert ran.error["code"] == "store-damaged"


@pytest.mark.on_file
@pytest.mark.on_file
def test_upgrade_of_a_store_that_is_current(staff: Carepass) -> None:
    done = staff("store", "upgrade", "-o", "json").json
    assert list(done) == ["result", "store", "schema"]
    assert done["result"] == "unchanged"
    assert sorted(path.name for path in Path(staff.db).parent.iterdir() if "before" in path.name) == []
