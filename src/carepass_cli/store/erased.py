"""What erasures took from the log, as they say themselves.

An erasure is believed for its own person only: for the entries about the account that it names, and for the
rows that it blanked or deleted itself.
"""

import json
from typing import Any, NamedTuple

from carepass_cli.store.reader import Reader
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.tables import TABLES, row_class

_ERASURES = """
    SELECT e.id AS entry, e.change_id, e.account_id, e.after FROM audit_entry e
    WHERE e.action = 'erase' AND e.subject = 'account' AND e.after IS NOT NULL AND e.account_id IS NOT NULL
    ORDER BY e.id
"""


class Run(NamedTuple):
    """Rows of one table, from the first key to the last."""

    table_name: str
    first_key: int
    last_key: int

    def has(self, table: str, key: int) -> bool:
        """Whether the row of this table is one of them."""
        return self.table_name == table and self.first_key <= key <= self.last_key


class _Erasure(NamedTuple):
    entry: int
    change_id: int
    account_id: int
    after: str


class _About(NamedTuple):
    """What an entry is about."""

    account_id: int | None
    subject: str
    key: str


class Erased(NamedTuple):
    """The entries whose payloads were erased, and the rows that were blanked or deleted."""

    entries: frozenset[int]
    rows: tuple[Run, ...]


def read_erased(reader: Reader) -> Erased:
    """What all erasures of a store took."""
    entries: set[int] = set()
    rows: list[Run] = []
    for each in list(reader.select(_Erasure, _ERASURES)):
        account = each.account_id
        if not _is_gone(reader, account):
            continue
        sql = "SELECT table_name, first_key, last_key FROM undo_step WHERE change_id = :change"
        runs = list(reader.select(Run, sql, change=each.change_id))
        mine = [run for run in runs if _is_theirs(reader, account, run)]
        rows += mine
        named = [entry for entry in _named(each.after) if entry < each.entry]
        entries |= {entry for entry in named if _is_about(reader, entry, account, mine)}
    return Erased(frozenset(entries), tuple(rows))


def _named(after: str) -> list[int]:
    try:
        found: Any = json.loads(after)
    except (ValueError, RecursionError):
        return []
    listed = found.get("erased_entries", ()) if isinstance(found, dict) else ()
    return [entry for entry in listed if type(entry) is int] if isinstance(listed, list) else []


def _is_about(reader: Reader, entry: int, account: int, rows: list[Run]) -> bool:
    """Whether an entry is about the account, about a letter of its, or about a record that it verified."""
    sql = "SELECT account_id, subject, key FROM audit_entry WHERE id = :id"
    for about in reader.select(_About, sql, id=entry):
        if about.account_id == account:
            return True
        table = {"message": "message", "record": "completion"}.get(about.subject)
        if table is not None and about.key.isdigit():
            return any(run.has(table, int(about.key)) for run in rows)
    return False


def _is_gone(reader: Reader, account: int) -> bool:
    """Whether nothing of the person's name is left."""
    sql = "SELECT COUNT(*) FROM account_version WHERE account_id = :id AND email <> 'erased'"
    return list(reader.values(sql, id=account)) == [0]


def _is_theirs(reader: Reader, account: int, run: Run) -> bool:
    """Whether rows that an erasure wrote are the person's, or bore the person's name and do no more."""
    table = run.table_name
    columns = table_of(row_class(table)).columns if table in TABLES else ()
    own = ["account_id = :id"] if "account_id" in columns else []
    own += [f"{column} = 'erased'" for column in ("verified_by", "decided_by") if column in columns]
    if "account_id" not in columns:
        return True
    key = table_of(row_class(table)).key
    sql = f"""
        SELECT COUNT(*) FROM "{table}"
        WHERE {key} BETWEEN :first AND :last AND (({" OR ".join(own)}) IS NOT TRUE)
    """
    return list(reader.values(sql, first=run.first_key, last=run.last_key, id=account)) == [0]
