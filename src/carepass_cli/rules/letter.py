"""A message in the outbox: where it stands, what fills it, what it is about."""

import json
from typing import Any

STATUSES = ("queued", "sent", "cancelled")


def status(sent_on: object, cancelled_on: object) -> str:
    """One of STATUSES, from the days known on the day that is asked about (None: not happened yet)."""
    if sent_on is not None:
        return "sent"
    return "queued" if cancelled_on is None else "cancelled"


def values(params: str) -> dict[str, Any]:
    """What fills the template, out of its JSON."""
    filled: dict[str, Any] = json.loads(params)
    return filled


def about(once_key: str) -> str:
    """What a once-key names behind the sort of letter: a line, or a record and a day before."""
    return once_key.partition(":")[2]
