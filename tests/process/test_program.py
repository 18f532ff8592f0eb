"""The installed program among other programs: exit codes, pipes, signals, environments, terminals."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from carepass_cli import __version__
from tests.conftest import Carepass
from tests.process.conftest import PROGRAM, Start

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and modes as POSIX has them")
ESCAPE = re.compile("\x1b")

Begin = Callable[..., "subprocess.Popen[str]"]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("start", [[str(PROGRAM)], [sys.executable, "-m", "carepass_cli"]])
def test_both_entry_points_are_the_program(start: list[str], environ: dict[str, str]) -> None:
    done = subprocess.run([*start, "--version"], env=environ, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == (f"carepass {__version__}\n", "")


def test_version_beside_other_options(run: Start) -> None:
    assert run("--no-color", "--version").stdout == f"carepass {__version__}\n"


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        ("home list", 0, ""),
        ("home list --colour", 2, "--colour"),
        ("home show mapel-grove", 3, "maple-grove"),
        ("cart add 1000 IPAC-101 --home birch-hill --role cook", 4, "has not confirmed"),
        ("home create elm-court", 2, "--name"),
    ],
)
def test_exit_codes_of_the_real_program(run: Start, store: Path, line: str, code: int, told: str) -> None:
    done = run(*line.split(), db=store)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@POSIX
def test_an_undo_asks_on_stderr_and_stdout_is_data(store: Path, environ: dict[str, str]) -> None:
    import pty

    master, terminal = pty.openpty()
    line = [str(PROGRAM), "--db", str(store), "audit", "undo", "11", "-o", "json"]
    with subprocess.Popen(
        line, env=environ, stdin=terminal, stderr=terminal, stdout=subprocess.PIPE, text=True
    ) as process:
        os.close(terminal)
        os.write(master, b"y\n")
        out, _ = process.communicate(timeout=60)
        told = os.read(master, 65536).decode()
    os.close(master)
    assert process.returncode == 0
    (undone,) = json.loads(out)
    assert (undone["subject"], undone["key"]) == ("cart", "1000 IPAC-101")
    assert "Would be undone: cart add, cart 1000 IPAC-101" in told


@POSIX
@pytest.mark.parametrize(
    ("line", "code"),
    [("home list >&-", 0), ("home show nowhere 2>&-", 3), ("check >&- 2>&-", 0), ("check --warn x >&-", 3)],
)
def test_closed_streams_leave_the_exit_code(
    store: Path, environ: dict[str, str], line: str, code: int
) -> None:
    shell = f"{PROGRAM} --db {store} {line}"
    done = subprocess.run(shell, shell=True, env=environ, capture_output=True, text=True)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


LINES = {
    "write": (
        "home edit maple-grove --city Guelph",
        "home show maple-grove -o csv --fields city --no-header",
    ),
    "import": ("home import {file}", "home show elm-court -o csv --fields city --no-header"),
    "read": ("home list", ""),
    "written by a read": ("passport export 1000 {file}.passport", ""),
}


@POSIX
@pytest.mark.parametrize("output", ["table", "json"])
@pytest.mark.parametrize("where", [">&-", "> /dev/full", "1< /dev/null", "| head -n 0"])
@pytest.mark.parametrize("what", LINES)
def test_output_that_is_lost_after_a_write_is_told_with_its_change(
    store: Path, environ: dict[str, str], tmp_path: Path, what: str, where: str, output: str
) -> None:
    line, look = LINES[what]
    file = tmp_path / "homes.csv"
    file.write_text("code,name,city\nelm-court,Elm Court,Guelph\n")
    program = f"{PROGRAM} --db {store} {line.format(file=file)} -o {output}"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {program} {where}"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    carepass = Carepass(str(store))
    newest = carepass.rows("audit", "list")[-1]["change"]
    # Nobody listens to `>&-` and to a pipe that is closed: a read has nothing to tell them.
    is_told = where in ("> /dev/full", "1< /dev/null") or (where == ">&-" and what != "read")
    assert done.returncode == int(is_told)
    assert "Traceback" not in done.stderr
    told = f"The write was kept: change {newest}." if what != "read" else "The output cannot be written"
    assert (told in done.stderr) == is_told
    if output == "json" and is_told:
        assert json.loads(done.stderr.splitlines()[-1])["error"]["code"] == "output-failed"
    if look:
        assert carepass(*look.split()).out == "Guelph\n"


@POSIX
@pytest.mark.parametrize("who", ["a reader that has gone", "a full disk"])
def test_a_write_is_done_also_where_nobody_hears_what_it_says(
    run: Start, tmp_path: Path, environ: dict[str, str], who: str
) -> None:
    """The first write says that it makes the store, before it writes."""
    store = tmp_path / "new.db"
    read, heard = os.pipe()
    os.close(read)
    if who == "a full disk":
        os.close(heard)
        heard = os.open("/dev/full", os.O_WRONLY)
    line = [str(PROGRAM), "--db", str(store), "home", "create", "cedar", "--name", "Cedar", "-o", "json"]
    done = subprocess.run(line, env=environ, stdout=subprocess.PIPE, stderr=heard, text=True, check=False)
    os.close(heard)
    assert done.returncode == 0
    assert json.loads(done.stdout)["code"] == "cedar"
    listed = run("home", "list", "-o", "csv", "--fields", "code", db=store)
    assert listed.stdout == "code\ncedar\n"


@POSIX
def test_a_quiet_write_has_no_output_to_lose(store: Path, environ: dict[str, str]) -> None:
    shell = f"{PROGRAM} --db {store} home edit maple-grove --city Guelph -q >&-"
    assert subprocess.run(shell, shell=True, env=environ, check=False).returncode == 0


def test_an_unexpected_failure_is_one_line_and_a_log_only_its_owner_reads(
    store: Path, tmp_path: Path, environ: dict[str, str]
) -> None:
    broken = "import sys, carepass_cli.store.queries.homes as q; del q.list_homes;"
    run = f"{broken} from carepass_cli.__main__ import run; run()"
    environ["HOME"] = str(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", run, "--db", str(store), "home", "list"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("error: Something unexpected went wrong: ImportError.\nhint: The details")
    (log,) = tmp_path.rglob("carepass.log")
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert mode(log) == 0o600


@POSIX
@pytest.mark.parametrize("output", ["table", "json", "ndjson", "csv"])
def test_a_reader_that_leaves_is_no_failure(store: Path, environ: dict[str, str], output: str) -> None:
    """`| head`: the pipe is closed before anything is written."""
    script = f'"{PROGRAM}" --db "{store}" course list -o {output}; echo "exit $?" >&2'
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; ( {script} ) | true"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == "exit 0\n"


@POSIX
def test_a_long_answer_to_a_short_reader(run: Start, environ: dict[str, str], store: Path) -> None:
    """More than a pipe holds, so that the write itself fails."""
    done = subprocess.run(
        ["bash", "-c", f'for i in 1 2 3 4; do "{PROGRAM}" catalog list -o json; done | head -n 1'],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.count("\n") == 1


@POSIX
def test_ctrl_c_stops_quietly(begin: Begin, store: Path, environ: dict[str, str], locked: Path) -> None:
    process = begin("home", "edit", "maple-grove", "--city", "Guelph", db=locked)
    wait_until_waiting(process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert (out, err) == ("", "")


@POSIX
def test_an_empty_environment(store: Path, tmp_path: Path) -> None:
    """But for a home folder: without one it would be the real user's."""
    done = subprocess.run(
        [str(PROGRAM), "--db", str(store), "home", "list", "--fields", "code", "--no-header"],
        env={"HOME": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "birch-hill\nmaple-grove\n"


@POSIX
def test_an_empty_environment_writes_names_whole(store: Path, tmp_path: Path) -> None:
    words = ["home", "edit", "maple-grove", "--city", "Trois-Rivières", "-o", "json"]
    done = subprocess.run(
        [str(PROGRAM), "--db", str(store), *words],
        env={"HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Trois-Rivières" in done.stdout.decode()


@POSIX
def test_the_c_locale_prints_names_whole(run: Start, store: Path, environ: dict[str, str]) -> None:
    environ.update(LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    done = run("account", "list", "-o", "json", db=store, text=False)
    assert done.returncode == 0, done.stderr
    assert "Hélène" in done.stdout.decode()


@POSIX
def test_what_we_make_only_its_owner_reads(run: Start, tmp_path: Path, begin: Begin) -> None:
    folder = tmp_path / "new"
    db = folder / "carepass.db"
    assert run("home", "create", "elm-court", "--name", "Elm Court", db=db, umask=0o000).returncode == 0
    assert run("home", "list", db=db, umask=0o000).returncode == 0
    made = {path.name: mode(path) for path in folder.iterdir()}
    assert "carepass.db" in made
    assert set(made.values()) == {0o600}
    assert mode(folder) == 0o700


def test_the_first_write_creates_the_store_and_says_so(run: Start, tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    first = run("home", "create", "elm-court", "--name", "Elm Court", "-o", "json", db=db)
    assert first.returncode == 0
    assert first.stderr == f"Created the store {db}.\n"
    again = run("home", "create", "oak-court", "--name", "Oak Court", "-o", "json", db=db)
    assert again.stderr == ""


def test_the_default_store_lies_in_the_user_s_data_folder(
    run: Start, environ: dict[str, str], tmp_path: Path
) -> None:
    environ["XDG_DATA_HOME"] = str(tmp_path)
    assert run("init").returncode == 0
    assert run("home", "list").returncode == 0
    assert [path.name for path in tmp_path.rglob("carepass.db")] == ["carepass.db"]


def test_a_prompt_without_a_terminal_is_a_usage_error(run: Start, store: Path) -> None:
    done = run("account", "deactivate", "1000", db=store, stdin=subprocess.DEVNULL)
    assert done.returncode == 2
    assert "--reason" in done.stderr


def test_json_errors_are_one_object(run: Start, store: Path) -> None:
    import json

    done = run("home", "show", "elm", "-o", "json", db=store)
    assert (done.returncode, done.stdout) == (3, "")
    assert set(json.loads(done.stderr)["error"]) == {"code", "message", "hint"}


def wait_until_waiting(process: "subprocess.Popen[str]") -> None:
    """Return when the process waits for the store's lock: it has the file open."""
    folder = Path(f"/proc/{process.pid}/fd")
    if not folder.exists():
        pytest.skip("needs /proc")
    while process.poll() is None:
        try:
            if any(os.readlink(each).endswith("store.db") for each in folder.iterdir()):
                return
        except OSError:
            continue
