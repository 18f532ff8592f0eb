"""True processes: the installed program, as a shell starts it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import TODAY, Carepass, assign, course, person

PROGRAM = Path(sys.executable).with_name("carepass")

Process = subprocess.CompletedProcess[str]
Start = Callable[..., Process]


@pytest.fixture(scope="session")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two homes, roles, courses and the account 1000, made once."""
    path = tmp_path_factory.mktemp("filled") / "carepass.db"
    shutil.copy(template, path)
    carepass = Carepass(str(path))
    for code, role in (("birch-hill", "cook"), ("maple-grove", "psw")):
        carepass("home", "create", code, "--name", code.title())
        carepass("role", "create", code, role, "--name", role)
    course(carepass, "IPAC-101", "--validity-years", "1")
    course(carepass, "WHMIS-1")
    carepass("requirement", "add", "IPAC-101", "WHMIS-1", "--home", "maple-grove", "--role", "psw")
    person(carepass)
    assign(carepass, "1000")
    carepass("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "psw")
    carepass("cart", "add", "1000", "IPAC-101")
    return path


@pytest.fixture
def store(filled: Path, tmp_path: Path) -> Path:
    """A copy of the filled store, of the test's own."""
    path = tmp_path / "store.db"
    shutil.copy(filled, path)
    return path


@pytest.fixture
def environ() -> dict[str, str]:
    """The environment of a process, with a store's day that does not move."""
    return {**os.environ, "CAREPASS_TODAY": TODAY, "CAREPASS_ACTOR": "tester"}


@pytest.fixture
def run(environ: dict[str, str]) -> Start:
    """Runs the program to its end: `run("home", "list", db=path)`."""

    def start(*args: str, db: Path | str | None = None, **more: object) -> Process:
        named = ["--db", str(db)] if db else []
        settings = {"env": environ, "capture_output": True, "text": True, "timeout": 60, **more}
        return subprocess.run([str(PROGRAM), *named, *args], check=False, **settings)  # type: ignore[call-overload]

    return start


@pytest.fixture
def begin(environ: dict[str, str]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Starts the program and leaves it running; what still runs at the end of the test is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(*args: str, db: Path | str, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
        line = [str(PROGRAM), "--db", str(db), *args]
        process = subprocess.Popen(
            line, env=env or environ, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def locked(store: Path) -> Iterator[Path]:
    """The filled store while another program holds its write lock."""
    holder = sqlite3.connect(store, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    yield store
    holder.close()
