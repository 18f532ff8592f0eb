"""`cart import`: courses for many people's carts, and with `--submit` on from there."""

from dataclasses import dataclass, field

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.summary import Summary
from carepass_cli.errors import CarepassError
from carepass_cli.rules import fields
from carepass_cli.rules.nouns import PERSON
from carepass_cli.services.cart import add_to_cart, submit_cart, would_submit
from carepass_cli.services.imports.batch import Batch, faults
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import write_each
from carepass_cli.services.outcome import UNCHANGED
from carepass_cli.services.people import People, keyed
from carepass_cli.store.queries.cart import cart_lines
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import get_home, get_role
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.unit import Unit

COLUMNS = Columns((*PERSON, "code", "title", "home", "role", "self_pay"), either=(PERSON, ("code", "title")))
key_of = keyed(COLUMNS.known)


@dataclass(slots=True)
class CartSummary(Summary):
    """The counts of a file of carts; `lines` are the rows of `cart submit`, with `--submit`."""

    submits: bool = False
    lines: list[dict[str, object]] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        lines = {"lines": self.lines} if self.submits else {}
        return {**Summary.as_dict(self), **lines}

    def as_told(self, most: int | None = None) -> dict[str, object]:
        told = Summary.as_told(self, most)
        return {**told, "lines": len(self.lines)} if self.submits else told


def import_carts(batch: Batch, *, submit: bool = False) -> None:
    """Put courses into carts as `add_to_cart` does, and submit the carts of the people in the file.

    A course that was submitted before is put in again only where submitting it would now come to something
    else than a rejection: the same file again submits nothing new.
    """
    unit, names = batch.unit, Names(batch.unit, batch.unit.today)
    people: dict[str, None] = {}

    def write(values: Values) -> str:
        named = dict(zip(COLUMNS.known, values, strict=True))
        key = key_of(values)
        member = People(unit, [key]).get(key)
        people[member.portal_id] = None
        code = names.course(named["code"] or named["title"])
        home = names.home(named["home"]) if named["home"] else None
        role = names.role(home, named["role"]) if home and named["role"] else named["role"] or None
        self_pay = fields.parse_bool(named["self_pay"], "self_pay") if named["self_pay"] else False
        if _is_settled(unit, member.id, member.portal_id, code, home, role, self_pay):
            return UNCHANGED
        (outcome,) = add_to_cart(unit, member.portal_id, [code], home, role, self_pay)
        return outcome.result

    def faults_of(values: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, values, strict=True))
        key = key_of(values)
        home = named["home"] and names.home(named["home"])
        role = named["role"] and names.role(home, named["role"])
        return faults(
            lambda: People(unit, [key]).get(key),
            lambda: get_course(unit, unit.today, names.course(named["code"] or named["title"])),
            lambda: home and get_home(unit, unit.today, home),
            lambda: home and role and get_role(unit, unit.today, home, role),
            lambda: named["self_pay"] and fields.parse_bool(named["self_pay"], "self_pay"),
        )

    write_each(batch, "course of a person", lambda values: values[:7], write, faults_of)
    if submit:
        assert isinstance(batch.summary, CartSummary)
        batch.summary.submits = True
        for portal_id in people:
            batch.summary.lines += [outcome.item for outcome in submit_cart(unit, portal_id)]


def _is_settled(
    unit: Unit, account_id: int, portal_id: str, code: str, home: str | None, role: str | None, self_pay: bool
) -> bool:
    """Whether the course was submitted before, is not in the cart, and would not be approved now."""
    earlier = [each for each in list_lines(unit, unit.today, account_id=account_id) if each.code == code]
    if not earlier or any(each.code == code for each in cart_lines(unit, unit.today, account_id)):
        return False
    if earlier[-1].decision == "submitted":
        return True
    return would_submit(unit, portal_id, code, home, role, self_pay).decision == "rejected"
