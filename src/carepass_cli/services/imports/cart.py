"""`cart import`: courses for many people's carts, and with `--submit` on from there."""

from dataclasses import dataclass, field
from typing import NamedTuple, cast

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.source import Row
from carepass_cli.batch.summary import Summary
from carepass_cli.errors import CarepassError
from carepass_cli.rules.nouns import PERSON
from carepass_cli.rules.nouns.cart_line import CART_LINE, CartLineValues
from carepass_cli.services.cart import Carts, submit_of
from carepass_cli.services.imports.batch import Batch, faults, looked_up_once
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.single import whole
from carepass_cli.services.people import KnownPeople, keyed
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import get_home, get_role
from carepass_cli.store.queries.reference import ReferenceData
from carepass_cli.store.rows.nouns import Account, Course

SAID = tuple(field.name for field in CART_LINE.written)
COLUMNS = Columns((*PERSON, "code", "title", "home", "role", *SAID), either=(PERSON, ("code", "title")))
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
    reference = ReferenceData(unit, unit.today)
    course = looked_up_once(lambda text: get_course(unit, unit.today, names.course(text)))
    submitting: dict[int, Account] = {}

    def faults_of(values: Values) -> list[CarepassError]:
        named = dict(zip(COLUMNS.known, values, strict=True))
        key = key_of(values)
        home = named["home"] and names.home(named["home"])
        role = named["role"] and names.role(home, named["role"])
        found = faults(
            lambda: KnownPeople(unit, unit.today, [key]).get(key),
            lambda: get_course(unit, unit.today, names.course(named["code"] or named["title"])),
            lambda: home and get_home(unit, unit.today, home),
            lambda: home and role and get_role(unit, unit.today, home, role),
        )
        return [*found, *CART_LINE.faults(named)]

    def read(row: Row, values: Values, people: KnownPeople) -> _Taken:
        named = dict(zip(COLUMNS.known, values, strict=True))
        account = people.get(key_of(values))
        home = names.home(named["home"]) if named["home"] else None
        role = names.role(home, named["role"]) if home and named["role"] else named["role"] or None
        said = cast("CartLineValues", CART_LINE.read(named))
        return _Taken(row, account, course(named["code"] or named["title"]), home, role, said)

    for chunk in batch.chunks(faults_of):
        rows = [whole(row, row[1][: -len(SAID)]) for row in chunk]
        first = [each.row for each in batch.first_of(rows, "course of a person")]
        people = KnownPeople(unit, unit.today, (key_of(values) for _, values in first))
        taken = []
        for row in first:
            try:
                taken.append(read(row, row[1], people))
            except CarepassError as error:
                batch.refuse(row, error)
        carts = Carts(unit, [each.account for each in taken], reference)
        for each in taken:
            try:
                put = carts.put(
                    each.account, each.course, each.home, each.role, unless_settled=True, **each.said
                )
                batch.count(put.result)
                submitting[each.account.id] = each.account
            except CarepassError as error:
                batch.refuse(each.row, error)
        carts.write()
    if submit:
        assert isinstance(batch.summary, CartSummary)
        batch.summary.submits = True
        outcomes = submit_of(unit, list(submitting.values()), reference)
        batch.summary.lines = [outcome.item for outcome in outcomes]


class _Taken(NamedTuple):
    """A row that was understood: whose cart, which course, for which role, and what it says of that."""

    row: Row
    account: Account
    course: Course
    home: str | None
    role: str | None
    said: CartLineValues
