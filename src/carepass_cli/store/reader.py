"""The store as queries see it: portable SQL with `:name` parameters in, typed records out."""

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

Row = tuple[Any, ...]
R = TypeVar("R", bound=tuple[Any, ...])


class Reader(Protocol):
    """Runs queries, in a unit of work or outside of one."""

    def select(self, kind: type[R], sql: str, **params: object) -> Iterator[R]:
        """The rows as records of `kind`, by name, as a stream."""
        ...

    def values(self, sql: str, **params: object) -> Iterator[Any]:
        """What a query of one column yields, as a stream; dates as ISO text."""
        ...

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """The rows as they are, as a stream; dates as ISO text."""
        ...

    def listed(self, name: str, **columns: str) -> str:
        """SQL for a table of what the parameter `name` holds: a JSON array (`port.json_array`) of values, or
        of arrays of them where there are several `columns`; those are the columns' names and SQL types."""
        ...
