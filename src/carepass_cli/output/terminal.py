"""Tables for a person at a terminal, drawn by rich. Imported only where it draws."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from carepass_cli.output.clean import shown
from carepass_cli.output.style import Style, cell

# A cell up to this width is never broken (codes, dates, names); a longer one is folded, to no less.
UNBROKEN = 20
GAP = 2
NUMBERS = ("days", "left", "minutes", "percent", "price", "required", "completed")
# Status is said in words; the colour only repeats it. Of the fixed 256 and not of a terminal's own sixteen,
# whose yellow and green cannot be read on white: these stand out from white as from black.
RED, BROWN, GREEN = "color(160)", "color(130)", "color(28)"
COLOURS = {
    "expired": RED,
    "overdue": RED,
    "lapsed": RED,
    "rejected": RED,
    "failed": RED,
    "expiring": BROWN,
    "pending": BROWN,
    "submitted": BROWN,
    "valid": GREEN,
    "approved": GREEN,
    "completed": GREEN,
    "confirmed": GREEN,
}


class Unseen(NamedTuple):
    """What looking at the screen does not tell: the columns left out, and the number of rows where they are
    more than it holds (else 0)."""

    columns: Sequence[str] = ()
    rows: int = 0


def draw_table(columns: Sequence[str], rows: Iterable[Sequence[object]], style: Style, out: TextIO) -> Unseen:
    """Draw `rows` to the width of the terminal. Long cells are folded, none is cut; where the columns
    do not fit side by side, those furthest right are left out (`--fields` chooses others)."""
    lines = [[shown(cell(value)) for value in row] for row in rows]
    if not lines:
        return Unseen()
    # Not `no_color`: bold headers are no colour, and an escape all the same.
    escapes: Literal["auto"] | None = "auto" if style.color else None
    console = Console(file=out, color_system=escapes, highlight=False, emoji=False)
    table = Table(box=None, show_header=style.header, padding=(0, GAP, 0, 0), pad_edge=False)
    cells = [[line[index] for line in lines] for index in range(len(columns))]
    headers = [_header(name, texts) for name, texts in zip(columns, cells, strict=True)]
    widths = [
        max(map(cell_len, (*head.split("\n"), *texts))) for head, texts in zip(headers, cells, strict=True)
    ]
    given = _room(widths, cells, console.width)
    for name, header, wide, room in zip(columns, headers, widths, given, strict=False):
        table.add_column(
            Text(header, style="bold" if style.color else ""),
            overflow="fold",
            no_wrap=wide <= room,
            vertical="top",
            justify="right" if name.endswith(NUMBERS) else "left",
        )
    for line in lines:
        table.add_row(*(Text(text, style=COLOURS.get(text, "")) for text in line[: len(given)]))
    console.print(table)
    return Unseen(columns[len(given) :], len(lines) if len(lines) > console.height else 0)


def _header(name: str, texts: Sequence[str]) -> str:
    # A header longer than its cells goes over two lines.
    return name if len(name) <= max(map(cell_len, texts)) else name.replace("_", "\n")


def _room(widths: Sequence[int], cells: Sequence[Sequence[str]], most: int) -> list[int]:
    """The least room for each column that fits into `most`, from the left; at least one does. What is to
    spare keeps long words whole (e-mail addresses): a sentence folds better than they do."""
    given: list[int] = []
    spare = most
    for wide in widths:
        least = min(wide, UNBROKEN)
        if given and spare < least:
            break
        given.append(least)
        spare -= least + GAP
    spare += GAP
    for index, least in enumerate(given):
        more = widths[index] - least
        if 0 < more <= spare and not any(" " in text for text in cells[index]):
            given[index] += more
            spare -= more
    return given
