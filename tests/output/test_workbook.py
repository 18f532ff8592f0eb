"""Workbooks: read back by calamine, opened by LibreOffice."""

import csv
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown
from carepass_cli.output.pages.matrix import PERSON, MatrixFigures, matrix_workbook
from carepass_cli.output.pages.page import TINTS
from carepass_cli.output.workbook import Sheet, Workbook, workbook_bytes
from tests.output.conftest import DAY, make_matrix


def workbook(matrix: MatrixFigures) -> bytes:
    return workbook_bytes(matrix_workbook(matrix))


def expected(matrix: MatrixFigures) -> list[list[str]]:
    header = [*PERSON, *(shown(code) for code, _ in matrix.columns)]
    return [header, *([shown(cell) for cell in row] for row in matrix.rows)]


@pytest.mark.parametrize("which", ["matrix", "wide_matrix", "hostile_matrix"])
def test_every_cell_comes_back_as_text(which: str, request) -> None:
    matrix = request.getfixturevalue(which)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(matrix)))
    assert book.sheet_names == ["Matrix", "List", "About"]
    assert book.get_sheet_by_name("Matrix").to_python() == expected(matrix)
    about = [tuple(row) for row in book.get_sheet_by_name("About").to_python()]
    assert ("as_of", str(matrix.as_of)) in about
    assert ("subject", shown(matrix.home_name)) in about
    assert {(shown(code), shown(title)) for code, title in matrix.columns} <= set(about)
    assert {("note", shown(note)) for note in matrix.notes} <= set(about)


@pytest.mark.parametrize("which", ["matrix", "hostile_matrix"])
def test_libreoffice_opens_it_and_obeys_nothing(soffice: str, which: str, tmp_path: Path, request) -> None:
    matrix = request.getfixturevalue(which)
    (tmp_path / "matrix.xlsx").write_bytes(workbook(matrix))
    # 44: comma, 34: quote, 76: UTF-8, then: cells as shown, formulas as their result.
    to_csv = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        to_csv,
        "--outdir",
        tmp_path,
        tmp_path / "matrix.xlsx",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with (tmp_path / "matrix.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == expected(matrix)


def test_no_formula_and_no_link_is_in_the_file(hostile_matrix: MatrixFigures) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(hostile_matrix))) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or "sheets/_rels" in name]
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            sheet = parts.read(name).decode()
            assert "<f>" not in sheet
            assert "<hyperlink" not in sheet


def test_the_sheet_is_frozen_filtered_and_filled_by_status(matrix: MatrixFigures) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(matrix))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<pane xSplit="4" ySplit="1" topLeftCell="E2" activePane="bottomRight" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:P9"/>' in sheet
    assert '<conditionalFormatting sqref="E2:P9">' in sheet
    for word in TINTS:
        assert f'operator="beginsWith" text="{word}"' in sheet


def test_a_name_gives_no_code_to_the_page_header(hostile_matrix: MatrixFigures) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(hostile_matrix))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>&amp;L&amp;&amp;Page &lt;b&gt;&amp;R2026-11-21</oddHeader>" in sheet


def test_the_same_matrix_is_the_same_file(matrix: MatrixFigures) -> None:
    content = workbook(matrix)
    assert content == workbook(matrix)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", parts.read("docProps/core.xml"))) == {
            b"2026-11-21T00:00:00"
        }


def test_a_list_has_real_days_to_filter_by(matrix: MatrixFigures) -> None:
    content = workbook(matrix)
    head, *rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("List").to_python()
    assert head == [*PERSON, "code", "title", "status", "expires_on"]
    assert len(rows) == sum(cell != "" for row in matrix.rows for cell in row[4:])
    assert rows[0] == [*matrix.rows[0][:4], *matrix.columns[0], "valid", date(2027, 3, 1)]
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert f'<autoFilter ref="A1:H{len(rows) + 1}"/>' in parts.read("xl/worksheets/sheet2.xml").decode()


def test_numbers_and_days_stay_what_they_are_and_text_is_text() -> None:
    rows = [["=1+1", 3, 91.3, date(2026, 11, 21), True, None, "2026-11-21"]]
    made = workbook_bytes(Workbook("T", "H", DAY, [Sheet("Rows", list("abcdefg"), rows)]))
    read = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Rows").to_python()
    assert read == [list("abcdefg"), ["=1+1", 3, 91.3, date(2026, 11, 21), True, "", "2026-11-21"]]


def test_nobody_and_nothing_to_show() -> None:
    for courses in (0, 1):
        matrix = make_matrix(0, courses)
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(matrix)))
        assert book.get_sheet_by_name("Matrix").to_python() == expected(matrix)


def test_rows_that_fail_leave_nothing_behind(tmp_path: Path, monkeypatch) -> None:
    def rows():
        yield ["a"]
        raise LookupError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(LookupError):
        workbook_bytes(Workbook("T", "H", DAY, [Sheet("Rows", ["a"], rows())]))
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(matrix: MatrixFigures, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra) as refused:
        workbook(matrix)
    assert "pip install '.[xlsx]'" in refused.value.hint
