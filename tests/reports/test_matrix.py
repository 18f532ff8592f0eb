"""`report matrix`: the same shape in every output."""

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from carepass_cli.output.pages.matrix import PERSON
from carepass_cli.store.queries.matrix import KEYS
from tests.conftest import Carepass
from tests.reports.conftest import hire, record

HOME = ("--home", "maple-grove")
HEADER = ["portal_id", "last_name", "first_name", "role", "IPAC-101", "LIFT-3", "MEDS-1", "WHMIS-1"]


@pytest.fixture
def known(team: Carepass) -> Carepass:
    """Some of everything: valid, once and for ever, expired, waived, not due yet, two roles."""
    record(team, "1000", "IPAC-101", "2026-03-01")
    record(team, "1000", "WHMIS-1", "2020-01-01")
    record(team, "1001", "IPAC-101", "2025-11-20")
    team("requirement", "waive", "1001", "LIFT-3", "--reason", "leave")
    hire(team, "1002", "psw")
    return team


def binary(carepass: Carepass, output: str) -> bytes:
    return carepass("report", "matrix", *HOME, "-o", output).raw


def test_staff_down_courses_across(known: Carepass) -> None:
    assert known.rows("report", "matrix", *HOME) == [
        dict(zip(HEADER, row, strict=True))
        for row in (
            ["1000", "Aube", "Ann", "psw", "valid 2027-03-01", "overdue", None, "valid"],
            ["1001", "Béla", "Bea", "psw", "expired 2026-11-20", "waived", None, "overdue"],
            # Both roles ask for IPAC-101; as rn it was due in March.
            ["1002", "Cole", "Cy", "psw, rn", "overdue", "not-started", "overdue", "not-started"],
        )
    ]


def test_every_output_has_the_same_rows(known: Carepass) -> None:
    listed = known.rows("report", "matrix", *HOME)
    rows = [[value or "" for value in row.values()] for row in listed]
    read = list(csv.reader(io.StringIO(known("report", "matrix", *HOME, "-o", "csv").out)))
    assert read == [HEADER, *rows]
    lines = known("report", "matrix", *HOME, "-o", "ndjson").out.splitlines()
    assert [json.loads(line) for line in lines] == listed
    table = known("report", "matrix", *HOME).out
    assert table.splitlines()[0].split() == HEADER
    page = binary(known, "html").decode()
    for row in rows:
        for value in row[:4]:
            assert value in page
    assert page.casefold().startswith("<!doctype html>")


def test_the_workbook_has_the_same_rows(known: Carepass, tmp_path: Path) -> None:
    calamine = pytest.importorskip("python_calamine")
    path = tmp_path / "matrix.xlsx"
    path.write_bytes(binary(known, "xlsx"))
    sheet = calamine.CalamineWorkbook.from_path(path).get_sheet_by_name("Matrix").to_python()
    rows = [[value or "" for value in row.values()] for row in known.rows("report", "matrix", *HOME)]
    assert [list(row) for row in sheet] == [HEADER, *rows]


@pytest.mark.on_file
def test_a_terminal_is_given_no_workbook(known: Carepass) -> None:
    ours, theirs = pty.openpty()
    line = [sys.executable, "-m", "carepass_cli", "--db", known.db, "report", "matrix", *HOME, "-o", "xlsx"]
    ran = subprocess.run(line, stdout=theirs, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(theirs)
    os.close(ours)
    assert ran.returncode == 2
    assert "> report.xlsx" in ran.stderr


def test_one_role_and_the_columns_before_the_courses(known: Carepass) -> None:
    assert KEYS == PERSON
    rows = known.rows("report", "matrix", *HOME, "--role", "rn")
    assert [list(row) for row in rows] == [
        ["portal_id", "last_name", "first_name", "role", "IPAC-101", "MEDS-1"]
    ]
    assert rows[0]["role"] == "rn"


def test_somebody_of_whom_nothing_is_required_is_on_it(known: Carepass) -> None:
    known("role", "create", "maple-grove", "cook", "--name", "Cook")
    hire(known, "1000", "cook")
    known("role", "end", "1000", *HOME, "--role", "psw")
    (row,) = [row for row in known.rows("report", "matrix", *HOME) if row["portal_id"] == "1000"]
    assert [row[code] for code in HEADER[3:]] == ["cook", None, None, None, None]


def test_what_never_ends_outlasts_what_does(known: Carepass) -> None:
    known("course", "equate", "IPAC-101", "WHMIS-1")
    cells = {row["portal_id"]: row["IPAC-101"] for row in known.rows("report", "matrix", *HOME)}
    assert cells["1000"] == "valid"
    assert cells["1001"] == "expired 2026-11-20"


def test_what_is_required_from_a_later_day_is_not_yet(known: Carepass) -> None:
    known("requirement", "add", "MEDS-1", *HOME, "--role", "psw", "--from", "2026-12-01")
    for today, cell, required in (("2026-11-30", None, 1), ("2026-12-01", "not-started", 3)):
        (row,) = [r for r in known.rows("report", "matrix", *HOME, today=today) if r["portal_id"] == "1000"]
        assert row["MEDS-1"] == cell
        (row,) = [r for r in known.rows("report", "compliance", *HOME, today=today) if r["code"] == "MEDS-1"]
        assert row["required"] == required


def test_without_staff_there_is_nothing_to_show(carepass: Carepass) -> None:
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    assert carepass.rows("report", "matrix", *HOME) == []
    assert carepass("report", "matrix", *HOME).err == "Nobody has a confirmed role there.\n"
    ran = carepass("report", "matrix", *HOME, "-q", "-o", "html")
    assert (ran.out, ran.err) == ("", "")


def test_chosen_fields_go_with_lists_and_not_with_files(known: Carepass) -> None:
    assert known.rows("report", "matrix", *HOME, "--fields", "portal_id,MEDS-1")[0] == {
        "portal_id": "1000", "MEDS-1": None,
    }  # fmt: skip
    for output in ("html", "xlsx"):
        ran = known("report", "matrix", *HOME, "-o", output, "--fields", "portal_id", code=2)
        assert (ran.out, "--fields" in ran.err) == ("", True)
    assert "html" in known("report", "expiring", "-o", "html", code=2).err


def test_problems_are_the_people_with_something_to_see_to(staff: Carepass) -> None:
    everybody = staff.rows("report", "matrix", "--home", "maple-grove", today="2027-03-01")
    some = staff.rows("report", "matrix", "--home", "maple-grove", "--problems", today="2027-03-01")
    words = ("overdue", "expired", "expiring")
    assert some == [row for row in everybody if any(str(value).startswith(words) for value in row.values())]
    assert some
