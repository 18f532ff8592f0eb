"""Rows by name: what a query yields as typed records, and typed rows as the store keeps them.

A record class is a NamedTuple whose fields are named as the query's columns. Inside the program a day is a
`date` and a yes-or-no a `bool`; SQLite keeps both as text and as 0 or 1, and a server gives them as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache, partial
from itertools import repeat
from marshal import dumps
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar

R = TypeVar("R", bound=tuple[Any, ...])

# Bytes of a row's digest, as `undo_step.digests` has them one after the other.
DIGEST_BYTES = 8
# The form of `marshal` that has no references and no interned strings: the same values, the same bytes.
MARSHAL_VERSION = 2


class Cursor(Protocol):
    """What a driver answers to a query."""

    @property
    def description(self) -> Any: ...
    def __iter__(self) -> Iterator[Any]: ...


def read_records(kind: type[R], cursor: Cursor) -> Iterator[R]:
    """The rows of `cursor` as records of `kind`. A field that the query lacks takes its default."""
    make = _maker(kind, tuple(column[0] for column in cursor.description))
    return map(make, cursor)


def rows_of(records: Iterable[object], columns: Sequence[str]) -> Iterator[tuple[object, ...]]:
    """Records as rows under `columns` (two or more of their names)."""
    return map(attrgetter(*columns), records)


@cache
def _maker(kind: Any, columns: tuple[str, ...]) -> Callable[[Sequence[Any]], Any]:
    """How a row under `columns` becomes a record. Raises TypeError where names do not fit."""
    fields = kind._fields
    if unknown := set(columns) - set(fields):
        raise TypeError(f"{kind.__name__} has no field {', '.join(sorted(unknown))}")
    if missing := set(fields) - set(columns) - set(kind._field_defaults):
        raise TypeError(f"{kind.__name__} lacks {', '.join(sorted(missing))}")
    # One expression, compiled once, as for a NamedTuple itself: there may be a million rows.
    at = {name: f"row[{place}]" for place, name in enumerate(columns)}
    for name in columns:
        if _is(kind, name, date):
            at[name] = f"day[{at[name]}]"
        elif _is(kind, name, bool):
            at[name] = f"flag[{at[name]}]"
    values = "".join(f"{at[name]}, " if name in at else f"default[{name!r}], " for name in fields)
    known = {
        "new": tuple.__new__,
        "kind": kind,
        "day": _DAYS,
        "flag": _FLAGS,
        "default": kind._field_defaults,
    }
    make: Callable[[Sequence[Any]], Any] = eval(f"lambda row: new(kind, ({values}))", known)  # noqa: S307
    return make


class _Days(dict[Any, date | None]):
    """The day of an ISO text, each made once; a day is itself, and None is None."""

    def __missing__(self, value: Any) -> date | None:
        day = self[value] = date.fromisoformat(value) if isinstance(value, str) else value
        return day


_DAYS = _Days()
_FLAGS = {0: False, 1: True, None: None}


def _is(kind: Any, field: str, sort: type) -> bool:
    """Whether a record's field holds values of the type `sort`, or None."""
    annotation = kind.__annotations__[field]
    return annotation is sort or annotation == sort | None


def table_of(kind: type[Any]) -> "TableOf":
    """The table that a class of `store.rows` stands for: `AccountVersion` is `account_version`."""
    table: TableOf = _table_of(kind)  # type: ignore[arg-type]
    return table


class TableOf(NamedTuple):
    """What is known of a row class's table: its name, its columns in the order of the class's fields, its
    key, where a row has its change (None: nowhere), and how a row is stored and digested. `covered` are the
    columns that the digest is of, `flags` those of a yes or no; `digests` takes rows of just the covered
    ones, and gives one digest after the other."""

    name: str
    columns: tuple[str, ...]
    key: str
    key_at: int
    change_at: int | None
    is_counted: bool
    dates: frozenset[str]
    flags: frozenset[str]
    covered: tuple[str, ...]
    stored: Callable[[Sequence[Any]], list[Any]]
    digest: Callable[[Sequence[Any]], bytes]
    digests: Callable[[Iterable[tuple[Any, ...]]], bytes]


@cache
def _table_of(kind: Any) -> TableOf:
    from carepass_cli.rules.hashes import blake2b  # only writes and proofs take digests

    hashed = partial(blake2b, digest_size=DIGEST_BYTES)
    columns = kind._fields
    # A key of a table's own is counted; one that it shares with another table comes first in the class.
    key = "id" if "id" in columns else columns[0]
    key_at = columns.index(key)
    dates = tuple(at for at, name in enumerate(columns) if _is(kind, name, date))
    flags = tuple(at for at, name in enumerate(columns) if _is(kind, name, bool))
    # What is of bytes has hashes of its own.
    covered = tuple(name for name in columns if not _is(kind, name, bytes))
    covered_at = [columns.index(name) for name in covered]

    def stored(row: Sequence[Any]) -> list[Any]:
        values = list(row)
        for at in dates:
            value = values[at]
            if value is not None and type(value) is not str:
                values[at] = value.isoformat()
        for at in flags:
            if values[at] is not None:
                values[at] = int(values[at])
        return values

    def digest(values: Sequence[Any]) -> bytes:
        if covered != columns:
            values = [values[at] for at in covered_at]
        return hashed(dumps(tuple(values), MARSHAL_VERSION)).digest()

    def digests(rows: Iterable[tuple[Any, ...]]) -> bytes:
        # As `digest`, in one expression without a call of ours: there may be millions.
        return b"".join(map(blake2b.digest, map(hashed, map(dumps, rows, repeat(MARSHAL_VERSION)))))

    name = re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()
    named_dates, named_flags = (frozenset(columns[at] for at in each) for each in (dates, flags))
    change_at = columns.index("change_id") if "change_id" in columns else None
    return TableOf(
        name,
        columns,
        key,
        key_at,
        change_at,
        key == "id",
        named_dates,
        named_flags,
        covered,
        stored,
        digest,
        digests,
    )
