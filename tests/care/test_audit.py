"""`audit verify` and `audit head`: tampering is found and named."""

import pytest

from tests.care.test_check import by_hand
from tests.conftest import Carepass, person


def test_an_untouched_log_is_ok(staff: Carepass) -> None:
    told = staff.rows("audit", "verify")
    head = staff.rows("audit", "head")
    assert told == {"result": "ok", **head}
    assert head["entry"] == len(staff.rows("audit", "list"))
    assert len(head["hash"]) == 64


def test_an_empty_log_is_ok(carepass: Carepass) -> None:
    assert carepass.rows("audit", "head") == {"entry": 0, "hash": "0" * 64}
    carepass("audit", "verify", "--head", f"0:{'0' * 64}")


TAMPERED = [
    ("UPDATE audit_entry SET after = replace(after, 'Hélène', 'Helen') WHERE subject = 'account'", "entry 7"),
    ("UPDATE audit_entry SET before = NULL, after = NULL WHERE id = 2", "entry 2"),
    ("UPDATE audit_entry SET action = 'delete' WHERE id = 4", "entry 4"),
    ("UPDATE audit_entry SET account_id = 7 WHERE id = 5", "entry 5"),
    ("UPDATE change SET actor = 'somebody' WHERE id = 3", "entry 3"),
    ("UPDATE change SET at = '2020-01-01T00:00:00.000Z' WHERE id = 2", "entry 2"),
    ("UPDATE change SET effective_on = '2020-01-01' WHERE id = 2", "entry 2"),
    ("DELETE FROM audit_entry WHERE id = 3", "entry 3"),
    ("DELETE FROM audit_entry WHERE id = 1", "entry 1"),
    ("DELETE FROM audit_entry WHERE id >= 6", "change 6"),
    ("UPDATE audit_entry SET id = CASE id WHEN 2 THEN -3 ELSE -2 END WHERE id IN (2, 3)", "entry 1"),
    ("UPDATE audit_entry SET id = 0 WHERE id = 5", "entry 1"),
]


@pytest.mark.on_file
@pytest.mark.parametrize(("sql", "named"), TAMPERED)
def test_tampering_is_found_and_named(staff: Carepass, sql: str, named: str) -> None:
    by_hand(staff, sql)
    ran = staff("audit", "verify", "-o", "json", code=6)
    assert ran.error["code"] == "audit-broken"
    assert named in ran.error["message"]


@pytest.mark.on_file
def test_entries_that_changed_places_are_found(staff: Carepass) -> None:
    by_hand(staff, "UPDATE audit_entry SET id = 100 WHERE id = 2")
    by_hand(staff, "UPDATE audit_entry SET id = 2 WHERE id = 3")
    by_hand(staff, "UPDATE audit_entry SET id = 3 WHERE id = 100")
    assert "entry 2" in staff("audit", "verify", "-o", "json", code=6).error["message"]


@pytest.mark.on_file
def test_a_kept_head_shows_that_the_end_was_cut_off(staff: Carepass) -> None:
    head = staff.rows("audit", "head")
    kept = f"{head['entry']}:{head['hash']}"
    person(staff, "Ana", "Doe", "ana@example.org")
    staff("audit", "verify", "--head", kept)
    by_hand(staff, "DELETE FROM audit_entry WHERE id >= (SELECT MAX(id) FROM audit_entry) - 1")
    by_hand(staff, "DELETE FROM change WHERE id NOT IN (SELECT change_id FROM audit_entry)")
    by_hand(staff, "DELETE FROM undo_step WHERE entry_id NOT IN (SELECT id FROM audit_entry)")
    assert "account 2 was added" in staff("audit", "verify", code=6).err
    for table in ("account_identity", "account_version", "confirmation_token", "message", "account"):
        key = "id" if table == "account" else "account_id"
        by_hand(staff, f"DELETE FROM {table} WHERE {key} = 2")
    by_hand(staff, "UPDATE counter SET value = value - 1")
    staff("audit", "verify")
    ran = staff("audit", "verify", "--head", kept, "-o", "json", code=6)
    assert ran.error["code"] == "audit-broken"


@pytest.mark.parametrize("wrong", ["", "7", "x:00", "1:xyz", "-1:" + "0" * 64])
def test_a_head_that_is_none_is_told(carepass: Carepass, wrong: str) -> None:
    carepass("audit", "verify", "--head", wrong, code=2)
