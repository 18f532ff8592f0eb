"""The training cart: add, remove, clear, submit."""

from collections.abc import Sequence

from carepass_cli.errors import Refused, RoleNotConfirmed, UsageError
from carepass_cli.rules.funding import Verdict, decide
from carepass_cli.rules.span import parse_span
from carepass_cli.rules.standing import opens_on
from carepass_cli.services.claim import claim_for, requirement_for
from carepass_cli.services.decision import record_decision, register
from carepass_cli.services.outbox import Letter, decision_key, queue_letters
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.cart import CartLine as InCart
from carepass_cli.store.queries.cart import cart_lines
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import check_named, home_by_id, role_by_id
from carepass_cli.store.queries.lines import DECISION_KEYS, Line, get_line
from carepass_cli.store.queries.narrowing import Named, several
from carepass_cli.store.queries.person import Person
from carepass_cli.store.rows.nouns import Account, Course, Requirement, Role
from carepass_cli.store.rows.training import CartLine, Submission, SubmissionLine
from carepass_cli.store.unit import Unit

UNDER_WAY = ("in-cart", "submitted", "approved", "in-progress")
LATER = {
    "not-required": "the role does not require it; with --self-pay you can take it at your own cost",
    "already-valid": "you hold it, and it is too early to renew",
    "already-registered": "you are registered for it already",
    "retake": "the employer does not pay for a retake; add --self-pay to pay for it yourself",
    "learner-pays": "the employer does not pay for it; add --self-pay to pay for it yourself",
    "over-budget": "the home's budget for the year is spent; add --self-pay to pay for it yourself",
    "course-retired": "the course is retired",
}


def add_to_cart(
    unit: Unit,
    named: str,
    courses: list[str],
    home: Named = None,
    role: Named = None,
    self_pay: bool = False,
) -> list[Outcome]:
    """Put courses in a person's cart, each for the role that asks for it.

    Home and role may be left out where one confirmed assignment asks for the course (or there is only
    one); several are any of them. Raises RoleNotConfirmed. A course that would be rejected is put in, with
    a warning.
    """
    account = get_account(unit, unit.today, named)
    person = Person(unit, unit.today, account.id)
    outcomes = []
    for code in dict.fromkeys(courses):
        course = get_course(unit, unit.today, code)
        if course.status == "retired":
            raise Refused(
                f"{code} is retired.",
                f"See what takes its place: carepass course show {code}",
                code="course-retired",
            )
        post = _post_for(unit, account, person, course, home, role)
        outcomes.append(_put(unit, account, person, course, post, self_pay))
    return outcomes


def add_missing(
    unit: Unit, named: str, home: Named = None, role: Named = None, self_pay: bool = False
) -> list[Outcome]:
    """Put in the cart all that is required of a person, not waived, not held or open for renewal, and not
    under way; what has lapsed is not under way. Raises RoleNotConfirmed where none of the roles (at these
    homes, with these codes) is confirmed."""
    account = get_account(unit, unit.today, named)
    person = Person(unit, unit.today, account.id)
    _held(unit, account, person, home, role)
    outcomes: dict[str, Outcome] = {}
    for required in person.requirements(home, role):
        if required.code not in outcomes and required.start_on and _is_missing(unit, person, required):
            course = get_course(unit, unit.today, required.code)
            post = role_by_id(unit, unit.today, required.role_id)
            outcomes[required.code] = _put(unit, account, person, course, post, self_pay)
    return list(outcomes.values())


def _is_missing(unit: Unit, person: Person, required: Requirement) -> bool:
    told = person.standing(required)
    if told.status == "waived" or person.step(required.course_id) in UNDER_WAY:
        return False
    if told.expires_on is None:
        return told.completed_on is None
    window = parse_span(home_by_id(unit, unit.today, required.home_id).renewal_window)
    return opens_on(told.expires_on, window) <= person.today


def remove_from_cart(unit: Unit, named: str, courses: list[str]) -> list[Outcome]:
    """Take courses out of a cart. What is not in it is `unchanged`."""
    account = get_account(unit, unit.today, named)
    inside = {line.code: line for line in cart_lines(unit, unit.today, account.id)}
    outcomes = []
    for code in dict.fromkeys(courses):
        if code not in inside:
            get_course(unit, unit.today, code)
            item: dict[str, object] = {"portal_id": account.portal_id, "code": code}
            outcomes.append(Outcome(UNCHANGED, item))
        else:
            outcomes.append(_take_out(unit, account, inside[code]))
    return outcomes


def clear_cart(unit: Unit, named: str) -> list[Outcome]:
    """Take everything out of a cart."""
    account = get_account(unit, unit.today, named)
    return [_take_out(unit, account, line) for line in cart_lines(unit, unit.today, account.id)]


def submit_carts(unit: Unit, named: Sequence[str]) -> list[Outcome]:
    """Submit the carts of some people."""
    return [outcome for each in dict.fromkeys(named) for outcome in submit_cart(unit, each)]


def submit_cart(unit: Unit, named: str) -> list[Outcome]:
    """Submit a cart: each line is decided by the rules, in order. Nothing in it: an empty list."""
    account = get_account(unit, unit.today, named)
    inside = cart_lines(unit, unit.today, account.id)
    if not inside:
        return []
    number = unit.add(Submission(account_id=account.id, submitted_on=unit.today)).id
    assert number is not None
    for line in inside:
        # Read anew for each line: what was just approved counts for an equated course beside it.
        person = Person(unit, unit.today, account.id)
        post = role_by_id(unit, unit.today, line.role_id)
        verdict = _verdict(unit, person, line.course_id, post, line.self_pay)
        unit.update(CartLine, {line.id: {"closed_on": unit.today}})
        row = unit.add(
            SubmissionLine(
                submission_id=number, course_id=line.course_id, role_id=line.role_id, self_pay=line.self_pay
            )
        )
        assert row.id is not None
        record_decision(unit, row.id, verdict, decided_by=None)
        if verdict.decision == "approved" and verdict.payer:
            register(unit, person, row.id, line.course_id, post.home_id, verdict.payer)
    lines = [get_line(unit, unit.today, f"{number}/{line.code}") for line in inside]
    for decided in lines:
        shown = decided.under(DECISION_KEYS)
        unit.audit("submit", "line", decided.line, account_id=account.id, after=shown)
    _tell_decisions(unit, account, number, lines)
    return [Outcome(CREATED, decided.under(DECISION_KEYS)) for decided in lines]


def _tell_decisions(unit: Unit, account: Account, number: int, lines: Sequence[Line]) -> None:
    """Queue what was decided of a submission, a letter a home: each is about that home's lines."""
    of_home: dict[int, list[dict[str, object]]] = {}
    for line in lines:
        of_home.setdefault(line.home_id, []).append(line.under(DECISION_KEYS))
    letters = [
        Letter(account, {"lines": told}, decision_key(number, home_id), home_id)
        for home_id, told in of_home.items()
    ]
    queue_letters(unit, "decision", letters)


def would_submit(
    unit: Unit, named: str, code: str, home: str | None, role: str | None, self_pay: bool
) -> Verdict:
    """What submitting a course for a person would decide today."""
    account = get_account(unit, unit.today, named)
    person = Person(unit, unit.today, account.id)
    course = get_course(unit, unit.today, code)
    post = _post_for(unit, account, person, course, home, role)
    return _verdict(unit, person, course.id, post, self_pay)


def _post_for(unit: Unit, account: Account, person: Person, course: Course, home: Named, role: Named) -> Role:
    """The role for which a course is put in the cart."""
    held = _held(unit, account, person, home, role)
    asking = {q.role_id for q in person.requirements() if course.id in person.equal_to(q.course_id)}
    fitting = [post for post in held if post.id in asking] or held
    if len(fitting) == 1:
        return fitting[0]
    choices = ", ".join(sorted(f"--home {post.home} --role {post.role}" for post in fitting))
    raise UsageError(f"More than one role could ask for {course.code}.", f"Name one of: {choices}.")


def _held(unit: Unit, account: Account, person: Person, home: Named, role: Named) -> list[Role]:
    """The confirmed roles of a person: at these homes, with these codes. Raises RoleNotConfirmed for none."""
    check_named(unit, unit.today, home, role)
    homes, roles = several(home), several(role)
    held = [role_by_id(unit, unit.today, role_id) for role_id in person.starts]
    fitting = [
        post for post in held if (not homes or post.home in homes) and (not roles or post.role in roles)
    ]
    if fitting:
        return fitting
    what = " at ".join(", ".join(map(str, named)) for named in (roles, homes) if named)
    raise RoleNotConfirmed(
        f"Account {account.portal_id} has not confirmed {what or 'any role'}.",
        "Only a confirmed role may register for training. Look it up: "
        f"carepass role assignments --account {account.portal_id}",
    )


def _put(unit: Unit, account: Account, person: Person, course: Course, post: Role, self_pay: bool) -> Outcome:
    item: dict[str, object] = {
        "portal_id": account.portal_id,
        "code": course.code,
        "title": course.title,
        "minutes": course.minutes,
        "home": post.home,
        "role": post.role,
        "self_pay": self_pay,
    }
    inside = next(
        (line for line in cart_lines(unit, unit.today, account.id) if line.course_id == course.id), None
    )
    if inside and (inside.role_id, inside.self_pay) == (post.id, self_pay):
        return Outcome(UNCHANGED, item)
    if inside:
        unit.update(CartLine, {inside.id: {"closed_on": unit.today}})
    unit.add(
        CartLine(
            account_id=account.id,
            course_id=course.id,
            role_id=post.id,
            self_pay=self_pay,
            added_on=unit.today,
        )
    )
    unit.audit("put in cart", "cart", f"{account.portal_id} {course.code}", account_id=account.id, after=item)
    verdict = _verdict(unit, person, course.id, post, self_pay)
    said: tuple[str, ...] = ()
    if verdict.decision == "rejected":
        why = LATER.get(verdict.reason, verdict.reason)
        said = (f"Warning: {course.code} will be rejected ({verdict.reason}): {why}.",)
    return Outcome(UPDATED if inside else CREATED, item, said)


def _take_out(unit: Unit, account: Account, line: InCart) -> Outcome:
    unit.update(CartLine, {line.id: {"closed_on": unit.today}})
    item: dict[str, object] = {"portal_id": account.portal_id, "code": line.code}
    unit.audit(
        "take out of cart", "cart", f"{account.portal_id} {line.code}", account_id=account.id, before=item
    )
    return Outcome(UPDATED, item)


def _verdict(unit: Unit, person: Person, course_id: int, post: Role, self_pay: bool) -> Verdict:
    home = home_by_id(unit, unit.today, post.home_id)
    requirement = requirement_for(unit, person, course_id, post.id)
    claim = claim_for(person, course_id, post.id, requirement, home, self_pay)
    return decide(claim, home.approval, unit.today)
