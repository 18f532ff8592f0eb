"""What the reports of a chain cost beside `report expiring` of all its homes, and the proof of its rows.

    python tests/benchmarks/chain.py [--rounds N]

makes a chain of 20 made-up homes with 250 people each (`world.py`). Time is processor time of the whole
process, the median of interleaved rounds; memory is beside that of `import typer, pydantic, sqlite3`. It
exits 1 where a limit is missed. How many rows `audit verify` proves in a second is told, and has no limit
here: a second is not the same everywhere.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

from clearance import CAREPASS, HERE
from scale import cost

HOME = ("--home", "home-003")
EXPIRING = ("report", "expiring", "-o", "json")
ONE = (*EXPIRING, *HOME)
IMPORTS = (sys.executable, "-c", "import typer, pydantic, sqlite3")
PARTS = tuple(
    (*words, *HOME, "-o", "json")
    for words in (
        *(("report", each) for each in ("compliance", "matrix", "gaps", "onboarding")),
        *(("requirement", "waivers"), ("account", "leaves"), ("role", "assignments")),
    )
)


class Work(NamedTuple):
    """A command, the commands that it is measured against, and the ratios allowed for time and memory."""

    words: tuple[str, ...]
    against: tuple[tuple[str, ...], ...]
    time: float
    memory: float | None = None


WORKS = (
    Work(("status", "-o", "json"), (EXPIRING,), 3.0),
    Work(("report", "gaps", "-o", "json"), (EXPIRING,), 3.0),
    Work(("check",), (EXPIRING,), 3.0),
    Work(("report", "summary", "-o", "json"), (EXPIRING,), 3.0, 2.5),
    Work(("report", "forecast", "-o", "json"), (EXPIRING,), 3.0, 2.5),
    Work(("status", "-o", "json", *HOME), (ONE,), 1.2),
    Work(("report", "gaps", "-o", "json", *HOME), (ONE,), 1.2),
    Work(("check", *HOME), (ONE,), 1.2),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    over = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, str(HERE / "world.py"), "chain", name], check=True)
        own = (*CAREPASS, "--db", str(folder / "store.db"))
        binder = Work(("binder", "create", str(folder / "b.zip"), *HOME, "--force"), PARTS, 3.0)
        for work in (*WORKS, binder):
            over |= measure(own, work, rounds)
        prove(own, folder / "store.db")
    return int(over)


def measure(own: tuple[str, ...], work: Work, rounds: int) -> bool:
    """Print the ratios of a command; whether one is over its limit. A `check` that finds something exits 2,
    which is what it is for."""
    told = ("check",) if work.words[0] == "check" else ()
    run = (*own, *work.words, "-q") if not told else ("sh", "-c", '"$@" || true', "sh", *own, *work.words)
    costs = []
    for _ in range(rounds):
        theirs = sum(cost(*own, *words, "-q").time for words in work.against)
        costs.append((cost(*run), theirs, cost(*IMPORTS)))
    time = median(mine.time / theirs for mine, theirs, _ in costs)
    memory = median(mine.memory / bare.memory for mine, _, bare in costs)
    over = time > work.time or (work.memory is not None and memory > work.memory)
    limits = f"{work.time:5.2f}   {memory:5.2f} {work.memory or '':>5}"
    name = " ".join(word for word in work.words if "/" not in word)
    print(f"{name:45} {time:5.2f} {limits}{'  over' if over else ''}")  # noqa: T201
    return over


def prove(own: tuple[str, ...], store: Path) -> None:
    """Print how many completions `audit verify` proves in a second of processor time."""
    with sqlite3.connect(store) as connection:
        (rows,) = connection.execute("SELECT COUNT(*) FROM completion").fetchone()
    seconds = cost(*own, "audit", "verify").time / 1000
    print(f"audit verify: {rows} completions, {rows / seconds:,.0f} a second")  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
