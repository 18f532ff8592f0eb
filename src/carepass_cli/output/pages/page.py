"""A page as the parts it is made of. It knows figures and words, not how they will look.

Every text is as people wrote it; `draw` escapes and cleans it. A share is 0 to 1. `tone` is the status whose
colour repeats what the text says (one of STATUSES), or empty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Tint(NamedTuple):
    """Background and text colour, on a light page and on a dark one."""

    fill: str
    ink: str
    dark_fill: str
    dark_ink: str


_ALARM = Tint("#fbd9d6", "#7a0f0a", "#4b1a18", "#ffc1bb")
TINTS = {
    "valid": Tint("#ddf3e0", "#12441f", "#163322", "#b4e8bf"),
    "expiring": Tint("#ffefc2", "#573a00", "#3d2f0c", "#ffdf94"),
    "expired": _ALARM,
    "overdue": _ALARM,
    "not-started": Tint("#e3e8ee", "#27313c", "#2a3440", "#d0d8e1"),
    "waived": Tint("#e6e0f5", "#3a2775", "#2e2650", "#d6caff"),
}
# The word for each status stands beside its mark: colour only repeats it.
MARKS = {"valid": "✓", "expiring": "!", "expired": "✗", "overdue": "▲", "not-started": "○", "waived": "w"}
STATUSES = tuple(MARKS)


@dataclass(frozen=True)
class Figure:
    """One number to see first. `note` stands below it, small."""

    value: str
    label: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Figures:
    """The numbers at the head of a page, in order of weight."""

    items: Sequence[Figure]
    kind: str = field(default="figures", init=False)


@dataclass(frozen=True)
class Bar:
    """A bar from the left: `share` is filled, `value` stands beside it."""

    label: str
    share: float
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Bars:
    """Bars below one another, as a table of `heads` (of the labels, of the values)."""

    caption: str
    heads: tuple[str, str]
    items: Sequence[Bar]
    kind: str = field(default="bars", init=False)


@dataclass(frozen=True)
class Column:
    """A column of a chart over time: its share of the chart's height, and its figure in words."""

    label: str
    share: float
    value: str


@dataclass(frozen=True)
class Columns:
    """Figures over time, as columns, or as one line where `line`."""

    caption: str
    items: Sequence[Column]
    line: bool = False
    kind: str = field(default="columns", init=False)


@dataclass(frozen=True)
class Cell:
    """A cell of a table: text, with the mark and colour of a status, or a link to a file beside the page."""

    text: str
    tone: str = ""
    link: str = ""


@dataclass(frozen=True)
class Head:
    """A heading of a column. `number` aligns the column by its last digit; `wide` gives it the room that is
    left."""

    text: str
    number: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Sheet:
    """A table. The first cell of a row names it; `empty` is said where there is no row."""

    caption: str
    heads: Sequence[Head]
    rows: Sequence[Sequence[Cell]]
    empty: str = ""
    kind: str = field(default="sheet", init=False)


@dataclass(frozen=True)
class Group:
    """People of one role in a matrix. `share` is how much of what they must hold they hold, in words."""

    name: str
    share: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Grid:
    """People down, courses across: the one part that may be wider than the screen, in a frame of its own.

    `person` heads the columns before the courses; `columns` are (code, title); `shares` has one text a
    course. `parts` are the courses of each sheet of paper, from the first to before the last.
    """

    caption: str
    person: Sequence[str]
    columns: Sequence[tuple[str, str]]
    shares: Sequence[str]
    shares_head: str
    groups: Sequence[Group]
    parts: Sequence[tuple[int, int]]
    empty: str
    kind: str = field(default="grid", init=False)


@dataclass(frozen=True)
class Legend:
    """What the marks say: (status, its word, its meaning)."""

    items: Sequence[tuple[str, str, str]]
    kind: str = field(default="legend", init=False)


@dataclass(frozen=True)
class Notes:
    """Plain sentences."""

    items: Sequence[str]
    kind: str = field(default="notes", init=False)


@dataclass(frozen=True)
class Code:
    """A QR code as SVG of our own drawing, what it is called, and what it is for."""

    svg: str
    label: str
    text: str
    mono: str
    kind: str = field(default="code", init=False)


Block = Figures | Bars | Columns | Sheet | Grid | Legend | Notes | Code


@dataclass(frozen=True)
class Section:
    """A part of a page under its heading; no heading for the figures at the top."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Page:
    """One page. `subject` is whose it is (a home, a person), `about` a line below it; each sheet of paper
    bears title, subject, day and number. `prepared_by` is printed beside the line to sign on; `words` are
    the page's own few words, in its language."""

    language: str
    title: str
    subject: str
    about: str
    as_of: date
    prepared_by: str
    sections: Sequence[Section]
    words: Mapping[str, str]
    landscape: bool = False
