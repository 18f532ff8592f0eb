"""`binder create` and `verify`: what it holds is what the reports say, and it proves itself."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.conftest import Carepass, person
from tests.shelf import kept

HOME = ("--home", "maple-grove")


@pytest.fixture
@kept
def full(staff: Carepass) -> Carepass:
    """Something of everything: a gap, a waiver, a void record, a longer window."""
    staff("requirement", "waive", "1000", "WHMIS-1", "--reason", "desk work", "--until", "2027-01-01")
    staff("record", "add", "1000", "IPAC-101", "--on", "2025-10-01")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2026-01-01")
    staff("record", "void", "2", "--reason", "wrong person")
    person(staff, "Ann", "Aube", "ann@example.org")
    return staff


def made(carepass: Carepass, path: Path, *more: str) -> dict[str, bytes]:
    carepass("binder", "create", str(path), *HOME, *more)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("part", "line"),
    [
        ("matrix", ("report", "matrix", *HOME)),
        ("gaps", ("report", "gaps", *HOME)),
        ("assignments", ("role", "assignments", *HOME)),
    ],
)
def test_a_table_is_its_report(full: Carepass, tmp_path: Path, part: str, line: tuple[str, ...]) -> None:
    parts = made(full, tmp_path / "b.zip")
    assert parts[f"{part}.csv"].decode() == full(*line, "-o", "csv").out


def test_compliance_is_that_of_the_year_with_citations(full: Carepass, tmp_path: Path) -> None:
    for year in ("2025", "2026"):
        table = made(full, tmp_path / "b.zip", "--year", year)["compliance.csv"].decode().splitlines()
        report = full("report", "compliance", *HOME, "--year", year, "-o", "csv").out.splitlines()
        assert table[0] == f"{report[0]},citation"
        assert [line.rsplit(",", 1)[0] for line in table[1:]] == report[1:]


def test_it_holds_waivers_voids_the_audit_head_and_an_index(full: Carepass, tmp_path: Path) -> None:
    parts = made(full, tmp_path / "b.zip")
    assert "WHMIS-1,Course WHMIS-1,desk work,2026-11-21,2027-01-01" in parts["waivers.csv"].decode()
    assert parts["voids.csv"].decode().splitlines()[1].endswith("wrong person")
    head = full("audit", "head", "-o", "json").json
    assert parts["audit-head.txt"].decode() == f"{head['entry']}:{head['hash']}\n"
    manifest = json.loads(parts["manifest.json"])
    assert (manifest["home"], manifest["as_of"], manifest["year"]) == ("maple-grove", "2026-11-21", 2026)
    assert [each["path"] for each in manifest["files"]] == list(parts)[:-1]
    page = parts["index.html"].decode()
    assert all(f'href="{name}"' in page for name in parts if name.endswith(".csv"))
    assert not any(b"1990-05-17" in content for content in parts.values())


def test_everybody_gets_the_same_bytes_and_nothing_is_written(full: Carepass, tmp_path: Path) -> None:
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    head = full("audit", "head").out
    made(full, one)
    made(full, two)
    assert one.read_bytes() == two.read_bytes()
    assert full("audit", "head").out == head
    assert one.stat().st_mode & 0o777 == 0o600


def test_it_is_verified_without_a_store_and_named_where_it_was_changed(
    full: Carepass, tmp_path: Path
) -> None:
    path = tmp_path / "b.zip"
    made(full, path)
    nowhere = Carepass(str(tmp_path / "none" / "carepass.db"))
    ran = nowhere("binder", "verify", str(path), "-o", "json")
    assert (ran.json["home"], ran.json["signed_by"]) == ("maple-grove", None)
    assert "not signed" in nowhere("binder", "verify", str(path)).err
    assert not (tmp_path / "none").exists()
    content = path.read_bytes()
    path.write_bytes(content.replace(b"desk work", b"desk walk"))
    ran = nowhere("binder", "verify", str(path), "-o", "json", code=4)
    assert ran.error["code"] == "tampered"
    assert "waivers.csv" in ran.error["message"]


def test_the_home_s_key_signs_also_for_an_earlier_day(full: Carepass, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    later = "2026-11-25"
    full("home", "keys", "maple-grove", today=later)
    (key,) = full.rows("home", "keys", "maple-grove", today=later)
    for today in (later, "2026-11-21"):
        full("binder", "create", str(path), *HOME, today=today)
        assert full("binder", "verify", str(path), "-o", "json").json["signed_by"] == key["did"]


def test_only_a_binder_is_replaced_by_a_binder(full: Carepass, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_text("mine")
    ran = full("binder", "create", str(path), *HOME, "-o", "json", code=4)
    assert ran.error["code"] == "file-exists"
    assert path.read_text() == "mine"
    made(full, path, "--force")
    made(full, path)


@pytest.mark.parametrize(
    ("more", "code"),
    [(("--year", "2027"), 2), (("--sample", "-1"), 2), (("--home", "nowhere"), 3)],
)
def test_what_cannot_be_is_told(full: Carepass, tmp_path: Path, more: tuple[str, ...], code: int) -> None:
    at = () if "--home" in more else HOME
    full("binder", "create", str(tmp_path / "b.zip"), *at, *more, code=code)
    assert not (tmp_path / "b.zip").exists()


def test_the_sample_is_of_as_many_people_as_asked_for(full: Carepass, tmp_path: Path) -> None:
    assert len(made(full, tmp_path / "b.zip", "--sample", "0")["sample.csv"].decode().splitlines()) == 1
    rows = made(full, tmp_path / "b.zip")["sample.csv"].decode().splitlines()
    assert len(rows) == 3
    assert rows[0].startswith("portal_id,last_name,first_name,record,code,title,completed_on,expires_on")


def test_the_evidence_of_the_sample_is_in_it(full: Carepass, tmp_path: Path) -> None:
    scan = tmp_path / "a scan.pdf"
    scan.write_bytes(b"%PDF" * 1000)
    full("record", "attach", "1", str(scan))
    path = tmp_path / "b.zip"
    parts = made(full, path)
    name = "evidence/1000/1/1-a scan.pdf"
    assert parts[name] == scan.read_bytes()
    assert f",{name},{full.rows('record', 'files', '1')[0]['sha256']}" in parts["sample.csv"].decode()
    assert "evidence/" in parts["index.html"].decode()
    assert name not in made(full, path, "--sample", "0")
    path.write_bytes(path.read_bytes()[:-1])
    assert full("binder", "verify", str(path), "-o", "json", code=4).error["code"] in (
        "tampered",
        "not-a-binder",
    )


def test_more_time_and_a_longer_validity_are_extensions(full: Carepass, tmp_path: Path) -> None:
    full("cart", "add", "1000", "IPAC-101")
    full("cart", "submit", "1000")
    full("registration", "grant", "1/IPAC-101")
    full("registration", "extend", "1/IPAC-101", "--to", "2027-01-10", "--reason", "ill")
    full("record", "extend", "1", "--to", "2027-03-31", "--reason", "ordered by the ministry")
    head, *rows = made(full, tmp_path / "b.zip")["extensions.csv"].decode().splitlines()
    keys = "line,record,portal_id,last_name,first_name,code,title,extended_on,complete_by,expires_on,reason"
    assert head == keys
    assert rows[0].startswith("1/IPAC-101,,1000,")
    assert rows[0].endswith(",2026-11-21,2027-01-10,,ill")
    assert rows[1].startswith(",1,1000,")
    assert rows[1].endswith(",2026-11-21,,2027-03-31,ordered by the ministry")
