"""The names of things: for shell completion and for 'did you mean'."""

from datetime import date
from typing import NamedTuple

from carepass_cli.store.queries.asof import escaped
from carepass_cli.store.reader import Reader

COMPLETION_MOST = 50


_PERSON = "v.last_name || ', ' || v.first_name"


class Offered(NamedTuple):
    """A name, and what a shell shows beside it."""

    name: str
    beside: str


# What a shell shows beside a name, as of the newest version; of what is numbered the newest is first.
_BESIDE = {
    "home": """
        SELECT h.code, v.name, 0 FROM home h JOIN home_version v ON v.home_id = h.id AND v.until_on IS NULL
    """,
    "role": """
        SELECT r.code, MIN(v.name), 0 FROM role r JOIN home h ON h.id = r.home_id
        JOIN role_version v ON v.role_id = r.id AND v.until_on IS NULL
        WHERE h.code LIKE :home ESCAPE '\\' GROUP BY r.code
    """,
    "course": """
        SELECT c.code, v.title, 0 FROM course c
        JOIN course_version v ON v.course_id = c.id AND v.until_on IS NULL
    """,
    "account": f"""
        SELECT a.portal_id, {_PERSON}, 0 FROM account a
        JOIN account_version v ON v.account_id = a.id AND v.until_on IS NULL
    """,
    "submission": f"""
        SELECT CAST(s.id AS TEXT), {_PERSON}, s.id FROM submission s
        JOIN account_version v ON v.account_id = s.account_id AND v.until_on IS NULL
    """,
    "line": f"""
        SELECT l.submission_id || '/' || c.code, {_PERSON}, l.submission_id
        FROM submission_line l JOIN course c ON c.id = l.course_id JOIN submission s ON s.id = l.submission_id
        JOIN account_version v ON v.account_id = s.account_id AND v.until_on IS NULL
    """,
    "record": f"""
        SELECT CAST(k.id AS TEXT), c.code || ' ' || {_PERSON}, k.id
        FROM completion k JOIN course c ON c.id = k.course_id
        JOIN account_version v ON v.account_id = k.account_id AND v.until_on IS NULL
    """,
    "message": """SELECT CAST(id AS TEXT), kind || ' ' || "to", id FROM message""",
    "change": "SELECT CAST(id AS TEXT), command, id FROM change",
    "issuer": """
        SELECT did, name, 0 FROM trusted_issuer WHERE until_on IS NULL
        UNION ALL SELECT k.did, h.code, 0 FROM home_key k JOIN home h ON h.id = k.home_id
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


def names_beside(reader: Reader, kind: str, prefix: str, home: object, most: int) -> list[Offered]:
    """As `names_like`, each with what tells a person which it is; of numbers the newest first."""
    at = home[0] if isinstance(home, list | tuple) and home else home
    sql = f"""
        WITH known (name, beside, number) AS ({_BESIDE[kind]})
        SELECT name, beside FROM known
        WHERE name LIKE :like ESCAPE '\\' ORDER BY number DESC, name LIMIT {int(most)}
    """
    params = {"home": escaped(str(at)) if at else "%"} if kind == "role" else {}
    return list(reader.select(Offered, sql, like=escaped(prefix) + "%", **params))
