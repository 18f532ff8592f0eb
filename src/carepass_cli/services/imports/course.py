"""`course import`: a list of courses, from a college, a provider or another home."""

from typing import Any

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError, InvalidValue
from carepass_cli.rules import fields
from carepass_cli.rules.category import CATEGORIES, METHODS
from carepass_cli.rules.span import span_text
from carepass_cli.services.course import create_course, edit_course, retire_course
from carepass_cli.services.imports.batch import Batch, faults
from carepass_cli.services.imports.single import Parse, faults_in, read_values, require, write_each
from carepass_cli.services.outcome import UNCHANGED
from carepass_cli.store.queries.courses import KEYS, find_course
from carepass_cli.store.unit import Unit

COLUMNS = Columns((*KEYS, "minimum"), ("code",))


def import_courses(batch: Batch) -> None:
    """Create courses, as `create_course` does, and change those there are. A blank leaves a value as it
    is, except that a file with a column for the validity says by a blank that a course is taken once.
    """
    tells_validity = bool({"validity_years", "expiry"} & set(batch.columns))

    def write(values: Values) -> str:
        return _write(batch.unit, dict(zip(COLUMNS.known, values, strict=True)), tells_validity)

    def faults_of(values: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, values, strict=True))
        return [
            *faults_in(named, {**PARTICULARS, **OTHERS}),
            *faults(lambda: _require_new(batch.unit, named)),
        ]

    write_each(batch, "course", lambda values: values[:1], write, faults_of)


def _write(unit: Unit, named: dict[str, str], tells_validity: bool) -> str:
    given: dict[str, Any] = read_values(named, PARTICULARS)
    given["price_cents"] = fields.parse_price(named["price"], "price") if named["price"] else None
    if named["category"]:
        given["category_said"] = fields.parse_choice(named["category"], "category", CATEGORIES)
    code = fields.parse_course_code(named["code"], "code")
    years = _validity(named)
    status = OTHERS["status"](named["status"] or "active", "status")
    known = find_course(unit, unit.today, code)
    if known is None:
        _require_new(unit, named)
        result = create_course(unit, code, validity_years=years, **given).result
    else:
        once = tells_validity and years is None
        result = edit_course(unit, code, validity_years=years, once=once, **given).result
    if status == "retired":
        retired = retire_course(unit, code).result
        result = retired if result == UNCHANGED else result
    return result


def _require_new(unit: Unit, named: dict[str, str]) -> None:
    if find_course(unit, unit.today, named["code"]) is None:
        require(named, "title", "provider", "minutes")


def _validity(named: dict[str, str]) -> int | None:
    years, expiry = named["validity_years"], fields.parse_expiry(named["expiry"], "expiry")
    if not years:
        return expiry
    number = fields.parse_years(years, "validity_years")
    if named["expiry"] and number != expiry:
        raise InvalidValue(
            f"validity_years '{years}' and expiry '{named['expiry'][:40]}' differ.", "Give one of them."
        )
    return number


# What a row says besides, each by the parser that `_write` reads it with.
OTHERS: dict[str, Parse] = {
    "code": fields.parse_course_code,
    "price": fields.parse_price,
    "category": lambda text, name: fields.parse_choice(text, name, CATEGORIES),
    "status": lambda text, name: fields.parse_choice(text, name, ("active", "retired")),
    "validity_years": fields.parse_years,
    "expiry": fields.parse_expiry,
}
PARTICULARS: dict[str, Parse] = {
    "title": lambda text, name: fields.clean_text(text, name, most=fields.TITLE_MOST),
    "provider": lambda text, name: fields.clean_text(text, name, most=fields.TITLE_MOST),
    "minutes": fields.parse_minutes,
    "language": lambda text, name: fields.parse_choice(text, name, fields.LANGUAGES),
    "method": lambda text, name: fields.parse_choice(text, name, METHODS),
    "renewal": fields.parse_renewal,
    "minimum": span_text,
}
