"""`registration import`: accesses given, completions and endings, as a provider's list has them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import NamedTuple

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError, NotFound
from carepass_cli.rules.nouns import PERSON
from carepass_cli.services.attempt import STEPS
from carepass_cli.services.imports.batch import Batch, faults, looked_up_once, read_date
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import Whole, whole
from carepass_cli.services.people import KnownPeople, keyed
from carepass_cli.services.registration import Move, Registrations
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.lines import get_line, list_lines
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS, Line

ASKED = ("line", *PERSON, "code", "title")
TOLD = tuple(key for key in REGISTRATION_KEYS if key not in (*ASKED, *STEPS))
COLUMNS = Columns((*ASKED, *STEPS, *TOLD), either=(("line", *PERSON), ("line", "code", "title")))
key_of = keyed(COLUMNS.known)


class _Asked(NamedTuple):
    """A row, and whose registration for which course it is about; nobody's where it names the line."""

    whole: Whole
    person: Account | None
    code: str


def import_registrations(batch: Batch) -> None:
    """Give access, complete and end registrations as single calls do, each on the row's days. A row without
    a day says nothing, and is skipped; nothing is written of a row that is refused."""
    batch.pass_over(*TOLD)
    rows, registrations = _Rows(batch), Registrations(batch.unit)
    for chunk in batch.chunks(rows.faults_of):
        saying = [row for row in chunk if any(_texts_of(row[1]).values())]
        batch.skip(len(chunk) - len(saying))
        first = batch.first_of([whole(row, row[1][: len(ASKED)]) for row in saying], "registration")
        moves = rows.moves(first)
        batch.settle([each for each, _ in moves], registrations.move([move for _, move in moves]))


class _Rows:
    """What the rows of a file say, and of which registrations."""

    def __init__(self, batch: Batch) -> None:
        self._batch, self._unit = batch, batch.unit
        self._code = looked_up_once(Names(batch.unit, batch.unit.today).course)

    def moves(self, rows: Sequence[Whole]) -> list[tuple[Whole, Move]]:
        """What those rows say that can be taken; the others are refused."""
        by_person = [each.row[1] for each in rows if not each.row[1][0]]
        people = KnownPeople(self._unit, self._unit.today, map(key_of, by_person))
        asked = []
        for each in rows:
            try:
                asked.append(self._asked(each, people))
            except CarepassError as error:
                self._batch.refuse(each.row, error)
        registered = self._registered(asked)
        moves = []
        for one in asked:
            try:
                line = _line_of(one, registered)
                moves.append((one.whole, Move(line, _days_of(one.whole.row[1]))))
            except CarepassError as error:
                self._batch.refuse(one.whole.row, error)
        return moves

    def faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        days = [partial(read_date, text, name) for name, text in _texts_of(values).items() if text]
        unit, key, (line, code) = self._unit, key_of(values), _named(values)
        if line:
            return faults(*days, lambda: get_line(unit, unit.today, line))
        return faults(
            *days,
            lambda: KnownPeople(unit, unit.today, [key]).get(key),
            lambda: get_course(unit, unit.today, self._code(code)),
        )

    def _asked(self, row: Whole, people: KnownPeople) -> _Asked:
        values = row.row[1]
        line, code = _named(values)
        if line:
            return _Asked(row, None, "")
        return _Asked(row, people.get(key_of(values)), self._code(code))

    def _registered(self, asked: Sequence[_Asked]) -> dict[tuple[int, str], list[Line]]:
        """The registrations of the people for the courses asked about, in the order of submission."""
        ids = {each.person.id for each in asked if each.person is not None}
        codes = {each.code for each in asked if each.code}
        registered: dict[tuple[int, str], list[Line]] = defaultdict(list)
        if ids and codes:
            unit = self._unit
            for line in list_lines(unit, unit.today, account_id=ids, code=codes, registered=True):
                registered[line.account_id, line.code].append(line)
        return registered


def _line_of(asked: _Asked, registered: dict[tuple[int, str], list[Line]]) -> str:
    """The line that a row names; else the registration of its person for the course: the one under way, or
    the latest. Raises NotFound where there is none."""
    if asked.person is None:
        return asked.whole.row[1][0]
    found = registered.get((asked.person.id, asked.code), [])
    if not found:
        raise NotFound(
            "registration",
            f"{asked.person.portal_id} {asked.code}",
            hint=f"Look it up: carepass registration list --account {asked.person.portal_id}",
        )
    under_way = [each for each in found if each.status in ("approved", "in-progress")]
    return (under_way or found)[-1].line


def _named(values: Values) -> tuple[str, str]:
    """The line that a row names, and the course by code or title."""
    line, *_, code, title = values[: len(ASKED)]
    return line, code or title


def _texts_of(values: Values) -> dict[str, str]:
    """The days of a row, as they stand there, by the steps that they are of."""
    return dict(zip(STEPS, values[len(ASKED) :], strict=False))


def _days_of(values: Values) -> dict[str, date | None]:
    """The days of a row. Raises InvalidValue."""
    return {name: read_date(text, name) for name, text in _texts_of(values).items() if text}
