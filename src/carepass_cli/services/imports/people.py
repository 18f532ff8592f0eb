"""The people that a chunk of rows names, and those it adds."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple
from unicodedata import normalize

from carepass_cli.errors import IdentityMismatch, InvalidValue, NotFound
from carepass_cli.rules import fields
from carepass_cli.services.account import (
    check_birthdate,
    email_in_use,
    mail_columns,
    name_columns,
    next_portal_ids,
    portal_id_in_use,
)
from carepass_cli.services.token import withdraw_many
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.asof import seen
from carepass_cli.store.queries.many import (
    Member,
    members_by_email,
    members_by_id,
    taken_emails,
    taken_portal_ids,
)
from carepass_cli.store.rows.people import Account, AccountIdentity, AccountVersion
from carepass_cli.store.unit import Unit


class NewPerson(NamedTuple):
    """A person to add; the birthdate as ISO text. Without a portal ID the next free one is given."""

    first_name: str
    last_name: str
    birthdate: str
    email: str
    language: str = "en"
    portal_id: str = ""
    student_number: str | None = None


def read_person(
    unit: Unit,
    first_name: str,
    last_name: str,
    birthdate: str,
    email: str,
    language: str = "",
    portal_id: str = "",
    student_number: str = "",
) -> NewPerson:
    """A person out of a row; a blank language is `en`. Raises InvalidValue, or InTheFuture."""
    if not birthdate:
        raise InvalidValue("birthdate is empty.", "Give it a value.")
    check_birthdate(unit, fields.parse_birthdate(birthdate, "birthdate"))
    return NewPerson(
        fields.clean_text(first_name, "first_name"),
        fields.clean_text(last_name, "last_name"),
        birthdate,
        fields.parse_email(email, "email"),
        fields.parse_choice(language or "en", "language", fields.LANGUAGES),
        fields.parse_portal_id(portal_id, "portal_id") if portal_id else "",
        fields.clean_text(student_number, "student_number", most=30) if student_number else None,
    )


class People:
    """The accounts that some rows name, looked up together; and those that the rows add."""

    def __init__(self, unit: Unit, named: Iterable[tuple[str, str]]) -> None:
        """`named` are pairs of portal ID and e-mail address, either of them blank."""
        portal_ids, emails = set(), set()
        for portal_id, email in named:
            if portal_id:
                portal_ids.add(portal_id)
            else:
                emails.add(_key(email))
        self._unit = unit
        self._by_id = {each.portal_id: each for each in members_by_id(unit, unit.today, portal_ids)}
        by_email = members_by_email(unit, unit.today, emails) if emails else ()
        self._by_email = {_key(each.email): each for each in by_email}
        self._unknown = emails - self._by_email.keys()
        self._unknown_ids = portal_ids - self._by_id.keys()
        self._new: dict[int, NewPerson] = {}

    def find(self, portal_id: str, email: str) -> Member | None:
        """The person with the portal ID, else with the e-mail address, if there is one."""
        return self._by_id.get(portal_id) if portal_id else self._by_email.get(_key(email))

    def get(self, portal_id: str, email: str) -> Member:
        """As `find`. Raises InvalidValue where neither is given, NotFound where there is nobody, and
        IdentityMismatch where the two are not one person's.
        """
        member = self.find(portal_id, email)
        if member is None:
            if portal_id:
                fields.parse_portal_id(portal_id, "portal_id")
            elif email:
                fields.parse_email(email, "email")
            else:
                raise InvalidValue("Neither portal_id nor email is given.", "Give one of them.")
            named = portal_id or email
            get_account(self._unit, self._unit.today, named)
            raise NotFound("account", named)
        if portal_id and email and _key(email) != _key(member.email):
            raise IdentityMismatch
        return member

    def welcome(self, person: NewPerson, status: str) -> Member:
        """A person who has no account yet; the account is made by `add`. Raises Refused where somebody
        has the e-mail address or the portal ID since a later day.
        """
        key = _key(person.email)
        if key in self._taken_emails:
            raise email_in_use(person.email)
        if person.portal_id in self._taken_ids:
            raise portal_id_in_use(person.portal_id)
        names = (person.last_name, person.first_name, person.birthdate)
        member = Member(person.portal_id, *names, status, person.email, person.language, next(self._keys))
        self._by_email[key] = self._by_id[person.portal_id] = member
        self._new[member.id] = person
        return member

    def add(self, keys: Collection[int], status: str) -> dict[int, Member]:
        """Make the accounts of the welcomed people with these keys; who they are now, by key."""
        return add_people(self._unit, {k: new for k, new in self._new.items() if k in keys}, status)

    @cached_property
    def _taken_emails(self) -> set[str]:
        return taken_emails(self._unit, self._unknown)

    @cached_property
    def _taken_ids(self) -> set[str]:
        return taken_portal_ids(self._unit, self._unknown_ids)

    @cached_property
    def _keys(self) -> Iterator[int]:
        return iter(self._unit.next_keys(Account, len(self._unknown)))


def add_people(unit: Unit, people: Mapping[int, NewPerson], status: str) -> dict[int, Member]:
    """Give people accounts, from today on, with the primary keys given. Checks nothing, sends nothing."""
    if not people:
        return {}
    chosen = {each.portal_id for each in people.values() if each.portal_id}
    free = iter(next_portal_ids(unit, len(people) - len(chosen), but=chosen))
    members, versions = [], []
    for key, each in people.items():
        who = (each.last_name, each.first_name, each.birthdate, status, each.email, each.language)
        members.append(Member(each.portal_id or next(free), *who, key))
        names, mail = name_columns(each.first_name, each.last_name), mail_columns(each.email)
        rest = (each.language, each.student_number, status)
        language, student_number, state = rest
        versions.append(
            AccountVersion(
                account_id=key,
                from_on=unit.day,
                language=language,
                student_number=student_number,
                status=state,
                **names,
                **mail,
            )
        )
    unit.insert([Account(each.portal_id, unit.day, unit.change_id, each.id) for each in members])
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


def _key(email: str) -> str:
    # Composed, as an address is stored, whatever the file has.
    return email.casefold() if email.isascii() else normalize("NFC", email).casefold()


@lru_cache(maxsize=4096)
def iso_date(text: str, name: str) -> str:
    """The text of an ISO date, checked; dates repeat, so that most are checked once."""
    return fields.parse_date(text, name).isoformat()


@lru_cache(maxsize=4096)
def iso_birthdate(text: str) -> str:
    """The text of a birthdate, checked."""
    return fields.parse_birthdate(text, "birthdate").isoformat()
