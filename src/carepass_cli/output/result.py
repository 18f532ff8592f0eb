"""What a command returns. It knows columns and values, not how they will look."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any


class Table:
    """Rows under named columns; the rows may be a stream and are read once.

    `shown` are the columns of the human table (all by default); `notes` are printed under that
    table, and `absent` stands in it for None; `files` are the outputs beyond the common ones, each a
    function from the rows to the file's content; `empty_said` is said on stderr where there is no row;
    `said_after` is said on stderr after the rows; `then` is raised after printing where there is a row.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        shown: Sequence[str] = (),
        notes: Sequence[str] = (),
        absent: str = "",
        files: Mapping[str, Callable[[Any], bytes]] | None = None,
        empty_said: str = "",
        said_after: Sequence[str] = (),
        then: Exception | None = None,
    ) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.shown = tuple(shown) or self.columns
        self.notes = tuple(notes)
        self.absent = absent
        self.files = dict(files or {})
        self.empty_said = empty_said
        self.said_after = tuple(said_after)
        self.then = then

    def is_empty(self) -> bool:
        """Whether there is no row. Looks at the first one; none is lost."""
        rows = iter(self.rows)
        first = next(rows, None)
        self.rows = () if first is None else chain((first,), rows)
        return first is None


class Report(Table):
    """A table for cron, which mails whatever is printed: with --quiet and no row it is nothing at all."""


class Item:
    """One object: what `show` prints. `told` stands for it in the human table."""

    def __init__(
        self,
        values: Mapping[str, object],
        notes: Sequence[str] = (),
        *,
        told: Mapping[str, object] | None = None,
    ) -> None:
        self.values = dict(values)
        self.told = told
        self.notes = tuple(notes)


class Written:
    """What a write did: objects with `result` (`created`, `updated` or `unchanged`) first.

    `many` keeps the array in JSON for a command that writes several things, whatever their number;
    `said` are the lines for the person (what happens next); `shown` are the columns of the human table,
    and `told` stands in it for a single item; `then` is raised after printing.
    """

    def __init__(
        self,
        items: Iterable[Mapping[str, object]],
        *,
        many: bool = False,
        said: Sequence[str] = (),
        columns: Sequence[str] = (),
        shown: Sequence[str] = (),
        told: Mapping[str, object] | None = None,
        then: Exception | None = None,
    ) -> None:
        self.shown = tuple(shown)
        self.told = told
        self.items = [dict(item) for item in items]
        self.many = many
        self.said = tuple(said)
        self.columns = tuple(columns) or (tuple(self.items[0]) if self.items else ())
        self.then = then


Result = Table | Item | Written


def values_of(items: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[list[object]]:
    """The items as rows under `columns`; a key that an item lacks is None."""
    for item in items:
        yield [item.get(column) for column in columns]
