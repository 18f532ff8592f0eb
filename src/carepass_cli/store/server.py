"""PostgreSQL behind the same two doors. Imported only where `--db` names a server."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.exc import DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.pool import NullPool

from carepass_cli.errors import CarepassError, MissingExtra, StoreUnavailable
from carepass_cli.store.location import check_revision, server_url, shown_location
from carepass_cli.store.reader import Row

T = TypeVar("T")

# One writer at a time, as on SQLite: the audit chain has one end. Any number that is ours alone.
WRITE_LOCK = 0x43504153
# Serialization failure, deadlock, and a connection that went away: nothing was committed, so run again.
RETRIED = ("40001", "40P01", "08006", "08003", "57P01")
ATTEMPTS = 5


class ServerReader:
    """Reads through SQLAlchemy's `text()`, in one read-only transaction."""

    def __init__(self, db: str) -> None:
        self._engine = open_server(db)
        self._where = shown_location(db)
        self._connection = self._connect()
        try:
            check_server(self._connection, self._where)
        except DBAPIError as error:
            raise unreachable(error, self._where) from error

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """The rows, as a stream; dates as ISO text."""
        try:
            yield from server_rows(self._connection, sql, params)
        except DBAPIError as error:
            raise unreachable(error, self._where) from error

    def _connect(self) -> Connection:
        try:
            return self._engine.connect().execution_options(postgresql_readonly=True, stream_results=True)
        except DBAPIError as error:
            raise unreachable(error, self._where) from error


def server_rows(connection: Connection, sql: str, params: dict[str, object]) -> Iterator[Row]:
    """Run a query of the read side on a server's connection."""
    for row in connection.execute(text(sql), params):
        yield tuple(_iso(value) for value in row)


def write_on_server(work: Any, operation: Callable[[Any], T]) -> T:
    """One unit of work on a server; run again where the server asks for it and nothing was committed."""
    from carepass_cli.store.engine import commit

    engine = open_server(work.db)
    where = shown_location(work.db)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with engine.connect() as connection:
                check_server(connection, where)
            return commit(engine, work, lambda unit: _locked(unit, operation))
        except DBAPIError as error:
            if attempt == ATTEMPTS or getattr(error.orig, "sqlstate", None) not in RETRIED:
                raise unreachable(error, where) from error
    raise AssertionError("unreachable")


def open_server(db: str) -> Engine:
    """An engine for `--db postgresql+psycopg://...`. Raises MissingExtra without the driver."""
    try:
        return create_engine(server_url(db), poolclass=NullPool, hide_parameters=True)
    except (ModuleNotFoundError, NoSuchModuleError):
        raise MissingExtra("postgres", "A store on PostgreSQL") from None


def create_on_server(db: str) -> bool:
    """Create the tables, or bring them up to date; one process at a time. False where nothing was missing."""
    from carepass_cli.store.create import upgrade

    where = shown_location(db)
    try:
        with open_server(db).begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK})
            before = _revision(connection)
            upgrade(connection)
            return before != _revision(connection)
    except DBAPIError as error:
        raise unreachable(error, where) from error


def check_server(connection: Connection, where: str) -> None:
    """Raise StoreUnavailable unless the database holds a store of this program's schema."""
    revision = _revision(connection)
    if revision is None:
        raise StoreUnavailable(
            f"There is no store at {where}.", "Create it: carepass --db URL init", code="store-missing"
        )
    check_revision(revision, where)


def unreachable(error: DBAPIError, where: str) -> CarepassError | DBAPIError:
    """The StoreUnavailable that a server's error means; the error itself where it is our own mistake."""
    if isinstance(error, OperationalError) or getattr(error.orig, "sqlstate", None) in RETRIED:
        reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else "no answer"
        return StoreUnavailable(
            f"The store {where} cannot be reached: {reason}.",
            "Check that the server runs and the URL is right.",
        )
    return error


def _revision(connection: Connection) -> str | None:
    if not connection.execute(text("SELECT to_regclass('alembic_version')")).scalar():
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _locked(unit: Any, operation: Callable[[Any], T]) -> T:
    unit.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": WRITE_LOCK})
    return operation(unit)


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value
