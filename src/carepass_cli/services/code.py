"""Codes of homes, roles and courses: each names one thing, on every day."""

from carepass_cli.errors import Refused
from carepass_cli.store.unit import Unit


def code_in_use(thing: str, code: str, *, at: str = "") -> Refused:
    """The refusal to create what is there already and differs; `at` is the home of a role."""
    return Refused(
        f"There is a {thing} '{code}'{f' at {at}' if at else ''} already, with other details.",
        f"Change it: carepass {thing} edit {f'{at} ' if at else ''}{code}",
        code="code-in-use",
    )


def refuse_later(unit: Unit, table: str, code: str) -> None:
    """Raise Refused for a code that is created on a later day than the one that is written as of."""
    row = next(unit.rows(f"SELECT created_on FROM {table} WHERE code = :code", code=code), None)
    if row:
        raise Refused(
            f"'{code}' was created on {row[0]}, after {unit.today}, the day of this command.",
            "Leave --today out, or choose a later day.",
            code="exists-later",
        )
