"""The names of things: for shell completion and for 'did you mean'."""

from datetime import date
from typing import NamedTuple

from carepass_cli.store.queries.asof import escaped
from carepass_cli.store.reader import Reader

COMPLETION_MOST = 50


class Known(NamedTuple):
    """A name, and what a shell shows beside it."""

    name: str
    beside: str


# What a shell shows beside a name, as of the newest version.
_BESIDE = {
    "home": """
        SELECT code, (SELECT name FROM home_version v WHERE v.home_id = t.id AND v.until_on IS NULL)
        FROM home t
    """,
    "course": """
        SELECT code, (SELECT title FROM course_version v WHERE v.course_id = t.id AND v.until_on IS NULL)
        FROM course t
    """,
    "account": """
        SELECT portal_id, (
            SELECT v.last_name || ', ' || v.first_name FROM account_version v
            WHERE v.account_id = t.id AND v.until_on IS NULL
        ) FROM account t
    """,
    "line": """
        SELECT l.submission_id || '/' || c.code, v.last_name || ', ' || v.first_name
        FROM submission_line l JOIN course c ON c.id = l.course_id JOIN submission s ON s.id = l.submission_id
        JOIN account_version v ON v.account_id = s.account_id AND v.until_on IS NULL
    """,
    "change": "SELECT CAST(id AS TEXT), command FROM change",
    "record": """
        SELECT CAST(k.id AS TEXT), c.code || ' ' || v.last_name || ', ' || v.first_name
        FROM completion k JOIN course c ON c.id = k.course_id
        JOIN account_version v ON v.account_id = k.account_id AND v.until_on IS NULL
    """,
}

_ALL = {
    "home": "SELECT code FROM home WHERE code LIKE :like ESCAPE '\\' ORDER BY code",
    "course": "SELECT code FROM course WHERE code LIKE :like ESCAPE '\\' ORDER BY code",
    "account": "SELECT portal_id FROM account WHERE portal_id LIKE :like ESCAPE '\\' ORDER BY portal_id",
    "role": """
        SELECT DISTINCT r.code FROM role r JOIN home h ON h.id = r.home_id
        WHERE r.code LIKE :like ESCAPE '\\' AND h.code LIKE :home ESCAPE '\\' ORDER BY r.code
    """,
}


def names_like(
    reader: Reader, kind: str, prefix: str = "", home: str | None = None, most: int = 1000
) -> list[str]:
    """At most `most` codes (portal IDs) of a `kind` beginning with `prefix`; of one home, for roles."""
    params = {"like": escaped(prefix) + "%"}
    if kind == "role":
        params["home"] = escaped(home) if home else "%"
    return list(reader.values(f"{_ALL[kind]} LIMIT {int(most)}", **params))


class _Created(NamedTuple):
    created_on: date


# By which column a thing is named.
_CODES = {"account": "portal_id", "home": "code", "course": "code"}


def created_on(reader: Reader, kind: str, code: str) -> date | None:
    """The day on which the `account`, `home` or `course` of this code was created, also a day to come; None
    where there is none."""
    sql = f"SELECT created_on FROM {kind} WHERE {_CODES[kind]} = :code"
    found = next(reader.select(_Created, sql, code=code), None)
    return found.created_on if found else None


def names_beside(reader: Reader, kind: str, prefix: str, home: object, most: int) -> list[Known]:
    """As `names_like`, each with what tells a person which it is; of numbers the newest first."""
    if kind not in _BESIDE:
        at = home[0] if isinstance(home, list | tuple) and home else home
        return [
            Known(name, "") for name in names_like(reader, kind, prefix, str(at) if at else None, most=most)
        ]
    numbered = kind in ("line", "change", "record")
    order = "ORDER BY LENGTH(name) DESC, name DESC" if numbered else "ORDER BY name"
    sql = f"""
        SELECT name, COALESCE(beside, '') AS beside
        FROM (SELECT '' AS name, '' AS beside WHERE 1 = 0 UNION ALL {_BESIDE[kind]}) x
        WHERE name LIKE :like ESCAPE '\\' {order} LIMIT {int(most)}
    """
    return list(reader.select(Known, sql, like=escaped(prefix) + "%"))
