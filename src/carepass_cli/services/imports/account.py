"""`account import`: people, new ones and changed ones."""

from collections.abc import Mapping
from typing import NamedTuple

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, IdentityMismatch, Refused
from carepass_cli.rules.noun import in_use
from carepass_cli.rules.nouns import ACCOUNT, Key
from carepass_cli.services.account import change_account, send_welcome
from carepass_cli.services.imports.batch import Batch, faults, read_birthdate
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED
from carepass_cli.services.people import SOUGHT, Namesake, People, check_birthdate, keyed, read_person
from carepass_cli.store.queries.many import Member

COLUMNS = Columns(ACCOUNT.columns, ("first_name", "last_name", "email"))
key_of = keyed(COLUMNS.known)


class Entrant(NamedTuple):
    """A row that was understood: the person's values, and the account that the person has or is to have."""

    row: Row
    mark: Mark
    values: Mapping[str, object]
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
        self._newcomers: set[Namesake] | None = None if allow_duplicates else set()
        self._people = People(batch.unit, ())

    def people_of(self, chunk: list[Row]) -> People:
        """The people whom these rows name, from now on."""
        rows = [_named(values) for _, values in chunk]
        names = [(named["first_name"], named["last_name"]) for named in rows]
        keys = (key_of(cells) for _, cells in chunk)
        self._people = People(self._unit, keys, names, self._newcomers)
        return self._people

    def entrant(self, row: Row) -> Entrant:
        """The person in a row, and the account. Raises CarepassError for a row that cannot be taken."""
        number, cells = row
        named = _named(cells)
        key = key_of(cells)
        member = self._member(key)
        _check_status(named["status"], member)
        if member is None:
            values = read_person(self._unit, named)
            member = self._people.welcome(values, "created")
        else:
            values = ACCOUNT.read(named)
            if values.get("birthdate", member.birthdate) != member.birthdate:
                by_number = key._replace(email="")
                raise IdentityMismatch if by_number else in_use("account", SOUGHT["email"], key.email)
        return Entrant(row, Mark(number, str(member.id), cells), values, member)

    def faults_of(self, cells: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        named = _named(cells)
        return [*ACCOUNT.faults(named), *faults(lambda: self._check_born(named["birthdate"]))]

    def _check_born(self, birthdate: str) -> None:
        if birthdate:
            check_birthdate(self._unit, read_birthdate(birthdate))

    def _member(self, key: Key) -> Member | None:
        """The person whom the row is about; the e-mail address may be a new one, but nobody else's."""
        found = self._people.found(key)
        named = self._people.found(key._replace(email=""))
        if not named and found and key.portal_id:
            raise in_use("account", SOUGHT["email"], key.email)
        if any(each.id != found[0].id for each in found):
            raise in_use("account", SOUGHT["email"], key.email) if named else IdentityMismatch
        return found[0] if found else None


def _named(cells: Values) -> dict[str, str]:
    return dict(zip(COLUMNS.known, cells, strict=True))


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
    added = people.add({each.member.id for each in entrants}, "created")
    send_welcome(batch.unit, added)
    batch.count(CREATED, len(added))
    for each in entrants:
        if each.member.id in added:
            continue
        try:
            batch.count(change_account(batch.unit, each.member, each.values).result)
        except CarepassError as error:
            batch.refuse(each.row, error)
