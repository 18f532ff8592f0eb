"""What a person takes along: exported, verified, printed on a card; and what a run needs for it."""

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Carepass, assign, person
from tests.passport.conftest import part, verified

# --- Export -------------------------------------------------------------------------------------------------


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


# --- Verify -------------------------------------------------------------------------------------------------


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


def test_a_badge_of_several_is_refused_before_a_key_is_made(staff: Carepass, tmp_path: Path) -> None:
    for code in ("IPAC-101", "WHMIS-1"):
        staff("record", "add", "1000", code, "--on", "2026-11-01")
    refused = staff("passport", "export", "1000", str(tmp_path / "badge.svg"), "-o", "json", code=2).error
    assert ("one credential" in refused["message"], "--record" in refused["hint"]) == (True, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(("badge", "keys"))] == []
    (issued,) = staff.rows("home", "keys", "maple-grove")
    assert issued["result"] == "created"


@pytest.mark.parametrize("suffix", ["svg", "PNG"])
def test_a_single_credential_in_a_picture(maple: Carepass, tmp_path: Path, suffix: str) -> None:
    path, newer = str(tmp_path / f"badge.{suffix}"), str(tmp_path / "status.json")
    assert "--record" in maple("passport", "export", "1000", path, code=2).err
    maple("passport", "export", "1000", path, "--record", "1")
    maple("passport", "status-list", "maple-grove", newer)
    assert verified(maple, path, "--status-list", newer) == {"IPAC-101": "valid"}
    assert maple("passport", "export", "1000", path, "--record", "9", code=3)


# --- Card ---------------------------------------------------------------------------------------------------


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


# --- Without the extras -------------------------------------------------------------------------------------


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
    assert "pip install '.[badges]'" in ran.error["hint"]


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
    assert "pip install '.[pdf]'" in ran.error["hint"]
    maple("passport", "card", "1000", str(tmp_path / "card.html"))


# --- What a run imports -------------------------------------------------------------------------------------


@pytest.mark.on_file
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
