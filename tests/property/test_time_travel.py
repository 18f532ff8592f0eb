"""Time travel: whatever happens later, `--today D` shows what was seen on D.

A random history of services runs at days that never go back. At the end of each day every list is
photographed; at the end of the history every day is looked at again. Completions here are recorded on
their own day: one recorded later counts from its own date on, and that is meant.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from carepass_cli.clock import Clock
from carepass_cli.errors import CarepassError
from carepass_cli.rules.identity import Given
from carepass_cli.rules.span import Span
from carepass_cli.services import (
    account,
    answer,
    assignment,
    budget,
    cart,
    course,
    home,
    leave,
    merge,
    record,
    registration,
    requirement,
    undo,
    waiver,
)
from carepass_cli.services import submission as decisions
from carepass_cli.services.explain import explain_standing
from carepass_cli.services.outcome import UNCHANGED
from carepass_cli.store.opening import open_reader
from carepass_cli.store.queries import (
    accounts,
    assignments,
    budgets,
    courses,
    expiring,
    homes,
    leaves,
    lines,
    log,
    messages,
    waivers,
)
from carepass_cli.store.queries.cart import cart_lines
from carepass_cli.store.queries.person import person_of
from carepass_cli.store.queries.records import list_records
from carepass_cli.store.queries.requirements import list_requirements
from carepass_cli.store.reader import Reader
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write, write_file

FIRST = date(2026, 11, 2)
HOMES, ROLES, COURSES, PEOPLE = (
    ("auto", "manual"),
    ("psw", "cook"),
    ("A", "B", "C", "D"),
    ("1000", "1001", "1002"),
)
YEARS = (1, None, 2, 1)

Op = Callable[[Unit, int, int, int], Any]


def _call(operation: Callable[..., object], numbers: list[int], unit: Unit) -> object:
    return operation(unit, *numbers)


def line_of(unit: Unit, number: int, *statuses: str) -> str:
    """One of the newest lines, with one of these statuses, or a line that is not there."""
    found = [each.line for each in lines.list_lines(unit, unit.today) if each.status in statuses]
    return found[-1 - number % len(found)] if found else "99/A"


def on(unit: Unit, days: int) -> date:
    return unit.today + timedelta(days=days)


def post(person: int, role: int = 0) -> tuple[str, str, str]:
    """A person, the home where that person works, and the role (seldom the other one)."""
    number = person % 3
    return PEOPLE[number], HOMES[number % 2], ROLES[role == 3]


def take(unit: Unit, person: int, number: int, self_pay: int) -> Any:
    """Put a course in the cart and submit it at once."""
    named, at, role = post(person)
    cart.add_to_cart(unit, named, [COURSES[number]], at, role, self_pay=bool(self_pay))
    return cart.submit_carts(unit, [named])


OPS: dict[str, Op] = {
    "create account": lambda u, a, b, c: account.create_account(
        u, first_name=f"N{a}", last_name=f"L{b}", birthdate=date(1990, 1, 1), email=f"n{a}{b}@example.org"
    ),
    "edit account": lambda u, a, b, c: account.edit_account(
        u, PEOPLE[a % 3], last_name=f"Name {b}", **({"email": f"x{c}@example.org"} if c else {})
    ),
    "confirm account": lambda u, a, b, c: account.confirm_account(u, None, PEOPLE[a % 3]),
    "deactivate": lambda u, a, b, c: account.deactivate_account(u, PEOPLE[a % 3], "gone"),
    "reactivate": lambda u, a, b, c: account.reactivate_account(u, PEOPLE[a % 3]),
    "merge": lambda u, a, b, c: merge.merge_accounts(u, PEOPLE[a % 3], PEOPLE[b % 3], "the same person"),
    "create home": lambda u, a, b, c: home.create_home(u, f"h{a}", name=f"H{b}", like=HOMES[c % 2]),
    "edit home": lambda u, a, b, c: home.edit_home(
        u, HOMES[a % 2], close=[on(u, b)], reopen=[on(u, c)], expiring_within=f"{20 * b + 1}d"
    ),
    "edit role": lambda u, a, b, c: home.edit_role(u, HOMES[a % 2], ROLES[b % 2], name=f"Role {c}"),
    "copy role": lambda u, a, b, c: home.copy_role(u, HOMES[a % 2], ROLES[b % 2], HOMES[c % 2]),
    "assign": lambda u, a, b, c: assignment.assign_role(
        u, *post(a, c), Given(), unverified=True, start_on=on(u, 7 * (a - b))
    ),
    "confirm": lambda u, a, b, c: answer.confirm_role_on_behalf(u, *post(a, c)),
    "decline": lambda u, a, b, c: answer.decline_role_on_behalf(u, *post(a, c)),
    "resend": lambda u, a, b, c: answer.resend_confirmations(u, *([each] for each in post(a, c))),
    "cancel": lambda u, a, b, c: assignment.cancel_assignment(u, *post(a, c)),
    "end": lambda u, a, b, c: assignment.end_assignment(u, *post(a, c)),
    "create course": lambda u, a, b, c: course.create_course(
        u, f"N{a}", title=f"T{b}", provider="P", minutes=30 * (c + 1)
    ),
    "edit course": lambda u, a, b, c: course.edit_course(
        u, COURSES[a], title=f"Title {b}", minutes=60 * (c + 1), validity_years=b or None
    ),
    "retire": lambda u, a, b, c: course.retire_course(u, COURSES[a]),
    "equate": lambda u, a, b, c: course.equate_courses(u, COURSES[a], COURSES[b]),
    "require": lambda u, a, b, c: requirement.add_requirements(
        u, [COURSES[a]], HOMES[b % 2], ROLES[c % 2], {"employer_pays": bool(b), "required_from": on(u, 5 * c)}
    ),
    "require no more": lambda u, a, b, c: requirement.remove_requirements(
        u, [COURSES[a]], HOMES[b % 2], ROLES[c % 2]
    ),
    "waive": lambda u, a, b, c: waiver.waive_requirements(
        u, PEOPLE[a % 3], [COURSES[b]], {"reason": "why"}, until_on=on(u, 10 * c) if c else None
    ),
    "ask again": lambda u, a, b, c: waiver.end_waivers(u, PEOPLE[a % 3], [COURSES[b]]),
    "take leave": lambda u, a, b, c: leave.take_leave(
        u, PEOPLE[a % 3], on(u, 5 * b), on(u, 5 * b + 20 * c) if c else None, {"reason": "why"}
    ),
    "return": lambda u, a, b, c: leave.return_from_leave(u, PEOPLE[a % 3], on(u, -b)),
    "set a budget": lambda u, a, b, c: budget.set_budget(
        u, HOMES[a % 2], u.today.year, [None, 0, 5000, 100_000][b]
    ),
    "price": lambda u, a, b, c: course.edit_course(u, COURSES[a], price_cents=4500 * b or None),
    "extend record": lambda u, a, b, c: record.extend_records(u, [str(a + 1)], on(u, 300 + 90 * b), "why"),
    "add to cart": lambda u, a, b, c: cart.add_to_cart(
        u, PEOPLE[a % 3], [COURSES[b]], *post(a)[1:], self_pay=bool(c)
    ),
    "take": take,
    "take out": lambda u, a, b, c: cart.remove_from_cart(u, PEOPLE[a % 3], [COURSES[b]]),
    "clear": lambda u, a, b, c: cart.clear_cart(u, PEOPLE[a % 3]),
    "submit": lambda u, a, b, c: cart.submit_carts(u, [PEOPLE[a % 3]]),
    "approve": lambda u, a, b, c: decisions.approve_lines(u, [line_of(u, a, "")], "because"),
    "reject": lambda u, a, b, c: decisions.reject_lines(u, [line_of(u, a, "", "approved")], "because"),
    "grant": lambda u, a, b, c: registration.grant_access(u, [line_of(u, a, "approved")]),
    "complete": lambda u, a, b, c: registration.complete_registrations(u, [line_of(u, a, "in-progress")]),
    "fail": lambda u, a, b, c: registration.fail_registrations(u, [line_of(u, a, "in-progress")]),
    "withdraw": lambda u, a, b, c: registration.withdraw_registrations(
        u, [line_of(u, a, "approved", "in-progress")]
    ),
    "extend": lambda u, a, b, c: registration.extend_registrations(
        u, [line_of(u, a, "in-progress", "lapsed")], on(u, 10 * b), "why"
    ),
    "add record": lambda u, a, b, c: record.add_record(u, PEOPLE[a % 3], COURSES[b], u.today),
    "void record": lambda u, a, b, c: record.void_record(u, str(a + 1), "why"),
}


def begin(unit: Unit) -> None:
    """Two homes, four courses, three people at work."""
    for number, code in enumerate(COURSES):
        course.create_course(
            unit, code, title=f"Course {code}", provider="P", minutes=30, validity_years=YEARS[number]
        )
    for code in HOMES:
        home.create_home(unit, code, name=code, approval=code)
        for role in ROLES:
            home.create_role(unit, code, role, name=role)
            requirement.add_requirements(unit, ["A", "B", "C"], code, role, {})
    for number, portal_id in enumerate(PEOPLE):
        account.create_account(
            unit,
            first_name="F",
            last_name=f"L{number}",
            birthdate=date(1990, 1, 1),
            email=f"p{number}@example.org",
        )
        at = HOMES[number % 2]
        assignment.assign_role(unit, portal_id, at, "psw", Given(), unverified=True)
        answer.confirm_role_on_behalf(unit, portal_id, at, "psw")


def photograph(reader: Reader, today: date) -> dict[str, Any]:
    """Every list as of a day."""
    people = list(accounts.list_accounts(reader, today))
    taught = list(courses.list_courses(reader, today))
    taken: dict[str, Any] = {
        "accounts": people,
        "courses": taught,
        "homes": list(homes.list_homes(reader, today)),
        "roles": list(homes.list_roles(reader, today)),
        "assignments": list(assignments.list_assignments(reader, today)),
        "pending": assignments.list_pending(reader, today, older_than="3d"),
        "requirements": list(list_requirements(reader, today)),
        "lines": list(lines.list_lines(reader, today)),
        "expiring": list(expiring.list_expiring(reader, today)),
        "expiring in a year": list(expiring.list_expiring(reader, today, within=Span(1, "y"))),
        # Whose a message is nobody sees; a merge gives what waits to the kept account.
        "messages": [each._replace(account_id=None) for each in messages.list_messages(reader, today)],
        "log": list(log.list_log(reader, today)),
        "leaves": list(leaves.list_leaves(reader, today)),
        "waivers": list(waivers.list_waivers(reader, today)),
        "budgets": list(budgets.list_budgets(reader, today)),
        "equal": [courses.equivalents(reader, today, each.id) for each in taught],
    }
    for each in people:
        person = person_of(reader, today, each.id)
        taken[f"training of {each.portal_id}"] = [person.row(q) for q in person.requirements()]
        taken[f"cart of {each.portal_id}"] = cart_lines(reader, today, each.id)
        taken[f"records of {each.portal_id}"] = list(list_records(reader, today, each.id))
        taken[f"roles of {each.portal_id}"] = homes.assigned_roles(reader, today, each.id)
    if people and taught:
        taken["explain"] = explain_standing(reader, today, people[-1].portal_id, taught[0].code)
    return taken


# What people do most days comes often; what stops everything seldom.
OFTEN = (
    "take", "take", "submit", "approve", "grant", "grant", "complete", "add record", "assign", "confirm",
    "void record", "extend", "waive", "end", "add to cart", "merge", "take leave", "return", "ask again",
    "set a budget", "price", "extend record",
)  # fmt: skip
names = st.one_of(st.sampled_from(OFTEN), st.sampled_from(OFTEN), st.sampled_from(sorted(OPS)))
ops = st.tuples(names, *[st.integers(0, 3)] * 3)
days = st.tuples(st.sampled_from([1, 1, 2, 3, 9, 15, 60, 350]), st.lists(ops, min_size=3, max_size=12))


@settings(max_examples=12)
@given(history=st.lists(days, min_size=2, max_size=7))
def test_every_day_stays_as_it_was_seen(template: Path, history: list[tuple[int, list[Any]]]) -> None:
    with TemporaryDirectory() as folder:
        db = Path(folder) / "carepass.db"
        shutil.copy(template, db)
        album = live_through(db, history)
        reader = open_reader(str(db))
        eve = FIRST - timedelta(days=1)
        assert not any(photograph(reader, eve).values())
        compare(reader, album)
        reader.connection.close()  # type: ignore[attr-defined]


@settings(max_examples=8)
@given(history=st.lists(days, min_size=2, max_size=5), people=st.permutations(PEOPLE))
def test_a_merge_changes_no_day_before_it_and_is_undone(
    template: Path, history: list[tuple[int, list[Any]]], people: list[str]
) -> None:
    with TemporaryDirectory() as folder:
        db = Path(folder) / "carepass.db"
        shutil.copy(template, db)
        album = live_through(db, [*history, (1, [])])
        today = max(album)
        reader = open_reader(str(db))
        before = {name: rows for name, rows in album.pop(today).items() if name != "log"}
        try:
            done = write_on(db, today, lambda u: merge.merge_accounts(u, *people[:2], "the same person"))
        except CarepassError:  # merged with somebody else, or deactivated
            return
        if done.result == UNCHANGED:
            return
        compare(reader, album)
        merged = photograph(reader, today)
        for sort in ("records", "roles", "cart"):
            assert not merged[f"{sort} of {people[1]}"]
        change = max(entry.change for entry in log.list_log(reader, today))
        write_on(db, today, lambda u: undo.undo_change(u, str(change)))
        now = photograph(reader, today)
        assert {name: rows for name, rows in now.items() if name != "log"} == before
        compare(reader, album)
        reader.connection.close()  # type: ignore[attr-defined]


def live_through(db: Path, history: list[tuple[int, list[Any]]]) -> dict[date, dict[str, Any]]:
    """Make a history in the store; what was seen at the end of each of its days."""
    reader = open_reader(str(db))
    album = {day: photograph(reader, day) for day in days_of(db, history)}
    reader.connection.close()  # type: ignore[attr-defined]
    return album


def days_of(db: Path | str, history: list[tuple[int, list[Any]]]) -> Iterator[date]:
    """Make a history in the store day by day; each day when it is over."""
    day = FIRST
    write_on(db, day, begin)
    for gap, calls in [(0, []), *history]:
        day += timedelta(days=gap)
        for name, *numbers in calls:
            with suppress(CarepassError):  # refused: nothing was written
                write_on(db, day, partial(_call, OPS[name], numbers))
        yield day


def write_on(db: Path | str, day: date, operation: Callable[[Unit], Any]) -> Any:
    work = Work(str(db), Clock(day, datetime(2026, 11, 21, tzinfo=UTC)), "tester", "test")
    if isinstance(db, Path):
        return write_file(db, work, operation, durable=False)
    return write(work, operation)


def compare(reader: Reader, album: dict[date, dict[str, Any]]) -> None:
    """Each day is seen as it was."""
    for seen_on, seen in album.items():
        now = photograph(reader, seen_on)
        for name, was in seen.items():
            assert now[name] == was, f"{name} on {seen_on}"
        assert now.keys() == seen.keys()
