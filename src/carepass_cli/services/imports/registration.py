"""`registration import`: accesses given, completions and endings, as a provider's list has them."""

from collections.abc import Callable
from functools import partial

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError, NotFound
from carepass_cli.rules import fields
from carepass_cli.rules.nouns import PERSON, Key
from carepass_cli.services.imports.batch import Batch, faults
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import write_each
from carepass_cli.services.outcome import UNCHANGED, UPDATED
from carepass_cli.services.people import People
from carepass_cli.services.registration import (
    complete_registration,
    fail_registration,
    grant_access,
    withdraw_registration,
)
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.lines import get_line, list_lines
from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS
from carepass_cli.store.unit import Unit

ASKED = ("line", *PERSON, "code", "title")
# What happens to a registration, in the order in which it can.
STEPS = {
    "access_on": grant_access,
    "completed_on": complete_registration,
    "failed_on": fail_registration,
    "withdrawn_on": withdraw_registration,
}
TOLD = tuple(key for key in REGISTRATION_KEYS if key not in (*ASKED, *STEPS))
COLUMNS = Columns((*ASKED, *STEPS, *TOLD), either=(("line", *PERSON), ("line", "code", "title")))


def import_registrations(batch: Batch) -> None:
    """Give access, complete and end registrations as single calls do, each on the row's days. A row without
    a day says nothing, and is skipped."""
    batch.pass_over(*TOLD)
    names = Names(batch.unit, batch.unit.today)

    def write(values: Values) -> str:
        return _write(batch.unit, names, dict(zip(COLUMNS.known, values, strict=True)))

    def says_nothing(values: Values) -> bool:
        return not any(values[len(ASKED) : len(ASKED) + len(STEPS)])

    def faults_of(values: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, values, strict=True))
        days = (partial(fields.parse_date, named[name], name) for name in STEPS if named[name])
        return faults(*days, *_whom(batch.unit, names, named))

    write_each(batch, "registration", lambda values: values[: len(ASKED)], write, faults_of, says_nothing)


def _write(unit: Unit, names: Names, named: dict[str, str]) -> str:
    line = named["line"] or _line_of(unit, names, named)
    results = [
        step(unit, line, fields.parse_date(named[name], name)).result
        for name, step in STEPS.items()
        if named[name]
    ]
    return UPDATED if UPDATED in results else UNCHANGED


def _whom(unit: Unit, names: Names, named: dict[str, str]) -> list[Callable[[], object]]:
    """What finds the registration that a row is about, each part by itself."""
    if named["line"]:
        return [partial(get_line, unit, unit.today, named["line"])]
    key, code = Key(*(named[column] for column in PERSON)), named["code"] or named["title"]
    return [lambda: People(unit, [key]).get(key), lambda: get_course(unit, unit.today, names.course(code))]


def _line_of(unit: Unit, names: Names, named: dict[str, str]) -> str:
    """The registration of a person for a course: the one under way, else the latest."""
    key = Key(*(named[column] for column in PERSON))
    member = People(unit, [key]).get(key)
    code = names.course(named["code"] or named["title"])
    found = [
        each
        for each in list_lines(unit, unit.today, account_id=member.id, registered=True)
        if each.code == code
    ]
    under_way = [each for each in found if each.status in ("approved", "in-progress")]
    if not found:
        raise NotFound(
            "registration",
            f"{member.portal_id} {code}",
            hint=f"Look it up: carepass registration list --account {member.portal_id}",
        )
    return (under_way or found)[-1].line
