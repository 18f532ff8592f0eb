"""The matrix workbook: read back by calamine, opened by LibreOffice."""

import csv
import io
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown
from carepass_cli.output.matrix import PERSON, TINTS, Matrix, to_xlsx


def workbook(matrix: Matrix) -> bytes:
    file = io.BytesIO()
    to_xlsx(matrix, file)
    return file.getvalue()


def expected(matrix: Matrix) -> list[list[str]]:
    header = [*PERSON, *(shown(code) for code, _ in matrix.columns)]
    return [header, *([shown(cell) for cell in row] for row in matrix.rows)]


@pytest.mark.parametrize("which", ["matrix", "wide_matrix", "hostile_matrix"])
def test_every_cell_comes_back_as_text(which: str, request) -> None:
    matrix = request.getfixturevalue(which)
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(matrix)))
    assert book.sheet_names == ["Matrix", "About"]
    assert book.get_sheet_by_name("Matrix").to_python() == expected(matrix)
    about = [tuple(row) for row in book.get_sheet_by_name("About").to_python()]
    assert ("as_of", matrix.as_of) in about
    assert ("home", shown(matrix.home_name)) in about
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


def test_no_formula_and_no_link_is_in_the_file(hostile_matrix: Matrix) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(hostile_matrix))) as parts:
        assert not [name for name in parts.namelist() if "externalLink" in name or "sheets/_rels" in name]
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            sheet = parts.read(name).decode()
            assert "<f>" not in sheet
            assert "<hyperlink" not in sheet


def test_the_sheet_is_frozen_filtered_and_filled_by_status(matrix: Matrix) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(matrix))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert '<pane xSplit="4" ySplit="1" topLeftCell="E2" activePane="bottomRight" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:P9"/>' in sheet
    assert '<conditionalFormatting sqref="E2:P9">' in sheet
    for word in TINTS:
        assert f'operator="beginsWith" text="{word}"' in sheet


def test_a_name_gives_no_code_to_the_page_header(hostile_matrix: Matrix) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(hostile_matrix))) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<oddHeader>&amp;L&amp;&amp;Page &lt;b&gt;&amp;R2026-11-21</oddHeader>" in sheet


def test_the_same_matrix_is_the_same_file(matrix: Matrix) -> None:
    content = workbook(matrix)
    assert content == workbook(matrix)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", parts.read("docProps/core.xml"))) == {
            b"2026-11-21T00:00:00"
        }


def test_nobody_and_nothing_to_show() -> None:
    for columns in ([], [("IPAC-101", "Infection Prevention")]):
        matrix = Matrix("Training matrix", "2026-11-21", "Maple Grove (sample)", columns, [])
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(matrix)))
        assert book.get_sheet_by_name("Matrix").to_python() == expected(matrix)


def test_it_can_be_written_to_a_pipe(matrix: Matrix) -> None:
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reader:
        with os.fdopen(write_end, "wb") as writer:
            to_xlsx(matrix, writer)  # smaller than the pipe's buffer
        content = reader.read()
    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(
        "Matrix"
    ).to_python() == expected(matrix)


def test_rows_that_fail_leave_nothing_behind(matrix: Matrix, tmp_path: Path, monkeypatch) -> None:
    def rows():
        yield from matrix.rows
        raise LookupError

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    file = io.BytesIO()
    with pytest.raises(LookupError):
        to_xlsx(Matrix("T", matrix.as_of, "H", matrix.columns, rows()), file)
    assert file.getvalue() == b""
    assert list(tmp_path.iterdir()) == []


def test_without_the_extra_it_says_what_to_install(matrix: Matrix, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MissingExtra) as refused:
        to_xlsx(matrix, io.BytesIO())
    assert "carepass-cli[xlsx]" in refused.value.hint
