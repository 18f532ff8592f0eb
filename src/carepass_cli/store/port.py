"""What the store asks of a database driver, and `sqlite3` as the first of the two that answer.

SQL is portable and has `:name` parameters. Each method is one round to the driver, in the transaction that
is under way.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from carepass_cli.store.owners import LAST_MERGE, Owners
from carepass_cli.store.records import Cursor
from carepass_cli.store.sweeping import ERASURE, TO_DO


class Port(Protocol):
    """A connection of one engine."""

    def execute(self, sql: str, params: Mapping[str, object]) -> Cursor:
        """Run one statement; of a query the cursor yields the rows, as they were on the day `today` among its
        parameters (`store.owners`)."""
        ...

    def change(self, sql: str, params: Mapping[str, object]) -> int:
        """Run one statement that writes; returns how many rows it changed."""
        ...

    def change_each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement that writes once for each of the rows, whose values its `?` take in order."""
        ...

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Insert rows, each with its values in the order of `columns`; dates are ISO text."""
        ...

    def overwrite_deleted(self) -> tuple[str, ...]:
        """What is deleted in this transaction is to leave the files, too, once it is committed. Returns what
        a person has to do about it on this engine."""
        ...

    def next_keys(self, table: str, count: int) -> range | list[int]:
        """`count` keys of a table that were never given before, ascending."""
        ...

    def resume_keys(self) -> None:
        """Have the keys of all tables go on after those of rows that were carried here with theirs."""
        ...

    def listed(self, name: str, columns: Mapping[str, str]) -> str:
        """SQL for a table of what the parameter `name` holds: a JSON array (`json_array`) of values, or of
        arrays of them where there are several `columns`; those are the columns' names and SQL types."""
        ...


def json_array(values: Iterable[object]) -> str:
    """The JSON of an array, for a parameter that a `listed` table reads. Dates become ISO text."""
    return json.dumps(list(values), separators=(",", ":"), default=str)


def quoted(names: Iterable[str]) -> str:
    """Column names as SQL lists them."""
    return ", ".join(f'"{name}"' for name in names)


class SqlitePort:
    """A connection of the standard library."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._owners = Owners(lambda: connection.execute(LAST_MERGE).fetchone()[0], "main")

    def execute(self, sql: str, params: Mapping[str, object]) -> sqlite3.Cursor:
        return self.connection.execute(self._owners.as_of(sql, params), _plain(params))

    def change(self, sql: str, params: Mapping[str, object]) -> int:
        return self.connection.execute(sql, _plain(params)).rowcount

    def change_each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        self.connection.executemany(sql, rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        marks = ", ".join("?" * len(columns))
        self.connection.executemany(f'INSERT INTO "{table}" ({quoted(columns)}) VALUES ({marks})', rows)

    def overwrite_deleted(self) -> tuple[str, ...]:
        self.connection.execute("PRAGMA secure_delete=ON")
        self.connection.execute(
            "INSERT INTO note (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (ERASURE, TO_DO)
        )
        return ()

    def next_keys(self, table: str, count: int) -> range:
        row = self.connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        first = (row[0] if row else 0) + 1
        return range(first, first + count)

    def resume_keys(self) -> None:
        """SQLite looks at the rows themselves."""

    def listed(self, name: str, columns: Mapping[str, str]) -> str:
        several = len(columns) > 1
        values = [f"json_extract(value, '$[{at}]')" if several else "value" for at in range(len(columns))]
        named = ", ".join(f"{value} AS {column}" for value, column in zip(values, columns, strict=True))
        return f"(SELECT {named} FROM json_each(:{name}))"


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters as SQLite keeps them: a day as ISO text."""
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in params.items()
    }
