"""Rows of the tables in `schema.letters`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class Message(NamedTuple):
    """Mail in the outbox. The text is made from `kind` and `params` (JSON) when it is shown or sent.

    `once_key` is unique: what would be the same message again is not queued twice. `under_way_at` (real
    time, UTC) stands only while a run hands the message over: where that run was killed, it stays."""

    kind: str
    to: str
    params: str
    queued_on: date
    id: int = 0
    language: str = "en"
    account_id: int | None = None
    home_id: int | None = None
    line_id: int | None = None
    completion_id: int | None = None
    once_key: str | None = None
    under_way_at: str | None = None
    sent_on: date | None = None
    cancelled_on: date | None = None
    cancel_reason: str | None = None
