"""What is seen of a waiver as of a day.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules import absence

# The public keys, in their order.
KEYS = ("portal_id", "last_name", "first_name", "code", "title", "reason", "from_on", "until_on")

WAIVER = """
    a.portal_id, v.last_name, v.first_name, c.code, cv.title, w.reason, w.waived_on AS "from_on",
    w.waived_until, CASE WHEN w.ended_on <= :today THEN w.ended_on END AS "ended_on", w.id,
    w.account_id, w.course_id
"""


class Waiver(NamedTuple):
    """A person need not hold a course: from `waived_on` through `waived_until` (NULL: for good), and no more
    from `ended_on` on."""

    portal_id: str
    last_name: str
    first_name: str
    code: str
    title: str
    reason: str
    from_on: date
    waived_until: date | None
    ended_on: date | None
    id: int
    account_id: int
    course_id: int

    @property
    def until_on(self) -> date | None:
        """The last day; without one it is for good."""
        return absence.last_day(self.waived_until, self.ended_on)

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return {key: getattr(self, key) for key in KEYS}
