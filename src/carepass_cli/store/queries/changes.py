"""What the store keeps of a change: its entries, the rows that it wrote, and what came to depend on them."""

import json
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.store.reader import Reader


class Step(NamedTuple):
    """Rows that a change inserted, or one row as it was before an update."""

    kind: str
    table_name: str
    first_key: int
    last_key: int
    before: str | None

    @property
    def values(self) -> dict[str, Any]:
        """The row before an update, its days as ISO text."""
        values: dict[str, Any] = json.loads(self.before) if self.before else {}
        return values

    @property
    def keys(self) -> dict[str, object]:
        """The first key and the last, as parameters of a query."""
        return {"first": self.first_key, "last": self.last_key}

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self.last_key - self.first_key + 1


class Done(NamedTuple):
    """What an entry of the log says was done."""

    action: str
    subject: str
    key: str


class Made(NamedTuple):
    """An account that a change made."""

    id: int
    portal_id: str


class Later(NamedTuple):
    """A change that touched the same rows later."""

    id: int
    command: str
    effective_on: date


class Sent(NamedTuple):
    """A letter that went out."""

    id: int
    to: str


def find_undoing(reader: Reader, change: int) -> int | None:
    """The change that took back this one."""
    return next(reader.values("SELECT id FROM change WHERE undoes = :id", id=change), None)


def list_done(reader: Reader, change: int) -> list[Done]:
    """What a change did, as the log says it."""
    sql = "SELECT action, subject, key FROM audit_entry WHERE change_id = :id ORDER BY id"
    return list(reader.select(Done, sql, id=change))


def list_steps(reader: Reader, change: int) -> list[Step]:
    """The steps of a change, last first: what refers comes before what is referred to."""
    sql = """
        SELECT kind, table_name, first_key, last_key, before FROM undo_step
        WHERE change_id = :id AND table_name <> 'counter' ORDER BY id DESC
    """
    return list(reader.select(Step, sql, id=change))


def list_made(reader: Reader, step: Step) -> list[Made]:
    """The accounts among the rows of a step on `account`."""
    sql = "SELECT id, portal_id FROM account WHERE id BETWEEN :first AND :last ORDER BY id"
    return list(reader.select(Made, sql, **step.keys))


def find_later(reader: Reader, change: int, step: Step) -> Later | None:
    """The first later change to rows of a step that was not undone. What became of a letter is no change of
    what it says; that it was erased is."""
    sql = """
        SELECT c.id, c.command, c.effective_on FROM undo_step s JOIN change c ON c.id = s.change_id
        WHERE s.table_name = :table_name AND s.first_key <= :last AND s.last_key >= :first
        AND s.change_id > :change AND c.undoes IS NULL
        AND (s.table_name <> 'message' OR s.kind = 'delete')
        AND c.id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)
        ORDER BY c.id LIMIT 1
    """
    return next(reader.select(Later, sql, table_name=step.table_name, change=change, **step.keys), None)


def find_sent(reader: Reader, step: Step) -> Sent | None:
    """The first letter among the rows of a step on `message` that went out."""
    sql = """
        SELECT id, "to" FROM message
        WHERE id BETWEEN :first AND :last AND sent_on IS NOT NULL ORDER BY id LIMIT 1
    """
    return next(reader.select(Sent, sql, **step.keys), None)


def find_shopper(reader: Reader, change: int, step: Step) -> str | None:
    """The portal ID of somebody who put courses in the cart later, under a role of the rows of a step on
    `assignment`. All that is submitted was in the cart before."""
    sql = """
        SELECT a.portal_id FROM assignment g
        JOIN account a ON a.id = g.account_id
        JOIN cart_line l ON l.account_id = g.account_id AND l.role_id = g.role_id
        JOIN undo_step s ON s.table_name = 'cart_line' AND l.id BETWEEN s.first_key AND s.last_key
        WHERE g.id BETWEEN :first AND :last AND s.kind = 'insert' AND s.change_id > :change LIMIT 1
    """
    return next(reader.values(sql, change=change, **step.keys), None)


def count_referring(reader: Reader, step: Step, table: str, column: str) -> int:
    """How many rows of a table refer by a column to rows of a step."""
    sql = f'SELECT COUNT(*) FROM "{table}" WHERE "{column}" BETWEEN :first AND :last'
    return int(next(reader.values(sql, **step.keys)))
