"""Every file that a command leaves: on the disk before it is told, and refused before anything is changed."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Carepass, assign, person

pytestmark = pytest.mark.on_file

PEOPLE = "portal_id,first_name,last_name,email,birthdate\n,Ben,Sample,ben@example.org,1990-01-01\n"
BAD = PEOPLE + ",Eve,Sample,eve@example.org,1990-13-41\n"


@pytest.fixture
def home(staff: Carepass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Carepass:
    """A person with a role, a record with a file, and a letter that waits; no key yet."""
    pytest.importorskip("openbadgeslib")
    person(staff, "Ana", "Doe", "ana@example.org")
    assign(staff, "1001")
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-03-01")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF")
    staff("record", "attach", "1", str(scan))
    (tmp_path / "people.csv").write_text(PEOPLE)
    (tmp_path / "bad.csv").write_text(BAD)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return staff


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """The numbers (inodes) of the files and folders that are had on the disk from now on."""
    found: set[int] = set()
    fsync = os.fsync

    def note(handle: int) -> None:
        found.add(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", note)
    return found


# What is run, and what it leaves; {} is the test's folder, {db} the store.
WRITERS = {
    "setting": ("config set output table", "{}/config/carepass/config.toml"),
    "profile": ("account import {}/people.csv --save-profile hr", "{}/config/carepass/profiles/hr.toml"),
    "rejects": ("account import {0}/bad.csv --rejects {0}/rejects.csv", "{}/rejects.csv"),
    "letters": ("notify run --eml {}/letters", "{}/letters/*.eml"),
    "evidence": ("record save 1 {}/saved", "{}/saved/scan.pdf"),
    "key": ("home keys maple-grove", "{db}.keys/*.pem"),
    "ledger": ("passport export 1000 {}/passport", "{db}.keys/signed.jsonl"),
    "passport": ("passport export 1000 {}/passport", "{}/passport"),
    "badge": ("passport export 1000 {}/badge.svg", "{}/badge.svg"),
    "card": ("passport card 1000 {}/card.html", "{}/card.html"),
    "binder": ("binder create {}/binder.zip --home maple-grove", "{}/binder.zip"),
    "backup": ("store backup {}/backup", "{}/backup"),
    "copy": ("store copy --to {}/copy.db", "{}/copy.db"),
}


@pytest.mark.parametrize("what", WRITERS)
def test_what_is_written_is_on_the_disk(home: Carepass, tmp_path: Path, synced: set[int], what: str) -> None:
    line, left = (text.format(tmp_path, db=home.db) for text in WRITERS[what])
    home(*line.split(), code=5 if what == "rejects" else 0)
    files = [each for each in Path(left).parent.glob(Path(left).name) if not each.name.startswith(".")]
    assert files
    for file in files:
        assert {file.stat().st_ino, file.parent.stat().st_ino} <= synced
        assert file.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.rglob(".carepass-*"))


def state(carepass: Carepass) -> tuple[object, ...]:
    """All that a command may have changed: the log, the keys, the ledger, the settings."""
    with closing(sqlite3.connect(carepass.db)) as store:
        head = store.execute("SELECT MAX(id), MAX(hash) FROM audit_entry").fetchone()
    keys = sorted((file.name, file.stat().st_size) for file in Path(f"{carepass.db}.keys").glob("*"))
    return head, keys


# Commands with a FILE: what they would change before they write it.
REFUSED = {
    "passport": "passport export 1000 {file}",
    "badge": "passport export 1000 {file}.svg",
    "card": "passport card 1000 {file}",
    "status-list": "passport status-list maple-grove {file}",
    "rejects": "account import {}/people.csv --rejects {file}",
    "backup": "store backup {file}",
    "binder": "binder create {file} --home maple-grove",
}


@pytest.mark.parametrize("why", ["foreign", "no folder"])
@pytest.mark.parametrize("what", REFUSED)
def test_a_file_that_is_refused_changes_nothing(home: Carepass, tmp_path: Path, what: str, why: str) -> None:
    file = tmp_path / ("thesis" if why == "foreign" else "nowhere/file")
    if what == "status-list":
        home("home", "keys", "maple-grove")
        home("record", "void", "1", "--reason", "twice")  # news for the ledger
        Path(f"{home.db}.keys/signed.jsonl").unlink()
    for each in (file, file.with_name(f"{file.name}.svg")):
        if why == "foreign":
            each.write_text("my thesis")
    before = state(home)
    line = REFUSED[what].format(tmp_path, file=file).split()
    if what == "backup" and why == "no folder":
        file.parent.write_text("a file, and no folder")
    ran = home(*line, "-o", "json", code=4 if why == "foreign" else 6 if what == "backup" else 2)
    assert why != "foreign" or ran.error["code"] == "file-exists"
    assert state(home) == before
    assert not list(tmp_path.rglob(".carepass-*"))


def test_a_badge_of_several_records_makes_no_key(home: Carepass, tmp_path: Path) -> None:
    home("record", "add", "1000", "WHMIS-1", "--on", "2026-03-01")
    before = state(home)
    assert "--record" in home("passport", "export", "1000", str(tmp_path / "badge.png"), code=2).err
    assert state(home) == before


def test_a_card_in_pdf_that_cannot_be_drawn_makes_no_key(
    home: Carepass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    before = state(home)
    line = ("passport", "card", "1000", str(tmp_path / "card.pdf"), "-o", "json")
    assert home(*line, code=2).error["code"] == "extra-not-installed"
    assert state(home) == before


@pytest.mark.parametrize("option", ["--save-profile", "--rejects"])
def test_an_import_is_refused_with_its_other_files(home: Carepass, tmp_path: Path, option: str) -> None:
    folder = tmp_path / "config" / "carepass" / "profiles"
    folder.parent.mkdir(parents=True)
    folder.write_text("a file, and no folder")
    other = "hr" if option == "--save-profile" else str(folder / "rejects.csv")
    before = state(home)
    assert (
        "cannot be written" in home("account", "import", f"{tmp_path}/people.csv", option, other, code=2).err
    )
    assert state(home) == before
    missing = Carepass(str(tmp_path / "missing.db"))
    assert (
        "cannot be written"
        in missing("account", "import", f"{tmp_path}/people.csv", option, other, code=2).err
    )
    assert not Path(missing.db).exists()


def test_a_file_that_finds_no_room_after_a_write_says_that_the_write_was_kept(
    home: Carepass, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carepass_cli import files

    place = files.put_in_place

    def full(fresh: Path, target: Path, *, new: bool = False) -> None:
        if target.name == "passport":
            raise OSError(28, "No space left on device")
        place(fresh, target, new=new)

    monkeypatch.setattr(files, "put_in_place", full)
    failed = home("passport", "export", "1000", str(tmp_path / "passport"), "-o", "json", code=1).error
    (change,) = home.rows("audit", "list", "--subject", "key")
    assert failed["code"] == "output-failed"
    assert (
        f"passport cannot be written: No space left on device. The write was kept: change {change['change']}."
        in (failed["message"])
    )


def test_a_key_that_a_killed_run_left_half_written_goes_with_the_next(home: Carepass) -> None:
    folder = Path(f"{home.db}.keys")
    folder.mkdir(mode=0o700)
    half = folder / ".carepass-0123456789abcdef.new"
    half.write_text("-----BEGIN PRIVATE KEY-----")
    home("home", "keys", "maple-grove")
    assert not half.exists()


def test_evidence_beside_a_store_never_becomes_its_log(home: Carepass, tmp_path: Path) -> None:
    """A file may be named as SQLite names the log of a store that lies at rest."""
    other = Carepass(str(tmp_path / "there" / "other.db"))
    other("init")
    (tmp_path / "other.db-wal").write_bytes(b"no log")
    home("record", "attach", "1", str(tmp_path / "other.db-wal"))
    ran = home("record", "save", "1", str(tmp_path / "there"), "-o", "json", code=4)
    assert ran.error["code"] == "file-exists"
    assert not Path(f"{other.db}-wal").exists()


@pytest.mark.parametrize(
    "line", ["record attach 1 {}", "starter show {}.toml", "account import x --profile {}.toml"]
)
def test_a_pipe_that_nobody_writes_into_is_not_waited_for(home: Carepass, tmp_path: Path, line: str) -> None:
    for name in ("pipe", "pipe.toml"):
        os.mkfifo(tmp_path / name)
    ran = home(*line.format(tmp_path / "pipe").split(), code=4 if "attach" in line else 2)
    assert "not a regular file" in ran.err
