"""What homes will spend on training in a calendar year, and what they have committed."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.fields import price_text
from carepass_cli.rules.funding import Budget
from carepass_cli.store.queries.asof import not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader

KEYS = ("home", "year", "amount", "committed", "left")


class HomeBudget(NamedTuple):
    """A home's budget for a year, in cents; no amount is no limit."""

    home: str
    year: int
    amount_cents: int | None
    committed_cents: int

    @property
    def budget(self) -> Budget | None:
        """As the rules see it; None where there is no limit."""
        return None if self.amount_cents is None else Budget(self.amount_cents, self.committed_cents)

    def row(self) -> tuple[object, ...]:
        """The budget under KEYS, in dollars."""
        left = self.budget.left if self.budget else None
        sign = "-" if left is not None and left < 0 else ""
        left_text = None if left is None else f"{sign}{price_text(abs(left))}"
        return (
            self.home,
            self.year,
            price_text(self.amount_cents),
            price_text(self.committed_cents),
            left_text,
        )


# A line commits its price of the day when it was approved at the employer's cost; one that was withdrawn
# before access commits nothing.
_BUDGET = f"""
    SELECT h.code AS home, CAST(:year AS INTEGER) AS year,
           (
               SELECT b.amount_cents FROM home_budget b
               WHERE b.home_id = h.id AND b.year = :year AND {seen("b")}
           ) AS amount_cents,
           (
               SELECT COALESCE(SUM(cv.price_cents), 0)
               FROM role r
               JOIN submission_line l ON l.role_id = r.id
               JOIN registration g ON g.line_id = l.id
               JOIN course_version cv ON cv.course_id = g.course_id
               WHERE r.home_id = h.id AND g.payer = 'employer'
               AND g.approved_on BETWEEN :first AND :last AND g.approved_on <= :today
               AND cv.from_on <= g.approved_on AND (cv.until_on IS NULL OR cv.until_on > g.approved_on)
               AND ({not_yet("g.withdrawn_on")} OR g.access_on IS NOT NULL)
           ) AS committed_cents
    FROM home h WHERE h.id = :home_id
"""


def find_budget(reader: Reader, today: date, home_id: int, year: int) -> HomeBudget:
    """A home's budget for a year; without an amount where none is set."""
    days = {"first": date(year, 1, 1), "last": date(year, 12, 31)}
    (found,) = reader.select(HomeBudget, _BUDGET, today=today, home_id=home_id, year=year, **days)
    return found


def budget_versions(reader: Reader, today: date, home_id: int, year: int) -> list[int]:
    """The keys of what is set of a home for a year, as it stands on the day."""
    sql = f"SELECT b.id FROM home_budget b WHERE b.home_id = :home_id AND b.year = :year AND {seen('b')}"
    return list(reader.values(sql, home_id=home_id, year=year, today=today))


def list_budgets(reader: Reader, today: date, *, home: Named = None) -> Iterator[HomeBudget]:
    """The budgets that are set, by home and year."""
    narrowed, params = any_of({"h.code": home})
    sql = f"""
        SELECT h.id AS home_id, b.year FROM home h JOIN home_budget b ON b.home_id = h.id
        WHERE {seen("b")} AND b.amount_cents IS NOT NULL {narrowed} ORDER BY h.code, b.year
    """
    for each in list(reader.select(_Year, sql, today=today, **params)):
        yield find_budget(reader, today, each.home_id, each.year)


class _Year(NamedTuple):
    home_id: int
    year: int
