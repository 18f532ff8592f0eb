"""FILEs that commands write: replaced by their own kind only, never over a store; links, logs, leftovers."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from carepass_cli.files import LEFTOVER_SECONDS, Kind, fresh_file, write_file
from tests.conftest import Carepass, person

pytestmark = pytest.mark.on_file

NOTE = Kind("note", lambda path: path.read_bytes().startswith(b"note"))


def code_of(carepass: Carepass, *line: str, code: int = 4) -> str:
    return carepass(*line, "-o", "json", code=code).error["code"]


@pytest.fixture
def signed(staff: Carepass) -> Carepass:
    """A store whose one person has a passport to take along."""
    pytest.importorskip("openbadgeslib")
    staff("home", "create", "maple-grove", "--name", "Maple Grove")
    staff("home", "keys", "maple-grove")
    return staff


@pytest.mark.parametrize("what", ["passport", "status-list", "card", "backup"])
def test_a_file_is_replaced_by_its_own_kind_or_by_force(signed: Carepass, tmp_path: Path, what: str) -> None:
    file = str(tmp_path / "file")
    line = {
        "passport": ("passport", "export", "1000", file, "--home", "maple-grove"),
        "status-list": ("passport", "status-list", "maple-grove", file),
        "card": ("passport", "card", "1000", file, "--home", "maple-grove"),
        "backup": ("store", "backup", file),
    }[what]
    signed(*line)
    signed(*line)
    assert stat.S_IMODE(os.stat(file).st_mode) == 0o600
    Path(file).write_text("my thesis")
    assert code_of(signed, *line) == "file-exists"
    assert Path(file).read_text() == "my thesis"
    signed(*line, "--force")
    assert b"thesis" not in Path(file).read_bytes()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".carepass-")] == []


@pytest.mark.parametrize("name", ["{db}", "{db}-wal", "{db}.keys/x", "link", "{db}.keys"])
def test_not_even_force_writes_over_a_store_its_logs_and_keys(
    signed: Carepass, tmp_path: Path, name: str
) -> None:
    (tmp_path / "link").symlink_to(signed.db)
    before = Path(signed.db).read_bytes()
    file = str(tmp_path / name.format(db=signed.db))
    for line in (("passport", "status-list", "maple-grove", file), ("store", "backup", file)):
        assert code_of(signed, *line, "--force") == "file-exists"
    assert Path(signed.db).read_bytes() == before


def test_another_store_is_no_backup_target_also_at_rest(staff: Carepass, tmp_path: Path) -> None:
    other = Carepass(str(tmp_path / "other.db"))
    other("init")
    assert code_of(staff, "store", "backup", other.db) == "file-exists"
    assert code_of(staff, "store", "backup", other.db, "--force") == "file-exists"
    assert other.rows("account", "list") == []


def test_an_older_copys_name_that_is_anothers_stops_the_backup(staff: Carepass, tmp_path: Path) -> None:
    file = str(tmp_path / "bk.db")
    staff("store", "backup", file, "--keep", "2")
    Path(f"{file}.1").write_text("foreign")
    assert code_of(staff, "store", "backup", file, "--keep", "2") == "file-exists"
    assert Path(f"{file}.1").read_text() == "foreign"


def test_a_pipe_is_written_into(staff: Carepass, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()))
    reader.start()
    staff("store", "backup", str(pipe))
    reader.join()
    assert heard[0].startswith(b"SQLite format 3")
    assert pipe.is_fifo()
    staff("store", "backup", os.devnull)
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


def test_through_a_link_the_file_itself_is_replaced(staff: Carepass, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "bk").symlink_to(tmp_path / "there" / "real")
    staff("store", "backup", str(tmp_path / "bk"))
    person(staff, "Ana", "Doe", "ana@example.org")
    staff("store", "backup", str(tmp_path / "bk"))
    assert (tmp_path / "bk").is_symlink()
    assert len(Carepass(str(tmp_path / "bk")).rows("account", "list")) == 2


def test_a_store_behind_a_link_is_the_store(staff: Carepass, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")
    staff("store", "backup", copy)
    link = Carepass(str(tmp_path / "link.db"))
    Path(link.db).symlink_to(staff.db)
    person(link, "Ana", "Doe", "ana@example.org")
    link("store", "restore", copy, "--yes")
    assert Path(link.db).is_symlink()
    assert len(staff.rows("account", "list")) == 1
    assert Path(f"{staff.db}.before-restore-1").exists()


@pytest.mark.parametrize("how", ["init", "store copy --to {new}"])
def test_a_log_that_lies_where_a_store_is_made_is_never_taken_into_it(
    staff: Carepass, tmp_path: Path, how: str
) -> None:
    """As a killed process leaves it: its store was removed, and the log stayed."""
    new, other = tmp_path / "new.db", tmp_path / "other.db"
    staff("store", "copy", "--to", str(other))
    with closing(sqlite3.connect(other)) as killed:
        killed.execute("UPDATE home_version SET name = 'From the log'")
        killed.commit()
        log = Path(f"{other}-wal").read_bytes()
    Path(f"{new}-wal").write_bytes(log)
    made = Carepass(str(new))
    (staff if "copy" in how else made)(*how.format(new=new).split())
    assert made.rows("home", "list") == ([] if how == "init" else staff.rows("home", "list"))
    made("store", "check", "--full")
    assert Path(f"{new}.left-1-wal").read_bytes() == log


def test_of_what_restores_replaced_the_newest_three_stay(staff: Carepass, tmp_path: Path) -> None:
    copy = str(tmp_path / "copy")
    staff("store", "backup", copy)
    for _ in range(5):
        staff("store", "restore", copy, "--yes")
    kept = sorted(each.name for each in Path(staff.db).parent.glob("*.before-restore-*"))
    assert [name[-1] for name in kept] == ["3", "4", "5"]


def test_a_store_with_a_second_name_is_read_and_not_written(staff: Carepass, tmp_path: Path) -> None:
    os.link(staff.db, tmp_path / "second.db")
    line = ("home", "create", "cedar", "--name", "Cedar")
    assert code_of(staff, *line, code=6) == "linked-store"
    assert code_of(Carepass(str(tmp_path / "second.db")), *line, code=6) == "linked-store"
    assert len(staff.rows("account", "list")) == 1
    (tmp_path / "second.db").unlink()
    staff(*line)


def test_what_a_kill_left_of_making_the_store_is_no_second_name(staff: Carepass) -> None:
    left = Path(staff.db).with_name(".carepass-0123456789abcdef.new")
    os.link(staff.db, left)
    staff("home", "create", "cedar", "--name", "Cedar")
    assert not left.exists()


def test_leftovers_go_once_they_are_old_whatever_they_were_to_be(tmp_path: Path) -> None:
    names = [".carepass-0123456789abcdef.new", ".carepass-0123456789abcdef.new-wal", ".a[b].db.01234567.new"]
    for name in [*names, ".other.new", "kept"]:
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (0, 0))
    young = tmp_path / ".carepass-ffffffffffffffff.new"
    young.touch()
    with fresh_file(tmp_path / "target"):
        pass
    assert {each.name for each in tmp_path.iterdir()} == {".other.new", "kept", young.name}
    assert LEFTOVER_SECONDS > 3600


def test_what_came_there_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from carepass_cli import files
    from carepass_cli.errors import Refused

    place = files.put_in_place

    def late(fresh: Path, target: Path, *, new: bool = False) -> None:
        target.write_text("somebody else's")
        place(fresh, target, new=new)

    monkeypatch.setattr(files, "put_in_place", late)
    with pytest.raises(Refused, match="came there"):
        write_file(tmp_path / "note", b"note", NOTE)
    assert (tmp_path / "note").read_text() == "somebody else's"


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_told_to_stop_tidies_up(staff: Carepass, tmp_path: Path, stop: int) -> None:
    program = "import os, signal, sys; from carepass_cli.__main__ import run; run()"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # nobody reads: the backup is made and waits
    child = subprocess.Popen(
        [sys.executable, "-c", program, "--db", staff.db, "store", "backup", str(pipe)],
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )
    while not list(tmp_path.glob(".carepass-*.new")):
        assert child.poll() is None
    child.send_signal(stop)
    assert child.wait(30) == 128 + stop
    assert not list(tmp_path.glob(".carepass-*"))


@pytest.mark.parametrize("path", ["\udcff.db", "~nobody-of-that-name/x.db", "x" * 300, "a/" * 300 + "x"])
def test_a_path_that_cannot_be_is_a_usage_error(path: str) -> None:
    assert code_of(Carepass(path), "account", "list", code=2) == "usage"


@pytest.mark.parametrize("path", ["/", "//", "x" * 300, "a/" * 300 + "x"])
@pytest.mark.parametrize(
    "line", ["store backup {}", "passport export 1000 {} --home maple-grove", "store copy --to {}"]
)
def test_a_file_that_cannot_be_is_refused(signed: Carepass, line: str, path: str) -> None:
    is_folder, copies = path.startswith("/"), "copy" in line
    code, exit_code = (
        ("usage", 2) if not is_folder else ("store-not-ours", 6) if copies else ("file-exists", 4)
    )
    ran = signed(*line.format(path).split(), "-o", "json", code=exit_code)
    assert ran.error["code"] == code
    assert len(ran.error["message"]) < 400


@pytest.mark.parametrize("line", ["starter show {}", "store restore {} --yes"])
def test_a_name_that_is_too_long_is_no_file(staff: Carepass, line: str) -> None:
    ran = staff(*line.format("x" * 300).split(), code=3 if "starter" in line else 2)
    assert len(ran.err) < 600


def test_what_is_read_from_the_middle_is_no_device(staff: Carepass) -> None:
    """A zip archive is read from its end, and a device may have none."""
    assert "not a regular file" in staff("binder", "verify", "/dev/full", code=2).err


def test_what_never_ends_is_not_read_to_its_end(staff: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carepass_cli.batch.source.PIPED_MOST", 1 << 22)
    assert "More than 4 MB" in staff("account", "import", "/dev/full", code=2).err
