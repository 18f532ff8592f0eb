"""What making and changing homes, roles and courses have in common: the same again, codes, new versions."""

from typing import Any, Protocol

from carepass_cli.errors import ExistsLater, Refused
from carepass_cli.rules.noun import Noun, Values
from carepass_cli.services.outcome import UNCHANGED, Outcome
from carepass_cli.store.queries.names import created_on
from carepass_cli.store.unit import Unit


class Seen(Protocol):
    """A noun as it is seen on a day: one of `store.rows.nouns`."""

    @property
    def id(self) -> int: ...
    def shown(self) -> dict[str, object]: ...


def again(noun: Noun, known: Seen, values: Values, code: str, *, at: str = "") -> Outcome:
    """What is made once more: `unchanged` where each value that is given is there already. Raises Refused
    (`code-in-use`) where one differs; `at` is the home of a role."""
    if noun.has(known, values):
        return Outcome(UNCHANGED, known.shown())
    raise code_in_use(noun.name, code, at=at)


def revise(
    unit: Unit, noun: Noun, kind: type[Any], known: Seen, values: Values, key: str, action: str = "edit"
) -> Values:
    """Give a noun these values from today on, in a new version of `kind`, with the entry in the audit log
    under `key`; returns those that changed."""
    before, after = unit.revise(kind, {known.id: values}).get(known.id, ({}, {}))
    if after:
        unit.audit(action, noun.name, key, before=before, after=after)
    return after


def code_in_use(thing: str, code: str, *, at: str = "") -> Refused:
    """The refusal to create what is there already and differs; `at` is the home of a role."""
    return Refused(
        f"There is a {thing} '{code}'{f' at {at}' if at else ''} already, with other details.",
        f"Change it: carepass {thing} edit {f'{at} ' if at else ''}{code}",
        code="code-in-use",
    )


def refuse_later(unit: Unit, table: str, code: str) -> None:
    """Raise Refused for a code that is created on a later day than the one that is written as of."""
    later = created_on(unit, table, code)
    if later is not None:
        raise ExistsLater(
            f"'{code}' was created on {later}, after {unit.today}, the day of this command.", later
        )
