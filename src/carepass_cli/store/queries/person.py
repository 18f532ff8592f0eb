"""All that is known of one person's training as of a day, and where the person stands in what is required."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import NamedTuple, Unpack

from carepass_cli.rules.nouns import REQUIREMENT
from carepass_cli.rules.standing import Held, Standing, best, standing, step
from carepass_cli.store.queries.absences import Absences
from carepass_cli.store.queries.asof import confirmed, not_yet, seen
from carepass_cli.store.queries.courses import Filters, matching
from carepass_cli.store.queries.lines import Line, list_lines
from carepass_cli.store.queries.narrowing import Named, several
from carepass_cli.store.queries.records import held_by
from carepass_cli.store.queries.requirements import demand_of, list_requirements
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Requirement

STANDING_KEYS = (
    *REQUIREMENT.keys,
    "status",
    "step",
    "in_cart",
    "completed_on",
    "expires_on",
    "days_left",
    "due_on",
)


class Person:
    """All dated facts about one person's training on one day, and the standings that follow.

    The facts are few (one person's), so they are read once and kept.
    """

    def __init__(self, reader: Reader, today: date, account_id: int) -> None:
        self.reader = reader
        self.today = today
        self.account_id = account_id
        self.starts = _starts(reader, today, account_id)
        self.completions = held_by(reader, today, account_id)
        self.lines = list(list_lines(reader, today, account_id=account_id))
        self.in_cart = _cart_courses(reader, today, account_id)
        self.waived = _waived_courses(reader, today, account_id)
        self._absences = Absences(reader, self.today, account_id=account_id)
        self._equal: dict[int, set[int]] = {}

    def requirements(self, home: Named = None, role: Named = None) -> list[Requirement]:
        """What is required of the person: by the confirmed roles, or by the roles looked at.

        Where a home is named at which the person holds none of the roles looked at, those roles are
        shown as they are (the portal lets one browse), without a start and so without a due date.
        """
        if not several(home):
            held = (list_requirements(self.reader, self.today, role=role, role_id=at) for at in self.starts)
            return sorted(map(self._mine, chain.from_iterable(held)), key=attrgetter("home", "role", "code"))
        looked_at = list(list_requirements(self.reader, self.today, home=home, role=role))
        mine = [self._mine(required) for required in looked_at if required.role_id in self.starts]
        holds_one = any(
            held.home in several(home) and (held.role in several(role) or not several(role))
            for held in _roles_held(self.reader, self.today, self.account_id)
        )
        return mine if mine or holds_one else looked_at

    def _mine(self, required: Requirement) -> Requirement:
        back_on = self._absences.back_on(self.account_id, required.course_id)
        return required._replace(start_on=self.starts[required.role_id], back_on=back_on)

    def equal_to(self, course_id: int) -> set[int]:
        """The keys of the courses that satisfy a course, itself among them."""
        if course_id not in self._equal:
            sql = "SELECT other_id FROM course_equivalence WHERE course_id = :id AND from_on <= :today"
            self._equal[course_id] = {course_id, *self.reader.values(sql, id=course_id, today=self.today)}
        return self._equal[course_id]

    def held(self, course_id: int) -> Held | None:
        """The completion that counts for a course."""
        equal = self.equal_to(course_id)
        return best(held for course, held in self.completions if course in equal)

    def retired(self, course_id: int) -> bool:
        """Whether a course is no longer offered."""
        sql = f"SELECT v.status FROM course_version v WHERE v.course_id = :id AND {seen('v')}"
        return "retired" in self.reader.values(sql, id=course_id, today=self.today)

    def lines_for(self, course_id: int) -> list[Line]:
        """The lines ever submitted for a course or one equated with it, oldest first."""
        equal = self.equal_to(course_id)
        return [line for line in self.lines if line.course_id in equal]

    def standing(self, requirement: Requirement) -> Standing:
        """Where the person stands in a requirement."""
        course_id = requirement.course_id
        return standing(demand_of(requirement), self.held(course_id), course_id in self.waived, self.today)

    def step(self, course_id: int) -> str | None:
        """What is under way for a course."""
        lines = self.lines_for(course_id)
        latest = lines[-1].tried if lines else None
        held = self.held(course_id)
        in_cart = bool(self.equal_to(course_id) & self.in_cart)
        return step(in_cart, latest, held.completed_on if held else None)

    def standings(
        self, home: Named, role: Named, status: Named, step: Named, **filters: Unpack[Filters]
    ) -> Iterator[tuple[object, ...]]:
        """*Manage My Training*: a line for each of `requirements` that the filters keep. `status` and `step`
        are words of the line; the step `null` is nothing under way."""
        at_status, at_step = STANDING_KEYS.index("status"), STANDING_KEYS.index("step")
        statuses, steps = several(status), several(step)
        for required in self.requirements(home, role):
            if not matching(required, **filters):
                continue
            row = self.row(required)
            if (not statuses or row[at_status] in statuses) and (
                not steps or (row[at_step] or "null") in steps
            ):
                yield row

    def row(self, requirement: Requirement) -> tuple[object, ...]:
        """A line of *Manage My Training*, in the order of STANDING_KEYS."""
        told = self.standing(requirement)
        return (
            *REQUIREMENT.row(requirement),
            told.status,
            self.step(requirement.course_id),
            bool(self.equal_to(requirement.course_id) & self.in_cart),
            told.completed_on,
            told.expires_on,
            told.days_left,
            told.due_on,
        )


def _starts(reader: Reader, today: date, account_id: int) -> dict[int, date]:
    sql = f"SELECT s.role_id, s.start_on FROM assignment s WHERE s.account_id = :id AND {confirmed('s')}"
    return {each.role_id: each.start_on for each in reader.select(_Start, sql, id=account_id, today=today)}


class _Start(NamedTuple):
    role_id: int
    start_on: date


class _Place(NamedTuple):
    home: str
    role: str


def _roles_held(reader: Reader, today: date, account_id: int) -> list[_Place]:
    sql = f"""
        SELECT h.code AS home, r.code AS role
        FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
        WHERE s.account_id = :id AND {confirmed("s")}
    """
    return list(reader.select(_Place, sql, id=account_id, today=today))


def _cart_courses(reader: Reader, today: date, account_id: int) -> set[int]:
    sql = f"""
        SELECT course_id FROM cart_line
        WHERE account_id = :id AND added_on <= :today AND {not_yet("closed_on")}
    """
    return set(reader.values(sql, id=account_id, today=today))


def _waived_courses(reader: Reader, today: date, account_id: int) -> set[int]:
    sql = f"""
        SELECT course_id FROM waiver
        WHERE account_id = :id AND waived_on <= :today AND (waived_until IS NULL OR waived_until >= :today)
        AND {not_yet("ended_on")}
    """
    return set(reader.values(sql, id=account_id, today=today))
