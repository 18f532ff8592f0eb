"""Decisions by a person: at homes that decide by hand, and where a person overrules the rules."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from carepass_cli.errors import AlreadyDecided, NotFound, Refused, UsageError
from carepass_cli.rules.funding import NEVER_OVERRULED, Verdict, decide, failing
from carepass_cli.services.claim import claim_for, requirement_for
from carepass_cli.services.decision import registration_of, replace_decision
from carepass_cli.services.outbox import Letter, queue_letters
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.accounts import account_by_id
from carepass_cli.store.queries.lines import get_line, list_lines
from carepass_cli.store.queries.person import Person, people_of
from carepass_cli.store.queries.reference import ReferenceData
from carepass_cli.store.rows.nouns.line import DECISION_KEYS, Line
from carepass_cli.store.unit import Unit


def approve_lines(unit: Unit, named: list[str], reason: str | None = None) -> list[Outcome]:
    """Approve lines that wait, or overrule their rejection (which needs a reason).

    Raises AlreadyDecided where a person has decided, UsageError where the reason is missing.
    """
    reference = ReferenceData(unit, unit.today)
    people: dict[int, Person] = {}
    outcomes = []
    for line in _lines(unit, named):
        if line.account_id not in people:
            people |= people_of(unit, unit.today, [line.account_id], reference)
        outcomes.append(_approve(unit, people[line.account_id], line, reason))
    return outcomes


def reject_lines(unit: Unit, named: list[str], reason: str) -> list[Outcome]:
    """Reject lines that wait or were approved by the rules, as long as no access was given."""
    return [_reject(unit, line, reason) for line in _lines(unit, named)]


def told_of(lines: list[Line]) -> list[str]:
    """Lines as a question shows them: below each person a line each with length and price, and their sum."""
    told = []
    for (portal_id, name, role), theirs in groupby(lines, key=_asking):
        told.append(f"{name} ({portal_id}), {role}")
        for line in theirs:
            told.append(f"  {line.line}  {line.title}  {line.minutes} min  {line.price or 'no price'}")
    minutes = f"Together: {sum(line.minutes for line in lines)} minutes"
    prices = [Decimal(line.price) for line in lines if line.price]
    unknown = len(lines) - len(prices)
    if not prices:
        return [*told, f"{minutes}; no price is known."]
    more = f", and {unknown} without a price" if unknown else ""
    return [*told, f"{minutes}, {sum(prices):.2f} dollars{more}."]


def _asking(line: Line) -> tuple[str, str, str]:
    return line.portal_id, f"{line.last_name}, {line.first_name}", f"{line.role} at {line.home}"


def _lines(unit: Unit, named: list[str]) -> Iterator[Line]:
    """The lines that are named, each once and one after the other, so that the first that cannot be decided
    is the one that is told of; the number of a submission stands for all of its that wait."""
    found: set[str] = set()
    for word in named:
        if word.isascii() and word.isdigit() and len(word) <= 12:
            of_one = list(list_lines(unit, unit.today, number=int(word)))
            if not of_one:
                raise NotFound("submission", word, hint="Look it up: carepass submission list")
            lines = [line for line in of_one if line.decision == "submitted"]
        else:
            lines = [get_line(unit, unit.today, word)]
        for line in lines:
            if line.line not in found:
                found.add(line.line)
                yield line


def next_steps(outcomes: list[Outcome]) -> list[str]:
    """What is to be done about lines that were just submitted or decided."""
    waiting = [each.item for each in outcomes if each.item["decision"] == "submitted"]
    access = [each.item for each in outcomes if each.item["decision"] == "approved"]
    said = []
    if waiting:
        said.append(f"To be decided by a person: carepass submission approve {waiting[0]['line']}, or reject")
    if access:
        first = min(access, key=lambda item: str(item["access_by"]))
        which = first["line"] if len(access) == 1 else "--due"
        said.append(f"Access is due by {first['access_by']}: carepass registration grant {which}")
    return said


def _approve(unit: Unit, person: Person, line: Line, reason: str | None) -> Outcome:
    _refuse_decided(line)
    if line.decision == "approved":
        return Outcome(UNCHANGED, line.under(DECISION_KEYS))
    if line.decision == "rejected" and reason is None:
        raise _reason_needed(line, f"was rejected ({line.reason})")
    _ask_again(person, line, reason)
    payer = line.payer or ("learner" if line.self_pay else "employer")
    replace_decision(unit, line.id, Verdict("approved", reason or line.reason, payer), unit.work.actor)
    unit.add(registration_of(person, line.id, line.course_id, line.home_id, payer))
    now = get_line(unit, unit.today, line.line)
    # What was just approved counts for an equated course beside it.
    person.lines = [now if each.id == line.id else each for each in person.lines]
    return _decided(unit, line, now)


def _ask_again(person: Person, line: Line, reason: str | None) -> None:
    """What was true when the line was submitted may be true no more: the rules are asked as of today.

    Raises Refused where a rule fails that nobody overrules, UsageError where overruling wants a reason.
    """
    home = person.reference.home(line.home_id)
    requirement = requirement_for(person, line.course_id, line.role_id)
    claim = claim_for(
        person, line.course_id, line.role_id, requirement, home, line.self_pay, apart_from=line.id
    )
    failed = failing(claim, person.today)
    for rule in NEVER_OVERRULED:
        if rule in failed:
            raise Refused(*_never(rule, line), code=rule)
    verdict = decide(claim, home.approval, person.today)
    if verdict.decision == "rejected" and reason is None:
        raise _reason_needed(line, f"would be rejected today ({verdict.reason})")


def _never(rule: str, line: Line) -> tuple[str, str]:
    return {
        "role-not-confirmed": (
            f"{line.portal_id} has no confirmed role {line.role} at {line.home} today.",
            f"Look it up: carepass role assignments --account {line.portal_id}",
        ),
        "course-retired": (
            f"{line.code} is retired.",
            f"See what takes its place: carepass course show {line.code}",
        ),
        "already-registered": (
            f"{line.portal_id} is registered for {line.code} already.",
            f"Look it up: carepass registration list --account {line.portal_id}",
        ),
    }[rule]


def _reason_needed(line: Line, why: str) -> UsageError:
    return UsageError(
        f"{line.line} {why}; overruling that needs a --reason.",
        "Add --reason WHY; it is kept in the audit log.",
    )


def _reject(unit: Unit, line: Line, reason: str) -> Outcome:
    _refuse_decided(line)
    if line.status and line.status != "approved":
        raise Refused(
            f"{line.line} is {line.status}: access was given or the registration has ended.",
            "It can no longer be rejected. To end a registration: "
            f"carepass registration withdraw {line.line}",
            code="access-given",
        )
    replace_decision(unit, line.id, Verdict("rejected", reason, None), unit.work.actor)
    return _decided(unit, line, get_line(unit, unit.today, line.line))


def _refuse_decided(line: Line) -> None:
    if line.decided_by is not None:
        raise AlreadyDecided(
            f"{line.line} was {line.decision} by {line.decided_by} on {line.decided_on}.",
            "What a person decided is not decided again; the course can be put in the cart again.",
        )


def _decided(unit: Unit, line: Line, now: Line) -> Outcome:
    shown = now.under(DECISION_KEYS)
    unit.audit(
        "decide",
        "line",
        line.line,
        account_id=line.account_id,
        before={"decision": line.decision, "reason": line.reason, "payer": line.payer},
        after=shown,
    )
    account = account_by_id(unit, unit.today, line.account_id)
    queue_letters(
        unit, "decision", [Letter(account, {"lines": [shown]}, f"decided:{line.line}", line.home_id)]
    )
    return Outcome(UPDATED, shown)
