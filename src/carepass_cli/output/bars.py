"""Bars of text beside figures, at a terminal."""

from collections.abc import Iterable, Sequence

from carepass_cli.output.width import terminal_shows

# Eighths of a cell, from none to seven.
PARTS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")
FULL, PLAIN = "█", "#"
# The cells of a whole bar.
ROOM = 16


def has_blocks() -> bool:
    """Whether the terminal behind stdout shows block characters: by its encoding and its kind."""
    return terminal_shows(FULL + "".join(PARTS))


def bar(share: float, room: int, *, blocks: bool) -> str:
    """A bar that fills `share` (0 to 1) of `room` cells. What is not nought is never drawn as nothing."""
    share = min(max(share, 0.0), 1.0)
    if not blocks:
        cells = round(share * room)
        return PLAIN * (cells or (share > 0))
    eighths = round(share * room * 8) or (share > 0)
    return FULL * (eighths // 8) + PARTS[eighths % 8]


def with_bars(
    first: Sequence[str], columns: Sequence[str], rows: Iterable[Sequence[object]], name: str, *, blocks: bool
) -> tuple[tuple[str, ...], tuple[str, ...], list[list[object]]]:
    """The first columns, all of them, and the rows, with a column of bars right of the column `name`. A whole
    bar is 100 percent, or the largest number of the column."""
    at = columns.index(name)
    listed = [list(row) for row in rows]
    numbers = [row[at] for row in listed]
    full = 100.0 if name == "percent" else max((n for n in numbers if isinstance(n, int | float)), default=0)
    for row, number in zip(listed, numbers, strict=True):
        share = number / full if full and isinstance(number, int | float) else 0.0
        row.insert(at + 1, bar(share, ROOM, blocks=blocks))
    place = first.index(name) + 1
    return (*first[:place], "", *first[place:]), (*columns[: at + 1], "", *columns[at + 1 :]), listed
