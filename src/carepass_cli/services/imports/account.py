"""`account import`: people, new ones and changed ones."""

from typing import NamedTuple

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, IdentityMismatch, Refused
from carepass_cli.rules import fields
from carepass_cli.services.account import check_birthdate, edit_account, email_in_use
from carepass_cli.services.imports.batch import Batch, faults
from carepass_cli.services.imports.letters import Letter, send_letters
from carepass_cli.services.imports.people import Key, NewPerson, People, read_person
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
        "employee_number",
    ),
    ("first_name", "last_name", "email"),
)


class Entrant(NamedTuple):
    """A row that was understood: a person, and the account that the person has or is to have."""

    row: Row
    mark: Mark
    person: NewPerson
    member: Member


def import_accounts(batch: Batch, *, allow_duplicates: bool = False) -> None:
    """Create accounts with their confirmation mails, as `create_account` does; change those there are.

    A row is about the account with its portal ID, else with its employee number, else with its e-mail
    address; a birthdate must be that account's, and a new account needs one. What is blank stays as it is.
    """
    batch.pass_over("created_on")
    rows = _Rows(batch, allow_duplicates)
    for chunk in batch.chunks(rows.faults_of):
        people = rows.people_of(chunk)
        taken = []
        for row in chunk:
            try:
                taken.append(rows.entrant(row))
            except CarepassError as error:
                batch.refuse(row, error)
        _write(batch, people, batch.first_of(taken, "account"))


class _Rows:
    """What the rows of a file say of people."""

    def __init__(self, batch: Batch, allow_duplicates: bool) -> None:
        self._unit = batch.unit
        self._newcomers: set[tuple[str, str]] | None = None if allow_duplicates else set()
        self._people = People(batch.unit, ())

    def people_of(self, chunk: list[Row]) -> People:
        """The people whom these rows name, from now on."""
        named = (_key_of(values) for _, values in chunk)
        names = ((values[1], values[2]) for _, values in chunk)
        self._people = People(self._unit, named, names, self._newcomers)
        return self._people

    def entrant(self, row: Row) -> Entrant:
        """The person in a row, and the account. Raises CarepassError for a row that cannot be taken."""
        number, values = row
        _, first_name, last_name, birthdate, email, language, student_number, status, *_ = values
        key, people = _key_of(values), self._people
        member = self._member(key)
        _check_status(status, member)
        if member is not None:
            # What is blank stays as it is.
            first_name, last_name = first_name or member.first_name, last_name or member.last_name
            birthdate, key = birthdate or member.birthdate, key._replace(email=email or member.email)
        person = read_person(self._unit, first_name, last_name, birthdate, key, language, student_number)
        if member is None:
            member = people.welcome(person, "created")
        elif member.birthdate != birthdate:
            raise IdentityMismatch if key.portal_id or key.employee_number else email_in_use(email)
        mark = Mark(number, str(member.id), values)
        # A blank language of a person who is there stays what it is.
        return Entrant(row, mark, person if language else person._replace(language=member.language), member)

    def faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        portal_id, first_name, last_name, birthdate, email, language, student_number, *_ = values
        return faults(
            lambda: fields.clean_text(first_name, "first_name"),
            lambda: fields.clean_text(last_name, "last_name"),
            lambda: self._check_birthdate(birthdate),
            lambda: email and fields.parse_email(email, "email"),
            lambda: fields.parse_choice(language or "en", "language", fields.LANGUAGES),
            lambda: portal_id and fields.parse_portal_id(portal_id, "portal_id"),
            lambda: student_number and fields.clean_text(student_number, "student_number", most=30),
        )

    def _check_birthdate(self, birthdate: str) -> None:
        if birthdate:
            check_birthdate(self._unit, fields.parse_birthdate(birthdate, "birthdate"))

    def _member(self, key: Key) -> Member | None:
        """The person whom the row is about; the e-mail address may be a new one, but nobody else's."""
        found = self._people.found(key)
        named = self._people.found(Key(key.portal_id)) or self._people.found(Key("", key.employee_number))
        if not named and found and key.portal_id:
            raise email_in_use(key.email)
        if any(each.id != found[0].id for each in found):
            raise email_in_use(key.email) if named else IdentityMismatch
        return found[0] if found else None


def _key_of(values: Values) -> Key:
    return Key(values[0], values[9], values[4])


def _check_status(status: str, member: Member | None) -> None:
    """Raise Refused where a row and the store disagree on whether an account is deactivated."""
    if status and (status == "deactivated") is not (member is not None and member.status == "deactivated"):
        who = member.portal_id if member else "ACCOUNT"
        do = f"deactivate {who} --reason TEXT" if status == "deactivated" else f"edit {who} --reactivate"
        raise Refused(
            f"An import does not make an account '{status[:40]}'.",
            f"Run: carepass account {do}; or leave the column aside: --map status=",
            code="status-not-imported",
        )


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
    kept = (member.first_name, member.last_name, member.email, member.language, None)
    return said == kept and person.employee_number in (None, member.employee_number)


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
        employee_number=person.employee_number,
    ).result
