"""Small stores with random pasts, written by the services; every report against the slow re-computation."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from carepass_cli.clock import Clock
from carepass_cli.errors import CarepassError
from carepass_cli.rules.compliance import as_of
from carepass_cli.rules.identity import Given
from carepass_cli.rules.nouns import RequirementValues
from carepass_cli.rules.span import Span
from carepass_cli.services.account import create_account, edit_account
from carepass_cli.services.answer import confirm_role_on_behalf
from carepass_cli.services.assignment import assign_role, end_assignment
from carepass_cli.services.cart import add_to_cart, submit_carts
from carepass_cli.services.course import create_course, edit_course, equate_courses
from carepass_cli.services.home import create_home, create_role, edit_role
from carepass_cli.services.record import add_record, extend_records, void_record
from carepass_cli.services.registration import (
    complete_registrations,
    extend_registrations,
    fail_registrations,
    grant_access,
    withdraw_registrations,
)
from carepass_cli.services.requirement import add_requirements, remove_requirements
from carepass_cli.services.submission import approve_lines
from carepass_cli.services.waiver import waive_requirements
from carepass_cli.store.opening import open_reader
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.alarms import count_alarms
from carepass_cli.store.queries.clearance import list_clearances
from carepass_cli.store.queries.compliance import count_compliance, list_missing
from carepass_cli.store.queries.deadlines import list_deadlines, list_retakes
from carepass_cli.store.queries.gaps import list_gaps
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.matrix import list_matrix, matrix_columns
from carepass_cli.store.queries.overview import list_overview
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.people import Leave, Waiver
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write
from tests.reports.brute import Brute

FIRST = date(2024, 6, 1)
HOMES = ("maple-grove", "oak-hill")
ROLES = (("maple-grove", "psw"), ("maple-grove", "rn"), ("oak-hill", "psw"))
GROUPS = ("direct-care", "registered")
COURSES = {"A-1": 1, "B-1": 1, "C-0": None, "D-3": 3}
PEOPLE = (("Zoé", "Aube"), ("Ann", "Élan"), ("Bea", "Elan"))

people = st.integers(0, len(PEOPLE) - 1).map(lambda n: str(1000 + n))
roles = st.sampled_from(ROLES)
courses = st.sampled_from(sorted(COURSES))


@dataclass(frozen=True)
class Act:
    """Something that happens `after` so many days; refused where a rule says so."""

    after: int
    kind: str
    person: str
    role: tuple[str, str]
    course: str
    other: str
    number: int


def acts(kinds: tuple[str, ...]) -> st.SearchStrategy[Act]:
    days = st.integers(0, 900)
    return st.builds(Act, days, st.sampled_from(kinds), people, roles, courses, courses, st.integers(0, 60))


@st.composite
def attempts(draw: st.DrawFn) -> list[Act]:
    """One attempt at a course by somebody of whom it is probably required, from cart to ending."""
    after, number = draw(st.integers(0, 60)), draw(st.integers(0, 30))
    person, course = (
        draw(st.sampled_from(("1000", "1001"))),
        draw(st.sampled_from(("A-1", "A-1", "C-0", "B-1"))),
    )
    steps = [(0, "take"), (0, "overrule"), (draw(st.integers(0, 3)), "grant")]
    ending = draw(st.sampled_from((None, None, None, "extend", "complete", "fail", "withdraw")))
    if ending:
        steps.append((steps[-1][0] + draw(st.integers(0, 20)), ending))
    return [Act(after + later, kind, person, ROLES[0], course, course, number) for later, kind in steps]


STAFF = ("join", "join", "join", "assign", "end", "restart", "rename", "regroup")
TEMPLATE = ("require", "require", "unrequire", "equate", "revalidate", "waive", "unwaive", "leave", "return")
RECORDS = ("record", "record", "record", "record", "void", "prolong", "restate")
AROUND = ("record", "void", "end", "waive", "unrequire", "equate")


def perform(unit: Unit, act: Act) -> None:
    home, role = act.role
    behind, ahead = unit.today - timedelta(act.number), unit.today + timedelta(act.number)
    match act.kind:
        case "join" | "assign":
            assign_role(unit, act.person, home, role, Given(), unverified=True, start_on=ahead)
            if act.kind == "join":
                confirm_role_on_behalf(unit, act.person, home, role)
        case "restart":
            assign_role(unit, act.person, home, role, Given(), unverified=True, start_on=behind)
        case "end":
            end_assignment(unit, act.person, home, role)
        case "rename":
            edit_account(unit, act.person, last_name=f"Name{act.number}")
        case "regroup":
            edit_role(unit, home, role, staff_group=GROUPS[act.number % 2])
        case "require":
            due = ("0d", "30d", "1mo", "before-start")[act.number % 4]
            from_on = ahead if act.number % 2 else behind
            terms = RequirementValues(required_from=from_on, due=due)
            if act.number % 5:
                terms["citation"] = f"Act s. {act.number}"
            add_requirements(unit, [act.course], home, role, terms)
        case "unrequire":
            remove_requirements(unit, [act.course], home, role)
        case "equate":
            equate_courses(unit, act.course, act.other)
        case "revalidate":
            basis = ("completion", "expiry", "03-31")[act.number // 3 % 3]
            edit_course(unit, act.course, validity_years=1 + act.number % 3, renewal=basis)
        case "waive":
            until = None if act.number % 3 == 0 else ahead
            waive_requirements(unit, act.person, [act.course], {"reason": "test"}, until_on=until)
        case "unwaive":
            for waiver in _rows(unit, Waiver, act.person):
                unit.update(Waiver, {waiver.id: {"ended_on": waiver.ended_on or unit.today}})
                unit.audit("unwaive", "requirement", act.person)
        case "leave":
            account = get_account(unit, unit.today, act.person).id
            until = ahead if act.number % 3 else None
            since = {"from_on": unit.today, "until_on": until, "recorded_on": unit.today}
            unit.add(Leave(account_id=account, reason="test", change_id=unit.change_id, **since))
            unit.audit("leave", "account", act.person)
        case "return":
            for leave in _rows(unit, Leave, act.person):
                unit.update(Leave, {leave.id: {"returned_on": unit.today, "return_recorded_on": unit.today}})
                unit.audit("return", "account", act.person)
        case "prolong":
            extend_records(unit, [str(1 + act.number % 6)], unit.today + timedelta(20 * act.number), "test")
        case "restate":
            edit_course(unit, act.course, restate=True, reason="test")
        case "record":
            given = unit.today if act.number % 7 == 0 else None
            on = unit.today - timedelta(6 * act.number)
            add_record(unit, act.person, act.course, on, expires_on=given)
        case "void":
            void_record(unit, str(1 + act.number % 6), "test")
        case "take":
            add_to_cart(unit, act.person, [act.course], home, role, self_pay=act.number % 2 == 0)
            submit_carts(unit, [act.person])
        case "overrule":
            approve_lines(unit, [_line(unit, act)], "test")
        case "grant":
            grant_access(unit, [_line(unit, act)])
        case "extend":
            extend_registrations(unit, [_line(unit, act)], ahead, "test")
        case "complete":
            complete_registrations(unit, [_line(unit, act)])
        case "fail":
            fail_registrations(unit, [_line(unit, act)])
        case "withdraw":
            withdraw_registrations(unit, [_line(unit, act)])


def _rows(unit: Unit, kind: Any, person: str) -> list[Any]:
    """The person's waivers or leaves."""
    account = get_account(unit, unit.today, person).id
    sql = f'SELECT t.* FROM "{table_of(kind).name}" t WHERE t.account_id = :account'
    return list(unit.select(kind, sql, account=account))


def _line(unit: Unit, act: Act) -> str:
    """The person's newest line for the course."""
    own = [
        line.line
        for line in list_lines(unit, unit.today)
        if (line.portal_id, line.code) == (act.person, act.course)
    ]
    if not own:
        raise CarepassError("There is no line yet.", code="no-line")
    return own[-1]


def begin(unit: Unit) -> None:
    for home in HOMES:
        create_home(unit, home, name=home)
    for (home, role), group in zip(ROLES, (*GROUPS, None), strict=True):
        create_role(unit, home, role, name=role, staff_group=group)
    for code, years in COURSES.items():
        create_course(
            unit, code, title=f"On {code}", provider="Sample College", minutes=30, validity_years=years
        )
    for first, last in PEOPLE:
        create_account(
            unit,
            first_name=first,
            last_name=last,
            birthdate=date(1990, 5, 17),
            email=f"{first}.{last}@example.org",
        )
    for home, role in ROLES:
        add_requirements(unit, ["A-1", "C-0"], home, role, {})
    for person in ("1000", "1001"):
        assign_role(unit, person, *ROLES[0], Given(), unverified=True)
        confirm_role_on_behalf(unit, person, *ROLES[0])


def happen(path: Path, day: date, operations: list[Callable[[Unit], None]]) -> None:
    """All of one day in one unit of work; what a rule refuses does not happen."""

    def all_of_them(unit: Unit) -> None:
        for operation in operations:
            try:
                operation(unit)
            except CarepassError as error:
                event(f"refused: {error.code}")

    clock = Clock(day, datetime.now(UTC))
    write(Work(str(path), clock, "tester", "test"), all_of_them)


@pytest.fixture(scope="module")
def fresh(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """A function that gives another store on which only `begin` has happened."""
    folder = tmp_path_factory.mktemp("stores")
    begun, copy = folder / "begun.db", folder / "copy.db"
    shutil.copy(template, begun)
    happen(begun, FIRST, [begin])

    def another() -> Path:
        for old in folder.glob("copy.db*"):
            old.unlink()
        shutil.copy(begun, copy)
        return copy

    return another


def live(path: Path, past: list[Act]) -> None:
    for after, group in groupby(sorted(past, key=lambda act: act.after), key=lambda act: act.after):
        happen(path, FIRST + timedelta(after), [lambda unit, act=act: perform(unit, act) for act in group])


def same(path: Path, today: date, year: int) -> None:
    """Every report of the store on that day is what the slow re-computation says."""
    reader = open_reader(str(path))
    slow, at_end = Brute(path, today), Brute(path, as_of(year, today), today)
    for home in HOMES:
        for role, group in ((None, None), ("psw", None), (None, "direct-care")):
            for basis in ("calendar", "rolling"):
                asked = {"rolling": basis == "rolling", "role": role, "group": group}
                rows, names = at_end.compliance(home, year, basis, role, group)
                assert list(count_compliance(reader, today, home, year, **asked)) == rows
                told = list_missing(reader, today, home, year, **asked)
                assert [tuple(one[:-1]) for one in told] == names
            if group is None:
                across, cells = slow.matrix(home, role)
                codes = [code for code, _ in matrix_columns(reader, today, home, role)]
                assert codes == across
                assert list(list_matrix(reader, today, home, codes, role)) == cells
        cleared = list_clearances(reader, today, today, home=[home])
        assert [(one.portal_id, one.role, one.reasons) for one in cleared] == slow.clearance(home)
    for row in list_overview(reader, today, HOMES):
        lacking, share = slow.gaps(row.home)
        gaps = list_gaps(reader, today, home=row.home)
        assert sorted(gap.status for gap in gaps) == lacking
        assert (row.percent, row.overdue) == (share, lacking.count("overdue"))
        assert [gap.days_left for gap in gaps] == sorted(gap.days_left for gap in gaps)
    for at in (None, *HOMES):
        deadlines = list_deadlines(reader, today, home=at)
        assert {line.line: line.days_left for line in deadlines} == slow.deadlines(at)
        assert [line.days_left for line in deadlines] == sorted(slow.deadlines(at).values())
        assert {line.line: line.payer for line in list_retakes(reader, today, home=at)} == slow.retakes(at)
        assert count_alarms(reader, today, Span(30, "d"), Span(7, "d"), at)[:6] == slow.alarms(
            Span(30, "d"), 7, at
        )
        for name, amount in (("deadlines", deadlines), ("retakes", slow.retakes(at))):
            event(f"{name}: {len(amount)}")
    reader.connection.close()


quick = settings(
    deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@settings(quick, max_examples=12)
@given(
    st.lists(acts(STAFF + TEMPLATE + RECORDS), min_size=3, max_size=16),
    st.integers(0, 1000),
    st.integers(0, 2),
)
def test_staff_and_records(fresh: Callable[[], Path], past: list[Act], after: int, years_ago: int) -> None:
    path = fresh()
    live(path, past)
    today = FIRST + timedelta(after)
    same(path, today, max(2024, today.year - years_ago))


@settings(quick, max_examples=15)
@given(st.lists(attempts(), min_size=1, max_size=4), st.lists(acts(AROUND), max_size=3), st.integers(10, 120))
def test_the_fourteen_days(
    fresh: Callable[[], Path], tried: list[list[Act]], around: list[Act], after: int
) -> None:
    path = fresh()
    live(
        path,
        [act for attempt in tried for act in attempt] + [replace(a, after=a.after // 10) for a in around],
    )
    today = FIRST + timedelta(after)
    same(path, today, today.year)
