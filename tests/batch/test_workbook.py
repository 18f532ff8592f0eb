"""Workbooks, written by XlsxWriter and read as they come from Excel."""

import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from carepass_cli.errors import UsageError

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


def test_number_formats_keep_their_zeros_and_dates_are_days(read: Callable, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        shown = [
            ("00000", 12, "00012"),
            ("0000;-0000", 12, "0012"),
            ("0", 12, "12"),
            ("000", 123456, "123456"),
        ]
        shown += [("dd/mm/yyyy", 46000, "2025-12-09"), ("[$-40C]d mmmm yyyy", 46000, "2025-12-09")]
        shown += [("General", 1.5, "1.5")]
        shown += [('0" days"', 5, "5"), ("yyyy-mm-dd", 59, "1900-02-28"), ("yyyy-mm-dd", 61, "1900-03-01")]
        for row, (format, value, _) in enumerate(shown, start=1):
            sheet.write_row(row, 0, ["1000", "h", "r"])
            sheet.write_number(row, 3, value, book.add_format({"num_format": format}))
    found = read((tmp_path / "made.xlsx").read_bytes())
    assert [values[-1] for _, values in found.rows] == [text for _, _, text in shown]


def test_a_workbook_may_count_from_1904(read: Callable, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx", {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ["1000", "h", "r"])
        sheet.write_datetime(1, 3, datetime(2026, 3, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
    assert [values[-1] for _, values in read((tmp_path / "made.xlsx").read_bytes()).rows] == ["2026-03-04"]


def test_hidden_rows_are_read_and_said_once(read: Callable, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "made.xlsx") as book:
        sheet = book.add_worksheet("Staff")
        for row, cells in enumerate([HEADER, *([str(n), "h", "r"] for n in range(1000, 1004))]):
            sheet.write_row(row, 0, cells)
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_row(9, None, None, {"hidden": True})
    found = read((tmp_path / "made.xlsx").read_bytes())
    assert len(found.rows) == len(found.rows) == 4
    assert found.said == ["1 row is hidden in the sheet 'Staff' and read all the same: 3."]
    assert found.source.warnings == found.said


def test_a_sheet_may_be_named_and_has_lines_above_its_header(read: Callable, tmp_path: Path) -> None:
    rows = [["Staff of Maple Grove"], ["Printed"], HEADER, ["1000", "h", "r", "x"]]
    content = workbook(tmp_path / "made.xlsx", {"Cover": [["x"]], "Staff": rows}, hidden="Staff")
    assert read(content, sheet="Staff", skip_lines=2).rows == [(4, ("1000", "", "h", "r", "x"))]
    with pytest.raises(UsageError, match="has no sheet") as caught:
        read(content, sheet="Saff")
    assert caught.value.hint == "It has: 'Cover', 'Staff'."


def hostile(path: Path, sheet: str, *, doctype: str = "") -> bytes:
    """A workbook whose one sheet has this XML."""
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "xl/workbook.xml",
            f'<workbook {main} xmlns:r="{relations}"><sheets><sheet name="S" r:id="a"/></sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="a" Type="{relations}/worksheet" Target="worksheets/s.xml"/>'
            "</Relationships>",
        )
        with book.open("xl/worksheets/s.xml", "w", force_zip64=True) as part:
            part.write(f"{doctype}<worksheet {main}><sheetData>".encode())
            cells = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in HEADER)
            part.write(f"<row>{cells}</row>".encode())
            part.write(sheet.encode())
            part.write(b"</sheetData></worksheet>")
    return path.read_bytes()


def test_one_cell_in_the_last_corner_is_a_bad_row(read: Callable, tmp_path: Path) -> None:
    sheet = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    tracemalloc.start()
    found = read(hostile(tmp_path / "made.xlsx", sheet))
    assert found.rows == []
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert [(error.line, error.error) for error, _ in found.refused] == [(1_048_576, "too-many-cells")]


@pytest.mark.parametrize(
    ("sheet", "doctype"),
    [
        ('<row><c r="XFE1"><v>1</v></c></row>', ""),
        ('<row r="1048577"><c><v>1</v></c></row>', ""),
        ('<row r="1"><c><v>1</v></c></row>', ""),
        ('<row><c r="7C"><v>1</v></c></row>', ""),
        ('<row><c t="s"><v>7</v></c></row>', ""),
        ('<row><c t="s"><v>x</v></c></row>', ""),
        ("<row><c>", ""),
        ("<row><c><v>" + "&a;" + "</v></c></row>", '<!DOCTYPE a [<!ENTITY a "b">]>'),
        (f"<row a='{'x' * 6_000_000}'/>", ""),
    ],
)
def test_a_sheet_that_cannot_be_is_told(read: Callable, tmp_path: Path, sheet: str, doctype: str) -> None:
    with pytest.raises(UsageError, match="not a workbook that can be read") as caught:
        _ = read(hostile(tmp_path / "made.xlsx", sheet, doctype=doctype)).rows
    assert caught.value.code == "unusable-file"


def test_a_cell_without_end_is_a_bad_row_in_little_memory(read: Callable, tmp_path: Path) -> None:
    row = '<row><c r="A2"><v>1</v></c><c r="C2" t="str"><v>{}</v></c></row>'
    content = hostile(
        tmp_path / "made.xlsx", row.format("x" * 20_000_000) + row.format("r").replace("2", "3")
    )
    tracemalloc.start()
    found = read(content)
    assert [values[3] for _, values in found.rows] == ["r"]
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    assert [(error.line, error.error) for error, _ in found.refused] == [(2, "too-long")]


def test_a_part_that_unfolds_to_a_gigabyte_is_not_unfolded(
    read: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("carepass_cli.batch.sheet.PART_MOST", 1_000_000)
    with pytest.raises(UsageError, match="unfolds to 5 MB; save it as CSV"):
        read(hostile(tmp_path / "made.xlsx", " " * 6_000_000))


def test_csv_under_the_name_of_a_workbook_is_read_as_csv(read: Callable) -> None:
    assert len(read("portal_id,home,role\n1,h,r\n", name="staff.xlsx").rows) == 1
