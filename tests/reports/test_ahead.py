"""`report forecast` and `report summary`: for random pasts every figure is that of its own command."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Carepass, assign, course, person
from tests.reports.conftest import record
from tests.reports.test_against_rules import (
    FIRST,
    HOMES,
    RECORDS,
    STAFF,
    TEMPLATE,
    Act,
    acts,
    live,
    quick,
)
from tests.reports.test_against_rules import fresh as fresh  # a fixture
from tests.shelf import kept

Rows = list[dict[str, Any]]
DASHBOARD = ("home", "name", "staff", "percent", "overdue", "expired")


def pairs(rows: Iterable[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["portal_id"], row["code"]) for row in rows}


def cents(rows: Iterable[dict[str, Any]], key: str = "cost") -> int:
    return sum(round(float(row[key]) * 100) for row in rows)


def last_of_month(day: date, ahead: int) -> date:
    at = day.year * 12 + day.month + ahead
    return date(at // 12, at % 12 + 1, 1) - timedelta(days=1)


def begun(carepass: Carepass, today: str, home: str | None) -> Rows:
    """Roles that are confirmed and have begun."""
    at = ("--home", home) if home else ()
    rows = carepass.rows("role", "assignments", "--status", "confirmed", *at)
    return [row for row in rows if row["start_on"] <= today]


def standings(carepass: Carepass, today: str, home: str | None) -> dict[tuple[str, str], set[str]]:
    """The statuses of each person and required course, as *Manage My Training* lists them."""
    found: dict[tuple[str, str], set[str]] = {}
    roles = {(row["portal_id"], row["home"], row["role"]) for row in begun(carepass, today, home)}
    for account in {portal_id for portal_id, _, _ in roles}:
        for row in carepass.rows("requirement", "list", "--account", account):
            if (account, row["home"], row["role"]) in roles and row["status"] != "waived":
                found.setdefault((account, row["code"]), set()).add(row["status"])
    return found


# The roles that are listed do not say who is on leave.
AT_WORK = tuple(kind for kind in STAFF + TEMPLATE + RECORDS if kind != "leave")


@settings(quick, max_examples=15)
@given(st.lists(acts(AT_WORK), min_size=3, max_size=16), st.integers(0, 1000))
def test_every_figure_is_that_of_its_command(
    fresh: Callable[[], Path],
    past: list[Act],
    after: int,
) -> None:
    path = fresh()
    live(path, past)
    today = FIRST + timedelta(after)
    carepass = Carepass(str(path))
    carepass.today = today.isoformat()
    summaries = {row["home"]: row for row in carepass.rows("report", "summary")}
    assert list(summaries) == [*HOMES, "all"]
    month_ago = {
        row["home"]: row["percent"]
        for row in carepass.rows("report", "summary", today=_month_before(today).isoformat())
    }
    for home in (None, *HOMES):
        at = ("--home", home) if home else ()
        row = summaries[home or "all"]
        check_forecast(carepass, today, at)
        check_summary(carepass, today, home, row)
        assert row["percent_month_ago"] == month_ago.get(home or "all")


def _month_before(day: date) -> date:
    first = day.replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, first.day))


def check_forecast(carepass: Carepass, today: date, at: tuple[str, ...]) -> None:
    rows = carepass.rows("report", "forecast", *at)
    for ahead in (0, 1, 5, 11):
        last = last_of_month(today, ahead)
        ending = carepass.rows("report", "expiring", "--by", last.isoformat(), "--no-expired", *at)
        renewals = sum(row["renewals"] for row in rows if row["month"] <= last.isoformat()[:7])
        assert renewals == len(pairs(ending))
    missing = carepass.rows("report", "gaps", "--status", "not-started,overdue,expired", *at)
    assert sum(row["gaps"] for row in rows) == len(pairs(missing))
    assert {row["month"] for row in rows if row["gaps"]} <= {today.isoformat()[:7]}
    figures = ("renewals", "gaps", "minutes")
    totals = Counter({key: sum(row[key] for row in rows) for key in figures})
    for by in ("home", "course", "home,course"):
        apart = carepass.rows("report", "forecast", "--by", by, *at)
        assert Counter({key: sum(row[key] for row in apart) for key in figures}) == totals
        assert cents(apart) == cents(rows)
        assert all(0 < row["people"] <= row["renewals"] + row["gaps"] for row in apart)


def check_summary(carepass: Carepass, today: date, home: str | None, row: dict[str, Any]) -> None:
    at, day = ("--home", home) if home else (), today.isoformat()
    assert row["staff"] == len({each["portal_id"] for each in begun(carepass, day, home)})
    known = standings(carepass, day, home)
    held = [pair for pair, statuses in known.items() if statuses & {"valid", "expiring"}]
    assert row["percent"] == _percent(len(held), len(known))
    for status in ("overdue", "expired"):
        lacking = pairs(carepass.rows("report", "gaps", "--status", status, *at))
        assert row[status] == len(lacking)
        assert lacking == {pair for pair, statuses in known.items() if status in statuses}
    if home:
        (dashboard,) = carepass.rows("status", *at)
        assert {key: dashboard[key] for key in DASHBOARD} == {key: row[key] for key in DASHBOARD}
    for days in (30, 60, 90):
        ending = carepass.rows("report", "expiring", "--within", f"{days}d", "--no-expired", *at)
        assert row[f"expiring_{days}"] == len(pairs(ending))
    courses = {each["code"]: each for each in row["by_course"]}
    assert set(courses) == {code for _, code in known}
    if home:
        for each in carepass.rows("report", "compliance", *at, "--basis", "rolling"):
            mine = courses.get(each["code"], {"required": 0, "valid": 0, "percent": None})
            assert [mine["required"], mine["valid"], mine["percent"]] == [
                each["required"], each["completed"], each["percent"],
            ]  # fmt: skip
    ahead = carepass.rows("report", "forecast", *at)
    assert len(row["months"]) == 12
    for month in row["months"]:
        rows = [each for each in ahead if each["month"] == month["month"]]
        assert month["renewals"] == sum(each["renewals"] for each in rows)
        assert month["minutes"] == sum(each["minutes"] for each in rows)
        for payer in ("employer", "learner"):
            assert cents([month], f"{payer}_cost") == cents(each for each in rows if each["payer"] == payer)


def _percent(part: int, whole: int) -> float | None:
    share = round(100 * part / whole, 1) if whole else None
    return share if share is None or part == whole else min(share, 99.9)


# --- By hand ------------------------------------------------------------------------------------------------


@pytest.fixture
@kept
def two_homes(staff: Carepass) -> Carepass:
    """1000 works at both homes: IPAC-101 at the employer's cost in one, at their own in the other."""
    staff("home", "create", "elm", "--name", "Elm")
    staff("role", "create", "elm", "psw", "--name", "Personal support worker")
    staff("requirement", "add", "IPAC-101", "--home", "elm", "--role", "psw", "--learner-pays")
    staff("course", "edit", "IPAC-101", "--price", "45.00")
    staff("role", "assign", "1000", "--home", "elm", "--role", "psw", "--unverified")
    staff("role", "confirm", "--account", "1000", "--home", "elm", "--role", "psw")
    return staff


def test_one_person_at_two_homes_counts_once(two_homes: Carepass) -> None:
    record(two_homes, "1000", "IPAC-101", "2026-01-15")
    (renewal,) = [row for row in two_homes.rows("report", "forecast") if row["renewals"]]
    assert (renewal["month"], renewal["payer"], renewal["cost"]) == ("2027-01", "employer", "45.00")
    rows = two_homes.rows("report", "forecast", "--by", "home,course")
    assert [(row["home"], row["code"], row["renewals"], row["gaps"]) for row in rows] == [
        ("maple-grove", "WHMIS-1", 0, 1),
        ("maple-grove", "IPAC-101", 1, 0),
    ]
    (alone,) = two_homes.rows("report", "forecast", "--home", "elm")
    assert (alone["payer"], alone["renewals"]) == ("learner", 1)
    elm, maple, whole = two_homes.rows("report", "summary")
    assert [row["staff"] for row in (elm, maple, whole)] == [1, 1, 1]
    assert [row["percent"] for row in (elm, maple, whole)] == [100.0, 50.0, 50.0]
    assert whole["by_role"] == [
        {"role": "psw", "name": "Personal support worker", "staff": 1, "percent": 50.0}
    ]


def test_waivers_and_records_are_one_person_s_and_one_course_s(two_homes: Carepass) -> None:
    person(two_homes, "Bo", "Vu", "bo@example.org")
    assign(two_homes, "1001")
    two_homes("role", "confirm", "--account", "1001", "--home", "maple-grove", "--role", "psw")
    record(two_homes, "1000", "IPAC-101", "2026-01-15")
    record(two_homes, "1000", "WHMIS-1", "2026-01-15")
    two_homes("requirement", "waive", "1001", "WHMIS-1", "--reason", "exempt")
    rows = two_homes.rows("report", "forecast", "--by", "course", "--home", "maple-grove")
    assert [(row["month"], row["code"], row["renewals"], row["gaps"]) for row in rows] == [
        ("2026-11", "IPAC-101", 0, 1),
        ("2027-01", "IPAC-101", 1, 0),
    ]
    (maple,) = [row for row in two_homes.rows("report", "summary") if row["home"] == "maple-grove"]
    assert (maple["staff"], maple["percent"], len(two_homes.rows("report", "gaps"))) == (2, 66.7, 1)


def test_the_last_day_of_a_month_and_today_are_renewals_and_yesterday_is_a_gap(two_homes: Carepass) -> None:
    seen = {}
    for day in ("2026-11-29", "2026-11-30", "2026-12-01"):
        two_homes("record", "add", "1000", "IPAC-101", "--on", "2025-11-30", today="2026-11-21")
        rows = [
            row
            for row in two_homes.rows("report", "forecast", "--by", "course", today=day)
            if row["code"] == "IPAC-101"
        ]
        seen[day] = [(row["month"], row["renewals"], row["gaps"]) for row in rows]
    assert seen == {
        "2026-11-29": [("2026-11", 1, 0)],
        "2026-11-30": [("2026-11", 1, 0)],
        "2026-12-01": [("2026-12", 0, 1)],
    }


def test_as_many_months_as_asked_for(two_homes: Carepass) -> None:
    record(two_homes, "1000", "IPAC-101", "2026-01-15")
    assert {row["month"] for row in two_homes.rows("report", "forecast", "--months", "2")} == {"2026-11"}
    (_, _, whole) = two_homes.rows("report", "summary", "--months", "3")
    assert [month["month"] for month in whole["months"]] == ["2026-11", "2026-12", "2027-01"]
    assert [month["renewals"] for month in whole["months"]] == [0, 0, 1]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("forecast", "--by", "role"), 2),
        (("forecast", "--months", "0"), 2),
        (("forecast", "--home", "nowhere"), 3),
        (("summary", "--home", "nowhere"), 3),
        (("person", "9999"), 3),
    ],
)
def test_what_is_not_there_is_told(two_homes: Carepass, line: tuple[str, ...], code: int) -> None:
    two_homes("report", *line, code=code)


def test_pages_say_the_figures_of_the_summary(two_homes: Carepass) -> None:
    (_, _, whole) = two_homes.rows("report", "summary")
    page = two_homes("report", "summary", "-o", "html").out
    assert f"{whole['percent']}%" in page
    assert "Elm" in page
    assert "Préparé par" in two_homes("report", "summary", "-o", "html", "--language", "fr").out
    person = two_homes("report", "person", "1000", "-o", "html").out
    assert "Course WHMIS-1 (WHMIS-1)" in person
    assert "1990-05-17" not in page + person


def test_one_person_on_one_page(two_homes: Carepass) -> None:
    course(two_homes, "LIFT-3")
    record(two_homes, "1000", "IPAC-101", "2026-01-15")
    about = two_homes("report", "person", "1000", "-o", "json").json
    assert list(about) == [
        "today", "account", "roles", "requirements", "records", "registrations", "waivers", "leaves",
    ]  # fmt: skip
    assert about["account"] == two_homes("account", "show", "1000", "-o", "json").json
    assert about["requirements"] == two_homes.rows("requirement", "list", "--account", "1000")
    assert about["records"] == two_homes.rows("record", "list", "1000")
    assert about["roles"] == two_homes.rows("role", "assignments", "--account", "1000")
    assert about["registrations"] == two_homes.rows("registration", "list", "--account", "1000")
    (row,) = csv.DictReader(io.StringIO(two_homes("report", "person", "1000", "-o", "csv").out))
    assert json.loads(row["account"]) == about["account"]
    assert json.loads(row["records"]) == about["records"]


@pytest.mark.parametrize(("report", "sheet"), [("gaps", "Gaps"), ("summary", "Homes")])
def test_a_workbook_has_the_report_s_rows_with_real_days(
    two_homes: Carepass, tmp_path: Path, report: str, sheet: str
) -> None:
    from python_calamine import CalamineWorkbook

    path = tmp_path / "report.xlsx"
    path.write_bytes(two_homes("report", report, "-o", "xlsx").raw)
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()
    told = two_homes.rows("report", report)
    assert len(rows) == len(told) > 0
    for row, item in zip(rows, told, strict=True):
        for key, value in zip(head, row, strict=True):
            known = item[key]
            if isinstance(value, date):
                value = value.isoformat()
            assert value == ("" if known is None else known)
            assert known is None or not key.endswith("_on") or isinstance(row[head.index(key)], date)
