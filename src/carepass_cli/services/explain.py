"""Why a person stands where they stand: the facts and rules behind a status, in sentences.

It asks the same code that the lists and reports ask, so it cannot tell another story.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from carepass_cli.rules import funding
from carepass_cli.rules.calendar import Counted, access_due
from carepass_cli.rules.fields import days_of
from carepass_cli.rules.span import BEFORE_START, parse_span
from carepass_cli.rules.standing import Held, Standing, opens_on
from carepass_cli.services.claim import claim_for, requirement_for
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.courses import equivalents, get_course
from carepass_cli.store.queries.homes import home_by_id, role_by_id
from carepass_cli.store.queries.person import Person, person_of
from carepass_cli.store.queries.records import list_records
from carepass_cli.store.queries.validity import basis_of, moves_of, validities_of
from carepass_cli.store.queries.waivers import list_waivers
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Course, Requirement
from carepass_cli.store.rows.nouns.line import Line

DECIDED = {
    "role-not-confirmed": "the role is not confirmed",
    "course-retired": "the course is retired",
    "over-budget": "the home's budget for the year does not suffice",
    "not-required": "the role does not require it",
    "already-valid": "a valid record is held, and renewal is not open yet",
    "already-registered": "there is a registration or a waiting submission already",
    "retake": "it is a retake, and the employer does not pay for one",
    "learner-pays": "the requirement says that the learner pays",
    "employer-pays": "the employer pays",
    "self-pay": "the learner pays",
}


def explain_standing(reader: Reader, today: date, named: str, code: str) -> dict[str, object]:
    """Everything that explains a person's standing in a course on a day, as one object."""
    account, course = get_account(reader, today, named), get_course(reader, today, code)
    return _explained(person_of(reader, today, account.id), account.portal_id, course)


def explain_required(reader: Reader, today: date, named: str) -> list[dict[str, object]]:
    """As `explain_standing`, for each course that is required of the person, in the order of their codes."""
    account = get_account(reader, today, named)
    person = person_of(reader, today, account.id)
    codes = sorted({required.code for required in person.requirements()})
    return [_explained(person, account.portal_id, get_course(reader, today, code)) for code in codes]


def _explained(person: Person, portal_id: str, course: Course) -> dict[str, object]:
    reader, today = person.reader, person.today
    held = person.held(course.id)
    asked = _asked(person, course)
    equal = equivalents(reader, today, course.id)
    told: list[dict[str, object]] = []
    for requirement in asked:
        found = person.standing(requirement)
        told.append(
            {
                "home": requirement.home,
                "role": requirement.role,
                "code": requirement.code,
                "status": found.status,
                "due_on": found.due_on,
                "citation": requirement.citation,
                "because": " ".join(_because(reader, person, requirement, found, held)),
            }
        )
    first = person.standing(asked[0]) if asked else None
    verdict = _verdict(reader, person, asked, course.id)
    return {
        "portal_id": portal_id,
        "code": course.code,
        "title": course.title,
        "as_of": today,
        "status": first.status if first else None,
        "step": person.step(course.id),
        "completed_on": held.completed_on if held else None,
        "expires_on": held.expires_on if held else None,
        "days_left": first.days_left if first else None,
        "due_on": told[0]["due_on"] if told else None,
        "requirements": told,
        "equal_to": equal,
        "records": [_record(each, held) for each in _records(reader, today, person, course.id)],
        "steps": [
            {"line": line.line, "told": " ".join(_step(reader, line, today))}
            for line in person.lines_for(course.id)
        ],
        "next": _next(verdict, bool(asked)),
        "home": asked[0].home if asked else None,
        "role": asked[0].role if asked else None,
        "would": {"decision": verdict.decision, "reason": verdict.reason, "payer": verdict.payer},
    }


def sentences(told: Mapping[str, Any], person: str) -> list[str]:
    """An explanation as a reader has it, a paragraph each; `person` is how the person is named."""
    status = told["status"] or "not required"
    if told["expires_on"]:
        status += f", with {told['expires_on']} as its last valid day"
    elif told["due_on"] and told["completed_on"] is None:
        status += f", due by {told['due_on']}"
    step = f" Step: {told['step']}." if told["step"] else ""
    lines = [f"{told['code']} ({told['title']}), {person} on {told['as_of']}: {status}.{step}"]
    lines += [each["because"] for each in told["requirements"]]
    if told["equal_to"]:
        lines.append(f"The same counts for {', '.join(told['equal_to'])}.")
    for each in told["records"]:
        through = f"through {each['expires_on']}" if each["expires_on"] else "for good"
        done = f"{each['code']}, completed on {each['completed_on']}, valid {through}"
        lines.append(f"Record {each['record']}: {done}; {each['why']}.")
    lines += [f"Line {each['line']}: {each['told']}" for each in told["steps"]]
    return [*lines, told["next"]]


def _asked(person: Person, course: Course) -> list[Requirement]:
    """What asks for the course, or for one equated with it: itself first, then what is due first."""
    found = [q for q in person.requirements() if course.id in person.equal_to(q.course_id)]
    return sorted(found, key=lambda q: (q.course_id != course.id, person.standing(q).due_on or date.max))


def _because(
    reader: Reader, person: Person, requirement: Requirement, found: Standing, held: Held | None
) -> list[str]:
    said = [
        f"{requirement.role} at {requirement.home} requires {requirement.code} from"
        f" {requirement.required_from} on; the role started on {requirement.start_on}."
    ]
    if requirement.citation:
        said.append(f"It is asked for by {requirement.citation}.")
    said += _due(requirement, found, person.today)
    if found.status == "waived":
        waivers = list_waivers(reader, person.today, account_id=person.account_id, code=requirement.code)
        for waiver in waivers:
            if waiver.until_on is None or waiver.until_on >= person.today:
                through = f"through {waiver.until_on}" if waiver.until_on else "for good"
                said.append(f"It is waived from {waiver.from_on} {through} ({waiver.reason}).")
    if held is None:
        state = "That day has passed." if found.status == "overdue" else "That day has not passed yet."
        return [*said, "No record counts for it.", *([state] if found.status != "waived" else [])]
    said.append(f"Record {held.record} counts: {held.code}, completed on {held.completed_on}.")
    said += _last_day(reader, person, requirement.course_id, held)
    if held.expires_on is None:
        return [*said, "It does not expire."]
    opens = opens_on(held.expires_on, parse_span(requirement.expiring_within))
    verb = "was" if found.status == "expired" else "is"
    said.append(f"It {verb} valid through {held.expires_on}, that day included.")
    if found.status == "expiring":
        said.append(
            f"It has been expiring since {opens}: the home warns {requirement.expiring_within} before."
        )
    elif found.status == "valid":
        said.append(
            f"It will be expiring from {opens} on: the home warns {requirement.expiring_within} before."
        )
    elif found.status == "expired":
        said.append(f"Its last day was {-(found.days_left or 0)} days ago.")
    return said


def _due(requirement: Requirement, found: Standing, today: date) -> list[str]:
    """By when it was to be done, and from which day that is counted."""
    if not found.due_on:
        return []
    counted = "the later of the two"
    begins = max(requirement.required_from, requirement.start_on or date.min)
    if requirement.back_on and requirement.back_on > begins:
        counted = f"{requirement.back_on}, the first day after a waiver or leave"
    verb = "is" if found.due_on >= today else "was"
    if requirement.due == BEFORE_START:
        return [f"It comes before work begins: it {verb} due on {counted}, {found.due_on}."]
    return [f"It {verb} due within {requirement.due} of {counted}: by {found.due_on}."]


def _last_day(reader: Reader, person: Person, course_id: int, held: Held) -> list[str]:
    """What the last day of a record was worked out from, and how it was moved."""
    basis = basis_of(reader, held.record)
    if basis.expires_given:
        said = ["The certificate itself names its last day."]
    else:
        said = [f"The course is {validities_of(reader, person.today, course_id).of(held.completed_on)}."]
    if basis.window:
        said.append(f"The renewal window on that day was {basis.window}.")
    for moved in moves_of(reader, person.today, held.record):
        verb = "extended" if moved.kind == "extend" else "worked out anew"
        days = f"from {moved.expires_before or 'for good'} to {moved.expires_after or 'for good'}"
        said.append(f"On {moved.changed_on} its last day was {verb}, {days} ({moved.reason}).")
    return said


def _records(reader: Reader, today: date, person: Person, course_id: int) -> list[dict[str, object]]:
    equal = person.equal_to(course_id)
    found = list_records(reader, today, person.account_id)
    return [record.shown() for record in found if record.course_id in equal]


def _record(record: dict[str, object], held: Held | None) -> dict[str, object]:
    if record["voided_on"]:
        why = f"void since {record['voided_on']}: no longer counts"
    elif held and record["record"] == held.record:
        why = "counts: of those that are not void it lasts longest"
    else:
        why = "hidden by the one that counts"
    keys = ("record", "code", "completed_on", "expires_on", "source", "voided_on")
    return {**{key: record[key] for key in keys}, "why": why}


def _step(reader: Reader, line: Line, today: date) -> list[str]:
    by = f"by {line.decided_by}" if line.decided_by else "by the rules"
    why = DECIDED.get(line.reason, line.reason)
    said = [f"Submitted on {line.submitted_on} for {line.role} at {line.home};"]
    said.append(f"{line.decision} {by} on {line.decided_on}: {why}.")
    if line.approved_on and line.access_by:
        said.append(_access(reader, line, today))
    if line.access_on:
        said.append(
            f"Access came on {line.access_on}; the last day is {line.complete_by}, that day included."
        )
    if line.status in ("completed", "failed", "withdrawn"):
        said.append(f"It was {line.status} on {line.completed_on or line.failed_on or line.withdrawn_on}.")
    elif line.status == "lapsed":
        said.append("It lapsed: that day has passed without completion.")
    return said


def _access(reader: Reader, line: Line, today: date) -> str:
    assert line.approved_on is not None
    home = home_by_id(reader, line.access_on or today, line.home_id)
    counted = access_due(line.approved_on, days_of(home.closed_on))
    late = " It is late." if line.late else ""
    days = f"two business days after {line.approved_on}{_skipped(counted)}"
    return f"Access is due by {line.access_by}, {days}.{late}"


def _skipped(counted: Counted) -> str:
    named = ", ".join(f"{each.day} ({each.because})" for each in counted.skipped)
    return f"; not counted: {named}" if named else ""


def _verdict(reader: Reader, person: Person, asked: list[Requirement], course_id: int) -> funding.Verdict:
    """What would be decided, were the course submitted now, as the cart decides it.

    It is asked for the first role that requires the course, else for the first role that the person holds.
    """
    role_id = asked[0].role_id if asked else next(iter(person.starts), None)
    if role_id is None:
        return funding.Verdict("rejected", "role-not-confirmed", None)
    home = home_by_id(reader, person.today, role_by_id(reader, person.today, role_id).home_id)
    requirement = requirement_for(person, course_id, role_id)
    claim = claim_for(person, course_id, role_id, requirement, home, self_pay=False)
    return funding.decide(claim, home.approval, person.today)


def _next(verdict: funding.Verdict, is_required: bool) -> str:
    """The same as a sentence."""
    decided = "wait for a person's decision" if verdict.decision == "submitted" else f"be {verdict.decision}"
    because = f"it would {decided} ({verdict.reason}): {DECIDED[verdict.reason]}."
    return (
        f"Submitted today, {because}"
        if is_required
        else f"No confirmed role requires it; submitted, {because}"
    )
