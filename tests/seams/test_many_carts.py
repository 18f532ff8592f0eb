"""Carts that a file fills and submits come out as if each person's were filled and submitted alone."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from tests.conftest import Carepass, assign, course, overheard, person

pytestmark = pytest.mark.on_file

HEAD = "portal_id,code,self_pay,title\n"
LISTS = (
    ("submission", "list"),
    ("registration", "list"),
    ("home", "budgets"),
    ("cart", "show", "1003"),
    *(("cart", "history", str(number)) for number in range(1000, 1004)),
    ("notify", "list"),
)
WANTED = {
    "1000": ("PAID-1", "PAID-EN", "PAID-FR"),
    "1001": ("FREE", "PAID-1", "PAID-2"),
    "1002": ("PAID-2", "PAID-FR", "OTHER"),
    "1003": ("PAID-1",),
}


@pytest.fixture
def priced(staff: Carepass) -> Carepass:
    """Four people at a home that will pay four times 45.00; PAID-FR is PAID-EN in French."""
    for number in range(1, 4):
        person(staff, "Bo", f"Ng {number}", f"bo{number}@example.org")
        assign(staff, f"100{number}")
        staff("role", "confirm", "--account", f"100{number}", "--home", "maple-grove", "--role", "psw")
    for code in ("PAID-1", "PAID-2", "PAID-EN", "PAID-FR"):
        course(staff, code, "--price", "45.00")
    for code in ("FREE", "OTHER"):
        course(staff, code)
    staff("course", "equate", "PAID-EN", "PAID-FR")
    asked = ("PAID-1", "PAID-2", "PAID-EN", "FREE")
    staff("requirement", "add", *asked, "--home", "maple-grove", "--role", "psw")
    staff("home", "budget", "maple-grove", "--year", "2026", "--amount", "180.00")
    # What was completed today settles what is approved today.
    staff("record", "add", "1003", "PAID-1", "--on", "2026-11-21", "--expires", "2026-12-01")
    return staff


def test_a_file_decides_as_one_person_after_the_other(priced: Carepass, tmp_path: Path) -> None:
    other = Carepass(str(tmp_path / "other.db"))
    with closing(sqlite3.connect(priced.db)) as made, closing(sqlite3.connect(other.db)) as copy:
        made.backup(copy)
    for who, codes in WANTED.items():
        priced("cart", "add", who, *codes)
    told = [row for who in WANTED for row in priced.rows("cart", "submit", who)]
    rows = "".join(f"{who},{code},,\n" for who, codes in WANTED.items() for code in codes)
    together = fill(other, rows)
    assert together["lines"] == [
        {key: row[key] for key in row if key not in ("result", "change")} for row in told
    ]
    reasons = {(row["line"].split("/")[1], row["reason"]) for row in told}
    assert {
        ("PAID-FR", "already-registered"),
        ("OTHER", "not-required"),
        ("PAID-2", "over-budget"),
    } <= reasons
    assert [priced.rows(*words) for words in LISTS] == [other.rows(*words) for words in LISTS]
    assert entries(priced) == entries(other)


def test_what_is_said_of_a_line_is_what_is_read_of_it(priced: Carepass) -> None:
    told = fill(priced, "1000,PAID-1,,\n1003,PAID-1,,\n1003,OTHER,yes,\n")["lines"]
    read = {row["line"]: row for row in priced.rows("cart", "history", "1000")}
    read |= {row["line"]: row for row in priced.rows("cart", "history", "1003")}
    assert len(told) == 3
    assert told == [{key: read[row["line"]][key] for key in row} for row in told]


def test_a_course_asked_for_twice_in_a_file_is_put_in_once(priced: Carepass) -> None:
    done = fill(priced, "1000,PAID-1,,\n1000,,yes,Course PAID-1\n", submit=False)
    assert (done["created"], done["updated"]) == (1, 1)
    (line,) = priced("cart", "show", "1000", "-o", "json").json["lines"]
    assert (line["code"], line["self_pay"]) == ("PAID-1", True)


def test_of_two_courses_that_are_the_same_one_is_missing(priced: Carepass) -> None:
    priced("requirement", "add", "PAID-FR", "--home", "maple-grove", "--role", "psw")
    put = [row["code"] for row in priced.rows("cart", "add", "1000", "--missing")]
    assert len({"PAID-EN", "PAID-FR"} & set(put)) == 1
    assert priced.rows("cart", "add", "1000", "--missing") == []


def test_more_people_and_courses_ask_the_store_no_more_questions(priced: Carepass) -> None:
    def asked(rows: str) -> int:
        with overheard() as statements:
            assert fill(priced, rows)["failed"] == 0
        return sum(sql.lstrip().startswith(("SELECT", "WITH")) for sql in statements)

    fill(priced, "1003,FREE,,\n")
    few = asked("1000,FREE,,\n")
    many = asked(
        "".join(f"{who},{code},,\n" for who in ("1000", "1001", "1002") for code in ("PAID-1", "PAID-2"))
    )
    assert many <= few + 4, (few, many)


def fill(carepass: Carepass, rows: str, *, submit: bool = True) -> Any:
    """What `cart import` says of a file."""
    from carepass_cli.main import app

    words = ["--db", carepass.db, "--today", carepass.today, "cart", "import", "-", "-o", "json"]
    done = CliRunner().invoke(app, [*words, *(["--submit"] if submit else [])], input=HEAD + rows)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def entries(carepass: Carepass) -> list[tuple[str, ...]]:
    """What the log has of lines and carts, whoever wrote it, in no order."""
    found = carepass.rows("audit", "list")
    told = ("action", "subject", "key", "before", "after")
    return sorted(
        tuple(str(entry[key]) for key in told) for entry in found if entry["subject"] in ("line", "cart")
    )
