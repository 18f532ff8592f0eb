"""What all rooms share: a store of one's own, and a way to run the program inside this process.

`pytest --engine both` runs every test that uses `carepass` on PostgreSQL as well.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from typer.testing import CliRunner

from tests.postgres.server import Server, running_server
from tests.shelf import Shelf, kept

TODAY = "2026-11-21"

# A machine may be set to keep no bytecode: every `carepass` that a test starts would compile itself anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# A shell's background job and nohup ignore these, and so would every program that the tests start.
for _ignored in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(_ignored) is signal.SIG_IGN:
        signal.signal(_ignored, signal.SIG_DFL)

# Thousands of commits need not wait for a disk: what tests write lies in memory, where it has room.
MEMORY, ROOM = Path("/dev/shm"), 2 * 1024**3
if "TMPDIR" not in os.environ and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= ROOM:
    os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)

# On machines of every speed: what a law says does not depend on the time it takes. Where a change is judged
# (CI is set) the examples are always the same, so that a change is refused for what it did, not by chance.
settings.register_profile("carepass", deadline=None, print_blob=True, derandomize="CI" in os.environ)
settings.load_profile("carepass")


@dataclass(frozen=True)
class Ran:
    """What a run left: its exit code and what it wrote; `raw` is stdout as it was."""

    code: int
    out: str
    err: str
    raw: bytes = b""

    @property
    def json(self) -> Any:
        """stdout as JSON."""
        return json.loads(self.out)

    @property
    def error(self) -> dict[str, str]:
        """The error object that a run with `-o json` wrote to stderr."""
        return json.loads(self.err.strip().splitlines()[-1])["error"]


@cache
def _program() -> Any:
    """The root command, made once as in a process: making it takes a third of a read."""
    from typer.main import get_command

    from carepass_cli.main import app

    return get_command(app)


def run_program(line: Sequence[str], input: str | None = None) -> Ran:
    """`carepass` with these words, inside this process."""
    with CliRunner().isolation(input) as (out, err, _):
        try:
            _program().main(args=list(line), prog_name="carepass")
        except SystemExit as left:
            code = left.code
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        raw = out.getvalue()
        told = [each.decode("utf-8", "replace").replace("\r\n", "\n") for each in (raw, err.getvalue())]
    return Ran(code, *told, raw)


class Carepass:
    """Runs `carepass` on one store. Unless told otherwise a run must succeed, and it is `TODAY`."""

    def __init__(self, db: str) -> None:
        self.db = db
        self.today = TODAY

    def __call__(
        self,
        *args: str,
        code: int = 0,
        today: str | None = None,
        input: str | None = None,
        actor: str = "tester",
    ) -> Ran:
        """Run with these arguments; fails the test where the exit code is not `code`."""
        line = ["--db", str(self.db), "--today", today or self.today, "--actor", actor, *args]
        ran = run_program(line, input)
        assert ran.code == code, f"{args}: exit {ran.code}\n{ran.out}\n{ran.err}"
        return ran

    def rows(self, *args: str, today: str | None = None) -> Any:
        """What a command prints with `-o json`."""
        return self(*args, "-o", "json", today=today).json


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--engine", choices=("sqlite", "postgresql", "both"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "on_file: is about a SQLite file, and stays on SQLite")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses `carepass` on the engines asked for; what is marked `on_file` stays on SQLite."""
    asked = metafunc.config.getoption("--engine")
    if asked == "sqlite" or "engine" not in metafunc.fixturenames:
        return
    engines = {"postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}[asked]
    on_file = metafunc.definition.get_closest_marker("on_file")
    metafunc.parametrize("engine", ["sqlite"] if on_file else engines, indirect=True)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test sees this machine's settings, or leaves something in its home folder."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith(("CAREPASS_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty store; tests copy it."""
    from carepass_cli.store.create import create_file

    path = tmp_path_factory.mktemp("template") / "carepass.db"
    assert create_file(path)
    return path


@pytest.fixture
def db(template: Path, tmp_path: Path) -> Path:
    """An empty store of the test's own."""
    path = tmp_path / "carepass.db"
    shutil.copy(template, path)
    return path


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """What the test's store is on: `sqlite`, or with `--engine` also `postgresql`."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def carepass(engine: str, request: pytest.FixtureRequest) -> Carepass:
    """The program on an empty store."""
    return Carepass(str(request.getfixturevalue("db" if engine == "sqlite" else "server_db")))


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server of this test run's own."""
    with running_server() as started:
        yield started


@pytest.fixture(scope="session")
def server_template(server: Server) -> str:
    """A migrated, empty database; tests copy it."""
    from carepass_cli.store.server import create_on_server

    name = server.create()
    assert create_on_server(server.url(name))
    return name


@pytest.fixture
def server_db(server: Server, server_template: str) -> Iterator[str]:
    """The URL of an empty store of the test's own, on PostgreSQL."""
    name = server.create(server_template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shelf:
    """The stores that many tests begin with."""
    base = tmp_path_factory.getbasetemp()
    return Shelf((base if worker_id == "master" else base.parent) / "shelf")


@pytest.fixture(scope="session")
def demo(shelf: Shelf, tmp_path_factory: pytest.TempPathFactory) -> tuple[Carepass, Ran]:
    """The sample homes, only to be read (copy the file), and what building them printed."""
    carepass = Carepass(str(tmp_path_factory.mktemp("demo") / "demo.db"))

    def make() -> tuple[int, str, str]:
        ran = carepass("demo", "--db", carepass.db)
        return ran.code, ran.out, ran.err.replace(carepass.db, "demo.db")

    return carepass, Ran(*shelf.begin(carepass, "demo", make))


def make_home(carepass: Carepass) -> Carepass:
    """A home `maple-grove` with the role `psw`, which requires IPAC-101 (annual) and WHMIS-1 (once)."""
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    carepass("role", "create", "maple-grove", "psw", "--name", "Personal support worker")
    course(carepass, "IPAC-101", "--validity-years", "1")
    course(carepass, "WHMIS-1")
    carepass("requirement", "add", "IPAC-101", "WHMIS-1", "--home", "maple-grove", "--role", "psw")
    return carepass


def make_staff(home: Carepass) -> Carepass:
    """The home with a confirmed psw, portal ID 1000 (Hélène O'Brien)."""
    person(home)
    assign(home, "1000")
    home("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "psw")
    return home


home = pytest.fixture(name="home")(kept(make_home))
staff = pytest.fixture(name="staff")(kept(make_staff))


@contextmanager
def overheard() -> Iterator[list[str]]:
    """The statements that SQLite is given meanwhile, by whatever in this process."""
    connect, statements = sqlite3.connect, list[str]()

    def listening(*args: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*args, **more)
        connection.set_trace_callback(statements.append)
        return connection

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sqlite3, "connect", listening)
        yield statements


def course(carepass: Carepass, code: str, *more: str, minutes: int = 30) -> None:
    """Create a course."""
    carepass(
        "course", "create", code, "--title", f"Course {code}", "--provider", "Sample College",
        "--minutes", str(minutes), *more,
    )  # fmt: skip


def person(
    carepass: Carepass,
    first: str = "Hélène",
    last: str = "O'Brien",
    email: str = "helene@example.org",
    *more: str,
) -> Ran:
    """Create an account."""
    return carepass(
        "account", "create", "--first-name", first, "--last-name", last,
        "--birthdate", "1990-05-17", "--email", email, "--allow-duplicate", *more,
    )  # fmt: skip


def assign(carepass: Carepass, account: str, home: str = "maple-grove", role: str = "psw", *more: str) -> Ran:
    """Assign a role, unverified."""
    return carepass("role", "assign", account, "--home", home, "--role", role, "--unverified", *more)


def by_hand(carepass: Carepass, sql: str, *values: object) -> list[Any]:
    """What somebody with an SQL shell does, on either engine; the rows that it yields. Marks are `?`."""
    if "://" in carepass.db:
        from carepass_cli.store.server import connect, use_schema

        with connect(carepass.db) as connection, connection.transaction():
            use_schema(connection)
            cursor = connection.execute(sql.replace("?", "%s").encode(), values)
            return cursor.fetchall() if cursor.description else []
    with closing(sqlite3.connect(carepass.db)) as store, store:
        return store.execute(sql, values).fetchall()


def token_of(carepass: Carepass, message: int, today: str | None = None) -> str:
    """The token in a message of the outbox."""
    body = carepass("notify", "show", str(message), "-o", "json", today=today).json["body"]
    line = next(line for line in body.splitlines() if line.startswith("carepass "))
    return line.split()[-1]


Runs = Callable[..., Ran]
