"""`carepass check`: one line, and a code that a monitoring system believes."""

import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Carepass, Ran, assign, person, run_program
from tests.reports.conftest import hire, record
from tests.shelf import kept

LABELS = ("expiring", "expired", "overdue", "lapsed", "pending", "waiting", "late")
ONE_LINE = re.compile(r"CAREPASS (OK|WARNING|CRITICAL|UNKNOWN) - [^\n|]+( \| [^\n|]+)?\n")


def check(carepass: Carepass, *args: str, code: int, today: str | None = None) -> dict[str, int]:
    """The counts of the perfdata; the run must exit with `code` and write one line."""
    ran = carepass("check", *args, code=code, today=today)
    assert ONE_LINE.fullmatch(ran.out), ran.out
    assert ran.err == ""
    state = ("OK", "WARNING", "CRITICAL", "UNKNOWN")[code]
    assert ran.out.startswith(f"CAREPASS {state} - ")
    return {name: int(count) for name, count in re.findall(r"(\w+)=(\d+);", ran.out)}


@pytest.fixture
@kept
def content(team: Carepass) -> Carepass:
    """Everybody has everything, far from its end."""
    for account, codes in (("1000", "IPAC-101 WHMIS-1 LIFT-3"), ("1001", "IPAC-101 WHMIS-1 LIFT-3")):
        for code in codes.split():
            record(team, account, code, "2026-10-01")
    for code in ("IPAC-101", "MEDS-1"):
        record(team, "1002", code, "2026-10-01")
    return team


def test_all_is_well(content: Carepass) -> None:
    assert check(content, code=0) == dict.fromkeys(LABELS, 0)


def test_an_empty_store_is_well(carepass: Carepass) -> None:
    assert check(carepass, code=0) == dict.fromkeys(LABELS, 0)


def test_the_last_valid_day_is_a_warning_and_the_next_critical(content: Carepass) -> None:
    assert check(content, code=0, today="2027-08-31")["expiring"] == 0
    assert check(content, code=1, today="2027-09-01") == dict.fromkeys(LABELS, 0) | {"expiring": 4}
    assert check(content, code=1, today="2027-10-01")["expiring"] == 4
    assert check(content, code=2, today="2027-10-02") == dict.fromkeys(LABELS, 0) | {"expired": 4}


def test_warn_and_crit_are_spans_of_days_left(content: Carepass) -> None:
    day = "2027-09-24"  # seven days left
    check(content, "--warn", "6d", code=0, today=day)
    check(content, "--warn", "7d", code=1, today=day)
    assert check(content, "--warn", "1mo", "--crit", "7d", code=1, today=day)["expiring"] == 4
    assert check(content, "--warn", "1mo", "--crit", "8d", code=2, today=day)["expiring"] == 4
    assert "4 with less than 8d left" in content("check", "--crit", "8d", code=2, today=day).out


def test_overdue_is_critical_a_pending_role_and_a_lapse_are_warnings(content: Carepass) -> None:
    person(content, "Dee", "Dale", "dee@example.org")
    assign(content, "1003")
    role = ("--home", "maple-grove", "--role", "psw")
    for answer in (("decline", "--account", "1003"), ("cancel", "1003")):
        assert check(content, code=1) == dict.fromkeys(LABELS, 0) | {"pending": 1}
        content("role", *answer, *role)
        check(content, code=0)
        assign(content, "1003")
    content("role", "confirm", "--account", "1003", "--home", "maple-grove", "--role", "psw")
    check(content, code=0)
    check(content, code=0, today="2026-12-21")
    assert check(content, code=2, today="2026-12-22") == dict.fromkeys(LABELS, 0) | {"overdue": 3}
    content("cart", "add", "1003", "IPAC-101")
    content("cart", "submit", "1003")
    content("registration", "grant", "1/IPAC-101")
    check(content, code=0, today="2026-12-05")
    assert check(content, code=1, today="2026-12-06") == dict.fromkeys(LABELS, 0) | {"lapsed": 1}


def test_one_home_knows_nothing_of_another(content: Carepass) -> None:
    content("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    hire_at = ("--home", "oak-hill", "--role", "psw")
    person(content, "Dee", "Dale", "dee@example.org")
    content("role", "assign", "1003", *hire_at, "--unverified")
    assert check(content, code=1)["pending"] == 1
    assert check(content, "--home", "oak-hill", code=1)["pending"] == 1
    assert check(content, "--home", "maple-grove", code=0)["pending"] == 0


def test_each_figure_is_of_the_home_that_is_named(team: Carepass) -> None:
    team("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    record(team, "1000", "IPAC-101", "2025-12-01")
    record(team, "1001", "IPAC-101", "2025-11-01")
    team("cart", "add", "1000", "WHMIS-1", today="2026-11-01")
    (row,) = team.rows("cart", "submit", "1000", today="2026-11-01")
    team("registration", "grant", row["line"], today="2026-11-01")
    person(team, "Dee", "Dale", "dee@example.org")
    assign(team, "1003")
    everywhere = check(team, code=2)
    assert all(everywhere[label] for label in LABELS[:5]), everywhere
    assert check(team, "--home", "maple-grove", code=2) == everywhere
    assert check(team, "--home", "oak-hill", code=0) == dict.fromkeys(everywhere, 0)


def test_who_is_waived_is_not_overdue(content: Carepass) -> None:
    person(content, "Dee", "Dale", "dee@example.org")
    hire(content, "1003")
    for code in ("IPAC-101", "WHMIS-1", "LIFT-3"):
        content("requirement", "waive", "1003", code, "--reason", "on leave", "--until", "2027-01-31")
    check(content, code=0, today="2027-01-31")


def test_the_numbers_are_those_of_the_reports(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2025-12-01")
    record(team, "1001", "IPAC-101", "2025-11-01")
    hire(team, "1000", "rn")
    found = check(team, code=2)
    lists = {
        "expiring": team.rows("report", "expiring", "--within", "30d", "--no-expired"),
        "expired": team.rows("report", "expiring", "--only-expired"),
        "overdue": [
            row
            for account in ("1000", "1001", "1002")
            for row in team.rows("requirement", "list", "--account", account, "--status", "overdue")
        ],
        "lapsed": team.rows("report", "retakes"),
        "pending": team.rows("role", "pending"),
        "waiting": team.rows("submission", "list", "--status", "submitted"),
        "late": team.rows("registration", "list", "--late"),
    }
    assert found == {name: len(rows) for name, rows in lists.items()}


@pytest.mark.parametrize(
    "args",
    [
        ("--warn", "soon"),
        ("--warn", "7d", "--crit", "30d"),
        ("--home", "nowhere"),
        ("--bogus",),
        ("-o", "json"),
        ("too", "much"),
        ("--warn",),
    ],
)
def test_a_wrong_call_is_unknown(team: Carepass, args: tuple[str, ...]) -> None:
    assert check(team, *args, code=3) == {}


@pytest.mark.parametrize(
    "before", [("--today", "soon"), ("--bogus",), ("--db", "store"), ("--db=mysql://host/db",), ("--db", "")]
)
def test_what_is_wrong_before_the_command_is_unknown_too(team: Carepass, before: tuple[str, ...]) -> None:
    ran = run_program([*before, "check"])
    assert (ran.code, ran.err) == (3, "")
    assert ONE_LINE.fullmatch(ran.out)


def test_a_command_that_only_takes_check_as_a_value_fails_as_others_do(team: Carepass) -> None:
    assert team("home", "show", "check", code=3).out == ""
    assert "error: " in team("store", "check", "--bogus", code=2).err


def missing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")


def no_database(path: Path) -> None:
    path.write_bytes(b"not a database, only long enough to be looked at" * 100)


def torn(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def newer(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def half(path: Path) -> None:
    """A table is gone: an error of ours, not of the store's, as far as carepass can tell."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DROP TABLE requirement")


@pytest.mark.on_file
@pytest.mark.parametrize("spoil", [missing, empty, folder, foreign, no_database, torn, newer, half])
def test_an_unusable_store_is_unknown(carepass: Carepass, spoil: object) -> None:
    assert callable(spoil)
    spoil(Path(carepass.db))
    assert check(carepass, code=3) == {}


@pytest.mark.on_file
def test_a_locked_store_is_unknown(carepass: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAREPASS_LOCK_WAIT", "0")
    with sqlite3.connect(carepass.db) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("PRAGMA locking_mode=EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        check(carepass, code=3)
        connection.rollback()


@pytest.mark.on_file
def test_a_line_that_cannot_be_written_is_unknown(carepass: Carepass) -> None:
    line = [sys.executable, "-m", "carepass_cli", "--db", carepass.db, "check"]
    with open("/dev/full", "w") as full:
        assert subprocess.run(line, stdout=full, timeout=60, check=False).returncode == 3
    # Buffered the pipe breaks at the end, else inside the command.
    for unbuffered in ("", "1"):
        read, written = os.pipe()
        os.close(read)
        environ = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        ran = subprocess.run(line, stdout=written, env=environ, timeout=60, check=False)
        os.close(written)
        assert ran.returncode == 3


# What `check --help` says each figure is the number of rows of.
LISTED_BY = {
    "expiring": "report expiring --no-expired --within 30d",
    "expired": "report expiring --only-expired",
    "overdue": "report gaps --status overdue",
    "lapsed": "report retakes",
    "pending": "role pending",
    "waiting": "submission list --status submitted",
    "late": "registration list --late",
}
STATUS_LISTED_BY = {
    "overdue": "report gaps --status overdue",
    "expired": "report gaps --status expired",
    "expiring": "report gaps --status expiring",
    "to_decide": "submission list --status submitted",
    "awaiting_access": "registration list --status approved",
    "late_access": "registration list --late",
    "in_progress": "report deadlines",
    "lapsed": "report retakes",
    "pending": "role pending",
}


@pytest.mark.parametrize("home", [None, "sample-north", "sample-south"])
def test_each_figure_is_the_number_of_rows_of_a_command(demo: tuple[Carepass, Ran], home: str | None) -> None:
    sample, _ = demo
    at = ("--home", home) if home else ()
    told = check(sample, *at, code=2)
    for name, command in LISTED_BY.items():
        assert told[name] == len(sample.rows(*command.split(), *at)), name
    rows = sample.rows("status", *at)
    for name, command in STATUS_LISTED_BY.items():
        listed = sample.rows(*command.split(), *at)
        assert sum(row[name] for row in rows) == len(listed), name
        for row in rows:
            assert row[name] == sum(each["home"] == row["home"] for each in listed), name
    assert told["overdue"] > 0


def test_the_dashboard_names_the_command_for_each_figure_above_nought(demo: tuple[Carepass, Ran]) -> None:
    sample, _ = demo
    out = sample("status", "--home", "sample-south").out
    assert "carepass report gaps --status overdue --home sample-south" in out
    assert "queued: carepass notify list --status queued\n" in out
    assert "late_access: carepass" not in out
    assert sample.rows("status", "--home", "sample-south")[0]["percent"] < 100


def test_a_line_that_waits_is_a_warning_after_two_business_days(content: Carepass) -> None:
    content("home", "edit", "maple-grove", "--approval", "manual")
    content("record", "void", "1", "--reason", "wrong person")
    content("cart", "add", "1000", "IPAC-101", "--home", "maple-grove", "--role", "psw")
    content("cart", "submit", "1000")
    content("record", "add", "1000", "IPAC-101", "--on", "2026-11-20")
    assert check(content, code=0, today="2026-11-24")["waiting"] == 1
    assert check(content, code=1, today="2026-11-25")["waiting"] == 1


def test_a_person_with_two_roles_counts_once(team: Carepass) -> None:
    rows = team.rows("report", "gaps")
    pairs = [(row["home"], row["portal_id"], row["code"]) for row in rows]
    assert len(pairs) == len(set(pairs))
