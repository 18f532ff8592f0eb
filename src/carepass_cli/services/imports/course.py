"""`course import`: a list of courses, from a college, a provider or another home."""

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError, InvalidValue
from carepass_cli.rules.fields import parse_choice
from carepass_cli.rules.nouns import COURSE
from carepass_cli.services.course import create_course, edit_course, retire_course
from carepass_cli.services.imports.batch import Batch, faults
from carepass_cli.services.imports.single import write_each
from carepass_cli.services.outcome import UNCHANGED
from carepass_cli.store.queries.courses import find_course
from carepass_cli.store.unit import Unit

COLUMNS = Columns(COURSE.columns, ("code",))
VALIDITY = ("validity_years", "expiry")
STATUSES = COURSE.words("status")


def import_courses(batch: Batch) -> None:
    """Create courses, as `create_course` does, and change those there are. A blank leaves a value as it
    is, except that a file with a column for the validity says by a blank that a course is taken once.
    """
    tells_validity = bool({*VALIDITY} & {*batch.columns})

    def write(cells: Values) -> str:
        return _write(batch.unit, dict(zip(COLUMNS.known, cells, strict=True)), tells_validity)

    def faults_of(cells: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, cells, strict=True))
        return [
            *COURSE.faults(named),
            *faults(
                lambda: named["status"] and parse_choice(named["status"], "status", STATUSES),
                lambda: _require_new(batch.unit, named),
            ),
        ]

    write_each(batch, "course", lambda cells: cells[:1], write, faults_of)


def _write(unit: Unit, named: dict[str, str], tells_validity: bool) -> str:
    values = COURSE.read(named)
    status = parse_choice(named["status"] or "active", "status", STATUSES)
    _check_validity(named)
    _require_new(unit, named)
    code = values.pop("code")
    if find_course(unit, unit.today, code) is None:
        result = create_course(unit, code, **values).result
    else:
        once = {"validity_years": None} if tells_validity else {}
        result = edit_course(unit, code, **{**once, **values}).result
    if status == "retired":
        retired = retire_course(unit, code).result
        result = retired if result == UNCHANGED else result
    return result


def _require_new(unit: Unit, named: dict[str, str]) -> None:
    if find_course(unit, unit.today, named["code"]) is None:
        COURSE.require({each.column: named[each.name] for each in COURSE.written if named[each.name]})


def _check_validity(named: dict[str, str]) -> None:
    """Raise InvalidValue where both columns for the validity are given, and differ."""
    years, expiry = (COURSE.read({column: named[column]}) for column in VALIDITY)
    if years and expiry and years != expiry:
        told = f"validity_years '{named['validity_years']}' and expiry '{named['expiry'][:40]}' differ."
        raise InvalidValue(told, "Give one of them.")
