"""`role import`: an HR export becomes assignments, each with its *Confirm staff details* mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, NotFound
from carepass_cli.rules.identity import Given
from carepass_cli.services.assignment import assignment_key, check_candidate, confirmation_letter
from carepass_cli.services.imports.batch import Batch, looked_up_once
from carepass_cli.services.imports.letters import Letter, send_letters
from carepass_cli.services.imports.people import (
    NewPerson,
    People,
    activate_people,
    iso_birthdate,
    iso_date,
    read_person,
)
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED
from carepass_cli.services.token import withdraw_many
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.homes import get_role
from carepass_cli.store.queries.many import Live, Member, live_assignments
from carepass_cli.store.rows.people import Assignment
from carepass_cli.store.unit import Unit

COLUMNS = Columns(
    ("portal_id", "email", "home", "role", "birthdate", "last_name", "first_name", "start_on"),
    ("home", "role"),
    (("portal_id", "email"),),
)

ASSIGNMENT = (
    "account_id",
    "role_id",
    "from_on",
    "start_on",
    "assigned_on",
    "verified",
    "confirmed_on",
    "change_id",
)


@dataclass(frozen=True)
class Wanted:
    """How roles are imported: `--unverified`, `--create-accounts`, `--confirm`."""

    unverified: bool = False
    create_accounts: bool = False
    confirm: bool = False

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
    unit = batch.unit
    get_post = looked_up_once(lambda home, role: _post(unit, home, role))
    for chunk in batch.chunks():
        people = People(unit, [(values[0], values[1]) for _, values in chunk])
        taken = []
        for row in chunk:
            number, (portal_id, email, home, role, birthdate, last_name, first_name, start_on) = row
            try:
                post = get_post(home, role)
                if start_on:
                    iso_date(start_on, "start_on")
                if wanted.create_accounts and not portal_id and email and not people.find("", email):
                    person = _stranger(unit, first_name, last_name, birthdate, email)
                    member = people.welcome(person, wanted.status)
                else:
                    member = people.get(portal_id, email)
                born = iso_birthdate(birthdate) if birthdate else None
                given = Given(last_name or None, first_name or None, born)
                check_candidate(member, given, unverified=wanted.unverified)
            except CarepassError as error:
                batch.refuse(row, error)
                continue
            mark = Mark(number, f"{member.id} {post.id}", start_on)
            taken.append(Hire(row, mark, member, post, start_on))
        hires = batch.first_of(taken, "assignment")
        if wanted.create_accounts:
            added = people.add({hire.member.id for hire in hires}, wanted.status)
            hires = [hire._replace(member=added.get(hire.member.id, hire.member)) for hire in hires]
        yield hires


def _stranger(unit: Unit, first_name: str, last_name: str, birthdate: str, email: str) -> NewPerson:
    if not (first_name and last_name and birthdate):
        raise NotFound(
            "account", email, hint="To create it, give first_name, last_name and birthdate in the row."
        )
    return read_person(unit, first_name, last_name, birthdate, email)


def _write(batch: Batch, hires: list[Hire], wanted: Wanted) -> None:
    unit = batch.unit
    live = live_assignments(unit, unit.today, [(hire.member.id, hire.post.id) for hire in hires])
    new, known = hires, list[tuple[Hire, Live]]()
    if live:
        new = [hire for hire in hires if (hire.member.id, hire.post.id) not in live]
        held = ((hire, live.get((hire.member.id, hire.post.id))) for hire in hires)
        known = [(hire, there) for hire, there in held if there]
    _assign(unit, new, wanted)
    batch.count(CREATED, len(new))
    changed = _change(unit, known, wanted)
    batch.count(UPDATED, changed)
    batch.count(UNCHANGED, len(known) - changed)
    if wanted.confirm:
        confirmed = {hire.member.id: hire.member for hire in hires if hire.member.status == "created"}
        activate_people(unit, list(confirmed.values()))


def _assign(unit: Unit, hires: list[Hire], wanted: Wanted) -> None:
    if not hires:
        return
    verified = not wanted.unverified
    unit.insert(
        [
            Assignment(
                account_id=hire.member.id,
                role_id=hire.post.id,
                from_on=unit.day,
                start_on=date.fromisoformat(hire.start_on) if hire.start_on else unit.day,
                assigned_on=unit.day,
                verified=verified,
                confirmed_on=unit.day if wanted.confirm else None,
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


def _post(unit: Unit, home: str, role: str) -> Post:
    post = get_role(unit, unit.today, home, role)
    params, expires_on = confirmation_letter(unit, post)
    return Post(post.id, post.home_id, home, role, params, expires_on.isoformat())
