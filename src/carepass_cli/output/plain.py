"""Plain text: aligned columns and objects, without a frame. Nothing is cut; only terminals get wrapping."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from carepass_cli.output.clean import shown
from carepass_cli.output.color import bold, painted
from carepass_cli.output.style import human
from carepass_cli.output.width import padded, paragraph, width

# A nested object with a longer text than this is told line by line, not in a column.
COLUMN_MOST = 40
GAP = "  "
# Lines of a table in memory.
HELD = 5000
# No cell has a control character when it is `shown`.
SEPARATOR = "\x1f"


def table_lines(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, header: bool, color: bool = False
) -> Iterator[str]:
    """Rows in columns, two spaces apart. No row, no line. The widths are known when all rows are: beyond
    the first thousands they wait in a temporary file."""
    lines = ([shown(human(value)) for value in row] for row in rows)
    first = list(islice(lines, HELD))
    if not first:
        return
    names = list(columns)
    widths = [max(map(width, column)) for column in zip(*first, *([names] if header else []), strict=True)]
    if len(first) < HELD:
        yield from _head(names, widths, header, color)
        yield from _aligned(first, widths, color)
        return
    from tempfile import TemporaryFile

    with TemporaryFile("w+", encoding="utf-8", newline="\n") as rest:
        for line in lines:
            widths = list(map(max, widths, map(width, line)))
            rest.write(SEPARATOR.join(line) + "\n")
        rest.seek(0)
        yield from _head(names, widths, header, color)
        yield from _aligned(first, widths, color)
        yield from _aligned((line[:-1].split(SEPARATOR) for line in rest), widths, color)


def _head(names: Sequence[str], widths: Sequence[int], header: bool, color: bool) -> Iterator[str]:
    if header:
        line = GAP.join(map(padded, names, widths)).rstrip()
        yield bold(line) if color else line


def _aligned(lines: Iterable[Sequence[str]], widths: Sequence[int], color: bool) -> Iterator[str]:
    for line in lines:
        texts = map(padded, line, widths)
        parts = map(painted, texts, line) if color else texts
        yield GAP.join(parts).rstrip()


def object_lines(values: dict[str, object], most: int | None) -> Iterator[str]:
    """An object, a key and its value to a line; what it holds several of stands below its key.

    `most` is the width to wrap at (a terminal's), None to leave every line whole.
    """
    longest = max((len(name) for name in values), default=0)
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
            yield from _wrapped(f"{name:{longest}}{GAP}", shown(human(value)), most)


def _nested(items: list[dict[str, object]], most: int | None) -> Iterator[str]:
    columns = list(dict.fromkeys(key for item in items for key in item))
    rows = [[item.get(key) for key in columns] for item in items]
    longest = max(width(human(value)) for row in rows for value in row)
    lines: list[str] = []
    if most is not None and longest <= most:
        lines = _folded(columns, rows, most)
    elif longest <= COLUMN_MOST:
        lines = list(table_lines(columns, rows, header=True))
    if lines:
        yield from lines
        return
    for item in items:
        filled = {key: value for key, value in item.items() if value not in (None, "")}
        for number, line in enumerate(object_lines(filled, most and most - len(GAP))):
            yield ("- " if number == 0 else GAP) + line


def _folded(columns: Sequence[str], rows: Sequence[Sequence[object]], most: int) -> list[str]:
    """The lines of a table with all of its columns, long cells folded; none where that takes more room."""
    from io import StringIO

    from carepass_cli.output.style import Style
    from carepass_cli.output.terminal import draw_table

    out = StringIO()
    whole = Style("table", terminal=True, columns=most, lines=len(rows) * most)
    left_out = draw_table(columns, rows, whole, out, len(columns))
    return [] if left_out else out.getvalue().splitlines()


def _wrapped(lead: str, text: str, most: int | None) -> list[str]:
    if most is None or width(lead + text) <= most or most - len(lead) < COLUMN_MOST // 2:
        return [(lead + text).rstrip()]
    lines = paragraph(text, most - len(lead))
    return [(lead if number == 0 else " " * len(lead)) + line for number, line in enumerate(lines)]
