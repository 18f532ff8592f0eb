"""`carepass registration`: access, the 14 days, and how an attempt ends."""

import pytest

from tests.commands.conftest import granted, registration, submit
from tests.conftest import Carepass, person
from tests.shelf import kept

KEYS = [
    "line", "portal_id", "last_name", "first_name", "home", "role", "code", "title", "status", "payer",
    "attempt", "approved_on", "access_by", "access_on", "complete_by", "days_left", "completed_on",
]  # fmt: skip
LINE = "1/IPAC-101"
MONDAY, LAST = "2026-11-23", "2026-12-07"


@pytest.fixture
@kept
def approved(staff: Carepass) -> Carepass:
    """1/IPAC-101 is approved on Monday 23 November."""
    submit(staff, "IPAC-101", today=MONDAY)
    staff.today = MONDAY
    return staff


@pytest.fixture
@kept
def open_(approved: Carepass) -> Carepass:
    """1/IPAC-101 has access since Monday 23 November: the last day is 7 December."""
    approved("registration", "grant", LINE)
    return approved


def error(carepass: Carepass, verb: str, *args: str, today: str | None = None, code: int = 4) -> str:
    return carepass("registration", verb, LINE, *args, "-o", "json", code=code, today=today).error["code"]


def test_list_has_the_keys(approved: Carepass) -> None:
    (row,) = approved.rows("registration", "list")
    assert list(row) == KEYS
    assert list(row.values()) == [
        LINE, "1000", "O'Brien", "Hélène", "maple-grove", "psw", "IPAC-101", "Course IPAC-101", "approved",
        "employer", 1, MONDAY, "2026-11-25", None, None, None, None,
    ]  # fmt: skip


def test_grant_starts_the_14_days(approved: Carepass) -> None:
    ran = approved("registration", "grant", LINE, "-o", "json")
    assert list(ran.json) == ["result", *KEYS, "change"]
    assert [ran.json[key] for key in ("result", "status", "access_on", "complete_by", "days_left")] == [
        "updated", "in-progress", MONDAY, LAST, 14,
    ]  # fmt: skip
    assert LAST in ran.err
    assert approved("registration", "grant", LINE, "-o", "json").json["result"] == "unchanged"
    kinds = [m["kind"] for m in approved.rows("notify", "list")]
    assert kinds.count("access") == 1


@pytest.mark.parametrize(("on", "code"), [("2026-11-24", "in-the-future"), ("2026-11-22", "before-approval")])
def test_access_comes_neither_before_approval_nor_in_the_future(
    approved: Carepass, on: str, code: str
) -> None:
    assert error(approved, "grant", "--on", on) == code
    assert registration(approved, LINE)["access_on"] is None


def test_access_given_on_an_earlier_day(approved: Carepass) -> None:
    approved.today = "2026-11-26"
    made = approved("registration", "grant", LINE, "--on", "2026-11-24", "-o", "json").json
    assert (made["access_on"], made["complete_by"], made["days_left"]) == ("2026-11-24", "2026-12-08", 12)
    assert error(approved, "grant", "--on", "2026-11-25") == "access-given"


def test_closing_days_count_up_to_the_day_of_access_and_on_it(approved: Carepass) -> None:
    def access_by(day: str) -> str:
        return registration(approved, LINE, day)["access_by"]

    close = ("home", "edit", "maple-grove", "--close")
    approved(*close, "2026-11-24")
    assert access_by(MONDAY) == "2026-11-26"
    approved(*close, "2026-11-25", today="2026-11-24")
    approved("registration", "grant", LINE, today="2026-11-24")
    approved(*close, "2026-11-26", today="2026-11-25")
    assert [access_by(day) for day in ("2026-11-24", "2026-11-25")] == ["2026-11-27", "2026-11-27"]


def test_late_is_approved_past_its_day_without_access(approved: Carepass) -> None:
    def late(today: str) -> list[str]:
        return [row["line"] for row in approved.rows("registration", "list", "--late", today=today)]

    assert (late("2026-11-25"), late("2026-11-26")) == ([], [LINE])
    approved("registration", "grant", LINE, today="2026-11-27")
    assert late("2026-11-27") == []


@pytest.mark.parametrize(
    ("today", "on"), [(MONDAY, None), (LAST, None), (LAST, MONDAY), ("2026-12-20", LAST)]
)
def test_completion_inside_the_window(open_: Carepass, today: str, on: str | None) -> None:
    args = ("--on", on) if on else ()
    ran = open_("registration", "complete", LINE, *args, "-o", "json", today=today)
    day = on or today
    assert (ran.json["result"], ran.json["status"], ran.json["completed_on"]) == ("updated", "completed", day)
    assert ran.json["days_left"] is None
    (record,) = open_.rows("record", "list", "1000", today=today)
    assert (record["completed_on"], record["expires_on"], record["source"]) == (
        day, f"2027{day[4:]}", "registration",
    )  # fmt: skip


def test_the_day_after_the_last_the_window_is_closed(open_: Carepass) -> None:
    assert registration(open_, LINE, LAST)["status"] == "in-progress"
    row = registration(open_, LINE, "2026-12-08")
    assert (row["status"], row["days_left"]) == ("lapsed", -1)
    assert error(open_, "complete", today="2026-12-08") == "window-closed"
    assert error(open_, "complete", "--on", "2026-12-08", today="2026-12-20") == "window-closed"
    assert open_.rows("record", "list", "1000", today="2026-12-20") == []


def test_completion_after_the_clocks_change(staff: Carepass) -> None:
    line = granted(staff, "IPAC-101", "2027-03-05")
    row = registration(staff, line, "2027-03-19")
    assert (row["complete_by"], row["status"]) == ("2027-03-19", "in-progress")
    staff("registration", "complete", line, today="2027-03-19T23:59")


def test_half_past_ten_in_the_evening_is_still_that_day(open_: Carepass) -> None:
    made = open_("registration", "complete", LINE, "-o", "json", today=f"{LAST}T22:30").json
    assert made["completed_on"] == LAST
    assert registration(open_, LINE, "2026-12-08T03:30:00Z")["completed_on"] == LAST


def test_no_completion_before_access_or_in_the_future(approved: Carepass) -> None:
    assert error(approved, "complete") == "before-access"
    approved("registration", "grant", LINE)
    assert error(approved, "complete", "--on", "2026-11-22") == "before-access"
    assert error(approved, "complete", "--on", "2026-11-24") == "in-the-future"
    assert approved.rows("record", "list", "1000") == []


def test_completed_once(open_: Carepass) -> None:
    open_("registration", "complete", LINE)
    again = open_("registration", "complete", LINE, "--on", MONDAY, "-o", "json", today="2026-11-30").json
    assert again["result"] == "unchanged"
    assert error(open_, "complete", "--on", "2026-11-24", today="2026-11-30") == "already-completed"
    for verb in ("fail", "withdraw"):
        assert error(open_, verb) == "already-completed"
    assert len(open_.rows("record", "list", "1000")) == 1


def test_an_extension_opens_the_window_again(open_: Carepass) -> None:
    open_.today = "2026-12-10"
    extend = ("registration", "extend", LINE, "--reason", "sick leave", "--to")
    made = open_(*extend, "2026-12-15", "-o", "json").json
    assert (made["result"], made["status"], made["complete_by"], made["days_left"]) == (
        "updated", "in-progress", "2026-12-15", 5,
    )  # fmt: skip
    assert open_(*extend, "2026-12-15", "-o", "json").json["result"] == "unchanged"
    assert error(open_, "extend", "--to", "2026-12-14", "--reason", "x") == "not-later"
    told = [registration(open_, LINE, day) for day in ("2026-12-09", "2026-12-10")]
    assert [(row["status"], row["complete_by"]) for row in told] == [
        ("lapsed", LAST), ("in-progress", "2026-12-15"),
    ]  # fmt: skip
    assert error(open_, "complete", today="2026-12-16") == "window-closed"
    open_("registration", "complete", LINE, today="2026-12-15")
    (record,) = open_.rows("record", "list", "1000", today="2026-12-15")
    assert record["expires_on"] == "2027-12-15"


@pytest.mark.parametrize(
    "args", [("--to", "2026-12-31"), ("--reason", "x"), ("--to", "31/12/2026", "--reason", "x")]
)
def test_extend_needs_a_day_and_a_reason(open_: Carepass, args: tuple[str, ...]) -> None:
    assert error(open_, "extend", *args, code=2) in ("usage", "invalid-value")


def test_before_access_there_is_nothing_to_extend(approved: Carepass) -> None:
    assert error(approved, "extend", "--to", "2026-12-31", "--reason", "x") == "before-access"


@pytest.mark.parametrize("end", ["complete", "fail", "withdraw"])
def test_what_has_ended_is_not_extended(open_: Carepass, end: str) -> None:
    status = open_("registration", end, LINE, "-o", "json").json["status"]
    assert error(open_, "extend", "--to", "2026-12-31", "--reason", "x") == f"already-{status}"
    assert registration(open_, LINE)["complete_by"] == LAST


def test_of_two_extensions_in_a_day_the_later_holds(open_: Carepass) -> None:
    for day in ("2026-12-15", "2026-12-20"):
        open_("registration", "extend", LINE, "--to", day, "--reason", "x")
    assert registration(open_, LINE)["complete_by"] == "2026-12-20"


def test_fail_is_an_attempt(open_: Carepass) -> None:
    assert open_("registration", "fail", LINE, "-o", "json").json["status"] == "failed"
    assert open_("registration", "fail", LINE, "-o", "json").json["result"] == "unchanged"
    for verb in ("complete", "withdraw"):
        assert error(open_, verb) == "already-failed"
    assert submit(open_, "IPAC-101")[0]["reason"] == "retake"


def test_an_attempt_that_ended_on_the_completion_s_day_is_settled_by_it(open_: Carepass) -> None:
    open_("registration", "fail", LINE)
    open_("record", "add", "1000", "IPAC-101", "--on", MONDAY)
    (renewal,) = submit(open_, "IPAC-101", today="2027-11-15")
    assert (renewal["decision"], renewal["payer"]) == ("approved", "employer")
    assert registration(open_, renewal["line"], "2027-11-15")["attempt"] == 1


def test_only_a_course_under_way_fails(approved: Carepass) -> None:
    assert error(approved, "fail") == "not-in-progress"
    approved("registration", "grant", LINE)
    assert error(approved, "fail", today="2026-12-08") == "not-in-progress"


def test_withdrawn_before_access_is_no_attempt(approved: Carepass) -> None:
    assert approved("registration", "withdraw", LINE, "-o", "json").json["status"] == "withdrawn"
    assert approved("registration", "withdraw", LINE, "-o", "json").json["result"] == "unchanged"
    assert error(approved, "grant") == "already-withdrawn"
    (row,) = submit(approved, "IPAC-101")
    assert (row["decision"], row["payer"]) == ("approved", "employer")
    assert registration(approved, row["line"])["attempt"] == 1


def test_withdrawn_after_access_is_one(open_: Carepass) -> None:
    open_("registration", "withdraw", LINE)
    assert submit(open_, "IPAC-101")[0]["reason"] == "retake"


def test_a_lapsed_one_is_not_given_back(open_: Carepass) -> None:
    assert error(open_, "withdraw", today="2026-12-08") == "window-closed"


def test_the_chain_of_attempts_ends_with_a_completion(staff: Carepass) -> None:
    first = granted(staff, "IPAC-101", "2026-11-23")  # lapses after 7 December
    second = granted(staff, "IPAC-101", "2026-12-08")
    staff("registration", "fail", second, today="2026-12-10")
    third = granted(staff, "IPAC-101", "2026-12-10")
    staff("registration", "complete", third, today="2026-12-11")
    rows = [registration(staff, line, "2026-12-11") for line in (first, second, third)]
    assert [(row["attempt"], row["status"], row["payer"]) for row in rows] == [
        (1, "lapsed", "employer"),
        (2, "failed", "learner"),
        (3, "completed", "learner"),
    ]
    renewal = granted(staff, "IPAC-101", "2027-11-15")
    row = registration(staff, renewal, "2027-11-15")
    assert (row["attempt"], row["payer"]) == (1, "employer")


def test_a_completion_on_the_day_of_the_next_approval_is_the_next_one_s(open_: Carepass) -> None:
    day = "2026-12-10"
    assert registration(open_, LINE, day)["status"] == "lapsed"
    submit(open_, "IPAC-101", "--self-pay", today=day)
    open_("record", "add", "1000", "IPAC-101", "--on", day, today=day)
    rows = open_.rows("registration", "list", today=day)
    assert [(row["status"], row["completed_on"]) for row in rows] == [("lapsed", None), ("completed", day)]


def test_list_narrows(approved: Carepass) -> None:
    person(approved, "Bo", "Ng", "bo@example.org")
    for args, lines in (
        (("--account", "1000"), [LINE]),
        (("--account", "1001"), []),
        (("--home", "maple-grove"), [LINE]),
        (("--status", "approved"), [LINE]),
        (("--status", "completed"), []),
    ):
        assert [row["line"] for row in approved.rows("registration", "list", *args)] == lines
    approved("registration", "list", "--home", "maple-grov", code=3)
    approved("registration", "list", "--account", "4711", code=3)
    approved("registration", "list", "--status", "done", code=2)
    assert approved.rows("registration", "list", today="2026-11-22") == []
