"""At the next home: taken over course by course; whom to trust, keys, revocation."""

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, Ran, assign, course, person
from tests.passport.conftest import verified


def decisions(ran: Ran) -> dict[str, str]:
    return {row["code"]: row["decision"] for row in ran.json}


def take(home: Carepass, file: str, *more: str, **how: Any) -> Ran:
    return home("passport", "import", file, "--account", "1000", *more, "-o", "json", **how)


# --- Import -------------------------------------------------------------------------------------------------


def test_course_by_course(maple: Carepass, cedar: Carepass, file: str) -> None:
    assert decisions(take(cedar, file)) == {"IPAC-101": "unknown-issuer", "WHMIS-1": "unknown-issuer"}
    assert cedar.rows("record", "list", "1000") == []
    cedar("passport", "trust", file, "--name", "Maple Grove")
    ran = take(cedar, file)
    assert decisions(ran) == {"IPAC-101": "accepted", "WHMIS-1": "not-equivalent"}
    (record,) = cedar.rows("record", "list", "1000")
    assert (record["code"], record["completed_on"], record["expires_on"]) == (
        "IPAC-101", "2026-11-01", "2027-11-01",
    )  # fmt: skip
    assert (record["source"], record["verified_by"]) == ("passport", "Maple Grove")
    again = take(cedar, file)
    assert decisions(again) == decisions(ran)
    assert {row["result"] for row in again.json} == {"unchanged"}
    assert len(cedar.rows("record", "list", "1000")) == 1


def test_a_course_is_equivalent_once_there_is_one_of_its_code(cedar: Carepass, file: str) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    take(cedar, file)
    course(cedar, "WHMIS-1")
    course(cedar, "WHMIS-2")
    cedar("course", "equate", "WHMIS-1", "WHMIS-2")
    assert decisions(take(cedar, file)) == {"IPAC-101": "accepted", "WHMIS-1": "accepted"}


def test_what_is_accepted_satisfies_the_requirement(cedar: Carepass, file: str) -> None:
    cedar("home", "create", "cedar-house", "--name", "Cedar House")
    cedar("role", "create", "cedar-house", "psw", "--name", "PSW")
    cedar("requirement", "add", "IPAC-101", "--home", "cedar-house", "--role", "psw")
    assign(cedar, "1000", "cedar-house")
    cedar("role", "confirm", "--account", "1000", "--home", "cedar-house", "--role", "psw")
    cedar("passport", "trust", file, "--name", "Maple Grove")
    take(cedar, file)
    (row,) = cedar.rows("requirement", "list", "--account", "1000")
    assert row["status"] == "valid"
    cedar("cart", "add", "1000", "IPAC-101")
    (line,) = cedar("cart", "submit", "1000", "-o", "json").json
    assert (line["decision"], line["reason"]) == ("rejected", "already-valid")


def test_the_earlier_end_counts(cedar: Carepass, file: str) -> None:
    cedar("course", "edit", "IPAC-101", "--validity-years", "3")
    cedar("passport", "trust", file, "--name", "Maple Grove")
    take(cedar, file)
    assert cedar.rows("record", "list", "1000")[0]["expires_on"] == "2027-11-01"
    course(cedar, "WHMIS-1", "--validity-years", "7")
    take(cedar, file)
    by_code = {row["code"]: row for row in cedar.rows("record", "list", "1000")}
    assert by_code["WHMIS-1"]["expires_on"] == "2027-06-01"


def test_what_has_run_out_by_the_rule_here_is_expired(cedar: Carepass, file: str) -> None:
    course(cedar, "WHMIS-1", "--validity-years", "1")
    cedar("passport", "trust", file, "--name", "Maple Grove")
    assert decisions(take(cedar, file))["WHMIS-1"] == "expired"
    assert decisions(take(cedar, file, today="2027-11-02"))["IPAC-101"] == "expired"


def test_somebody_else_s_passport(cedar: Carepass, file: str) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    cedar("account", "edit", "1000", "--email", "other@example.org")
    assert take(cedar, file, code=4).error["code"] == "wrong-recipient"
    assert cedar.rows("record", "list", "1000") == []
    assert decisions(take(cedar, file, "--unverified"))["IPAC-101"] == "accepted"


def test_revoked_and_stale_are_not_accepted(
    maple: Carepass, cedar: Carepass, file: str, tmp_path: Path
) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    course(cedar, "WHMIS-1")
    assert decisions(take(cedar, file, "-n", today="2027-11-25"))["WHMIS-1"] == "stale-status-list"
    maple("passport", "revoke", "2", "--reason", "not theirs")
    newer = str(tmp_path / "status.json")
    maple("passport", "status-list", "maple-grove", newer)
    ran = take(cedar, file, "--status-list", newer)
    assert decisions(ran) == {"IPAC-101": "accepted", "WHMIS-1": "revoked"}


def test_a_dry_run_decides_and_writes_nothing(cedar: Carepass, file: str) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    assert decisions(take(cedar, file, "--dry-run"))["IPAC-101"] == "accepted"
    assert cedar.rows("record", "list", "1000") == []


def test_a_home_of_the_same_store_is_trusted(maple: Carepass, file: str) -> None:
    person(maple, "Hélène", "O'Brien", "second@example.org")
    rows = maple("passport", "import", file, "--account", "1001", "--unverified", "-o", "json").json
    assert {row["decision"] for row in rows} == {"accepted"}


# --- Trust --------------------------------------------------------------------------------------------------


def test_trust_by_did_rename_and_withdraw(cedar: Carepass, file: str) -> None:
    did = cedar.rows("passport", "verify", file)[0]["issuer"]
    trust = ("passport", "trust", did, "--name")
    assert cedar(*trust, "Maple", "-o", "json").json["result"] == "created"
    assert cedar(*trust, "Maple", "-o", "json").json["result"] == "unchanged"
    assert cedar(*trust, "Maple Grove", "-o", "json").json["result"] == "updated"
    assert [row["name"] for row in cedar.rows("passport", "issuers")] == ["Maple Grove"]
    cedar("passport", "distrust", did, "--reason", "key stolen", today="2026-11-25")
    assert cedar.rows("passport", "issuers", today="2026-11-25") == []
    assert len(cedar.rows("passport", "issuers", today="2026-11-24")) == 1
    assert set(decisions(take(cedar, file, today="2026-11-25")).values()) == {"unknown-issuer"}


@pytest.mark.parametrize("did", ["did:web:example.org", "did:key:z6MkNot", "did:"])
def test_only_an_ed25519_key_can_be_trusted(cedar: Carepass, did: str) -> None:
    cedar("passport", "trust", did, "--name", "Maple Grove", code=4)
    assert cedar.rows("passport", "issuers") == []


# --- Keys ---------------------------------------------------------------------------------------------------


@pytest.mark.on_file
def test_keys_are_files_of_their_owner_s_alone(maple: Carepass) -> None:
    (key,) = maple("home", "keys", "maple-grove", "-o", "json").json
    assert (key["result"], key["status"]) == ("created", "active")
    path = Path(key["file"])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"PRIVATE KEY" in path.read_bytes()
    assert b"PRIVATE" not in Path(maple.db).read_bytes()
    assert maple("home", "keys", "maple-grove", "-o", "json").json[0]["result"] == "unchanged"
    maple("home", "keys", "nowhere", code=3)


def test_a_key_is_not_undone(maple: Carepass, file: str) -> None:
    last = max(row["change"] for row in maple.rows("audit", "list"))
    ran = maple("audit", "undo", str(last), "--yes", "-o", "json", code=4)
    assert ran.error["code"] == "depended-on"
    assert len(maple.rows("passport", "issuers")) == 1


@pytest.mark.on_file
def test_a_dry_run_makes_no_key(maple: Carepass) -> None:
    maple("home", "keys", "maple-grove", "-n")
    assert not Path(f"{maple.db}.keys").exists()
    assert maple.rows("passport", "issuers") == []


def test_rotating_does_not_break_what_was_issued(
    maple: Carepass, cedar: Carepass, file: str, tmp_path: Path
) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    keys = maple("home", "keys", "maple-grove", "--rotate", "-o", "json", today="2026-12-01").json
    assert [(key["status"], key["result"]) for key in keys] == [("active", "created"), ("retired", "updated")]
    later = str(tmp_path / "later.json")
    maple("passport", "export", "1000", later, today="2026-12-02")
    assert maple.rows("passport", "verify", later)[0]["issuer"] == keys[0]["did"]
    assert set(verified(maple, file, today="2026-12-02").values()) == {"valid"}
    # What the old key signed can still be revoked.
    maple("passport", "revoke", "2", "--reason", "not theirs", today="2026-12-02")
    newer = str(tmp_path / "status.json")
    told = maple("passport", "status-list", "maple-grove", newer, "-o", "json", today="2026-12-02").json
    assert told["status_lists"] == 2
    assert verified(maple, file, "--status-list", newer, today="2026-12-02")["WHMIS-1"] == "revoked"
    assert decisions(take(cedar, file, today="2026-12-02"))["IPAC-101"] == "accepted"
    assert decisions(take(cedar, later, today="2026-12-02"))["IPAC-101"] == "unknown-issuer"


def test_a_key_that_is_gone_or_open_to_others(maple: Carepass, file: str, tmp_path: Path) -> None:
    (key,) = maple("home", "keys", "maple-grove", "-o", "json").json
    os.chmod(key["file"], 0o640)
    ran = maple("passport", "export", "1000", file, "-o", "json", code=4)
    assert ran.error["code"] == "key-exposed"
    os.unlink(key["file"])
    ran = maple("passport", "export", "1000", file, "-o", "json", code=4)
    assert ran.error["code"] == "key-missing"
    assert maple("home", "keys", "maple-grove", "-o", "json").json[0]["file"] is None
    maple("home", "keys", "maple-grove", "--rotate")
    maple("passport", "export", "1000", file)


def test_an_earlier_day_does_not_see_a_later_key(maple: Carepass, tmp_path: Path) -> None:
    maple("home", "keys", "maple-grove")
    maple("role", "list", today="2026-11-01")
    ran = maple("home", "keys", "maple-grove", "-o", "json", code=3, today="2026-11-01")
    assert ran.error["code"] == "not-found"


def test_what_was_done_can_be_undone(cedar: Carepass, file: str) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    take(cedar, file)
    newest = cedar.rows("audit", "list")
    changes = sorted({row["change"] for row in newest})
    for change in changes[-1:-3:-1]:
        cedar("audit", "undo", str(change), "--yes")
    assert cedar.rows("record", "list", "1000") == []
    assert cedar.rows("passport", "issuers") == []


# --- Revoke -------------------------------------------------------------------------------------------------


def test_revoking_twice_changes_nothing(maple: Carepass) -> None:
    revoke = ("passport", "revoke", "1", "--reason", "not theirs", "-o", "json")
    assert maple(*revoke).json["result"] == "created"
    assert maple(*revoke).json["result"] == "unchanged"
    maple("passport", "revoke", "2", "--reason", "not theirs", today="2026-11-25")
    earlier = maple("passport", "revoke", "2", "--reason", "not theirs", "-o", "json", code=4)
    assert earlier.error["code"] == "exists-later"
    maple("passport", "revoke", "99", "--reason", "x", code=3)
    maple("passport", "revoke", "1", code=2)
    assert [row["voided_on"] for row in maple.rows("record", "list", "1000")] == [None, None]
