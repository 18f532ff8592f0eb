"""The audit log, newest last."""

from collections.abc import Iterator
from datetime import date

from carepass_cli.errors import NotFound
from carepass_cli.rules.chain import GENESIS, actor_mark, chain_hash, payload_hash
from carepass_cli.store.audit import of_person
from carepass_cli.store.erased import read_erased
from carepass_cli.store.queries.narrowing import Named, any_of
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

# Where in a chained entry's parts the actor stands.
ACTOR = 3
# Entries count from 1; one that was slipped in below is found, too.
BEFORE_ALL = -(2**31)

_LOG = """
    SELECT e.id, c.id, c.at, c.effective_on, c.actor, c.command, e.action, e.subject, e.key, e.before, e.after
    FROM audit_entry e JOIN change c ON c.id = e.change_id
    WHERE c.effective_on <= :today
"""

# An entry of a batch is about many accounts and names their portal IDs. Only batches that wrote something
# of the account are looked through.
_NAMED_IN_BATCH = """
    e.account_id IS NULL
    AND e.change_id IN (
        SELECT change_id FROM account WHERE id = :account_id
        UNION SELECT change_id FROM assignment WHERE account_id = :account_id
        UNION SELECT change_id FROM completion WHERE account_id = :account_id
        UNION SELECT change_id FROM audit_entry WHERE account_id = :account_id
    )
    AND e.after LIKE '%"' || (SELECT portal_id FROM account WHERE id = :account_id) || '"%'
"""

_CHAIN = """
    SELECT e.id, e.payload_hash, e.rows_hash, e.hash, e.before, e.after,
           c.id, c.at, c.effective_on, c.actor, c.command, e.action, e.subject, e.key, e.account_id
    FROM audit_entry e JOIN change c ON c.id = e.change_id WHERE e.id > :after ORDER BY e.id
"""


def list_log(
    reader: Reader,
    today: date,
    *,
    account_id: int | None = None,
    since: str | None = None,
    actor: Named = None,
    subject: Named = None,
) -> Iterator[tuple[object, ...]]:
    """Audit entries under KEYS; those about one account (of an entry about many people, what it says of this
    one), by some actors, about some subjects (`home`, `course` ...), or effective on or after `since`, where
    given."""
    narrowed, chosen = any_of({"c.actor": actor, "e.subject": subject})
    sql, params = _LOG + narrowed, {"today": today}
    if account_id is not None:
        sql += f" AND (e.account_id = :account_id OR {_NAMED_IN_BATCH})"
        chosen["account_id"] = account_id
    if since:
        sql += " AND c.effective_on >= :since"
        chosen["since"] = since
    rows = reader.rows(f"{sql} ORDER BY e.id", **params, **chosen)
    if account_id is None:
        return rows
    ((portal_id,),) = reader.rows("SELECT portal_id FROM account WHERE id = :id", id=account_id)
    return (
        (*row[:-3], key, row[-2], after)
        for row in rows
        for key, after in of_person(row[-3], row[-1], portal_id)
    )


def last_change(reader: Reader, today: date) -> str:
    """The number of the newest change that is neither undone nor an undoing. Raises NotFound for none."""
    sql = """
        SELECT MAX(c.id) FROM change c WHERE c.effective_on <= :today AND c.undoes IS NULL
        AND c.id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)
    """
    ((number,),) = reader.rows(sql, today=today)
    if number is None:
        raise NotFound("change", "last", hint="Nothing was written yet: carepass audit list")
    return str(number)


def first_broken_entry(reader: Reader, after: int = 0) -> str | None:
    """What breaks the audit chain first, or None. Entries after the number `after` are read in order and
    hashed again; the hash of that one is taken as it is.

    A payload may be gone only where a later entry, `account erase`, names its entry.
    """
    previous, expected = _hash_of(reader, after), after + 1
    erased: frozenset[int] | None = None
    for row in reader.rows(_CHAIN, after=after or BEFORE_ALL):
        number, payload, covered, stored, before, later, *parts = row
        if number != expected:
            return f"entry {expected} is missing"
        if payload_hash(before, later) != bytes(payload):
            erased = read_erased(reader).entries if erased is None else erased
            if (before, later) != (None, None) or number not in erased:
                return f"entry {number}: what it says was changed"
        rows = covered and bytes(covered)
        by_mark = [*parts[:ACTOR], actor_mark(parts[0], parts[ACTOR]), *parts[ACTOR + 1 :]]
        found = chain_hash(previous, number, by_mark, bytes(payload), rows)
        if found != bytes(stored):  # an entry of version 0.1 has the actor's name itself
            found = chain_hash(previous, number, parts, bytes(payload), rows)
        previous = found
        if previous != bytes(stored):
            return f"entry {number} was changed, or stands in another's place"
        expected += 1
    return None


def hash_of(reader: Reader, entry: int) -> str | None:
    """The hash (hex) of one entry; None where there is no such entry. Entry 0 is before the first."""
    if entry == 0:
        return GENESIS.hex()
    row = next(reader.rows("SELECT hash FROM audit_entry WHERE id = :id", id=entry), None)
    return bytes(row[0]).hex() if row else None


def chain_head(reader: Reader) -> tuple[int, str]:
    """The number and hash (hex) of the newest entry; (0, zeros) for an empty log."""
    row = next(reader.rows("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1"), None)
    return (int(row[0]), bytes(row[1]).hex()) if row else (0, GENESIS.hex())


def _hash_of(reader: Reader, entry: int) -> bytes:
    found = hash_of(reader, entry)
    return bytes.fromhex(found) if found else GENESIS
