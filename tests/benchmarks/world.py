"""A made-up world of care homes: files to import, the same however often they are made, and a store of them.

    python tests/benchmarks/world.py home|chain|province FOLDER [--years N] [--homes N]

writes the files into FOLDER and loads them into FOLDER/store.db by carepass's own imports. `home` has 200
staff, `chain` 20 homes and 5,000 staff, `province` 620 homes, 124,000 staff and 3 million completions, which
with `--years 7` are 20 million. Every name is made of syllables. What a home has does not depend on how many
others there are, nor its newest year on how many came before: reports of it can be compared.
"""

import argparse
import csv
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import NamedTuple

SEED = "carepass"
TODAY = date(2026, 11, 21)
# Homes, courses and people are older than any completion.
OPENED, HIRED = "2018-01-02", "2018-02-01"


class Scale(NamedTuple):
    """How many homes, with how many people each."""

    homes: int
    staff: int


SCALES = {"home": Scale(1, 200), "chain": Scale(20, 250), "province": Scale(620, 200)}

ROLES = ("psw", "rn", "rpn", "cook", "housekeeper", "activities", "physio", "office")
# Code, validity in years (0: once), and how many: what all roles must hold, what some must, what none must.
COMMON, SOME, LONG, ONCE, FREE = (
    [f"{prefix}-{number:02}" for number in range(1, count + 1)]
    for prefix, count in (("ALL", 14), ("JOB", 16), ("LONG", 4), ("ONCE", 4), ("FREE", 20))
)
# In French too; either satisfies.
TWINS = {code: f"{code}-FR" for code in COMMON[:3]}

# A completion of the newest year is 0 to 399 days old: 16 of 100 have run out or do so within 30 days.
NEWEST = 400
# The share of people who also work at the next home, of those who take French courses, and of completions
# that are missing.
SECOND, FRENCH, MISSING = 0.05, 0.1, 0.02
ELECTIVES = 3

SYLLABLES = (
    "ba",
    "cor",
    "da",
    "fen",
    "gu",
    "hal",
    "ji",
    "kom",
    "lu",
    "mér",
    "na",
    "ost",
    "pi",
    "ru",
    "sa",
    "ty",
)


class Person(NamedTuple):
    """One of a home's staff. `posts` are (home, role): the second only for those who have one."""

    portal_id: str
    first_name: str
    last_name: str
    birthdate: str
    language: str
    posts: list[tuple[str, str]]

    @property
    def email(self) -> str:
        return f"staff{self.portal_id}@example.org"


def home_code(number: int) -> str:
    return f"home-{number:03}"


def required_by(role: str) -> list[str]:
    """The 22 courses that a role requires: 20 annual ones, one every three years, one once."""
    at = ROLES.index(role)
    some = [SOME[(6 * at + number) % len(SOME)] for number in range(6)]
    return [*COMMON, *some, LONG[at % len(LONG)], ONCE[at % len(ONCE)]]


def staff_of(number: int, scale: Scale) -> Iterator[Person]:
    """The people of one home."""
    rng = Random(f"{SEED}:{number}")
    next_home = (number + 1) % scale.homes
    for at in range(scale.staff):
        role = ROLES[min(int(rng.expovariate(0.5)), len(ROLES) - 1)]
        posts = [(home_code(number), role)]
        if rng.random() < SECOND and next_home != number:
            posts.append((home_code(next_home), role))
        yield Person(
            str(100_000 + number * 1000 + at),
            "".join(rng.choices(SYLLABLES, k=2)).capitalize(),
            "".join(rng.choices(SYLLABLES, k=3)).capitalize(),
            (date(1955, 1, 1) + timedelta(days=rng.randrange(50 * 365))).isoformat(),
            "fr" if rng.random() < FRENCH else "en",
            posts,
        )


def completions_of(number: int, scale: Scale, year: int) -> Iterator[tuple[str, str, str, str]]:
    """Portal ID, course, date and evidence of what a home's staff completed; `year` 0 is the newest."""
    rng = Random(f"{SEED}:{number}:{year}")
    first, span = (0, NEWEST) if year == 0 else (NEWEST + 365 * (year - 1), 365)
    dates = [(TODAY - timedelta(days=first + age)).isoformat() for age in range(span)]
    for person in staff_of(number, scale):
        required = required_by(person.posts[0][1])
        taken = [*(required if year == 0 else required[:-2]), *rng.sample(FREE, ELECTIVES)]
        for code, on in zip(taken, rng.choices(dates, k=len(taken)), strict=True):
            if rng.random() >= MISSING:
                told = TWINS.get(code, code) if person.language == "fr" else code
                yield person.portal_id, told, on, f"certificate {rng.randrange(10**6)}"


def courses() -> Iterator[tuple[str, str, str, int, str]]:
    """The course file: code, title, provider, minutes, expiry."""
    for code in (*COMMON, *SOME, *LONG, *ONCE, *FREE, *TWINS.values()):
        expiry = "" if code in ONCE else "3 years" if code in LONG else "1 years"
        yield code, f"What everybody should know about {code.lower()}", "Sample College", 30, expiry


def write_files(folder: Path, scale: Scale, years: int) -> None:
    """Write the import files: courses, homes, accounts, roles, and records year by year, oldest last."""
    homes = range(scale.homes)
    everybody = ((person, number) for number in homes for person in staff_of(number, scale))
    write_csv(folder / "courses.csv", ("code", "title", "provider", "minutes", "expiry"), courses())
    others = ((home_code(n), f"Home {n}", home_code(0)) for n in homes[1:])
    write_csv(folder / "homes.csv", ("code", "name", "like"), others)
    people = ("portal_id", "first_name", "last_name", "birthdate", "email", "language")
    write_csv(folder / "accounts.csv", people, ((*p[:4], p.email, p.language) for p, _ in everybody))
    everybody = ((person, number) for number in homes for person in staff_of(number, scale))
    write_csv(
        folder / "roles.csv",
        ("portal_id", "birthdate", "last_name", "home", "role"),
        ((p.portal_id, p.birthdate, p.last_name, *post) for p, _ in everybody for post in p.posts),
    )
    for year in range(years):
        rows = chain.from_iterable(completions_of(number, scale, year) for number in homes)
        write_csv(folder / f"records-{year}.csv", ("portal_id", "code", "completed_on", "evidence"), rows)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def load(folder: Path, store: Path) -> None:
    """Bring the files of `folder` into the store by carepass."""
    first = home_code(0)
    carepass(store, OPENED, "course", "import", str(folder / "courses.csv"))
    for twins in TWINS.items():
        carepass(store, OPENED, "course", "equate", *twins)
    carepass(store, OPENED, "home", "create", first, "--name", "Home 0")
    for role in ROLES:
        carepass(store, OPENED, "role", "create", first, role, "--name", role.capitalize())
        carepass(store, OPENED, "requirement", "add", *required_by(role), "--home", first, "--role", role)
    carepass(store, OPENED, "home", "import", str(folder / "homes.csv"))
    carepass(store, HIRED, "account", "import", str(folder / "accounts.csv"))
    carepass(store, HIRED, "role", "import", str(folder / "roles.csv"), "--confirm")
    for records in sorted(folder.glob("records-*.csv")):
        carepass(store, TODAY.isoformat(), "record", "import", str(records))


def carepass(store: Path, today: str, *words: str) -> None:
    """Run carepass on the store as of a day; it must succeed."""
    line = [sys.executable, "-m", "carepass_cli", "--db", str(store), "--today", today, *words, "-q"]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("scale", choices=SCALES)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--years", type=int, default=1)
    parser.add_argument("--homes", type=int, help="As many homes as this, instead of the scale's.")
    given = parser.parse_args()
    scale = SCALES[given.scale]
    given.folder.mkdir(parents=True, exist_ok=True)
    write_files(given.folder, scale._replace(homes=given.homes or scale.homes), given.years)
    load(given.folder, given.folder / "store.db")


if __name__ == "__main__":
    main()
