"""PostgreSQL behind the same doors. Imported only where `--db` names a server."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any, TypeVar

from carepass_cli.errors import CarepassError, MissingExtra, StoreUnavailable, UsageError
from carepass_cli.store.location import (
    KNOWN_REVISIONS,
    SCHEMA_HEAD,
    check_revision,
    lock_wait,
    server_url,
    shown_location,
)
from carepass_cli.store.owners import LAST_MERGE, Owners
from carepass_cli.store.port import quoted
from carepass_cli.store.reader import Row
from carepass_cli.store.records import Cursor, read_records
from carepass_cli.store.server_schema import PASSING, SCHEMA, VERSION_TABLE, check_shape, read_revision

try:
    import psycopg
except ModuleNotFoundError:
    raise MissingExtra("postgres", "A store on PostgreSQL") from None

if TYPE_CHECKING:
    Connection = psycopg.Connection[tuple[Any, ...]]

R = TypeVar("R", bound=tuple[Any, ...])

# Looked through first is where nobody but the server's owner creates anything; passing tables, which another
# user of a pooled connection may have left, come last.
SEARCH_PATH = f"pg_catalog, {SCHEMA}, {PASSING}"
# The server asks for another try: serialization failure, deadlock.
CONFLICTS = ("40001", "40P01")
# The connection went away, or the server is just starting.
LOST = ("08", "57P01", "57P02", "57P03", "57P05", "25P03")
NO_TABLE, NO_SCHEMA = "42P01", "3F000"
# Rows that the server hands over at a time.
AT_A_TIME = 2000
# The types of a day and of an instant (`pg_type`), which are made text.
DAYS = (1082, 1114, 1184)

FAILURES = {
    "55P03": ("store-locked", "is locked by another program", "Wait for it to finish and try again."),
    "25006": ("store-read-only", "is read-only", "Use the server that takes writes."),
    "42501": ("store-unreadable", "refuses this user", "Ask for rights on the database."),
    "53100": ("store-full", "has no room left on its disk", "Free some space; nothing was written."),
    "53": ("store-unavailable", "has no memory or no connections left", "Nothing was written. Try again."),
    "57014": ("store-unavailable", "stopped what took too long", "Nothing was written. Try again later."),
    "58": ("store-unavailable", "cannot read or write its files", "Its log says more; ask who keeps it."),
    "XX001": ("store-damaged", "has damaged pages", "Its log says more; ask who keeps it for a backup."),
    "XX002": ("store-damaged", "has a damaged index", "Its log says more; who keeps it can REINDEX."),
}


class ServerPort:
    """A connection of psycopg, inside a transaction."""

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self._owners = Owners(self._last_merge, SCHEMA)

    def execute(self, sql: str, params: Mapping[str, object]) -> Cursor:
        return self.run(self.connection.cursor(), sql, params)

    def run(self, cursor: Any, sql: str, params: Mapping[str, object]) -> Cursor:
        """As `execute`, on a cursor of the caller's."""
        cursor.execute(_percent(self._owners.as_of(sql, params)), dict(params))
        return cursor  # type: ignore[no-any-return]

    def _last_merge(self) -> object:
        row = self.connection.execute(LAST_MERGE.encode()).fetchone()
        return row[0] if row else None

    def change(self, sql: str, params: Mapping[str, object]) -> int:
        return self.connection.execute(_percent(sql), dict(params)).rowcount

    def change_each(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        with self.connection.cursor() as cursor:
            cursor.executemany(sql.replace("%", "%%").replace("?", "%s").encode(), rows)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        statement = f'COPY "{table}" ({quoted(columns)}) FROM STDIN'.encode()
        with self.connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def overwrite_deleted(self) -> tuple[str, ...]:
        return (
            "The server keeps old rows and statistics in its files until its owner runs, in this database: "
            "ANALYZE; VACUUM FULL. Its log, and the archive of that, keep them as long as they are kept.",
        )

    def next_keys(self, table: str, count: int) -> list[int]:
        sql = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
        return [int(row[0]) for row in self.connection.execute(sql, (f"{SCHEMA}.{table}", count))]

    def resume_keys(self) -> None:
        from carepass_cli.store.records import table_of
        from carepass_cli.store.rows.tables import TABLES, row_class

        for name in TABLES:
            if table_of(row_class(name)).is_counted:
                sql = f"""
                    SELECT setval(pg_get_serial_sequence('{SCHEMA}.{name}', 'id'), MAX(id))
                    FROM "{name}" HAVING COUNT(*) > 0
                """
                self.execute(sql, {})

    def listed(self, name: str, columns: Mapping[str, str]) -> str:
        several = len(columns) > 1
        parts = [f"value ->> {at}" if several else "value #>> '{}'" for at in range(len(columns))]
        named = ", ".join(
            f"CAST({part} AS {kind}) AS {column}"
            for part, (column, kind) in zip(parts, columns.items(), strict=True)
        )
        return f"(SELECT {named} FROM jsonb_array_elements(CAST(:{name} AS JSONB)) AS each(value))"


class ServerReader:
    """Reads in one read-only transaction: all of a run sees one moment."""

    def __init__(self, connection: "Connection", where: str) -> None:
        self.connection = connection
        self._where = where
        self._port = ServerPort(connection)
        self._cursors = 0

    def select(self, kind: type[R], sql: str, **params: object) -> Iterator[R]:
        with self._told(), self._streamed(sql, params) as cursor:
            yield from read_records(kind, cursor)

    def values(self, sql: str, **params: object) -> Iterator[Any]:
        return (value for (value,) in self.rows(sql, **params))

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        with self._told(), self._streamed(sql, params) as cursor:
            if any(column.type_code in DAYS for column in cursor.description):
                yield from (tuple(map(_iso, row)) for row in cursor)
            else:
                yield from cursor

    def listed(self, name: str, **columns: str) -> str:
        return self._port.listed(name, columns)

    def close(self) -> None:
        """End the transaction and the connection."""
        self.connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise unreachable(error, self._where) from error

    @contextmanager
    def _streamed(self, sql: str, params: Mapping[str, object]) -> Iterator[Cursor]:
        """A cursor on the server: the rows come as they are asked for."""
        self._cursors += 1
        with self.connection.cursor(f"carepass_{self._cursors}") as cursor:
            self._port.run(cursor, sql, params)
            yield _Fetching(cursor)


class _Fetching:
    """A cursor on the server, whose rows are fetched some at a time: quicker than one by one."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.description = cursor.description

    def __iter__(self) -> Iterator[Row]:
        while some := self._cursor.fetchmany(AT_A_TIME):
            yield from some


def open_server(db: str) -> ServerReader:
    """Open the store on a server for reading. Raises StoreUnavailable where it cannot be used."""
    where = shown_location(db)
    try:
        connection = connect(db)
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        use_schema(connection)
        check_server(connection, db)
    except psycopg.Error as error:
        raise unreachable(error, where) from error
    return ServerReader(connection, where)


def connect(db: str) -> "Connection":
    """A connection to `--db postgresql://...`; transactions are begun by whoever uses it."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    url = server_url(db).replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        if has_standby(db) and "target_session_attrs" not in conninfo_to_dict(url):
            # The host that takes writes, for reads, too: a standby may lag behind.
            url = make_conninfo(url, target_session_attrs="read-write")
        conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise UsageError(
            f"The URL {shown_location(db)} is not understood.",
            "Write it as postgresql://user@host:5432/database; what is special in a password as %HH.",
        ) from None
    return psycopg.connect(
        url,
        autocommit=True,
        # Prepared statements are lost behind a pooler that shares connections between transactions.
        prepare_threshold=None,
    )


def has_standby(db: str) -> bool:
    """Whether the URL names several hosts: one takes over when another goes away."""
    from psycopg.conninfo import conninfo_to_dict

    url = server_url(db).replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        return "," in str(conninfo_to_dict(url).get("host", ""))
    except psycopg.ProgrammingError:  # told by the one who connects
        return False


def use_schema(connection: "Connection") -> None:
    """In this transaction names mean the server's own things, then the store's; a day is ISO text."""
    sql = """
        SELECT pg_catalog.set_config('search_path', %s, true), pg_catalog.set_config('datestyle', 'ISO', true)
    """
    connection.execute(sql, (SEARCH_PATH,))


def take_lock(connection: "Connection") -> str:
    """Wait for the one writer's place, until the transaction ends; returns the transaction's number.

    One writer at a time, as on SQLite: the audit chain has one end. What is locked is a table of the store's,
    which nobody can lock who may not write to it.
    """
    wait = f"{int(lock_wait() * 1000) or 1}ms"
    connection.execute("SELECT set_config('lock_timeout', %s, true)", (wait,))
    connection.execute("LOCK TABLE write_lock IN EXCLUSIVE MODE")
    row = connection.execute("SELECT CAST(pg_current_xact_id() AS TEXT)").fetchone()
    assert row is not None
    return str(row[0])


def create_on_server(db: str) -> bool:
    """Create the store's schema with its tables. False where it is there already.

    Two processes that would create it both try, and one of them is refused by the server.
    """
    where = shown_location(db)
    try:
        try:
            with connect(db) as connection, connection.transaction():
                return make_schema(connection, db)
        except (
            psycopg.errors.UniqueViolation,
            psycopg.errors.DuplicateTable,
            psycopg.errors.DuplicateObject,
        ):
            # Another process was first, or somebody has laid something of the same name there.
            with connect(db) as connection, connection.transaction():
                use_schema(connection)
                check_shape(connection, where, partial(connect, db))
            return False
    except psycopg.Error as error:
        raise unreachable(error, where) from error


def make_schema(connection: "Connection", db: str) -> bool:
    """Make the schema with its tables, in the transaction under way. False where it is there already. Raises
    StoreUnavailable: `store-outdated` where a store of version 0.1 waits to be upgraded, `store-damaged`
    where there is something in the schema that carepass did not make."""
    if has_store(connection):
        use_schema(connection)
        check_server(connection, db)
        return False
    if find_released(connection) is not None:
        check_revision(KNOWN_REVISIONS[0], shown_location(db))
    make_tables(connection, db)
    return True


def make_tables(connection: "Connection", db: str) -> None:
    """Make the schema and its tables where there are none, in the transaction under way. Raises
    StoreUnavailable (`store-damaged`) where somebody made the schema before and has laid something there."""
    from carepass_cli.store.ddl import read_ddl

    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
    # Tables are made in the first schema of the path.
    connection.execute(f"SET LOCAL search_path = {SCHEMA}, pg_catalog")
    connection.execute(read_ddl("postgresql").encode())
    use_schema(connection)
    check_server(connection, db)


def find_released(connection: "Connection") -> str | None:
    """The schema in which a store of version 0.1 lies: the first that names were looked up in, `public` as a
    rule. None where there is none that was not upgraded, or where it belongs to somebody whom we do not act
    for: tables that others laid there are no store."""
    sql = """
        SELECT n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relname = 'alembic_version' AND c.relkind = 'r'
        AND n.nspname = ANY (pg_catalog.current_schemas(false))
        AND n.nspname <> %s AND pg_catalog.pg_has_role(c.relowner, 'USAGE')
        ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname) LIMIT 1
    """
    # Names are still looked up as the database has it: every function is named with its schema.
    found = connection.execute(sql, (SCHEMA,)).fetchone()
    if found is None:
        return None
    row = connection.execute(f'SELECT version_num FROM "{found[0]}".alembic_version').fetchone()
    return str(found[0]) if row is not None and row[0] != SCHEMA_HEAD else None


def refuse_released(db: str) -> None:
    """Raise StoreUnavailable (`store-outdated`) where the database has a store of version 0.1 alone."""
    with connect(db) as connection:
        if find_released(connection) is not None:
            check_revision(KNOWN_REVISIONS[0], shown_location(db))


def check_server(connection: "Connection", db: str) -> None:
    """Raise StoreUnavailable unless the database holds a store of this program's schema, and nothing
    beside it in there. Names must be looked up as `use_schema` has it."""
    where = shown_location(db)
    if not check_shape(connection, where, partial(connect, db)):
        refuse_released(db)
        raise no_store(where)
    check_revision(read_revision(connection, where), where)


def has_store(connection: "Connection") -> bool:
    """Whether there is a store of this version, or what looks like one."""
    row = connection.execute("SELECT pg_catalog.to_regclass(%s)", (f"{SCHEMA}.{VERSION_TABLE}",)).fetchone()
    return row is not None and row[0] is not None


def unreachable(error: "psycopg.Error", where: str) -> CarepassError | psycopg.Error:
    """The StoreUnavailable that a server's error means; the error itself where it is our own mistake."""
    state = error.sqlstate
    if is_missing(error):
        return no_store(where)
    if isinstance(error, psycopg.DataError) and state is None:  # the driver has no such value
        return StoreUnavailable(
            f"The store {where} has a value that is none: {error}.",
            "See where: carepass store check --full",
            code="store-damaged",
        )
    if state is None or is_lost(error) or state in CONFLICTS:
        if isinstance(error, psycopg.ProgrammingError):
            return error
        lines = str(error).strip().splitlines()
        return StoreUnavailable(
            f"The store {where} cannot be reached: {lines[0] if lines else 'no answer'}.",
            "Check that the server runs, the database exists and the URL is right.",
        )
    for prefix, (code, fact, hint) in FAILURES.items():
        if state.startswith(prefix):
            return StoreUnavailable(f"The store {where} {fact}.", hint, code=code)
    return error


def no_store(where: str) -> StoreUnavailable:
    """The error for a database without a store."""
    return StoreUnavailable(
        f"There is no store at {where}.", "Create it: carepass --db URL init", code="store-missing"
    )


def is_missing(error: "psycopg.Error") -> bool:
    """Whether the database has no store."""
    return error.sqlstate == NO_SCHEMA or (error.sqlstate == NO_TABLE and "write_lock" in str(error))


def is_lost(error: "psycopg.Error") -> bool:
    """Whether the connection went away, or the server is just starting."""
    state = error.sqlstate
    broken = state is None and isinstance(error, psycopg.OperationalError)
    return broken or (state is not None and state.startswith(LOST))


@lru_cache(maxsize=256)
def _percent(sql: str) -> bytes:
    """The statement with its `:name` parameters as the driver writes them."""
    return re.sub(r"(?<![:\w]):([a-z_]\w*)", r"%(\1)s", sql.replace("%", "%%")).encode()


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
