"""What a line of a cart claims: the facts that decide it, for cart, submission and `explain`."""

from carepass_cli.rules.funding import Claim
from carepass_cli.rules.registration import makes_retake
from carepass_cli.rules.span import parse_span
from carepass_cli.store.queries.person import Person
from carepass_cli.store.rows.nouns import Home, Requirement

OPEN = ("approved", "in-progress")


def claim_for(
    person: Person,
    course_id: int,
    role_id: int,
    requirement: Requirement | None,
    home: Home,
    self_pay: bool,
    *,
    apart_from: int | None = None,
) -> Claim:
    """The claim of a person for a course under a role at `home`; `requirement` is the role's, if any.

    What the person is waived from is not required of them. `apart_from` is a line that is no other
    registration: the one that is decided. What the home has committed of this year's budget counts as it is
    now, with what was approved a moment ago.
    """
    course = person.reference.course(course_id)
    lines = [line for line in person.lines_for(course_id) if line.id != apart_from]
    return Claim(
        role_confirmed=role_id in person.starts,
        required=requirement is not None and requirement.course_id not in person.waived,
        employer_pays=requirement is not None and requirement.employer_pays,
        held=person.held(course_id),
        renewal_window=parse_span(home.renewal_window),
        registered=any(line.decision == "submitted" or line.status in OPEN for line in lines),
        retake=attempts_used(person, course_id, home.id) > 0,
        self_pay=self_pay,
        course_retired=course.status == "retired",
        price=course.price_cents,
        budget=person.reference.budget(home.id),
    )


def attempts_used(person: Person, course_id: int, home_id: int) -> int:
    """How many attempts at a home make a further one there a retake."""
    equal = person.equal_to(course_id)
    completed = [held.completed_on for course, held in person.completions if course in equal]
    return sum(
        makes_retake(line.progress, line.approved_on, completed, person.today)
        for line in person.lines_for(course_id)
        if line.home_id == home_id and line.approved_on is not None
    )


def requirement_for(person: Person, course_id: int, role_id: int) -> Requirement | None:
    """The role's requirement that a course answers: its own, else one for a course equated with it."""
    required = person.reference.requirements(role_id)
    own = [q for q in required if q.course_id == course_id]
    equal = person.equal_to(course_id)
    return next(iter(own or [q for q in required if q.course_id in equal]), None)
