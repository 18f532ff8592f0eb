"""The schema that is there, held to the one that carepass made: what else is in it is nobody's to obey.

A trigger or a view in a store is code that runs with every write or read of it; a table or a column of
another's is not covered by the audit log.
"""

import re
import sqlite3
from contextlib import closing

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.ddl import read_ddl

_MASTER = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name
"""
# What a database tool may change of a schema's text without changing what it says.
IDLE = re.compile(r'[\s"]+')

Item = tuple[str, str, str]


def check_shape(connection: sqlite3.Connection, where: str) -> None:
    """Raise StoreUnavailable (`store-damaged`) where the schema of a store of this version is not ours."""
    there = connection.execute(_MASTER).fetchall()
    # SQLite keeps each statement as it was written, without what ends it.
    ours = [text for text in read_ddl("sqlite").split(";\n") if "CREATE " in text]
    same = sorted(text[text.index("CREATE ") :] for text in ours) == sorted(sql for _, _, sql in there)
    if not same and (what := difference(there)):
        raise foreign_schema(where, what)


def check_code(connection: sqlite3.Connection, where: str) -> None:
    """As `check_shape`, for a store of an older version: it has no code of its own, neither then nor now."""
    sql = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    for kind, name in connection.execute(sql):
        raise foreign_schema(where, f"a {kind} '{name}'")


def foreign_schema(where: str, what: str) -> StoreUnavailable:
    """The error for a store whose schema somebody else has changed."""
    return StoreUnavailable(
        f"The store {where} has {what} that carepass did not make.",
        "Restore a backup: carepass store restore FILE",
        code="store-damaged",
    )


def difference(there: list[Item]) -> str:
    """What of a schema is not as carepass makes it, the first of it; empty where it says the same."""
    ours = {(kind, name): IDLE.sub("", sql) for kind, name, sql in made()}
    found = {(kind, name): IDLE.sub("", sql) for kind, name, sql in there}
    for (kind, name), sql in found.items():
        if (kind, name) not in ours:
            return f"a {kind} '{name}'"
        if sql != ours[kind, name]:
            return f"a {kind} '{name}' with columns or conditions"
    missing = sorted(ours.keys() - found.keys())
    return f"no {missing[0][0]} '{missing[0][1]}', and so a schema" if missing else ""


def made() -> list[Item]:
    """The schema as this version makes it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(read_ddl("sqlite"))
        return connection.execute(_MASTER).fetchall()
