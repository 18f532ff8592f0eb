"""Completions: added and voided, never overwritten."""

from collections.abc import Sequence
from datetime import date

from carepass_cli.errors import InTheFuture, InvalidValue, Refused
from carepass_cli.services.credential import note_revocations
from carepass_cli.services.evidence import attach_files
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.validity import move_expiry, work_out_expiry
from carepass_cli.store.queries.accounts import birthdate_of, get_account
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import check_named
from carepass_cli.store.queries.narrowing import Named
from carepass_cli.store.queries.records import Record, counting_records, get_record, held_on, same_completion
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.training import Completion
from carepass_cli.store.unit import Unit


def add_record(
    unit: Unit,
    named: str,
    code: str,
    on: date,
    *,
    provider: str | None = None,
    evidence: str | None = None,
    verified_by: str | None = None,
    observed_by: str | None = None,
    files: Sequence[str] = (),
    expires_on: date | None = None,
) -> Outcome:
    """Record a completion from elsewhere or from paper, and attach `files` to it. The same course on the same
    day is `unchanged`.

    `expires_on` is the last day that the certificate itself names. Raises InTheFuture for a day after today;
    Refused: `observer-not-valid`, `observer-is-the-person`, and `already-recorded` where the record is there
    with another last day.
    """
    check_completed_on(unit, on)
    check_last_day(on, expires_on)
    account = get_account(unit, unit.today, named)
    course = get_course(unit, unit.today, code)
    known = same_completion(unit, unit.today, account.id, course.id, on)
    if known is not None:
        if expires_on is not None and str(known.expires_on) != str(expires_on):
            raise Refused(
                f"Record {known.record} is of that day, and ends on {known.expires_on or 'no day'}.",
                f"Void it, and add it anew: carepass record void {known.record} --reason TEXT",
                code="already-recorded",
            )
        return _with_files(unit, Outcome(UNCHANGED, known.shown()), files)
    observer = get_observer(unit, observed_by, account.id, course.id, on) if observed_by else None
    record = complete_course(
        unit,
        account.id,
        course.id,
        on,
        provider=provider,
        evidence=evidence,
        verified_by=verified_by,
        observer_id=observer.id if observer else None,
        expires_on=expires_on,
    )
    told = f"Valid through {record.expires_on}." if record.expires_on else "It does not expire."
    return _with_files(unit, Outcome(CREATED, record.shown(), (told,)), files)


def _with_files(unit: Unit, outcome: Outcome, files: Sequence[str]) -> Outcome:
    """The outcome after `files` were attached to its record."""
    if not files:
        return outcome
    number = str(outcome.item["record"])
    attached = attach_files(unit, number, files)
    if all(each.result == UNCHANGED for each in attached):
        return outcome
    result = CREATED if outcome.result == CREATED else UPDATED
    return outcome._replace(result=result, item=get_record(unit, unit.today, number).shown())


def get_observer(unit: Unit, named: str, account_id: int, course_id: int, on: date) -> Account:
    """Who saw the competence: somebody else, who held the course (or one equated with it) that day.

    Raises NotFound; Refused (`observer-is-the-person`, `observer-not-valid`).
    """
    observer = get_account(unit, unit.today, named)
    if observer.id == account_id:
        raise Refused(
            "Nobody observes their own competence.",
            "Name somebody else who held the course that day.",
            code="observer-is-the-person",
        )
    if not held_on(unit, unit.today, observer.id, course_id, on):
        raise Refused(
            f"Account {observer.portal_id} did not hold the course on {on}.",
            f"Look it up: carepass record list {observer.portal_id}",
            code="observer-not-valid",
        )
    return observer


def complete_course(
    unit: Unit,
    account_id: int,
    course_id: int,
    on: date,
    *,
    line_id: int | None = None,
    provider: str | None = None,
    evidence: str | None = None,
    verified_by: str | None = None,
    observer_id: int | None = None,
    expires_on: date | None = None,
) -> Record:
    """Write a completion with the last day that its certificate names, else the one that the course's
    validity gives it today."""
    check_born(unit, account_id, on)
    given, window = expires_on is not None, None
    if expires_on is None:
        expires_on, window = work_out_expiry(unit, account_id, course_id, on)
    row = unit.add(
        Completion(
            account_id=account_id,
            course_id=course_id,
            completed_on=on,
            expires_on=expires_on,
            expires_given=given,
            window=window,
            provider=provider,
            source="registration" if line_id is not None else "record",
            evidence=evidence,
            verified_by=verified_by,
            line_id=line_id,
            observer_id=observer_id,
            change_id=unit.change_id,
        )
    )
    record = get_record(unit, unit.today, str(row.id))
    unit.audit("create", "record", str(row.id), account_id=account_id, after=record.shown())
    return record


def check_completed_on(unit: Unit, on: date) -> None:
    """Raise InTheFuture for a completion after today."""
    if on > unit.today:
        raise InTheFuture(f"{on} lies in the future.", f"Give a day up to today, {unit.today}.")


def check_born(unit: Unit, account_id: int, on: date) -> None:
    """Raise Refused for a completion before the person's birth; the birthdate is not told."""
    born = birthdate_of(unit, account_id)
    if born is not None and on < born:
        raise Refused(f"{on} is before the person was born.", "Check the year.", code="before-birth")


def check_last_day(on: date, expires_on: date | None) -> None:
    """Raise InvalidValue for a last valid day before the completion."""
    if expires_on is not None and expires_on < on:
        raise InvalidValue(
            f"The last valid day, {expires_on}, is before the completion, {on}.", "Check both."
        )


def void_record(unit: Unit, named: str, reason: str) -> Outcome:
    """Void a completion from today on: it stays in the history and no longer counts."""
    record = get_record(unit, unit.today, named)
    if record.voided_on is not None:
        return Outcome(UNCHANGED, record.shown())
    unit.update(Completion, {record.record: {"voided_on": unit.today, "void_reason": reason}})
    now = get_record(unit, unit.today, named)
    unit.audit(
        "void",
        "record",
        named,
        account_id=record.account_id,
        before={"voided_on": None},
        after={"voided_on": now.voided_on, "reason": reason},
    )
    note_revocations(unit)
    return Outcome(UPDATED, now.shown())


def extend_records(unit: Unit, records: Sequence[str], to: date, reason: str) -> list[Outcome]:
    """Let records be valid through `to`, from today on. Their anniversary stays where it is.

    What ends on that day already is `unchanged`. Raises Refused for one that never expires, is void, or ends
    later (`not-shorter`).
    """
    return _extend(
        unit, [get_record(unit, unit.today, named) for named in dict.fromkeys(records)], to, reason
    )


def extend_matching(
    unit: Unit, code: str, home: Named, expiring_by: date | None, to: date, reason: str
) -> list[Outcome]:
    """As `extend_records`, for all records of a course that count for people with a confirmed role (at one of
    the homes) and end by `expiring_by`, or by `to`, whichever is first."""
    course = get_course(unit, unit.today, code)
    check_named(unit, unit.today, home)
    by = min(expiring_by or to, to)
    return _extend(unit, list(counting_records(unit, unit.today, course.id, home, by)), to, reason)


def _extend(unit: Unit, records: Sequence[Record], to: date, reason: str) -> list[Outcome]:
    for record in records:
        _check_extension(record, to)
    longer = [record for record in records if str(record.expires_on) != str(to)]
    move_expiry(unit, {record.record: to for record in longer}, "extend", reason)
    outcomes = []
    for record in records:
        now = get_record(unit, unit.today, str(record.record))
        if record in longer:
            unit.audit(
                "extend",
                "record",
                str(record.record),
                account_id=record.account_id,
                before={"expires_on": record.expires_on},
                after={"expires_on": now.expires_on, "reason": reason},
            )
        outcomes.append(Outcome(UPDATED if record in longer else UNCHANGED, now.shown()))
    return outcomes


def _check_extension(record: Record, to: date) -> None:
    named = f"Record {record.record} ({record.code} of {record.portal_id})"
    if record.voided_on is not None:
        raise Refused(f"{named} is void.", "Leave it out.", code="void")
    if record.expires_on is None:
        raise Refused(f"{named} never expires.", "Leave it out.", code="never-expires")
    if to < date.fromisoformat(str(record.expires_on)):
        raise Refused(
            f"{named} is valid through {record.expires_on}, longer than {to}.",
            "Give a later --to; a shorter validity is a void record and a new one.",
            code="not-shorter",
        )
