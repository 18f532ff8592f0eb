"""What is seen of an assignment as of a day.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules import assignment

# The public keys, in their order.
KEYS = (
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "status",
    "start_on",
    "assigned_on",
    "confirmed_on",
    "ended_on",
)

ASSIGNMENT = """
    a.portal_id, v.last_name, v.first_name, h.code AS "home", r.code AS "role", s.start_on,
    s.assigned_on, CASE WHEN s.confirmed_on <= :today THEN s.confirmed_on END AS "confirmed_on",
    CASE WHEN s.ended_on <= :today THEN s.ended_on END AS "ended_on", r.home_id, CASE WHEN
    s.declined_on <= :today THEN s.declined_on END AS "declined_on", CASE WHEN s.cancelled_on <=
    :today THEN s.cancelled_on END AS "cancelled_on", s.id, s.account_id, s.role_id
"""


class Assignment(NamedTuple):
    """A person holds a role: pending until confirmed. A changed start is a new version of the row."""

    portal_id: str
    last_name: str
    first_name: str
    home: str
    role: str
    start_on: date
    assigned_on: date
    confirmed_on: date | None
    ended_on: date | None
    home_id: int
    declined_on: date | None
    cancelled_on: date | None
    id: int
    account_id: int
    role_id: int

    @property
    def status(self) -> str:
        """What has become of it; only `confirmed` counts."""
        return assignment.status(self.confirmed_on, self.declined_on, self.cancelled_on, self.ended_on)

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return {key: getattr(self, key) for key in KEYS}
