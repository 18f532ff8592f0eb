"""Plain text: aligned columns and objects, without a frame. Nothing is cut; only terminals get wrapping."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from textwrap import wrap

from carepass_cli.output.clean import shown
from carepass_cli.output.style import cell

# A nested object with a longer text than this is told line by line, not in a column.
COLUMN_MOST = 40
GAP = "  "
# Lines of a table in memory.
HELD = 5000
# No cell has a control character when it is `shown`.
SEPARATOR = "\x1f"


def table_lines(columns: Sequence[str], rows: Iterable[Sequence[object]], *, header: bool) -> Iterator[str]:
    """Rows in columns, two spaces apart. No row, no line. The widths are known when all rows are: beyond
    the first thousands they wait in a temporary file."""
    lines = ([shown(cell(value)) for value in row] for row in rows)
    first = list(islice(lines, HELD))
    if not first:
        return
    if header:
        first.insert(0, list(columns))
    widths = [max(map(_width, column)) for column in zip(*first, strict=True)]
    if len(first) < HELD:
        yield from _aligned(first, widths)
        return
    from tempfile import TemporaryFile

    with TemporaryFile("w+", encoding="utf-8", newline="\n") as rest:
        for line in lines:
            widths = list(map(max, widths, map(_width, line)))
            rest.write(SEPARATOR.join(line) + "\n")
        rest.seek(0)
        yield from _aligned(first, widths)
        yield from _aligned((line[:-1].split(SEPARATOR) for line in rest), widths)


def _aligned(lines: Iterable[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    for line in lines:
        padded = (text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True))
        yield GAP.join(padded).rstrip()


def object_lines(values: dict[str, object], most: int | None) -> Iterator[str]:
    """An object, a key and its value to a line; what it holds several of stands below its key.

    `most` is the width to wrap at (a terminal's), None to leave every line whole.
    """
    width = max((len(name) for name in values), default=0)
    for name, value in values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            yield ""
            yield f"{name}:"
            yield from (f"{GAP}{line}" for line in _nested(value, most and most - len(GAP)))
        elif isinstance(value, str) and "\n" in value:
            yield ""
            for line in value.rstrip().split("\n"):
                yield from _wrapped("", shown(line), most)
        else:
            yield from _wrapped(f"{name:{width}}{GAP}", shown(cell(value)), most)


def _nested(items: list[dict[str, object]], most: int | None) -> Iterator[str]:
    columns = list(dict.fromkeys(key for item in items for key in item))
    rows = [[item.get(key) for key in columns] for item in items]
    short = all(len(cell(value)) <= COLUMN_MOST for row in rows for value in row)
    lines = list(table_lines(columns, rows, header=True)) if short else []
    if lines and (most is None or max(map(_width, lines)) <= most):
        yield from lines
        return
    for item in items:
        told = {key: value for key, value in item.items() if value not in (None, "")}
        for number, line in enumerate(object_lines(told, most and most - len(GAP))):
            yield ("- " if number == 0 else GAP) + line


def paragraph(text: str, most: int | None) -> list[str]:
    """One line of text as lines of at most `most` columns, broken between words; None leaves it whole."""
    if most is None or _width(text) <= most:
        return [text]
    return wrap(text, most, break_long_words=False, break_on_hyphens=False)


def _wrapped(lead: str, text: str, most: int | None) -> list[str]:
    if most is None or _width(lead + text) <= most or most - len(lead) < COLUMN_MOST // 2:
        return [(lead + text).rstrip()]
    lines = paragraph(text, most - len(lead))
    return [(lead if number == 0 else " " * len(lead)) + line for number, line in enumerate(lines)]


def _width(text: str) -> int:
    """Columns that a terminal takes: none for a combining mark, two for a wide character."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(c) else 2 if east_asian_width(c) in "WF" else 1 for c in text)
