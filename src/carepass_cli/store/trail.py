"""What a change did to which rows, so that it can be taken back: kept beside the audit log.

A step is a run of rows inserted (`first_key` to `last_key`, both inclusive), or one row updated with
the values that it had before.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from carepass_cli.store.models import UndoStep


class Trail:
    """Collects the steps of one unit of work, in order."""

    def __init__(self) -> None:
        self._steps: list[dict[str, Any]] = []

    def inserted(self, table: str, first_key: int, last_key: int) -> None:
        """Rows were inserted with the keys `first_key` to `last_key`."""
        last = self._steps[-1] if self._steps else None
        if (
            last
            and last["before"] is None
            and (last["table_name"], last["last_key"]) == (table, first_key - 1)
        ):
            last["last_key"] = last_key
        else:
            self._add(table, first_key, last_key, None)

    def updated(self, table: str, key: int, before: Mapping[str, Any]) -> None:
        """A row was updated; `before` are the values that its changed columns had."""
        self._add(table, key, key, json.dumps(dict(before), default=str, ensure_ascii=False))

    def keep(self, session: Session, change_id: int) -> None:
        """Write the steps down, in the transaction that made them."""
        if self._steps:
            session.execute(insert(UndoStep), [{**step, "change_id": change_id} for step in self._steps])

    def _add(self, table: str, first_key: int, last_key: int, before: str | None) -> None:
        self._steps.append(
            {"table_name": table, "first_key": first_key, "last_key": last_key, "before": before}
        )
