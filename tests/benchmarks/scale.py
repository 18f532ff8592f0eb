"""What carepass costs at the size of a home, a chain and the province, beside the same work written by hand.

    python tests/benchmarks/scale.py [--rounds N] [--province] [--years N] [--folder FOLDER]

makes worlds of made-up homes (`world.py`): a chain, ten times as many homes, the same chain with seven years
of records, and, if asked, the province with N years. Each is loaded by carepass's imports and by hand
(`byhand.py`, `csv` and `sqlite3` alone, in a schema of its own). Then both do the same work in turn, and must
print the same bytes. Time is processor time of the whole process, memory the peak of its resident set.

A ratio is carepass against *by hand + `import typer, pydantic, sqlite3` - bare Python*, the median of the
rounds; for growth, against carepass itself on the chain. It exits 1 where a limit is missed. With --folder
the worlds are kept there, and found again.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import NamedTuple

TODAY = "2026-11-21"
HERE = Path(__file__).parent
CAREPASS = str(Path(sys.executable).with_name("carepass"))
HOME, PERSON = "home-003", "103007"
IMPORTS = "import typer, pydantic, sqlite3"
# Installed programs have their bytecode; a checkout may be told not to write its own.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

# Of one home or one person, of all homes, a byte of the store; against carepass itself where more is stored.
ONE, ALL, MEMORY, SIZE, GROWTH = 1.0, 1.2, 1.15, 1.6, 1.10


class Cost(NamedTuple):
    """Milliseconds of processor time, and MB at the peak."""

    time: float
    memory: float


class World(NamedTuple):
    """Homes in two stores: carepass's own, and one by hand."""

    name: str
    folder: Path

    @property
    def own(self) -> Path:
        return self.folder / "store.db"

    @property
    def hand(self) -> Path:
        return self.folder / "hand.db"


class Work(NamedTuple):
    """The same work in both programs: the words for each, and how to measure it."""

    name: str
    own: tuple[str, ...]
    hand: tuple[str, ...]
    limit: float | None = ONE
    memory: float | None = None


ONE_HOME = (
    Work(
        "report expiring, one home",
        ("report", "expiring", "--home", HOME, "-o", "csv"),
        ("expiring", "csv", HOME),
    ),
    Work(
        "report compliance, one home",
        ("report", "compliance", "--home", HOME, "-o", "csv"),
        ("compliance", "csv", HOME),
    ),
)
READ_ONE = Work(
    "record list, one person", ("record", "list", PERSON, "-o", "csv"), ("records", "csv", PERSON), limit=None
)
WRITE_ONE = Work(
    "record add",
    ("record", "add", PERSON, "ONCE-01", "--on", "{day}", "-o", "json"),
    ("record", PERSON, "ONCE-01", "{day}"),
    limit=None,
)
ALL_HOMES = tuple(
    Work(
        f"report expiring, all homes, {form}",
        ("report", "expiring", "-o", form),
        ("expiring", form),
        limit=ALL,
        memory=MEMORY,
    )
    for form in ("csv", "json")
)


class Table:
    """Prints a line for each ratio, and remembers whether all were within their limits."""

    def __init__(self) -> None:
        self.within = True
        print(f"{'':26}{'':34} {'ratio':>6} {'limit':>6}   carepass   by hand   imports")  # noqa: T201

    def line(self, world: str, what: str, ratio: float, limit: float | None, *told: str) -> None:
        over = limit is not None and ratio > limit
        self.within &= not over
        shown = f"{limit:6.2f}" if limit is not None else f"{'-':>6}"
        cells = " ".join(f"{each:>9}" for each in told)
        print(f"{world:24}  {what:34} {ratio:6.2f} {shown}  {cells}{'  over' if over else ''}", flush=True)  # noqa: T201


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--province", action="store_true")
    parser.add_argument("--years", type=int, default=1, help="Years of records of the province.")
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = given.folder or Path(scratch)
        chain = make("chain", folder / "chain", "chain")
        grown = [
            make("ten times the homes", folder / "ten", "chain", "--homes", "200"),
            make("seven years", folder / "seven", "chain", "--years", "7"),
        ]
        if given.province:
            name = "province" if given.years == 1 else f"province, {given.years} years"
            grown.append(
                make(name, folder / f"province{given.years}", "province", "--years", str(given.years))
            )
        table = Table()
        compare(table, [chain, *grown], (*ONE_HOME, READ_ONE, WRITE_ONE), given.rounds)
        compare(table, [chain, *grown], ALL_HOMES, max(given.rounds // 3, 1))
        for world in (chain, *grown):
            size(table, world)
    return 0 if table.within else 1


def make(name: str, folder: Path, *words: str) -> World:
    """A world in `folder`, in both stores; made where it is not there yet."""
    world = World(name, folder)
    if not world.own.exists():
        run(sys.executable, str(HERE / "world.py"), words[0], str(folder), *words[1:])
    if not world.hand.exists():
        run(sys.executable, str(HERE / "byhand.py"), "load", str(world.hand), TODAY)
    return world


def compare(table: Table, worlds: Sequence[World], works: Sequence[Work], rounds: int) -> None:
    """Measure each work in every world, in turn, and print its ratios."""
    for work in works:
        if work is not WRITE_ONE:
            for world in worlds:
                same_output(world, work)
        costs: dict[str, list[Cost]] = {}
        for number in range(rounds + 1):
            day = str(date.fromisoformat(TODAY) - timedelta(days=number))
            runs: dict[str, tuple[str, ...]] = {
                "bare": (sys.executable, "-c", "pass"),
                "imports": (sys.executable, "-c", IMPORTS),
            }
            for world in worlds:
                runs[f"{world.name} own"] = own_words(world, work, day)
                runs[f"{world.name} hand"] = hand_words(world, work, day)
            for key, words in runs.items():
                found = cost(*words)
                if number:  # the first round only warms the caches
                    costs.setdefault(key, []).append(found)
        for world in worlds:
            tell(table, work, world, worlds[0], costs)


def tell(table: Table, work: Work, world: World, first: World, costs: dict[str, list[Cost]]) -> None:
    own, hand = costs[f"{world.name} own"], costs[f"{world.name} hand"]
    bare, imports = costs["bare"], costs["imports"]
    for at, unit, limit in ((0, "ms", work.limit), (1, "MB", work.memory)):
        if unit == "MB" and limit is None:
            continue
        ratio = median(
            o[at] / (h[at] + i[at] - b[at]) for o, h, i, b in zip(own, hand, imports, bare, strict=True)
        )
        told = (f"{median(each[at] for each in some):.0f} {unit}" for some in (own, hand, imports))
        table.line(world.name, work.name + (", memory" if unit == "MB" else ""), ratio, limit, *told)
    if world is not first and work not in ALL_HOMES:
        before = costs[f"{first.name} own"]
        ratio = median(o.time / b.time for o, b in zip(own, before, strict=True))
        limit = GROWTH if work in ONE_HOME else None
        table.line(world.name, f"{work.name}: growth", ratio, limit)


def size(table: Table, world: World) -> None:
    """The store's bytes, everything in it, beside those of the schema by hand."""
    own, hand = (each.stat().st_size / 1e6 for each in (world.own, world.hand))
    table.line(world.name, "size of the store", own / hand, SIZE, f"{own:.0f} MB", f"{hand:.0f} MB")


def same_output(world: World, work: Work) -> None:
    """Both programs must print the same bytes, or a ratio says nothing."""
    with tempfile.TemporaryFile() as own, tempfile.TemporaryFile() as hand:
        for words, out in ((own_words(world, work, TODAY), own), (hand_words(world, work, TODAY), hand)):
            subprocess.run(words, check=True, stdout=out, env=ENVIRONMENT)
            out.seek(0)
        if any(mine != theirs for mine, theirs in zip(own, hand, strict=True)):
            raise SystemExit(f"{world.name}: {work.name}: the two print different things")


def own_words(world: World, work: Work, day: str) -> tuple[str, ...]:
    words = (word.format(day=day) for word in work.own)
    return (CAREPASS, "--db", str(world.own), "--today", TODAY, "--actor", "bench", *words)


def hand_words(world: World, work: Work, day: str) -> tuple[str, ...]:
    what, *rest = (word.format(day=day) for word in work.hand)
    return (sys.executable, str(HERE / "byhand.py"), what, str(world.hand), TODAY, *rest)


def run(*words: str) -> None:
    subprocess.run(words, check=True, env=ENVIRONMENT)


def cost(*words: str) -> Cost:
    """Run a process, which must succeed; its output goes nowhere.

    Linux counts the memory of the process that starts another as that one's too, so that a bare Python seems
    as large as this program; ratios of memory come out the stricter for it.
    """
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(words)}: exit {process.returncode}")
    return Cost((usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024)


if __name__ == "__main__":
    sys.exit(main())
