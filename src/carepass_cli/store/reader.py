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
