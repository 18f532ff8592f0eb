"""`report deadlines` and `report retakes`."""

from typing import Any

import pytest

from tests.conftest import Carepass, course
from tests.reports.conftest import record

KEYS = [
    "line", "portal_id", "last_name", "first_name", "home", "role", "code", "title", "status", "payer",
    "attempt", "approved_on", "access_by", "access_on", "complete_by", "days_left", "completed_on", "price",
]  # fmt: skip


def take(carepass: Carepass, account: str, code: str, day: str, *more: str) -> str:
    """Put in the cart, submit, and give access, on one day; the line."""
    carepass("cart", "add", account, code, *more, today=day)
    (row,) = carepass.rows("cart", "submit", account, today=day)
    if row["decision"] == "approved":
        carepass("registration", "grant", row["line"], today=day)
    return str(row["line"])


def retakes(carepass: Carepass, *args: str, today: str | None = None) -> dict[str, Any]:
    return {row["line"]: row["payer"] for row in carepass.rows("report", "retakes", *args, today=today)}


@pytest.fixture
def lapsed(team: Carepass) -> Carepass:
    """1000 had access to IPAC-101 from 2 to 16 March and let it lapse."""
    assert take(team, "1000", "IPAC-101", "2026-03-02") == "1/IPAC-101"
    return team


def test_least_time_first(team: Carepass) -> None:
    take(team, "1000", "IPAC-101", "2026-11-10")
    take(team, "1001", "IPAC-101", "2026-11-09")
    take(team, "1002", "MEDS-1", "2026-11-07")
    take(team, "1002", "IPAC-101", "2026-11-06")
    rows = team.rows("report", "deadlines")
    assert [(row["portal_id"], row["days_left"]) for row in rows] == [("1002", 0), ("1001", 2), ("1000", 3)]
    assert list(rows[0]) == KEYS
    assert rows[0]["price"] == "45.00"
    assert rows[0]["complete_by"] == "2026-11-21"
    assert [row["code"] for row in team.rows("report", "retakes")] == ["IPAC-101"]
    assert team.rows("report", "deadlines", "--home", "maple-grove") == rows


def test_what_has_ended_or_not_begun_has_no_deadline(team: Carepass) -> None:
    team("cart", "add", "1002", "MEDS-1", today="2026-11-20")
    team("cart", "submit", "1002", today="2026-11-20")
    done = take(team, "1000", "IPAC-101", "2026-11-10")
    team("registration", "complete", done, "--on", "2026-11-20")
    given_back = take(team, "1001", "IPAC-101", "2026-11-10")
    team("registration", "withdraw", given_back)
    assert team.rows("report", "deadlines") == []
    assert team("report", "deadlines").err == "Nobody is inside the 14 days.\n"
    assert [row["days_left"] for row in team.rows("report", "deadlines", today="2026-11-19")] == [5, 5]


def test_a_lapse_costs_the_learner(lapsed: Carepass) -> None:
    assert lapsed.rows("report", "retakes", today="2026-03-16") == []
    (row,) = lapsed.rows("report", "retakes", today="2026-03-17")
    assert list(row) == KEYS
    assert (row["status"], row["days_left"], row["price"]) == ("lapsed", -1, "45.00")
    assert row["payer"] == "learner"
    assert "learner" in lapsed("report", "retakes").out.splitlines()[-1]


def test_an_overruled_retake_costs_the_employer(lapsed: Carepass) -> None:
    line = take(lapsed, "1000", "IPAC-101", "2026-04-01")
    assert retakes(lapsed, today="2026-04-01") == {"1/IPAC-101": "learner"}
    lapsed("submission", "approve", line, "--reason", "was ill", today="2026-04-02")
    assert retakes(lapsed, today="2026-04-02") == {"1/IPAC-101": "employer"}
    lapsed("registration", "grant", line, today="2026-04-03")
    lapsed("registration", "complete", line, today="2026-04-10")
    assert retakes(lapsed, today="2026-04-09") == {"1/IPAC-101": "employer"}
    assert retakes(lapsed, today="2026-04-10") == {}


def test_a_retake_that_lapses_too_takes_the_place_of_the_first(lapsed: Carepass) -> None:
    line = take(lapsed, "1000", "IPAC-101", "2026-04-01", "--self-pay")
    assert retakes(lapsed, today="2026-04-15") == {"1/IPAC-101": "learner"}
    assert retakes(lapsed, today="2026-04-16") == {line: "learner"}
    (row,) = lapsed.rows("report", "retakes")
    assert row["attempt"] == 2


def test_who_paid_for_the_lapse_does_not_pay_for_the_retake(lapsed: Carepass) -> None:
    line = take(lapsed, "1000", "IPAC-101", "2026-04-01")
    lapsed("submission", "approve", line, "--reason", "was ill", today="2026-04-01")
    lapsed("registration", "grant", line, today="2026-04-01")
    assert retakes(lapsed, today="2026-04-15") == {"1/IPAC-101": "employer"}
    assert retakes(lapsed, today="2026-04-16") == {line: "learner"}


def test_a_retake_that_failed_is_under_way_no_more(lapsed: Carepass) -> None:
    line = take(lapsed, "1000", "IPAC-101", "2026-04-01")
    lapsed("submission", "approve", line, "--reason", "was ill", today="2026-04-01")
    lapsed("registration", "grant", line, today="2026-04-01")
    lapsed("registration", "fail", line, today="2026-04-10")
    assert retakes(lapsed, today="2026-04-09") == {"1/IPAC-101": "employer"}
    assert retakes(lapsed, today="2026-04-10") == {line: "learner"}


def test_a_completion_counts_from_the_day_of_the_approval_on(lapsed: Carepass) -> None:
    before = record(lapsed, "1000", "IPAC-101", "2026-03-01")
    assert list(retakes(lapsed)) == ["1/IPAC-101"]
    lapsed("record", "void", before, "--reason", "wrong day")
    record(lapsed, "1000", "IPAC-101", "2026-03-02")
    assert retakes(lapsed) == {}


def test_twins_lapse_once(lapsed: Carepass) -> None:
    now, lapsed.today = lapsed.today, "2026-10-01"
    course(lapsed, "PCI-101-FR", "--validity-years", "1")
    lapsed("requirement", "add", "PCI-101-FR", "--home", "maple-grove", "--role", "psw")
    lapsed.today = now
    line = take(lapsed, "1000", "PCI-101-FR", "2026-11-01", "--self-pay")
    assert set(retakes(lapsed)) == {"1/IPAC-101", line}
    lapsed("course", "equate", "PCI-101-FR", "IPAC-101")
    assert set(retakes(lapsed)) == {line}


def test_another_home_s_requirement_is_its_own(lapsed: Carepass) -> None:
    lapsed("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    at = ("--home", "oak-hill", "--role", "psw")
    lapsed("role", "assign", "1000", *at, "--unverified")
    lapsed("role", "confirm", "--account", "1000", *at)
    assert list(retakes(lapsed)) == ["1/IPAC-101"]
    lapsed("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    assert retakes(lapsed) == {}


def test_a_lapse_at_each_of_two_homes_is_two(lapsed: Carepass) -> None:
    lapsed("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    at = ("--home", "oak-hill", "--role", "psw")
    lapsed("role", "assign", "1000", *at, "--unverified")
    lapsed("role", "confirm", "--account", "1000", *at)
    line = take(lapsed, "1000", "IPAC-101", "2026-11-21", *at, "--self-pay")
    assert set(retakes(lapsed, today="2026-12-06")) == {"1/IPAC-101", line}
    assert set(retakes(lapsed, "--home", "oak-hill", today="2026-12-06")) == {line}


def test_a_longer_time_a_completion_elsewhere_a_waiver_or_a_leaver_needs_none(lapsed: Carepass) -> None:
    lapsed(
        "registration", "extend", "1/IPAC-101", "--to", "2026-03-31", "--reason", "ill", today="2026-03-20"
    )
    assert list(retakes(lapsed, today="2026-03-19")) == ["1/IPAC-101"]
    assert retakes(lapsed, today="2026-03-31") == {}
    assert list(retakes(lapsed, today="2026-04-01")) == ["1/IPAC-101"]
    lapsed("requirement", "waive", "1000", "IPAC-101", "--reason", "leave", "--until", "2026-05-01",
           today="2026-04-05")  # fmt: skip
    assert retakes(lapsed, today="2026-05-01") == {}
    assert list(retakes(lapsed, today="2026-05-02")) == ["1/IPAC-101"]
    number = record(lapsed, "1000", "IPAC-101", "2026-05-10")
    assert retakes(lapsed) == {}
    lapsed("record", "void", number, "--reason", "forged")
    assert list(retakes(lapsed)) == ["1/IPAC-101"]
    lapsed("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    assert retakes(lapsed) == {}
    assert list(retakes(lapsed, today="2026-06-01")) == []  # the record was good on that day
    assert list(retakes(lapsed, today="2026-05-09")) == ["1/IPAC-101"]


def test_a_home_that_is_none_is_told(team: Carepass) -> None:
    for report in ("deadlines", "retakes"):
        assert team("report", report, "--home", "maple", code=3).out == ""
