"""`requirement import`: what roles require, home by home."""

from typing import cast

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.errors import CarepassError, InvalidValue
from carepass_cli.rules.nouns import REQUIREMENT, RequirementValues
from carepass_cli.rules.span import span_text
from carepass_cli.services.imports.batch import Batch, faults
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import write_each
from carepass_cli.services.requirement import add_requirements
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import get_role
from carepass_cli.store.unit import Unit

COLUMNS = Columns((*REQUIREMENT.columns, "due_within"), ("home", "role", "code"))


def import_requirements(batch: Batch) -> None:
    """Require courses of roles, as `add_requirements` does. A blank leaves a value as it is."""
    batch.pass_over(*REQUIREMENT.told)
    names = Names(batch.unit, batch.unit.today)

    def write(values: Values) -> str:
        return _write(batch.unit, names, values)

    def faults_of(values: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, values, strict=True))
        unit, today = batch.unit, batch.unit.today
        return [
            *REQUIREMENT.faults(named),
            *faults(
                lambda: named["due_within"] and span_text(named["due_within"], "due_within"),
                lambda: get_role(unit, today, *_place(names, named)),
                lambda: get_course(unit, today, names.course(named["code"])),
            ),
        ]

    write_each(batch, "requirement", lambda values: values[:3], write, faults_of)


def _write(unit: Unit, names: Names, values: Values) -> str:
    named = dict(zip(COLUMNS.known, values, strict=True))
    terms = cast(RequirementValues, REQUIREMENT.read(named))
    within = span_text(named["due_within"], "due_within") if named["due_within"] else None
    if within and terms.setdefault("due", within) != within:
        raise InvalidValue(f"due '{terms['due']}' and due_within '{within}' differ.", "Give one of them.")
    (outcome,) = add_requirements(unit, [names.course(named["code"])], *_place(names, named), terms)
    return outcome.result


def _place(names: Names, named: dict[str, str]) -> tuple[str, str]:
    """The codes of the home and the role of a row."""
    home = names.home(named["home"])
    return home, names.role(home, named["role"])
