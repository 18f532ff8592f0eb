"""Carts as of a day."""

from datetime import date
from typing import Any, NamedTuple

from carepass_cli.rules.study import Course, Load, load
from carepass_cli.store.queries.asof import confirmed, not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.cart_line import CART_LINE, CartLine

# Where the person works nowhere yet: what a home has unless it says otherwise.
STUDY_MINUTES = 60

_CART = f"""
    SELECT {CART_LINE}
    FROM cart_line l
    JOIN course c ON c.id = l.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    JOIN role r ON r.id = l.role_id
    JOIN home h ON h.id = r.home_id
    JOIN home_version hv ON hv.home_id = h.id AND {seen("hv")}
    WHERE l.added_on <= :today AND {not_yet("l.closed_on")}
"""


def cart_lines(reader: Reader, today: date, account_id: Named) -> list[CartLine]:
    """What is in the carts of some people, in the order in which it was put there."""
    narrowed, params = any_of({"l.account_id": account_id})
    sql = f"{_CART}{narrowed} ORDER BY l.added_on, l.id"
    return list(reader.select(CartLine, sql, today=today, **params))


class Weighed(NamedTuple):
    """A cart, and its minutes against what 14 days hold where the person works."""

    lines: list[CartLine]
    load: Load

    def shown(self) -> dict[str, Any]:
        """The cart under its public keys."""
        load = self.load
        return {
            "lines": [line.shown() for line in self.lines],
            "minutes": load.minutes,
            "capacity_minutes": load.capacity_minutes,
            "fits": load.fits,
            "batches": [list(batch) for batch in load.batches],
        }


def weigh_cart(reader: Reader, today: date, account_id: int) -> Weighed:
    """A person's cart. Of several homes that it is for, or of an empty one where the person works, the one
    with the fewest minutes of study in a day counts."""
    lines = cart_lines(reader, today, account_id)
    per_day = min(
        (line.study_minutes_per_day for line in lines), default=_study_minutes(reader, today, account_id)
    )
    return Weighed(lines, load([Course(line.code, line.minutes) for line in lines], per_day))


def _study_minutes(reader: Reader, today: date, account_id: int) -> int:
    """The minutes for training that fit into a day where the person works: of several homes the fewest."""
    sql = f"""
        SELECT MIN(hv.study_minutes_per_day)
        FROM assignment s JOIN role r ON r.id = s.role_id
        JOIN home_version hv ON hv.home_id = r.home_id AND {seen("hv")}
        WHERE s.account_id = :account_id AND {confirmed("s")}
    """
    (minutes,) = reader.values(sql, account_id=account_id, today=today)
    return int(minutes or STUDY_MINUTES)
