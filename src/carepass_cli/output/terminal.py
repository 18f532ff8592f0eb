"""Tables for a person at a terminal, drawn by rich. Imported only where it draws."""

from collections.abc import Iterable, Sequence
from typing import Literal, TextIO

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
# Status is said in words; the colour only repeats it.
COLOURS = {
    "expired": "red",
    "overdue": "red",
    "lapsed": "red",
    "rejected": "red",
    "failed": "red",
    "expiring": "yellow",
    "pending": "yellow",
    "submitted": "yellow",
    "valid": "green",
    "approved": "green",
    "completed": "green",
    "confirmed": "green",
}


def draw_table(columns: Sequence[str], rows: Iterable[Sequence[object]], style: Style, out: TextIO) -> None:
    """Draw `rows` to the width of the terminal. Long cells are folded, none is cut; where the columns
    do not fit side by side, those furthest right are left out (`--fields` chooses others)."""
    lines = [[shown(cell(value)) for value in row] for row in rows]
    if not lines:
        return
    # Not `no_color`: bold headers are no colour, and an escape all the same.
    escapes: Literal["auto"] | None = "auto" if style.color else None
    console = Console(file=out, color_system=escapes, highlight=False, emoji=False)
    table = Table(box=None, show_header=style.header, padding=(0, GAP, 0, 0), pad_edge=False)
    room = console.width
    for index, name in enumerate(columns):
        longest = max(cell_len(line[index]) for line in lines)
        # A header longer than its cells goes over two lines.
        header = name if len(name) <= longest else name.replace("_", "\n")
        wide = max(longest, *map(len, header.split("\n")))
        room -= min(wide, UNBROKEN) + GAP
        if room < -GAP and index > 0:
            columns = columns[:index]
            break
        table.add_column(
            Text(header, style="bold"),
            overflow="fold",
            no_wrap=wide <= UNBROKEN,
            vertical="top",
            justify="right" if name.endswith(NUMBERS) else "left",
        )
    for line in lines:
        table.add_row(*(Text(text, style=COLOURS.get(text, "")) for text in line[: len(columns)]))
    console.print(table)
