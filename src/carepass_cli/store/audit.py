"""The audit log: an entry for each thing written, chained by hash in the transaction that writes it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

from carepass_cli.rules.chain import GENESIS, chain_hash, payload_hash
from carepass_cli.store.models import AuditEntry, Change

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
        parts = (
            change.id,
            change.at,
            change.effective_on,
            change.actor,
            change.command,
            entry.action,
            entry.subject,
            entry.key,
            entry.account_id,
        )
        previous = chain_hash(previous, number, parts, payload)
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


def _payload(values: Mapping[str, Any] | None) -> str | None:
    if values is None:
        return None
    return json.dumps(values, ensure_ascii=False, default=str, separators=(",", ":"), sort_keys=True)
