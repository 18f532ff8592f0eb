"""`requirement import`: what roles require, home by home."""

from typing import Any

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.rules import fields
from carepass_cli.rules.span import span_text
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.single import Parse, read_values, write_each
from carepass_cli.services.requirement import add_requirements
from carepass_cli.store.queries.requirements import KEYS
from carepass_cli.store.unit import Unit

# What a list of requirements tells about the course besides is the course's own.
TOLD_OF_COURSE = ("title", "provider", "minutes", "expiry")
COLUMNS = Columns((*KEYS, "due_within"), ("home", "role", "code"))


def import_requirements(batch: Batch) -> None:
    """Require courses of roles, as `add_requirements` does. A blank leaves a value as it is."""
    batch.pass_over(*TOLD_OF_COURSE)
    write_each(batch, "requirement", lambda values: values[:3], lambda values: _write(batch.unit, values))


def _write(unit: Unit, values: Values) -> str:
    named = dict(zip(COLUMNS.known, values, strict=True))
    given: dict[str, Any] = read_values(named, TERMS)
    (outcome,) = add_requirements(unit, [named["code"]], named["home"], named["role"], **given)
    return outcome.result


TERMS: dict[str, Parse] = {
    "employer_pays": fields.parse_bool,
    "required_from": fields.parse_date,
    "due_within": span_text,
}
