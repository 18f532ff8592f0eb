"""Workbooks, written by XlsxWriter and read as they come from Excel."""

import sys
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from carepass_cli.errors import MissingExtra, UsageError

HEADER = ["portal_id", "home", "role", "last_name"]


def workbook(path: Path, sheets: dict[str, list[list[Any]]], *, hidden: str = "") -> bytes:
    """A workbook with these rows; a cell that is None is left out."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, place, value)
            if name == hidden:
                sheet.hide()
    return path.read_bytes()


def last_name(read: Callable, tmp_path: Path, value: Any) -> str:
    content = workbook(tmp_path / "made.xlsx", {"S": [HEADER, ["1000", "h", "r", value]]})
    [(line, values)] = read(content, name="staff.xlsx").rows
    assert line == 2
    return values[-1]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1000, "1000"),
        (45.5, "45.5"),
        (True, "true"),
        (date(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21), "2026-11-21"),
        (datetime(2026, 11, 21, 14, 30), "2026-11-21T14:30:00"),
        (time(14, 30), "14:30:00"),
        (" Zoë ", "Zoë"),
        (None, ""),
    ],
)
def test_cells_become_what_a_person_would_type(read: Callable, tmp_path: Path, value: Any, text: str) -> None:
    assert last_name(read, tmp_path, value) == text


def test_the_formula_guard_of_a_csv_file_saved_as_a_workbook_is_taken_off(
    tmp_path: Path, read: Callable
) -> None:
    assert last_name(read, tmp_path, "'=1+1") == "=1+1"


def test_lines_are_the_rows_of_the_sheet_and_blank_ones_are_passed_over(
    read: Callable, tmp_path: Path
) -> None:
    rows = [
        [],
        HEADER,
        [],
        ["1000", "h", "r"],
        ["  "],
        ["1001", "h", "r", "x", "over"],
        ["1002", "h", "r", "y"],
    ]
    found = read(workbook(tmp_path / "made.xlsx", {"S": rows}))
    assert [line for line, _ in found.rows] == [4, 7] == [line for line, _ in found.rows]
    [(error, values)] = found.refused
    assert (error.line, error.error, values) == (6, "too-many-cells", ("1001", "", "h", "r", "x,over"))
    assert found.source.done() == 1.0


def test_the_first_visible_sheet_with_anything_in_it_is_read(read: Callable, tmp_path: Path) -> None:
    rows = [HEADER, ["1000", "h", "r", "x"]]
    sheets = {"Blank": [], "Notes": [["hidden"]], "Staff": rows, "Old": [["other"]]}
    found = read(workbook(tmp_path / "made.xlsx", sheets, hidden="Notes"))
    assert len(found.rows) == 1
    assert found.said == [f"{tmp_path / 'staff.csv'} has 2 sheets: only 'Staff' is read."]


def test_a_workbook_without_rows_is_told(read: Callable, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no sheet with anything"):
        read(workbook(tmp_path / "made.xlsx", {"S": []}))


def test_a_zip_file_that_is_no_workbook_is_told(read: Callable) -> None:
    with pytest.raises(UsageError, match="not a workbook"):
        read(b"PK\x03\x04 and then something else", name="staff.xlsx")


def test_without_the_extra_its_name_is_told(
    tmp_path: Path, read: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = workbook(tmp_path / "made.xlsx", {"S": [HEADER]})
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtra, match="'xlsx'"):
        read(content)


def test_csv_under_the_name_of_a_workbook_is_read_as_csv(read: Callable) -> None:
    assert len(read("portal_id,home,role\n1,h,r\n", name="staff.xlsx").rows) == 1
