"""One unit of work: what a service writes, in one transaction with its audit entries. All, or nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, TypeVar

from carepass_cli.clock import Clock
from carepass_cli.store.audit import Entry, Log
from carepass_cli.store.port import Port, json_array, quoted
from carepass_cli.store.reader import Row
from carepass_cli.store.records import read_records, table_of
from carepass_cli.store.rows.log import Change, UndoStep
from carepass_cli.store.trail import Trail

R = TypeVar("R", bound=tuple[Any, ...])
Values = Mapping[str, Any]
# What changed: before, and after.
Revised = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Work:
    """What a unit of work is for: the store, the day it is dated by, who does it, by which command, and why,
    where that has no place of its own."""

    db: str
    clock: Clock
    actor: str
    command: str
    dry_run: bool = False
    say: Callable[[str], None] = lambda _: None
    reason: str | None = None


class Unit:
    """One unit of work: a connection inside a transaction, the day, and the change that its writes belong to.

    Rows are of the classes in `store.rows`; each that is written leaves its step in the trail.
    """

    def __init__(self, port: Port, work: Work) -> None:
        self.port = port
        self.work = work
        self.kept = not work.dry_run
        self._change: Change | None = None
        self._trail = Trail()
        self._log = Log(port, self._trail)

    @property
    def today(self) -> date:
        """The day that writes are dated by, and that queries look as of."""
        return self.work.clock.today

    def select(self, kind: type[R], sql: str, **params: object) -> Iterator[R]:
        """The rows of a query as records of `kind`, by name."""
        return read_records(kind, self.port.execute(sql, params))

    def values(self, sql: str, **params: object) -> Iterator[Any]:
        """What a query of one column yields; dates as ISO text."""
        return (value for (value,) in self.rows(sql, **params))

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        """The rows of a query as they are; dates as ISO text."""
        return map(_plain, self.port.execute(sql, params))

    def listed(self, name: str, **columns: str) -> str:
        """SQL for a table of what the parameter `name` holds (`reader.Reader`)."""
        return self.port.listed(name, columns)

    def find(self, kind: type[R], keys: Sequence[int]) -> list[R]:
        """The rows of a table with these keys, in the order of the keys."""
        table = table_of(kind)
        columns = ", ".join(f't."{column}"' for column in table.columns)
        sql = f"""
            SELECT {columns} FROM {self.listed("keys", number="INTEGER")} g
            CROSS JOIN "{table.name}" t WHERE t.{table.key} = g.number ORDER BY t.{table.key}
        """
        return list(self.select(kind, sql, keys=json_array(keys)))

    def add(self, row: R) -> R:
        """Insert a row; its key is known afterwards."""
        (key,) = self.insert([row])
        table = table_of(type(row))
        return row._replace(**{table.key: key})  # type: ignore[attr-defined,no-any-return]

    def insert(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[int]:
        """Insert rows of one class; returns their keys. A counted key that is 0 is given the next number, and
        a `change_id` that is 0 is this unit's."""
        if not rows:
            return []
        table = table_of(type(rows[0]))
        stored = [table.stored(row) for row in rows]
        at = table.key_at
        if table.is_counted and not stored[0][at]:
            for values, key in zip(stored, self.next_keys(type(rows[0]), len(rows)), strict=True):
                values[at] = key
        else:
            stored.sort(key=itemgetter(at))
        if (of_change := table.change_at) is not None and not stored[0][of_change]:
            number = self.change_id
            for values in stored:
                values[of_change] = number
        keys = [values[at] for values in stored]
        self._trail.inserted(table.name, keys, [table.digest(values) for values in stored])
        self.port.insert(table.name, table.columns, stored)
        return keys

    def next_keys(self, kind: type[R], count: int) -> Sequence[int]:
        """`count` keys of a table that were never given before. Nobody else writes while this unit does."""
        return self.port.next_keys(table_of(kind).name, count)

    def update(self, kind: type[Any], changes: Mapping[int, Values]) -> None:
        """Set columns of rows, named by their keys; of each row the same columns."""
        self._set(kind, changes, is_kept=True)

    def put_back(self, kind: type[Any], key: int, before: Values) -> None:
        """Give a row the values that it had before: an undoing, which leaves nothing of what it undoes."""
        columns = table_of(kind).columns
        self._set(kind, {key: {name: before[name] for name in before if name in columns}}, is_kept=False)

    def _set(self, kind: type[Any], changes: Mapping[int, Values], *, is_kept: bool) -> None:
        """Set columns of rows; `is_kept` says whether the trail keeps what they were."""
        columns = [*next(iter(changes.values()), ())]
        if not columns:
            return
        table, params = table_of(kind), []
        for row in self.find(kind, list(changes)):
            key = row[table.key_at]
            changed = row._replace(**changes[key])
            before = {column: getattr(row, column) for column in columns}
            self._trail.updated(
                table.name, key, before if is_kept else None, table.digest(table.stored(changed))
            )
            # A server takes a yes or no as such, and a day as text.
            values = (getattr(changed, column) for column in columns)
            params.append((*(v.isoformat() if isinstance(v, date) else v for v in values), key))
        sets = ", ".join(f'"{column}" = ?' for column in columns)
        self.port.change_each(f'UPDATE "{table.name}" SET {sets} WHERE {table.key} = ?', params)

    def adopt(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Have the trail cover rows of one class that were carried here as they are, in the order of their
        keys."""
        table = table_of(type(rows[0]))
        stored = [table.stored(row) for row in rows]
        keys = [values[table.key_at] for values in stored]
        self._trail.inserted(table.name, keys, [table.digest(values) for values in stored])

    def forget_before(self, kind: type[Any], keys: Sequence[int]) -> None:
        """Forget what rows were before, for good: earlier changes to them can be undone no more."""
        sql = f"""
            SELECT {quoted(table_of(UndoStep).columns)} FROM undo_step
            WHERE table_name = :name AND before IS NOT NULL AND kind = 'update'
            AND first_key IN (SELECT number FROM {self.listed("keys", number="INTEGER")} AS k) ORDER BY id
        """
        steps = list(self.select(UndoStep, sql, name=table_of(kind).name, keys=json_array(keys)))
        self.port.change_each(
            "UPDATE undo_step SET before = NULL WHERE id = ?", [(step.id,) for step in steps]
        )
        table = table_of(UndoStep)
        for step in steps:
            if step.before_hash is None:  # carried here from version 0.1, and covered as a row
                digest = table.digest(table.stored(step._replace(before=None)))
                self._trail.updated(table.name, step.id, None, digest)

    def delete(self, kind: type[Any], first_key: int, last_key: int) -> None:
        """Delete the rows with these keys, both inclusive."""
        table = table_of(kind)
        sql = f'DELETE FROM "{table.name}" WHERE {table.key} BETWEEN :first AND :last'
        self.port.change(sql, {"first": first_key, "last": last_key})
        self._trail.deleted(table.name, first_key, last_key)

    def renew(self, kind: type[Any], changes: Mapping[int, Values]) -> None:
        """Give rows (by key) a new version from today on; the version seen until now ends today."""
        fresh = [
            row._replace(**{"id": 0, "from_on": self.today, **changes[row.id]})
            for row in self.find(kind, list(changes))
        ]
        self.update(kind, {key: {"until_on": self.today} for key in changes})
        self.insert(fresh)

    def revise(self, kind: type[Any], changes: Mapping[int, Values]) -> dict[int, Revised]:
        """Give entities a new version from today on, with these values. An entity is named by its key, which
        the first column of its versions has.

        Returns what changed, before and after, of those of which something does.
        """
        table = table_of(kind)
        entity = table.columns[0]
        columns = ", ".join(f'v."{column}"' for column in table.columns)
        sql = f"""
            SELECT {columns} FROM {self.listed("entities", number="INTEGER")} g
            CROSS JOIN "{table.name}" v WHERE v.{entity} = g.number
            AND (v.until_on IS NULL OR v.until_on > :today) ORDER BY v.from_on
        """
        renewed: dict[int, Values] = {}
        later: dict[int, Values] = {}
        done: dict[int, Revised] = {}
        for row in list(self.select(kind, sql, entities=json_array(changes), today=self.today)):
            number = row[0]
            if row.from_on <= self.today:
                new = {name: each for name, each in changes[number].items() if getattr(row, name) != each}
                if new:
                    renewed[row.id] = new
                    done[number] = ({name: getattr(row, name) for name in new}, new)
            elif number in done:
                # A version written for a later day, by a law that changes then, takes over what it does not
                # change itself.
                before, after = done[number]
                same = {name: new for name, new in after.items() if getattr(row, name) == before[name]}
                if same:
                    later[row.id] = same
        self.renew(kind, renewed)
        for key, values in later.items():
            self.update(kind, {key: values})
        return done

    def audit(
        self,
        action: str,
        subject: str,
        key: str,
        *,
        account_id: int | None = None,
        before: Values | None = None,
        after: Values | None = None,
    ) -> None:
        """Write an audit entry: what was done to what, before and after. Never a birthdate."""
        self.audit_all([Entry(action, subject, key, account_id, before, after)])

    def audit_all(self, entries: Sequence[Entry]) -> None:
        """As `audit`, for several things written, each with an entry of its own or many in one (`alike`)."""
        if entries and (why := self.work.reason):
            entries = [replace(each, after={**(each.after or {}), "reason": why}) for each in entries]
        if entries:
            self._log.append(self.change, entries)

    def finish(self) -> None:
        """Write the last audit entry, which was held back until all the rows that it covers were known."""
        if self._trail.tables and not self._log.is_held:
            # Rows that no service spoke of (mail that was worked out, say) are covered all the same.
            self.audit("write", "rows", ", ".join(self._trail.tables))
        if self._change is not None:
            self._log.settle(self._change)

    def discard(self) -> None:
        """Keep nothing of this unit: however it ends, it is rolled back."""
        self.kept = False

    @property
    def kept_change(self) -> int | None:
        """The change's id where something was written that will be kept, else None."""
        return self._change.id if self._change is not None and self.kept else None

    def undoes(self, change_id: int) -> None:
        """This unit's change takes back another one."""
        self._change = self.change._replace(undoes=change_id)
        self.port.change(
            "UPDATE change SET undoes = :undoes WHERE id = :id", {"undoes": change_id, "id": self.change.id}
        )

    @property
    def change(self) -> Change:
        """The change that this unit's writes belong to; made with the first of them."""
        if self._change is None:
            work = self.work
            (number,) = self.port.next_keys("change", 1)
            self._change = Change(
                at=work.clock.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                effective_on=work.clock.today,
                actor=work.actor,
                command=work.command,
                id=number,
            )
            table = table_of(Change)
            self.port.insert(table.name, table.columns, [table.stored(self._change)])
        return self._change

    @property
    def change_id(self) -> int:
        """The change's id, for the rows that it makes."""
        return self.change.id


def _plain(row: Row) -> Row:
    # A file's rows have no dates, and are the most.
    if not any(type(value) is date for value in row):
        return row
    return tuple(value.isoformat() if isinstance(value, date) else value for value in row)
