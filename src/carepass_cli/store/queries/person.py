"""All that is known of people's training as of a day, and where each stands in what is required."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple, Unpack

from carepass_cli.rules.nouns import REQUIREMENT
from carepass_cli.rules.standing import Held, Standing, best, standing, step
from carepass_cli.store.queries.absences import Absences
from carepass_cli.store.queries.asof import confirmed, not_yet
from carepass_cli.store.queries.courses import Filters, matching
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.queries.records import held_by
from carepass_cli.store.queries.reference import ReferenceData
from carepass_cli.store.queries.requirements import demand_of, list_requirements
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Requirement
from carepass_cli.store.rows.nouns.line import Line

# So many people are read together.
TOGETHER = 500
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

    The facts are few (one person's), so they are read once and kept. `starts` are the days on which the
    confirmed roles begin, by the role's key; `completions` those that count, each with its course's key.
    """

    def __init__(self, known: "_Known", account_id: int) -> None:
        self.reader = known.reader
        self.today = known.today
        self.reference = known.reference
        self.account_id = account_id
        self.starts: dict[int, date] = known.starts.get(account_id, {})
        self.completions = known.completions.get(account_id, [])
        self.lines: list[Line] = known.lines.get(account_id, [])
        self.in_cart: set[int] = known.in_cart.get(account_id, set())
        self.waived: set[int] = known.waived.get(account_id, set())
        self._absences = known.absences

    def requirements(self, home: Named = None, role: Named = None) -> list[Requirement]:
        """What is required of the person: by the confirmed roles, or by the roles looked at.

        Where a home is named at which the person holds none of the roles looked at, those roles are
        shown as they are (the portal lets one browse), without a start and so without a due date.
        """
        if not several(home):
            held = chain.from_iterable(map(self.reference.requirements, self.starts))
            asked = [self._mine(each) for each in held if not several(role) or each.role in several(role)]
            return sorted(asked, key=attrgetter("home", "role", "code"))
        looked_at = list(list_requirements(self.reader, self.today, home=home, role=role))
        mine = [self._mine(required) for required in looked_at if required.role_id in self.starts]
        held_roles = map(self.reference.role, self.starts)
        holds_one = any(
            held.home in several(home) and (held.role in several(role) or not several(role))
            for held in held_roles
        )
        return mine if mine or holds_one else looked_at

    def _mine(self, required: Requirement) -> Requirement:
        back_on = self._absences.back_on(self.account_id, required.course_id)
        return required._replace(start_on=self.starts[required.role_id], back_on=back_on)

    def equal_to(self, course_id: int) -> frozenset[int]:
        """The keys of the courses that satisfy a course, itself among them."""
        return self.reference.equal_to(course_id)

    def held(self, course_id: int) -> Held | None:
        """The completion that counts for a course."""
        equal = self.equal_to(course_id)
        return best(held for course, held in self.completions if course in equal)

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


def people_of(
    reader: Reader, today: date, account_ids: Collection[int], reference: ReferenceData | None = None
) -> dict[int, Person]:
    """These people, by their accounts' keys, read together."""
    if not account_ids:
        return {}
    known = _Known(reader, today, list(account_ids), reference or ReferenceData(reader, today))
    return {account_id: Person(known, account_id) for account_id in account_ids}


def each_person(reader: Reader, today: date, account_ids: Iterable[int]) -> Iterator[Person]:
    """These people, in their order, some of them in memory at a time."""
    reference, keys = ReferenceData(reader, today), iter(account_ids)
    while some := list(islice(keys, TOGETHER)):
        yield from people_of(reader, today, some, reference).values()


def person_of(reader: Reader, today: date, account_id: int) -> Person:
    """One person."""
    return people_of(reader, today, [account_id])[account_id]


class _Known:
    """What is known of some people, each fact by account."""

    def __init__(self, reader: Reader, today: date, account_ids: list[int], reference: ReferenceData) -> None:
        self.reader = reader
        self.today = today
        self.reference = reference
        self.completions = held_by(reader, today, account_ids)
        self.lines: dict[int, list[Line]] = defaultdict(list)
        for line in list_lines(reader, today, account_id=account_ids):
            self.lines[line.account_id].append(line)
        self.absences = Absences(reader, today, account_id=account_ids)
        self.starts: dict[int, dict[int, date]] = defaultdict(dict)
        narrowed, params = any_of({"account_id": account_ids})
        for start in reader.select(_Start, _STARTS + narrowed, today=today, **params):
            self.starts[start.account_id][start.role_id] = start.start_on
        self.in_cart: dict[int, set[int]] = defaultdict(set)
        for each in reader.select(_Course, _IN_CART + narrowed, today=today, **params):
            self.in_cart[each.account_id].add(each.course_id)
        self.waived: dict[int, set[int]] = defaultdict(set)
        for each in reader.select(_Course, _WAIVED + narrowed, today=today, **params):
            self.waived[each.account_id].add(each.course_id)


class _Start(NamedTuple):
    account_id: int
    role_id: int
    start_on: date


class _Course(NamedTuple):
    account_id: int
    course_id: int


_STARTS = f"SELECT s.account_id, s.role_id, s.start_on FROM assignment s WHERE {confirmed('s')}"
_IN_CART = f"""
    SELECT account_id, course_id FROM cart_line WHERE added_on <= :today AND {not_yet("closed_on")}
"""
_WAIVED = f"""
    SELECT account_id, course_id FROM waiver
    WHERE waived_on <= :today AND (waived_until IS NULL OR waived_until >= :today) AND {not_yet("ended_on")}
"""
