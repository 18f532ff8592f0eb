"""The people that a chunk of rows names, and those it adds."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from carepass_cli.errors import IdentityMismatch, InvalidValue, NotFound
from carepass_cli.rules import fields
from carepass_cli.rules.address import email_key
from carepass_cli.services.account import (
    check_birthdate,
    email_in_use,
    mail_columns,
    name_columns,
    next_portal_ids,
    number_in_use,
    portal_id_in_use,
    possible_duplicate,
)
from carepass_cli.services.token import withdraw_many
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.asof import seen
from carepass_cli.store.queries.many import (
    Member,
    members_by_email,
    members_by_id,
    members_by_number,
    namesakes,
    taken_emails,
    taken_numbers,
    taken_portal_ids,
)
from carepass_cli.store.rows.people import Account, AccountIdentity, AccountVersion
from carepass_cli.store.unit import Unit

# The columns that say whom a row is about.
PERSON = ("portal_id", "employee_number", "email")


class Key(NamedTuple):
    """By what a row says whom it is about; what it does not give is blank."""

    portal_id: str = ""
    employee_number: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return any(self[:])

    def __str__(self) -> str:
        number = f"emp:{self.employee_number}" if self.employee_number else ""
        return self.portal_id or number or self.email


class NewPerson(NamedTuple):
    """A person to add; the birthdate as ISO text. Without a portal ID the next free one is given."""

    first_name: str
    last_name: str
    birthdate: str
    email: str
    language: str = "en"
    portal_id: str = ""
    student_number: str | None = None
    employee_number: str | None = None

    @property
    def namesake(self) -> tuple[str, str]:
        """The folded name and the birthdate: two people who share both may be one."""
        return str(name_columns(self.first_name, self.last_name)["folded"]), self.birthdate


def read_person(
    unit: Unit,
    first_name: str,
    last_name: str,
    birthdate: str,
    key: Key,
    language: str = "",
    student_number: str = "",
) -> NewPerson:
    """A person out of a row; a blank language is `en`. Raises InvalidValue, or InTheFuture."""
    if not birthdate:
        raise InvalidValue("birthdate is empty.", "Give it a value.")
    check_birthdate(unit, fields.parse_birthdate(birthdate, "birthdate"))
    portal_id, employee_number, email = key
    return NewPerson(
        fields.clean_text(first_name, "first_name"),
        fields.clean_text(last_name, "last_name"),
        birthdate,
        fields.parse_email(email, "email"),
        fields.parse_choice(language or "en", "language", fields.LANGUAGES),
        fields.parse_portal_id(portal_id, "portal_id") if portal_id else "",
        fields.clean_text(student_number, "student_number", most=30) if student_number else None,
        fields.parse_employee_number(employee_number, "employee_number") if employee_number else None,
    )


class People:
    """The accounts that some rows name, looked up together; and those that the rows add."""

    def __init__(
        self,
        unit: Unit,
        named: Iterable[Key],
        names: Iterable[tuple[str, str]] = (),
        newcomers: set[tuple[str, str]] | None = None,
    ) -> None:
        """`named` is how the rows name people; `names` are the first and last names of those who may be new,
        and `newcomers` (name and birthdate) are new since the file's first row: None lets new people share
        both with others."""
        portal_ids, numbers, emails = set(), set(), set()
        rows = 0
        for portal_id, number, email in named:
            rows += 1
            if portal_id:
                portal_ids.add(portal_id)
            if number:
                numbers.add(number)
            if email:
                emails.add(email_key(email))
        self._unit = unit
        self._rows = rows
        today = unit.today
        self._by_id = {each.portal_id: each for each in members_by_id(unit, today, portal_ids)}
        by_number = members_by_number(unit, today, numbers) if numbers else ()
        self._by_number = {each.employee_number or "": each for each in by_number}
        by_email = members_by_email(unit, today, emails) if emails else ()
        self._by_email = {email_key(each.email): each for each in by_email}
        self._unknown_emails = emails - self._by_email.keys()
        self._unknown_ids = portal_ids - self._by_id.keys()
        self._unknown_numbers = numbers - self._by_number.keys()
        self._names = names
        self._newcomers = newcomers
        self._new: dict[int, NewPerson] = {}

    def found(self, key: Key) -> list[Member]:
        """The people whom the parts of `key` name, those that name somebody: portal ID, number, e-mail."""
        portal_id, number, email = key
        parts = (
            self._by_id.get(portal_id) if portal_id else None,
            self._by_number.get(number) if number else None,
            self._by_email.get(email_key(email)) if email else None,
        )
        return [each for each in parts if each is not None]

    def find(self, key: Key) -> Member | None:
        """The one person whom `key` names, None where it names nobody. Raises IdentityMismatch where its
        parts name several, or where the person has another employee number."""
        found = self.found(key)
        if not found:
            return None
        member = found[0]
        if any(each.id != member.id for each in found):
            raise IdentityMismatch
        if key.employee_number and member.employee_number not in (None, key.employee_number):
            raise IdentityMismatch
        return member

    def get(self, key: Key) -> Member:
        """As `find`. Raises InvalidValue where no part is given, NotFound where there is nobody, and
        IdentityMismatch where the portal ID or the e-mail address is not the person's.
        """
        member = self.find(key)
        portal_id, _, email = key
        if member is None or (portal_id and portal_id != member.portal_id):
            if portal_id:
                fields.parse_portal_id(portal_id, "portal_id")
            elif email:
                fields.parse_email(email, "email")
            if not key:
                raise InvalidValue("No portal_id, employee_number or email is given.", "Give one of them.")
            get_account(self._unit, self._unit.today, str(key))
            raise NotFound("account", str(key))
        if email and email_key(email) != email_key(member.email):
            raise IdentityMismatch
        return member

    def welcome(self, person: NewPerson, status: str) -> Member:
        """A person who has no account yet; the account is made by `add`. Raises Refused where somebody
        has the e-mail address, the portal ID or the number since a later day, or may be the same person.
        """
        key = email_key(person.email)
        if key in self._taken_emails:
            raise email_in_use(person.email)
        if person.portal_id in self._taken_ids:
            raise portal_id_in_use(person.portal_id)
        if person.employee_number in self._taken_numbers:
            raise number_in_use(person.employee_number or "")
        if self._newcomers is not None:
            self._refuse_namesake(person)
            self._newcomers.add(person.namesake)
        names = (person.last_name, person.first_name, person.birthdate)
        member = Member(
            person.portal_id,
            *names,
            status,
            person.email,
            person.language,
            next(self._keys),
            person.employee_number,
        )
        self._by_email[key] = self._by_id[person.portal_id] = member
        if person.employee_number:
            self._by_number[person.employee_number] = member
        self._new[member.id] = person
        return member

    def _refuse_namesake(self, person: NewPerson) -> None:
        other = self._namesakes.get(person.namesake)
        if other is None and person.namesake not in (self._newcomers or ()):
            return
        raise possible_duplicate(f"account {other}" if other else "a new person earlier in the file")

    def add(self, keys: Collection[int], status: str) -> dict[int, Member]:
        """Make the accounts of the welcomed people with these keys; who they are now, by key."""
        return add_people(self._unit, {k: new for k, new in self._new.items() if k in keys}, status)

    @cached_property
    def _namesakes(self) -> dict[tuple[str, str], str]:
        names = {str(name_columns(first, last)["folded"]) for first, last in self._names if first and last}
        return namesakes(self._unit, names)

    @cached_property
    def _taken_emails(self) -> set[str]:
        return taken_emails(self._unit, self._unknown_emails)

    @cached_property
    def _taken_numbers(self) -> set[str]:
        return taken_numbers(self._unit, self._unknown_numbers)

    @cached_property
    def _taken_ids(self) -> set[str]:
        return taken_portal_ids(self._unit, self._unknown_ids)

    @cached_property
    def _keys(self) -> Iterator[int]:
        return iter(self._unit.next_keys(Account, self._rows))


def add_people(unit: Unit, people: Mapping[int, NewPerson], status: str) -> dict[int, Member]:
    """Give people accounts, from today on, with the primary keys given. Checks nothing, sends nothing."""
    if not people:
        return {}
    chosen = {each.portal_id for each in people.values() if each.portal_id}
    free = iter(next_portal_ids(unit, len(people) - len(chosen), but=chosen))
    members, versions = [], []
    for key, each in people.items():
        who = (each.last_name, each.first_name, each.birthdate, status, each.email, each.language)
        members.append(Member(each.portal_id or next(free), *who, key, each.employee_number))
        names, mail = name_columns(each.first_name, each.last_name), mail_columns(each.email)
        rest = (each.language, each.student_number, status)
        language, student_number, state = rest
        versions.append(
            AccountVersion(
                account_id=key,
                from_on=unit.today,
                language=language,
                student_number=student_number,
                employee_number=each.employee_number,
                status=state,
                **names,
                **mail,
            )
        )
    unit.insert([Account(each.portal_id, unit.today, unit.change_id, each.id) for each in members])
    unit.insert(versions)
    unit.insert([AccountIdentity(each.id, date.fromisoformat(each.birthdate)) for each in members])
    unit.audit(
        "create",
        "account",
        f"{len(members)} accounts",
        after={"status": status, "portal_ids": [each.portal_id for each in members]},
    )
    return {each.id: each for each in members}


def activate_people(unit: Unit, members: Sequence[Member]) -> None:
    """Make created accounts active, as confirming a role does, and end their tokens."""
    sql = f"""
        SELECT v.id FROM {unit.listed("keys", account_id="INTEGER")} g
        CROSS JOIN account_version v WHERE v.account_id = g.account_id AND {seen("v")}
    """
    keys = json_array({each.id for each in members})
    versions = [key for (key,) in unit.rows(sql, today=unit.today, keys=keys)]
    if not versions:
        return
    unit.revise(AccountVersion, {key: {"status": "active"} for key in versions})
    withdraw_many(unit, [(each.id, None) for each in members])
    unit.audit(
        "confirm",
        "account",
        f"{len(versions)} accounts",
        before={"status": "created"},
        after={"status": "active", "by": "role", "portal_ids": [each.portal_id for each in members]},
    )


@lru_cache(maxsize=4096)
def iso_date(text: str, name: str) -> str:
    """The text of an ISO date, checked; dates repeat, so that most are checked once."""
    return fields.parse_date(text, name).isoformat()


@lru_cache(maxsize=4096)
def iso_birthdate(text: str) -> str:
    """The text of a birthdate, checked."""
    return fields.parse_birthdate(text, "birthdate").isoformat()
