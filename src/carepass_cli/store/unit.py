"""One unit of work: what a service writes, in one transaction with its audit entries. All, or nothing."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Engine, select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from carepass_cli.clock import Clock
from carepass_cli.errors import Refused
from carepass_cli.store import audit
from carepass_cli.store.audit import Entry
from carepass_cli.store.given import given
from carepass_cli.store.models import Base, Change
from carepass_cli.store.reader import Row
from carepass_cli.store.trail import Trail

T = TypeVar("T")
M = TypeVar("M", bound=Base)


@dataclass(frozen=True)
class Work:
    """What a unit of work is for: the store, the day it is dated by, who does it, by which command."""

    db: str
    clock: Clock
    actor: str
    command: str
    dry_run: bool = False
    say: Callable[[str], None] = lambda _: None


class Unit:
    """One unit of work: a session, the day, and the change that its writes belong to."""

    def __init__(self, session: Session, work: Work) -> None:
        self.session = session
        self.work = work
        self._change_id: int | None = None
        self.kept = not work.dry_run
        self.trail = Trail()
        self.driver = self._sqlite_driver()

    @property
    def day(self) -> date:
        """The day that writes are dated by."""
        return self.work.clock.today

    @property
    def today(self) -> str:
        """The same day as ISO text, as queries take it."""
        return self.day.isoformat()

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """Run a query of the read side inside this transaction."""
        self.session.flush()
        if self.driver is not None:
            return iter(self.driver.execute(sql, params))
        from carepass_cli.store.server import server_rows

        return server_rows(self.session.connection(), sql, params)

    def given(self, name: str, **columns: str) -> str:
        """SQL for a table of what the parameter `name` holds: a JSON array of values (one column) or of
        arrays. `columns` are the columns' names and SQL types."""
        return given(self.driver is not None, name, columns)

    def add(self, row: M) -> M:
        """Insert a row; its key is known afterwards."""
        self.session.add(row)
        self.session.flush()
        (key,) = row.__mapper__.primary_key_from_instance(row)  # type: ignore[attr-defined]
        if isinstance(key, int) and not isinstance(row, Change):
            self.trail.inserted(row.__tablename__, key, key)
        return row

    def update(self, table: type[Base], key: int, **values: object) -> None:
        """Set columns of the row with the primary key `key`."""
        self.session.flush()
        (column,) = table.__table__.primary_key.columns  # type: ignore[attr-defined]
        sql = f"SELECT {', '.join(values)} FROM {table.__tablename__} WHERE {column.name} = :key"
        (before,) = self.rows(sql, key=key)
        self.trail.updated(table.__tablename__, key, dict(zip(values, before, strict=True)))
        self.session.execute(update(table).where(column == key).values(**values))

    def revise(
        self, table: type[M], entity: str, entity_id: int, changes: Mapping[str, Any]
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Give an entity a new version from today on; the version seen until now ends today.

        Returns what changed, before and after, or None where nothing does.
        """
        seen = self._seen_version(table, entity, entity_id)
        changed = {name: value for name, value in changes.items() if seen[name] != value}
        if not changed:
            return None
        self.update(table, seen["id"], until_on=self.day)
        values = {**seen, **changed, "from_on": self.day, "until_on": _as_date(seen["until_on"])}
        del values["id"]
        self.add(table(**values))
        return {name: seen[name] for name in changed}, changed

    def audit(
        self,
        action: str,
        subject: str,
        key: str,
        *,
        account_id: int | None = None,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Write an audit entry: what was done to what, before and after. Never a birthdate."""
        entry = Entry(action, subject, key, account_id, before, after)
        audit.append(self.session, self.change, [entry])

    def audit_all(self, entries: Sequence[Entry]) -> None:
        """As `audit`, for several things written."""
        if entries:
            audit.append(self.session, self.change, entries)

    def leave_trail(self) -> None:
        """Write down which rows the change wrote, so that it can be undone."""
        if self._change_id is not None:
            self.trail.keep(self.session, self._change_id)

    def discard(self) -> None:
        """Keep nothing of this unit: however it ends, it is rolled back."""
        self.kept = False

    @property
    def kept_change(self) -> int | None:
        """The change's id where something was written that will be kept, else None."""
        return self._change_id if self.kept else None

    @property
    def change(self) -> Change:
        """The change that this unit's writes belong to; made with the first of them."""
        if self._change_id is None:
            work = self.work
            change = self.add(
                Change(
                    at=work.clock.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                    effective_on=work.clock.today,
                    actor=work.actor,
                    command=work.command,
                )
            )
            self._change_id = change.id
            self._change = change
        return self._change

    @property
    def change_id(self) -> int:
        """The change's id, for the rows that it makes."""
        assert self.change.id is not None
        return self.change.id

    def _sqlite_driver(self) -> sqlite3.Connection | None:
        driver = self.session.connection().connection.driver_connection
        return driver if isinstance(driver, sqlite3.Connection) else None

    def _seen_version(self, table: type[M], entity: str, entity_id: int) -> dict[str, Any]:
        names = list(table.__table__.columns.keys())  # type: ignore[attr-defined]
        sql = (
            f"SELECT {', '.join(names)} FROM {table.__tablename__} WHERE {entity} = :entity_id"
            " AND from_on <= :today AND (until_on IS NULL OR until_on > :today)"
        )
        row = next(iter(self.rows(sql, entity_id=entity_id, today=self.today)))
        return dict(zip(names, row, strict=True))


def _as_date(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value


def commit(engine: Engine, work: Work, operation: Callable[[Unit], T]) -> T:
    """One transaction on `engine`; a dry run, and a unit that discards itself, is rolled back."""
    with Session(engine, expire_on_commit=False) as session:
        unit = Unit(session, work)
        try:
            result = operation(unit)
        except (IntegrityError, sqlite3.IntegrityError):
            session.rollback()
            _refuse_later(session, work.clock.today)
            raise
        if unit.kept:
            unit.leave_trail()
            session.commit()
        else:
            session.rollback()
        return result


def _refuse_later(session: Session, day: date) -> None:
    """Tell a write as of an earlier day that what it would make is there since a later one."""
    later = session.execute(select(Change).where(Change.effective_on > day).limit(1))  # type: ignore[arg-type]
    if later.first() is not None:
        raise Refused(
            f"Something recorded for a day after {day} stands in the way.",
            "Leave --today out, or choose a later day.",
            code="exists-later",
        )
