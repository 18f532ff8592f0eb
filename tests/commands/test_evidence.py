"""Evidence itself: files attached to records, kept once, given back, checked, erased."""

import hashlib
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, assign, course, person

KEYS = ["file", "name", "bytes", "sha256", "added_on"]


@pytest.fixture
def recorded(staff: Carepass) -> Carepass:
    """Two records of 1000: 1 (IPAC-101) and 2 (WHMIS-1)."""
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-03-01")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2026-03-01")
    return staff


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan é.pdf"
    path.write_bytes(b"%PDF-1.7 \x00\xff" * 1000)
    return path


def contents(carepass: Carepass) -> int:
    """How many files' bytes lie in the store."""
    if "://" in carepass.db:
        import psycopg

        with psycopg.connect(
            carepass.db.replace("+psycopg", ""), options="-c search_path=carepass"
        ) as server:
            return int(server.execute("SELECT COUNT(*) FROM evidence_file").fetchone()[0])
    with closing(sqlite3.connect(carepass.db)) as store:
        return int(store.execute("SELECT COUNT(*) FROM evidence_file").fetchone()[0])


def test_a_file_is_attached_listed_and_given_back(recorded: Carepass, scan: Path, tmp_path: Path) -> None:
    (made,) = recorded("record", "attach", "1", str(scan), "-o", "json").json
    assert (made["result"], made["record"], made["name"], made["bytes"]) == ("created", 1, scan.name, 11000)
    (row,) = recorded.rows("record", "files", "1")
    assert list(row) == KEYS
    assert row["sha256"] == hashlib.sha256(scan.read_bytes()).hexdigest()
    assert row["added_on"] == "2026-11-21"
    assert [each["files"] for each in recorded.rows("record", "list", "1000")] == [1, 0]
    saved = recorded("record", "save", "1", str(tmp_path / "out"), "-o", "json").json
    assert [each["result"] for each in saved] == ["created"]
    assert (tmp_path / "out" / scan.name).read_bytes() == scan.read_bytes()
    assert (tmp_path / "out" / scan.name).stat().st_mode & 0o777 == 0o600


def test_again_changes_nothing_and_the_same_bytes_are_kept_once(recorded: Carepass, scan: Path) -> None:
    recorded("record", "attach", "1", str(scan))
    (again,) = recorded("record", "attach", "1", str(scan), "-o", "json").json
    assert again["result"] == "unchanged"
    copy = scan.with_name("copy.pdf")
    copy.write_bytes(scan.read_bytes())
    recorded("record", "attach", "2", str(scan), str(copy))
    assert [row["name"] for row in recorded.rows("record", "files", "2")] == [scan.name, "copy.pdf"]
    assert contents(recorded) == 1


def test_a_record_is_added_with_its_files(staff: Carepass, scan: Path) -> None:
    made = staff(
        "record", "add", "1000", "IPAC-101", "--on", "2026-03-01", "--file", str(scan), "-o", "json"
    ).json
    assert (made["result"], made["files"]) == ("created", 1)
    again = staff(
        "record", "add", "1000", "IPAC-101", "--on", "2026-03-01", "--file", str(scan), "-o", "json"
    ).json
    assert (again["result"], again["files"]) == ("unchanged", 1)
    staff(
        "record", "add", "1000", "WHMIS-1", "--on", "2026-03-01", "--file", str(scan.parent / "none"), code=2
    )
    assert [row["code"] for row in staff.rows("record", "list", "1000")] == ["IPAC-101"]


@pytest.mark.parametrize(
    ("size", "code", "error"), [(10 * 1024**2, 0, ""), (10 * 1024**2 + 1, 4, "file-too-large")]
)
def test_ten_megabytes_and_no_more(
    recorded: Carepass, tmp_path: Path, size: int, code: int, error: str
) -> None:
    big = tmp_path / "big"
    with big.open("wb") as file:
        file.truncate(size)
    ran = recorded("record", "attach", "1", str(big), "-o", "json", code=code)
    assert contents(recorded) == (not code)
    if code:
        assert ran.error["code"] == error


def test_what_is_no_file_and_no_record_is_refused(recorded: Carepass, scan: Path, tmp_path: Path) -> None:
    assert "cannot be read" in recorded("record", "attach", "1", str(tmp_path), code=2).err
    recorded("record", "attach", "9", str(scan), code=3)
    recorded("record", "files", "9", code=3)
    # One of several that cannot be: none is kept.
    recorded("record", "attach", "1", str(scan), str(tmp_path / "none"), code=2)
    assert contents(recorded) == 0


def test_a_file_is_seen_from_its_day_on(recorded: Carepass, scan: Path) -> None:
    recorded("record", "attach", "1", str(scan), today="2026-11-25")
    for today, files in (("2026-11-25", 1), ("2026-11-24", 0)):
        assert len(recorded.rows("record", "files", "1", today=today)) == files
        assert recorded.rows("record", "list", "1000", today=today)[0]["files"] == files
    assert "No files" in recorded("record", "files", "1", today="2026-11-24").err


def test_undo_takes_an_attaching_back_and_leaves_what_others_have(recorded: Carepass, scan: Path) -> None:
    changes = []
    for record in ("1", "2"):
        recorded("record", "attach", record, str(scan))
        changes.append(str(recorded.rows("audit", "list")[-1]["change"]))
    recorded("audit", "undo", changes[0], "--yes")
    assert recorded.rows("record", "files", "1") == []
    assert len(recorded.rows("record", "files", "2")) == contents(recorded) == 1
    recorded("audit", "undo", changes[1], "--yes")
    assert contents(recorded) == 0
    recorded("audit", "verify")


def test_saving_overwrites_nothing(recorded: Carepass, scan: Path, tmp_path: Path) -> None:
    other = tmp_path / "more" / scan.name
    other.parent.mkdir()
    other.write_bytes(b"other")
    recorded("record", "attach", "1", str(scan), str(other))
    place = tmp_path / "out"
    place.mkdir()
    (place / scan.name).write_bytes(b"mine")
    saved = recorded("record", "save", "1", str(place), "-o", "json").json
    assert sorted(path.read_bytes() for path in place.iterdir()) == sorted(
        [b"mine", b"other", scan.read_bytes()]
    )
    again = recorded("record", "save", "1", str(place), "-o", "json").json
    assert [each["result"] for each in (*saved, *again)] == ["created", "created", "unchanged", "unchanged"]


def test_erasing_removes_what_nobody_else_has(recorded: Carepass, scan: Path) -> None:
    person(recorded, "Ann", "Aube", "ann@example.org")
    assign(recorded, "1001")
    recorded("record", "add", "1001", "WHMIS-1", "--on", "2026-03-01")
    own = scan.with_name("own.pdf")
    own.write_bytes(b"own")
    recorded("record", "attach", "1", str(scan), str(own))
    recorded("record", "attach", "3", str(scan))
    recorded("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    recorded.today = "2036-11-21"
    _erase(recorded, "1000")
    assert contents(recorded) == 1
    assert len(recorded.rows("record", "files", "3")) == 1
    recorded("audit", "verify")
    recorded("store", "check", "--full")


def _erase(carepass: Carepass, account: str) -> None:
    """Erase somebody long gone, by the real day."""
    carepass("account", "erase", account, "--retention", "0d", "--yes")


@pytest.mark.on_file
def test_a_full_check_finds_a_changed_file(recorded: Carepass, scan: Path) -> None:
    recorded("record", "attach", "1", str(scan))
    recorded("store", "check", "--full")
    with closing(sqlite3.connect(recorded.db)) as store:
        store.execute("UPDATE evidence_file SET content = zeroblob(size)")
        store.commit()
    assert "evidence" in recorded("store", "check", "--full", code=6).out


@pytest.mark.on_file
def test_a_backup_carries_the_files(recorded: Carepass, scan: Path, tmp_path: Path) -> None:
    recorded("record", "attach", "1", str(scan))
    recorded("store", "backup", str(tmp_path / "backup.db"))
    copy = Carepass(str(tmp_path / "backup.db"))
    assert copy.rows("record", "files", "1") == recorded.rows("record", "files", "1")
    copy("record", "save", "1", str(tmp_path / "out"))
    assert (tmp_path / "out" / scan.name).read_bytes() == scan.read_bytes()


@pytest.mark.on_file
def test_killed_on_the_way_none_or_all_are_attached(recorded: Carepass, tmp_path: Path) -> None:
    files = []
    for number in range(40):
        path = tmp_path / f"{number}.bin"
        path.write_bytes(number.to_bytes(4, "big") * 250_000)
        files.append(str(path))
    line = [sys.executable, "-m", "carepass_cli", "--db", recorded.db, "--today", recorded.today]
    log = Path(f"{recorded.db}-wal")
    for size in (1_000_000, 20_000_000):
        running = subprocess.Popen([*line, "record", "attach", "1", *files], stdout=subprocess.DEVNULL)
        while running.poll() is None and (not log.exists() or log.stat().st_size < size):
            pass
        running.kill()
        running.wait()
        assert contents(recorded) in (0, 40)
        assert len(recorded.rows("record", "files", "1")) == contents(recorded)
        recorded("store", "check", "--full")


# --- Competence seen by somebody ----------------------------------------------------------------------------


@pytest.fixture
def observed(staff: Carepass) -> Carepass:
    """1001 held IPAC-101 from 2026-01-01 through 2027-01-01."""
    person(staff, "Ann", "Aube", "ann@example.org")
    staff("record", "add", "1001", "IPAC-101", "--on", "2026-01-01")
    return staff


def seen(carepass: Carepass, on: str, by: str = "1001", code: int = 0) -> Any:
    return carepass(
        "record", "add", "1000", "IPAC-101", "--on", on, "--observed-by", by, "-o", "json", code=code
    )


def test_who_held_the_course_that_day_may_observe(observed: Carepass) -> None:
    assert seen(observed, "2026-06-01").json["observed_by"] == "1001"
    assert seen(observed, "2026-01-01").json["observed_by"] == "1001"
    assert observed.rows("record", "list", "1000")[0]["observed_by"] == "1001"


@pytest.mark.parametrize(
    ("on", "by", "code"),
    [
        ("2025-12-31", "1001", "observer-not-valid"),
        ("2026-06-01", "1000", "observer-is-the-person"),
    ],
)
def test_who_did_not_may_not(observed: Carepass, on: str, by: str, code: str) -> None:
    assert seen(observed, on, by, code=4).error["code"] == code
    assert observed.rows("record", "list", "1000") == []


def test_an_expired_or_void_record_makes_no_observer_and_an_equated_one_does(observed: Carepass) -> None:
    observed.today = "2027-02-01"
    assert seen(observed, "2027-01-02", code=4).error["code"] == "observer-not-valid"
    seen(observed, "2027-01-01")
    observed("record", "void", "1", "--reason", "wrong person")
    assert seen(observed, "2026-12-31", code=4).error["code"] == "observer-not-valid"
    course(observed, "IPAC-FR")
    observed("course", "equate", "IPAC-101", "IPAC-FR")
    observed("record", "add", "1001", "IPAC-FR", "--on", "2026-12-01")
    assert seen(observed, "2026-12-30").json["observed_by"] == "1001"
