"""What a service did to one thing."""

from typing import NamedTuple

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"


class Outcome(NamedTuple):
    """`result` is created, updated or unchanged; `item` what was written, under its public keys;
    `said` what the person should know now."""

    result: str
    item: dict[str, object]
    said: tuple[str, ...] = ()
