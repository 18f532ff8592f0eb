"""How wide a text is at a terminal, and how it is broken there. One measure for all that is drawn."""

import re
from collections.abc import Sequence
from typing import TextIO

# Below, every character takes one column; above begin the combining marks and the wide ones.
NARROW_BEFORE = "\u0300"
# Dashes and quotation marks as titles have them, which take one column, too.
PUNCTUATION = "\u2010\u2011\u2012\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
# A command to be copied, at the end of what is said or indented on a line of its own; the program
# as it was typed.
COMMAND = r"(?P<before>.*?:(?= )|(?=  )) *(?P<command>(?:\S*/)?carepass .*)$"
INDENT = "  "
# Terminals that have no more than ASCII, or not all of the blocks and marks.
SIMPLE = ("dumb", "linux", "vt100", "")


def width(text: str) -> int:
    """The columns that a terminal takes for `text`: none for a combining mark, two for a wide character."""
    if text.isascii() or all(each < NARROW_BEFORE or each in PUNCTUATION for each in text):
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def padded(text: str, columns: int) -> str:
    """`text` with blanks after it, to so many columns."""
    return text + " " * (columns - width(text))


def terminal_size(stream: TextIO) -> tuple[int, int]:
    """Columns and lines of the terminal behind `stream`: as COLUMNS and LINES say, where they are above
    nought, else as the terminal says, else 80 and 24."""
    import os

    try:
        size = os.get_terminal_size(stream.fileno())
    except (AttributeError, OSError, ValueError):
        size = os.terminal_size((0, 0))
    return (
        _from_environment("COLUMNS") or size.columns or 80,
        _from_environment("LINES") or size.lines or 24,
    )


def terminal_shows(characters: str) -> bool:
    """Whether the terminal behind stdout shows these characters: by its encoding and its kind."""
    import os
    import sys

    try:
        characters.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return os.environ.get("TERM", "") not in SIMPLE


def _from_environment(name: str) -> int:
    import os

    text = os.environ.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0


def broken(text: str, most: int, *, cut: bool = False) -> list[str]:
    """`text` as lines of at most `most` columns, broken between words; `cut` breaks a longer word, too."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if width(longer) <= most:
            line = longer
            continue
        if line:
            lines.append(line)
        while cut and width(word) > most:
            head = _begin(word, most)
            lines.append(head)
            word = word[len(head) :]
        line = word
    return [*lines, line]


def _begin(word: str, most: int) -> str:
    """The longest beginning of `word` within `most` columns; at least one character."""
    end = min(len(word), most)
    while end > 1 and width(word[:end]) > most:
        end -= 1
    return word[: max(end, 1)]


def flowed(items: Sequence[str], most: int) -> list[str]:
    """Items one after the other, as many in each line of `most` columns as it takes; none is broken."""
    lines: list[str] = []
    for item in items:
        if lines and width(lines[-1]) + len(INDENT) + width(item) <= most:
            lines[-1] += INDENT + item
        else:
            lines.append(item)
    return lines


def paragraph(text: str, most: int | None) -> list[str]:
    """One line of text as lines of at most `most` columns, broken between words only; None: whole."""
    return [text] if most is None or width(text) <= most else broken(text, most)


def sentence(text: str, most: int | None) -> list[str]:
    """As `paragraph`, for what ends in a command to be copied: that stands whole on a line of its own, or
    goes on after a backslash as a shell reads it."""
    found = re.match(COMMAND, text)
    if most is None or width(text) <= most or found is None:
        return paragraph(text, most)
    lines = paragraph(found["command"], max(most - len(INDENT) - 2, 1))
    return [
        *(paragraph(found["before"], most) if found["before"] else ()),
        *(f"{INDENT}{line} \\" for line in lines[:-1]),
        INDENT + lines[-1],
    ]
