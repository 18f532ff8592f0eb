"""Kills carepass at random moments, again and again, and counts what was lost or doubled.

    python -m tests.faults.kill_loop --kills 400 --seed 1
    python -m tests.faults.kill_loop --kills 200 --engine postgresql

Each round (`rounds`) forks a process that runs one command in earnest (a write, an import, a sync, a merge,
a backup, a restore, an upgrade, a file for others), kills it (`kill -9`) at a random moment of the time that
the command takes, looks at what is there, and runs the command again to its end. Exits 1 where anything was
lost, doubled or half done.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.rounds import Rounds
from tests.faults.tally import Tally

# Restoring, making and upgrading a store is done otherwise on a server, or not at all.
ON_SERVER = (
    *("write", "import", "backup", "undo", "export", "copy"),
    *("sync", "attach", "merge", "binder", "rotate", "letters"),
)


def loop(kills: int, seed: int, db: str, folder: Path, kinds: Sequence[str] | None = None) -> Tally:
    """Rounds of every kind in turn until `kills` have hit; the tally."""
    rounds = Rounds(db, folder, seed)
    every: dict[str, Callable[[], None]] = {
        "write": rounds.write,
        "import": rounds.import_,
        "backup": rounds.backup,
        "restore": rounds.restore,
        "create": rounds.create,
        "undo": rounds.undo,
        "export": rounds.export,
        "copy": rounds.copy,
        "upgrade": rounds.upgrade,
        "sync": rounds.sync,
        "attach": rounds.attach,
        "merge": rounds.merge,
        "binder": rounds.binder,
        "rotate": rounds.rotate,
        "letters": rounds.letters,
    }
    turn = [every[kind] for kind in kinds or every]
    at = 0
    while rounds.tally.kills.total() < kills and at < 6 * kills:
        turn[at % len(turn)]()
        at += 1
    rounds.last_look()
    return rounds.tally


@contextmanager
def _place(engine: str, folder: Path) -> Any:
    if engine == "sqlite":
        yield str(folder / "store" / "carepass.db")
        return
    from tests.postgres.server import running_server

    with running_server() as server:
        yield server.url(server.create())


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.faults.kill_loop")
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--seed", type=int, default=int(time.time()))
    options.add_argument("--kind", action="append", help="only these; may be repeated")
    options.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite")
    given = options.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="carepass-kill-"))
    os.environ["XDG_DATA_HOME"] = str(folder)  # where the keys of a store on a server lie
    try:
        with _place(given.engine, folder) as db:
            kinds = given.kind or (None if given.engine == "sqlite" else ON_SERVER)
            tally = loop(given.kills, given.seed, db, folder, kinds)
    finally:
        shutil.rmtree(folder)
    print(f"seed {given.seed}, {given.engine}", *tally.lines(), sep="\n")  # noqa: T201
    return 1 if tally.faults else 0


if __name__ == "__main__":
    sys.exit(main())
