"""The audit log: an entry for each thing written, chained by hash in the transaction that writes it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

from carepass_cli.store.models import AuditEntry, Change

GENESIS = b"\0" * 32
LAST = text("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1")


@dataclass(frozen=True)
class Entry:
    """One thing written: the action, what kind of thing, its key, before and after."""

    action: str
    subject: str
    key: str
    account_id: int | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def append(session: Session, change: Change, entries: Iterable[Entry]) -> None:
    """Chain `entries` to the log, in the session's transaction."""
    last = session.execute(LAST).first()
    number, previous = (last[0], bytes(last[1])) if last else (0, GENESIS)
    rows = []
    for entry in entries:
        before, after = _payload(entry.before), _payload(entry.after)
        payload = payload_hash(before, after)
        number += 1
        previous = chain_hash(previous, number, change, entry, payload)
        rows.append(
            {
                "id": number,
                "change_id": change.id,
                "action": entry.action,
                "subject": entry.subject,
                "key": entry.key,
                "account_id": entry.account_id,
                "before": before,
                "after": after,
                "payload_hash": payload,
                "hash": previous,
            }
        )
    session.execute(insert(AuditEntry), rows)


def payload_hash(before: str | None, after: str | None) -> bytes:
    """The hash that stands for a payload, and stays when the payload is erased."""
    return sha256(f"{before or ''}\x1e{after or ''}".encode()).digest()


def chain_hash(previous: bytes, number: int, change: Any, entry: Any, payload: bytes) -> bytes:
    """The hash of an entry: over the hash before it, all its columns, and its change's."""
    parts = (
        number,
        change.id,
        change.at,
        change.effective_on,
        change.actor,
        change.command,
        entry.action,
        entry.subject,
        entry.key,
        entry.account_id if entry.account_id is not None else "",
    )
    line = "\x1f".join(str(part) for part in parts)
    return sha256(previous + line.encode() + payload).digest()


def _payload(values: Mapping[str, Any] | None) -> str | None:
    if values is None:
        return None
    return json.dumps(values, ensure_ascii=False, default=str, separators=(",", ":"), sort_keys=True)
