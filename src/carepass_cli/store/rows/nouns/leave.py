"""What is seen of a leave as of a day.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules import absence

# The public keys, in their order.
KEYS = ("portal_id", "last_name", "first_name", "reason", "from_on", "until_on")

LEAVE = """
    a.portal_id, v.last_name, v.first_name, l.reason, l.from_on, l.until_on AS "planned_until", CASE
    WHEN l.return_recorded_on <= :today THEN l.returned_on END AS "back_on", l.id, l.account_id
"""


class Leave(NamedTuple):
    """A person is away: from `from_on` through `until_on` (NULL: until they return). `returned_on` is the
    first day back where it was told."""

    portal_id: str
    last_name: str
    first_name: str
    reason: str
    from_on: date
    planned_until: date | None
    back_on: date | None
    id: int
    account_id: int

    @property
    def until_on(self) -> date | None:
        """The last day away, where an end is known."""
        return absence.last_day(self.planned_until, self.back_on)

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return {key: getattr(self, key) for key in KEYS}
