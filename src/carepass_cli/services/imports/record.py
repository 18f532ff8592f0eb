"""`record import`: completions from elsewhere, from paper, from a spreadsheet."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from carepass_cli.batch.columns import Columns, Values, picked
from carepass_cli.batch.source import Row
from carepass_cli.batch.understanding import is_completion
from carepass_cli.errors import CarepassError, InvalidValue, Refused, UsageError
from carepass_cli.rules.nouns import PERSON, RECORD
from carepass_cli.services.imports.batch import CHUNK, Batch, faults, looked_up_once, read_date
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.people import People, keyed
from carepass_cli.services.record import Wish, add_records, check_completion, completion
from carepass_cli.services.validity import Studied
from carepass_cli.store.queries.courses import find_course, get_course
from carepass_cli.store.queries.many import Born, born_of, how_many_accounts
from carepass_cli.store.unit import Unit

# What a list of records tells besides is the store's own.
TOLD_OF_RECORD = tuple(name for name in RECORD.told if name not in ("title", "voided_on"))
# What else a row may say.
SAID = {each.name: each for each in RECORD.written if each.has_option}
COLUMNS = Columns(
    (*PERSON, *(name for name in RECORD.columns if name not in PERSON), "verb"),
    ("completed_on",),
    (PERSON, ("code", "title")),
    by_course=True,
)
key_of = keyed(COLUMNS.known)
# What of a row is looked at, besides whom it is about.
_told = picked(COLUMNS.known, "code", "title", "completed_on", "expires_on", "voided_on", "verb", *SAID)
# Accounts: so many take some 50 MB.
VAST = 200_000


class Done(NamedTuple):
    """A row that was understood."""

    row: Row
    mark: Mark
    wish: Wish


def import_records(batch: Batch, *, again: bool = False) -> None:
    """Record completions as `add_record` does; a row without a day, or with a verb that is no completion, is
    skipped. A record that is void here, or where it comes from, is refused; with `again` one that is void
    here is written anew.

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
        fresh = batch.first_of(taken, "completion")
        by_expiry = [each for each in fresh if each.wish.is_by_expiry]
        later += by_expiry
        _add(batch, [each for each in fresh if each not in by_expiry] if by_expiry else fresh, again)
    _add(batch, later, again)


def _add(batch: Batch, done: Sequence[Done], again: bool) -> None:
    batch.settle(done, add_records(batch.unit, [each.wish for each in done], again=again))


class _Rows:
    """What the rows of a file say that people completed."""

    def __init__(self, batch: Batch) -> None:
        self._unit = batch.unit
        self._today = batch.unit.today
        self._names = Names(batch.unit, self._today)
        self._course = looked_up_once(self._get_course)
        self._accounts = _Accounts(batch.unit, [])
        # Of a file of many chunks each would be looked up by itself, which takes longer.
        self._everybody: dict[str, Born] | None = None
        for column in batch.course_columns:
            if find_course(self._unit, self._today, self._names.course(column)) is None:
                raise UsageError(
                    f"The column '{column}' is neither one of this import nor a course.",
                    f"Leave it aside: --map '{column}='; or name the course: carepass course alias.",
                    code="unknown-column",
                )

    def name_people(self, chunk: list[Row]) -> None:
        """These rows are the next."""
        self._accounts = _Accounts(self._unit, chunk, self._everybody)
        if self._everybody is None and len(chunk) == CHUNK and how_many_accounts(self._unit) <= VAST:
            self._everybody = born_of(self._unit, self._today, None)

    def done(self, row: Row) -> Done | None:
        """What a row says was completed; None where it says that nothing was. Raises CarepassError."""
        number, values = row
        code, title, on, expires_on, voided_on, verb, *texts = _told(values)
        if voided_on:
            raise Refused(
                "The record was voided; a void record is not imported.", "Leave the row out.", code="void"
            )
        if not on or (verb and not is_completion(verb)):
            return None
        account_id, portal_id, born = self._accounts.get(values)
        course = self._course(code or title)
        day = read_date(on, "completed_on")
        last = read_date(expires_on, "expires_on") if expires_on else None
        check_completion(self._today, day, last, born)
        said = dict(zip(SAID, map(_said, texts, SAID), strict=True))
        mark = Mark(number, (account_id, course.id, on), "\n".join(texts))
        return Done(row, mark, Wish(portal_id, course, completion(course, account_id, day, last, **said)))

    def faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        code, title, on, expires_on, _, _, *texts = _told(values)
        if not self._accounts.covers(values):  # a row that is refused before its chunk is looked up
            self._accounts = _Accounts(self._unit, [(0, values)])
        return faults(
            lambda: self._accounts.get(values),
            lambda: self._course(code or title),
            lambda: on and self._check(read_date(on, "completed_on")),
            lambda: expires_on and read_date(expires_on, "expires_on"),
            *(partial(_said, text, name) for name, text in zip(SAID, texts, strict=True) if text),
        )

    def _check(self, on: date) -> bool:
        check_completion(self._today, on, None, None)
        return True

    def _get_course(self, named: str) -> Studied:
        """A course by code, title or alias. Raises NotFound, naming the nearest code."""
        if not named:
            raise InvalidValue("code is empty.", "Give a course's code, title or alias.")
        return Studied(self._unit, get_course(self._unit, self._today, self._names.course(named)))


@lru_cache(maxsize=1024)
def _said(text: str, name: str) -> Any:
    """What else a row says, None where it is blank; providers and checkers repeat."""
    return SAID[name].value(text, name) if text else None


class _Accounts:
    """The accounts that some rows name. Most rows give a portal ID alone, which is quickly looked up."""

    def __init__(self, unit: Unit, rows: Sequence[Row], everybody: dict[str, Born] | None = None) -> None:
        if everybody is None:
            alone = {values[0] for _, values in rows if values[0] and not values[1] and not values[2]}
            everybody = born_of(unit, unit.today, alone)
        self._born = everybody
        others = (v for _, v in rows if v[1] or v[2] or v[0] not in self._born)
        self._people = People(unit, list(map(key_of, others)))

    def covers(self, values: Values) -> bool:
        """Whether the account that a row names was looked up here."""
        is_alone = not values[1] and not values[2]
        return (is_alone and values[0] in self._born) or self._people.covers(key_of(values))

    def get(self, values: Values) -> tuple[int, str, date | None]:
        """Of a row an account's key, its portal ID and the birthdate; raises as `People.get` does."""
        portal_id, number, email = values[:3]
        if not number and not email and (quick := self._born.get(portal_id)):
            account_id, birthdate = quick
            return account_id, portal_id, birthdate
        member = self._people.get(key_of(values))
        return member.id, member.portal_id, member.birthdate
