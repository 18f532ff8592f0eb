"""Workbooks (.xlsx): the sheet that is meant, its header, its rows."""

from collections.abc import Iterator
from functools import cache
from typing import BinaryIO, NamedTuple
from zipfile import BadZipFile, ZipFile

from carepass_cli.batch.formats import Cells, Say, damage, fitted, without_blank_end
from carepass_cli.batch.reading import Reading
from carepass_cli.batch.sheet import (
    NotAWorkbook,
    Sheet,
    SheetRow,
    read_part,
    read_shared_texts,
    read_styles,
)
from carepass_cli.batch.text import unusable
from carepass_cli.errors import UsageError
from carepass_cli.rules.formula import unguarded


class Workbook:
    """The sheet that is named, else the first visible one with anything in it; the header is its first filled
    row after `skip_lines` rows. Rows that are hidden or filtered out are rows; that they are, is warned of.
    """

    # As Excel reads CSV: without the mark of UTF-8 it would garble what it opens.
    encoding = "utf-8-sig"
    delimiter = ","

    def __init__(self, file: BinaryIO, name: str, reading: Reading, say: Say, warn: Say) -> None:
        self._name = name
        self._warn = warn
        self._skip = reading.skip_lines
        self._warned = False
        self._done = 0.0
        try:
            self._book = ZipFile(file)
            self._sheet = self._chosen(reading.sheet, say)
            top = next(self._filled_rows(), SheetRow(0, [], False, 0.0))
        except (BadZipFile, NotAWorkbook) as error:
            raise self._unreadable(error) from None
        self.header = without_blank_end(top.cells)
        self.header_line = top.number

    def _chosen(self, named: str | None, say: Say) -> Sheet:
        parts = _Parts(self._book)
        styles = read_styles(self._book, parts.styles) if parts.styles else []
        texts = cache(lambda: read_shared_texts(self._book, parts.texts) if parts.texts else [])
        sheets = {
            each.name: (Sheet(self._book, each.part, texts, styles, from_1904=parts.from_1904), each.visible)
            for each in parts.sheets
        }
        if named is not None:
            if named not in sheets:
                there = ", ".join(f"'{name}'" for name in sheets)
                raise UsageError(
                    f"{self._name} has no sheet '{named[:60]}'.", f"It has: {there}.", code="unknown-sheet"
                )
            self._title = named
            return sheets[named][0]
        filled = [
            name
            for name, (sheet, visible) in sheets.items()
            if visible and next(sheet.rows(), None) is not None
        ]
        if not filled:
            raise unusable(f"{self._name} has no sheet with anything in it.")
        self._title = filled[0]
        if len(filled) > 1:
            say(f"{self._name} has {len(filled)} sheets: only '{self._title}' is read.")
        return sheets[self._title][0]

    def _filled_rows(self) -> Iterator[SheetRow]:
        for row in self._sheet.rows():
            cells = [unguarded(cell).strip() for cell in row.cells]
            if row.number > self._skip and any(cells):
                yield row._replace(cells=cells)

    def rows(self) -> Iterator[Cells]:
        width = len(self.header)
        hidden: list[int] = []
        rows = self._filled_rows()
        next(rows, None)
        try:
            for row in rows:
                self._done = row.done
                if row.hidden:
                    hidden.append(row.number)
                line, cells, fault = fitted(row.number, row.cells, width, self.delimiter)
                yield line, cells, fault or damage(cells)
        except NotAWorkbook as error:
            raise self._unreadable(error) from None
        self._done = 1.0
        if hidden and not self._warned:
            self._warned = True
            rows_are = "1 row is" if len(hidden) == 1 else f"{len(hidden)} rows are"
            lines = ", ".join(map(str, hidden[:10])) + (" ..." if len(hidden) > 10 else "")
            self._warn(f"{rows_are} hidden in the sheet '{self._title}' and read all the same: {lines}.")

    def _unreadable(self, error: Exception) -> UsageError:
        why = f": {error}" if isinstance(error, NotAWorkbook) else ""
        return unusable(
            f"{self._name} is not a workbook that can be read{why}.", "Save it as .xlsx, or as CSV."
        )

    def done(self) -> float:
        return self._done


class _SheetPart(NamedTuple):
    """A sheet's name, the part of the file that holds it, and whether it is visible."""

    name: str
    part: str
    visible: bool


class _Parts:
    """What a workbook says of its parts."""

    def __init__(self, book: ZipFile) -> None:
        self.sheets: list[_SheetPart] = []
        self.from_1904 = False
        links: dict[str, str] = {}
        self.styles = self.texts = ""

        def relation(name: str, attrs: dict[str, str]) -> None:
            if name == "Relationship":
                target = attrs.get("Target", "")
                part = target[1:] if target.startswith("/") else f"xl/{target}"
                links[attrs.get("Id", "")] = part
                kind = attrs.get("Type", "").rpartition("/")[2]
                if kind == "styles":
                    self.styles = part
                elif kind == "sharedStrings":
                    self.texts = part

        def sheet(name: str, attrs: dict[str, str]) -> None:
            if name == "workbookPr":
                self.from_1904 = attrs.get("date1904") in ("1", "true")
            elif name == "sheet":
                key = next((value for each, value in attrs.items() if each.endswith(":id")), "")
                part = links.get(key, "")
                if "/worksheets/" in part:
                    self.sheets.append(
                        _SheetPart(attrs.get("name", ""), part, attrs.get("state", "visible") == "visible")
                    )

        read_part(book, "xl/_rels/workbook.xml.rels", relation)
        read_part(book, "xl/workbook.xml", sheet)
