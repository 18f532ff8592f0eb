"""What a change did to which rows: kept beside the audit log, so that a change can be taken back and every
row be held to what was written.

A step is a run of rows inserted or deleted (`first_key` to `last_key`, both inclusive), or one row updated
with the values that it had before.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from carepass_cli.rules.hashes import sha256
from carepass_cli.store.rows.log import UndoStep


class Trail:
    """Collects the steps of one unit of work, in order, until an audit entry takes them."""

    def __init__(self) -> None:
        self._steps: list[UndoStep] = []
        self._digests: list[list[bytes]] = []

    def inserted(self, table: str, keys: Sequence[int], digests: Sequence[bytes]) -> None:
        """Rows were inserted with these keys, ascending."""
        last = self._steps[-1] if self._steps else None
        for first, end in _runs(keys):
            mine = list(digests[first:end])
            if last and (last.kind, last.table_name, last.last_key) == ("insert", table, keys[first] - 1):
                self._steps[-1] = last._replace(last_key=keys[end - 1])
                self._digests[-1] += mine
            else:
                self._add(UndoStep(0, 0, "insert", table, keys[first], keys[end - 1]), mine)
            last = self._steps[-1]

    def updated(self, table: str, key: int, before: Mapping[str, Any] | None, digest: bytes) -> None:
        """A row was updated; `before` are the values that its changed columns had (None: not kept)."""
        text = None if before is None else json.dumps(dict(before), default=str, ensure_ascii=False)
        self._add(UndoStep(0, 0, "update", table, key, key, before=text), [digest])

    def deleted(self, table: str, first_key: int, last_key: int) -> None:
        """Rows with these keys were deleted."""
        self._add(UndoStep(0, 0, "delete", table, first_key, last_key), [])

    def take(self, change_id: int, entry_id: int) -> list[UndoStep]:
        """The steps since the last call, as they belong to an audit entry."""
        taken = [
            step._replace(
                change_id=change_id,
                entry_id=entry_id,
                before_hash=None if step.before is None else sha256(step.before.encode()).digest(),
                digests=b"".join(digests),
            )
            for step, digests in zip(self._steps, self._digests, strict=True)
        ]
        self._steps, self._digests = [], []
        return taken

    @property
    def tables(self) -> list[str]:
        """The tables of the steps that wait to be taken, each once."""
        return list(dict.fromkeys(step.table_name for step in self._steps))

    def _add(self, step: UndoStep, digests: list[bytes]) -> None:
        self._steps.append(step)
        self._digests.append(digests)


def _runs(keys: Sequence[int]) -> list[tuple[int, int]]:
    """Where runs of successive keys begin and end (exclusive)."""
    if not keys:
        return []
    if keys[-1] - keys[0] == len(keys) - 1:
        return [(0, len(keys))]
    starts = [0, *(at for at in range(1, len(keys)) if keys[at] != keys[at - 1] + 1)]
    return list(zip(starts, [*starts[1:], len(keys)], strict=True))


def hash_steps(steps: Sequence[UndoStep]) -> bytes:
    """The hash of steps, by which an audit entry covers the rows that were written."""
    covered = sha256()
    for step in steps:
        parts = (step.id, step.change_id, step.kind, step.table_name, step.first_key, step.last_key)
        covered.update(repr(parts).encode())
        covered.update(step.before_hash or b"")
        covered.update(step.digests)
    return covered.digest()
