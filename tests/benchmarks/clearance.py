"""What `report clearance` costs: a roster against the same answers by hand, a home against its expiries.

    python tests/benchmarks/clearance.py [--rows N] [--rounds N]

makes a chain of made-up homes (`world.py`) and a roster of 100,000 lines over two weeks. By hand is `csv`
and `sqlite3` alone on the same store, and must print the same bytes. Time is processor time of the whole
process, the median of the rounds. It exits 1 where the roster costs more than twice *by hand + `import typer,
pydantic, sqlite3` - bare Python*, or one home on one day more than 1.2 times its `report expiring`.
"""

import argparse
import csv
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

TODAY = date(2026, 11, 21)
HERE = Path(__file__).parent
CAREPASS = (str(Path(sys.executable).with_name("carepass")), "--today", TODAY.isoformat())
ROSTER, HOME = 2.0, 1.2
KEYS = ("on", "home", "role", "portal_id", "last_name", "first_name", "clearance", "reasons")

PEOPLE = """
    SELECT a.portal_id, a.id, v.last_name, v.first_name
    FROM account a JOIN account_version v ON v.account_id = a.id AND v.until_on IS NULL
"""
HELD = """
    SELECT s.account_id, h.code, r.code, s.start_on, s.confirmed_on
    FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
    WHERE s.until_on IS NULL AND s.ended_on IS NULL AND s.declined_on IS NULL AND s.cancelled_on IS NULL
"""
ASKED = """
    SELECT h.code, r.code, q.course_id, c.code, q.required_from, q.due
    FROM requirement q JOIN course c ON c.id = q.course_id
    JOIN role r ON r.id = q.role_id JOIN home h ON h.id = r.home_id WHERE q.until_on IS NULL ORDER BY c.code
"""
LASTS = """
    SELECT k.account_id, e.course_id, MAX(COALESCE(k.expires_on, '9999-12-31'))
    FROM completion k JOIN course_equivalence e ON e.other_id = k.course_id
    WHERE k.completed_on <= ? AND k.voided_on IS NULL GROUP BY 1, 2
"""


def by_hand(store: str, roster: str) -> None:
    """The roster's answers on stdout."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    people = {portal_id: rest for portal_id, *rest in db.execute(PEOPLE)}
    held = {tuple(key): rest for *key, start, confirmed in db.execute(HELD) for rest in [(start, confirmed)]}
    asked = defaultdict(list)
    for home, role, *rest in db.execute(ASKED):
        asked[home, role].append(rest)
    lasts = {(person, course): last for person, course, last in db.execute(LASTS, (TODAY.isoformat(),))}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(KEYS)
    with open(roster, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            on, home, role = row["on"], row["home"], row["role"]
            person, last_name, first_name = people[row["portal_id"]]
            start, confirmed = held.get((person, home, role), (None, None))
            reasons = [] if confirmed else ["role-not-confirmed"]
            for course, code, required_from, due in asked[home, role] if start else ():
                last = lasts.get((person, course))
                if last is not None:
                    reasons += [f"{code} expired"] if last < on else []
                elif due == "before-start":
                    reasons.append(f"{code} before-start")
                elif due_day(max(start, required_from), due) < on:
                    reasons.append(f"{code} overdue")
            word = "not-cleared" if reasons else "cleared"
            writer.writerow(
                (on, home, role, row["portal_id"], last_name, first_name, word, "; ".join(reasons))
            )


def due_day(begins: str, due: str) -> str:
    """So many days after a day."""
    return (date.fromisoformat(begins) + timedelta(int(due[:-1]))).isoformat()


def write_roster(folder: Path, rows: int) -> Path:
    """Shifts of the world's people in their roles, in no order; the same each time."""
    with (folder / "roles.csv").open(encoding="utf-8", newline="") as file:
        posts = [(row["portal_id"], row["home"], row["role"]) for row in csv.DictReader(file)]
    chance, path = Random(1), folder / "roster.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("portal_id", "home", "role", "on", "shift"))
        for _ in range(rows):
            on = TODAY + timedelta(chance.randrange(14))
            writer.writerow((*chance.choice(posts), on.isoformat(), "night"))
    return path


def cost(*words: str) -> tuple[float, bytes]:
    """Seconds of processor time of a process, and what it printed."""
    before = getrusage(RUSAGE_CHILDREN)
    out = subprocess.run(words, check=True, capture_output=True).stdout
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, out


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--by-hand", nargs=2, metavar=("STORE", "ROSTER"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.by_hand:
        by_hand(*given.by_hand)
        return 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([sys.executable, str(HERE / "world.py"), "chain", name], check=True)
        store, roster = str(folder / "store.db"), str(write_roster(folder, given.rows))
        own = (*CAREPASS, "--db", store, "report")
        works = {
            "roster": (*own, "clearance", "--roster", roster, "-o", "csv"),
            "hand": (sys.executable, __file__, "--by-hand", store, roster),
            "home": (*own, "clearance", "--home", "home-003", "-o", "csv"),
            "expiring": (*own, "expiring", "--home", "home-003", "-o", "csv"),
            "imports": (sys.executable, "-c", "import typer, pydantic, sqlite3"),
            "bare": (sys.executable, "-c", "pass"),
        }
        rounds = [{name: cost(*words) for name, words in works.items()} for _ in range(given.rounds)]
    if rounds[0]["roster"][1] != rounds[0]["hand"][1]:
        print("carepass and by hand say different things")  # noqa: T201
        return 1
    time = {name: median(each[name][0] for each in rounds) for name in works}
    ratios = {
        "roster": (time["roster"] / (time["hand"] + time["imports"] - time["bare"]), ROSTER),
        "one home, one day": (time["home"] / time["expiring"], HOME),
    }
    for what, (ratio, limit) in ratios.items():
        print(f"{what:20} {ratio:6.2f} {limit:6.2f}{'  over' if ratio > limit else ''}")  # noqa: T201
    return int(any(ratio > limit for ratio, limit in ratios.values()))


if __name__ == "__main__":
    sys.exit(main())
