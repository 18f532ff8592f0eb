"""The rows of a table in the order asked for, and no more of them than asked for."""

import re
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import islice

from carepass_cli.errors import UsageError
from carepass_cli.rules.fields import folded

Rows = Iterable[Sequence[object]]
DIGITS = re.compile(r"(\d+)")


def sorted_rows(rows: Rows, columns: Sequence[str], keys: str) -> Rows:
    """`rows` by `keys`: names of columns, with commas, each with `-` before it for the other way round. What
    is absent comes last either way. Raises UsageError for a key that is no column."""
    ordered = list(rows)
    for key in reversed(_names(keys)):
        name = key.removeprefix("-")
        if name not in columns:
            raise UsageError(
                f"There is no key '{name[:40]}' to sort by.", f"Use one of: {', '.join(columns)}."
            )
        at = columns.index(name)
        there = [row for row in ordered if row[at] is not None]
        absent = [row for row in ordered if row[at] is None]
        there.sort(key=lambda row: _rank(row[at]), reverse=key.startswith("-"))
        ordered = there + absent
    return ordered


def limited(rows: Rows, most: int, *, last: bool) -> tuple[Rows, bool]:
    """The first `most` rows (or the last ones), and whether there are more."""
    if last:
        kept = deque(rows, maxlen=most + 1)
        more = len(kept) > most
        return list(kept)[1 if more else 0 :], more
    found = list(islice(rows, most + 1))
    return found[:most], len(found) > most


def _names(keys: str) -> list[str]:
    names = [name.strip() for name in keys.split(",") if name.strip()]
    if not names:
        raise UsageError("--sort names no key.", "Name one or more, as in --sort last_name,-expires_on")
    return names


def _rank(value: object) -> tuple[object, ...]:
    """Numbers by their size, texts without accents and case, digits inside them by their size."""
    if isinstance(value, bool | int | float):
        return (0, value)
    if not isinstance(value, str):
        return (1, str(value))
    parts = DIGITS.split(folded(value))
    return (2, *((1, int(part)) if index % 2 else (0, part) for index, part in enumerate(parts)))
