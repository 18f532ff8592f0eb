"""`role sync`: a list of who works at a home, from HR, becomes so."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, IdentityMismatch, InvalidValue, NotFound
from carepass_cli.rules import fields
from carepass_cli.rules.identity import Given
from carepass_cli.rules.nouns import PERSON, Key
from carepass_cli.rules.staffing import Held, Listed, Step, find_standing, plan_person
from carepass_cli.services.account import deactivated
from carepass_cli.services.assignment import check_candidate, identity_not_given, taken_back
from carepass_cli.services.imports.batch import Batch, faults, looked_up_once, read_birthdate, read_date
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.role import COLUMNS as ROLE_COLUMNS
from carepass_cli.services.imports.role import (
    key_of,
    named_post,
    names_of,
    read_said,
    told_of,
    unknown_status,
)
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.imports.staffing import (
    Entry,
    Person,
    Staff,
    Terms,
    carry_out,
    plan_row,
    refuse_too_many,
)
from carepass_cli.services.people import SOUGHT, Namesake, People, no_key, read_person
from carepass_cli.services.post import Post
from carepass_cli.store.queries.homes import get_home
from carepass_cli.store.queries.many import Member
from carepass_cli.store.queries.staffing import held_roles, people_on_leave, role_codes, staff_of

COLUMNS = Columns(ROLE_COLUMNS.known, (), (PERSON,))


def sync_roles(batch: Batch, terms: Terms) -> None:
    """Make the home's staff what the list says.

    Raises Refused (`too-many-leavers`) where more people would leave than `terms` allow.
    """
    rows, people, staff = _read(batch, terms)
    refuse_too_many(terms, people, staff)
    carry_out(batch, terms, rows.people, people, staff)


def plan_sync(batch: Batch, terms: Terms) -> list[tuple[object, ...]]:
    """What the list asks for, a row each under PLAN_KEYS."""
    _, people, staff = _read(batch, terms)
    return [row for person in people for row in plan_row(person, staff, batch.unit.today)]


def _read(batch: Batch, terms: Terms) -> "tuple[_Rows, list[Person], Staff]":
    unit = batch.unit
    batch.pass_over("assigned_on", "confirmed_on")
    home = get_home(unit, unit.today, terms.home)
    rows = _Rows(batch, terms)
    entries = batch.first_of(rows.entries(), "role")
    held, members = held_roles(unit, unit.today, home.id), staff_of(unit, unit.today, home.id)
    people = _people(batch, terms, entries, held, members, rows.unclear)
    posts = {each.post.id: each.post for each in entries if each.post}
    codes, on_leave = role_codes(unit, home.id), people_on_leave(unit, unit.today)
    return rows, people, Staff(home.code, len(members), codes, posts, on_leave)


def _people(
    batch: Batch,
    terms: Terms,
    entries: Sequence[Entry],
    held: dict[int, list[Held]],
    staff: dict[int, Member],
    unclear: set[int],
) -> list[Person]:
    """What is to be done about each person: those of the list in its order, then those who are missing. Whose
    rows are bad (`unclear`) is not."""
    today = batch.unit.today
    listed: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        listed[entry.member.id].append(entry)
    people = []
    for key, of_person in listed.items():
        roles = held.get(key, [])
        if not terms.again and (refused := _declined(of_person, roles, today)):
            batch.refuse(refused.row, taken_back(refused.post))  # type: ignore[arg-type]
            continue
        steps = plan_person(roles, [each.listed for each in of_person], today)
        people.append(Person(of_person[0].member, of_person, steps))
    for key, member in staff.items():
        if key not in listed and key not in unclear:
            live = [each for each in held[key] if each.is_live]
            steps = [Step("missing", None, each.role_id, ends=each, ended_on=today) for each in live]
            people.append(Person(member, [], steps))
    return people


def _declined(entries: Sequence[Entry], held: Sequence[Held], today: date) -> Entry | None:
    """The row for a role that the person declined."""
    declined = {each.role_id for each in held if each.declined}
    return next((e for e in entries if e.listed.role_id in declined and not e.listed.leaves(today)), None)


class _Rows:
    """What the rows of a list say."""

    def __init__(self, batch: Batch, terms: Terms) -> None:
        self._batch = batch
        self._unit = batch.unit
        self._terms = terms
        self._names = Names(batch.unit, batch.unit.today)
        self._post = looked_up_once(lambda role: named_post(batch.unit, self._names, terms.home, role))
        self._home = looked_up_once(
            lambda home: get_home(batch.unit, batch.unit.today, self._names.home(home)).code
        )
        self.people = People(batch.unit, ())
        self.unclear: set[int] = set()

    def entries(self) -> list[Entry]:
        """The rows that are good; those of other homes, and of leavers who are unknown here, are skipped."""
        rows = [row for chunk in self._batch.chunks(self._faults_of) for row in chunk]
        newcomers: set[Namesake] | None = None if self._terms.allow_duplicates else set()
        named = (key_of(values) for _, values in rows)
        names = (names_of(values) for _, values in rows)
        self.people = People(self._unit, named, names, newcomers)
        found = []
        for row in rows:
            try:
                entry = self._entry(row)
            except CarepassError as error:
                self._batch.refuse(row, error)
                self.unclear.update(each.id for each in self.people.found(key_of(row[1])))
                continue
            if entry is None:
                self._batch.skip()
            else:
                found.append(entry)
        return found

    def _entry(self, row: Row) -> Entry | None:
        number, values = row
        home, role, _, status, ended_on = told_of(values)
        if home and self._home(home) != self._terms.home:
            return None
        standing = find_standing(status)
        if standing is None:
            raise unknown_status(status)
        listed = Listed(number, None, read_said(values).get("start_on"), standing, _day(ended_on, "ended_on"))
        leaves = listed.leaves(self._unit.today)
        key = key_of(values)
        if leaves and not self.people.found(key):
            return None
        post = self._post_of(role, leaves=leaves)
        member = self._member(key, values, leaves=leaves)
        listed = listed._replace(role_id=post.id if post else None)
        mark = Mark(number, f"{member.id} {listed.role_id}", values)
        return Entry(row, mark, member, _changes(self.people, member, key, values), post, listed)

    def _post_of(self, role: str, *, leaves: bool) -> Post | None:
        """The role of a row. A leaver's may have any name, or none."""
        try:
            if not role:
                raise InvalidValue("role is empty.", "Give it a value.")
            post: Post = self._post(role)
        except CarepassError:
            if leaves:
                return None
            raise
        return post

    def _member(self, key: Key, values: Values, *, leaves: bool) -> Member:
        """The person of a row. HR's own number, and the portal ID, stand for the person whatever the name and
        the address are by now; an address alone does not."""
        first_name, last_name = names_of(values)
        _, _, birthdate, *_ = told_of(values)
        member = self.people.find(key)
        if member is None:
            return self.people.welcome(
                self._stranger(key, values), "active" if self._terms.confirm else "created"
            )
        born = read_birthdate(birthdate) if birthdate else None
        by_number = bool(self.people.found(key._replace(email="")))
        if key.portal_id and self.people.by("portal_id", key.portal_id) is None:
            raise NotFound("account", key.portal_id)
        if by_number and born is not None and born != member.birthdate:
            raise IdentityMismatch
        if member.status == "deactivated" and not leaves:
            raise deactivated(member.portal_id)
        if not by_number and member.status != "deactivated":
            given = Given(last_name or None, first_name or None, born)
            if not given.enough:
                raise identity_not_given("Give birthdate or last_name, or a number that is the person's own.")
            check_candidate(member, given, unverified=False)
        return member

    def _stranger(self, key: Key, values: Values) -> dict[str, Any]:
        first_name, last_name = names_of(values)
        _, _, birthdate, *_ = told_of(values)
        if not self._terms.create_accounts or key.portal_id:
            hint = "To make accounts for new people: --create-accounts" if not key.portal_id else ""
            raise NotFound("account", str(key), hint=hint) if key else no_key()
        if not (key.email and first_name and last_name and birthdate):
            hint = "A new one takes first_name, last_name, birthdate and email from the row."
            raise NotFound("account", str(key), hint=hint) if key else no_key()
        return read_person(self._unit, dict(zip(COLUMNS.known, values, strict=True)))

    def _faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        home, role, birthdate, status, ended_on = told_of(values)
        return faults(
            lambda: home and self._home(home),
            lambda: role and find_standing(status) != "leaving" and self._post(role),
            lambda: birthdate and read_birthdate(birthdate),
            lambda: read_said(values),
            lambda: _day(ended_on, "ended_on"),
            lambda: _standing(status),
        )


def _changes(people: People, member: Member, key: Key, values: Values) -> dict[str, str]:
    """What the row brings up to date: a number that is new to the account; names and address where the person
    is found by number or portal ID."""
    changes = {}
    new = {name: value for name, value in key._asdict().items() if value and getattr(member, name) is None}
    if new:
        changes = {name: SOUGHT[name].value(value, name) for name, value in new.items()}
    elif key._replace(email=""):
        first_name, last_name = names_of(values)
        email = key_of(values).email
        if first_name and first_name != member.first_name:
            changes["first_name"] = fields.clean_text(first_name, "first_name")
        if last_name and last_name != member.last_name:
            changes["last_name"] = fields.clean_text(last_name, "last_name")
        if email and people.by("email", email) != member:
            changes["email"] = fields.parse_email(email, "email")
    return changes


def _standing(status: str) -> None:
    if find_standing(status) is None:
        raise unknown_status(status)


def _day(text: str, name: str) -> date | None:
    return read_date(text, name) if text else None
