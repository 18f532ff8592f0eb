"""Registrations that a file moves on come out as if each had been moved on by a command of its own."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, assign, course, person, run_program

LATER = "2026-12-21"
VERBS = {"access_on": "grant", "completed_on": "complete", "failed_on": "fail", "withdrawn_on": "withdraw"}
HEAD = ("line", "portal_id", "code", *VERBS)
LISTS = (
    ("registration", "list"),
    ("record", "list", "1000"),
    ("record", "list", "1001"),
    ("notify", "list"),
    ("report", "retakes"),
)
ROWS = (
    ("1/EN", "", "", "", "", "", LATER),  # lapsed, and not to be withdrawn
    ("3/FR", "", "", "2026-12-20", "2026-12-21", "", ""),  # settles 1/EN, too
    ("01/EN", "", "", "", "", "", LATER),
    ("1/EN", "1000", "", "", "2026-12-21", "", ""),
    ("2/EXP", "", "", "2026-12-01", "", "", ""),
    ("", "1001", "EXP", "", "2026-12-10", "", ""),
    ("2/A", "", "", "", "", "", LATER),
    ("", "1001", "A", "", "", "", LATER),
    ("", "1001", "b", "2026-12-20", "", LATER, ""),
    ("1/A", "", "", "2026-11-21", "", "", ""),
    ("9/A", "", "", "2026-11-21", "", "", ""),
    ("1/B", "", "", "2026-12-22", "", "", ""),
    ("", "1001", "EN", "2026-11-21", "", "", ""),
)


@pytest.fixture
def taking(staff: Carepass) -> Carepass:
    """Two people with five courses; FR is EN in French, EXP counts from the last day that is held."""
    person(staff, "Bo", "Ng", "bo@example.org")
    assign(staff, "1001")
    staff("role", "confirm", "--account", "1001", "--home", "maple-grove", "--role", "psw")
    for code in ("EN", "FR", "A", "B"):
        course(staff, code)
    course(staff, "EXP", "--validity-years", "1", "--renewal", "expiry")
    staff("course", "equate", "EN", "FR")
    staff("requirement", "add", "EN", "A", "B", "EXP", "--home", "maple-grove", "--role", "psw")
    staff("cart", "add", "1000", "EN", "A", "B")
    staff("cart", "add", "1001", "A", "B", "EXP")
    staff("record", "add", "1001", "EXP", "--on", "2026-01-05", "--expires", "2027-01-04")
    staff("cart", "submit", "1000", "1001")
    staff("registration", "grant", "1/EN")
    staff("cart", "add", "1000", "FR", "--self-pay", today="2026-12-20")
    staff("cart", "submit", "1000", today="2026-12-20")
    return staff


def _other(carepass: Carepass, path: Path) -> Carepass:
    with closing(sqlite3.connect(carepass.db)) as made, closing(sqlite3.connect(path)) as copy:
        made.backup(copy)
    return Carepass(str(path))


def _state(carepass: Carepass) -> list[Any]:
    return [carepass.rows(*words, today=LATER) for words in LISTS]


def _log(carepass: Carepass) -> list[list[tuple[str, ...]]]:
    """What the log has of each person; a file writes its completions before it speaks of the lines."""
    told = ("action", "subject", "key", "before", "after")
    entries = [carepass.rows("audit", "list", "--account", who, today=LATER) for who in ("1000", "1001")]
    return [sorted(tuple(str(entry[key]) for key in told) for entry in theirs) for theirs in entries]


@pytest.mark.on_file
def test_a_file_does_what_its_rows_do_one_after_the_other(taking: Carepass, tmp_path: Path) -> None:
    other = _other(taking, tmp_path / "other.db")
    before, refused = _state(taking), []
    for number, (named, _, code, *days) in enumerate(ROWS, 2):
        line = named or f"2/{code.upper()}"
        for verb, day in zip(VERBS.values(), days, strict=True):
            on = ("--on", day) if verb in ("grant", "complete") else ()
            if day and (error := _error(taking, "registration", verb, line, *on)):
                refused.append((number, error))
    summary = _import(other, ROWS)
    assert refused == [(each["line"], each["error"]) for each in summary["errors"]]
    assert {"window-closed", "already-completed", "not-found", "in-the-future"} <= {
        code for _, code in refused
    }
    assert _state(taking) == _state(other)
    assert _log(taking) == _log(other)
    other("audit", "undo", "--last", "--yes", today=LATER)
    assert _state(other) == before


@pytest.mark.parametrize(
    "rows",
    [
        [("3/FR", "", "", "2026-12-20", LATER, "", "")],
        [("3/FR", "", "", "2026-12-20", "", "", ""), ("03/FR", "", "", "", LATER, "", "")],
    ],
)
def test_what_one_row_completes_is_settled_for_the_next(
    taking: Carepass, rows: list[tuple[str, ...]]
) -> None:
    summary = _import(taking, [*rows, ("1/EN", "", "", "", "", "", LATER)])
    assert [each["error"] for each in summary["errors"]] == ["already-completed"]


def test_nothing_is_completed_before_the_person_was_born(taking: Carepass) -> None:
    taking("account", "edit", "1000", "--birthdate", "2026-12-01", today=LATER)
    assert _error(taking, "registration", "complete", "1/EN", "--on", "2026-11-25") == "before-birth"


def test_nothing_is_written_of_a_row_that_is_refused(taking: Carepass) -> None:
    before = _state(taking)
    summary = _import(taking, [("1/A", "", "", "2026-11-21", LATER, "", "")])
    assert [each["error"] for each in summary["errors"]] == ["window-closed"]
    assert _state(taking) == before


def test_the_first_line_that_is_refused_is_told_and_refuses_all(taking: Carepass) -> None:
    before = _state(taking)
    # What a person completes second is decided after all that is not the person's, and told of before it.
    assert _error(taking, "registration", "grant", "2/A", "1/A", "--on", "2026-12-20") == ""
    lines = ("2/A", "2/B", "4/A")
    assert _error(taking, "registration", "complete", *lines) == "before-access"
    taking("audit", "undo", "--last", "--yes", today=LATER)
    assert _state(taking) == before


def _import(carepass: Carepass, rows: Sequence[tuple[str, ...]]) -> Any:
    text = "\n".join(",".join(row) for row in (HEAD, *rows))
    line = (
        "--db",
        carepass.db,
        "--today",
        LATER,
        "registration",
        "import",
        "-",
        "--keep-going",
        "-o",
        "json",
    )
    return run_program(line, text).json


def _error(carepass: Carepass, *words: str) -> str:
    """The code of the error that a command ends with, nothing for none."""
    ran = run_program(("--db", carepass.db, "--today", LATER, *words, "-o", "json"))
    return ran.error["code"] if ran.code else ""


def test_a_number_that_no_submission_or_record_can_have_is_not_found(staff: Carepass) -> None:
    assert _error(staff, "registration", "grant", "999999999999/EN") == "not-found"
    assert _error(staff, "record", "files", "999999999999999") == "not-found"
