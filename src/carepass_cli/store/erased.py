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
    SELECT e.id, e.change_id, e.account_id, e.after FROM audit_entry e
    WHERE e.action = 'erase' AND e.subject = 'account' AND e.after IS NOT NULL AND e.account_id IS NOT NULL
    ORDER BY e.id
"""


# Rows of one table: its name, the first key and the last.
Run = tuple[str, int, int]


class Erased(NamedTuple):
    """The entries whose payloads were erased, and the runs of rows (table, first and last key) that were
    blanked or deleted."""

    entries: frozenset[int]
    rows: tuple[Run, ...]

    def has_row(self, table: str, key: int) -> bool:
        """Whether the row was blanked or deleted by an erasure."""
        return any(name == table and first <= key <= last for name, first, last in self.rows)


def read_erased(reader: Reader) -> Erased:
    """What all erasures of a store took."""
    entries: set[int] = set()
    rows: list[Run] = []
    for number, change, account, after in list(reader.rows(_ERASURES)):
        if not _is_gone(reader, account):
            continue
        sql = "SELECT table_name, first_key, last_key FROM undo_step WHERE change_id = :change"
        written = list(reader.rows(sql, change=change))
        runs: list[Run] = [(str(name), int(first), int(last)) for name, first, last in written]
        mine = [run for run in runs if _is_theirs(reader, account, run)]
        rows += mine
        named = [entry for entry in _named(after) if entry < number]
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
    for about, subject, key in reader.rows(sql, id=entry):
        if about == account:
            return True
        table = {"message": "message", "record": "completion"}.get(str(subject))
        if table is not None and str(key).isdigit():
            return any(name == table and first <= int(key) <= last for name, first, last in rows)
    return False


def _is_gone(reader: Reader, account: int) -> bool:
    """Whether nothing of the person's name is left."""
    sql = "SELECT COUNT(*) FROM account_version WHERE account_id = :id AND email <> 'erased'"
    return int(next(reader.rows(sql, id=account))[0]) == 0


def _is_theirs(reader: Reader, account: int, run: Run) -> bool:
    """Whether rows that an erasure wrote are the person's, or bore the person's name and do no more."""
    table, first, last = run
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
    return int(next(reader.rows(sql, first=first, last=last, id=account))[0]) == 0
