"""`role import`: an HR export becomes assignments, each with its *Confirm staff details* mail."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple, cast

from carepass_cli.batch.columns import Columns, Values, picked
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, NotFound, Refused
from carepass_cli.rules import fields
from carepass_cli.rules.identity import Given
from carepass_cli.rules.nouns import PERSON
from carepass_cli.rules.nouns.assignment import ASSIGNMENT, AssignmentValues
from carepass_cli.rules.staffing import find_standing
from carepass_cli.services.assignment import Wish, assign_roles, check_candidate
from carepass_cli.services.imports.batch import Batch, faults, looked_up_once, read_birthdate, read_date
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.people import Namesake, People, keyed, read_person
from carepass_cli.services.post import Post, get_post
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.unit import Unit

COLUMNS = Columns(
    (
        *(*PERSON, "home", "role", "birthdate", "last_name", "first_name"),
        *(field.name for field in ASSIGNMENT.written),
        *("status", "ended_on", "assigned_on", "confirmed_on"),
    ),
    ("home", "role"),
    (PERSON,),
)
key_of = keyed(COLUMNS.known)
names_of = picked(COLUMNS.known, "first_name", "last_name")
told_of = picked(COLUMNS.known, "home", "role", "birthdate", "status", "ended_on")
# Where a row says something of the assignment itself: the column of the file, its name, the store's.
SAID = tuple((COLUMNS.known.index(each.name), each.name, each.column) for each in ASSIGNMENT.written)


@dataclass(frozen=True)
class Wanted:
    """How roles are imported: `--unverified`, `--create-accounts`, `--confirm`; with `--again` also those
    that were taken back, with `--allow-duplicates` also new people who share name and birthdate with others.
    """

    unverified: bool = False
    create_accounts: bool = False
    confirm: bool = False
    again: bool = False
    allow_duplicates: bool = False

    @property
    def status(self) -> str:
        """The status of an account that is created for a role."""
        return "active" if self.confirm else "created"


class Hire(NamedTuple):
    """A row that was understood."""

    row: Row
    mark: Mark
    wish: Wish


def import_roles(batch: Batch, wanted: Wanted) -> None:
    """Assign roles as `assign_role` does; with `--confirm` confirm them too, and send nothing."""
    verified = not wanted.unverified
    for hires in read_hires(batch, wanted):
        wishes = [hire.wish for hire in hires]
        outcomes = assign_roles(
            batch.unit, wishes, verified=verified, confirm=wanted.confirm, again=wanted.again
        )
        batch.settle(hires, outcomes)


def read_hires(batch: Batch, wanted: Wanted) -> Iterator[list[Hire]]:
    """The rows that are good, chunk by chunk; accounts that they need are made."""
    batch.pass_over("assigned_on", "confirmed_on")
    reader = _Rows(batch, wanted)
    for chunk in batch.chunks(reader.faults_of):
        people = reader.people_of(chunk)
        taken = []
        for row in chunk:
            try:
                taken.append(reader.hire(row))
            except CarepassError as error:
                batch.refuse(row, error)
        hires = batch.first_of(taken, "assignment")
        if wanted.create_accounts:
            added = people.add({hire.wish.account.id for hire in hires}, wanted.status)
            hires = [hire._replace(wish=of_added(hire.wish, added)) for hire in hires]
        yield hires


class _Rows:
    """What the rows of a file mean: who is to hold which role."""

    def __init__(self, batch: Batch, wanted: Wanted) -> None:
        self._unit = batch.unit
        self._wanted = wanted
        self._names = Names(batch.unit, batch.unit.today)
        self._post = looked_up_once(lambda home, role: named_post(batch.unit, self._names, home, role))
        self._newcomers: set[Namesake] | None = None if wanted.allow_duplicates else set()
        self._people = People(batch.unit, ())

    def people_of(self, chunk: list[Row]) -> People:
        """The people whom these rows name, from now on."""
        named = (key_of(values) for _, values in chunk)
        names = (names_of(values) for _, values in chunk)
        self._people = People(self._unit, named, names, self._newcomers)
        return self._people

    def hire(self, row: Row) -> Hire:
        """What a row asks for. Raises CarepassError for a row that cannot be taken."""
        number, values = row
        home, role, birthdate, status, ended_on = told_of(values)
        first_name, last_name = names_of(values)
        post = self._post(home, role)
        if status or ended_on:
            check_working(status, ended_on, self._unit.today)
        said = read_said(values)
        stranger = self._stranger(values, self._people)
        member = (
            self._people.get(key_of(values))
            if stranger is None
            else self._people.welcome(stranger, self._wanted.status)
        )
        born = read_birthdate(birthdate) if birthdate else None
        given = Given(last_name or None, first_name or None, born)
        check_candidate(member, given, unverified=self._wanted.unverified)
        return Hire(
            row, Mark(number, f"{member.id} {post.id}", tuple(said.items())), Wish(member, post, said)
        )

    def faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        home, role, birthdate, status, ended_on = told_of(values)
        key = key_of(values)
        people = self._people if self._people.covers(key) else People(self._unit, [key])
        return faults(
            lambda: self._post(home, role),
            lambda: check_working(status, ended_on, self._unit.today),
            lambda: read_said(values),
            lambda: birthdate and read_birthdate(birthdate),
            lambda: key.email and fields.parse_email(key.email, "email"),
            lambda: self._stranger(values, people) or people.get(key),
        )

    def _stranger(self, values: Values, people: People) -> dict[str, Any] | None:
        """The person to make an account for; None where there is one, or none is to be made."""
        key = key_of(values)
        if not key or key.portal_id or people.found(key):
            return None
        if not self._wanted.create_accounts:
            raise NotFound("account", str(key), hint="To make accounts for new people: --create-accounts")
        if not key.email:
            return None
        named = dict(zip(COLUMNS.known, values, strict=True))
        if not (named["first_name"] and named["last_name"] and named["birthdate"]):
            hint = "A new one takes first_name, last_name and birthdate from the row."
            raise NotFound("account", str(key), hint=hint)
        return read_person(self._unit, named)


def read_said(values: Values) -> AssignmentValues:
    """What a row says of an assignment. Raises InvalidValue."""
    said = {column: _read(name, values[at]) for at, name, column in SAID if values[at]}
    return cast("AssignmentValues", said)


@lru_cache(maxsize=4096)
def _read(name: str, text: str) -> Any:
    """The value of a text; days repeat, so that most are read once."""
    return ASSIGNMENT.field(name).value(text, name)


def check_working(status: str, ended_on: str, today: date) -> None:
    """Raise Refused where a row says that the person does not work here now: leavers get no roles."""
    standing = find_standing(status)
    if standing is None:
        raise unknown_status(status)
    if standing != "staying" or (ended_on and read_date(ended_on, "ended_on") <= today):
        raise Refused(
            "The row is about somebody who has left or is on leave.",
            "To carry out a whole list of staff: carepass role sync; or leave such rows out.",
            code="not-working",
        )


def unknown_status(status: str) -> Refused:
    """The refusal of a status word that could mean anything."""
    return Refused(
        f"status '{status[:40]}' is not a word for staying, leaving or a leave.",
        f"Say it once: --value 'status:{status[:40]}=Active' (or Terminated, or On leave).",
        code="unknown-status",
    )


def of_added(wish: Wish, added: Mapping[int, Account]) -> Wish:
    """The wish, of an account that was made since."""
    return wish._replace(account=added.get(wish.account.id, wish.account))


def named_post(unit: Unit, names: Names, home: str, role: str) -> Post:
    """The role at a home, each by code or name. Raises NotFound."""
    home = names.home(home)
    return get_post(unit, home, names.role(home, role))
