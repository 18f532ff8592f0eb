"""PostgreSQL behind the same two doors. Imported only where `--db` names a server."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from carepass_cli.errors import CarepassError, MissingExtra, StoreUnavailable
from carepass_cli.store.location import check_revision, lock_wait, server_url, shown_location
from carepass_cli.store.reader import Row

# One writer at a time, as on SQLite: the audit chain has one end. Any number that is ours alone.
WRITE_LOCK = 0x43504153
# The server asks for another try: serialization failure, deadlock.
CONFLICTS = ("40001", "40P01")
# The connection went away, or the server is just starting.
LOST = ("08", "57P01", "57P02", "57P03", "57P05", "25P03")
NO_TABLE = "42P01"

LOCK = text(
    """
    SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:lock),
           CAST(pg_current_xact_id() AS TEXT)
    """
)

FAILURES = {
    "55P03": ("store-locked", "is locked by another program", "Wait for it to finish and try again."),
    "25006": ("store-read-only", "is read-only", "Use the server that takes writes."),
    "42501": ("store-unreadable", "refuses this user", "Ask for rights on the database."),
    "53100": ("store-full", "has no room left on its disk", "Free some space; nothing was written."),
}


class ServerReader:
    """Reads through SQLAlchemy's `text()`, in one read-only transaction: all of a run sees one moment."""

    def __init__(self, db: str) -> None:
        self._where = shown_location(db)
        try:
            self._connection = open_server(db).connect().execution_options(stream_results=True)
            self._connection.exec_driver_sql(
                "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY",
                execution_options={"stream_results": False},
            )
            check_server(self._connection, self._where)
        except DBAPIError as error:
            raise unreachable(error, self._where) from error

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """The rows, as a stream; dates as ISO text."""
        try:
            yield from server_rows(self._connection, sql, params)
        except DBAPIError as error:
            raise unreachable(error, self._where) from error

    def close(self) -> None:
        """End the transaction and the connection."""
        self._connection.close()


def server_rows(connection: Connection, sql: str, params: dict[str, object]) -> Iterator[Row]:
    """Run a query of the read side on a server's connection."""
    for row in connection.execute(text(sql), params):
        yield tuple(_iso(value) for value in row)


def take_lock(connection: Connection) -> str:
    """Wait for the one writer's place, until the transaction ends; returns the transaction's number."""
    params = {"wait": f"{int(lock_wait() * 1000) or 1}ms", "lock": WRITE_LOCK}
    return str(connection.execute(LOCK, params).one()[2])


def open_server(db: str) -> Engine:
    """An engine for `--db postgresql+psycopg://...`. Raises MissingExtra without the driver."""
    try:
        return create_engine(
            server_url(db), poolclass=NullPool, pool_reset_on_return=None, hide_parameters=True
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise MissingExtra("postgres", "A store on PostgreSQL") from None


def create_on_server(db: str) -> bool:
    """Create the tables, or bring them up to date; one process at a time. False where nothing was missing."""
    from carepass_cli.store.migrate import migrate

    try:
        with open_server(db).begin() as connection:
            take_lock(connection)
            before = revision_of(connection)
            migrate(connection)
            return before != revision_of(connection)
    except DBAPIError as error:
        raise unreachable(error, shown_location(db)) from error


def copy_rows(
    connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> int:
    """Insert rows by COPY, in the connection's transaction; returns how many. Dates may be ISO text.

    Raises the DBAPIError that the server answers.
    """
    import psycopg

    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    named = ", ".join(f'"{column}"' for column in columns)
    count = 0
    try:
        with driver.cursor() as cursor, cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
            for count, row in enumerate(rows, 1):  # noqa: B007
                copy.write_row(row)
    except psycopg.Error as error:
        lost = driver.closed
        if lost:
            connection.invalidate(error)
        raise DBAPIError.instance(
            None, None, error, psycopg.Error, hide_parameters=True, connection_invalidated=lost
        ) from error
    return count


def check_server(connection: Connection, where: str) -> None:
    """Raise StoreUnavailable unless the database holds a store of this program's schema; a DBAPIError
    (`NO_TABLE`) where it holds none."""
    check_revision(connection.execute(text("SELECT version_num FROM alembic_version")).scalar(), where)


def revision_of(connection: Connection) -> str | None:
    """The schema that is there; None where there is no store."""
    if not connection.execute(text("SELECT to_regclass('alembic_version')")).scalar():
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def unreachable(error: DBAPIError, where: str) -> CarepassError | DBAPIError:
    """The StoreUnavailable that a server's error means; the error itself where it is our own mistake."""
    state = sqlstate(error)
    if state == NO_TABLE and "alembic_version" in str(error.orig):
        return StoreUnavailable(
            f"There is no store at {where}.", "Create it: carepass --db URL init", code="store-missing"
        )
    if state is None or is_lost(error) or state in CONFLICTS:
        lines = str(error.orig).strip().splitlines()
        return StoreUnavailable(
            f"The store {where} cannot be reached: {lines[0] if lines else 'no answer'}.",
            "Check that the server runs, the database exists and the URL is right.",
        )
    for prefix, (code, fact, hint) in FAILURES.items():
        if state.startswith(prefix):
            return StoreUnavailable(f"The store {where} {fact}.", hint, code=code)
    return error


def is_lost(error: DBAPIError) -> bool:
    """Whether the connection went away, or the server is just starting."""
    state = sqlstate(error)
    return error.connection_invalidated or (state is not None and state.startswith(LOST))


def sqlstate(error: DBAPIError) -> str | None:
    """The code that the server gave for an error; None where it gave none."""
    return getattr(error.orig, "sqlstate", None)


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
