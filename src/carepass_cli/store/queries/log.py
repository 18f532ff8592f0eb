"""The audit log, newest last."""

from collections.abc import Iterator

from carepass_cli.rules.chain import GENESIS, chain_hash, payload_hash
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

_CHAIN = """
    SELECT e.id, e.payload_hash, e.hash, e.before, e.after,
           c.id, c.at, c.effective_on, c.actor, c.command, e.action, e.subject, e.key, e.account_id
    FROM audit_entry e JOIN change c ON c.id = e.change_id ORDER BY e.id
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


def first_broken_entry(reader: Reader) -> str | None:
    """What breaks the audit chain first, or None. Entries are read in order and hashed again."""
    previous, expected = GENESIS, 1
    for row in reader.rows(_CHAIN):
        number, payload, stored, before, after, *parts = row
        if number != expected:
            return f"entry {expected} is missing"
        if (before, after) != (None, None) and payload_hash(before, after) != bytes(payload):
            return f"entry {number}: what it says was changed"
        previous = chain_hash(previous, number, parts, bytes(payload))
        if previous != bytes(stored):
            return f"entry {number} was changed, or stands in another's place"
        expected += 1
    return None


def chain_head(reader: Reader) -> tuple[int, str]:
    """The number and hash (hex) of the newest entry; (0, zeros) for an empty log."""
    row = next(reader.rows("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"), None)
    return (int(row[0]), bytes(row[1]).hex()) if row else (0, GENESIS.hex())
