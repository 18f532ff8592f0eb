"""`store check`: each kind of damage is found, named and given its mend."""

import sqlite3
from pathlib import Path

import pytest

from tests.care.test_backup import damage
from tests.conftest import Carepass

pytestmark = pytest.mark.on_file

CHECKS = ["pages", "references", "order-of-dates", "versions", "descriptions", "audit-chain"]
FULL = [*CHECKS[:-1], "orphans", "dates", "audit-chain", "rows"]


@pytest.fixture
def trained(staff: Carepass) -> Carepass:
    """The psw with a record."""
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-03-01")
    return staff


def by_hand(carepass: Carepass, sql: str) -> None:
    """What somebody with an SQL shell does."""
    with sqlite3.connect(carepass.db) as store:
        store.execute("PRAGMA ignore_check_constraints=ON")
        store.execute(sql)


def test_a_sound_store_is_ok_in_all(trained: Carepass) -> None:
    assert [row["check"] for row in trained.rows("store", "check")] == CHECKS
    rows = trained.rows("store", "check", "--full")
    assert [row["check"] for row in rows] == FULL
    assert {(row["finding"], row["mend"]) for row in rows} == {("ok", "")}


DAMAGE = [
    ("references", "", "DELETE FROM course WHERE code = 'IPAC-101'", "rows; the first is"),
    ("order-of-dates", "", "UPDATE completion SET expires_on = '2026-02-01'", "completion: 1 row"),
    (
        "versions",
        "",
        "INSERT INTO course_version (course_id, from_on, until_on, title, provider, minutes, category,"
        " status, renewal) VALUES (1, '2026-11-01', '2026-11-30', 'T', 'P', 30, 'badge', 'active', 'expiry')",
        "course_version: 1 row",
    ),
    ("descriptions", "", "DELETE FROM role_version", "role without role_version: 1 row; the first is 1"),
    ("orphans", "--full", "UPDATE completion SET change_id = 999", "completion of no change: 1 row"),
    ("dates", "--full", "UPDATE completion SET completed_on = '2026-02-30'", "completion completed_on"),
    ("dates", "--full", "UPDATE account_version SET from_on = '0026-11-21'", "account_version from_on"),
    ("audit-chain", "", "UPDATE audit_entry SET key = 'x' WHERE id = 3", "entry 3"),
    ("audit-chain", "--full", "UPDATE audit_entry SET after = '{}' WHERE id = 3", "entry 3"),
]


@pytest.mark.parametrize(("check", "flag", "sql", "told"), DAMAGE)
def test_damage_is_named_with_its_mend(trained: Carepass, check: str, flag: str, sql: str, told: str) -> None:
    by_hand(trained, sql)
    ran = trained("store", "check", *([flag] if flag else []), "-o", "json", code=6)
    assert ran.error["code"] == "store-damaged"
    found = [row for row in ran.json if row["check"] == check]
    assert found, ran.json
    assert told in found[0]["finding"]
    assert "carepass" in found[0]["mend"]


def test_pages_that_cannot_be_read_are_found_or_refused(trained: Carepass) -> None:
    damage(Path(trained.db))
    ran = trained("store", "check", "-o", "json", code=6)
    assert ran.error["code"] == "store-damaged"


def test_a_quick_check_reads_the_end_of_a_long_log(
    trained: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("carepass_cli.store.health.QUICK_ENTRIES", 2)
    by_hand(trained, "UPDATE audit_entry SET key = 'x' WHERE id = 1")
    trained("store", "check")
    trained("store", "check", "--full", code=6)
    by_hand(trained, "UPDATE audit_entry SET key = 'x' WHERE id = (SELECT MAX(id) FROM audit_entry)")
    trained("store", "check", code=6)


@pytest.mark.parametrize(
    ("sql", "line", "told"),
    [
        ("UPDATE message SET params = '[1]'", "notify list", "rows, message 1 was changed"),
        ("UPDATE message SET params = '{}'", "notify show 1", "rows, message 1 was changed"),
        (
            "UPDATE course_version SET minutes = 'abc'",
            "report forecast",
            "rows, course_version 1 was changed",
        ),
        ("UPDATE audit_entry SET after = '['", "account export 1000", "audit-chain, entry 1"),
        ("UPDATE change SET effective_on = '['", "audit verify", "dates, change effective_on: "),
    ],
)
def test_a_value_that_cannot_be_is_damage_wherever_it_is_met(
    trained: Carepass, sql: str, line: str, told: str
) -> None:
    by_hand(trained, sql)
    error = trained(*line.split(), "-o", "json", code=6).error
    assert error["code"] == "store-damaged"
    assert error["message"].startswith(f"The store is damaged: {told}")
