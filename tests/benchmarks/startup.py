"""What one run of carepass costs, as a whole process, beside the bare imports that it cannot do without.

Run it with `python tests/benchmarks/startup.py [RUNS] [WORD]`: RUNS for each command (15 unless given), only
commands that contain WORD. A command and its yardstick run in turn, each pair gives a ratio, and the table
shows the medians: a slow moment of the machine meets both. Time is processor time (user and system).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median

CAREPASS = str(Path(sys.executable).with_name("carepass"))
TODAY = "2026-11-21"
HOME = ("--home", "maple-grove")
POST = (*HOME, "--role", "psw")
STAFF = 40
# Installed programs have their bytecode; a checkout may be told not to write its own.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Yardstick:
    """A bare interpreter with what a kind of command must import, and how many times its cost is allowed."""

    code: str
    limit: float


VERSION = Yardstick("pass", 2.0)
HELP = Yardstick("import typer", 1.3)
READ = Yardstick("import typer, pydantic, sqlite3", 1.15)
WRITE = Yardstick("import typer, pydantic, sqlite3", 1.5)
SERVER_READ = Yardstick("import typer, psycopg", 1.3)
# The first write of a store makes it: against the same write later, and this many seconds more.
FIRST_WRITE, FIRST_WRITE_MORE = 1.5, 0.1

HELPS = ("", "account", "role assign", "cart", "requirement list", "report expiring", "course create")

READS = (
    "account list",
    "account show 1000",
    "home list",
    "home show maple-grove",
    "role list",
    "role list --account 1000",
    "role assignments",
    "role pending",
    "course list",
    "course show IPAC-101",
    "requirement list",
    "requirement list --account 1000",
    "explain 1000 IPAC-101",
    "cart show 1000",
    "cart history 1000",
    "submission list",
    "submission show 1",
    "registration list",
    "record list 1000",
    "report expiring",
    "notify list",
    "notify show 1",
    "audit list",
    "store info",
    "store check",
    "config show",
)

NEW_PERSON = "--first-name Ana --last-name Doe --birthdate 1990-05-17 --email ana@example.org"
WRITES = (
    f"account create {NEW_PERSON}",
    "account edit 1001 --last-name Sample",
    "account confirm --account 1030",
    "account deactivate 1030 --reason moved",
    "home create cedar-lane --name Cedar",
    "home create cedar-lane --name Cedar --like maple-grove",
    "home edit maple-grove --city Guelph",
    "role create maple-grove rn --name Nurse",
    "role copy maple-grove psw --to birch-hill",
    "role assign 1030 --home birch-hill --role cook --unverified",
    "role confirm --account 1039 --home maple-grove --role psw",
    "role end 1000 --home maple-grove --role psw",
    "course create NEW-1 --title New --provider Sample --minutes 30",
    "course edit WHMIS-1 --minutes 45",
    "course equate WHMIS-1 FIRE-1",
    "requirement add FIRE-1 --home maple-grove --role psw",
    "requirement remove WHMIS-1 --home maple-grove --role psw",
    "requirement waive 1000 WHMIS-1 --reason agreed",
    "cart add 1003 IPAC-101 WHMIS-1",
    "cart remove 1002 IPAC-101",
    "cart submit 1002",
    "submission approve 3/IPAC-101",
    "submission reject 3/IPAC-101 --reason full",
    "registration grant 1/IPAC-101",
    "registration complete 2/IPAC-101",
    "registration withdraw 1/IPAC-101",
    "record add 1005 IPAC-101 --on 2026-03-01",
    "record void 1 --reason typo",
)


SERVER_READS = (
    "account list",
    "account show 1000",
    "requirement list --account 1000",
    "report expiring",
    "role assignments",
)


def main(args: list[str]) -> int:
    """Measure, and print a line for each command. Returns 1 where one is over its limit, else 0."""
    runs = int(args[0]) if args else 15
    word = args[1] if len(args) > 1 else ""
    within = True
    print(f"{'carepass ...':58} {'ratio':>6} {'limit':>6} {'ms':>6} {'bare':>6}")  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store.db"
        build_store(str(store))
        for line, yardstick in commands():
            if word in line:
                within &= is_within(line, yardstick, measure(line, yardstick, store, runs))
        if not word:
            within &= measure_first_write(store, runs)
    if not word:
        within &= measure_on_server(runs)
    return 0 if within else 1


def is_within(line: str, yardstick: Yardstick, pairs: list[tuple[float, float]]) -> bool:
    """Print one line; whether the ratio is within its limit."""
    ratio, own, bare = middle(pairs)
    over = "" if ratio <= yardstick.limit else "  over"
    print(  # noqa: T201
        f"{line:58.58} {ratio:6.2f} {yardstick.limit:6.2f} {own * 1000:6.0f} {bare * 1000:6.0f}{over}",
        flush=True,
    )
    return not over


def middle(pairs: list[tuple[float, float]]) -> tuple[float, float, float]:
    """The medians of pairs: of the ratio, of the command's seconds, and of its yardstick's."""
    return median(own / bare for own, bare in pairs), median(p[0] for p in pairs), median(p[1] for p in pairs)


def commands() -> Iterator[tuple[str, Yardstick]]:
    """Each command's words, with its yardstick."""
    yield "--version", VERSION
    for line in HELPS:
        yield f"{line} --help".strip(), HELP
    for line in READS:
        yield f"{line} -o json", READ
    for line in WRITES:
        yield f"{line} -o json", WRITE


def measure(line: str, yardstick: Yardstick, store: Path, runs: int) -> list[tuple[float, float]]:
    """The processor seconds of a command and of its yardstick, `runs` times in turn."""
    words = line.split()
    if yardstick in (READ, WRITE):
        words = [*before(str(store)), *words]
    kept = store.with_name("kept.db")
    shutil.copy(store, kept)
    pairs = []
    for _ in range(runs + 1):
        if yardstick is WRITE:
            shutil.copy(kept, store)
        pairs.append((cost([CAREPASS, *words]), cost([sys.executable, "-c", yardstick.code])))
    shutil.copy(kept, store)
    return pairs[1:]  # the first pair only warms the caches


def before(db: str) -> list[str]:
    """The words before a command."""
    return ["--db", db, "--today", TODAY, "--actor", "bench"]


def measure_first_write(store: Path, runs: int) -> bool:
    """The write that makes a store, beside the same write later."""
    words = ["home", "create", "cedar-lane", "--name", "Cedar", "-o", "json"]
    pairs = []
    for number in range(runs):
        new = store.with_name(f"new-{number}.db")
        first = cost([CAREPASS, *before(str(new)), *words])
        pairs.append((first, cost([CAREPASS, *before(str(store)), *words])))
    limit = FIRST_WRITE + FIRST_WRITE_MORE / median(later for _, later in pairs)
    return is_within("the first write of a store, beside a later one", Yardstick("", limit), pairs)


def measure_on_server(runs: int) -> bool:
    """Reads on a PostgreSQL server, where there is one here."""
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from tests.postgres.server import running_server

    within = True
    with running_server() as server:
        db = server.url(server.create())
        build_store(db)
        for line in SERVER_READS:
            pairs = []
            for _ in range(runs + 1):
                own = cost([CAREPASS, *before(db), *line.split(), "-o", "json"])
                pairs.append((own, cost([sys.executable, "-c", SERVER_READ.code])))
            within &= is_within(f"PostgreSQL: {line}", SERVER_READ, pairs[1:])
    return within


def cost(argv: list[str]) -> float:
    """Processor seconds of one process, which must succeed. Its output goes into a pipe."""
    before = getrusage(RUSAGE_CHILDREN)
    done = subprocess.run(argv, capture_output=True, check=False, env=ENVIRONMENT)
    after = getrusage(RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"{' '.join(argv)}: exit {done.returncode}\n{done.stderr.decode()}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def build_store(db: str) -> None:
    """Two homes, some courses and STAFF people, with carts, submissions, registrations and records."""
    from typer.testing import CliRunner

    from carepass_cli.main import app

    def carepass(line: str, today: str = "2026-10-01") -> None:
        args = ["--db", db, "--today", today, "--actor", "bench", *line.split()]
        done = CliRunner().invoke(app, args, prog_name="carepass")
        if done.exit_code:
            raise SystemExit(f"{line}: exit {done.exit_code}\n{done.stderr}")

    carepass("home create maple-grove --name Maple --approval manual")
    carepass("home create birch-hill --name Birch")
    carepass("role create maple-grove psw --name Support")
    carepass("role create birch-hill cook --name Cook")
    for code, more in (("IPAC-101", "--validity-years 1"), ("WHMIS-1", ""), ("FIRE-1", "")):
        carepass(f"course create {code} --title {code} --provider Sample --minutes 30 {more}")
    carepass("requirement add IPAC-101 WHMIS-1 --home maple-grove --role psw")
    for number in range(1000, 1000 + STAFF):
        carepass(
            f"account create --first-name Ana --last-name Doe{number} --birthdate 1990-05-17"
            f" --email ana{number}@example.org"
        )
        if number == 1030:
            continue
        carepass(f"role assign {number} {' '.join(POST)} --unverified")
        if number < 1035:
            carepass(f"role confirm --account {number} {' '.join(POST)}")
        if number >= 1004:
            carepass(f"record add {number} IPAC-101 --on 2025-12-05")
    # Lines 1/IPAC-101 approved, 2/IPAC-101 with access, 3/IPAC-101 waiting, and a cart waiting for 1002.
    for number, account in enumerate((1000, 1001, 1003), 1):
        carepass(f"cart add {account} IPAC-101", TODAY)
        carepass(f"cart submit {account}", TODAY)
        if number < 3:
            carepass(f"submission approve {number}/IPAC-101", TODAY)
    carepass("registration grant 2/IPAC-101", TODAY)
    carepass("cart add 1002 IPAC-101 WHMIS-1", TODAY)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
