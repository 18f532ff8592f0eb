"""CSV, NDJSON and workbooks: cells out of bytes, one class a format, told apart by what is in the file."""

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import BinaryIO, Protocol

from carepass_cli.batch.columns import Values
from carepass_cli.batch.summary import RowError
from carepass_cli.batch.text import Text, unusable
from carepass_cli.errors import MissingExtra
from carepass_cli.rules.formula import unguarded

DELIMITERS = ",;\t"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NDJSON_NAMES = (".ndjson", ".jsonl", ".json")

Say = Callable[[str], None]
Arrange = Callable[[Sequence[str]], Values]
Refuse = Callable[[RowError, Values], None]
Row = tuple[int, Values]


class Format(Protocol):
    """One file in one format. `header` is as written, without nameless columns at its end; `encoding` and
    `delimiter` are those of a CSV file that the program it came from will read.
    """

    header: tuple[str, ...]
    encoding: str
    delimiter: str

    def rows(self, arrange: Arrange, refuse: Refuse) -> Iterator[Row]:
        """The rows under the header, from the first; see `Source.rows`."""
        ...

    def done(self) -> float:
        """How much of the present reading is behind us: 0 to 1."""
        ...


def open_format(file: BinaryIO, name: str, say: Say) -> Format:
    """Tell the format of `file` (seekable, `name` for messages) and read its header."""
    file.seek(0)
    start = file.read(4)
    if not start:
        raise unusable(
            f"{name} is empty.", "Give a file with a line of column names and a row for each thing."
        )
    if start == OLE:
        raise unusable(
            f"{name} is an old (.xls) or a password-protected Excel file.",
            "Save it as .xlsx without a password.",
        )
    if start == ZIP:
        return Workbook(file, name, say)
    text = Text(file, name, say)
    if text.opening in ("{", "[") or name.lower().endswith(NDJSON_NAMES):
        return Ndjson(text)
    return Csv(text)


class Csv:
    """Comma, semicolon or tab, whichever gives the header the most columns; quoted as spreadsheets do."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self.encoding = text.written_as
        # Wrong delimiters make nonsense of quotes: no complaint until the delimiter is known.
        self.delimiter = max(DELIMITERS, key=lambda each: len(self._header(each, strict=False)))
        self.header = self._header(self.delimiter, strict=True)

    def _header(self, delimiter: str, *, strict: bool) -> tuple[str, ...]:
        with self._text.lines() as lines:
            reader = csv.reader(lines, delimiter=delimiter, strict=strict)
            try:
                return _without_blank_end(next(filter(_is_filled, reader)))
            except StopIteration:
                raise unusable(f"{self._text.name} holds nothing but blank lines.") from None
            except csv.Error:
                raise self._broken(1) from None

    def rows(self, arrange: Arrange, refuse: Refuse) -> Iterator[Row]:
        width = len(self.header)
        strip = str.strip
        with self._text.lines() as lines:
            reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
            line = 0
            try:
                next(filter(_is_filled, reader))
                line = reader.line_num
                for cells in reader:
                    # The reader knows where a row ends; it starts after the end of the one before.
                    start, line = line + 1, reader.line_num
                    cells = list(map(strip, cells))
                    whole = "".join(cells)
                    if not whole:
                        continue
                    if "'" in whole:
                        cells = [unguarded(cell).strip() if cell[:1] == "'" else cell for cell in cells]
                    if len(cells) != width:
                        cells, fits = _fitted(cells, width, self.delimiter)
                        if not fits:
                            refuse(_too_many(start, width), arrange([*cells, ""]))
                            continue
                    cells.append("")
                    yield start, arrange(cells)
            except csv.Error:
                raise self._broken(line + 1) from None

    def _broken(self, line: int) -> Exception:
        return unusable(
            f"{self._text.name}: the quotes in the row that starts on line {line} do not match.",
            'Close each quote ("), and write a quote inside a quoted cell twice.',
        )

    def done(self) -> float:
        return self._text.done()


class Ndjson:
    """One JSON object a line. All keys are known before the first row is given, as in a CSV header."""

    encoding = "utf-8"
    delimiter = ","

    def __init__(self, text: Text) -> None:
        self._text = text
        text.require_utf8()
        names: dict[str, None] = {}
        for line, pairs in self._objects():
            keys = dict(pairs)
            if len(keys) < len(pairs):
                raise unusable(f"{text.name}, line {line}: a key is there twice.", "Keep one.")
            names.update(dict.fromkeys(keys))
        self.header = tuple(names)

    def _objects(self) -> Iterator[tuple[int, list[tuple[str, object]]]]:
        from json import JSONDecoder

        decode = JSONDecoder(object_pairs_hook=list, parse_constant=_no_constant).decode
        with self._text.lines() as lines:
            for line, text in enumerate(lines, start=1):
                text = text.strip()
                if not text:
                    continue
                try:
                    if text[0] != "{":
                        raise ValueError
                    yield line, decode(text)
                except (ValueError, RecursionError):
                    raise unusable(
                        f"{self._text.name}, line {line}: this is not one JSON object.",
                        "Write one object a line; `jq -c '.[]'` makes lines of an array.",
                    ) from None

    def rows(self, arrange: Arrange, refuse: Refuse) -> Iterator[Row]:
        at = {name: place for place, name in enumerate(self.header)}
        for line, pairs in self._objects():
            cells = [""] * (len(at) + 1)
            nested = ""
            for key, value in pairs:
                try:
                    cells[at[key]] = _text(value)
                except ValueError:
                    nested = key
            if nested:
                message = f"'{nested}' holds an object; write it as text, number, true, false or null."
                refuse(RowError(line, "invalid-value", message), arrange(cells))
            elif any(cells):
                yield line, arrange(cells)

    def done(self) -> float:
        return self._text.done()


class Workbook:
    """The first visible sheet with anything in it, header in its first filled row."""

    # As Excel reads CSV: without the mark of UTF-8 it would garble what it opens.
    encoding = "utf-8-sig"
    delimiter = ","

    def __init__(self, file: BinaryIO, name: str, say: Say) -> None:
        try:
            from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook
        except ImportError:
            raise MissingExtra("xlsx", "Reading a workbook") from None
        file.seek(0)
        try:
            book = load_workbook(file)
            sheets = [
                book.get_sheet_by_name(each.name)
                for each in book.sheets_metadata
                if each.typ == SheetTypeEnum.WorkSheet and each.visible == SheetVisibleEnum.Visible
            ]
        except CalamineError:
            raise unusable(
                f"{name} is not a workbook that can be read.", "Save it as .xlsx, or as CSV."
            ) from None
        filled = [sheet for sheet in sheets if sheet.height]
        if not filled:
            raise unusable(f"{name} has no sheet with anything in it.")
        self._sheet = filled[0]
        if len(filled) > 1:
            say(f"{name} has {len(filled)} sheets: only '{self._sheet.name}' is read.")
        self._line = 0
        self.header = _without_blank_end(next(self._filled_rows(), (0, []))[1])

    def _filled_rows(self) -> Iterator[tuple[int, list[str]]]:
        for line, values in enumerate(self._sheet.iter_rows(), start=1):
            cells = [unguarded(_text(value)).strip() for value in values]
            if any(cells):
                self._line = line
                yield line, cells

    def rows(self, arrange: Arrange, refuse: Refuse) -> Iterator[Row]:
        width = len(self.header)
        rows = self._filled_rows()
        next(rows, None)
        for line, row in rows:
            cells, fits = _fitted(row, width, self.delimiter)
            if fits:
                yield line, arrange([*cells, ""])
            else:
                refuse(_too_many(line, width), arrange([*cells, ""]))

    def done(self) -> float:
        return min(1.0, self._line / max(1, (self._sheet.end or (0, 0))[0] + 1))


def _is_filled(cells: list[str]) -> bool:
    return any(map(str.strip, cells))


def _without_blank_end(header: list[str]) -> tuple[str, ...]:
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _fitted(cells: list[str], width: int, delimiter: str) -> tuple[list[str], bool]:
    """`cells` as `width` cells, and whether they fit: blank ones may lack or be over. What does not fit
    is kept in the last cell, so that a rejects file loses nothing.
    """
    if any(cells[width:]):
        return [*cells[: width - 1], delimiter.join(cells[width - 1 :]).rstrip(delimiter)], False
    return cells[:width] + [""] * (width - len(cells)), True


def _too_many(line: int, width: int) -> RowError:
    return RowError(
        line,
        "too-many-cells",
        f"The row has more than {width} cells. Put a cell that holds the delimiter in quotes.",
    )


def _text(value: object) -> str:
    """A value of a workbook or of JSON as a person would type it. Raises ValueError for a nested one."""
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # Workbooks, and tables that had a gap, hold 1000 as 1000.0.
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, list):
        # A list, as `closed_on` has it, is written as in CSV.
        return " ".join(map(_text, value))
    if isinstance(value, tuple):
        # A key and its value: what is left of an object inside an object.
        raise ValueError
    # calamine gives a date without a time as a date: ISO text is what `isoformat` and `str` make of them all.
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _no_constant(name: str) -> object:
    raise ValueError(name)
