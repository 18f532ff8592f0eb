"""Where a person stands in the store: the days, the names, and the rows and entries that say something."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from carepass_cli.store.port import json_array
from carepass_cli.store.reader import Reader
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.tables import TABLES, row_class

# The newest day on which the person did something, or something was done for them.
_LAST_ACTIVE = """
    SELECT MAX(day) FROM (
        SELECT MAX(from_on) AS day FROM account_version WHERE account_id = :id
        UNION ALL SELECT MAX(COALESCE(ended_on, declined_on, cancelled_on, assigned_on)) FROM assignment
            WHERE account_id = :id
        UNION ALL SELECT MAX(completed_on) FROM completion WHERE account_id = :id
        UNION ALL SELECT MAX(submitted_on) FROM submission WHERE account_id = :id
        UNION ALL SELECT MAX(COALESCE(completed_on, failed_on, withdrawn_on, access_on, approved_on))
            FROM registration WHERE account_id = :id
    ) AS days
"""


def last_active_on(reader: Reader, account_id: int) -> date:
    """The newest day on which the person did something, or something was done for them."""
    (last,) = reader.values(_LAST_ACTIVE, id=account_id)
    return date.fromisoformat(last)


def full_names(reader: Reader, account_id: int) -> list[str]:
    """The full names that the person has had."""
    sql = "SELECT DISTINCT first_name || ' ' || last_name FROM account_version WHERE account_id = :id"
    return list(reader.values(sql, id=account_id))


def keys_of_person(reader: Reader, table: str, whose: str, account_id: int) -> list[int]:
    """The keys of a person's rows in a table; `whose` is the SQL by which they are theirs (`rows.tables`)."""
    sql = f'SELECT {table_of(row_class(table)).key} FROM "{table}" WHERE {whose} ORDER BY 1'
    return [int(key) for key in reader.values(sql, id=account_id)]


def keys_named(reader: Reader, kind: type[Any], column: str, names: Sequence[str]) -> list[int]:
    """The keys of a table's rows that have one of the names in a column."""
    table, listed = table_of(kind), reader.listed("names", word="VARCHAR")
    named = f"{column} IN (SELECT word FROM {listed} AS n)"
    sql = f'SELECT {table.key} FROM "{table.name}" WHERE {named} ORDER BY 1'
    return [int(key) for key in reader.values(sql, names=json_array(names))]


def keys_saying(reader: Reader, names: Sequence[str]) -> Iterator[tuple[str, str, list[int]]]:
    """Where one of the names stands within a text of any table: table, column, and the keys of the rows."""
    for table in TABLES:
        kind = row_class(table)
        for column, sort in kind.__annotations__.items():
            if sort not in (str, str | None):
                continue
            sql = f'SELECT {table_of(kind).key} FROM "{table}" WHERE "{column}" LIKE :like ORDER BY 1'
            keys = [int(key) for name in names for key in reader.values(sql, like=f"%{name}%")]
            if keys:
                yield table, column, keys


def entries_about(reader: Reader, account_id: int) -> list[int]:
    """The log's entries that say something of the person."""
    sql = """
        SELECT id FROM audit_entry WHERE (before IS NOT NULL OR after IS NOT NULL) AND (
            account_id = :id OR (subject = 'message' AND key IN (
                SELECT CAST(m.id AS TEXT) FROM message m WHERE m.account_id = :id
            ))
        ) ORDER BY id
    """
    return [int(entry) for entry in reader.values(sql, id=account_id)]


def entries_verified_by(reader: Reader, names: Sequence[str]) -> list[int]:
    """The log's entries of records that one of the names verified."""
    sql = "SELECT id FROM audit_entry WHERE subject = 'record' AND (before LIKE :like OR after LIKE :like)"
    likes = (f'%"verified_by":{json.dumps(name, ensure_ascii=False)}%' for name in names)
    return [int(entry) for like in likes for entry in reader.values(sql, like=like)]


def digests_about(reader: Reader, portal_id: str) -> list[int]:
    """The managers' digests that have a line about the person."""
    sql = "SELECT id FROM message WHERE kind = 'digest' AND params LIKE :like"
    return list(reader.values(sql, like=f'%"portal_id": "{portal_id}"%'))
