"""`record import`: completions from elsewhere, from paper, from a spreadsheet."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.source import Row
from carepass_cli.batch.understanding import is_completion
from carepass_cli.errors import CarepassError, InvalidValue, Refused, UsageError
from carepass_cli.rules import fields
from carepass_cli.rules.nouns import PERSON, Key
from carepass_cli.rules.renewal import EXPIRY, WINDOW, last_day
from carepass_cli.services.imports.batch import Batch, faults, looked_up_once
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED, UNCHANGED
from carepass_cli.services.people import People, keyed
from carepass_cli.services.record import check_completed_on
from carepass_cli.services.validity import work_out_expiry
from carepass_cli.store.queries.courses import find_course, get_course
from carepass_cli.store.queries.many import account_keys, known_completions
from carepass_cli.store.queries.validity import Validities, validities_of
from carepass_cli.store.rows.training import Completion
from carepass_cli.store.unit import Unit

# What a list of records tells besides is the store's own.
TOLD_OF_RECORD = ("record", "source", "observed_by", "files")
COLUMNS = Columns(
    (
        *(*PERSON, "code", "completed_on", "provider", "evidence", "verified_by", "voided_on"),
        *("title", "expires_on", "verb", *TOLD_OF_RECORD),
    ),
    ("completed_on",),
    (PERSON, ("code", "title")),
    by_course=True,
)
key_of = keyed(COLUMNS.known)


class Done(NamedTuple):
    """A row that was understood: who completed what."""

    row: Row
    mark: Mark
    key: tuple[int, int, str]
    portal_id: str
    code: str
    expires_on: str | None
    expires_given: bool
    provider: str | None
    evidence: str | None
    verified_by: str | None
    by_expiry: bool = False
    window: str | None = None


def import_records(batch: Batch, *, again: bool = False) -> None:
    """Record completions. The same course on the same day is `unchanged`, as for one record; a row without
    a day, or with a verb that is no completion, is skipped. A record that is void here, or where it comes
    from, is refused; with `again` one that is void here is written anew.

    A completion whose last day follows from the one before is written after all others, in the order of the
    dates.
    """
    later: list[Done] = []
    batch.pass_over(*TOLD_OF_RECORD)
    rows = _Rows(batch)
    for chunk in batch.chunks(rows.faults_of):
        rows.name_people(chunk)
        taken = []
        for row in chunk:
            try:
                done = rows.done(row)
            except CarepassError as error:
                batch.refuse(row, error)
                continue
            if done is None:
                batch.skip()
            else:
                taken.append(done)
        fresh = _fresh(batch, batch.first_of(taken, "completion"), again)
        later += [each for each in fresh if each.by_expiry]
        _write(batch, [each for each in fresh if not each.by_expiry])
    for wave in _waves(later):
        _write(batch, [_worked_out(batch.unit, each) for each in wave])


class _Rows:
    """What the rows of a file say that people completed."""

    def __init__(self, batch: Batch) -> None:
        self._unit = batch.unit
        self._courses = _Courses(batch.unit)
        self._accounts = _Accounts(batch.unit, [])
        for column in batch.course_columns:
            if not self._courses.is_known(column):
                raise UsageError(
                    f"The column '{column}' is neither one of this import nor a course.",
                    f"Leave it aside: --map '{column}='; or name the course: carepass course alias.",
                    code="unknown-column",
                )

    def name_people(self, chunk: list[Row]) -> None:
        """These rows are the next."""
        self._accounts = _Accounts(self._unit, chunk)

    def done(self, row: Row) -> Done | None:
        """What a row says was completed; None where it says that nothing was. Raises CarepassError."""
        number, values = row
        _, _, _, code, on, provider, evidence, verified_by, voided_on, title, expires_on, verb, *_ = values
        if voided_on:
            raise Refused(
                "The record was voided; a void record is not imported.", "Leave the row out.", code="void"
            )
        if not on or (verb and not is_completion(verb)):
            return None
        account_id, portal_id = self._accounts.get(key_of(values))
        course_id, code, validities = self._courses.get(code or title)
        last, is_given = self._courses.last_day(on, validities, expires_on)
        by_expiry = not is_given and self._courses.is_by_expiry(on, validities)
        said = (provider, evidence, verified_by)
        return Done(
            row,
            Mark(number, f"{account_id} {course_id} {on}", said),
            (account_id, course_id, on),
            portal_id,
            code,
            last,
            is_given,
            *_said(*said),
            by_expiry,
        )

    def faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        _, _, _, code, on, *said, _, title, expires_on, _, _, _, _, _ = values
        return faults(
            lambda: _Accounts(self._unit, [(0, values)]).get(key_of(values)),
            lambda: self._courses.get(code or title),
            lambda: on and self._courses.last_day(on, None, expires_on),
            *(
                lambda text=text, name=name: _said_one(text, name)
                for text, name in zip(said, SAID, strict=True)
            ),
        )


def _waves(later: list[Done]) -> Iterator[list[Done]]:
    """Rows in the order of their dates, in lists in which nobody comes twice: what one writes, the next
    sees."""
    wave: list[Done] = []
    people: set[int] = set()
    for each in sorted(later, key=lambda done: done.key[2]):
        if each.key[0] in people:
            yield wave
            wave, people = [], set()
        wave.append(each)
        people.add(each.key[0])
    if wave:
        yield wave


def _worked_out(unit: Unit, done: Done) -> Done:
    account_id, course_id, completed_on = done.key
    expires_on, window = work_out_expiry(unit, account_id, course_id, date.fromisoformat(completed_on))
    return done._replace(expires_on=expires_on.isoformat() if expires_on else None, window=window)


def _fresh(batch: Batch, taken: list[Done], again: bool) -> list[Done]:
    """The rows that are to be written; of the others some are `unchanged`, some refused."""
    unit = batch.unit
    known = known_completions(unit, unit.today, [each.key for each in taken])
    fresh = [each for each in taken if known.get(each.key) is not False] if known else taken
    batch.count(UNCHANGED, len(taken) - len(fresh))
    if known and not again:
        for each in fresh:
            if each.key in known:
                batch.refuse(each.row, _void_here(each))
        fresh = [each for each in fresh if each.key not in known]
    return fresh


def _write(batch: Batch, fresh: list[Done]) -> None:
    unit = batch.unit
    if not fresh:
        return
    change = unit.change_id
    ids = unit.insert(
        [
            Completion(
                account_id=each.key[0],
                course_id=each.key[1],
                completed_on=each.key[2],  # type: ignore[arg-type]
                source="record",
                change_id=change,
                expires_on=each.expires_on,  # type: ignore[arg-type]
                expires_given=each.expires_given,
                provider=each.provider,
                evidence=each.evidence,
                verified_by=each.verified_by,
                window=each.window,
            )
            for each in fresh
        ]
    )
    completed: dict[str, list[str]] = {}
    for each in fresh:
        completed.setdefault(each.code, []).append(each.portal_id)
    unit.audit(
        "create",
        "record",
        f"{len(fresh)} records",
        after={"source": "record", "records": [ids[0], ids[-1]], "completed": completed},
    )
    batch.count(CREATED, len(fresh))


def _void_here(done: Done) -> Refused:
    return Refused(
        f"The record of {done.code} on {done.key[2]} was voided.",
        "Leave the row out; or record it anew: --again",
        code="void",
    )


def _said(provider: str, evidence: str, verified_by: str) -> tuple[str | None, str | None, str | None]:
    return (
        _name(provider, "provider") if provider else None,
        _said_one(evidence, "evidence") if evidence else None,
        _name(verified_by, "verified_by") if verified_by else None,
    )


def _said_one(text: str, name: str) -> str | None:
    return fields.clean_text(text, name, most=SAID[name]) if text else None


@lru_cache(maxsize=1024)
def _name(text: str, name: str) -> str:
    """A name, checked; names repeat."""
    return fields.clean_text(text, name, most=SAID[name])


# What else a row says, and how long it may be.
SAID = {"provider": fields.TITLE_MOST, "evidence": fields.REASON_MOST, "verified_by": fields.NAME_MOST}


class _Accounts:
    """The accounts that some rows name. Most rows give a portal ID alone, which is quickly looked up."""

    def __init__(self, unit: Unit, rows: list[Row]) -> None:
        keys = [key_of(values) for _, values in rows]
        self._known = account_keys(unit, unit.today, {key.portal_id for key in keys if key.portal_id})
        self._people = People(unit, [key for key in keys if not self._is_quick(key)])

    def get(self, key: Key) -> tuple[int, str]:
        """An account's key and its portal ID; raises as `People.get` does."""
        if self._is_quick(key):
            return self._known[key.portal_id], key.portal_id
        member = self._people.get(key)
        return member.id, member.portal_id

    def _is_quick(self, key: Key) -> bool:
        return key.portal_id in self._known and key == (key.portal_id, "", "")


class _Courses:
    """The courses that a file names, by code, title or alias."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._names = Names(unit, unit.today)
        self.get = looked_up_once(self._get)
        self._expiry = lru_cache(maxsize=8192)(self._expiry_of)

    def is_known(self, named: str) -> bool:
        """Whether something is a course of this name."""
        return find_course(self._unit, self._unit.today, self._names.course(named)) is not None

    def _get(self, named: str) -> tuple[int, str, Validities]:
        """A course's key, its code, and how long it is valid. Raises NotFound, naming the nearest code."""
        if not named:
            raise InvalidValue("code is empty.", "Give a course's code, title or alias.")
        course = get_course(self._unit, self._unit.today, self._names.course(named))
        return course.id, course.code, validities_of(self._unit, self._unit.today, course.id)

    def is_by_expiry(self, completed_on: str, validities: Validities) -> bool:
        """Whether the last day follows from what the person holds by then."""
        validity = validities.of(date.fromisoformat(completed_on))
        return validity.basis == EXPIRY and validity.years is not None

    def last_day(
        self, completed_on: str, validities: Validities | None, given: str
    ) -> tuple[str | None, bool]:
        """The last valid day of a completion, and whether it is the one that the certificate names. Raises
        InvalidValue where that lies before the completion."""
        worked_out = self._expiry(completed_on, validities)
        if not given or given == worked_out:
            return worked_out, False
        if given < completed_on:
            raise InvalidValue(f"expires_on {given} is before completed_on {completed_on}.", "Correct one.")
        return given, True

    def _expiry_of(self, completed_on: str, validities: Validities | None) -> str | None:
        on = fields.parse_date(completed_on, "completed_on")
        check_completed_on(self._unit, on)
        expires_on = last_day(on, validities.of(on), None, WINDOW) if validities else None
        return expires_on.isoformat() if expires_on else None
