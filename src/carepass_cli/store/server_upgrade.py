"""Upgrading a store on a server: a store of version 0.1 lies among the database's other tables, as a rule in
`public`. Its rows are carried into the schema of this version in one transaction; the old tables stay."""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import dict_row

from carepass_cli.store.location import SCHEMA_HEAD, shown_location
from carepass_cli.store.server import (
    ServerPort,
    check_server,
    connect,
    find_released,
    has_store,
    make_tables,
    no_store,
    take_lock,
    unreachable,
    use_schema,
)
from carepass_cli.store.server_schema import DROP, SCHEMA, find_code, holds_released
from carepass_cli.store.shape import foreign_schema
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.upgrade import CHUNK, carry_rows

if TYPE_CHECKING:
    from carepass_cli.store.server import Connection

# Tables that are ours: what else lies there under such a name (a view, a foreign table) is code of others.
_TABLES = """
    SELECT c.relname AS name, c.relkind = 'r' AND pg_has_role(c.relowner, 'USAGE') AS is_ours
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = %s AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
"""


def upgrade_on_server(work: Work) -> bool:
    """Bring the store on a server up to date; False where it is already. The tables of version 0.1 stay as
    they are, but for the mark by which that program knows its schema: it refuses the store from then on.
    Raises StoreUnavailable where there is no store."""
    where = shown_location(work.db)
    try:
        with connect(work.db) as connection, connection.transaction():
            if has_store(connection) and holds_released(connection, where):
                schema = _set_aside(connection)
                work.say(f"The tables of version 0.1 stay in the schema {schema}, as it is called now.")
            elif has_store(connection):
                use_schema(connection)
                check_server(connection, work.db)
                return False
            elif (found := find_released(connection)) is not None:
                schema = found
            else:
                raise no_store(where)
            old = _OlderSchema(connection, schema)
            make_tables(connection, work.db)
            take_lock(connection)
            if what := find_code(connection, schema, old.tables):
                raise foreign_schema(where, what, DROP)
            unit = Unit(ServerPort(connection), work)
            carry_rows(old, unit)
            unit.finish()
            old.mark()
            return True
    except psycopg.Error as error:
        raise unreachable(error, where) from error


def _set_aside(connection: "Connection") -> str:
    """Give the schema that has the store's name, and a store of version 0.1, another one; returns that."""
    names = (f"{SCHEMA}_0_1{f'_{number}' if number else ''}" for number in count())
    taken = {name for (name,) in connection.execute("SELECT nspname FROM pg_catalog.pg_namespace").fetchall()}
    name = next(name for name in names if name not in taken)
    connection.execute(f"ALTER SCHEMA {SCHEMA} RENAME TO {name}".encode())
    return name


class _OlderSchema:
    """The tables of version 0.1, locked against writers until the transaction ends."""

    def __init__(self, connection: "Connection", schema: str) -> None:
        self.at = f'"{schema}".'
        self._connection = connection
        self._cursors = 0
        found: dict[str, bool] = dict(connection.execute(_TABLES, (schema,)).fetchall())
        self.tables = {name for name, is_ours in found.items() if is_ours}
        for name in sorted(self.tables):
            connection.execute(f'LOCK TABLE {self.at}"{name}" IN SHARE ROW EXCLUSIVE MODE'.encode())

    def columns(self, table: str) -> set[str]:
        if table not in self.tables:
            return set()
        cursor = self._connection.execute(f'SELECT * FROM {self.at}"{table}" LIMIT 0'.encode())
        return {column.name for column in cursor.description or ()}

    def rows(self, sql: str) -> Iterator[Mapping[str, Any]]:
        self._cursors += 1
        with self._connection.cursor(f"older_{self._cursors}", row_factory=dict_row) as cursor:
            cursor.itersize = CHUNK
            yield from cursor.execute(sql.encode())

    def mark(self) -> None:
        """Have version 0.1 refuse the store: it is a newer one now."""
        sql = f"UPDATE {self.at}alembic_version SET version_num = %s"
        self._connection.execute(sql.encode(), (SCHEMA_HEAD,))
