"""The tables themselves, whatever the day: rows that a write begins from, and how many there are."""

from datetime import date
from typing import Any, TypeVar

from carepass_cli.store.port import quoted
from carepass_cli.store.queries.asof import not_over
from carepass_cli.store.reader import Reader
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.log import Counter

R = TypeVar("R", bound=tuple[Any, ...])


def rows_where(reader: Reader, kind: type[R], condition: str, order: str = "", **params: object) -> list[R]:
    """The rows of a table that meet an SQL condition, in the order of their keys, or another one."""
    table = table_of(kind)
    sql = f"""
        SELECT {quoted(table.columns)} FROM "{table.name}" WHERE {condition} ORDER BY {order or table.key}
    """
    return list(reader.select(kind, sql, **params))


def versions_from(reader: Reader, kind: type[R], on: date, **entity: int) -> list[R]:
    """The versions of an entity (by its columns) that hold on a day or later, in their order."""
    return rows_where(reader, kind, f"{_is(entity)} AND {not_over('', ':on')}", "from_on", on=on, **entity)


def last_ended(reader: Reader, kind: type[R], today: date, **entity: int) -> R | None:
    """The version of an entity that ended last, by today."""
    ended = f"{_is(entity)} AND until_on > from_on AND until_on <= :today"
    return next(iter(rows_where(reader, kind, ended, "until_on DESC", today=today, **entity)), None)


def find_counter(reader: Reader, name: str) -> Counter | None:
    """What counts the numbers of this name, where any was given."""
    return next(iter(rows_where(reader, Counter, "name = :name", name=name)), None)


def count_rows(reader: Reader, table: str) -> int:
    """How many rows a table has."""
    (count,) = reader.values(f'SELECT COUNT(*) FROM "{table}"')
    return int(count)


def server_size(reader: Reader) -> int:
    """The bytes of the database on a server."""
    (size,) = reader.values("SELECT pg_database_size(current_database())")
    return int(size)


def _is(entity: dict[str, int]) -> str:
    return " AND ".join(f"{column} = :{column}" for column in entity)
