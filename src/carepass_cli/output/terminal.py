"""Tables for a person at a terminal, drawn by rich. Imported only where it draws."""

from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from carepass_cli.output.clean import shown
from carepass_cli.output.render import Style, cell

# A cell up to this width is never broken: codes, dates, portal IDs.
UNBROKEN = 12
GAP = 3
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
    """Draw `rows` to the width of the terminal; long cells are folded, none is cut."""
    lines = [[shown(cell(value)) for value in row] for row in rows]
    if not lines:
        return
    console = Console(file=out, no_color=not style.color, highlight=False, emoji=False)
    table = Table(box=SIMPLE_HEAD, show_header=style.header, show_edge=False, header_style="bold")
    longest = [max(len(text) for text in column) for column in zip(columns, *lines, strict=True)]
    # Rich cuts what may not be broken; where even the short columns do not fit, all may be broken.
    fits = sum(min(width, UNBROKEN) + GAP for width in longest) <= console.width
    for index, name in enumerate(columns):
        table.add_column(
            Text(name),
            overflow="fold",
            no_wrap=fits and longest[index] <= UNBROKEN,
            justify="right" if name.endswith(NUMBERS) else "left",
        )
    for line in lines:
        table.add_row(*(Text(text, style=COLOURS.get(text, "")) for text in line))
    console.print(table)
