"""What `role import` and `record import` cost beside a loader written by hand (`loader.py`).

    python tests/benchmarks/imports.py [ROWS...]        default: 5000 120000

Both load the same file into copies of the same store, by turns. Time is CPU time of the process and its
memory the peak of its resident set; both are held against *the loader + `import typer, pydantic, sqlite3` -
bare Python*. The loader writes no audit log, no digests of rows and nothing that an undo could go by.
"""

import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import NamedTuple

TODAY = "2026-11-21"
ROUNDS = 5
IMPORTS = "import typer, pydantic, sqlite3"
LIMITS = {"role": 2.0, "record": 2.0}
MEMORY = 1.15
HOMES, ROLES, COURSES = 10, 6, 40
LOADER = Path(__file__).with_name("loader.py")


class Cost(NamedTuple):
    """CPU seconds and MB at the peak."""

    seconds: float
    megabytes: float


def cost(*args: str) -> Cost:
    """Run Python with these arguments, which must succeed."""
    process = subprocess.Popen([sys.executable, *args], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{args} failed: {process.returncode}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def middle(costs: list[Cost]) -> Cost:
    return Cost(median(each.seconds for each in costs), median(each.megabytes for each in costs))


def compare(what: str, rows: int, folder: Path) -> bool:
    """Measure one import; print the ratios and say whether they are within the limits."""
    store, file = folder / "store.db", folder / f"{what}.csv"
    runs: dict[str, list[Cost]] = {"bare": [], "imports": [], "loader": [], "carepass": []}
    for _ in range(ROUNDS if rows < 20_000 else 3):
        runs["bare"].append(cost("-c", "pass"))
        runs["imports"].append(cost("-c", IMPORTS))
        copy = fresh(store, folder)
        runs["loader"].append(cost(str(LOADER), what, copy, str(file), TODAY))
        copy = fresh(store, folder)
        given = ("--db", copy, "--today", TODAY, what, "import", str(file), "-q")
        runs["carepass"].append(cost("-m", "carepass_cli", *given))
    bare, imports, loader, carepass = (middle(each) for each in runs.values())
    time = carepass.seconds / (loader.seconds + imports.seconds - bare.seconds)
    memory = carepass.megabytes / (loader.megabytes + imports.megabytes - bare.megabytes)
    print(  # noqa: T201
        f"{what:6} {rows:7,} rows  loader {loader.seconds:5.2f} s {loader.megabytes:4.0f} MB"
        f"  imports {imports.seconds - bare.seconds:4.2f} s {imports.megabytes - bare.megabytes:3.0f} MB"
        f"  carepass {carepass.seconds:5.2f} s {carepass.megabytes:4.0f} MB"
        f"  time {time:4.2f} (limit {LIMITS[what]})  memory {memory:4.2f} (limit {MEMORY})"
    )
    return time <= LIMITS[what] and memory <= MEMORY


def fresh(store: Path, folder: Path) -> str:
    copy = folder / "copy.db"
    for each in folder.glob("copy.db*"):
        each.unlink()
    shutil.copy(store, copy)
    return str(copy)


def prepare(rows: int, folder: Path) -> None:
    """A store with a person for each row, and the two files; the same every time."""
    store = folder / "store.db"
    carepass(store, "home", "create", "home-0", "--name", "Home 0")
    for role in range(ROLES):
        carepass(store, "role", "create", "home-0", f"role-{role}", "--name", f"Role {role}")
    write(
        folder / "homes.csv",
        [{"code": f"home-{n}", "name": f"Home {n}", "like": "home-0"} for n in range(1, HOMES)],
    )
    carepass(store, "home", "import", str(folder / "homes.csv"))
    courses = [
        {
            "code": f"C-{n}",
            "title": f"Course {n}",
            "provider": "College",
            "minutes": 30,
            "expiry": "1y" if n % 2 else "",
        }
        for n in range(COURSES)
    ]
    write(folder / "courses.csv", courses)
    carepass(store, "course", "import", str(folder / "courses.csv"))
    rng = random.Random(rows)
    people = [
        {
            "portal_id": str(100_000 + n),
            "first_name": rng.choice(("Ana", "Bob", "Hélène", "Zoë", "Chidi", "Mei")),
            "last_name": f"{rng.choice(('Example', 'Sample', 'O’Brien', 'Côté'))}-{n}",
            "birthdate": f"{rng.randint(1955, 2004)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            "email": f"person{n}@example.org",
        }
        for n in range(rows)
    ]
    write(folder / "people.csv", people)
    carepass(store, "account", "import", str(folder / "people.csv"))
    rng.shuffle(people)
    write(
        folder / "role.csv",
        [
            {
                "portal_id": person["portal_id"],
                "home": f"home-{rng.randrange(HOMES)}",
                "role": f"role-{rng.randrange(ROLES)}",
                "birthdate": person["birthdate"],
                "last_name": person["last_name"],
                "start_on": f"2026-{rng.randint(1, 11):02}-{rng.randint(1, 28):02}",
            }
            for person in people
        ],
    )
    write(
        folder / "record.csv",
        [
            {
                "portal_id": person["portal_id"],
                "code": f"C-{rng.randrange(COURSES)}",
                "completed_on": f"202{rng.randint(2, 5)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
                "provider": "Another College",
                "evidence": f"certificate {n}",
                "verified_by": "Sam Sample",
            }
            for n, person in enumerate(people)
        ],
    )


def carepass(store: Path, *args: str) -> None:
    cost("-m", "carepass_cli", "--db", str(store), "--today", "2026-01-02", *args, "-q")


def write(path: Path, rows: list[dict[str, object]] | list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)  # type: ignore[arg-type]


def main() -> int:
    within = True
    for rows in map(int, sys.argv[1:] or ("5000", "120000")):
        with tempfile.TemporaryDirectory() as name:
            # In a process of its own: what it takes must not count as the peak of those it starts.
            subprocess.run([sys.executable, __file__, "--prepare", str(rows), name], check=True)
            for what in LIMITS:
                within &= compare(what, rows, Path(name))
    return 0 if within else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--prepare"]:
        prepare(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main())
