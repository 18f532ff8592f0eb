"""Tables for a person at a terminal: every column that fits, and the header never far."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, TextIO

from carepass_cli.output.clean import shown
from carepass_cli.output.color import bold, painted
from carepass_cli.output.style import Style, human
from carepass_cli.output.width import broken, padded, width

# A cell up to this width is never broken (codes, dates, names); a longer one is folded, to no less.
UNBROKEN = 20
GAP = "  "
NUMBERS = (
    *("days", "left", "minutes", "percent", "price", "required", "completed", "bytes"),
    *("_waiting", "staff", "overdue", "expired", "_30", "_60", "_90", "renewals", "gaps", "people", "cost"),
    *("expiring", "to_decide", "_access", "in_progress", "lapsed", "pending", "queued"),
)


class Column(NamedTuple):
    """One column as it is drawn: its place among the cells of a row, its name over one line or two, its
    widest cell, whether cells have blanks to break at, and the room that it gets."""

    place: int
    name: str
    head: Sequence[str]
    wide: int
    blanks: bool
    room: int = 0


def draw_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    style: Style,
    out: TextIO,
    telling: int,
    grouped: Sequence[str] = (),
    below: int = 0,
) -> Sequence[str]:
    """Draw `rows` to the width of the terminal, the header again on every screen. Long cells are folded, none
    is cut. Neighbours that have the same in all `grouped` columns show it once. The first `telling` columns
    come first; of the others those that fit whole. So many lines will stand `below`. Returns the names of the
    columns that are left out.
    """
    lines = [[shown(human(value)) for value in row] for row in rows]
    if not lines:
        return ()
    chosen = fitting([_column(i, name, lines) for i, name in enumerate(columns)], style.columns, telling)
    once = [index for index, name in enumerate(columns) if name in grouped]
    group: list[str] = []

    def drawn(line: list[str], at_top: bool) -> list[str]:
        same = bool(once) and [line[index] for index in once] == group and not at_top
        group[:] = [line[index] for index in once]
        return _row(chosen, ["" if same and i in once else text for i, text in enumerate(line)], style)

    kept = {column.place for column in chosen}
    left_out = [name for index, name in enumerate(columns) if index not in kept]
    # Those are named in two lines.
    below += 2 if left_out else 0
    with_header(_header(chosen), [partial(drawn, line) for line in lines], style, out, below)
    return left_out


def with_header(
    header: Sequence[str],
    rows: Sequence[Callable[[bool], Sequence[str]]],
    style: Style,
    out: TextIO,
    below: int = 0,
) -> None:
    """Write the lines of each row, which may depend on whether it is the first below the header. Of any
    screen's lines one after the other, one is the header, if it is asked for at all; the lines that will
    stand `below` share the last one's screen, where that holds them."""
    heads = [bold(line) if style.color else line for line in header] if style.header else []
    screen = max(style.lines - 2 - len(heads), 1)
    left, rest = 0, below + sum(len(row(False)) for row in rows) if below else 0
    for row in rows:
        lines = row(False)
        if left < len(lines) or left < rest <= screen:
            lines = row(True)
            out.writelines(f"{text}\n" for text in heads)
            left = screen
        out.writelines(f"{text}\n" for text in lines)
        left -= len(lines)
        rest -= len(lines)


def fitting(columns: Sequence[Column], most: int, telling: int) -> list[Column]:
    """The columns that fit into `most`, each with its room; at least one does.

    The first `telling` have at least UNBROKEN, if their cells are that wide; what is to spare then keeps long
    words whole (e-mail addresses), and then sentences. The others are there where they fit whole.
    """
    found: list[Column] = []
    spare = most
    for column in columns[:telling]:
        least = min(column.wide, UNBROKEN)
        if not found or least + len(GAP) <= spare:
            found.append(column._replace(room=least))
            spare -= least + (len(GAP) if len(found) > 1 else 0)
    # Cells without blanks first, and of those the narrowest: as many as can be whole.
    for at, column in sorted(enumerate(found), key=lambda each: (each[1].blanks, each[1].wide)):
        lacking = column.wide - column.room
        if lacking <= spare or column.blanks:
            found[at] = column._replace(room=column.room + min(lacking, spare))
            spare -= min(lacking, spare)
    for column in columns[telling:]:
        if column.wide + len(GAP) <= spare:
            found.append(column._replace(room=column.wide))
            spare -= column.wide + len(GAP)
    return found


def broken_header(name: str, wide: int) -> list[str]:
    """A column's name; where it is wider than its cells, over two lines, as even as its `_` let it be."""
    if len(name) <= wide or "_" not in name:
        return [name]
    at = [index + 1 for index, character in enumerate(name) if character == "_"]
    middle = min(at, key=lambda index: (max(index, len(name) - index), index))
    return [name[:middle], name[middle:]]


def _column(index: int, name: str, lines: Sequence[Sequence[str]]) -> Column:
    texts = [line[index] for line in lines]
    head = broken_header(name, max(map(width, texts)))
    blanks = any(" " in text for text in texts)
    return Column(index, name, head, max(map(width, (*head, *texts))), blanks)


def _header(columns: Sequence[Column]) -> list[str]:
    deep = max(len(column.head) for column in columns)
    lines = []
    for number in range(deep):
        parts = [([""] * (deep - len(column.head)) + list(column.head))[number] for column in columns]
        lines.append(
            GAP.join(_aligned(column, part) for column, part in zip(columns, parts, strict=True)).rstrip()
        )
    return lines


def _row(columns: Sequence[Column], line: Sequence[str], style: Style) -> list[str]:
    cells = [broken(line[column.place], column.room, cut=True) for column in columns]
    drawn = []
    for number in range(max(map(len, cells))):
        parts = []
        for column, texts in zip(columns, cells, strict=True):
            text = _aligned(column, texts[number] if number < len(texts) else "")
            parts.append(painted(text, line[column.place]) if style.color else text)
        drawn.append(GAP.join(parts).rstrip())
    return drawn


def _aligned(column: Column, text: str) -> str:
    if column.name.endswith(NUMBERS):
        return " " * (column.room - width(text)) + text
    return padded(text, column.room)
