"""Completions: added and voided, never overwritten."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.errors import InTheFuture, InvalidValue, Refused
from carepass_cli.rules.noun import Values
from carepass_cli.services.credential import note_revocations, signed_still
from carepass_cli.services.evidence import attach_files
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.validity import Studied, move_expiry, work_out_expiry
from carepass_cli.store.audit import Entry, alike
from carepass_cli.store.queries.accounts import birthdate_of, get_account, get_person
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import check_named
from carepass_cli.store.queries.many import known_completions
from carepass_cli.store.queries.narrowing import Named
from carepass_cli.store.queries.records import (
    counting_records,
    get_record,
    held_on,
    records_by_number,
    same_completion,
)
from carepass_cli.store.rows.nouns import Account, Record
from carepass_cli.store.rows.training import Completion
from carepass_cli.store.unit import Unit


class Wish(NamedTuple):
    """A completion to be recorded: whose portal ID, of which course, and the row. Where its `expires_on` is
    not the certificate's own (`expires_given`) and follows from what is held, it is worked out when it is
    written."""

    portal_id: str
    course: Studied
    row: Completion

    @property
    def is_by_expiry(self) -> bool:
        course, row = self.course, self.row
        return course.may_be_by_expiry and not row.expires_given and course.is_by_expiry(row.completed_on)


def add_record(
    unit: Unit,
    named: str,
    code: str,
    on: date,
    said: Values | None = None,
    *,
    observed_by: str | None = None,
    files: Sequence[str] = (),
    expires_on: date | None = None,
) -> Outcome:
    """Record a completion from elsewhere or from paper, as `add_records` does, and attach `files` to it.

    `said` is what else is known of it; `expires_on` is the last day that the certificate itself names. Raises
    what `check_completion` does, and
    Refused: `observer-not-valid`, `observer-is-the-person`; and `already-recorded` for one that is there and
    does not have all that is said.
    """
    account = get_person(unit, unit.today, named)
    course = Studied(unit, get_course(unit, unit.today, code))
    check_completion(unit.today, on, expires_on, birthdate_of(unit, account.id))
    row = completion(course, account.id, on, expires_on, **(said or {}))
    known = same_completion(unit, unit.today, account.id, course.id, on)
    if known is not None:
        _check_known(unit, known, said or {}, observed_by)
    elif observed_by:
        row = row._replace(observer_id=get_observer(unit, observed_by, account.id, course.id, on).id)
    (result,) = add_records(unit, [Wish(account.portal_id, course, row)])
    if isinstance(result, Refused):
        raise result
    record = same_completion(unit, unit.today, account.id, course.id, on)
    assert record is not None
    last = f"Valid through {record.expires_on}." if record.expires_on else "It does not expire."
    outcome = Outcome(result, record.shown(), (last,) if result == CREATED else ())
    return _with_files(unit, outcome, files)


def completion(
    course: Studied,
    account_id: int,
    on: date,
    expires_on: date | None = None,
    **said: Any,
) -> Completion:
    """The row of a completion; `expires_on` is the last day that the certificate names, if it does, and
    `said` what else is known of it."""
    return Completion(
        account_id,
        course.id,
        on,
        "record",
        change_id=0,
        expires_on=expires_on or course.last_days[on],
        expires_given=expires_on is not None,
        **said,
    )


def add_records(unit: Unit, wishes: Sequence[Wish], *, again: bool = True) -> list[str | Refused]:
    """Record completions. Says of each what came of it: a result, or the refusal of one that is there with
    another last day (`already-recorded`), or (unless `again` is set) void. The same course on the same day is
    `unchanged`."""
    keys = [wish.row[:3] for wish in wishes]
    known = known_completions(unit, unit.today, keys)
    if not known:
        write_records(unit, wishes)
        return [CREATED] * len(wishes)
    outcomes: list[str | Refused] = []
    fresh = []
    for wish, key in zip(wishes, keys, strict=True):
        there = known.get(key)
        if there is None or (again and there.voided_on is not None):
            fresh.append(wish)
            outcomes.append(CREATED)
        elif there.voided_on is not None:
            outcomes.append(_void_here(wish))
        elif wish.row.expires_given and not there.ends_on(wish.row.expires_on):
            outcomes.append(_recorded_otherwise(there.record, f"and ends on {there.expires_on or 'no day'}"))
        else:
            outcomes.append(UNCHANGED)
    write_records(unit, fresh)
    return outcomes


def write_records(unit: Unit, wishes: Sequence[Wish]) -> None:
    """Write completions. Those whose last day follows from the one before come after all others, in the order
    of their dates."""
    later = [wish for wish in wishes if wish.is_by_expiry]
    _write(unit, [wish for wish in wishes if not wish.is_by_expiry] if later else wishes)
    for wave in _waves(later):
        _write(unit, [_worked_out(unit, wish) for wish in wave])


def _waves(later: Sequence[Wish]) -> Iterator[list[Wish]]:
    """Completions in the order of their dates, in lists in which nobody comes twice: what one writes, the
    next sees."""
    wave: dict[int, Wish] = {}
    for wish in sorted(later, key=lambda each: each.row.completed_on):
        if wish.row.account_id in wave:
            yield list(wave.values())
            wave = {}
        wave[wish.row.account_id] = wish
    if wave:
        yield list(wave.values())


def _worked_out(unit: Unit, wish: Wish) -> Wish:
    expires_on, window = work_out_expiry(unit, wish.row.account_id, wish.course.id, wish.row.completed_on)
    return wish._replace(row=wish.row._replace(expires_on=expires_on, window=window))


def _write(unit: Unit, wishes: Sequence[Wish]) -> None:
    if not wishes:
        return
    rows = [wish.row for wish in wishes]
    keys = unit.insert(rows)
    things = [
        (row[0], portal_id, str(key), course.code, row[2].isoformat())
        for key, (portal_id, course, row) in zip(keys, wishes, strict=True)
    ]
    source = {"source": rows[0].source}
    unit.audit_all([alike("create", "record", things, ("code", "completed_on"), source)])


def _void_here(wish: Wish) -> Refused:
    return Refused(
        f"The record of {wish.course.code} on {wish.row.completed_on} was voided.",
        "Leave the row out; or record it anew: --again",
        code="void",
    )


def _check_known(unit: Unit, known: Record, said: Values, observed_by: str | None) -> None:
    """Raise Refused for a record that is there without what is said of it: nothing is overwritten, and
    nothing is left out in silence."""
    stated = dict(said)
    if observed_by:
        stated["observed_by"] = get_account(unit, unit.today, observed_by).portal_id
    for name, value in stated.items():
        if value is not None and value != getattr(known, name):
            raise _recorded_otherwise(known.record, f"with another --{name.replace('_', '-')}")


def _recorded_otherwise(record: int, how: str) -> Refused:
    return Refused(
        f"Record {record} is of that day, {how}.",
        f"Void it, and add it anew: carepass record void {record} --reason TEXT",
        code="already-recorded",
    )


def check_completion(today: date, on: date, expires_on: date | None, born: date | None) -> None:
    """Raise InTheFuture for a completion after today, Refused for one before the person's birth (which is not
    told), and InvalidValue for a last valid day before the completion."""
    if on > today:
        raise InTheFuture(f"{on} lies in the future.", f"Give a day up to today, {today}.")
    if born is not None and on < born:
        raise Refused(f"{on} is before the person was born.", "Check the year.", code="before-birth")
    if expires_on is not None and expires_on < on:
        raise InvalidValue(
            f"The last valid day, {expires_on}, is before the completion, {on}.", "Check both."
        )


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
    return Outcome(UPDATED, now.shown(), signed_still(unit, record.record))


def extend_records(unit: Unit, records: Sequence[str], to: date, reason: str) -> list[Outcome]:
    """Let records be valid through `to`, from today on. Their anniversary stays where it is.

    What ends on that day already is `unchanged`. Raises Refused for one that never expires, is void, or ends
    later (`not-shorter`).
    """
    return _extend(
        unit, [get_record(unit, unit.today, named) for named in dict.fromkeys(records)], to, reason
    )


def extend_matching(
    unit: Unit, code: Named, home: Named, expiring_by: date | None, to: date, reason: str
) -> list[Outcome]:
    """As `extend_records`, for all records of these courses that count for people with a confirmed role (at
    one of the homes) and end by `expiring_by`, or by `to`, whichever is first."""
    check_named(unit, unit.today, home, courses=code)
    by = min(expiring_by or to, to)
    return _extend(unit, list(counting_records(unit, unit.today, code, home, by)), to, reason)


def _extend(unit: Unit, records: Sequence[Record], to: date, reason: str) -> list[Outcome]:
    for record in records:
        _check_extension(record, to)
    longer = [record for record in records if record.expires_on != to]
    moved = {record.record: to for record in longer}
    move_expiry(unit, moved, "extend", reason)
    now = records_by_number(unit, unit.today, [record.record for record in records])
    unit.audit_all(
        [
            Entry(
                "extend",
                "record",
                str(record.record),
                record.account_id,
                {"expires_on": record.expires_on},
                {"expires_on": now[record.record].expires_on, "reason": reason},
            )
            for record in longer
        ]
    )
    return [
        Outcome(UPDATED if record.record in moved else UNCHANGED, now[record.record].shown())
        for record in records
    ]


def _check_extension(record: Record, to: date) -> None:
    named = f"Record {record.record} ({record.code} of {record.portal_id})"
    if record.voided_on is not None:
        raise Refused(f"{named} is void.", "Leave it out.", code="void")
    if record.expires_on is None:
        raise Refused(f"{named} never expires.", "Leave it out.", code="never-expires")
    if to < record.expires_on:
        raise Refused(
            f"{named} is valid through {record.expires_on}, longer than {to}.",
            "Give a later --to; a shorter validity is a void record and a new one.",
            code="not-shorter",
        )
