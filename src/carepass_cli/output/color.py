"""Colours of statuses. Each is said in words (or by a mark); the colour only repeats it."""

import re
from collections.abc import Mapping

from carepass_cli.errors import UsageError

# Of the fixed 256 and not of a terminal's own sixteen, whose yellow and green cannot be read on white: these
# stand out from white as from black.
RED, BROWN, GREEN = 160, 130, 28
COLOURS = {
    "expired": RED,
    "overdue": RED,
    "lapsed": RED,
    "rejected": RED,
    "failed": RED,
    "late": RED,
    "not-cleared": RED,
    "expiring": BROWN,
    "pending": BROWN,
    "submitted": BROWN,
    "valid": GREEN,
    "approved": GREEN,
    "completed": GREEN,
    "confirmed": GREEN,
    "cleared": GREEN,
}


# A status, and the day that belongs to it: a cell of the training matrix.
DATED = r"([a-z-]+) \d{4}-\d{2}-\d{2}"


def painted(text: str, value: str) -> str:
    """`text` in the colour of the status that `value` is, alone or with its day; else as it is. Blanks
    around it stay as they are."""
    dated = re.fullmatch(DATED, value)
    colour = COLOURS.get(dated[1] if dated else value)
    word = text.strip()
    return text.replace(word, f"\x1b[38;5;{colour}m{word}\x1b[0m") if colour and word else text


def bold(text: str) -> str:
    """`text` as a header."""
    return f"\x1b[1m{text}\x1b[0m"


def wants_color(color: str | None, no_color: bool, environ: Mapping[str, str], *, terminal: bool) -> bool:
    """Whether to colour: the options say so, else the environment, else only a terminal is coloured. Raises
    UsageError for options that contradict each other."""
    if no_color and color in ("auto", "always"):
        raise UsageError(f"--no-color and --color {color} contradict each other.", "Give one of them.")
    if no_color or color == "never":
        return False
    if color == "always":
        return True
    if color is None and environ.get("NO_COLOR"):
        return False
    forced = environ.get("FORCE_COLOR") or environ.get("CLICOLOR_FORCE") or "0"
    return terminal or (color is None and forced != "0")
