"""`account import`: people, new ones and changed ones."""

from typing import NamedTuple

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, IdentityMismatch
from carepass_cli.services.account import edit_account, email_in_use
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.letters import Letter, send_letters
from carepass_cli.services.imports.people import NewPerson, People, read_person
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED, UNCHANGED
from carepass_cli.store.queries.many import Member
from carepass_cli.store.unit import Unit

COLUMNS = Columns(
    (
        "portal_id",
        "first_name",
        "last_name",
        "birthdate",
        "email",
        "language",
        "student_number",
        "status",
        "created_on",
    ),
    ("first_name", "last_name", "email"),
)


class Entrant(NamedTuple):
    """A row that was understood: a person, and the account that the person has or is to have."""

    row: Row
    mark: Mark
    person: NewPerson
    member: Member


def import_accounts(batch: Batch) -> None:
    """Create accounts with their confirmation mails, as `create_account` does; change those there are.

    A row is about the account with its portal ID, else about the one with its e-mail address; a
    birthdate must be that account's, and a new account needs one. What is blank stays as it is.
    """
    batch.pass_over("status", "created_on")
    for chunk in batch.chunks():
        named = [pair for _, values in chunk for pair in ((values[0], ""), ("", values[4])) if any(pair)]
        people = People(batch.unit, named)
        taken = []
        for row in chunk:
            try:
                taken.append(_entrant(batch, row, people))
            except CarepassError as error:
                batch.refuse(row, error)
        _write(batch, people, batch.first_of(taken, "account"))


def _entrant(batch: Batch, row: Row, people: People) -> Entrant:
    number, (portal_id, first_name, last_name, birthdate, email, language, student_number, *_) = row
    member, other = people.find(portal_id, email), people.find("", email)
    if member is not None:
        birthdate = birthdate or member.birthdate
    names = (first_name, last_name, birthdate, email)
    person = read_person(batch.unit, *names, language, portal_id, student_number)
    if member is None and other is None:
        member = people.welcome(person, "created")
    elif member is None or (other is not None and other.id != member.id):
        raise email_in_use(email)
    elif member.birthdate != birthdate:
        raise IdentityMismatch if portal_id else email_in_use(email)
    mark = Mark(number, str(member.id), "\n".join((*names, language, student_number)))
    # A blank language of a person who is there stays what it is.
    return Entrant(row, mark, person if language else person._replace(language=member.language), member)


def _write(batch: Batch, people: People, entrants: list[Entrant]) -> None:
    unit = batch.unit
    added = people.add({each.member.id for each in entrants}, "created")
    send_letters(
        unit, "confirm-account", [Letter(each, {"portal_id": each.portal_id}) for each in added.values()]
    )
    batch.count(CREATED, len(added))
    for each in entrants:
        if each.member.id in added:
            continue
        try:
            batch.count(UNCHANGED if _says_nothing_new(each) else _change(unit, each))
        except CarepassError as error:
            batch.refuse(each.row, error)


def _says_nothing_new(entrant: Entrant) -> bool:
    person, member = entrant.person, entrant.member
    said = (person.first_name, person.last_name, person.email, person.language, person.student_number)
    return said == (member.first_name, member.last_name, member.email, member.language, None)


def _change(unit: Unit, entrant: Entrant) -> str:
    person = entrant.person
    return edit_account(
        unit,
        entrant.member.portal_id,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        language=person.language,
        student_number=person.student_number,
    ).result
