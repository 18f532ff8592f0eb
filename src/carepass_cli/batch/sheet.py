"""The parts of an .xlsx file as a stream: what is not needed is not kept, however large a part unfolds.

Read here and not by a library, because none in Python tells hidden rows and number formats and reads a
hostile file in little memory.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

CHUNK = 1 << 16
# What a part may unfold to (a million rows of ten columns take less), and what of it is held at once.
PART_MOST, TOKEN_MOST = 1 << 29, 1 << 22
TEXTS_MOST = 1 << 26
COLUMNS_MOST, ROWS_MOST = 16_384, 1_048_576
CELL_MOST = 32_767

_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


# What reading a damaged or hostile part raises: a missing part, an encoding that nobody knows, cut streams.
DAMAGE = (LookupError, ValueError, BadZipFile, expat.ExpatError, zlib.error, EOFError, RuntimeError, OSError)


class NotAWorkbook(Exception):
    """What is inside is not what a workbook has; the text says what, for a person."""


def stream(book: ZipFile, part: str, start: Start, end: End, text: Callable[[str], None]) -> Iterator[float]:
    """Read a part through the handlers; after each piece of it, how much is behind: 0 to 1."""
    try:
        info = book.getinfo(part)
        if info.file_size > PART_MOST:
            raise NotAWorkbook(f"a part of it unfolds to {info.file_size >> 20} MB; save it as CSV")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attrs: start(name.rpartition(":")[2], attrs)
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_doctype
        fed = 0
        with book.open(info) as file:
            while piece := file.read(CHUNK):
                parser.Parse(piece)
                fed += len(piece)
                if fed - parser.CurrentByteIndex > TOKEN_MOST:
                    raise NotAWorkbook("a part of it is one endless piece")
                yield fed / max(1, info.file_size)
            parser.Parse(b"", True)
    except DAMAGE as error:
        raise NotAWorkbook(f"{part} in it is missing or damaged") from error


def read_part(book: ZipFile, part: str, start: Start) -> None:
    """Read a small part whole, by the start of its elements."""
    for _ in stream(book, part, start, _nothing, _nothing):
        pass


def _no_doctype(*_: object) -> None:
    raise NotAWorkbook("a part of it declares entities")


def _nothing(_: str) -> None:
    pass


class Style(NamedTuple):
    """How a number is shown: as a date, or with at least so many digits."""

    is_date: bool = False
    digits: int = 0


def read_styles(book: ZipFile, part: str) -> list[Style]:
    """The style of each format that cells name."""
    codes: dict[str, str] = {}
    styles: list[Style] = []
    path: list[str] = []

    def start(name: str, attrs: dict[str, str]) -> None:
        path.append(name)
        if name == "numFmt":
            codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif name == "xf" and "cellXfs" in path:
            styles.append(_style(attrs.get("numFmtId", "0"), codes))

    for _ in stream(book, part, start, lambda _: (path.pop(), None)[1], _nothing):
        pass
    return styles


def _style(number: str, codes: dict[str, str]) -> Style:
    code = _LITERAL.sub("", codes.get(number, "")).split(";")[0].strip()
    if number not in codes:
        return Style(is_date=number.isdigit() and int(number) in _DATES)
    if re.fullmatch("0{2,40}", code):
        return Style(digits=len(code))
    return Style(is_date=re.search("[dmyhs]", code, re.I) is not None and "General" not in code)


class _Texts:
    """Gathers the text of `<t>` and `<v>`, without the readings of Asian signs; longer than a cell, cut."""

    def __init__(self) -> None:
        self.text = ""
        self._on = False
        self._aside = 0

    def start(self, name: str) -> None:
        if name == "rPh":
            self._aside += 1
        self._on = name in ("t", "v") and not self._aside

    def end(self, name: str) -> None:
        self._on = False
        if name == "rPh":
            self._aside -= 1

    def add(self, text: str) -> None:
        if self._on and len(self.text) <= CELL_MOST:
            self.text += text

    def take(self) -> str:
        text, self.text = self.text, ""
        return text


def read_shared_texts(book: ZipFile, part: str) -> list[str]:
    """The texts that cells name by number."""
    texts: list[str] = []
    gathered = _Texts()
    size = 0

    def end(name: str) -> None:
        nonlocal size
        gathered.end(name)
        if name == "si":
            texts.append(gathered.take())
            size += len(texts[-1]) + 50
            if size > TEXTS_MOST:
                raise NotAWorkbook("it holds more text than is read from a workbook; save it as CSV")

    for _ in stream(book, part, lambda name, _: gathered.start(name), end, gathered.add):
        pass
    return texts


class SheetRow(NamedTuple):
    """A row of a sheet: its number from 1, its cells from the first on, whether it is hidden, and how much
    of the sheet is behind it: 0 to 1."""

    number: int
    cells: list[str]
    hidden: bool
    done: float


class Sheet:
    """The rows of one sheet that hold anything."""

    def __init__(
        self,
        book: ZipFile,
        part: str,
        texts: Callable[[], list[str]],
        styles: list[Style],
        *,
        from_1904: bool,
    ) -> None:
        self._book = book
        self._part = part
        self._shared = texts
        self._styles = styles
        self._first_day = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001

    def rows(self) -> Iterator[SheetRow]:
        """Each row with a cell that is not blank, in order."""
        gathered = _Texts()
        ready: list[tuple[int, list[str], bool]] = []
        number, hidden, column, kind, style = 0, False, -1, "", ""
        cells: dict[int, str] = {}

        def start(name: str, attrs: dict[str, str]) -> None:
            nonlocal number, hidden, column, kind, style
            if name == "c":
                column = _column(attrs.get("r"), column + 1)
                kind, style = attrs.get("t", "n"), attrs.get("s", "")
            elif name == "row":
                number = _number(attrs.get("r"), number + 1)
                hidden, column = attrs.get("hidden") in ("1", "true"), -1
            else:
                gathered.start(name)

        def end(name: str) -> None:
            gathered.end(name)
            if name == "c":
                if text := gathered.take():
                    cells[column] = self._value(text, kind, style).strip()
            elif name == "row":
                if any(cells.values()):
                    ready.append((number, [cells.get(i, "") for i in range(max(cells) + 1)], hidden))
                cells.clear()

        for done in stream(self._book, self._part, start, end, gathered.add):
            for row in ready:
                yield SheetRow(*row, done)
            ready.clear()

    def _value(self, text: str, kind: str, style: str) -> str:
        """A cell as a person would type it."""
        if kind == "s":
            try:
                return self._shared()[int(text)]
            except (ValueError, IndexError):
                raise NotAWorkbook("a cell of it names a text that is not there") from None
        if kind == "b":
            return "true" if text == "1" else "false"
        if kind != "n":
            return text
        shown = Style()
        with suppress(ValueError, IndexError):
            shown = self._styles[int(style)]
        try:
            number = float(text)
        except ValueError:
            return text
        if shown.is_date and 0 <= number < 2_958_466:
            return self._moment(number)
        # A whole number keeps all its digits, which a float may not hold.
        whole = text if text.isdigit() else str(int(number)) if number.is_integer() else repr(number)
        return whole.zfill(shown.digits) if whole.isdigit() else whole

    def _moment(self, number: float) -> str:
        if number < 1:
            moment = self._first_day + timedelta(seconds=round(number * 86_400))
            return moment.time().isoformat()
        # Excel counts a 29 February 1900.
        days = int(number) + (1 if number < 60 and self._first_day.year == 1899 else 0)
        moment = self._first_day + timedelta(days, round(number % 1 * 86_400))
        return moment.isoformat() if moment.time() != moment.min.time() else moment.date().isoformat()


def _column(reference: str | None, following: int) -> int:
    """A cell's column from 0, by its reference (`C7`), else the one after the cell before."""
    if reference is None:
        return following
    place = _PLACE.fullmatch(reference)
    if place is None:
        raise NotAWorkbook("a cell of it has no place")
    column = 0
    for letter in place[1]:
        column = column * 26 + ord(letter) - 64
    if column > COLUMNS_MOST:
        raise NotAWorkbook("a cell of it lies beyond the last column")
    return column - 1


def _number(text: str | None, following: int) -> int:
    if text is None:
        return following
    if not text.isdigit() or len(text) > 7 or not following <= int(text) <= ROWS_MOST:
        raise NotAWorkbook("a row of it is not in its place")
    return int(text)
