"""The read door, as queries see it: SQL text in, plain rows out.

Dates come out as ISO text and go in as ISO text on both engines, so that a query reads the same on both.
"""

from collections.abc import Iterator
from typing import Any, Protocol

Row = tuple[Any, ...]


class Reader(Protocol):
    """Runs portable SQL with `:name` parameters."""

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """The rows, as a stream."""
        ...


class BatchReader(Reader, Protocol):
    """A reader that also looks many things up at once."""

    def given(self, name: str, **columns: str) -> str:
        """SQL for a table of what the parameter `name` holds: a JSON array of values (one column) or of
        arrays. `columns` are the columns' names and SQL types."""
        ...
