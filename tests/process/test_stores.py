"""Stores and several processes: none is lost, none is locked out, nothing is half done."""

import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.process.conftest import PROGRAM, Start

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes, limits and signals as POSIX has them")

Begin = Callable[..., "subprocess.Popen[str]"]
Plain = Callable[..., "subprocess.CompletedProcess[str]"]

WRITE = ("home", "edit", "maple-grove", "--city", "Guelph")
WRITERS = 8


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def answer(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()


@pytest.fixture
def plain(environ: dict[str, str]) -> Plain:
    """Runs the program as somebody whom modes bind: as root, without the right to overrule them."""
    bound: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("modes do not bind root, and there is no setpriv")
        dropped = "-dac_override,-dac_read_search"
        bound = ["setpriv", f"--bounding-set={dropped}", f"--inh-caps={dropped}"]

    def run(*args: str, db: Path) -> "subprocess.CompletedProcess[str]":
        line = [*bound, str(PROGRAM), "--db", str(db), *args]
        return subprocess.run(line, env=environ, capture_output=True, text=True, check=False, timeout=60)

    return run


@pytest.fixture
def folder(store: Path) -> Iterator[Path]:
    """A folder with the store and nothing else, writable again at the end."""
    yield store.parent
    store.parent.chmod(0o700)


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_a_read_only_store_can_be_read(
    plain: Plain, store: Path, folder: Path, file_mode: int, folder_mode: int
) -> None:
    before = digest(store)
    store.chmod(file_mode)
    folder.chmod(folder_mode)
    read = plain("home", "list", "--fields", "code", "--no-header", db=store)
    assert (read.returncode, read.stdout, read.stderr) == (0, "birch-hill\nmaple-grove\n", "")
    write = plain(*WRITE, db=store)
    assert write.returncode == 6
    assert write.stderr.startswith("error: The store ")
    assert "is read-only" in write.stderr or "cannot be opened" in write.stderr
    assert write.stderr.count("\n") == 2
    assert digest(store) == before


def test_a_read_only_folder_after_reads_elsewhere(plain: Plain, store: Path, folder: Path) -> None:
    """A read leaves SQLite's own two files beside the store; with them it can still be read."""
    assert plain("home", "list", db=store).returncode == 0
    for each in folder.iterdir():
        each.chmod(0o400)
    folder.chmod(0o500)
    assert plain("home", "list", db=store).returncode == 0


def test_a_store_nobody_may_read(plain: Plain, store: Path, folder: Path) -> None:
    store.chmod(0o000)
    done = plain("home", "list", db=store)
    assert done.returncode == 6
    assert "cannot be opened" in done.stderr


def test_keys_that_somebody_else_keeps_are_told_from_missing_ones(
    plain: Plain, run: Start, store: Path, tmp_path: Path
) -> None:
    pytest.importorskip("openbadgeslib")
    run("home", "keys", "maple-grove", db=store)
    keys = store.with_name(f"{store.name}.keys")
    (key,) = keys.glob("*.pem")
    for path, mode in ((key, 0), (keys, 0)):
        before = path.stat().st_mode
        path.chmod(mode)
        done = plain("binder", "create", str(tmp_path / "b.zip"), "--home", "maple-grove", db=store)
        path.chmod(before)
        assert done.returncode == 4
        assert f"{key.name} cannot be read: Permission denied" in done.stderr


def test_a_folder_nobody_may_enter(plain: Plain, store: Path, folder: Path) -> None:
    folder.chmod(0o000)
    done = plain("home", "list", db=store)
    assert done.returncode == 6
    assert "permission" in done.stderr.lower()


def test_a_store_cannot_be_created_in_a_read_only_folder(plain: Plain, folder: Path) -> None:
    folder.chmod(0o500)
    done = plain("init", db=folder / "new.db")
    assert done.returncode == 6
    assert "cannot be created: Permission denied" in done.stderr
    folder.chmod(0o700)
    assert not (folder / "new.db").exists()


@pytest.fixture
def limited(environ: dict[str, str]) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Runs the program where no file may grow beyond so many bytes: a disk that is full."""

    def run(*args: str, db: Path, most: int) -> "subprocess.CompletedProcess[str]":
        limit = (
            "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most}));"
            "from carepass_cli.__main__ import run; run()"
        )
        line = [sys.executable, "-c", limit, "--db", str(db), *args]
        return subprocess.run(line, env=environ, capture_output=True, text=True, check=False, timeout=60)

    return run


def test_a_full_disk_keeps_the_store_as_it_was(limited: Plain, run: Start, store: Path) -> None:
    before = answer(store, "SELECT COUNT(*) FROM audit_entry")
    done = limited(*WRITE, db=store, most=4096)
    assert done.returncode == 6
    assert "has no room left" in done.stderr or "cannot be read or written" in done.stderr
    assert "nothing was written" in done.stderr
    assert answer(store, "SELECT COUNT(*) FROM audit_entry") == before
    assert run("store", "check", "--full", db=store).returncode == 0
    assert run(*WRITE, db=store).returncode == 0


def test_a_full_disk_makes_no_half_store(limited: Plain, tmp_path: Path) -> None:
    folder = tmp_path / "full"
    done = limited("init", db=folder / "new.db", most=20_000)
    assert done.returncode == 6
    assert "Traceback" not in done.stderr
    assert list(folder.iterdir()) == []


def test_two_processes_creating_at_once(begin: Begin, run: Start, tmp_path: Path) -> None:
    db = tmp_path / "both" / "carepass.db"
    started = [begin("home", "create", f"home-{n}", "--name", f"Home {n}", db=db) for n in range(2)]
    ends = [(process.communicate(timeout=60), process.returncode) for process in started]
    assert [code for _, code in ends] == [0, 0], ends
    codes = run("home", "list", "--fields", "code", "--no-header", db=db).stdout.split()
    assert codes == ["home-0", "home-1"]
    assert sum("Created the store" in err for (_, err), _ in ends) == 1
    assert {path.name for path in db.parent.iterdir()} <= {
        "carepass.db",
        "carepass.db-wal",
        "carepass.db-shm",
    }


def test_many_writers_at_once_lose_nothing(
    begin: Begin, run: Start, store: Path, environ: dict[str, str]
) -> None:
    """Each creates an account: all read the same counter of portal IDs, and the end of the same audit log."""
    each = 3
    script = f"""
import sys
from carepass_cli.main import app
for n in range({each}):
    email = f"ana-{{sys.argv[1]}}-{{n}}@example.org"
    try:
        app(["--db", {str(store)!r}, "account", "create", "--allow-duplicate",
             "--first-name", "Ana", "--last-name", "Doe", "--birthdate", "1990-05-17", "--email", email],
            prog_name="carepass")
    except SystemExit as left:
        if left.code:
            raise
"""
    quiet = {"env": environ, "text": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    started = [subprocess.Popen([sys.executable, "-c", script, str(n)], **quiet) for n in range(WRITERS)]
    told = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0] * WRITERS, told
    ids = [portal_id for (portal_id,) in answer(store, "SELECT portal_id FROM account ORDER BY portal_id")]
    assert ids == [str(1000 + n) for n in range(WRITERS * each + 1)]
    assert run("store", "check", "--full", db=store).returncode == 0


def test_killed_in_the_middle_of_a_write(begin: Begin, run: Start, store: Path, tmp_path: Path) -> None:
    """`kill -9` while rows and audit entries are in the transaction and no commit has come."""
    before = answer(store, "SELECT COUNT(*) FROM home UNION ALL SELECT COUNT(*) FROM audit_entry")
    mark = tmp_path / "inside"
    killed = f"""
import time
from pathlib import Path
from carepass_cli.clock import read_clock
from carepass_cli.services.home import create_home
from carepass_cli.store.unit import Work
from carepass_cli.store.writing import write
def operation(unit):
    create_home(unit, "elm-court", name="Elm Court")
    # Make SQLite spill to the file what it would hold back until the commit.
    sql = unit.port.connection.execute
    sql("PRAGMA cache_size=1")
    sql("UPDATE account_version SET folded = folded || hex(zeroblob(60000))")
    Path({str(mark)!r}).touch()
    time.sleep(60)
write(Work({str(store)!r}, read_clock("2026-11-21"), "tester", "test"), operation)
"""
    process = subprocess.Popen([sys.executable, "-c", killed], stderr=subprocess.PIPE, text=True)
    while not mark.exists():
        assert process.poll() is None, process.communicate()[1]
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert answer(store, "SELECT COUNT(*) FROM home UNION ALL SELECT COUNT(*) FROM audit_entry") == before
    assert run("store", "check", "--full", db=store).returncode == 0
    assert run(*WRITE, db=store).returncode == 0


def test_a_reader_sees_no_half_of_a_write_and_does_not_wait(run: Start, locked: Path) -> None:
    done = run("home", "show", "maple-grove", "-o", "json", db=locked)
    assert done.returncode == 0
    assert '"city": null' in done.stdout
