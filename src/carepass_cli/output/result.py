"""What a command returns. It knows columns and values, not how they will look."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple


class Talk(NamedTuple):
    """What a result says besides its data. `legend` stands above the human table and `notes` below it, on
    stdout. `empty` is said on stderr in place of a table without a row, `after` below the data: what to do
    next. `then` is raised when all is out; by a table only where it has a row."""

    legend: Sequence[str] = ()
    notes: Sequence[str] = ()
    empty: str = ""
    after: Sequence[str] = ()
    then: Exception | None = None


SILENCE = Talk()


class Table:
    """Rows under named columns; the rows may be a stream and are read once.

    `shown` are the most telling columns, which the human table has first (all by default); `absent` is what
    it has for None, by column; `files` are the outputs beyond the common ones, each a function from the rows
    to the file's content. `grouped` are columns that a terminal shows once for neighbours that are the same
    in all of them; `unmissed` are columns of which nothing is said where a terminal has no room for them:
    the notes say it. `bar` is a column of numbers beside which it has bars. `human` has columns as a terminal
    has them, more or in other words, each a function of a row's values by name. `drawing` draws it at a
    terminal in place of a table, from the rows, the style and where to write. `sentences` stand for the
    whole human table, a paragraph each. `newest_last`: of a list that is cut short and in no other order,
    the last rows are kept.
    """

    def __init__(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        *,
        shown: Sequence[str] = (),
        absent: Mapping[str, str] | None = None,
        files: Mapping[str, Callable[[Any], bytes]] | None = None,
        grouped: Sequence[str] = (),
        unmissed: Sequence[str] = (),
        newest_last: bool = False,
        bar: str = "",
        human: Mapping[str, Callable[[Mapping[str, Any]], object]] | None = None,
        drawing: Callable[[Any, Any, Any], None] | None = None,
        sentences: Sequence[str] = (),
        talk: Talk = SILENCE,
    ) -> None:
        self.columns = tuple(columns)
        self.rows = rows
        self.shown = tuple(shown) or self.columns
        self.absent = dict(absent or {})
        self.files = dict(files or {})
        self.grouped = tuple(grouped)
        self.unmissed = tuple(unmissed)
        self.newest_last = newest_last
        self.bar = bar
        self.human = dict(human or {})
        self.drawing = drawing
        self.sentences = sentences
        self.talk = talk

    def is_empty(self) -> bool:
        """Whether there is no row. Looks at the first one; none is lost."""
        rows = iter(self.rows)
        first = next(rows, None)
        self.rows = () if first is None else chain((first,), rows)
        return first is None


class Report(Table):
    """A table for cron, which mails whatever is printed: with --quiet and no row it is nothing at all."""


class Item:
    """One object: what `show` prints. `human` stands for it in the human table, or `sentences`, a paragraph
    each; `files` are the outputs beyond the common ones, each a function from the values to the file's
    content."""

    def __init__(
        self,
        values: Mapping[str, object],
        *,
        human: Mapping[str, object] | None = None,
        sentences: Sequence[str] = (),
        files: Mapping[str, Callable[[Any], bytes]] | None = None,
        talk: Talk = SILENCE,
    ) -> None:
        self.values = dict(values)
        self.human = human
        self.sentences = sentences
        self.files = dict(files or {})
        self.talk = talk


class Written:
    """What a write did: objects with `result` (`created`, `updated` or `unchanged`) first.

    `many` keeps the array in JSON for a command that writes several things, whatever their number; `shown`
    are the most telling columns, and `human` stands in the human table for a single item.
    """

    def __init__(
        self,
        items: Iterable[Mapping[str, object]],
        *,
        many: bool = False,
        columns: Sequence[str] = (),
        shown: Sequence[str] = (),
        human: Mapping[str, object] | None = None,
        talk: Talk = SILENCE,
    ) -> None:
        self.items = [dict(item) for item in items]
        self.many = many
        self.columns = tuple(columns) or (tuple(self.items[0]) if self.items else ())
        self.shown = tuple(shown)
        self.human = human
        self.talk = talk

    def add(self, key: str, value: object) -> None:
        """Put one more key behind the others of each item; one that an item has already stays."""
        self.items = [{**item, key: item.get(key, value)} for item in self.items]
        if key not in self.columns:
            self.columns = (*self.columns, key)


Result = Table | Item | Written


def in_human_words(table: Table, rows: Iterable[Sequence[object]]) -> tuple[tuple[str, ...], Any]:
    """The columns of a table as a terminal has them, and its rows under them."""
    if not table.human:
        return table.columns, rows
    columns = tuple(dict.fromkeys((*table.columns, *table.human)))

    def worded(row: Sequence[object]) -> list[object]:
        values = dict(zip(table.columns, row, strict=True))
        return [table.human[name](values) if name in table.human else values[name] for name in columns]

    return columns, map(worded, rows)


def values_of(items: Iterable[Mapping[str, object]], columns: Sequence[str]) -> Iterator[list[object]]:
    """The items as rows under `columns`; a key that an item lacks is None."""
    for item in items:
        yield [item.get(column) for column in columns]
