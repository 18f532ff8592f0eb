"""Due days through leaves, waivers, comings and goings; the same in every list."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from carepass_cli.clock import Clock
from carepass_cli.store.rows.people import Leave
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write
from tests.conftest import Carepass
from tests.reports.conftest import hire

AT = ("--home", "maple-grove", "--role", "psw")


def due(carepass: Carepass, code: str, today: str) -> tuple[str, str]:
    rows = carepass.rows("requirement", "list", "--account", "1000", today=today)
    return next((row["due_on"], row["status"]) for row in rows if row["code"] == code)


def test_before_start_is_due_on_the_first_day(team: Carepass) -> None:
    team("requirement", "add", "WHMIS-1", *AT, "--before-start", today="2026-02-01")
    assert due(team, "WHMIS-1", "2026-02-01") == ("2026-02-01", "not-started")
    assert due(team, "WHMIS-1", "2026-02-02") == ("2026-02-01", "overdue")
    (row,) = [r for r in team.rows("requirement", "list", *AT) if r["code"] == "WHMIS-1"]
    assert row["due"] == "before-start"
    team("requirement", "add", "WHMIS-1", *AT, "--before-start", "--due-within", "3d", code=2)


def test_after_a_waiver_the_time_begins_anew(team: Carepass) -> None:
    team(
        "requirement",
        "waive",
        "1000",
        "WHMIS-1",
        "--reason",
        "x",
        "--until",
        "2026-06-30",
        today="2026-02-10",
    )
    assert due(team, "WHMIS-1", "2026-06-30")[1] == "waived"
    assert due(team, "WHMIS-1", "2026-07-01") == ("2026-07-31", "not-started")
    assert due(team, "WHMIS-1", "2026-08-01")[1] == "overdue"
    assert due(team, "LIFT-3", "2026-08-01")[0] == "2026-03-03"


def test_a_requirement_given_back_is_due_as_before(team: Carepass) -> None:
    was = due(team, "WHMIS-1", "2026-04-01")
    assert was == ("2026-03-03", "overdue")
    team("requirement", "remove", "WHMIS-1", *AT, today="2026-04-01")
    team("requirement", "add", "WHMIS-1", *AT, today="2026-04-10")
    assert due(team, "WHMIS-1", "2026-04-10") == was
    codes = [row["code"] for row in team.rows("requirement", "list", *AT, today="2026-04-05")]
    assert "WHMIS-1" not in codes
    team("requirement", "add", "WHMIS-1", *AT, "--from", "2026-04-10", today="2026-04-10")
    assert due(team, "WHMIS-1", "2026-04-10")[0] == "2026-05-10"


def test_a_role_given_back_with_the_same_start_is_due_as_before(team: Carepass) -> None:
    team("role", "end", "1000", *AT, today="2026-04-01")
    hire(team, "1000", "psw", "2026-04-10", "--start", "2026-02-01")
    assert due(team, "WHMIS-1", "2026-04-10") == ("2026-03-03", "overdue")
    team("role", "end", "1000", *AT, today="2026-05-01")
    hire(team, "1000", "psw", "2026-05-10")
    assert due(team, "WHMIS-1", "2026-05-10") == ("2026-06-09", "not-started")


def test_several_homes_and_roles_are_all_of_them(team: Carepass) -> None:
    team("home", "create", "cedar", "--name", "Cedar", "--like", "maple-grove")
    added = team(
        "requirement", "add", "MEDS-1", "LIFT-3", "--home", "maple-grove", "--home", "cedar",
        "--role", "psw,rn", "--citation", "Act s. 9", "-o", "json",
    ).json  # fmt: skip
    assert {(row["home"], row["role"], row["code"]) for row in added} == {
        (home, role, code)
        for home in ("maple-grove", "cedar")
        for role in ("psw", "rn")
        for code in ("MEDS-1", "LIFT-3")
    }
    rows = team.rows("requirement", "list", "--home", "cedar", "--role", "rn")
    assert {row["code"]: row["citation"] for row in rows} == {
        "IPAC-101": None, "MEDS-1": "Act s. 9", "LIFT-3": "Act s. 9",
    }  # fmt: skip
    team("requirement", "add", "MEDS-1", "--home", "cedar", "--home", "oak", "--role", "psw", code=3)


def test_the_citation_goes_wherever_the_requirement_does(team: Carepass) -> None:
    team("requirement", "add", "IPAC-101", *AT, "--citation", "Act s. 9", today="2026-02-01")
    shown: dict[str, Any] = team("course", "show", "IPAC-101", "-o", "json").json
    assert "Act s. 9" in str(shown)
    assert "Act s. 9" in team("explain", "1000", "IPAC-101").out
    rows = team.rows("report", "compliance", "--home", "maple-grove", "--year", "2026")
    assert {row["code"]: row["citation"] for row in rows}["IPAC-101"] == "Act s. 9"
    team("home", "create", "cedar", "--name", "Cedar", "--like", "maple-grove")
    copied = team.rows("requirement", "list", "--home", "cedar", "--role", "psw")
    assert {row["code"]: row["citation"] for row in copied}["IPAC-101"] == "Act s. 9"


def away(carepass: Carepass, day: str, until: str | None = None, returned: str | None = None) -> None:
    """1000 is on leave from a day on, written on that day; back on `returned` where that is given."""

    def begin(unit: Unit) -> None:
        last = date.fromisoformat(until) if until else None
        since = {"from_on": unit.today, "until_on": last, "recorded_on": unit.today}
        unit.add(Leave(account_id=1, reason="parental", change_id=unit.change_id, **since))
        unit.audit("leave", "account", "1000")

    def end(unit: Unit) -> None:
        unit.update(Leave, {1: {"returned_on": unit.today, "return_recorded_on": unit.today}})
        unit.audit("return", "account", "1000")

    for on, what in ((day, begin), (returned, end)):
        if on:
            clock = Clock(date.fromisoformat(on), datetime.now(UTC))
            write(Work(carepass.db, clock, "tester", "test"), what)


@pytest.mark.parametrize("command", ["expiring", "gaps", "compliance"])
def test_on_leave_a_person_is_in_no_report(team: Carepass, command: str) -> None:
    team("record", "add", "1000", "IPAC-101", "--on", "2025-06-15")
    away(team, "2026-06-01", until="2026-06-30")
    more = ("--home", "maple-grove", *(("--names",) if command == "compliance" else ("--within", "1y")))
    more = more[:2] if command == "gaps" else more
    named = [
        "1000" in {row["portal_id"] for row in team.rows("report", command, *more, today=day)}
        for day in ("2026-05-31", "2026-06-01", "2026-06-30", "2026-07-01")
    ]
    assert named == [True, False, False, True]
    for day, staff in (("2026-05-31", 3), ("2026-06-30", 2)):
        assert team.rows("status", today=day)[0]["staff"] == staff
        counted = team.rows("report", "compliance", "--home", "maple-grove", today=day)
        assert {row["code"]: row["required"] for row in counted}["IPAC-101"] == staff


def test_on_leave_a_person_is_not_cleared(team: Carepass) -> None:
    away(team, "2026-06-01", until="2026-06-30")
    for on, away_then in (("2026-06-30", True), ("2026-07-01", False)):
        rows = team.rows("report", "clearance", "--role", "psw", "--on", on, today="2026-06-10")
        (reasons,) = [row["reasons"] for row in rows if row["portal_id"] == "1000"]
        assert ("on-leave" in reasons) is away_then


def test_after_a_leave_the_time_begins_anew(team: Carepass) -> None:
    away(team, "2026-02-10", returned="2026-06-02")
    assert due(team, "WHMIS-1", "2026-06-01") == ("2026-03-03", "overdue")
    assert due(team, "WHMIS-1", "2026-06-02") == ("2026-07-02", "not-started")
    assert "first day after a waiver or leave" in team("explain", "1000", "WHMIS-1", today="2026-06-02").out
