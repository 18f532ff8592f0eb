"""`role import`: an HR export becomes assignments, each with its *Confirm staff details* mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, NotFound, Refused
from carepass_cli.rules import fields
from carepass_cli.rules.identity import Given
from carepass_cli.rules.nouns import PERSON
from carepass_cli.rules.staffing import find_standing
from carepass_cli.services.assignment import assignment_key, check_candidate, confirmation_letter
from carepass_cli.services.imports.batch import Batch, faults, iso_date, looked_up_once, read_birthdate
from carepass_cli.services.imports.letters import Letter, send_letters
from carepass_cli.services.imports.names import Names
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED
from carepass_cli.services.people import Namesake, People, activate_people, keyed, read_person
from carepass_cli.services.token import withdraw_many
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.homes import get_role
from carepass_cli.store.queries.many import Live, Member, Over, live_assignments, over_assignments
from carepass_cli.store.rows.people import Assignment
from carepass_cli.store.unit import Unit

COLUMNS = Columns(
    (
        *(*PERSON, "home", "role", "birthdate", "last_name", "first_name", "start_on"),
        *("status", "ended_on", "assigned_on", "confirmed_on"),
    ),
    ("home", "role"),
    (PERSON,),
)
key_of = keyed(COLUMNS.known)


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


class Post(NamedTuple):
    """A role at a home as a batch knows it, and what its letter says."""

    id: int
    home_id: int
    home: str
    role: str
    params: dict[str, object]
    expires_on: str


class Hire(NamedTuple):
    """A row that was understood: who is to hold which role from when (blank: today)."""

    row: Row
    mark: Mark
    member: Member
    post: Post
    start_on: str


def import_roles(batch: Batch, wanted: Wanted) -> None:
    """Assign roles as `assign_role` does; with `--confirm` confirm them too, and send nothing."""
    for hires in read_hires(batch, wanted):
        _write(batch, hires, wanted)


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
            added = people.add({hire.member.id for hire in hires}, wanted.status)
            hires = [hire._replace(member=added.get(hire.member.id, hire.member)) for hire in hires]
        yield hires


class _Rows:
    """What the rows of a file mean: who is to hold which role."""

    def __init__(self, batch: Batch, wanted: Wanted) -> None:
        self._unit = batch.unit
        self._wanted = wanted
        self._names = Names(batch.unit)
        self._post = looked_up_once(lambda home, role: get_post(batch.unit, self._names, home, role))
        self._newcomers: set[Namesake] | None = None if wanted.allow_duplicates else set()
        self._people = People(batch.unit, ())

    def people_of(self, chunk: list[Row]) -> People:
        """The people whom these rows name, from now on."""
        named = (key_of(values) for _, values in chunk)
        names = ((values[7], values[6]) for _, values in chunk)
        self._people = People(self._unit, named, names, self._newcomers)
        return self._people

    def hire(self, row: Row) -> Hire:
        """What a row asks for. Raises CarepassError for a row that cannot be taken."""
        number, values = row
        _, _, _, home, role, birthdate, last_name, first_name, start_on, status, ended_on, *_ = values
        post = self._post(home, role)
        if status or ended_on:
            check_working(status, ended_on, self._unit.today)
        if start_on:
            iso_date(start_on, "start_on")
        stranger = self._stranger(values, self._people)
        member = (
            self._people.get(key_of(values))
            if stranger is None
            else self._people.welcome(stranger, self._wanted.status)
        )
        born = read_birthdate(birthdate) if birthdate else None
        given = Given(last_name or None, first_name or None, born)
        check_candidate(member, given, unverified=self._wanted.unverified)
        return Hire(row, Mark(number, f"{member.id} {post.id}", start_on), member, post, start_on)

    def faults_of(self, values: Values) -> list[CarepassError]:
        """All that is wrong with a row's values, each by itself."""
        _, _, email, home, role, birthdate, _, _, start_on, status, ended_on, *_ = values
        people = People(self._unit, [key_of(values)])
        return faults(
            lambda: self._post(home, role),
            lambda: check_working(status, ended_on, self._unit.today),
            lambda: start_on and iso_date(start_on, "start_on"),
            lambda: birthdate and read_birthdate(birthdate),
            lambda: email and fields.parse_email(email, "email"),
            lambda: self._stranger(values, people) or people.get(key_of(values)),
        )

    def _stranger(self, values: Values, people: People) -> dict[str, Any] | None:
        """The person to make an account for; None where there is one, or none is to be made."""
        key = key_of(values)
        if not self._wanted.create_accounts or not key.email or key.portal_id or people.found(key):
            return None
        named = dict(zip(COLUMNS.known, values, strict=True))
        if not (named["first_name"] and named["last_name"] and named["birthdate"]):
            hint = "To create it, give first_name, last_name and birthdate in the row."
            raise NotFound("account", str(key), hint=hint)
        return read_person(self._unit, named)


def check_working(status: str, ended_on: str, today: date) -> None:
    """Raise Refused where a row says that the person does not work here now: leavers get no roles."""
    standing = find_standing(status)
    if standing is None:
        raise unknown_status(status)
    if standing != "staying" or (ended_on and iso_date(ended_on, "ended_on") <= today.isoformat()):
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


def _write(batch: Batch, hires: list[Hire], wanted: Wanted) -> None:
    unit = batch.unit
    live = live_assignments(unit, unit.today, [(hire.member.id, hire.post.id) for hire in hires])
    new, known = hires, list[tuple[Hire, Live]]()
    if live:
        new = [hire for hire in hires if (hire.member.id, hire.post.id) not in live]
        held = ((hire, live.get((hire.member.id, hire.post.id))) for hire in hires)
        known = [(hire, there) for hire, there in held if there]
    if new and not wanted.again:
        new = _not_taken_back(batch, new)
    assign_hires(unit, new, wanted)
    batch.count(CREATED, len(new))
    changed = _change(unit, known, wanted)
    batch.count(UPDATED, changed)
    batch.count(UNCHANGED, len(known) - changed)
    if wanted.confirm:
        confirmed = {hire.member.id: hire.member for hire in hires if hire.member.status == "created"}
        activate_people(unit, list(confirmed.values()))


def assign_hires(unit: Unit, hires: list[Hire], wanted: Wanted) -> None:
    """Give roles that nobody of these holds, confirmed where that is wanted, else each with its letter."""
    if not hires:
        return
    verified = not wanted.unverified
    unit.insert(
        [
            Assignment(
                account_id=hire.member.id,
                role_id=hire.post.id,
                from_on=unit.today,
                start_on=date.fromisoformat(hire.start_on) if hire.start_on else unit.today,
                assigned_on=unit.today,
                verified=verified,
                confirmed_on=unit.today if wanted.confirm else None,
                change_id=unit.change_id,
            )
            for hire in hires
        ]
    )
    if not wanted.confirm:
        send_letters(unit, "confirm-role", [_letter(hire.member, hire.post) for hire in hires])
    assigned: dict[str, list[str]] = {}
    for hire in hires:
        assigned.setdefault(f"{hire.post.home}/{hire.post.role}", []).append(hire.member.portal_id)
    after: dict[str, object] = {"verified": verified, "assigned": assigned}
    if wanted.confirm:
        after |= {"status": "confirmed", "by": "behalf"}
    unit.audit("assign", "assignment", f"{len(hires)} assignments", after=after)


def _not_taken_back(batch: Batch, hires: list[Hire]) -> list[Hire]:
    """The hires whose role was not declined, nor ended on or after its start; the others are refused."""
    over = over_assignments(batch.unit, batch.unit.today, [(h.member.id, h.post.id) for h in hires])
    if not over:
        return hires
    kept = []
    for hire in hires:
        before = over.get((hire.member.id, hire.post.id))
        if before is None or (not before.declined and hire.start_on and before.ended_on < hire.start_on):
            kept.append(hire)
        else:
            batch.refuse(hire.row, taken_back(hire.post, before))
    return kept


def taken_back(post: "Post", before: Over) -> Refused:
    """The refusal of a role that the person declined, or that was ended, since."""
    role = f"{post.role} at {post.home}"
    if before.declined:
        return Refused(f"The person declined {role}.", "To ask again: --again", code="declined")
    return Refused(
        f"{role} was ended on {before.ended_on}.",
        "Give a later start_on, or assign it again: --again",
        code="ended",
    )


def _change(unit: Unit, known: list[tuple[Hire, Live]], wanted: Wanted) -> int:
    """Give assignments that are there another start, and confirm the pending ones where that is wanted."""
    restarts: dict[int, dict[str, object]] = {}
    confirms: list[tuple[Hire, Live]] = []
    entries: list[Entry] = []
    for hire, live in known:
        key = assignment_key(hire.member.portal_id, hire.post.home, hire.post.role)
        if hire.start_on and hire.start_on != live.start_on:
            restarts[live.id] = {"start_on": hire.start_on, "change_id": unit.change_id}
            before, after = {"start_on": live.start_on}, {"start_on": hire.start_on}
            entries.append(Entry("restart", "assignment", key, hire.member.id, before, after))
        if wanted.confirm and live.confirmed_on is None:
            confirms.append((hire, live))
            before, after = {"status": "pending"}, {"status": "confirmed", "by": "behalf"}
            entries.append(Entry("confirm", "assignment", key, hire.member.id, before, after))
    unit.update(Assignment, {live.id: {"confirmed_on": unit.today} for _, live in confirms})
    withdraw_many(unit, [(hire.member.id, hire.post.id) for hire, _ in confirms])
    unit.revise(Assignment, restarts)
    unit.audit_all(entries)
    return len(restarts.keys() | {live.id for _, live in confirms})


def _letter(member: Member, post: Post) -> Letter:
    return Letter(member, post.params, post.id, post.home_id, post.expires_on)


def get_post(unit: Unit, names: Names, home: str, role: str) -> Post:
    """The role at a home, each by code or name. Raises NotFound."""
    home = names.home(home)
    post = get_role(unit, unit.today, home, names.role(home, role))
    params, expires_on = confirmation_letter(unit, post)
    return Post(post.id, post.home_id, home, post.role, params, expires_on.isoformat())
