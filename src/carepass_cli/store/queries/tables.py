"""Rows of the tables themselves, whatever the day: what a write begins from."""

from datetime import date
from typing import Any, TypeVar

from carepass_cli.store.port import quoted
from carepass_cli.store.queries.asof import not_over
from carepass_cli.store.reader import Reader
from carepass_cli.store.records import table_of

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


def _is(entity: dict[str, int]) -> str:
    return " AND ".join(f"{column} = :{column}" for column in entity)
