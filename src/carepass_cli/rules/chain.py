"""The hash chain of the audit log: each entry's hash covers the entry before it and all its own columns."""

from collections.abc import Sequence
from functools import lru_cache

from carepass_cli.rules.hashes import sha256

GENESIS = b"\0" * 32


MARK = "erased:"


@lru_cache(maxsize=64)  # the entries of a change follow one another, and may be a million
def actor_mark(change_id: object, actor: object) -> str:
    """What stands for an actor in the chain, and in the log where the actor was erased: not the name, which
    may have to go."""
    text = str(actor)
    return (
        text if text.startswith(MARK) else MARK + sha256(f"{change_id}\x1f{text}".encode()).hexdigest()[:16]
    )


def payload_hash(before: str | None, after: str | None) -> bytes:
    """The hash that stands for a payload, and stays when the payload is erased."""
    return sha256(f"{before or ''}\x1e{after or ''}".encode()).digest()


def chain_hash(
    previous: bytes, number: int, parts: Sequence[object], payload: bytes, rows: bytes | None = None
) -> bytes:
    """The hash of entry `number` after `previous`; `parts` are its columns and its change's, in order, and
    `rows` the hash of the rows that it covers (None: of no row, as in all entries before version 0.2)."""
    line = "\x1f".join(["" if part is None else str(part) for part in (number, *parts)])
    return sha256(previous + line.encode() + payload + (rows or b"")).digest()
