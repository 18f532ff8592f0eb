"""`carepass record`: completions, added and voided, never overwritten."""

import pytest

from tests.commands.conftest import granted, standing
from tests.conftest import Carepass, course, person

KEYS = [
    "record", "portal_id", "code", "title", "completed_on", "expires_on", "provider", "source", "evidence",
    "verified_by", "voided_on", "observed_by", "files",
]  # fmt: skip
ADD = ("record", "add", "1000", "IPAC-101", "--on")


def test_add_prints_the_record(staff: Carepass) -> None:
    ran = staff(
        *ADD,
        "2026-11-20",
        "--provider",
        "Red Cross",
        "--evidence",
        "paper",
        "--verified-by",
        "DOC",
        "-o",
        "json",
    )
    assert list(ran.json) == ["result", *KEYS, "change"]
    assert list(ran.json.values())[:-1] == [
        "created", 1, "1000", "IPAC-101", "Course IPAC-101", "2026-11-20", "2027-11-20", "Red Cross",
        "record", "paper", "DOC", None, None, 0,
    ]  # fmt: skip
    assert "2027-11-20" in ran.err
    (row,) = staff.rows("record", "list", "1000")
    assert list(row) == KEYS
    assert {"result": "created", **row, "change": ran.json["change"]} == ran.json


@pytest.mark.parametrize(
    ("on", "years", "expires_on"),
    [
        ("2024-02-29", "1", "2025-02-28"), ("2024-02-29", "4", "2028-02-29"),
        ("2026-11-21", "1", "2027-11-21"), ("2026-11-21", None, None),
    ],
)  # fmt: skip
def test_the_expiry_is_the_last_valid_day(
    staff: Carepass, on: str, years: str | None, expires_on: str | None
) -> None:
    course(staff, "X-1", *(("--validity-years", years) if years else ()))
    made = staff("record", "add", "1000", "X-1", "--on", on, "-o", "json").json
    assert made["expires_on"] == expires_on


def test_without_a_provider_it_is_the_course_s(staff: Carepass) -> None:
    assert staff(*ADD, "2026-11-20", "-o", "json").json["provider"] == "Sample College"


def test_the_same_again_is_unchanged(staff: Carepass) -> None:
    staff(*ADD, "2026-11-20", "--evidence", "paper")
    again = staff(*ADD, "2026-11-20", "-o", "json").json
    assert (again["result"], again["record"], again["evidence"]) == ("unchanged", 1, "paper")
    assert len(staff.rows("record", "list", "1000")) == 1


@pytest.mark.parametrize(
    "more",
    [
        ("--evidence", "plastic"),
        ("--provider", "Elsewhere"),
        ("--verified-by", "Sam"),
        ("--observed-by", "1000"),
    ],
)
def test_what_is_said_otherwise_of_the_same_day_is_refused(staff: Carepass, more: tuple[str, str]) -> None:
    staff(*ADD, "2026-11-20", "--evidence", "paper")
    before = staff.rows("record", "list", "1000")
    error = staff(*ADD, "2026-11-20", *more, "-o", "json", code=4).error
    assert (error["code"], error["hint"].split(": ")[-1]) == (
        "already-recorded",
        "carepass record void 1 --reason TEXT",
    )
    assert error["message"] == f"Record 1 is of that day, with another {more[0]}."
    assert staff.rows("record", "list", "1000") == before
    said = ("--evidence", "paper", "--provider", "Sample College")
    assert staff(*ADD, "2026-11-20", *said, "-o", "json").json["result"] == "unchanged"


def test_nothing_is_dated_after_today(staff: Carepass) -> None:
    assert staff(*ADD, "2026-11-22", "-o", "json", code=4).error["code"] == "in-the-future"
    assert staff(*ADD, "2026-11-21", "-o", "json").json["result"] == "created"


@pytest.mark.parametrize(
    "wrong", ["20261121", "2026-13-01", "21/11/2026", "2026-02-29", "today", "", "1899-12-31"]
)
def test_dates_are_iso_and_nothing_else(staff: Carepass, wrong: str) -> None:
    error = staff(*ADD, wrong, "-o", "json", code=2).error
    assert (error["code"], "--on" in error["message"]) == ("invalid-value", True)
    assert staff.rows("record", "list", "1000") == []


@pytest.mark.parametrize(
    ("args", "exit_code", "hint"),
    [
        (("4711", "IPAC-101", "--on", "2026-11-20"), 3, "account list"),
        (("1000", "IPAC-11", "--on", "2026-11-20"), 3, "IPAC-101"),
        (("1000", "IPAC-101"), 2, "record add"),
        (("1000", "IPAC-101", "--on", "2026-11-20", "--evidence", "x" * 501), 2, "Shorten"),
    ],
)
def test_add_refuses(staff: Carepass, args: tuple[str, ...], exit_code: int, hint: str) -> None:
    assert hint in staff("record", "add", *args, "-o", "json", code=exit_code).error["hint"]


def test_a_void_works_from_its_own_day_on_and_stays_in_the_history(staff: Carepass) -> None:
    staff(*ADD, "2026-11-20")
    staff.today = "2026-11-25"
    voided = staff("record", "void", "1", "--reason", "wrong person", "-o", "json").json
    assert (voided["result"], voided["voided_on"]) == ("updated", "2026-11-25")
    assert staff("record", "void", "1", "--reason", "again", "-o", "json").json["result"] == "unchanged"
    assert [row["voided_on"] for row in staff.rows("record", "list", "1000")] == ["2026-11-25"]
    assert [row["voided_on"] for row in staff.rows("record", "list", "1000", today="2026-11-24")] == [None]
    told = [standing(staff, "IPAC-101", day)["status"] for day in ("2026-11-24", "2026-11-25")]
    assert told == ["valid", "not-started"]


def test_void_and_add_is_how_a_day_is_corrected(staff: Carepass) -> None:
    staff(*ADD, "2026-11-20")
    staff("record", "void", "1", "--reason", "wrong day")
    assert staff(*ADD, "2026-11-20", "-o", "json").json["record"] == 2
    assert standing(staff, "IPAC-101")["status"] == "valid"
    entry = next(e for e in staff.rows("audit", "list") if e["action"] == "void")
    assert "wrong day" in entry["after"]


def test_a_void_uncovers_the_older_record(staff: Carepass) -> None:
    staff(*ADD, "2026-01-10")
    staff(*ADD, "2026-11-20")
    staff("record", "void", "2", "--reason", "x")
    assert standing(staff, "IPAC-101")["expires_on"] == "2027-01-10"


def test_a_void_completion_of_a_registration_counts_no_more(staff: Carepass) -> None:
    line = granted(staff, "IPAC-101", "2026-11-23")
    staff("registration", "complete", line, today="2026-11-24")
    staff("record", "void", "1", "--reason", "x", today="2026-11-25")
    assert standing(staff, "IPAC-101", "2026-11-25")["status"] == "not-started"
    assert standing(staff, "IPAC-101", "2026-11-24")["status"] == "valid"


@pytest.mark.parametrize(("named", "exit_code"), [("7", 3), ("x", 2), ("1.0", 2), ("²", 2), ("9" * 40, 2)])
def test_void_names_a_record_by_its_number(staff: Carepass, named: str, exit_code: int) -> None:
    assert (
        "record list"
        in staff("record", "void", named, "--reason", "x", "-o", "json", code=exit_code).error["hint"]
    )


def test_void_needs_a_reason(staff: Carepass) -> None:
    staff(*ADD, "2026-11-20")
    assert "--reason" in staff("record", "void", "1", "-o", "json", code=2).error["message"]


def test_list_is_oldest_first_and_one_person_s(staff: Carepass) -> None:
    person(staff, "Bo", "Ng", "bo@example.org")
    staff(*ADD, "2026-11-20")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2020-05-05")
    staff("record", "add", "1001", "WHMIS-1", "--on", "2021-05-05")
    rows = staff.rows("record", "list", "helene@example.org")
    assert [(row["record"], row["completed_on"]) for row in rows] == [(2, "2020-05-05"), (1, "2026-11-20")]


def test_a_completion_counts_from_its_own_date_whenever_recorded(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-25", today="2027-02-01")
    told = [standing(staff, "IPAC-101", day)["status"] for day in ("2026-11-24", "2026-11-25")]
    assert told == ["not-started", "valid"]


def test_a_shortened_validity_leaves_old_records_alone(staff: Carepass) -> None:
    staff(*ADD, "2026-11-20")
    staff("course", "edit", "IPAC-101", "--validity-years", "3")
    staff(*ADD, "2026-11-21")
    assert [row["expires_on"] for row in staff.rows("record", "list", "1000")] == ["2027-11-20", "2029-11-21"]


def test_a_certificate_may_name_its_own_day_as_the_last(staff: Carepass) -> None:
    add = ("record", "add", "1000", "IPAC-101", "--on", "2026-11-21", "--expires")
    staff(*add, "2026-11-20", code=2)
    staff(*add, "2026-11-21")
    assert standing(staff, "IPAC-101")["days_left"] == 0
