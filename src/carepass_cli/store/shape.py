"""The schema that is there, held to the one that carepass made: what else is in it is nobody's to obey.

A trigger or a view in a store is code that runs with every write or read of it; a table or a column of
another's is not covered by the audit log. On a server the schema is read by `server_schema`.
"""

import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from functools import cache

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.ddl import read_ddl

_MASTER = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND NOT (type = 'table' AND name LIKE 'sqlite\\_%' ESCAPE '\\') ORDER BY type, name
"""
# What a database tool may change of a schema's text without changing what it says.
IDLE = re.compile(r'[\s"]+')
RESTORE = "Restore a backup: carepass store restore FILE"

# Kind, name, and definition.
Item = tuple[str, str, str]


def check_shape(connection: sqlite3.Connection, where: str) -> None:
    """Raise StoreUnavailable (`store-damaged`) where the schema of a store of this version is not ours."""
    there = connection.execute(_MASTER).fetchall()
    same = _statements() == sorted(sql for _, _, sql in there)
    if not same and (what := difference(_said(_made()), _said(there))):
        raise foreign_schema(where, what)


def check_code(connection: sqlite3.Connection, where: str) -> None:
    """As `check_shape`, for a store of an older version: it has no code of its own, neither then nor now."""
    sql = "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') LIMIT 1"
    for kind, name in connection.execute(sql):
        raise foreign_schema(where, named(kind, name))


def foreign_schema(where: str, what: str, hint: str = RESTORE) -> StoreUnavailable:
    """The error for a store whose schema somebody else has changed."""
    return StoreUnavailable(
        f"The store {where} has {what} that carepass did not make.", hint, code="store-damaged"
    )


def difference(made: Iterable[Item], there: Iterable[Item]) -> str:
    """What of a schema is not as carepass made it, the first of it; empty where it says the same."""
    ours = {(kind, name): text for kind, name, text in made}
    found = {(kind, name): text for kind, name, text in there}
    for kind, name in found:
        if (kind, name) not in ours:
            return named(kind, name)
    for (kind, name), text in ours.items():
        if (kind, name) not in found:
            return f"no {kind} '{name}', and so a schema"
        if text != found[kind, name]:
            return f"{named(kind, name)} of a form"
    return ""


def named(kind: str, name: str) -> str:
    """A thing of a schema, as a message says it."""
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} '{name}'"


@cache
def _statements() -> list[str]:
    """The statements of this version's schema as SQLite keeps them: as written, without what ends them."""
    ours = [text for text in read_ddl("sqlite").split(";\n") if "CREATE " in text]
    return sorted(text[text.index("CREATE ") :] for text in ours)


def _made() -> list[Item]:
    """The schema as this version makes it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(read_ddl("sqlite"))
        return connection.execute(_MASTER).fetchall()


def _said(items: Iterable[Item]) -> list[Item]:
    return [(kind, name, IDLE.sub("", text)) for kind, name, text in items]
