"""What a list of staff asks for, carried out: accounts, roles, leaves, in one change."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from carepass_cli.batch.source import Row
from carepass_cli.batch.summary import Summary
from carepass_cli.errors import CarepassError, Refused
from carepass_cli.rules.staffing import Listed, Step
from carepass_cli.services.account import change_account
from carepass_cli.services.assignment import Wish, assign_roles, cancel_assignment, end_assignment
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.role import COLUMNS, read_said
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.leave import return_from_leave, take_leave
from carepass_cli.services.outcome import UNCHANGED
from carepass_cli.services.people import People
from carepass_cli.services.post import Post
from carepass_cli.store.queries.accounts import account_by_id
from carepass_cli.store.queries.many import Member
from carepass_cli.store.unit import Unit

PLAN_KEYS = (
    *("action", "portal_id", "employee_number", "last_name", "first_name", "role", "start_on", "ended_on"),
)
# So many people may always leave; lists of small homes are not held up.
LEAVERS_ALWAYS = 2
REASON = "not in the list of staff"
STATUS = COLUMNS.known.index("status")


@dataclass(frozen=True)
class Terms:
    """How a list is carried out: at which home; `--confirm`, `--create-accounts`, `--allow-duplicates`,
    `--again`; `--end-missing`, and how many percent of the staff may leave (`--max-leavers`).
    """

    home: str
    confirm: bool = False
    create_accounts: bool = False
    allow_duplicates: bool = False
    again: bool = False
    end_missing: bool = False
    max_leavers: int = 10


@dataclass(slots=True)
class Staffing(Summary):
    """The counts of a list of staff: of rows, but `missing`, which counts people."""

    joined: int = 0
    moved: int = 0
    left: int = 0
    on_leave: int = 0
    returned: int = 0
    missing: int = 0

    def as_dict(self) -> dict[str, object]:
        names = ("joined", "moved", "left", "on_leave", "returned", "updated", "unchanged", "missing")
        return {
            **{name: getattr(self, name) for name in (*names, "failed", "skipped", "dry_run", "change")},
            "errors": [error.as_dict() for error in self.errors],
            "warnings": self.warnings,
        }

    def count(self, action: str) -> None:
        """Count a row by what was done for it."""
        name = COUNTED.get(action, action)
        setattr(self, name, getattr(self, name) + 1)


COUNTED = {"join": "joined", "move": "moved", "leave": "left", "on-leave": "on_leave", "return": "returned"}


class Entry(NamedTuple):
    """A row that was understood: who, in which role (None: none is named), and how it stands there. `changes`
    are the names, the address and the number that the account does not have yet."""

    row: Row
    mark: Mark
    member: Member
    changes: Mapping[str, str]
    post: Post | None
    listed: Listed

    def is_on_leave(self, today: date) -> bool:
        return self.listed.standing == "on-leave" and not self.listed.leaves(today)


class Person(NamedTuple):
    """A person, the rows about them (none: they are missing), and what is to be done about each role."""

    member: Member
    entries: Sequence[Entry]
    steps: Sequence[Step]

    @property
    def changes(self) -> dict[str, str]:
        return {name: value for entry in self.entries for name, value in entry.changes.items()}

    def begins_leave(self, staff: "Staff", today: date) -> bool:
        return self.member.id not in staff.leaves and any(each.is_on_leave(today) for each in self.entries)

    def ends_leave(self, staff: "Staff", today: date) -> bool:
        staying = [each for each in self.entries if not each.listed.leaves(today)]
        return (
            self.member.id in staff.leaves
            and bool(staying)
            and not any(e.is_on_leave(today) for e in staying)
        )


class Staff(NamedTuple):
    """The home: its code, how many work there, the codes of its roles by key, the roles that the list names,
    and who is on leave."""

    home: str
    size: int
    codes: Mapping[int, str]
    posts: Mapping[int, Post]
    leaves: Collection[int]


def refuse_too_many(terms: Terms, people: Sequence[Person], staff: Staff) -> None:
    """Raise Refused where more of the staff would leave than is believed: the list may be half a list."""
    leaving = [
        each
        for each in people
        if any(step.action == "leave" for step in each.steps) or (terms.end_missing and not each.entries)
    ]
    if len(leaving) > LEAVERS_ALWAYS and len(leaving) * 100 > staff.size * terms.max_leavers:
        raise Refused(
            f"{len(leaving)} of {staff.size} would leave {staff.home}, more than {terms.max_leavers} %.",
            "Look who: --plan. If it is so: --max-leavers PERCENT%",
            code="too-many-leavers",
        )


def plan_row(person: Person, staff: Staff, today: date) -> Iterator[tuple[object, ...]]:
    """What is asked for about a person, a row each under PLAN_KEYS."""
    member = person.member
    who = (
        member.portal_id or None,
        person.changes.get("employee_number", member.employee_number),
        person.changes.get("last_name", member.last_name),
        person.changes.get("first_name", member.first_name),
    )
    on_leave = {each.listed.line for each in person.entries if each.is_on_leave(today)}
    begins, told = person.begins_leave(staff, today), False
    for step in person.steps:
        action = "on-leave" if begins and step.line in on_leave else step.action
        if action not in ("unchanged", "skipped"):
            role = staff.codes[step.role_id] if step.role_id is not None else None
            ended_on = step.ended_on if step.action == "leave" else None
            yield (action, *who, role, _text(step.start_on), _text(ended_on))
            told = told or step.line is not None
    if not told and (person.changes or person.ends_leave(staff, today)):
        yield ("update", *who, None, None, None)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None


def carry_out(batch: Batch, terms: Terms, people: People, asked: Sequence[Person], staff: Staff) -> None:
    """Do what the list asks for, and count its rows."""
    added = people.add({each.member.id for each in asked}, "active" if terms.confirm else "created")
    asked = [each._replace(member=added.get(each.member.id, each.member)) for each in asked]
    wishes: list[Wish] = []
    for person in asked:
        try:
            wishes += _carry_out_one(batch, terms, person, staff, is_new=person.member.id in added)
        except CarepassError as error:
            batch.refuse(person.entries[0].row, error)
    assign_roles(batch.unit, wishes, verified=True, confirm=terms.confirm)


def _carry_out_one(batch: Batch, terms: Terms, person: Person, staff: Staff, *, is_new: bool) -> list[Wish]:
    """End, change and confirm what one person has; the roles that the person is to be given."""
    unit, member = batch.unit, person.member
    assert isinstance(batch.summary, Staffing)
    summary = batch.summary
    changed = False
    if person.changes and not is_new:
        changed = change_account(unit, member, person.changes).result != UNCHANGED
        member = account_by_id(unit, unit.today, member.id)
    if person.ends_leave(staff, unit.today):
        return_from_leave(unit, member.portal_id)
        changed = True
    if terms.end_missing and person.entries and any(step.action == "missing" for step in person.steps):
        changed = True
    begins = person.begins_leave(staff, unit.today)
    by_line = {each.listed.line: each for each in person.entries}
    if not person.entries and not terms.end_missing:
        summary.missing += 1
        return []
    wishes = []
    for step in person.steps:
        action: str = step.action
        if step.ends is not None and (step.action != "missing" or terms.end_missing):
            _end(unit, member, staff, step)
        if step.action in ("join", "move", "return"):
            entry = by_line[step.line or 0]
            assert entry.post is not None
            wishes.append(Wish(member, entry.post, {**read_said(entry.row[1]), "start_on": step.start_on}))
        elif step.is_pending and terms.confirm:
            assert step.role_id is not None
            wishes.append(Wish(member, staff.posts[step.role_id]))
            changed = True
        if step.line is None:
            continue
        if begins and by_line[step.line].is_on_leave(unit.today):
            action = "on-leave"
        elif action == "unchanged" and changed:
            # The person's own changes are counted once, on the first row that has nothing else.
            action, changed = "updated", False
        summary.count(action)
    if not person.entries:
        summary.left += 1
    if begins:
        on_leave = next(each for each in person.entries if each.is_on_leave(unit.today))
        take_leave(unit, member.portal_id, unit.today, None, {"reason": on_leave.row[1][STATUS]})
    return wishes


def _end(unit: Unit, member: Member, staff: Staff, step: Step) -> None:
    held, reason = step.ends, REASON if step.action == "missing" else None
    assert held is not None
    role = staff.codes[held.role_id]
    if held.confirmed_on is None:
        cancel_assignment(unit, member.portal_id, staff.home, role, reason)
    else:
        # A list may know of an end before anybody confirmed the role.
        on = max(step.ended_on or unit.today, held.confirmed_on)
        end_assignment(unit, member.portal_id, staff.home, role, on, reason)
