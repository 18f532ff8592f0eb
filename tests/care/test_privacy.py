"""`account export` and `account erase`: all that is held, and nothing that is left."""

import json
import sqlite3
import stat
from pathlib import Path

import pytest

from carepass_cli.clock import Clock
from carepass_cli.rules.chain import actor_mark, chain_hash, payload_hash
from carepass_cli.store.rows.tables import TABLES
from carepass_cli.store.transfer import open_source
from tests.conftest import TODAY, Carepass, assign, by_hand, course, make_home, make_staff, person
from tests.postgres.server import Server
from tests.shelf import kept

# The role ended on 2026-11-21; seven years after is still kept.
LAST, FIRST = "2033-11-21", "2033-11-22"
PERSONAL = ("Hélène", "helene", "O'Brien", "o'brien", "1990-05-17", "S-4711", "seen the paper", "left town")


@pytest.fixture(autouse=True)
def _the_real_day_moves_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Erasing goes by the real day; here that is what --today says."""
    monkeypatch.setattr(Clock, "real_day", property(lambda clock: clock.today))


@pytest.fixture
@kept
def left(staff: Carepass) -> Carepass:
    """The psw with all that there can be about a person, who then left; another one stays."""
    return leave(staff)


def leave(staff: Carepass) -> Carepass:
    """Fill the psw's account, and end their role."""
    staff("account", "edit", "1000", "--student-number", "S-4711")
    staff("record", "add", "1000", "IPAC-101", "--on", "2025-12-01", "--evidence", "seen the paper")
    staff("requirement", "waive", "1000", "WHMIS-1", "--reason", "seen the paper")
    away = ("--from", "2026-11-01", "--until", "2026-11-02")
    staff("account", "leave", "1000", *away, "--reason", "seen the paper")
    staff("record", "extend", "1", "--to", "2026-12-31", "--reason", "seen the paper")
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
    assert held["leaves"][0]["reason"] == "seen the paper"
    assert held["expiry_changes"][0]["reason"] == "seen the paper"
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


def test_what_is_held_of_a_person_goes_into_a_file(left: Carepass, tmp_path: Path) -> None:
    file = tmp_path / "1000.json"
    made = left("account", "export", "1000", str(file)).json
    assert made == {"portal_id": "1000", "file": str(file)}
    assert (
        file.read_text()
        == left("account", "export", "1000").out
        == left("account", "export", "1000", "-").out
    )
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    left("account", "export", "1000", str(file))
    file.write_text("my own notes")
    refused = left("account", "export", "1000", str(file), code=4)
    assert json.loads(refused.err)["error"]["code"] == "file-exists"
    assert file.read_text() == "my own notes"


def test_what_is_held_of_one_record_is_told_alone(left: Carepass) -> None:
    whole = left.rows("account", "export", "1000")
    number = str(whole["completions"][0]["record"])
    told = left.rows("account", "export", "1000", "--record", number)
    assert told["completions"] == [row for row in whole["completions"] if str(row["record"]) == number]
    assert set(told) == {"portal_id", "created_on", "completions", "expiry_changes", "files", "revocations"}
    left("account", "export", "1000", "--record", "999", code=3)
    left("account", "export", "1001", "--record", number, code=3)


def test_erasing_waits_for_the_day_after_the_retention(left: Carepass) -> None:
    ran = left("account", "erase", "1000", "--yes", "-o", "json", today=LAST, code=4)
    assert ran.error["code"] == "retention"
    assert FIRST in ran.error["hint"]
    left("account", "erase", "1000", "--yes", today=FIRST)


AT = ("--home", "maple-grove", "--role", "psw")
# What may have been the last thing that somebody did here, on TODAY.
LAST_DONE = {
    "end of role": [("role", "end", "1000", *AT)],
    "declined": [("role", "decline", "--account", "1000", "--home", "maple-grove", "--role", "rn")],
    "completion": [("record", "add", "1000", "IPAC-101", "--on", TODAY)],
    "submission": [("cart", "submit", "1000"), ("role", "end", "1000", *AT, "--on", "2020-02-03")],
    "registration": [("registration", "fail", "1/WHMIS-1")],
    "edit": [("account", "edit", "1000", "--language", "fr")],
}


@pytest.mark.parametrize("last", LAST_DONE)
def test_the_retention_counts_from_what_was_done_last(carepass: Carepass, last: str) -> None:
    carepass.today = "2020-02-03"
    make_home(carepass)
    make_staff(carepass)
    course(carepass, "FIRE-1")
    carepass("role", "create", "maple-grove", "rn", "--name", "RN")
    assign(carepass, "1000", "maple-grove", "rn")
    carepass("record", "add", "1000", "FIRE-1", "--on", "2020-01-06")
    carepass("cart", "add", "1000", "WHMIS-1", "IPAC-101", *AT)
    carepass("cart", "submit", "1000")
    carepass("registration", "withdraw", "1/IPAC-101")
    carepass("registration", "grant", "1/WHMIS-1")
    carepass("registration", "extend", "1/WHMIS-1", "--to", "2030-01-01", "--reason", "a long leave")
    carepass("cart", "add", "1000", "FIRE-1", *AT)
    if last not in ("end of role", "submission"):
        carepass("role", "end", "1000", *AT)
    if last != "declined":
        carepass("role", "cancel", "1000", "--home", "maple-grove", "--role", "rn")
    carepass.today = TODAY
    for line in LAST_DONE[last]:
        carepass(*line)
    carepass("account", "erase", "1000", "--yes", today=LAST, code=4)
    carepass("account", "erase", "1000", "--yes", today=FIRST)


def test_the_name_goes_from_the_lists_that_a_manager_was_sent(staff: Carepass, tmp_path: Path) -> None:
    staff("home", "edit", "maple-grove", "--manager-email", "boss@example.org")
    person(staff, "Ana", "Doe", "ana@example.org")
    assign(staff, "1001")
    staff("role", "confirm", "--account", "1001", *AT)
    for account in ("1000", "1001"):
        staff("record", "add", account, "IPAC-101", "--on", "2024-01-08")
    staff("notify", "run", "--eml", str(tmp_path / "mail"))
    (digest,) = (row["id"] for row in staff.rows("notify", "list") if row["kind"] == "digest")
    assert "O'Brien" in staff.rows("notify", "show", str(digest))["body"]
    staff("role", "end", "1000", *AT)
    staff("account", "erase", "1000", "--yes", today=FIRST)
    told = staff.rows("notify", "show", str(digest))["body"]
    assert "O'Brien" not in told
    assert "Doe" in told


def test_a_retention_of_ones_own(left: Carepass) -> None:
    left("account", "erase", "1000", "--yes", "--retention", "10y", today=FIRST, code=4)
    left("account", "erase", "1000", "--yes", "--retention", "1y", today="2027-11-22")


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


def test_nothing_personal_is_left_in_the_store(left: Carepass) -> None:
    told = json.loads(left("account", "erase", "1000", "--yes", "-o", "json", today=FIRST).out)
    assert (told["first_name"], told["last_name"], told["email"], told["status"]) == (
        "erased", "erased", "erased", "deactivated",
    )  # fmt: skip
    held = json.dumps(left.rows("account", "export", "1000", "--with-birthdate"), ensure_ascii=False)
    assert not [word for word in PERSONAL if word in held]
    with open_source(left.db) as reader:
        rows = [row for table in TABLES for row in reader.rows(f'SELECT * FROM "{table}"')]
    dump = "\n".join(map(str, rows))
    assert not [word for word in PERSONAL if word in dump]
    assert "Ana" in dump


def test_on_a_server_nothing_personal_is_left_in_the_files_after_what_is_said_was_run(
    server: Server, server_db: str, tmp_path: Path
) -> None:
    name = server_db.split("/")[3].split("?")[0]
    carepass = Carepass(server_db)
    make_home(carepass)
    make_staff(carepass)
    leave(carepass)
    server.run("ANALYZE", name)

    def in_files() -> list[str]:
        server.run("CHECKPOINT")
        ((folder,),) = server.run(f"SELECT oid FROM pg_database WHERE datname = '{name}'")
        files = (server.folder / "data" / "base" / str(folder)).iterdir()
        content = b"".join(each.read_bytes() for each in files)
        assert b"Ana" in content
        return [word for word in PERSONAL if word.encode() in content]

    assert "O'Brien" in in_files()
    assert "ANALYZE; VACUUM FULL" in carepass("account", "erase", "1000", "--yes", today=FIRST).err
    assert in_files()
    server.run("ANALYZE", name)
    server.run("VACUUM FULL", name)
    assert in_files() == []
    carepass("audit", "verify", today=FIRST)
    carepass("store", "check", "--full", today=FIRST)


def files_of(db: str) -> bytes:
    return b"".join(each.read_bytes() for each in Path(db).parent.glob("carepass.db*") if each.is_file())


@pytest.mark.on_file
def test_nothing_personal_is_left_in_the_file_its_free_pages_and_its_log(left: Carepass) -> None:
    left("account", "erase", "1000", "--yes", today=FIRST)
    content = files_of(left.db)
    assert b"Ana" in content
    assert not [word for word in PERSONAL if word.encode() in content]
    with sqlite3.connect(left.db) as store:
        assert store.execute("SELECT COUNT(*) FROM note").fetchone() == (0,)


@pytest.mark.on_file
def test_while_another_program_reads_it_is_said_and_done_at_the_next_write(left: Carepass) -> None:
    reader = sqlite3.connect(left.db, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM account").fetchone()
    assert "old pages" in left("account", "erase", "1000", "--yes", today=FIRST).err
    assert b"S-4711" in files_of(left.db)
    left("store", "check", "--full", today=FIRST)
    reader.execute("COMMIT")
    reader.close()
    left("home", "create", "cedar", "--name", "Cedar", today=FIRST)
    assert not [word for word in PERSONAL if word.encode() in files_of(left.db)]


def test_today_moves_no_retention(left: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    ran = left("account", "erase", "1000", "--yes", "-o", "json", today="2040-01-01", code=4)
    assert ran.error["code"] == "retention"


def test_the_name_goes_from_what_the_person_verified_and_did_and_where_else_it_stands_is_said(
    left: Carepass,
) -> None:
    name = "Hélène O'Brien"
    left("record", "add", "1001", "IPAC-101", "--on", "2025-12-01", "--verified-by", name)
    left("record", "add", "1001", "IPAC-101", "--on", "2025-12-02", "--evidence", f"by {name}", actor=name)
    told = left("account", "erase", "1000", "--yes", today=FIRST).err
    records = left.rows("record", "list", "1001", today=FIRST)
    (record,) = [row["record"] for row in records if row["evidence"]]
    assert f"The name still stands in completion {record} (evidence)." in told
    assert [row["verified_by"] for row in left.rows("record", "list", "1001", today=FIRST)].count(
        "erased"
    ) == 1
    assert name not in {row["actor"] for row in left.rows("audit", "list", today=FIRST)}
    left("audit", "verify", today=FIRST)


def test_an_erasure_is_believed_for_its_own_person_only(left: Carepass) -> None:
    left("account", "erase", "1000", "--yes", today=FIRST)
    ((stranger,),) = by_hand(left, "SELECT id FROM audit_entry WHERE account_id = 2 ORDER BY id LIMIT 1")
    ((after,),) = by_hand(left, "SELECT after FROM audit_entry WHERE action = 'erase'")
    assert stranger not in json.loads(after)["erased_entries"]
    by_hand(left, "UPDATE audit_entry SET before = NULL, after = NULL WHERE id = ?", stranger)
    assert f"entry {stranger}" in left("audit", "verify", today=FIRST, code=6).err


def test_the_log_verifies_and_tampering_is_still_found(left: Carepass) -> None:
    head = left.rows("audit", "head")
    left("account", "erase", "1000", "--yes", today=FIRST)
    left("audit", "verify", "--head", f"{head['entry']}:{head['hash']}")
    left("store", "check", "--full", today=FIRST)
    by_hand(left, "UPDATE audit_entry SET before = NULL, after = NULL WHERE subject = 'home'")
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


def test_what_was_merged_into_the_person_is_erased_with_them(staff: Carepass) -> None:
    """Under another name, address and birthdate; and what was merged into that one before."""
    for first, last in (("Otto", "Berg"), ("Otti", "Bergmann")):
        named = ("--first-name", first, "--last-name", last, "--email", f"{first}@old.example.org")
        staff("account", "create", *named, "--birthdate", "1961-02-03", "--employee-number", f"N-{first}")
    staff("record", "add", "1001", "IPAC-101", "--on", "2025-12-01", "--evidence", "shown by Otto Berg")
    named = ("--first-name", "Ana", "--last-name", "Doe", "--email", "ana@example.org")
    staff("account", "create", *named, "--birthdate", "1971-02-03")
    staff("record", "add", "1003", "IPAC-101", "--on", "2025-12-01", "--verified-by", "Otti Bergmann")
    for keep, other in (("1001", "1002"), ("1000", "1001")):
        staff("account", "merge", keep, other, "--reason", "one person", "--yes")
    staff("role", "end", "1000", *AT)
    early = staff("account", "erase", "1001", "--yes", "-o", "json", today=FIRST, code=4)
    assert (early.error["code"], "1000" in early.error["message"]) == ("account-merged", True)
    told = staff("account", "erase", "1000", "--yes", today=FIRST).err
    assert "Account 1001, which was merged into 1000, is erased with it." in told
    assert "Account 1002, which was merged into 1001, is erased with it." in told
    with open_source(staff.db) as reader:
        dump = "\n".join(str(row) for table in TABLES for row in reader.rows(f'SELECT * FROM "{table}"'))
    personal = (*PERSONAL, "Ott", "Berg", "old.example.org", "1961-02-03", "one person")
    assert not [word for word in personal if word.casefold() in dump.casefold()]
    assert "Ana" in dump
    staff("audit", "verify", today=FIRST)
    staff("store", "check", "--full", today=FIRST)


def test_the_retention_counts_from_what_was_done_last_with_a_part_of_the_person(staff: Carepass) -> None:
    staff("role", "end", "1000", *AT)
    person(staff, "Otto", "Berg", "lena@example.org")
    staff("account", "merge", "1000", "1001", "--reason", "one person", "--yes")
    # What was the other one's alone stays so: its particulars.
    staff("account", "deactivate", "1000", "--reason", "left")
    by_hand(
        staff, "UPDATE account_version SET from_on = '2027-01-01' WHERE account_id = 2 AND until_on IS NULL"
    )
    assert (
        "2034-01-02"
        in staff("account", "erase", "1000", "--yes", "-o", "json", today=FIRST, code=4).error["hint"]
    )


def test_a_forged_erasure_takes_nothing_from_strangers(left: Carepass) -> None:
    """An entry that says it erased somebody who is still here, chained as it should be, is not believed."""
    head = left.rows("audit", "head")
    ((change, at, effective, actor, command),) = by_hand(
        left, "SELECT id, at, CAST(effective_on AS VARCHAR), actor, command FROM change WHERE id = 1"
    )
    ((stranger,),) = by_hand(left, "SELECT id FROM audit_entry WHERE account_id = 2 ORDER BY id LIMIT 1")
    after = json.dumps({"erased_entries": [stranger]}, separators=(",", ":"))
    payload, number = payload_hash(None, after), head["entry"] + 1
    said = ("erase", "account", "1001", 2)
    parts = (change, at, effective, actor_mark(change, actor), command, *said)
    forged = chain_hash(bytes.fromhex(head["hash"]), number, parts, payload, None)
    by_hand(
        left,
        "INSERT INTO audit_entry (id, change_id, action, subject, key, account_id, after, payload_hash, hash)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        number, change, *said, after, payload, forged,
    )  # fmt: skip
    left("audit", "verify")  # whoever can write may append; only a kept head shows that
    by_hand(left, "UPDATE audit_entry SET before = NULL, after = NULL WHERE id = ?", stranger)
    assert f"entry {stranger}: what it says was changed" in left("audit", "verify", code=6).err
