"""A primary with a synchronous standby, and what a failover does to writes that run meanwhile.

    python -m tests.postgres.pair --times 20

Each time the primary is killed at a random moment while processes write, the standby is promoted, and a new
standby follows it. The clients name both hosts, as libpq lets them. Exits 1 where an acknowledged write was
lost, doubled or half done.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

from tests.conftest import TODAY, Carepass, course, person
from tests.postgres.server import USER, Server, programs

BOTH = ("synchronous_commit=on", "wal_keep_size=64MB")
ROWS = 200


class Pair:
    """Two servers in two folders that never change; one of them is the primary."""

    def __init__(self, primary: Server, standby: Server) -> None:
        self.primary, self.standby = primary, standby
        self._folders = sorted(str(each.folder) for each in (primary, standby))

    def url(self, database: str) -> str:
        """Names both hosts; which is the primary is for the client to find."""
        return f"postgresql://{USER}@/{database}?host={quote(','.join(self._folders))}"

    def fail_over(self) -> None:
        """The primary dies without a word, the standby takes its place, alone at first (as Patroni's
        synchronous mode has it)."""
        self.primary.stop(signal.SIGKILL)
        self.standby.promote()
        self._let_commits_wait(self.standby, "")
        self.primary, self.standby = self.standby, self.primary

    def rejoin(self) -> None:
        """The server that died comes back as a standby of the other; commits wait for it from then on."""
        shutil.rmtree(self.standby.folder / "data")
        (self.standby.folder / ".s.PGSQL.5432").unlink(missing_ok=True)
        self.standby.follow(self.primary)
        self.standby.start(*BOTH)
        self.join()

    def join(self) -> None:
        """An acknowledged commit is on both from now on."""
        self._let_commits_wait(self.primary, "*")
        sql = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        for _ in range(1000):
            if self.primary.run(sql) == [(1,)]:
                return
            time.sleep(0.02)
        raise AssertionError((self.standby.folder / "log").read_text()[-2000:])

    def _let_commits_wait(self, server: Server, standbys: str) -> None:
        server.run(f"ALTER SYSTEM SET synchronous_standby_names = '{standbys}'")
        server.run("SELECT pg_reload_conf()")


@contextmanager
def running_pair() -> Iterator[Pair]:
    """A primary and its standby for as long as the `with` lasts; nothing of them stays."""
    folders = [Path(tempfile.mkdtemp(prefix="carepass-ha-")) for _ in range(2)]
    primary, standby = (Server(folder, programs()) for folder in folders)
    try:
        for folder in folders:
            if os.geteuid() == 0:
                shutil.chown(folder, "nobody", "nogroup")
        primary.make()
        primary.start(*BOTH)
        standby.follow(primary)
        standby.start(*BOTH)
        pair = Pair(primary, standby)
        pair.join()
        try:
            yield pair
        finally:
            for each in (pair.primary, pair.standby):
                each.end()
    finally:
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)


class Writers:
    """Processes that write to one store, each noting what was acknowledged."""

    def __init__(self, db: str, folder: Path) -> None:
        self.carepass = Carepass(db)
        self.folder = folder
        self._number = 0
        self.faults: list[str] = []
        self.acknowledged = 0
        self.refused = 0
        course(self.carepass, "IPAC-101", "--validity-years", "1")
        person(self.carepass, "Sam", "Sample", "sam@example.org")

    def round(self, pair: Pair, moment: float) -> None:
        """Three single writes after another and a batch begin; the primary dies `moment` seconds later."""
        self._number += 1
        codes = [[f"home-{self._number}-{who}-{each}" for each in range(6)] for who in range(2)]
        children = [self._fork(self._write_all, each) for each in codes]
        provider = f"Provider {self._number}"
        children.append(self._fork(self._import, provider))
        time.sleep(moment)
        pair.fail_over()
        acknowledged = [self._wait(child) for child in children]
        pair.rejoin()
        self._look(codes, acknowledged[:2], provider, acknowledged[2])

    def _write_all(self, codes: Sequence[str]) -> int:
        for done, code in enumerate(codes):
            if self._run("home", "create", code, "--name", code):
                return done
        return len(codes)

    def _import(self, provider: str) -> int:
        file = self.folder / f"{provider}.csv"
        first = 1 + self._number * ROWS
        days = [date(1950, 1, 1) + timedelta(days=first + each) for each in range(ROWS)]
        rows = [f"1000,IPAC-101,{day},{provider}" for day in days]
        file.write_text("\n".join(["portal_id,code,completed_on,provider", *rows]))
        return 0 if self._run("record", "import", str(file)) else 1

    def _run(self, *line: str) -> int:
        from carepass_cli.main import app

        try:
            app(["--db", self.carepass.db, "--today", TODAY, *line], prog_name="carepass")
        except SystemExit as left:
            return left.code if isinstance(left.code, int) else 0
        return 0

    def _fork(self, work: object, what: object) -> int:
        child = os.fork()
        if child:
            return child
        try:
            for stream in (0, 1):
                os.dup2(os.open(os.devnull, os.O_RDWR), stream)
            told = os.open(self.folder / "told", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(told, 2)
            os._exit(work(what))  # type: ignore[operator]
        finally:
            os._exit(99)

    def _wait(self, child: int) -> int:
        _, status = os.waitpid(child, 0)
        if (code := os.waitstatus_to_exitcode(status)) not in range(50):
            self.faults.append(f"a writer ended with {code}: {(self.folder / 'told').read_text()[-2000:]}")
        return code

    def _look(self, codes: list[list[str]], done: list[int], provider: str, imported: int) -> None:
        for mine, count in zip(codes, done, strict=True):
            found = [self._count("home", "code", code) for code in mine]
            if found[:count] != [1] * count:
                self.faults.append(f"lost or doubled: of {mine[:count]} there are {found[:count]}")
            if max(found) > 1:
                self.faults.append(f"doubled: {found}")
            self.acknowledged += count
            self.refused += len(mine) - count
        rows = self._count("completion", "provider", provider)
        if rows not in (0, ROWS) or (imported and rows != ROWS):
            self.faults.append(f"{rows} of {ROWS} rows of a batch, acknowledged: {imported}")
        self.acknowledged += imported
        self.refused += 1 - imported

    def _count(self, table: str, column: str, value: str) -> int:
        from carepass_cli.store.transfer import open_source

        with open_source(self.carepass.db) as reader:
            sql = f"SELECT COUNT(*) FROM {table} WHERE {column} = :value"
            return int(next(reader.rows(sql, value=value))[0])


def loop(times: int, seed: int, folder: Path) -> Writers:
    """So many failovers; what was seen."""
    chance = random.Random(seed)
    with running_pair() as pair:
        writers = Writers(pair.url(pair.primary.create()), folder)
        for _ in range(times):
            writers.round(pair, chance.uniform(0.02, 1.0))
        for line in (("store", "check", "--full"), ("audit", "verify")):
            writers.carepass(*line)
        return writers


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.postgres.pair")
    options.add_argument("--times", type=int, default=20)
    options.add_argument("--seed", type=int, default=int(time.time()))
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="carepass-ha-") as folder:
        seen = loop(asked.times, asked.seed, Path(folder))
    print(  # noqa: T201
        f"seed {asked.seed}: {asked.times} failovers, {seen.acknowledged} writes acknowledged, "
        f"{seen.refused} refused, {len(seen.faults)} faults",
        *seen.faults,
        sep="\n",
    )
    return 1 if seen.faults else 0


if __name__ == "__main__":
    sys.exit(main())
