"""`carepass requirement list --account`: where a person stands in what is required."""

import pytest

from tests.commands.conftest import AT, granted, standing, submit
from tests.conftest import Carepass, assign, course, person

KEYS = [
    "home", "role", "code", "title", "provider", "minutes", "expiry", "employer_pays", "required_from", "due",
    "citation", "status", "step", "in_cart", "completed_on", "expires_on", "days_left", "due_on",
]  # fmt: skip


def test_manage_my_training_has_the_keys(staff: Carepass) -> None:
    rows = staff.rows("requirement", "list", "--account", "1000")
    assert [list(row) for row in rows] == [KEYS] * 2
    assert [rows[0][key] for key in KEYS[11:]] == [
        "not-started", None, False, None, None, None, "2026-12-21",
    ]  # fmt: skip


def test_the_statuses_of_an_annual_course_day_by_day(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-12-01", today="2026-12-01")
    told = {}
    for day in ("2026-11-30", "2026-12-01", "2027-10-31", "2027-11-01", "2027-12-01", "2027-12-02"):
        row = standing(staff, "IPAC-101", day)
        told[day] = (row["status"], row["expires_on"], row["days_left"])
    last = "2027-12-01"
    assert told == {
        "2026-11-30": ("not-started", None, None),
        "2026-12-01": ("valid", last, 365),
        "2027-10-31": ("valid", last, 31),
        "2027-11-01": ("expiring", last, 30),
        "2027-12-01": ("expiring", last, 0),
        "2027-12-02": ("expired", last, -1),
    }


def test_overdue_begins_the_day_after_the_due_day(staff: Carepass) -> None:
    told = [standing(staff, "WHMIS-1", day)["status"] for day in ("2026-12-21", "2026-12-22")]
    assert told == ["not-started", "overdue"]


def test_due_on_counts_from_the_later_of_start_and_requirement(staff: Carepass) -> None:
    assign(staff, "1000", "maple-grove", "psw", "--start", "2026-12-05")
    course(staff, "FIRE-1")
    staff("requirement", "add", "FIRE-1", *AT, "--from", "2026-12-10", "--due-within", "1mo")
    staff.today = "2026-12-10"
    assert standing(staff, "IPAC-101")["due_on"] == "2027-01-04"
    assert standing(staff, "FIRE-1")["due_on"] == "2027-01-10"


def test_once_only_stays_valid(staff: Carepass) -> None:
    staff("record", "add", "1000", "WHMIS-1", "--on", "2020-01-01")
    row = standing(staff, "WHMIS-1")
    assert (row["status"], row["completed_on"], row["expires_on"], row["days_left"]) == (
        "valid", "2020-01-01", None, None,
    )  # fmt: skip


def test_waived_through_its_last_day(staff: Carepass) -> None:
    waive = ("requirement", "waive", "1000", "IPAC-101", "--reason", "on leave", "--until", "2026-12-31")
    made = staff(*waive, "-o", "json").json
    assert made == {
        "change": made["change"],
        "result": "created",
        "portal_id": "1000",
        "code": "IPAC-101",
        "title": "Course IPAC-101",
        "waived_on": "2026-11-21",
        "waived_until": "2026-12-31",
        "reason": "on leave",
    }
    assert staff(*waive, "-o", "json", today="2026-11-30").json["waived_on"] == "2026-11-21"
    assert staff(*waive, "-o", "json").json["result"] == "unchanged"
    told = [standing(staff, "IPAC-101", day)["status"] for day in ("2026-11-21", "2026-12-31", "2027-01-01")]
    assert told == ["waived", "waived", "not-started"]  # the time begins anew
    assert standing(staff, "IPAC-101", "2027-02-01")["status"] == "overdue"
    assert standing(staff, "WHMIS-1")["status"] == "not-started"


def test_a_waiver_works_from_its_own_day_on(staff: Carepass) -> None:
    staff("requirement", "waive", "1000", "WHMIS-1", "--reason", "x", today="2026-12-01")
    told = [standing(staff, "WHMIS-1", day)["status"] for day in ("2026-11-30", "2026-12-01", "2030-01-01")]
    assert told == ["not-started", "waived", "waived"]


def test_a_waiver_for_another_reason_is_another_and_both_are_told(staff: Carepass) -> None:
    for reason in ("on leave", "holds a licence"):
        made = staff("requirement", "waive", "1000", "IPAC-101", "--reason", reason, "-o", "json").json
        assert (made["result"], made["reason"]) == ("created", reason)
    (told,) = staff.rows("explain", "1000", "IPAC-101")["requirements"]
    assert "on leave" in told["because"]
    assert "holds a licence" in told["because"]


@pytest.mark.parametrize(
    ("args", "exit_code"),
    [(("--until", "2026-11-20", "--reason", "x"), 4), ((), 2), (("--reason", " "), 2)],
)
def test_waive_refuses(staff: Carepass, args: tuple[str, ...], exit_code: int) -> None:
    staff("requirement", "waive", "1000", "IPAC-101", *args, code=exit_code)
    assert standing(staff, "IPAC-101")["status"] == "not-started"


def test_the_steps_of_one_course(staff: Carepass) -> None:
    def step(day: str) -> tuple[str | None, bool]:
        row = standing(staff, "WHMIS-1", day)
        return row["step"], row["in_cart"]

    staff("cart", "add", "1000", "WHMIS-1", today="2026-11-23")
    (row,) = staff.rows("cart", "submit", "1000", today="2026-11-24")
    staff("registration", "grant", row["line"], today="2026-11-25")
    told = [step(f"2026-{day}") for day in ("11-22", "11-23", "11-24", "11-25", "12-09", "12-10")]
    assert told == [
        (None, False),
        ("in-cart", True),
        ("approved", False),
        ("in-progress", False),
        ("in-progress", False),
        ("lapsed", False),
    ]


def test_rejected_and_submitted_are_steps_until_completed(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    staff("requirement", "add", "FIRE-1", *AT, "--learner-pays")
    submit(staff, "FIRE-1")
    assert standing(staff, "FIRE-1")["step"] == "rejected"
    staff("record", "add", "1000", "FIRE-1", "--on", "2026-11-22", today="2026-11-22")
    assert standing(staff, "FIRE-1", "2026-11-22")["step"] is None
    staff("home", "edit", "maple-grove", "--approval", "manual")
    submit(staff, "WHMIS-1")
    assert standing(staff, "WHMIS-1")["step"] == "submitted"


def test_filters_by_status_and_step(staff: Carepass) -> None:
    staff("record", "add", "1000", "WHMIS-1", "--on", "2026-11-01")
    staff("cart", "add", "1000", "IPAC-101")
    for args, codes in (
        (("--status", "valid"), ["WHMIS-1"]),
        (("--status", "not-started,valid"), ["IPAC-101", "WHMIS-1"]),
        (("--status", "expired"), []),
        (("--step", "in-cart"), ["IPAC-101"]),
        (("--step", "null"), ["WHMIS-1"]),
        (("--step", "null, in-cart"), ["IPAC-101", "WHMIS-1"]),
        (("--expiry", "annual"), ["IPAC-101"]),
        (("--expiry", "once"), ["WHMIS-1"]),
        (("--search", "whmis"), ["WHMIS-1"]),
        (("--provider", "nobody"), []),
        (("--max-minutes", "29"), []),
        (("--home", "maple-grove"), ["IPAC-101", "WHMIS-1"]),
    ):
        for account in ((), ("--account", "1000")):
            if account or args[0] not in ("--status", "--step"):
                rows = staff.rows("requirement", "list", *account, *args)
                assert [row["code"] for row in rows] == codes, args


@pytest.mark.parametrize(
    ("args", "known"),
    [
        (("--account", "1000", "--status", "done"), "not-started, overdue, valid, expiring, expired, waived"),
        (
            ("--account", "1000", "--step", "paid"),
            "in-cart, submitted, rejected, approved, in-progress, lapsed",
        ),
        (("--status", "valid"), "--account"),
    ],
)
def test_unknown_words_list_the_known(staff: Carepass, args: tuple[str, ...], known: str) -> None:
    assert known in staff("requirement", "list", *args, "-o", "json", code=2).error["hint"]


def test_the_union_over_roles_unless_narrowed(staff: Carepass) -> None:
    staff("home", "create", "birch-manor", "--name", "Birch", "--like", "maple-grove")
    at_birch = ("--account", "1000", "--home", "birch-manor", "--role", "psw")
    assign(staff, "1000", "birch-manor")
    person(staff, "Bo", "Vu", "bo@example.org")
    assign(staff, "1001", "birch-manor")
    staff("role", "confirm", "--account", "1001", *at_birch[2:])
    assert len(staff.rows("requirement", "list", "--account", "1000")) == 2
    browsed = staff.rows("requirement", "list", *at_birch)
    assert [(row["code"], row["due_on"]) for row in browsed] == [("IPAC-101", None), ("WHMIS-1", None)]
    staff("role", "confirm", *at_birch)
    rows = staff.rows("requirement", "list", "--account", "1000")
    assert [(row["home"], row["code"]) for row in rows] == [
        ("birch-manor", "IPAC-101"), ("birch-manor", "WHMIS-1"),
        ("maple-grove", "IPAC-101"), ("maple-grove", "WHMIS-1"),
    ]  # fmt: skip
    assert {r["home"] for r in staff.rows("requirement", "list", *at_birch[:4])} == {"birch-manor"}
    staff("role", "end", "1000", *at_birch[2:])
    assert {r["home"] for r in staff.rows("requirement", "list", "--account", "1000")} == {"maple-grove"}


def test_roles_that_are_not_held_are_shown_where_they_are_named(staff: Carepass) -> None:
    staff("role", "create", "maple-grove", "rn", "--name", "Nurse")
    course(staff, "MEDS-1")
    staff("requirement", "add", "MEDS-1", "--home", "maple-grove", "--role", "rn")
    mine = ("requirement", "list", "--account", "1000", "--home", "maple-grove")
    assert [row["code"] for row in staff.rows(*mine)] == ["IPAC-101", "WHMIS-1"]
    browsed = staff.rows(*mine, "--role", "rn")
    assert [(row["code"], row["due_on"], row["status"]) for row in browsed] == [
        ("MEDS-1", None, "not-started")
    ]
    staff("requirement", "remove", "IPAC-101", "WHMIS-1", *AT)
    assert staff.rows(*mine) == []  # the role held asks for nothing: not what others ask for


@pytest.mark.parametrize("required", ["A", "B", "C"])
def test_any_of_three_equals_satisfies(staff: Carepass, required: str) -> None:
    for code in "ABC":
        course(staff, code)
    staff("course", "equate", "A", "B")
    staff("course", "equate", "B", "C")
    staff("requirement", "add", required, *AT)
    other = {"A": "C", "B": "A", "C": "A"}[required]
    staff("cart", "add", "1000", other)
    assert standing(staff, required)["step"] == "in-cart"
    staff("record", "add", "1000", other, "--on", "2026-11-20")
    assert standing(staff, required)["status"] == "valid"


def test_an_equal_counts_from_the_day_it_was_equated(staff: Carepass) -> None:
    course(staff, "PCI-1")
    staff("record", "add", "1000", "PCI-1", "--on", "2026-11-01")
    staff("course", "equate", "IPAC-101", "PCI-1", today="2026-11-25")
    told = [standing(staff, "IPAC-101", day)["status"] for day in ("2026-11-24", "2026-11-25")]
    assert told == ["not-started", "valid"]


def test_a_newer_record_hides_an_older_and_a_longer_wins(staff: Carepass) -> None:
    for day in ("2025-12-01", "2026-11-01"):
        staff("record", "add", "1000", "IPAC-101", "--on", day)
    row = standing(staff, "IPAC-101")
    assert (row["completed_on"], row["expires_on"]) == ("2026-11-01", "2027-11-01")
    assert standing(staff, "IPAC-101", "2026-12-02")["status"] == "valid"


def test_a_lapse_is_told_until_the_next_attempt(staff: Carepass) -> None:
    granted(staff, "WHMIS-1", "2026-11-23")
    assert standing(staff, "WHMIS-1", "2026-12-08")["step"] == "lapsed"
    granted(staff, "WHMIS-1", "2026-12-08")
    assert standing(staff, "WHMIS-1", "2026-12-09")["step"] == "in-progress"
