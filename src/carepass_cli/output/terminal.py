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
    table = Table(box=SIMPLE_HEAD, show_header=style.header, pad_edge=False, header_style="bold")
    for index, name in enumerate(columns):
        longest = max(len(line[index]) for line in lines)
        numeric = all(line[index].lstrip("-").isdigit() or not line[index] for line in lines)
        table.add_column(
            Text(name),
            overflow="fold",
            no_wrap=longest <= UNBROKEN,
            justify="right" if numeric and name.endswith(("days", "left", "minutes", "percent")) else "left",
        )
    for line in lines:
        table.add_row(*(Text(text, style=COLOURS.get(text, "")) for text in line))
    console.print(table)
