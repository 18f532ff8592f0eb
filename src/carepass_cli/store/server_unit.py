"""One unit of work on a server: tried again where it asks for that or goes away, and never kept twice."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from carepass_cli.store.engine import rehearse
from carepass_cli.store.location import lock_wait, shown_location
from carepass_cli.store.server import (
    CONFLICTS,
    NO_TABLE,
    check_server,
    create_on_server,
    is_lost,
    open_server,
    sqlstate,
    take_lock,
    unreachable,
)
from carepass_cli.store.unit import Unit, Work, commit

T = TypeVar("T")

PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 1.0


def write_on_server(work: Work, operation: Callable[[Unit], T]) -> T:
    """One unit of work on a server. Where the server asks for it, or the connection was lost, it is run
    again, unless it turns out to have been committed. The store is created where there is none.

    Raises StoreUnavailable where the server is away, or locked, for longer than the wait.
    """
    engine, where = open_server(work.db), shown_location(work.db)
    patience = _Patience(lock_wait())
    doubtful: _Attempt[T] | None = None
    while True:
        attempt = _Attempt(operation, where)
        try:
            if doubtful is not None and _was_committed(engine, doubtful):
                return doubtful.result
            doubtful = None
            return commit(engine, work, attempt)
        except DBAPIError as error:
            if sqlstate(error) == NO_TABLE and not attempt.began:
                if work.dry_run:
                    return rehearse(work, operation)
                if create_on_server(work.db):
                    work.say(f"Created the store {where}.")
            elif not patience.again(error):
                raise unreachable(error, where) from error
            if attempt.ended:
                doubtful = attempt


class _Attempt(Generic[T]):
    """One try at a unit of work. It remembers how far it came: `ended` is right before the commit."""

    def __init__(self, operation: Callable[[Unit], T], where: str) -> None:
        self._operation = operation
        self._where = where
        self.transaction = ""
        self.began = False
        self.ended = False
        self.result: T

    def __call__(self, unit: Unit) -> T:
        connection = unit.session.connection()
        self.transaction = take_lock(connection)
        check_server(connection, self._where)
        self.began = True
        self.result = self._operation(unit)
        self.ended = unit.kept
        return self.result


def _was_committed(engine: Engine, doubtful: _Attempt[Any]) -> bool:
    """Whether a try whose connection broke in the commit was committed after all."""
    with engine.begin() as connection:
        take_lock(connection)  # free again: that try is over, one way or the other
        sql = text("SELECT pg_xact_status(CAST(:number AS xid8))")
        return connection.execute(sql, {"number": doubtful.transaction}).scalar() == "committed"


class _Patience:
    """How long tries go on."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._pause = PAUSE_SECONDS
        self._was_there = False

    def again(self, error: DBAPIError) -> bool:
        """Whether to try once more after `error`; waits a little before. A server that was never there
        is not waited for, one that went away is."""
        state = sqlstate(error)
        self._was_there = self._was_there or is_lost(error)
        wanted = state in CONFLICTS or is_lost(error) or (state is None and self._was_there)
        if not wanted or time.monotonic() > self._until:
            return False
        time.sleep(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        return True
