"""A completion settles what was begun, however it comes in; a person's decision asks the rules again."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Carepass
from tests.shelf import kept

AT = ("--home", "maple-grove", "--role", "psw")
LINE = "1/IPAC-101"
Way = Callable[[Carepass, str], None]


def record(carepass: Carepass, on: str) -> None:
    carepass("record", "add", "1000", "IPAC-101", "--on", on)


def imported(carepass: Carepass, on: str) -> None:
    carepass("record", "import", "-", input=f"portal_id,code,completed_on\n1000,IPAC-101,{on}\n")


def equated(carepass: Carepass, on: str) -> None:
    carepass("record", "add", "1000", "IPAC-102", "--on", on)


WAYS = pytest.mark.parametrize("way", [record, imported, equated])


@pytest.fixture
@kept
def approved(carepass: Carepass) -> Carepass:
    """A psw, on 2026-01-06, whose IPAC-101 (IPAC-102 is equal to it) is approved."""
    carepass.today = "2026-01-06"
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    carepass("role", "create", "maple-grove", "psw", "--name", "Personal support worker")
    for code in ("IPAC-101", "IPAC-102"):
        carepass("course", "create", code, "--title", code, "--provider", "P", "--minutes", "30",
                 "--validity-years", "1")  # fmt: skip
    carepass("course", "equate", "IPAC-101", "IPAC-102")
    carepass("requirement", "add", "IPAC-101", *AT)
    carepass("account", "create", "--first-name", "Ann", "--last-name", "Roy", "--birthdate", "1990-01-01",
             "--email", "ann@example.org")  # fmt: skip
    carepass("role", "assign", "1000", *AT, "--unverified")
    carepass("role", "confirm", "--account", "1000", *AT)
    submit(carepass)
    return carepass


def submit(carepass: Carepass, *more: str, today: str | None = None) -> Any:
    carepass("cart", "add", "1000", "IPAC-101", *more, today=today)
    return carepass.rows("cart", "submit", "1000", today=today)[0]


def status(carepass: Carepass, today: str) -> str:
    return str(carepass.rows("registration", "list", today=today)[0]["status"])


@WAYS
@pytest.mark.parametrize("granted", [True, False])
@pytest.mark.parametrize("on", ["2026-01-06", "2026-01-07", "2026-01-22"])
def test_a_completion_completes_what_it_answers(approved: Carepass, way: Way, granted: bool, on: str) -> None:
    """On paper: the day of the approval, early, or two days after the window."""
    if granted:
        approved("registration", "grant", LINE)
    approved.today = "2026-02-08"
    way(approved, on)
    assert status(approved, "2026-02-08") == "completed"
    assert status(approved, on) == "completed"
    for report in (("report", "deadlines"), ("report", "retakes"), ("registration", "list", "--late")):
        assert approved.rows(*report) == []
    assert "retake" not in approved("explain", "1000", "IPAC-101").out
    # Nor does it cost anything next year.
    decided = submit(approved, today="2026-12-15")
    assert (decided["decision"], decided["payer"]) == ("approved", "employer")


@pytest.mark.parametrize("end", ["withdraw", "fail"])
def test_what_a_record_completed_cannot_be_tidied_up(approved: Carepass, end: str) -> None:
    approved("registration", "grant", LINE)
    approved.today = "2026-01-12"
    record(approved, "2026-01-07")
    ran = approved("registration", end, LINE, "-o", "json", code=4)
    assert ran.error["code"] == "already-completed"
    assert status(approved, "2026-01-12") == "completed"
    assert submit(approved, today="2026-12-15")["decision"] == "approved"


@pytest.mark.parametrize("end", ["withdraw", "fail"])
def test_an_attempt_that_ended_is_settled_by_a_later_completion(approved: Carepass, end: str) -> None:
    approved("registration", "grant", LINE)
    approved.today = "2026-01-08"
    approved("registration", end, LINE)
    assert submit(approved, today="2026-01-09")["reason"] == "retake"
    record_on = "2026-01-10"
    approved.today = record_on
    record(approved, record_on)
    assert status(approved, record_on) in ("withdrawn", "failed")
    assert submit(approved, today="2026-12-15")["decision"] == "approved"


def test_a_record_and_a_completion_of_one_day_are_one(approved: Carepass) -> None:
    approved("registration", "grant", LINE)
    approved.today = "2026-01-07"
    record(approved, "2026-01-07")
    done = approved.rows("registration", "complete", LINE)
    assert (done["result"], done["status"]) == ("unchanged", "completed")
    assert len(approved.rows("record", "list", "1000")) == 1


def test_a_void_opens_it_again(approved: Carepass) -> None:
    approved("registration", "grant", LINE)
    approved.today = "2026-01-12"
    record(approved, "2026-01-07")
    approved("record", "void", "1", "--reason", "somebody else", today="2026-01-15")
    assert status(approved, "2026-01-14") == "completed"
    assert status(approved, "2026-01-15") == "in-progress"
    assert status(approved, "2026-01-21") == "lapsed"


def test_a_renewal_is_no_completion_of_an_attempt_before(approved: Carepass) -> None:
    """The completion answers the newest attempt that was approved by its day."""
    approved("registration", "grant", LINE)
    submit(approved, "--self-pay", today="2026-03-02")
    approved.today = "2026-03-03"
    record(approved, "2026-03-03")
    assert [row["status"] for row in approved.rows("registration", "list")] == ["lapsed", "completed"]


def test_a_retake_is_one_at_the_home_that_gave_the_attempt(approved: Carepass) -> None:
    approved("registration", "grant", LINE)
    approved("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    oak = ("--home", "oak-hill", "--role", "psw")
    approved("role", "assign", "1000", *oak, "--unverified")
    approved("role", "confirm", "--account", "1000", *oak)
    assert submit(approved, *AT, today="2026-03-02")["reason"] == "retake"
    assert submit(approved, *oak, today="2026-03-02")["decision"] == "approved"


def test_a_decided_line_gives_way_to_a_completion_of_its_day(approved: Carepass) -> None:
    approved("requirement", "remove", "IPAC-101", *AT)
    approved("registration", "withdraw", LINE)
    assert submit(approved, *AT)["reason"] == "not-required"
    approved("requirement", "add", "IPAC-101", *AT)
    listed = ("requirement", "list", "--account", "1000")
    assert approved.rows(*listed)[0]["step"] == "rejected"
    record(approved, "2026-01-06")
    assert approved.rows(*listed)[0]["step"] is None


@pytest.fixture
def waiting(approved: Carepass) -> Carepass:
    """A line that waits for a person's decision: 2/IPAC-101."""
    approved("registration", "withdraw", LINE)
    approved("home", "edit", "maple-grove", "--approval", "manual")
    assert submit(approved)["decision"] == "submitted"
    return approved


def test_nobody_approves_a_retired_course(waiting: Carepass) -> None:
    waiting("course", "retire", "IPAC-101", "--yes")
    ran = waiting("submission", "approve", "2/IPAC-101", "--reason", "all the same", "-o", "json", code=4)
    assert ran.error["code"] == "course-retired"


def test_a_retired_course_in_a_cart_is_rejected(approved: Carepass) -> None:
    approved("registration", "withdraw", LINE)
    approved("cart", "add", "1000", "IPAC-101")
    approved("course", "retire", "IPAC-101", "--yes")
    assert "course-retired" in approved("explain", "1000", "IPAC-101").out
    (decided,) = approved.rows("cart", "submit", "1000")
    assert (decided["decision"], decided["reason"]) == ("rejected", "course-retired")


def test_what_is_held_by_now_wants_a_reason(waiting: Carepass) -> None:
    waiting.today = "2026-01-07"
    record(waiting, "2026-01-07")
    ran = waiting("submission", "approve", "2/IPAC-101", code=2)
    assert "would be rejected today (already-valid)" in ran.err
    waiting("submission", "approve", "2/IPAC-101", "--reason", "again")


def test_explain_asks_what_the_cart_asks_of_equated_courses(approved: Carepass) -> None:
    """IPAC-101 is the employer's, IPAC-102 the learner's: each answers for itself."""
    approved("requirement", "add", "IPAC-102", *AT, "--learner-pays")
    approved("registration", "withdraw", LINE)
    for code, reason in (("IPAC-101", "employer-pays"), ("IPAC-102", "learner-pays")):
        assert f"({reason})" in approved("explain", "1000", code).out
    approved("cart", "add", "1000", "IPAC-102")
    assert approved.rows("cart", "submit", "1000")[0]["reason"] == "learner-pays"
