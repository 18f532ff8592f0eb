"""Rosters: files that say who is to work where and when, and whether they may."""

from collections.abc import Callable, Iterable
from datetime import date

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.reading import Reading
from carepass_cli.batch.source import Row, open_source
from carepass_cli.errors import BatchRefused, CarepassError
from carepass_cli.rules.fields import parse_date
from carepass_cli.rules.nouns import PERSON, Key
from carepass_cli.services.imports.names import Names
from carepass_cli.services.people import KnownPeople
from carepass_cli.store.queries.clearance import Clearance, Shift, judge_roster
from carepass_cli.store.queries.homes import get_role
from carepass_cli.store.queries.many import Member
from carepass_cli.store.reader import Reader

COLUMNS = Columns((*PERSON, "home", "role", "on"), ("home", "role", "on"), (PERSON,))
Say = Callable[[str], None]


def judge_file(reader: Reader, today: date, file: str, say: Say, warn: Say) -> list[Clearance]:
    """The clearances of a roster's lines, in their order; columns of its own are left aside.

    Raises BatchRefused where a line names no known person, home or role, or no day.
    """
    bad: list[tuple[int, CarepassError]] = []

    def refuse(row: Row, errors: Iterable[CarepassError]) -> None:
        bad.extend((row[0], error) for error in errors)

    reading = Reading(ignore_unknown=True)
    with open_source(file, COLUMNS, say, reading, warn=warn, today=today) as source:
        rows = list(source.rows(refuse))
    shifts = _Shifts(reader, today, rows)
    roster = []
    for row in rows:
        try:
            roster.append(shifts.shift(row))
        except CarepassError as error:
            bad.append((row[0], error))
    if bad:
        raise _refused(sorted(bad, key=lambda each: each[0]))
    return judge_roster(reader, today, roster)


class _Shifts:
    """The lines of a roster with what they name looked up; files name few things many times."""

    def __init__(self, reader: Reader, today: date, rows: list[Row]) -> None:
        self._reader, self._today = reader, today
        self._people = KnownPeople(reader, today, [Key(*values[: len(PERSON)]) for _, values in rows])
        self._names = Names(reader, today)
        self._found: dict[Key, Member] = {}
        self._posts: set[tuple[str, str]] = set()
        self._days: dict[str, date] = {}

    def shift(self, row: Row) -> Shift:
        """One line. Raises NotFound, IdentityMismatch or InvalidValue for what it names."""
        *keys, home, role, on = row[1]
        home = self._names.home(home)
        role = self._names.role(home, role)
        named = Key(*keys)
        person = self._found.get(named)
        if person is None:
            person = self._found[named] = self._people.get(named)
        if (home, role) not in self._posts:
            get_role(self._reader, self._today, home, role)
            self._posts.add((home, role))
        day = self._days.get(on)
        if day is None:
            day = self._days[on] = parse_date(on, "on")
        return Shift(person.id, home, role, day, person.portal_id, person.last_name, person.first_name)


def _refused(bad: list[tuple[int, CarepassError]]) -> BatchRefused:
    rows = "1 row is bad" if len(bad) == 1 else f"{len(bad)} rows are bad"
    named = "; ".join(f"line {line}: {error.message.rstrip('.')}" for line, error in bad[:5])
    more = f"; and {len(bad) - 5} more" if len(bad) > 5 else ""
    return BatchRefused(
        f"{rows}: {named}{more}.", "Nobody was judged. Correct the roster, then run it again."
    )
