"""What a line of a cart claims: the facts that decide it, for cart, submission and `explain`."""

from datetime import date

from carepass_cli.rules import registration
from carepass_cli.rules.funding import Claim
from carepass_cli.rules.span import parse_span
from carepass_cli.store.queries.homes import Home
from carepass_cli.store.queries.person import Person
from carepass_cli.store.queries.requirements import Requirement, list_requirements
from carepass_cli.store.reader import Reader

OPEN = ("approved", "in-progress")


def claim_for(
    person: Person, course_id: int, role_id: int, requirement: Requirement | None, home: Home, self_pay: bool
) -> Claim:
    """The claim of a person for a course under a role at `home`; `requirement` is the role's, if any.

    What the person is waived from is not required of them.
    """
    lines = person.lines_for(course_id)
    return Claim(
        role_confirmed=role_id in person.starts,
        required=requirement is not None and requirement.course_id not in person.waived,
        employer_pays=requirement is not None and requirement.employer_pays,
        held=person.held(course_id),
        renewal_window=parse_span(home.renewal_window),
        registered=any(line.decision == "submitted" or line.status in OPEN for line in lines),
        retake=attempts_used(person, course_id) > 0,
        self_pay=self_pay,
    )


def attempts_used(person: Person, course_id: int) -> int:
    """How many attempts ended without completion since the course was last completed."""
    equal = person.equal_to(course_id)
    last = max(
        (held.completed_on for course, held in person.completions if course in equal), default=date.min
    )
    ended = [
        registration.ended_on(line.progress, person.day)
        for line in person.lines_for(course_id)
        if line.status and registration.used_up(line.progress, person.day)
    ]
    return sum(1 for day in ended if day is not None and day > last)


def requirement_for(reader: Reader, person: Person, course_id: int, role_id: int) -> Requirement | None:
    """The role's requirement that a course answers: its own, else one for a course equated with it."""
    required = list(list_requirements(reader, person.today, role_id=role_id))
    own = [q for q in required if q.course_id == course_id]
    equal = person.equal_to(course_id)
    return next(iter(own or [q for q in required if q.course_id in equal]), None)
