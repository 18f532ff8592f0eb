"""The people whom some rows or options name, looked up together, and those who are new."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

from carepass_cli.batch.columns import picked
from carepass_cli.errors import IdentityMismatch, InTheFuture, InvalidValue, NotFound, Refused
from carepass_cli.rules import nouns
from carepass_cli.rules.fields import folded
from carepass_cli.rules.noun import Values, in_use, listed
from carepass_cli.rules.nouns import PERSON, Key
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.accounts import LOOK_UP, get_account
from carepass_cli.store.queries.many import Member, holders, members_by, namesakes
from carepass_cli.store.queries.tables import find_counter
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.log import Counter
from carepass_cli.store.rows.people import Account, AccountIdentity, AccountVersion
from carepass_cli.store.unit import Unit

FIRST_PORTAL_ID = 1000
# Who was perhaps meant is looked for, which takes milliseconds, once for a name, and for so many names that
# nobody bears: a file may have nothing else.
LIKELY_MOST = 100
_UNKNOWN: WeakKeyDictionary[Reader, dict[str, NotFound]] = WeakKeyDictionary()
SOUGHT = {each.name: each for each in nouns.ACCOUNT.sought}
# What a version of an account has of the fields that people give.
VERSIONED = tuple(each.column for each in nouns.ACCOUNT.written if each.column in AccountVersion._fields)
# The folded name and the birthdate (ISO text): two people who share both may be one.
Namesake = tuple[str, str]


def key_of_values(values: Values) -> Key:
    """The keys of PERSON among the values of a person."""
    return Key(*(values.get(column) or "" for column in PERSON))


def keyed(columns: Sequence[str]) -> Callable[[Sequence[str]], Key]:
    """What gives of a row under these columns by what it says whom it is about."""
    pick = picked(columns, *PERSON)
    return lambda cells: Key._make(pick(cells))


def read_person(unit: Unit, named: Mapping[str, str]) -> dict[str, Any]:
    """The values of a person who is new, out of a file's row. Raises InvalidValue, or InTheFuture."""
    values = nouns.ACCOUNT.read(named)
    nouns.ACCOUNT.require(values)
    check_birthdate(unit, values["birthdate"])
    return values


class KnownPeople:
    """The accounts that some rows name, looked up together."""

    def __init__(self, reader: Reader, today: date, named: Iterable[Key]) -> None:
        every = list(named)
        self._reader, self._today = reader, today
        self._rows = len(every)
        self._named = {column: {key for each in every if (key := getattr(each, column))} for column in PERSON}
        self._known = {
            column: members_by(reader, today, SOUGHT[column], keys) for column, keys in self._named.items()
        }

    def found(self, key: Key) -> list[Member]:
        """The people whom the parts of `key` name, those that name somebody, in the order of PERSON."""
        parts = (self.by(column, value) for column, value in zip(PERSON, key, strict=True))
        return [each for each in parts if each is not None]

    def by(self, column: str, value: str) -> Member | None:
        """Who is known by this value of one of the columns of PERSON; of a merged account whoever has what it
        had."""
        member = self._known[column].get(SOUGHT[column].key(value)) if value else None
        while member is not None and member.merged_into:
            member = self._kept[member.merged_into]
        return member

    def find(self, key: Key) -> Member | None:
        """The one person whom `key` names, None where it names nobody. Raises IdentityMismatch where its
        parts name several, or where the person has another employee number."""
        found = self.found(key)
        if not found:
            return None
        member = found[0]
        if any(each.id != member.id for each in found):
            raise IdentityMismatch
        for column, value in zip(PERSON, key, strict=True):
            has_another = SOUGHT[column].may_be_absent and getattr(member, column) is not None
            if value and has_another and self.by(column, value) is None:
                raise IdentityMismatch
        return member

    def get(self, key: Key) -> Member:
        """As `find`. Raises InvalidValue where no part is given, NotFound where there is nobody, and
        IdentityMismatch where the portal ID or the e-mail address is not the person's.
        """
        member = self.find(key)
        if member is None or (key.portal_id and self.by("portal_id", key.portal_id) is None):
            if not key:
                raise no_key()
            column = next(column for column, value in zip(PERSON, key, strict=True) if value)
            SOUGHT[column].value(getattr(key, column), column)
            raise self._nobody(str(key))
        if key.email and self.by("email", key.email) != member:
            raise IdentityMismatch
        return member

    def covers(self, key: Key) -> bool:
        """Whether all parts of `key` were looked up here."""
        return all(
            not value or value in self._named[column] for column, value in zip(PERSON, key, strict=True)
        )

    def _nobody(self, named: str) -> NotFound:
        """The refusal of a name that nobody bears."""
        unknown = _UNKNOWN.setdefault(self._reader, {})
        if named not in unknown and len(unknown) < LIKELY_MOST:
            try:
                get_account(self._reader, self._today, named)
                unknown[named] = NotFound("account", named)
            except NotFound as error:
                unknown[named] = error
        if named in unknown:
            return unknown[named].with_traceback(None)
        return NotFound("account", named, hint=LOOK_UP)

    @cached_property
    def _kept(self) -> dict[str, Member]:
        """The accounts into which those that are named were merged, one after the other, by portal ID."""
        found = [member for known in self._known.values() for member in known.values()]
        kept: dict[str, Member] = {}
        while into := {member.merged_into for member in found if member.merged_into} - kept.keys():
            more = members_by(self._reader, self._today, SOUGHT["portal_id"], into)
            kept |= more
            found = list(more.values())
        return kept


class People(KnownPeople):
    """The accounts that some rows name, looked up together; and those that the rows add."""

    def __init__(
        self,
        unit: Unit,
        named: Iterable[Key],
        names: Iterable[Sequence[str]] = (),
        newcomers: set[Namesake] | None = None,
    ) -> None:
        """`named` is how the rows name people; `names` are the first and last names of those who may be new,
        and `newcomers` are new since the file's first row: None lets new people share both with others."""
        super().__init__(unit, unit.today, named)
        self._unit = unit
        self._names = names
        self._newcomers = newcomers
        self._new: dict[int, Member] = {}

    def welcome(self, values: Values, status: str) -> Member:
        """A person who has no account yet; the account is made by `add`. Raises Refused where somebody
        has the e-mail address, the portal ID or the number, be it since a later day, or may be the same
        person."""
        for field in (SOUGHT[column] for column in reversed(PERSON)):
            value = values.get(field.column)
            if value and field.key(value) in self._holders[field.name]:
                raise in_use("account", field, value)
        if self._newcomers is not None:
            self._refuse_namesake(_namesake(values))
        defaults = {each.column: each.default for each in nouns.ACCOUNT.written}
        own = {"portal_id": "", "status": status, "created_on": self._unit.today, "id": next(self._keys)}
        member = Member(**{**defaults, **own, "merged_into": None, **values})
        for field in SOUGHT.values():
            if value := getattr(member, field.name):
                self._known[field.name][field.key(value)] = member
        self._new[member.id] = member
        return member

    def _refuse_namesake(self, new: Namesake) -> None:
        assert self._newcomers is not None
        other = self._namesakes.get(new)
        if other is not None or new in self._newcomers:
            raise possible_duplicate(f"account {other}" if other else "a new person earlier in the file")
        self._newcomers.add(new)

    def add(self, keys: Collection[int], status: str) -> dict[int, Member]:
        """Make the accounts of the welcomed people with these keys; who they are now, by key."""
        chosen = [each._replace(status=status) for key, each in self._new.items() if key in keys]
        return {each.id: each for each in _add_people(self._unit, chosen)}

    @cached_property
    def _namesakes(self) -> dict[Namesake, str]:
        names = {str(name_columns(first, last)["folded"]) for first, last in self._names if first and last}
        return namesakes(self._unit, names)

    @cached_property
    def _holders(self) -> dict[str, dict[str, int]]:
        return {column: holders(self._unit, SOUGHT[column], keys) for column, keys in self._named.items()}

    @cached_property
    def _keys(self) -> Iterator[int]:
        return iter(self._unit.next_keys(Account, self._rows))


def _add_people(unit: Unit, people: Sequence[Member]) -> list[Member]:
    """Give people accounts, from today on, with the primary keys that they have. Checks and sends nothing."""
    if not people:
        return []
    chosen = {each.portal_id for each in people if each.portal_id}
    free = iter(next_portal_ids(unit, len(people) - len(chosen), but=chosen))
    members = [each if each.portal_id else each._replace(portal_id=next(free)) for each in people]
    unit.insert([Account(each.portal_id, unit.today, unit.change_id, each.id) for each in members])
    unit.insert([_version(unit, each) for each in members])
    born = [(each.id, each.birthdate) for each in members]
    unit.insert([AccountIdentity(key, birthdate) for key, birthdate in born if birthdate is not None])
    unit.audit_all(
        [Entry("create", "account", each.portal_id, each.id, None, each.shown()) for each in members]
    )
    return members


def _version(unit: Unit, member: Member) -> AccountVersion:
    values = {column: getattr(member, column) for column in VERSIONED}
    return AccountVersion(
        account_id=member.id, from_on=unit.today, status=member.status, **(values | worked_out(values))
    )


def next_portal_ids(unit: Unit, count: int, but: Collection[str] = ()) -> list[str]:
    """The next free portal IDs: from 1000 up, five digits when four have run out. Never given twice, and
    none of `but`."""
    if not count:
        return []
    counter = find_counter(unit, "portal_id") or unit.add(Counter("portal_id", FIRST_PORTAL_ID))
    free: list[str] = []
    following = counter.value
    while len(free) < count:
        next_ones = range(following, following + count - len(free))
        taken = {*holders(unit, SOUGHT["portal_id"], list(map(str, next_ones))), *but}
        free += [number for number in map(str, next_ones) if number not in taken]
        following = next_ones.stop
    unit.update(Counter, {counter.id: {"value": following}})
    return free


def name_columns(first_name: str, last_name: str) -> dict[str, Any]:
    """A person's names as the store keeps them, with the text by which they are sorted and searched."""
    # Two spaces: Lee comes before Lee Ann, whatever their first names.
    key = f"{folded(last_name)}  {folded(first_name)}"
    return {"first_name": first_name, "last_name": last_name, "folded": key}


def worked_out(values: Values) -> dict[str, Any]:
    """What the store keeps besides of a person with these names and this address, to find them by."""
    email = SOUGHT["email"]
    names = name_columns(values["first_name"], values["last_name"])
    return {"folded": names["folded"], email.sought: email.key(values["email"])}


def check_birthdate(unit: Unit, birthdate: date) -> None:
    """Raise InTheFuture for a birthdate after today."""
    if birthdate > unit.today:
        raise InTheFuture(
            "The birthdate lies in the future.", "Check the year; birthdates are written 1990-05-17."
        )


def no_key() -> InvalidValue:
    """The refusal of a row that does not say whom it is about."""
    return InvalidValue(f"No {listed(PERSON)} is given.", "Give one of them.")


def possible_duplicate(who: str) -> Refused:
    """The refusal of a new account for somebody who may be `who`, by name and birthdate."""
    return Refused(
        f"The name and the birthdate are those of {who}.",
        "If it is one person, name the account; if it is somebody else: --allow-duplicate (of a file:"
        " --allow-duplicates).",
        code="possible-duplicate",
    )


def _namesake(values: Values) -> Namesake:
    names = name_columns(values["first_name"], values["last_name"])
    return str(names["folded"]), values["birthdate"].isoformat()
