"""Leave, waivers that end, and courses that go: what is asked of people from which day to which."""

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, course

LEAVE = ("account", "leave", "1000", "--from", "2026-11-10", "--reason", "parental")


def test_a_leave_is_listed_and_the_same_again_is_unchanged(staff: Carepass) -> None:
    made = staff.rows(*LEAVE, "--until", "2026-12-31")
    row = {key: made[key] for key in made if key not in ("result", "change")}
    assert list(row) == ["portal_id", "last_name", "first_name", "reason", "from_on", "until_on"]
    assert staff.rows("account", "leaves") == [row]
    assert staff.rows("account", "leaves", "--home", "maple-grove") == [row]
    assert staff.rows(*LEAVE, "--until", "2026-12-31")["result"] == "unchanged"
    for other in ((*LEAVE,), (*LEAVE[:-1], "sick", "--until", "2026-12-31")):
        assert staff(*other, "-o", "json", code=4).error["code"] == "on-leave"
    staff(*LEAVE[:4], "2026-12-01", "--until", "2026-11-30", "--reason", "x", code=2)


def test_a_leave_of_one_day_is_one(staff: Carepass) -> None:
    staff(*LEAVE, "--until", "2026-11-10")
    assert [row["until_on"] for row in staff.rows("account", "leaves")] == ["2026-11-10"]


def test_the_return_is_the_first_day_back(staff: Carepass) -> None:
    staff(*LEAVE)
    assert staff("account", "return", "1000", "--on", "2026-12-01", "-o", "json", code=4).error["code"] == (
        "in-the-future"
    )
    assert staff.rows("account", "return", "1000", "--on", "2026-11-20")["until_on"] == "2026-11-19"
    assert staff.rows("account", "return", "1000", "--on", "2026-11-20")["result"] == "unchanged"
    assert staff("account", "return", "1000", "-o", "json", code=4).error["code"] == "not-on-leave"
    (row,) = staff.rows("account", "leaves")
    assert row["until_on"] == "2026-11-19"
    staff("audit", "undo", "--last", "--yes")
    assert staff.rows("account", "leaves")[0]["until_on"] is None


def test_a_waiver_ends_from_a_day_on_and_earlier_days_stay(staff: Carepass) -> None:
    staff("requirement", "waive", "1000", "IPAC-101", "WHMIS-1", "--reason", "exempt", today="2026-11-21")
    rows = staff.rows("requirement", "waivers", "--account", "1000")
    assert [(row["code"], row["from_on"], row["until_on"]) for row in rows] == [
        ("IPAC-101", "2026-11-21", None), ("WHMIS-1", "2026-11-21", None),
    ]  # fmt: skip
    unwaive = ("requirement", "unwaive", "1000", "IPAC-101")
    ahead = staff(*unwaive, "--on", "2026-12-05", "-o", "json", today="2026-12-04", code=4)
    assert ahead.error["code"] == "in-the-future"
    ended = staff.rows(*unwaive, "--on", "2026-12-01", today="2026-12-04")
    assert [row["result"] for row in ended] == ["updated"]
    again = staff.rows(*unwaive, today="2026-12-04")
    assert [row["result"] for row in again] == ["unchanged"]
    for day, status in (("2026-11-30", "waived"), ("2026-12-01", "not-started")):
        listed = staff.rows("requirement", "list", "--account", "1000", today=day)
        assert {row["code"]: row["status"] for row in listed}["IPAC-101"] == status
    last = staff.rows("requirement", "waivers", "--code", "IPAC-101", today="2026-12-01")[0]["until_on"]
    assert last == "2026-11-30"


def test_a_waiver_may_begin_ahead(staff: Carepass) -> None:
    dates = ("--from", "2026-12-01", "--until", "2026-12-31")
    staff("requirement", "waive", "1000", "IPAC-101", "--reason", "x", *dates)
    for day, status in (("2026-11-30", "not-started"), ("2026-12-01", "waived"), ("2026-12-31", "waived")):
        listed = staff.rows("requirement", "list", "--account", "1000", today=day)
        assert {row["code"]: row["status"] for row in listed}["IPAC-101"] == status
        told = staff("explain", "1000", "IPAC-101", today=day).out
        assert ("waived from 2026-12-01" in told) == (status == "waived")


def test_a_waiver_of_one_day_is_one(staff: Carepass) -> None:
    day = "2026-11-21"
    staff("requirement", "waive", "1000", "IPAC-101", "--reason", "x", "--from", day, "--until", day)
    assert [row["until_on"] for row in staff.rows("requirement", "waivers")] == [day]


@pytest.fixture
def successor(staff: Carepass) -> Carepass:
    """IPAC-101 is required at the learner's cost, and IPAC-201 is to follow it."""
    staff("requirement", "add", "IPAC-101", *AT, "--learner-pays", "--due-within", "45d")
    course(staff, "IPAC-201")
    return staff


def test_a_course_that_is_required_is_retired_only_when_somebody_says_so(successor: Carepass) -> None:
    assert "--yes" in successor("course", "retire", "IPAC-101", code=2).err
    assert successor.rows("course", "retire", "IPAC-101", "-n")["status"] == "retired"
    assert len(successor.rows("requirement", "list")) == 2
    successor("course", "retire", "IPAC-101", "--yes")
    assert [row["code"] for row in successor.rows("requirement", "list")] == ["WHMIS-1"]
    successor("course", "retire", "IPAC-201")


def test_a_successor_takes_over_what_was_asked(successor: Carepass) -> None:
    before = {row["code"]: row for row in successor.rows("requirement", "list")}["IPAC-101"]
    successor("course", "retire", "IPAC-101", "--successor", "IPAC-201", "--yes")
    after = {row["code"]: row for row in successor.rows("requirement", "list")}["IPAC-201"]
    assert (after["employer_pays"], after["required_from"]) == (False, before["required_from"])
    successor("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    listed = successor.rows("requirement", "list", "--account", "1000")
    assert {row["code"]: row["status"] for row in listed}["IPAC-201"] == "valid"
    change = successor.rows("audit", "list", "--subject", "requirement")[-1]["action"]
    assert change == "replace"
    back = successor.rows("course", "edit", "IPAC-101", "--reactivate", "--minutes", "45")
    assert (back["result"], back["status"], back["minutes"]) == ("updated", "active", 45)
    assert successor.rows("course", "edit", "IPAC-101", "--reactivate")["result"] == "unchanged"
