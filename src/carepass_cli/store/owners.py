"""Whose a row is, as of a day: what a merge of two accounts moved is, on the days before it, whose it was.

A query as of such a day (its parameter `today`) is put behind tables of the same names that say so. It costs
nothing where no merge is later than the day asked about.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

# The tables whose rows a merge moves.
MOVED = (
    "assignment",
    "cart_line",
    "completion",
    "confirmation_token",
    "leave",
    "registration",
    "submission",
    "waiver",
)
LAST_MERGE = "SELECT MAX(merged_on) FROM merged_row"


class Owners:
    """Of one connection: `last_merge` reads the newest day of a merge, `schema` is where the tables lie."""

    def __init__(self, last_merge: Callable[[], object], schema: str) -> None:
        self._read = last_merge
        self._schema = schema
        self._last_merge: str | None = None

    def as_of(self, sql: str, params: Mapping[str, object]) -> str:
        """The query as it is to be run for its day."""
        if "today" not in params:
            return sql
        if self._last_merge is None:
            self._last_merge = str(self._read() or "")
        return sql if str(params["today"]) >= self._last_merge else _with_owners(sql, self._schema)


@lru_cache(maxsize=64)
def _with_owners(sql: str, schema: str) -> str:
    words = set(re.findall(r"\w+", sql))
    tables = [_owned(table, schema) for table in MOVED if table in words]
    head, _, rest = sql.lstrip().partition(" ")
    own = f", {rest}" if head.upper() == "WITH" else sql
    return f"WITH {', '.join(tables)} {own}" if tables else sql


def _owned(table: str, schema: str) -> str:
    """A table as it was on `:today`: the rows that were moved by then or never, and those moved since."""
    from carepass_cli.store.records import table_of
    from carepass_cli.store.rows.tables import row_class

    kind = table_of(row_class(table))
    later = f"m.table_name = '{table}' AND m.merged_on > :today"
    columns = {column: f'o."{column}"' for column in kind.columns}
    moved = {**columns, "account_id": "m.account_id"}
    return f"""{table} AS NOT MATERIALIZED (
        SELECT {", ".join(columns.values())} FROM {schema}."{table}" o
        WHERE NOT EXISTS (SELECT 1 FROM merged_row m WHERE {later} AND m.row_id = o.{kind.key})
        UNION ALL SELECT {", ".join(moved.values())} FROM merged_row m
        JOIN {schema}."{table}" o ON o.{kind.key} = m.row_id
        WHERE {later} AND NOT EXISTS (
            SELECT 1 FROM merged_row e WHERE e.table_name = '{table}' AND e.row_id = m.row_id
            AND e.merged_on > :today AND (e.merged_on, e.id) < (m.merged_on, m.id)
        )
    )"""
