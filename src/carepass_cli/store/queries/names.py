"""The names of things: for shell completion and for 'did you mean'."""

from carepass_cli.store.queries.asof import escaped
from carepass_cli.store.reader import Reader

COMPLETION_MOST = 50

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
    return [name for (name,) in reader.rows(f"{_ALL[kind]} LIMIT {int(most)}", **params)]
