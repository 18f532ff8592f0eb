"""`account export` and `account erase`: all that is held, and nothing that is left."""

import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from carepass_cli.clock import read_clock
from tests.conftest import Carepass, assign, course, person

AT = ("--home", "maple-grove", "--role", "psw")

# The role ended on 2026-11-21; seven years after is still kept.
LAST, FIRST = "2033-11-21", "2033-11-22"
PERSONAL = ("Hélène", "helene", "O'Brien", "o'brien", "1990-05-17", "S-4711", "seen the paper", "left town")


@pytest.fixture
def left(staff: Carepass) -> Carepass:
    """The psw with all that there can be about a person, who then left; another one stays."""
    staff("account", "edit", "1000", "--student-number", "S-4711")
    staff("record", "add", "1000", "IPAC-101", "--on", "2025-12-01", "--evidence", "seen the paper")
    staff("requirement", "waive", "1000", "WHMIS-1", "--reason", "seen the paper")
    staff("cart", "add", "1000", "IPAC-101")
    staff("cart", "submit", "1000")
    at = ("--home", "maple-grove", "--role", "psw")
    staff("role", "end", "1000", *at, "--reason", "left town")
    staff(
        "account", "create", "--first-name", "Ana", "--last-name", "Doe", "--birthdate", "1971-02-03",
        "--email", "ana@example.org",
    )  # fmt: skip
    assign(staff, "1001")
    return staff


def test_export_is_one_object_with_all_that_is_held(left: Carepass) -> None:
    held = json.loads(left("account", "export", "1000").out)
    assert held["portal_id"] == "1000"
    assert {row["student_number"] for row in held["particulars"]} == {None, "S-4711"}
    assert held["completions"][0]["evidence"] == "seen the paper"
    assert held["assignments"][0]["end_reason"] == "left town"
    assert held["waivers"][0]["reason"] == "seen the paper"
    assert held["submissions"][0]["course"] == "IPAC-101"
    assert [row["kind"] for row in held["messages"]] == ["confirm-account", "confirm-role", "decision"]
    assert held["tokens"]
    assert {row["action"] for row in held["log"]} >= {"create", "assign", "confirm", "end"}
    assert "ana@example.org" not in json.dumps(held)


def test_export_has_no_birthdate_and_no_token_unless_asked(left: Carepass) -> None:
    out = left("account", "export", "1000").out
    assert "1990-05-17" not in out
    assert json.loads(left("account", "export", "1000", "--with-birthdate").out)["birthdate"] == "1990-05-17"
    token = left("notify", "show", "1", "-o", "json").json["body"].split("carepass ")[-1].split()[2]
    assert len(token) == 16
    assert token not in out


def test_erasing_waits_for_the_day_after_the_retention(left: Carepass) -> None:
    ran = left("account", "erase", "1000", "--yes", "-o", "json", today=LAST, code=4)
    assert ran.error["code"] == "retention"
    assert FIRST in ran.error["hint"]
    left("account", "erase", "1000", "--yes", today=FIRST)


def test_a_retention_of_ones_own(left: Carepass) -> None:
    left("account", "erase", "1000", "--yes", "--retention", "10y", today=FIRST, code=4)
    left("account", "erase", "1000", "--yes", "--retention", "1y", today="2027-11-22")


# What a person may have done last, long after all else; on the day of the machine, as erasing goes by that.
LONG_AGO, REAL_DAY = "2015-01-05", read_clock().today
LAST_ACTS = {
    "a completion": ("record", "add", "1000", "WHMIS-1", "--on", "{day}"),
    "a submission": ("cart", "submit", "1000"),
    "the end of the role": ("role", "end", "1000", *AT, "--on", "{day}"),
    "nothing": (),
}


@pytest.fixture
def long_gone(carepass: Carepass) -> Carepass:
    """A home with a manager and two people with the role psw, all of it of long ago: 1000 and 1001."""
    carepass.today = LONG_AGO
    carepass("home", "create", "maple-grove", "--name", "Maple Grove", "--manager-email", "m@example.org")
    carepass("role", "create", "maple-grove", "psw", "--name", "Support")
    course(carepass, "WHMIS-1")
    course(carepass, "IPAC-101", "--validity-years", "1")
    carepass("requirement", "add", "IPAC-101", *AT)
    for account, first, last in (("1000", "Hélène", "O'Brien"), ("1001", "Ana", "Doe")):
        person(carepass, first, last, f"p{account}@example.org")
        assign(carepass, account)
        carepass("role", "confirm", "--account", account, *AT)
        carepass("record", "add", account, "IPAC-101", "--on", "2013-12-01")
    return carepass


@pytest.mark.parametrize("act", LAST_ACTS)
def test_whatever_a_person_did_last_the_retention_counts_from_it(long_gone: Carepass, act: str) -> None:
    day = (REAL_DAY - timedelta(days=400)).isoformat()
    long_gone("cart", "add", "1000", "WHMIS-1")  # not required: rejected when it is submitted
    if LAST_ACTS[act]:
        long_gone(*(word.format(day=day) for word in LAST_ACTS[act]), today=day)
    if act != "the end of the role":
        long_gone("role", "end", "1000", *AT, "--on", LONG_AGO, today=day)
    erase = ("account", "erase", "1000", "--yes", "-o", "json")
    if act == "nothing":
        long_gone(*erase, today=REAL_DAY.isoformat())
    else:
        error = long_gone(*erase, today=REAL_DAY.isoformat(), code=4).error
        assert error["code"] == "retention"
        assert day in error["message"]


def test_an_erased_name_leaves_the_managers_digests(long_gone: Carepass, tmp_path: Path) -> None:
    long_gone("notify", "run", "--eml", str(tmp_path / "mail"))
    (digest,) = (row["id"] for row in long_gone.rows("notify", "list") if row["kind"] == "digest")
    assert "O'Brien" in long_gone.rows("notify", "show", str(digest))["body"]
    long_gone("role", "end", "1000", *AT)
    long_gone("account", "erase", "1000", "--yes", today=REAL_DAY.isoformat())
    body = long_gone.rows("notify", "show", str(digest))["body"]
    assert "Doe" in body
    assert "O'Brien" not in body


def test_who_holds_a_role_is_not_erased(left: Carepass) -> None:
    ran = left("account", "erase", "1001", "--yes", "-o", "json", today="2050-01-01", code=4)
    assert ran.error["code"] == "retention"
    assert "psw at maple-grove" in ran.error["message"]


def test_it_asks_and_without_a_terminal_names_the_flag(left: Carepass) -> None:
    assert "--yes" in left("account", "erase", "1000", "-o", "json", today=FIRST, code=2).error["hint"]
    assert left.rows("account", "show", "1000")["first_name"] == "Hélène"


def test_a_dry_run_erases_nothing(left: Carepass) -> None:
    before = left.rows("account", "export", "1000", "--with-birthdate")
    left("account", "erase", "1000", "--dry-run", today=FIRST)
    assert left.rows("account", "export", "1000", "--with-birthdate") == before


@pytest.mark.on_file
def test_nothing_personal_is_left_in_the_store(left: Carepass) -> None:
    told = json.loads(left("account", "erase", "1000", "--yes", "-o", "json", today=FIRST).out)
    assert (told["first_name"], told["last_name"], told["email"], told["status"]) == (
        "erased", "erased", "erased", "deactivated",
    )  # fmt: skip
    held = json.dumps(left.rows("account", "export", "1000", "--with-birthdate"), ensure_ascii=False)
    assert not [word for word in PERSONAL if word in held]
    with sqlite3.connect(left.db) as store:
        dump = "\n".join(store.iterdump())
    assert not [word for word in PERSONAL if word in dump]
    assert "Ana" in dump


@pytest.mark.on_file
def test_nothing_personal_is_left_in_the_file(left: Carepass) -> None:
    left("account", "erase", "1000", "--yes", today=FIRST)
    with sqlite3.connect(left.db) as store:
        store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = Path(left.db).read_bytes()
    assert not [word for word in PERSONAL if word.encode() in content]


@pytest.mark.on_file
def test_the_log_verifies_and_tampering_is_still_found(left: Carepass) -> None:
    head = left.rows("audit", "head")
    left("account", "erase", "1000", "--yes", today=FIRST)
    left("audit", "verify", "--head", f"{head['entry']}:{head['hash']}")
    left("store", "check", "--full", today=FIRST)
    with sqlite3.connect(left.db) as store:
        store.execute("UPDATE audit_entry SET before = NULL, after = NULL WHERE subject = 'home'")
    assert left("audit", "verify", "-o", "json", code=6).error["code"] == "audit-broken"


def test_what_was_trained_stays_without_a_name(left: Carepass) -> None:
    def compliance() -> object:
        return left.rows("report", "compliance", "--home", "maple-grove", "--year", "2026")

    before = compliance()
    left("account", "erase", "1000", "--yes", today=FIRST)
    assert compliance() == before
    assert [row["code"] for row in left.rows("record", "list", "1000", today=FIRST)] == ["IPAC-101"]


def test_erased_twice_is_unchanged_and_nothing_brings_the_person_back(left: Carepass) -> None:
    left("account", "erase", "1000", "--yes", today=FIRST)
    again = json.loads(left("account", "erase", "1000", "--yes", "-o", "json", today=FIRST).out)
    assert again["result"] == "unchanged"
    for change in {row["change"] for row in left.rows("audit", "list", "--account", "1000", today=FIRST)}:
        left("audit", "undo", str(change), "--yes", today=FIRST, code=4)
    at = ("--home", "maple-grove", "--role", "psw")
    left("role", "assign", "1000", *at, "--birthdate", "1990-05-17", today=FIRST, code=4)
    assert left.rows("account", "show", "1000", today=FIRST)["first_name"] == "erased"


def test_two_people_can_be_erased(left: Carepass) -> None:
    left("role", "cancel", "1001", "--home", "maple-grove", "--role", "psw")
    for account in ("1000", "1001"):
        left("account", "erase", account, "--yes", today=FIRST)
    assert [row["email"] for row in left.rows("account", "list", today=FIRST)] == ["erased", "erased"]
    left("audit", "verify")
