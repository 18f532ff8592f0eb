"""The audit log, newest last."""

from collections.abc import Iterator

from carepass_cli.store.reader import Reader

KEYS = (
    "entry",
    "change",
    "at",
    "effective_on",
    "actor",
    "command",
    "action",
    "subject",
    "key",
    "before",
    "after",
)

_LOG = """
    SELECT e.id, c.id, c.at, c.effective_on, c.actor, c.command, e.action, e.subject, e.key, e.before, e.after
    FROM audit_entry e JOIN change c ON c.id = e.change_id
    WHERE c.effective_on <= :today
"""


def list_log(
    reader: Reader, today: str, *, account_id: int | None = None, since: str | None = None
) -> Iterator[tuple[object, ...]]:
    """Audit entries under KEYS; those about one account, or effective on or after `since`, where given."""
    sql, params = _LOG, {"today": today}
    chosen: dict[str, object] = {}
    if account_id is not None:
        sql += " AND e.account_id = :account_id"
        chosen["account_id"] = account_id
    if since:
        sql += " AND c.effective_on >= :since"
        chosen["since"] = since
    return reader.rows(f"{sql} ORDER BY e.id", **params, **chosen)
