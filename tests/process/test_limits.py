"""What a full disk, a closed stream, a strange config file or a user without a home come to: a line each."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Carepass

FULL = Path("/dev/full")


RUN = "from carepass_cli.__main__ import run; run()"


def python(program: str, *words: str, **how: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        **{"stderr": subprocess.PIPE, "text": True, "timeout": 60, **how},
    )


def run(db: str, *line: str, **how: Any) -> subprocess.CompletedProcess[str]:
    return python(RUN, "--db", db, "--today", TODAY, *line, **how)


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize("output", ["table", "json"])
def test_a_write_whose_output_finds_no_room_says_that_it_was_kept(staff: Carepass, output: str) -> None:
    with FULL.open("w") as full:
        done = run(staff.db, "home", "create", "cedar", "--name", "Cedar", "-o", output, stdout=full)
    (change,) = [row["change"] for row in staff.rows("audit", "list") if row["key"] == "cedar"]
    assert done.returncode == 1
    assert f"The write was kept: change {change}." in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == (2 if output == "table" else 1)


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
def test_a_read_whose_output_finds_no_room_says_so(staff: Carepass) -> None:
    with FULL.open("w") as full:
        done = run(staff.db, "account", "list", stdout=full)
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        "error: The output cannot be written: No space left on device.",
    )


def test_a_closed_stdin_is_an_empty_one(staff: Carepass) -> None:
    closed = "import os, sys; os.close(0); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    done = python(closed, "-m", "carepass_cli", "--db", staff.db, "account", "import", "-")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("what", ["pipe", "deep", "large"])
def test_a_config_file_that_cannot_be_is_a_usage_error(staff: Carepass, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "config" / "carepass"
    folder.mkdir(parents=True)
    if what == "pipe":
        os.mkfifo(folder / "config.toml")
    else:
        (folder / "config.toml").write_text("x = " + "[" * 5000 if what == "deep" else "#" * 2_000_000)
    done = run(staff.db, "config", "show", env={**os.environ, "XDG_CONFIG_HOME": str(folder.parent)})
    assert done.returncode == 2
    assert done.stderr.startswith("error: The config file")


def test_a_user_without_a_home_is_told_to_name_the_store(tmp_path: Path) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOME", "XDG_"))}
    nobody = "import pwd; pwd.getpwuid = lambda number: {}[number]"
    done = python(f"{nobody}; {RUN}", "account", "list", cwd=tmp_path, env=kept)
    assert done.returncode == 2
    assert "home directory" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_no_secret_is_logged(tmp_path: Path) -> None:
    url = "postgresql://me:sEcret@h/db"
    broken = f"""
import carepass_cli.store.opening as opening
def open_reader(db): raise ValueError(db, "sEcret")
opening.open_reader = open_reader
{RUN}
"""
    done = python(broken, "--db", url, "account", "list", env={**os.environ, "XDG_STATE_HOME": str(tmp_path)})
    assert done.returncode == 1
    logged = next(tmp_path.rglob("carepass.log")).read_text()
    assert "postgresql://me:***@h/db" in logged
    assert "sEcret" not in logged + done.stderr
