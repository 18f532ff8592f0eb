"""From one home to the next: exported, verified, taken over course by course; keys, trust, revocation."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, Ran, assign, course, person
from tests.passport.conftest import part

Elsewhere = Callable[..., Carepass]


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the store of `maple` is kept once it is built."""
    return tmp_path_factory.mktemp("maple") / "carepass.db"


@pytest.fixture
def maple(carepass: Carepass, kept: Path, request: pytest.FixtureRequest) -> Carepass:
    """The home with a person who has completed an annual course and one that never expires."""
    if kept.exists() and "://" not in carepass.db:
        shutil.copy(kept, carepass.db)
        return carepass
    staff: Carepass = request.getfixturevalue("staff")
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2020-06-01")
    if "://" not in carepass.db:
        with closing(sqlite3.connect(staff.db)) as built, closing(sqlite3.connect(kept)) as copy:
            built.backup(copy)
    return staff


@pytest.fixture
def file(maple: Carepass, tmp_path: Path) -> str:
    """The person's passport."""
    path = str(tmp_path / "passport.json")
    maple("passport", "export", "1000", path)
    return path


@pytest.fixture
def cedar(template: Path, tmp_path: Path) -> Carepass:
    """Another home's store, where the same person has just been made an account; IPAC-101 is known."""
    db = tmp_path / "cedar" / "carepass.db"
    db.parent.mkdir()
    shutil.copy(template, db)
    there = Carepass(str(db))
    course(there, "IPAC-101", "--validity-years", "1")
    person(there, "Hélène", "O'Brien-Roy", "HELENE@example.org")
    return there


def decisions(ran: Ran) -> dict[str, str]:
    return {row["code"]: row["decision"] for row in ran.json}


def take(home: Carepass, file: str, *more: str, **how: Any) -> Ran:
    return home("passport", "import", file, "--account", "1000", *more, "-o", "json", **how)


def verified(home: Carepass, file: str, *more: str, today: str | None = None) -> dict[str, str]:
    rows = home("passport", "verify", file, *more, "-o", "json", today=today).json
    return {row["code"]: row["status"] for row in rows}


# --- Export -----------------------------------------------------------------------------------------------


def test_a_passport_holds_each_valid_completion(maple: Carepass, tmp_path: Path) -> None:
    path = tmp_path / "passport.json"
    told = maple("passport", "export", "1000", str(path), "-o", "json").json
    assert (told["credentials"], told["home"], told["portal_id"]) == (2, "maple-grove", "1000")
    content = json.loads(path.read_text())
    payloads = [part(token, 1) for token in content["credentials"]]
    assert [p["credentialSubject"]["achievement"]["humanCode"] for p in payloads] == ["IPAC-101", "WHMIS-1"]
    assert [p.get("validUntil") for p in payloads] == ["2027-11-01T23:59:59-04:00", None]
    assert all(p["issuer"]["id"] == told["issuer"] for p in payloads)
    text = json.dumps(payloads, ensure_ascii=False)
    assert "1990-05-17" not in text
    assert "example.org" not in text
    assert "mailto" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_day_s_export_is_the_same(maple: Carepass, file: str, tmp_path: Path) -> None:
    again = tmp_path / "again.json"
    maple("passport", "export", "1000", str(again))
    assert json.loads(again.read_text())["credentials"] == json.loads(Path(file).read_text())["credentials"]


def test_what_is_expired_void_or_revoked_is_left_out(maple: Carepass, tmp_path: Path) -> None:
    path = str(tmp_path / "p.json")
    maple("home", "keys", "maple-grove")

    def count(today: str) -> int:
        return maple("passport", "export", "1000", path, "-o", "json", today=today).json["credentials"]

    assert count("2027-11-01") == 2
    assert count("2027-11-02") == 1
    maple("record", "void", "1", "--reason", "wrong person")
    assert count("2026-11-21") == 1
    maple("passport", "revoke", "2", "--reason", "not theirs")
    assert count("2026-11-21") == 0
    assert "empty" in maple("passport", "export", "1000", path).err


def test_who_signs(maple: Carepass, tmp_path: Path) -> None:
    path = str(tmp_path / "p.json")
    maple("home", "create", "cedar-house", "--name", "Cedar House")
    maple("role", "create", "cedar-house", "psw", "--name", "PSW")
    maple("passport", "export", "1000", path, "--home", "cedar-house", code=4)
    maple("passport", "export", "1000", path, "--home", "nowhere", code=3)
    assign(maple, "1000", "cedar-house")
    maple("role", "confirm", "--account", "1000", "--home", "cedar-house", "--role", "psw")
    assert "--home" in maple("passport", "export", "1000", path, code=2).err
    maple("passport", "export", "1000", path, "--home", "cedar-house")
    assert {row["issuer_name"] for row in maple.rows("passport", "verify", path)} == {"Cedar House"}
    maple("role", "end", "1000", "--home", "cedar-house", "--role", "psw")
    maple("passport", "export", "1000", path, today="2026-11-23")
    assert {row["issuer_name"] for row in maple.rows("passport", "verify", path)} == {"Maple Grove"}


def test_a_home_vouches_for_those_who_have_left(maple: Carepass, tmp_path: Path) -> None:
    maple("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    maple("passport", "export", "1000", str(tmp_path / "p.json"), today="2026-12-01")


def test_nobody_vouches_for_a_stranger(home: Carepass, tmp_path: Path) -> None:
    person(home)
    ran = home("passport", "export", "1000", str(tmp_path / "p.json"), "-o", "json", code=4)
    assert ran.error["code"] == "role-not-confirmed"


def test_a_place_that_cannot_be_written(maple: Carepass, tmp_path: Path) -> None:
    maple("passport", "export", "1000", str(tmp_path / "none" / "p.json"), code=2)
    maple("passport", "export", "9999", str(tmp_path / "p.json"), code=3)
    assert not (tmp_path / "p.json").exists()


# --- Verify -----------------------------------------------------------------------------------------------


def test_verify_needs_no_store(maple: Carepass, file: str, tmp_path: Path) -> None:
    alone = Carepass(str(tmp_path / "none" / "carepass.db"))
    assert verified(alone, file) == {"IPAC-101": "valid", "WHMIS-1": "valid"}
    assert not (tmp_path / "none").exists()
    assert "Fingerprint" in alone("passport", "verify", file).out


def test_expired_and_revoked_are_reported(maple: Carepass, file: str, tmp_path: Path) -> None:
    assert verified(maple, file, today="2027-11-01")["IPAC-101"] == "valid"
    assert verified(maple, file, today="2027-11-02")["IPAC-101"] == "expired"
    maple("passport", "revoke", "2", "--reason", "not theirs")
    newer = str(tmp_path / "status.json")
    maple("passport", "status-list", "maple-grove", newer)
    assert verified(maple, file, "--status-list", newer) == {"IPAC-101": "valid", "WHMIS-1": "revoked"}


def test_a_void_record_is_revoked(maple: Carepass, file: str, tmp_path: Path) -> None:
    maple("record", "void", "1", "--reason", "wrong person")
    newer = str(tmp_path / "later.json")
    maple("passport", "export", "1000", newer)
    assert verified(maple, file, "--status-list", newer)["IPAC-101"] == "revoked"


def test_a_tampered_file_is_refused_with_its_reason(maple: Carepass, file: str) -> None:
    content = json.loads(Path(file).read_text())
    start, payload, end = content["credentials"][0].split(".")
    content["credentials"][0] = f"{start}.{payload[:-4]}AAAA.{end}"
    Path(file).write_text(json.dumps(content))
    ran = maple("passport", "verify", file, "-o", "json", code=4)
    assert ran.error["code"] in ("bad-signature", "malformed-credential")
    assert ran.out == ""
    Path(file).write_text("{}")
    assert maple("passport", "verify", file, "-o", "json", code=4).error["code"] == "not-a-passport"
    maple("passport", "verify", f"{file}.none", code=2)


@pytest.mark.parametrize("suffix", ["svg", "PNG"])
def test_a_single_credential_in_a_picture(maple: Carepass, tmp_path: Path, suffix: str) -> None:
    path, newer = str(tmp_path / f"badge.{suffix}"), str(tmp_path / "status.json")
    assert "--record" in maple("passport", "export", "1000", path, code=2).err
    maple("passport", "export", "1000", path, "--record", "1")
    maple("passport", "status-list", "maple-grove", newer)
    assert verified(maple, path, "--status-list", newer) == {"IPAC-101": "valid"}
    assert maple("passport", "export", "1000", path, "--record", "9", code=3)


# --- Import -----------------------------------------------------------------------------------------------


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


# --- Trust ------------------------------------------------------------------------------------------------


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


# --- Keys -------------------------------------------------------------------------------------------------


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


def test_what_was_done_can_be_undone(maple: Carepass, cedar: Carepass, file: str) -> None:
    cedar("passport", "trust", file, "--name", "Maple Grove")
    take(cedar, file)
    newest = cedar.rows("audit", "list")
    changes = sorted({row["change"] for row in newest})
    for change in changes[-1:-3:-1]:
        cedar("audit", "undo", str(change), "--yes")
    assert cedar.rows("record", "list", "1000") == []
    assert cedar.rows("passport", "issuers") == []
    maple("passport", "revoke", "1", "--reason", "not theirs")
    last = max(row["change"] for row in maple.rows("audit", "list"))
    maple("audit", "undo", str(last), "--yes")
    assert maple("passport", "export", "1000", file, "-o", "json").json["credentials"] == 2


# --- Revoke -----------------------------------------------------------------------------------------------


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


# --- Card -------------------------------------------------------------------------------------------------


def test_a_card_in_html(maple: Carepass, file: str, tmp_path: Path) -> None:
    maple("course", "edit", "IPAC-101", "--title", "<script>alert(1)</script> & more")
    path = tmp_path / "card.html"
    told = maple("passport", "card", "1000", str(path), "-o", "json").json
    page = path.read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "Hélène O&#39;Brien" in page
    assert told["fingerprint"][:4] in page
    assert "<svg" in page
    assert "1990-05-17" not in page
    assert "example.org" not in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")


def test_a_card_bears_the_passport_s_fingerprint(maple: Carepass, file: str, tmp_path: Path) -> None:
    told = maple("passport", "card", "1000", str(tmp_path / "card.html"), "-o", "json").json
    assert f"{told['fingerprint']}" in maple("passport", "verify", file).out


def test_a_card_as_pdf(maple: Carepass, tmp_path: Path) -> None:
    maple("course", "edit", "IPAC-101", "--title", '#import "x"; $ *not* [markup] \\ " end')
    path = tmp_path / "card.pdf"
    maple("passport", "card", "1000", str(path))
    assert path.read_bytes().startswith(b"%PDF-")


# --- Without the extras -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ("passport", "export", "1000", "p.json"),
        ("passport", "verify", "p.json"),
        ("passport", "import", "p.json", "--account", "1000"),
        ("passport", "trust", "did:key:z6Mk", "--name", "X"),
        ("passport", "card", "1000", "card.html"),
        ("home", "keys", "maple-grove"),
    ],
)
def test_without_the_extra_the_command_names_it(
    staff: Carepass, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "openbadgeslib", None)
    monkeypatch.delitem(sys.modules, "carepass_cli.badges.openbadges", raising=False)
    ran = staff(*words, "-o", "json", code=2)
    assert ran.error["code"] == "extra-not-installed"
    assert "carepass-cli[badges]" in ran.error["hint"]


def test_without_the_extra_the_rest_works(staff: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openbadgeslib", None)
    assert staff.rows("passport", "issuers") == []
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    staff("passport", "revoke", "1", "--reason", "not theirs")


def test_without_typst_a_pdf_names_its_extra(
    maple: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    ran = maple("passport", "card", "1000", str(tmp_path / "card.pdf"), "-o", "json", code=2)
    assert "carepass-cli[pdf]" in ran.error["hint"]
    maple("passport", "card", "1000", str(tmp_path / "card.html"))


# --- What a run imports -----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [("verify", "{file}"), ("export", "1000", "{file}"), ("issuers",)])
def test_reading_imports_no_sqlmodel(maple: Carepass, file: str, words: tuple[str, ...]) -> None:
    line = ["--db", maple.db, "--today", maple.today, "passport", *(w.format(file=file) for w in words)]
    script = (
        "import sys\nfrom carepass_cli.main import app\n"
        f"try:\n    app({line!r}, prog_name='carepass')\n"
        "except SystemExit as left:\n    assert not left.code\n"
        "heavy = {'sqlmodel', 'sqlalchemy', 'pydantic', 'rich', 'typst', 'segno'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
