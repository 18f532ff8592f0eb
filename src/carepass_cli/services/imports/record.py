"""`record import`: completions from elsewhere, from paper, from a spreadsheet."""

from functools import lru_cache
from typing import NamedTuple

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, Refused
from carepass_cli.rules import fields
from carepass_cli.services.imports.batch import Batch, looked_up_once
from carepass_cli.services.imports.people import People
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED, UNCHANGED
from carepass_cli.services.record import check_completed_on, expiry_of
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.many import account_keys, known_completions
from carepass_cli.store.rows.training import Completion
from carepass_cli.store.unit import Unit

# What a list of records tells besides is the store's own, or follows from the course.
TOLD_OF_RECORD = ("record", "title", "expires_on", "source")
READ = ("portal_id", "email", "code", "completed_on", "provider", "evidence", "verified_by", "voided_on")
COLUMNS = Columns(
    (*READ, *TOLD_OF_RECORD),
    ("code", "completed_on"),
    (("portal_id", "email"),),
)
WRITTEN = (
    "id",
    "account_id",
    "course_id",
    "completed_on",
    "expires_on",
    "provider",
    "source",
    "evidence",
    "verified_by",
    "change_id",
)


class Done(NamedTuple):
    """A row that was understood: who completed what."""

    row: Row
    mark: Mark
    key: tuple[int, int, str]
    portal_id: str
    code: str
    expires_on: str | None
    provider: str | None
    evidence: str | None
    verified_by: str | None


def import_records(batch: Batch) -> None:
    """Record completions. The same course on the same day is `unchanged`, as for one record; a row that
    was voided where it comes from is refused.
    """
    batch.pass_over(*TOLD_OF_RECORD)
    courses = _Courses(batch.unit)
    for chunk in batch.chunks():
        accounts = _Accounts(batch.unit, chunk)
        taken = []
        for row in chunk:
            try:
                taken.append(_taken(row, accounts, courses))
            except CarepassError as error:
                batch.refuse(row, error)
        _write(batch, batch.first_of(taken, "completion"))


def _taken(row: Row, accounts: "_Accounts", courses: "_Courses") -> Done:
    number, (portal_id, email, code, completed_on, provider, evidence, verified_by, voided_on, *_) = row
    if voided_on:
        raise Refused(
            "The record was voided; a void record is not imported.", "Leave the row out.", code="void"
        )
    account_id, portal_id = accounts.get(portal_id, email)
    course_id, years = courses.get(code)
    expires_on = courses.expiry(completed_on, years)
    mark = Mark(number, f"{account_id} {course_id} {completed_on}", (provider, evidence, verified_by))
    return Done(
        row,
        mark,
        (account_id, course_id, completed_on),
        portal_id,
        code,
        expires_on,
        _name(provider, "provider", fields.TITLE_MOST) if provider else None,
        fields.clean_text(evidence, "evidence", most=fields.REASON_MOST) if evidence else None,
        _name(verified_by, "verified_by", fields.NAME_MOST) if verified_by else None,
    )


def _write(batch: Batch, taken: list[Done]) -> None:
    unit = batch.unit
    known = known_completions(unit, unit.today, [each.key for each in taken])
    fresh = [each for each in taken if each.key not in known] if known else taken
    batch.count(UNCHANGED, len(taken) - len(fresh))
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
                provider=each.provider,
                evidence=each.evidence,
                verified_by=each.verified_by,
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


@lru_cache(maxsize=1024)
def _name(text: str, name: str, most: int) -> str:
    """A name, checked; names repeat."""
    return fields.clean_text(text, name, most=most)


class _Accounts:
    """The accounts that some rows name. Most rows give a portal ID alone, which is quickly looked up."""

    def __init__(self, unit: Unit, rows: list[Row]) -> None:
        self._known = account_keys(unit, unit.today, {values[0] for _, values in rows if values[0]})
        pairs = ((values[0], values[1]) for _, values in rows)
        self._people = People(unit, [(i, email) for i, email in pairs if email or i not in self._known])

    def get(self, portal_id: str, email: str) -> tuple[int, str]:
        """An account's key and its portal ID; raises as `People.get` does."""
        key = None if email else self._known.get(portal_id)
        if key is None:
            member = self._people.get(portal_id, email)
            return member.id, member.portal_id
        return key, portal_id


class _Courses:
    """The courses that a file names."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self.get = looked_up_once(self._get)
        self.expiry = lru_cache(maxsize=8192)(self._expiry)

    def _get(self, code: str) -> tuple[int, int | None]:
        """A course's key and its validity in years. Raises NotFound, naming the nearest code."""
        course = get_course(self._unit, self._unit.today, code)
        return course.id, course.validity_years

    def _expiry(self, completed_on: str, years: int | None) -> str | None:
        on = fields.parse_date(completed_on, "completed_on")
        check_completed_on(self._unit, on)
        expires_on = expiry_of(on, years)
        return expires_on.isoformat() if expires_on else None
