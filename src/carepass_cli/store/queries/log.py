"""The audit log, newest last."""

import json
from collections.abc import Collection, Iterator
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from carepass_cli.errors import NotFound
from carepass_cli.rules.chain import GENESIS, MARK, actor_mark, chain_hash, payload_hash
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


class Logged(NamedTuple):
    """An entry of the log, under KEYS. `at` is the instant (UTC), `before` and `after` are JSON."""

    entry: int
    change: int
    at: str
    effective_on: date
    actor: str
    command: str
    action: str
    subject: str
    key: str
    before: str | None
    after: str | None


class _Chained(NamedTuple):
    """An entry as the chain covers it."""

    entry: int
    payload_hash: bytes
    rows_hash: bytes | None
    hash: bytes
    before: str | None
    after: str | None
    change: int
    at: str
    effective_on: date
    actor: str
    command: str
    action: str
    subject: str
    key: str
    account_id: int | None

    def hashed(self, previous: bytes, actor: str) -> bytes:
        """The hash of the entry after `previous`, with its actor as it stands in the chain."""
        what = (self.command, self.action, self.subject, self.key, self.account_id)
        parts = (self.change, self.at, self.effective_on, actor, *what)
        return chain_hash(previous, self.entry, parts, self.payload_hash, self.rows_hash)


class Head(NamedTuple):
    """The newest entry of the log, and its hash (hex)."""

    entry: int
    hash: str


class _Head(NamedTuple):
    entry: int
    hash: bytes


# Entries count from 1; one that was slipped in below is found, too.
BEFORE_ALL = -(2**31)

_LOG = """
    SELECT e.id AS entry, c.id AS change, c.at, c.effective_on, c.actor, c.command, e.action, e.subject,
           e.key, e.before, e.after
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
    SELECT e.id AS entry, e.payload_hash, e.rows_hash, e.hash, e.before, e.after,
           c.id AS change, c.at, c.effective_on, c.actor, c.command, e.action, e.subject, e.key, e.account_id
    FROM audit_entry e JOIN change c ON c.id = e.change_id WHERE e.id > :after ORDER BY e.id
"""


def list_log(
    reader: Reader,
    today: date,
    *,
    account_ids: Collection[int] = (),
    since: date | None = None,
    actor: Named = None,
    subject: Named = None,
) -> Iterator[Logged]:
    """Audit entries; those about some accounts (of an entry about many people, what it says of these), by
    some actors, about some subjects (`home`, `course` ...), or effective on or after `since`, where given."""
    if len(account_ids) > 1:
        each_one = (
            list_log(reader, today, account_ids=[one], since=since, actor=actor, subject=subject)
            for one in dict.fromkeys(account_ids)
        )
        return iter(sorted(chain.from_iterable(each_one), key=attrgetter("entry")))
    account_id = next(iter(account_ids), None)
    narrowed, chosen = any_of({"c.actor": actor, "e.subject": subject})
    sql = _LOG + narrowed
    if account_id is not None:
        sql += f" AND (e.account_id = :account_id OR {_NAMED_IN_BATCH})"
        chosen["account_id"] = account_id
    if since:
        sql += " AND c.effective_on >= :since"
        chosen["since"] = since
    found = reader.select(Logged, f"{sql} ORDER BY e.id", today=today, **chosen)
    if account_id is None:
        return found
    (portal_id,) = reader.values("SELECT portal_id FROM account WHERE id = :id", id=account_id)
    return (
        each._replace(key=key, after=after)
        for each in found
        for key, after in of_person(each.key, each.after, portal_id)
    )


def last_change(reader: Reader, today: date) -> str:
    """The number of the newest change that is neither undone nor an undoing. Raises NotFound for none."""
    sql = """
        SELECT MAX(c.id) FROM change c WHERE c.effective_on <= :today AND c.undoes IS NULL
        AND c.id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)
    """
    (number,) = reader.values(sql, today=today)
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
    carried: int | None = None
    for each in reader.select(_Chained, _CHAIN, after=after or BEFORE_ALL):
        if each.entry != expected:
            return f"entry {expected} is missing"
        if payload_hash(each.before, each.after) != each.payload_hash:
            erased = read_erased(reader).entries if erased is None else erased
            if (each.before, each.after) != (None, None) or each.entry not in erased:
                return f"entry {each.entry}: what it says was changed"
        found = each.hashed(previous, actor_mark(each.change, each.actor))
        if found != each.hash:  # an entry of version 0.1 has the actor's name itself
            found = each.hashed(previous, each.actor)
        if found != each.hash and each.actor.startswith(MARK):
            carried = _proven_at_upgrade(reader) if carried is None else carried
            found = each.hash if each.entry <= carried else found
        previous = found
        if previous != each.hash:
            return f"entry {each.entry} was changed, or stands in another's place"
        expected += 1
    # An entry is read with its change: at the log's end one without it would not be seen.
    return f"the change of entry {expected} is missing" if chain_head(reader).entry >= expected else None


def marked_chain(reader: Reader, last: int) -> str:
    """The chain (hex) of the entries up to `last`, with marks in place of the actors. Version 0.1 chained the
    names themselves; by this one its entries are still proven when a name was erased."""
    found = GENESIS
    for each in reader.select(_Chained, _CHAIN, after=BEFORE_ALL):
        if each.entry <= last:
            found = each.hashed(found, actor_mark(each.change, each.actor))
    return found.hex()


def _proven_at_upgrade(reader: Reader) -> int:
    """The last entry that the upgrade from version 0.1 proves, which put their marked chain down; 0 for none.
    The upgrade's own entry is chained as all later ones are."""
    sql = "SELECT id, after FROM audit_entry WHERE action = 'upgrade' AND subject = 'store' ORDER BY id"
    for each in list(reader.select(_Upgrade, sql)):
        if each.after and json.loads(each.after).get("marked_chain") == marked_chain(reader, each.id - 1):
            return each.id - 1
    return 0


class _Upgrade(NamedTuple):
    id: int
    after: str | None


def hash_of(reader: Reader, entry: int) -> str | None:
    """The hash (hex) of one entry; None where there is no such entry. Entry 0 is before the first."""
    if entry == 0:
        return GENESIS.hex()
    found = next(reader.values("SELECT hash FROM audit_entry WHERE id = :id", id=entry), None)
    return None if found is None else bytes(found).hex()


def first_day_after(reader: Reader, today: date) -> date | None:
    """The day of the first change, where none is dated by `today`; None where one is, or there is none at
    all."""
    known = "SELECT 1 FROM change WHERE effective_on <= :today LIMIT 1"
    if any(reader.values(known, today=today)):
        return None
    first = next(reader.values("SELECT MIN(effective_on) FROM change"), None)
    return date.fromisoformat(first) if first else None


def chain_head(reader: Reader) -> Head:
    """The number and hash (hex) of the newest entry; (0, zeros) for an empty log."""
    sql = "SELECT id AS entry, hash FROM audit_entry ORDER BY id DESC LIMIT 1"
    found = next(reader.select(_Head, sql), _Head(0, GENESIS))
    return Head(found.entry, found.hash.hex())


def _hash_of(reader: Reader, entry: int) -> bytes:
    found = hash_of(reader, entry)
    return bytes.fromhex(found) if found else GENESIS
