"""The life of a registration: access, the 14 days, completion, and the ways it can end without one."""

from collections.abc import Callable, Sequence
from datetime import date

from carepass_cli.errors import InTheFuture, Refused, WindowClosed
from carepass_cli.services.outbox import Letter, queue_letters
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.services.record import Wish, check_completion, completion, write_records
from carepass_cli.services.validity import Studied
from carepass_cli.store.queries.accounts import account_by_id, birthdate_of
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.lines import get_line
from carepass_cli.store.queries.records import same_completion
from carepass_cli.store.rows.nouns import Record
from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS, Line
from carepass_cli.store.rows.training import Extension, Registration
from carepass_cli.store.unit import Unit


def of_each_line(
    unit: Unit, /, service: Callable[..., Outcome], lines: Sequence[str], *more: object
) -> list[Outcome]:
    """What `service` does to each of the lines; the first that it refuses refuses all."""
    return [service(unit, line, *more) for line in lines]


def grant_access(unit: Unit, named: str, on: date | None = None) -> Outcome:
    """Give access on a day (today): the 14 days start. Given already: `unchanged`.

    Raises InTheFuture for a later day, Refused for one before the approval.
    """
    line = _registered(unit, named)
    day = _past_day(unit, on)
    if line.access_on is not None:
        if on is not None and line.access_on != on:
            raise Refused(
                f"Access to {line.line} was given on {line.access_on}.",
                f"For a later last day: carepass registration extend {line.line} --to DATE --reason WHY",
                code="access-given",
            )
        return Outcome(UNCHANGED, line.under(REGISTRATION_KEYS))
    _refuse_ended(line)
    if line.approved_on and day < line.approved_on:
        raise Refused(
            f"{line.line} was approved on {line.approved_on}; access cannot come before.",
            "Give a later --on.",
            code="before-approval",
        )
    unit.update(Registration, {line.id: {"access_on": day}})
    now = _changed(unit, "grant", line)
    params = {
        "code": now.code,
        "title": now.title,
        "access_on": now.access_on,
        "complete_by": now.complete_by,
    }
    account = account_by_id(unit, unit.today, now.account_id)
    queue_letters(unit, "access", [Letter(account, params, f"access:{now.line}", now.home_id)])
    return _outcome(now, f"To be completed by {now.complete_by}, that day included.")


def complete_registration(unit: Unit, named: str, on: date | None = None) -> Outcome:
    """Complete a course on a day (today) inside its window, and write the completion.

    Raises InTheFuture, Refused `before-access`, and WindowClosed after the last day (which still counts).
    """
    line = _registered(unit, named)
    day = _past_day(unit, on)
    if line.completed_on is not None:
        if on is not None and line.completed_on != on:
            raise Refused(
                f"{line.line} was completed on {line.completed_on}.",
                "To correct it, void its record and add the right one: "
                f"carepass record list {line.portal_id}",
                code="already-completed",
            )
        return Outcome(UNCHANGED, line.under(REGISTRATION_KEYS))
    _refuse_ended(line)
    if line.access_on is None:
        raise Refused(
            f"Access to {line.line} was not given yet.",
            f"First: carepass registration grant {line.line} --on DATE",
            code="before-access",
        )
    if day < line.access_on:
        raise Refused(
            f"Access to {line.line} was given on {line.access_on}; it cannot be completed before.",
            "Give a later --on.",
            code="before-access",
        )
    if line.complete_by is None or day > line.complete_by:
        raise WindowClosed(
            f"The last day of {line.line} was {line.complete_by}.",
            f"A retake is needed, or: carepass registration extend {line.line} --to DATE --reason WHY",
        )
    unit.update(Registration, {line.id: {"completed_on": day}})
    record = _record(unit, line, day)
    last = record.expires_on
    told = f"Valid through {last}." if last else "It does not expire."
    return _outcome(_changed(unit, "complete", line), f"Record {record.record}. {told}")


def _record(unit: Unit, line: Line, day: date) -> Record:
    """Write the completion of a line."""
    check_completion(unit.today, day, None, birthdate_of(unit, line.account_id))
    course = Studied(unit, get_course(unit, unit.today, line.code))
    row = completion(course, line.account_id, day)._replace(source="registration", line_id=line.id)
    write_records(unit, [Wish(line.portal_id, course, row)])
    record = same_completion(unit, unit.today, line.account_id, line.course_id, day)
    assert record is not None
    return record


def fail_registration(unit: Unit, named: str, on: date | None = None) -> Outcome:
    """The attempt failed on a day (today). A further one is a retake."""
    line = _registered(unit, named)
    day = _past_day(unit, on)
    if line.status == "failed":
        return Outcome(UNCHANGED, line.under(REGISTRATION_KEYS))
    _refuse_ended(line)
    _refuse_before(line, day)
    if line.access_on is None or _has_lapsed(line, day):
        raise Refused(
            f"{line.line} is {line.status}, not in progress.",
            "Only a course under way can be failed.",
            code="not-in-progress",
        )
    unit.update(Registration, {line.id: {"failed_on": day}})
    return _outcome(_changed(unit, "fail", line))


def withdraw_registration(unit: Unit, named: str, on: date | None = None) -> Outcome:
    """Give a registration back on a day (today). Before access it costs nothing; after it, another try is a
    retake."""
    line = _registered(unit, named)
    day = _past_day(unit, on)
    if line.status == "withdrawn":
        return Outcome(UNCHANGED, line.under(REGISTRATION_KEYS))
    _refuse_ended(line)
    _refuse_before(line, day)
    if _has_lapsed(line, day):
        raise WindowClosed(
            f"The last day of {line.line} was {line.complete_by}; it has lapsed.",
            "There is nothing to withdraw from. A further attempt starts in the cart: "
            f"carepass cart add {line.portal_id} {line.code}",
        )
    unit.update(Registration, {line.id: {"withdrawn_on": day}})
    return _outcome(_changed(unit, "withdraw", line))


def extend_registration(unit: Unit, named: str, to: date, reason: str) -> Outcome:
    """Move the last day of a registration with access to a later one, from today on."""
    line = _registered(unit, named)
    if line.complete_by == to:
        return Outcome(UNCHANGED, line.under(REGISTRATION_KEYS))
    _refuse_ended(line)
    if line.access_on is None or line.complete_by is None:
        raise Refused(
            f"Access to {line.line} was not given yet; there is nothing to extend.",
            f"First: carepass registration grant {line.line}",
            code="before-access",
        )
    if to < line.complete_by:
        raise Refused(
            f"{to} is before the last day there is now, {line.complete_by}.",
            "Give a later --to; an extension only ever gives more time.",
            code="not-later",
        )
    unit.add(Extension(line_id=line.id, extended_on=unit.today, complete_by=to, reason=reason))
    return _outcome(_changed(unit, "extend", line, reason))


def _registered(unit: Unit, named: str) -> Line:
    line = get_line(unit, unit.today, named)
    if not line.status:
        waits = line.decision == "submitted"
        raise Refused(
            f"{line.line} is {line.decision}, not approved.",
            f"{'Decide it' if waits else 'To overrule it'}: carepass submission approve {line.line}",
            code="not-approved",
        )
    return line


def _past_day(unit: Unit, on: date | None) -> date:
    if on is not None and on > unit.today:
        raise InTheFuture(f"{on} lies in the future.", f"Give a day up to today, {unit.today}.")
    return on or unit.today


def _has_lapsed(line: Line, day: date) -> bool:
    """Whether a registration with access had lapsed by `day`."""
    return line.complete_by is not None and line.complete_by < day


def _refuse_before(line: Line, day: date) -> None:
    first, what = (line.access_on, "access") if line.access_on else (line.approved_on, "approval")
    if first and day < first:
        raise Refused(
            f"{day} is before the {what} of {line.line}, {first}.", "Give a later day.", code=f"before-{what}"
        )


def _refuse_ended(line: Line) -> None:
    if line.status in ("completed", "failed", "withdrawn"):
        day = line.completed_on or line.failed_on or line.withdrawn_on
        raise Refused(
            f"{line.line} is {line.status} since {day}.",
            "Put the course in the cart again for another attempt.",
            code=f"already-{line.status}",
        )


def _changed(unit: Unit, action: str, line: Line, reason: str | None = None) -> Line:
    now = get_line(unit, unit.today, line.line)
    keys = ("status", "access_on", "complete_by", "completed_on")
    after = {**now.under(keys), **({"reason": reason} if reason else {})}
    unit.audit(
        action, "registration", line.line, account_id=line.account_id, before=line.under(keys), after=after
    )
    return now


def _outcome(line: Line, *said: str) -> Outcome:
    return Outcome(UPDATED, line.under(REGISTRATION_KEYS), said)
