"""`carepass requirement`: the role template, and where a person stands in it."""

import pytest

from tests.commands.conftest import AT, granted, standing, submit
from tests.conftest import Carepass, assign, course, person

KEYS = [
    "home", "role", "code", "title", "provider", "minutes", "expiry", "employer_pays", "required_from", "due",
    "citation",
]  # fmt: skip
STANDING_KEYS = [
    *KEYS, "status", "step", "in_cart", "completed_on", "expires_on", "days_left", "due_on",
]  # fmt: skip


def test_add_prints_an_array_of_what_was_written(home: Carepass) -> None:
    course(home, "FIRE-1")
    rows = home("requirement", "add", "FIRE-1", "IPAC-101", *AT, "-o", "json").json
    assert [list(row) for row in rows] == [["result", *KEYS, "change"]] * 2
    assert [(row["code"], row["result"]) for row in rows] == [
        ("FIRE-1", "created"),
        ("IPAC-101", "unchanged"),
    ]
    assert (rows[0]["employer_pays"], rows[0]["required_from"]) == (True, "2026-11-21")


def test_list_has_the_keys_and_is_sorted(home: Carepass) -> None:
    rows = home.rows("requirement", "list")
    assert [list(row) for row in rows] == [KEYS] * 2
    assert [row["code"] for row in rows] == ["IPAC-101", "WHMIS-1"]


def test_add_again_with_another_value_is_an_update_from_today_on(home: Carepass) -> None:
    home.today = "2026-12-01"
    (row,) = home("requirement", "add", "IPAC-101", *AT, "--learner-pays", "-o", "json").json
    assert (row["result"], row["employer_pays"], row["required_from"]) == ("updated", False, "2026-11-21")
    (row,) = home("requirement", "add", "IPAC-101", *AT, "-o", "json").json
    assert (row["result"], row["employer_pays"]) == ("unchanged", False)
    paid = {day: home.rows("requirement", "list", today=day)[0]["employer_pays"]
            for day in ("2026-11-30", "2026-12-01")}  # fmt: skip
    assert paid == {"2026-11-30": True, "2026-12-01": False}


def test_what_is_not_given_anew_stays_as_it_was(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    staff("requirement", "add", "FIRE-1", *AT, "--due-within", "2mo", "--learner-pays")
    staff("requirement", "add", "FIRE-1", *AT, "--employer-pays", today="2026-12-01")
    staff("requirement", "add", "FIRE-1", *AT, "--due-within", "1w", today="2026-12-02")
    days = ("2026-11-30", "2026-12-01", "2026-12-02")
    told = [(row["due_on"], row["employer_pays"]) for row in (standing(staff, "FIRE-1", day) for day in days)]
    assert told == [("2027-01-21", False), ("2027-01-21", True), ("2026-11-28", True)]
    course(staff, "FIRE-2")
    staff("requirement", "add", "FIRE-2", *AT, "--from", "2026-12-10")
    staff("requirement", "add", "FIRE-2", *AT, "--learner-pays")
    assert "FIRE-2" not in [row["code"] for row in staff.rows("requirement", "list", today="2026-12-09")]


@pytest.mark.parametrize("how", ["like", "copy"])
def test_a_role_taken_over_asks_on_the_same_terms(staff: Carepass, how: str) -> None:
    course(staff, "FIRE-1")
    staff("requirement", "add", "FIRE-1", *AT, "--due-within", "2mo", "--learner-pays")
    model = ("--like", "maple-grove") if how == "like" else ()
    staff("home", "create", "oak-hill", "--name", "Oak Hill", *model)
    if how == "copy":
        staff("role", "copy", "maple-grove", "psw", "--to", "oak-hill")
    assign(staff, "1000", "oak-hill")
    staff("role", "confirm", "--account", "1000", "--home", "oak-hill", "--role", "psw")
    rows = staff.rows("requirement", "list", "--account", "1000", "--search", "FIRE-1")
    terms = [(row["home"], row["due_on"], row["employer_pays"]) for row in rows]
    assert terms == [("maple-grove", "2027-01-21", False), ("oak-hill", "2027-01-21", False)]


def test_remove_works_from_today_on(home: Carepass) -> None:
    home.today = "2026-12-01"
    remove = ("requirement", "remove", "WHMIS-1", *AT, "-o", "json")
    (row,) = home(*remove).json
    assert row == {
        "change": row["change"],
        "result": "updated", "home": "maple-grove", "role": "psw", "code": "WHMIS-1",
        "title": "Course WHMIS-1",
    }  # fmt: skip
    assert home(*remove).json[0]["result"] == "unchanged"
    assert [r["code"] for r in home.rows("requirement", "list")] == ["IPAC-101"]
    assert [r["code"] for r in home.rows("requirement", "list", today="2026-11-30")] == [
        "IPAC-101",
        "WHMIS-1",
    ]


def test_what_was_removed_today_may_be_given_back_today(home: Carepass) -> None:
    home.today = "2026-12-01"
    for result in ("created", "unchanged"):
        if result == "created":
            home("requirement", "remove", "WHMIS-1", *AT)
            assert [row["code"] for row in home.rows("requirement", "list")] == ["IPAC-101"]
        assert home.rows("requirement", "add", "WHMIS-1", *AT)[0]["result"] == result
        assert [row["code"] for row in home.rows("requirement", "list")] == ["IPAC-101", "WHMIS-1"]


def test_required_again_from_an_earlier_day_is_seen_once_a_day(home: Carepass) -> None:
    home("requirement", "remove", "WHMIS-1", *AT, today="2026-12-01")
    home("requirement", "add", "WHMIS-1", *AT, "--from", "2026-11-25", today="2026-12-10")
    for day in ("2026-11-26", "2026-12-05", "2026-12-10"):
        codes = [row["code"] for row in home.rows("requirement", "list", today=day)]
        assert codes == ["IPAC-101", "WHMIS-1"]


def test_a_requirement_to_come_is_left_out_until_then(staff: Carepass) -> None:
    """Out of every list and report."""
    course(staff, "FIRE-1", "--validity-years", "1")
    staff("record", "add", "1000", "FIRE-1", "--on", "2025-12-01")
    ran = staff("requirement", "add", "FIRE-1", *AT, "--from", "2027-01-15", "-o", "json")
    assert ran.json[0]["required_from"] == "2027-01-15"
    assert "2027-01-15" in ran.err
    lists = (
        ("requirement", "list"),
        ("requirement", "list", "--account", "1000"),
        ("report", "expiring"),
        ("report", "compliance", "--home", "maple-grove"),
        ("report", "compliance", "--home", "maple-grove", "--names"),
    )
    for line in lists:
        told = [
            "FIRE-1" in [row["code"] for row in staff.rows(*line, today=f"2027-01-{day}")] for day in (14, 15)
        ]
        assert told == [False, True], line
    matrix = ("report", "matrix", "--home", "maple-grove")
    assert ["FIRE-1" in staff.rows(*matrix, today=f"2027-01-{day}")[0] for day in (14, 15)] == [False, True]
    assert standing(staff, "FIRE-1", "2027-01-15")["due_on"] == "2027-02-14"


@pytest.mark.parametrize(
    ("args", "exit_code", "said"),
    [
        (("IPAC-11", *AT), 3, "IPAC-101"),
        (("IPAC-101", "--home", "maple", "--role", "psw"), 3, "maple-grove"),
        (("IPAC-101", "--home", "maple-grove", "--role", "pws"), 3, "psw"),
        (("IPAC-101", "--home", "maple-grove"), 2, "--role"),
        (("IPAC-101", *AT, "--from", "20261121"), 2, "--from"),
        (("IPAC-101", *AT, "--due-within", "30"), 2, "--due-within"),
        (AT, 2, "COURSE"),
    ],
)
def test_add_refuses(home: Carepass, args: tuple[str, ...], exit_code: int, said: str) -> None:
    assert said in home("requirement", "add", *args, "-o", "json", code=exit_code).err


def test_one_unknown_course_writes_nothing(home: Carepass) -> None:
    course(home, "FIRE-1")
    home("requirement", "add", "FIRE-1", "NOPE", *AT, code=3)
    assert len(home.rows("requirement", "list")) == 2


def test_dry_run_shows_and_writes_nothing(home: Carepass) -> None:
    course(home, "FIRE-1")
    log = home.rows("audit", "list")
    ran = home("requirement", "add", "FIRE-1", *AT, "--dry-run", "-o", "json")
    assert ran.json[0]["result"] == "created"
    assert "nothing was written" in ran.err
    home("requirement", "remove", "IPAC-101", *AT, "-n")
    assert len(home.rows("requirement", "list")) == 2
    assert home.rows("audit", "list") == log


def test_manage_my_training_has_the_keys(staff: Carepass) -> None:
    rows = staff.rows("requirement", "list", "--account", "1000")
    assert [list(row) for row in rows] == [STANDING_KEYS] * 2
    assert [rows[0][key] for key in STANDING_KEYS[11:]] == [
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


def test_an_empty_term_is_as_if_it_had_not_been_given(home: Carepass) -> None:
    asked = ("requirement", "add", "IPAC-101", "--home", "maple-grove", "--role", "psw", "-o", "json")
    (before,) = home(*asked, "--due-within", "10d", "--citation", "s. 76").json
    assert (before["due"], before["citation"]) == ("10d", "s. 76")
    (after,) = home(*asked, "--due-within", "", "--citation", "").json
    assert (after["result"], after["due"], after["citation"]) == ("updated", "30d", None)
    assert home(*asked, "--due-within", "", "--citation", "").json[0]["result"] == "unchanged"


def test_a_list_of_nothing_says_what_was_looked_for(staff: Carepass) -> None:
    ran = staff("requirement", "list", "--account", "1000", "--status", "overdue,expired")
    assert (ran.out, ran.err) == ("", "Nothing is overdue or expired here.\n")
