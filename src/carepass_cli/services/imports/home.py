"""`home import`: a chain's homes with their settings, and whose roles they take over."""

from typing import Any

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError
from carepass_cli.rules import fields
from carepass_cli.rules.span import span_text
from carepass_cli.services.home import closing_days, create_home, edit_home
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import Parse, faults_in, read_values, require, write_each
from carepass_cli.store.queries.homes import HOME_KEYS, find_home
from carepass_cli.store.unit import Unit

COLUMNS = Columns((*HOME_KEYS, "like"), ("code",))


def import_homes(batch: Batch) -> None:
    """Create homes, as `create_home` does, and change those there are. A blank leaves a value as it is;
    `closed_on` (dates with spaces between) takes the place of the home's closing days.
    """

    def write(values: Values) -> str:
        return _write(batch.unit, names, values)

    def faults_of(values: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, values, strict=True))
        return faults_in(named, {**SETTINGS, "code": fields.parse_code})

    names = Names(batch.unit)
    write_each(batch, "home", lambda values: values[:1], write, faults_of)


def _write(unit: Unit, names: Names, values: Values) -> str:
    named = dict(zip(COLUMNS.known, values, strict=True))
    given: dict[str, Any] = read_values(named, SETTINGS)
    code = fields.parse_code(named["code"], "code")
    closed = [fields.parse_date(day, "closed_on") for day in named["closed_on"].replace(",", " ").split()]
    known = find_home(unit, unit.today, code)
    before = known or find_home(unit, unit.today, names.home(named["like"]))
    reopened = closing_days(before) - set(closed) if closed else ()
    if known is None:
        require(named, "name")
        like = names.home(named["like"]) or None
        return create_home(unit, code, like=like, close=closed, reopen=reopened, **given).result
    return edit_home(unit, code, close=closed, reopen=reopened, **given).result


SETTINGS: dict[str, Parse] = {
    "name": lambda text, name: fields.clean_text(text, name, most=fields.TITLE_MOST),
    "city": fields.clean_text,
    "approval": lambda text, name: fields.parse_choice(text, name, ("auto", "manual")),
    "renewal_window": span_text,
    "expiring_within": span_text,
    "study_minutes_per_day": fields.parse_study_minutes,
    "confirm_within": span_text,
    "manager_email": fields.parse_email,
}
