"""What is seen of a cart line as of a day.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple

# The public keys, in their order.
KEYS = ("code", "title", "provider", "minutes", "home", "role", "self_pay", "added_on")

CART_LINE = """
    c.code, cv.title, cv.provider, cv.minutes, h.code AS "home", r.code AS "role", l.self_pay,
    l.added_on, hv.study_minutes_per_day, l.id, l.account_id, l.course_id, l.role_id
"""


class CartLine(NamedTuple):
    """A course in a person's cart, for the role that asks for it. Closed when removed or submitted."""

    code: str
    title: str
    provider: str
    minutes: int
    home: str
    role: str
    self_pay: bool
    added_on: date
    study_minutes_per_day: int
    id: int
    account_id: int
    course_id: int
    role_id: int

    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return {key: getattr(self, key) for key in KEYS}
