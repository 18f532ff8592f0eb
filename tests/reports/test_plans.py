"""How much a report reads: no more where the rest of the store has grown.

Measured as the loops of SQLite's own machine, whatever the SQL and the indexes are called: reading a row is
at least one.
"""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import TODAY, Carepass, course, overheard
from tests.reports.conftest import begin, record
from tests.reports.test_deadlines import take

pytestmark = pytest.mark.on_file

OTHERS = 300
"""How many people work at the other home."""
ROLES = 40
"""How many roles there are, that nobody holds."""
GROWING = "(completion|assignment|message|registration|submission_line)"
"""Tables to which every day adds."""
SPREAD = 100
"""By how much two readings of the same rows may differ: one step more down an index, one home more."""

AT_HOME = ("--home", "maple-grove")
OF_ONE_HOME = {
    "compliance": ("report", "compliance", *AT_HOME),
    "compliance of a past year": ("report", "compliance", *AT_HOME, "--year", "2025", "--basis", "rolling"),
    "compliance of a group": ("report", "compliance", *AT_HOME, "--group", "registered"),
    "compliance of a role": ("report", "compliance", *AT_HOME, "--role", "psw"),
    "compliance, by name": ("report", "compliance", *AT_HOME, "--names"),
    "matrix": ("report", "matrix", *AT_HOME),
    "deadlines": ("report", "deadlines", *AT_HOME),
    "retakes": ("report", "retakes", *AT_HOME),
    "expiring": ("report", "expiring", *AT_HOME),
    "check": ("check", *AT_HOME),
    "gaps": ("report", "gaps", *AT_HOME),
    "gaps of a role": ("report", "gaps", *AT_HOME, "--role", "psw"),
    "status": ("status", *AT_HOME),
    "clearance": ("report", "clearance", *AT_HOME),
    "clearance of a role": ("report", "clearance", *AT_HOME, "--role", "psw"),
}
# These read all that one person ever did.
OF_ONE_PERSON = {
    "what one person must hold": ("requirement", "list", "--account", "1000"),
    "why one person stands there": ("explain", "1000", "IPAC-101"),
}
NARROW = OF_ONE_HOME | OF_ONE_PERSON
# The others look at each record of a person and course.
WHATEVER_THE_YEARS = {
    name: OF_ONE_HOME[name]
    for name in ("compliance", "compliance of a past year", "expiring", "check", "gaps", "status")
}


@pytest.fixture(scope="module")
def small(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Carepass:
    """The three people of `team`, with a record each, a lapse, and one who has ended a course."""
    path = tmp_path_factory.mktemp("small") / "carepass.db"
    shutil.copy(template, path)
    carepass = Carepass(str(path))
    begin(carepass)
    for account in ("1000", "1001", "1002"):
        record(carepass, account, "IPAC-101", "2026-03-02")
    take(carepass, "1000", "WHMIS-1", "2026-03-02")
    return carepass


def grown(small: Carepass, folder: Path) -> Carepass:
    path = folder / "carepass.db"
    with sqlite3.connect(small.db) as store, sqlite3.connect(path) as copy:
        store.backup(copy)
    return Carepass(str(path))


def put(carepass: Carepass, noun: str, header: str, rows: list[str], *more: str) -> None:
    file = Path(carepass.db).with_name(f"{noun}.csv")
    file.write_text("\n".join([header, *rows]), encoding="utf-8")
    carepass(noun, "import", str(file), *more, today="2026-02-01")


def put_records(carepass: Carepass, people: Iterable[int], code: str, days: list[str]) -> None:
    rows = [f"{account},{code},{day}" for account in people for day in days]
    put(carepass, "record", "portal_id,code,completed_on", rows)


@pytest.fixture(scope="module")
def among_others(small: Carepass, tmp_path_factory: pytest.TempPathFactory) -> Carepass:
    """As `small`, and another home with the same roles and many people, who have records and lapses."""
    carepass = grown(small, tmp_path_factory.mktemp("others"))
    carepass("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove", today="2026-02-01")
    people = range(20_000, 20_000 + OTHERS)
    named = [f"{n},First,Last{n},1990-01-01,p{n}@example.org" for n in people]
    put(carepass, "account", "portal_id,first_name,last_name,birthdate,email", named)
    held = [f"{n},oak-hill,psw" for n in people]
    put(carepass, "role", "portal_id,home,role", held, "--unverified", "--confirm")
    put_records(carepass, people, "IPAC-101", ["2024-01-20", "2025-01-20"])
    for number in range(ROLES):
        role = ("oak-hill", f"role-{number}")
        carepass("role", "create", *role, "--name", "Nobody's", today="2026-02-01")
    asked = [f"oak-hill,role-{number},{code}" for number in range(ROLES) for code in ("IPAC-101", "MEDS-1")]
    put(carepass, "requirement", "home,role,code", asked)
    for n in (20_000, 20_001):
        take(carepass, str(n), "WHMIS-1", "2026-03-02")
    return carepass


@pytest.fixture(scope="module")
def after_years(small: Carepass, tmp_path_factory: pytest.TempPathFactory) -> Carepass:
    """As `small`, and everybody took the annual course every month of the years before."""
    carepass = grown(small, tmp_path_factory.mktemp("years"))
    days = [f"{year}-{month:02}-01" for year in range(2010, 2025) for month in range(1, 13)]
    put_records(carepass, (1000, 1001, 1002), "IPAC-101", days)
    return carepass


@pytest.fixture(scope="module")
def among_courses(small: Carepass, tmp_path_factory: pytest.TempPathFactory) -> Carepass:
    """As `small`, and everybody has many records of a course that nobody requires."""
    carepass = grown(small, tmp_path_factory.mktemp("courses"))
    carepass.today = "2026-02-01"
    course(carepass, "ZZZ-1")
    carepass.today = TODAY
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 16)]
    put_records(carepass, (1000, 1001, 1002), "ZZZ-1", days)
    return carepass


Loops = Callable[..., int]


@pytest.fixture
def loops(monkeypatch: pytest.MonkeyPatch) -> Loops:
    """The loops that SQLite makes for a command."""
    made = [0]
    connect = sqlite3.connect

    def step() -> None:
        made[0] += 1

    def counting(*args: Any, **more: Any) -> sqlite3.Connection:
        connection = connect(*args, **more)
        connection.set_progress_handler(step, 1)
        return connection

    def count(carepass: Carepass, line: tuple[str, ...]) -> int:
        made[0] = 0
        monkeypatch.setattr(sqlite3, "connect", counting)
        # A check that finds something exits as monitoring asks.
        carepass(*line, code=2) if line[0] == "check" else carepass(*line)
        monkeypatch.setattr(sqlite3, "connect", connect)
        return made[0]

    return count


@pytest.mark.parametrize("report", NARROW)
def test_a_report_of_one_home_or_person_reads_nothing_of_others(
    small: Carepass, among_others: Carepass, loops: Loops, report: str
) -> None:
    alone, beside = (loops(each, NARROW[report]) for each in (small, among_others))
    assert 0 < beside < alone + SPREAD < alone + OTHERS


def test_a_roster_reads_nothing_of_homes_that_it_does_not_name(
    small: Carepass, among_others: Carepass, loops: Loops, tmp_path: Path
) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text(f"portal_id,home,role,on\n1000,maple-grove,psw,{TODAY}\n")
    line = ("report", "clearance", "--roster", str(roster))
    alone, beside = (loops(each, line) for each in (small, among_others))
    assert 0 < beside < alone + SPREAD


@pytest.mark.parametrize("report", OF_ONE_HOME)
def test_completions_are_found_by_person_and_course(
    small: Carepass, among_courses: Carepass, loops: Loops, report: str
) -> None:
    few, many = (loops(each, OF_ONE_HOME[report]) for each in (small, among_courses))
    assert 0 < many < few + SPREAD


@pytest.mark.parametrize("report", WHATEVER_THE_YEARS)
def test_the_years_before_are_passed_over(
    small: Carepass, after_years: Carepass, loops: Loops, report: str
) -> None:
    one, many = (loops(each, WHATEVER_THE_YEARS[report]) for each in (small, after_years))
    assert 0 < many < one + SPREAD


@pytest.mark.parametrize("line", ["report expiring", "report gaps", "status", "check"])
def test_all_homes_cost_what_their_people_cost(among_others: Carepass, loops: Loops, line: str) -> None:
    """Some 700 loops a person; were the requirements of all roles read for each, it would be thousands."""
    assert OTHERS < loops(among_others, tuple(line.split())) < OTHERS * 1000


@pytest.mark.parametrize("line", ["report gaps", "status", "check"])
@pytest.mark.parametrize("at", [AT_HOME, ()], ids=["one home", "all homes"])
def test_what_is_looked_at_every_day_reads_little_more_than_what_expires(
    among_others: Carepass, loops: Loops, line: str, at: tuple[str, ...]
) -> None:
    expiring = loops(among_others, ("report", "expiring", *at))
    assert loops(among_others, (*line.split(), *at)) < 3 * expiring


@pytest.mark.parametrize("line", ["report expiring", "report gaps", "status", "check"])
def test_what_grows_with_the_years_is_never_read_whole(among_others: Carepass, line: str) -> None:
    with overheard() as asked:
        among_others(*line.split(), *AT_HOME, code=2 if line == "check" else 0)
    queries = [sql for sql in asked if sql.lstrip().startswith(("SELECT", "WITH"))]
    assert any("completion " in sql for sql in queries)
    with closing(sqlite3.connect(among_others.db)) as store:
        for sql in queries:
            for *_, step in store.execute(f"EXPLAIN QUERY PLAN {sql}"):
                if scanned := re.match(r"SCAN (\w+)", step):
                    assert not re.search(rf"\b{GROWING} (AS )?{scanned[1]}\b", sql), (step, sql)
