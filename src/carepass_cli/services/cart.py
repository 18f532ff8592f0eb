"""The training cart: add, remove, clear, submit."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple, Unpack

from carepass_cli.errors import Refused, RoleNotConfirmed, UsageError
from carepass_cli.rules.funding import Verdict, decide
from carepass_cli.rules.nouns.cart_line import CART_LINE, CartLineValues
from carepass_cli.rules.span import parse_span
from carepass_cli.rules.standing import opens_on
from carepass_cli.services.claim import claim_for, requirement_for
from carepass_cli.services.decision import decision_of, registration_of
from carepass_cli.services.outbox import Letter, decision_key, queue_letters
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.accounts import get_account, get_person
from carepass_cli.store.queries.cart import cart_lines
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import check_named
from carepass_cli.store.queries.lines import line_submitted
from carepass_cli.store.queries.narrowing import Named, several
from carepass_cli.store.queries.person import TOGETHER, Person, people_of
from carepass_cli.store.queries.reference import ReferenceData
from carepass_cli.store.rows.nouns import Account, Course, Requirement, Role
from carepass_cli.store.rows.nouns.cart_line import CartLine as InCart
from carepass_cli.store.rows.nouns.line import DECISION_KEYS, Line
from carepass_cli.store.rows.training import CartLine, Decision, Registration, Submission, SubmissionLine
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


class Carts:
    """The carts of some people, read together. What is put into them is written at the end, by `write`."""

    def __init__(
        self, unit: Unit, accounts: Sequence[Account], reference: ReferenceData | None = None
    ) -> None:
        keys = list(dict.fromkeys(account.id for account in accounts))
        self._unit = unit
        self._people = people_of(unit, unit.today, keys, reference)
        # By account and course; what is not written yet has the key 0.
        self._inside: dict[tuple[int, int], CartLine] = {}
        for line in cart_lines(unit, unit.today, keys) if keys else ():
            said = {column: getattr(line, column) for column in CART_LINE.defaults}
            self._inside[line.account_id, line.course_id] = CartLine(
                line.account_id, line.course_id, line.role_id, line.added_on, line.id, **said
            )
        self._closed: list[int] = []
        self._new: list[CartLine] = []
        self._entries: list[Entry] = []

    def person(self, account: Account) -> Person:
        """One of the people."""
        return self._people[account.id]

    def put(
        self,
        account: Account,
        course: Course,
        home: Named = None,
        role: Named = None,
        *,
        unless_settled: bool = False,
        **values: Unpack[CartLineValues],
    ) -> Outcome:
        """Put a course in, for the role that asks for it: `add_to_cart` says which. Settled is what was
        submitted before, is not in the cart, and would not be approved now.

        Raises RoleNotConfirmed, UsageError where several roles ask, Refused for a course that is retired.
        """
        person = self.person(account)
        inside = self._inside.get((account.id, course.id))
        earlier = [line for line in person.lines if line.course_id == course.id]
        may_be_settled = unless_settled and inside is None and bool(earlier)
        if course.status == "retired" and not may_be_settled:
            raise Refused(
                f"{course.code} is retired.",
                f"See what takes its place: carepass course show {course.code}",
                code="course-retired",
            )
        post = _post_for(self._unit, account, person, course, home, role)
        known = {**CART_LINE.defaults, **values}
        verdict = _verdict(person, course.id, post, known["self_pay"])
        item: dict[str, object] = {
            "portal_id": account.portal_id,
            "code": course.code,
            "title": course.title,
            "minutes": course.minutes,
            "home": post.home,
            "role": post.role,
            **known,
        }
        if may_be_settled and (earlier[-1].decision == "submitted" or verdict.decision == "rejected"):
            return Outcome(UNCHANGED, item)
        if inside and inside.role_id == post.id and CART_LINE.has(inside, known):
            return Outcome(UNCHANGED, item)
        self._replace(CartLine(account.id, course.id, post.id, self._unit.today, **known))
        key = f"{account.portal_id} {course.code}"
        self._entries.append(Entry("put in cart", "cart", key, account.id, after=item))
        said: tuple[str, ...] = ()
        if verdict.decision == "rejected":
            why = LATER.get(verdict.reason, verdict.reason)
            said = (f"Warning: {course.code} will be rejected ({verdict.reason}): {why}.",)
        return Outcome(UPDATED if inside else CREATED, item, said)

    def _replace(self, line: CartLine) -> None:
        """Have this line in the place of the one of the same course, if there is one."""
        key = (line.account_id, line.course_id)
        if (inside := self._inside.get(key)) is not None:
            if not inside.id:
                self.write()
            self._closed.append(self._inside[key].id)
        self._new.append(line)
        self._inside[key] = line
        self._people[line.account_id].in_cart.add(line.course_id)

    def write(self) -> None:
        """Write what was put in since the last call."""
        unit = self._unit
        unit.update(CartLine, {key: {"closed_on": unit.today} for key in self._closed})
        for line, key in zip(self._new, unit.insert(self._new), strict=True):
            self._inside[line.account_id, line.course_id] = line._replace(id=key)
        unit.audit_all(self._entries)
        self._closed, self._new, self._entries = [], [], []


def add_to_cart(
    unit: Unit,
    named: str,
    courses: list[str],
    home: Named = None,
    role: Named = None,
    **values: Unpack[CartLineValues],
) -> list[Outcome]:
    """Put courses in a person's cart, each for the role that asks for it.

    Home and role may be left out where one confirmed assignment asks for the course (or there is only
    one); several are any of them. Raises RoleNotConfirmed. A course that would be rejected is put in, with
    a warning.
    """
    account = get_person(unit, unit.today, named)
    carts = Carts(unit, [account])
    outcomes = [
        carts.put(account, get_course(unit, unit.today, code), home, role, **values)
        for code in dict.fromkeys(courses)
    ]
    carts.write()
    return outcomes


def add_missing(
    unit: Unit, named: str, home: Named = None, role: Named = None, **values: Unpack[CartLineValues]
) -> list[Outcome]:
    """Put in the cart all that is required of a person, not waived, not held or open for renewal, and not
    under way; what has lapsed is not under way. Raises RoleNotConfirmed where none of the roles (at these
    homes, with these codes) is confirmed."""
    account = get_person(unit, unit.today, named)
    carts = Carts(unit, [account])
    person = carts.person(account)
    _held(unit, account, person, home, role)
    outcomes: dict[str, Outcome] = {}
    for required in person.requirements(home, role):
        if required.code not in outcomes and required.start_on and _is_missing(person, required):
            course = person.reference.course(required.course_id)
            outcomes[required.code] = carts.put(account, course, required.home, required.role, **values)
    carts.write()
    return list(outcomes.values())


def _is_missing(person: Person, required: Requirement) -> bool:
    told = person.standing(required)
    if told.status == "waived" or person.step(required.course_id) in UNDER_WAY:
        return False
    if told.expires_on is None:
        return told.completed_on is None
    window = parse_span(person.reference.home(required.home_id).renewal_window)
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
    return submit_of(unit, [get_account(unit, unit.today, each) for each in named])


def submit_of(
    unit: Unit, accounts: Sequence[Account], reference: ReferenceData | None = None
) -> list[Outcome]:
    """Submit the carts of these people, one after the other: each line is decided by the rules, in order. A
    cart with nothing in it is passed over."""
    reference = reference or ReferenceData(unit, unit.today)
    each_once = iter({account.id: account for account in accounts}.values())
    outcomes: list[Outcome] = []
    while some := list(islice(each_once, TOGETHER)):
        outcomes += _submit(unit, some, reference)
    return outcomes


class _Submitted(NamedTuple):
    """A line of a cart, in the submission of this number."""

    number: int
    account: Account
    inside: InCart


def _submit(unit: Unit, accounts: Sequence[Account], reference: ReferenceData) -> list[Outcome]:
    carts: dict[int, list[InCart]] = defaultdict(list)
    for inside in cart_lines(unit, unit.today, [account.id for account in accounts]):
        carts[inside.account_id].append(inside)
    filled = [account for account in accounts if account.id in carts]
    numbers = unit.insert([Submission(account.id, unit.today) for account in filled])
    submitted = [
        _Submitted(number, account, inside)
        for number, account in zip(numbers, filled, strict=True)
        for inside in carts[account.id]
    ]
    unit.update(CartLine, {each.inside.id: {"closed_on": unit.today} for each in submitted})
    rows = [
        SubmissionLine(each.number, each.inside.course_id, each.inside.role_id, self_pay=each.inside.self_pay)
        for each in submitted
    ]
    keys = unit.insert(rows)
    people = people_of(unit, unit.today, list(carts), reference)
    decisions, registrations, lines = [], [], list[Line]()
    for each, key in zip(submitted, keys, strict=True):
        decision, registration, line = _decided(people[each.account.id], each, key)
        decisions.append(decision)
        registrations += [registration] if registration else []
        lines.append(line)
    unit.insert(decisions)
    unit.insert(registrations)
    shown = [line.under(DECISION_KEYS) for line in lines]
    unit.audit_all(
        [
            Entry("submit", "line", line.line, line.account_id, after=told)
            for line, told in zip(lines, shown, strict=True)
        ]
    )
    _tell_decisions(unit, submitted, lines)
    return [Outcome(CREATED, told) for told in shown]


def _decided(person: Person, submitted: _Submitted, key: int) -> tuple[Decision, Registration | None, Line]:
    """What is written of a submitted line, and the line as it then is: for what the person submits beside it,
    too, which an equated course may stand in the way of."""
    number, account, inside = submitted
    today, course, post = person.today, inside.course_id, person.reference.role(inside.role_id)
    verdict = _verdict(person, course, post, inside.self_pay)
    decision, registration = decision_of(today, key, verdict, None), None
    if verdict.decision == "approved" and verdict.payer:
        registration = registration_of(person, key, course, post.home_id, verdict.payer)
    equal = person.equal_to(course)
    done_today = any(one in equal and held.completed_on == today for one, held in person.completions)
    line = line_submitted(
        today,
        number,
        account,
        post,
        person.reference.course(course),
        decision,
        registration,
        self_pay=inside.self_pay,
        settled_on=today if done_today else None,
        closed_on=person.reference.home(post.home_id).closed_on,
    )
    person.lines.append(line)
    return decision, registration, line


def _tell_decisions(unit: Unit, submitted: Sequence[_Submitted], lines: Sequence[Line]) -> None:
    """Queue what was decided, a letter a submission and home: each is about that home's lines."""
    told: dict[tuple[int, int], list[dict[str, object]]] = defaultdict(list)
    accounts: dict[int, Account] = {}
    for (number, account, _), line in zip(submitted, lines, strict=True):
        accounts[number] = account
        told[number, line.home_id].append(line.under(DECISION_KEYS))
    letters = [
        Letter(accounts[number], {"lines": of_home}, decision_key(number, home_id), home_id)
        for (number, home_id), of_home in told.items()
    ]
    queue_letters(unit, "decision", letters)


def _post_for(unit: Unit, account: Account, person: Person, course: Course, home: Named, role: Named) -> Role:
    """The role for which a course is put in the cart."""
    held = _held(unit, account, person, home, role)
    if len(held) == 1:
        return held[0]
    asking = {q.role_id for q in person.requirements() if course.id in person.equal_to(q.course_id)}
    fitting = [post for post in held if post.id in asking] or held
    if len(fitting) == 1:
        return fitting[0]
    choices = ", ".join(sorted(f"--home {post.home} --role {post.role}" for post in fitting))
    raise UsageError(f"More than one role could ask for {course.code}.", f"Name one of: {choices}.")


def _held(unit: Unit, account: Account, person: Person, home: Named, role: Named) -> list[Role]:
    """The confirmed roles of a person: at these homes, with these codes. Raises NotFound for what there is
    not, RoleNotConfirmed for none."""
    homes, roles = several(home), several(role)
    held = map(person.reference.role, person.starts)
    fitting = [
        post for post in held if (not homes or post.home in homes) and (not roles or post.role in roles)
    ]
    if len(homes) > 1 or len(roles) > 1 or not fitting:
        check_named(unit, unit.today, home, role)
    if fitting:
        return fitting
    what = " at ".join(", ".join(map(str, named)) for named in (roles, homes) if named)
    raise RoleNotConfirmed(
        f"Account {account.portal_id} has not confirmed {what or 'any role'}.",
        "Only a confirmed role may register for training. Look it up: "
        f"carepass role assignments --account {account.portal_id}",
    )


def _take_out(unit: Unit, account: Account, line: InCart) -> Outcome:
    unit.update(CartLine, {line.id: {"closed_on": unit.today}})
    item: dict[str, object] = {"portal_id": account.portal_id, "code": line.code}
    unit.audit(
        "take out of cart", "cart", f"{account.portal_id} {line.code}", account_id=account.id, before=item
    )
    return Outcome(UPDATED, item)


def _verdict(person: Person, course_id: int, post: Role, self_pay: bool) -> Verdict:
    """What submitting a course for a person would decide on the person's day."""
    home = person.reference.home(post.home_id)
    requirement = requirement_for(person, course_id, post.id)
    claim = claim_for(person, course_id, post.id, requirement, home, self_pay)
    return decide(claim, home.approval, person.today)
