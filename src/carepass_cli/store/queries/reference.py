"""What is the same for everybody on a day: homes, roles, courses, and what roles require."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TypeVar

from carepass_cli.rules.funding import Budget
from carepass_cli.store.queries.budgets import budget_versions, find_budget
from carepass_cli.store.queries.courses import course_by_id
from carepass_cli.store.queries.homes import home_by_id, role_by_id
from carepass_cli.store.queries.requirements import list_requirements
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Course, Home, Requirement, Role

T = TypeVar("T")


class ReferenceData:
    """Each looked up once, by its key: a batch asks for the same few again and again."""

    def __init__(self, reader: Reader, today: date) -> None:
        self._reader, self._today = reader, today
        self.home: Callable[[int], Home] = cache(lambda key: home_by_id(reader, today, key))
        self.role: Callable[[int], Role] = cache(lambda key: role_by_id(reader, today, key))
        self.course: Callable[[int], Course] = cache(lambda key: course_by_id(reader, today, key))
        self.equal_to: Callable[[int], frozenset[int]] = cache(self._equal_to)
        self.requirements: Callable[[int], list[Requirement]] = cache(
            lambda role_id: list(list_requirements(reader, today, role_id=role_id))
        )
        self._budgets: dict[int, Budget | None] = {}

    def _equal_to(self, course_id: int) -> frozenset[int]:
        """The keys of the courses that satisfy a course, itself among them."""
        sql = "SELECT other_id FROM course_equivalence WHERE course_id = :id AND from_on <= :today"
        return frozenset((course_id, *self._reader.values(sql, id=course_id, today=self._today)))

    def budget(self, home_id: int) -> Budget | None:
        """A home's budget for the year of the day, with what was committed of it; None where it has none."""
        if home_id not in self._budgets:
            wanted = (self._reader, self._today, home_id, self._today.year)
            # What is committed is summed up where it matters.
            self._budgets[home_id] = find_budget(*wanted).budget if budget_versions(*wanted) else None
        return self._budgets[home_id]

    def commit(self, home_id: int, course_id: int) -> None:
        """Count the price of a course that was approved just now, at the home's cost."""
        budget, price = self.budget(home_id), self.course(course_id).price_cents
        if budget and price:
            self._budgets[home_id] = Budget(budget.amount, budget.committed + price)
