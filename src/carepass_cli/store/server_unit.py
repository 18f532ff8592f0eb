"""One unit of work on a server: tried again where it asks for that or goes away, and never kept twice."""

import time
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import psycopg

from carepass_cli.store.location import lock_wait, shown_location
from carepass_cli.store.server import (
    CONFLICTS,
    ServerPort,
    check_server,
    connect,
    create_on_server,
    has_standby,
    is_lost,
    is_missing,
    refuse_released,
    take_lock,
    unreachable,
    use_schema,
)
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import refuse_later, rehearse, run_unit

T = TypeVar("T")

PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 1.0


def write_on_server(work: Work, operation: Callable[[Unit], T]) -> T:
    """One unit of work on a server. Where the server asks for it, or the connection was lost, it is run
    again, unless it turns out to have been committed. The store is created where there is none.

    Raises StoreUnavailable where the server is away, or locked, for longer than the wait.
    """
    where = shown_location(work.db)
    patience = _Patience(lock_wait(), has_standby(work.db))
    doubtful: _Attempt[T] | None = None
    while True:
        attempt = _Attempt(work, operation, where)
        try:
            if doubtful is not None and _was_committed(work.db, doubtful):
                return doubtful.result
            doubtful = None
            return attempt.run()
        except psycopg.Error as error:
            if is_missing(error) and not attempt.began:
                refuse_released(work.db)
                if work.dry_run:
                    return rehearse(work, operation)
                if create_on_server(work.db):
                    work.say(f"Created the store {where}.")
            elif not patience.again(error, was_there=attempt.reached):
                raise unreachable(error, where) from error
            if attempt.ended:
                doubtful = attempt


class _Attempt(Generic[T]):
    """One try at a unit of work. It remembers how far it came: `ended` is right before the commit."""

    def __init__(self, work: Work, operation: Callable[[Unit], T], where: str) -> None:
        self._work = work
        self._operation = operation
        self._where = where
        self.reached = False
        self.began = False
        self.ended = False
        self.unit: Unit
        self.result: T

    def run(self) -> T:
        """One transaction; a dry run, and a unit that discards itself, is rolled back."""
        with connect(self._work.db) as connection:
            try:
                connection.execute("BEGIN")
                self.reached = True
                use_schema(connection)
                take_lock(connection)
                check_server(connection, self._work.db)
                self.began = True
                self.result, self.ended = run_unit(ServerPort(connection), self._work, self._noted)
                connection.execute("COMMIT" if self.ended else "ROLLBACK")
            except psycopg.IntegrityError:
                connection.execute("ROLLBACK")
                connection.execute("BEGIN READ ONLY")
                use_schema(connection)
                refuse_later(ServerPort(connection), self._work)
                raise
            return self.result

    def _noted(self, unit: Unit) -> T:
        self.unit = unit
        return self._operation(unit)


def _was_committed(db: str, doubtful: _Attempt[Any]) -> bool:
    """Whether a try whose connection broke in the commit was committed after all.

    Its change is there or not. The transaction's own number would tell nothing: where a standby took the
    server's place, that number may by now be another transaction's.
    """
    if doubtful.unit.kept_change is None:
        return True
    change = doubtful.unit.change
    with connect(db) as connection, connection.transaction():
        use_schema(connection)
        take_lock(connection)  # free again: that try is over, one way or the other
        sql = "SELECT 1 FROM change WHERE id = %s AND at = %s"
        return connection.execute(sql, (change.id, change.at)).fetchone() is not None


class _Patience:
    """How long tries go on."""

    def __init__(self, seconds: float, has_standby: bool) -> None:
        self._until = time.monotonic() + seconds
        self._pause = PAUSE_SECONDS
        self._was_there = has_standby

    def again(self, error: psycopg.Error, *, was_there: bool) -> bool:
        """Whether to try once more after `error`; waits a little before. A server that was never there
        is not waited for, one that went away (`was_there`) or has a standby is."""
        state = error.sqlstate
        lost = is_lost(error)
        self._was_there = self._was_there or was_there
        again = state in CONFLICTS or (lost and (state is not None or self._was_there))
        if not again or time.monotonic() > self._until:
            return False
        time.sleep(self._pause)
        self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        return True
