"""`carepass cart`: what is put in, whether it fits, and what submitting decides."""

import pytest

from tests.commands.conftest import AT, granted, registration, standing, submit
from tests.conftest import Carepass, assign, course, person

SHOW_KEYS = ["lines", "minutes", "capacity_minutes", "fits", "batches"]
ROW_KEYS = ["line", "code", "title", "decision", "reason", "payer", "access_by"]


def codes(carepass: Carepass, today: str | None = None) -> list[str]:
    return [line["code"] for line in carepass.rows("cart", "show", "1000", today=today)["lines"]]


def verdict(row: dict[str, str | None]) -> tuple[str | None, ...]:
    return row["decision"], row["reason"], row["payer"]


def test_add_finds_the_role_that_asks(staff: Carepass) -> None:
    ran = staff("cart", "add", "1000", "IPAC-101", "-o", "json")
    assert ran.json == [
        {
            "result": "created",
            "portal_id": "1000",
            "code": "IPAC-101",
            "title": "Course IPAC-101",
            "minutes": 30,
            "home": "maple-grove",
            "role": "psw",
            "self_pay": False,
            "change": ran.json[0]["change"],
        }
    ]
    assert "Warning" not in ran.err


def test_the_same_course_twice_is_unchanged(staff: Carepass) -> None:
    add = ("cart", "add", "1000", "IPAC-101", "-o", "json")
    assert [staff(*add).json[0]["result"] for _ in range(2)] == ["created", "unchanged"]
    assert staff(*add, "--self-pay").json[0]["result"] == "updated"
    assert [
        row["result"] for row in staff("cart", "add", "1000", "WHMIS-1", "WHMIS-1", "-o", "json").json
    ] == ["created"]
    assert codes(staff) == ["IPAC-101", "WHMIS-1"]


def test_an_unconfirmed_role_refuses(home: Carepass) -> None:
    person(home)
    for args in ((), AT, ("--home", "maple-grove"), ("--role", "psw")):
        error = home("cart", "add", "1000", "IPAC-101", *args, "-o", "json", code=4).error
        assert error["code"] == "role-not-confirmed"
    assign(home, "1000")
    assert home("cart", "add", "1000", "IPAC-101", "-o", "json", code=4).error["code"] == "role-not-confirmed"
    assert home.rows("cart", "show", "1000")["lines"] == []


@pytest.mark.parametrize(
    ("args", "exit_code", "said"),
    [
        (("9999", "IPAC-101"), 3, "account list"),
        (("1000", "IPAC-11"), 3, "IPAC-101"),
        (("1000", "IPAC-101", "--home", "maple", "--role", "psw"), 3, "maple-grove"),
        (("1000", "IPAC-101", "--home", "maple-grove", "--role", "pws"), 3, "psw"),
        (("1000", "IPAC-101", "--home", "maple"), 3, "maple-grove"),
        (("1000", "IPAC-101", "--role", "pws"), 3, "psw"),
        (("1000",), 2, "COURSE"),
    ],
)
def test_add_refuses(staff: Carepass, args: tuple[str, ...], exit_code: int, said: str) -> None:
    assert said in staff("cart", "add", *args, "-o", "json", code=exit_code).err


def test_one_bad_course_puts_none_in(staff: Carepass) -> None:
    staff("cart", "add", "1000", "IPAC-101", "NOPE", code=3)
    assert codes(staff) == []


def test_two_roles_that_ask_must_be_told_apart(staff: Carepass) -> None:
    staff("home", "create", "birch-manor", "--name", "Birch", "--like", "maple-grove")
    assign(staff, "1000", "birch-manor")
    staff("role", "confirm", "--account", "1000", "--home", "birch-manor", "--role", "psw")
    error = staff("cart", "add", "1000", "IPAC-101", "-o", "json", code=2).error
    assert "--home birch-manor --role psw" in error["hint"]
    assert "--home maple-grove --role psw" in error["hint"]
    (row,) = staff("cart", "add", "1000", "IPAC-101", "--home", "birch-manor", "-o", "json").json
    assert row["home"] == "birch-manor"
    staff("requirement", "remove", "WHMIS-1", "--home", "birch-manor", "--role", "psw")
    (row,) = staff("cart", "add", "1000", "WHMIS-1", "-o", "json").json
    assert row["home"] == "maple-grove"


def test_missing_is_narrowed_to_any_of_several_confirmed_roles(staff: Carepass) -> None:
    for code in ("birch-manor", "oak-court"):
        staff("home", "create", code, "--name", code, "--like", "maple-grove")
        assign(staff, "1000", code)
    staff("role", "confirm", "--account", "1000", "--home", "birch-manor", "--role", "psw")
    course(staff, "FIRE-1")
    staff("requirement", "add", "FIRE-1", "--home", "birch-manor", "--role", "psw")
    missing = ("cart", "add", "1000", "--missing", "--dry-run", "-o", "json")
    for narrowed in (("--home", "birch-manor,oak-court"), ("--home", "birch-manor", "--role", "psw")):
        rows = staff(*missing, *narrowed).json
        assert {(row["code"], row["home"]) for row in rows} == {
            ("FIRE-1", "birch-manor"), ("IPAC-101", "birch-manor"), ("WHMIS-1", "birch-manor"),
        }  # fmt: skip
    (row,) = staff("cart", "add", "1000", "FIRE-1", "--home", "maple-grove,birch-manor", "-o", "json").json
    assert row["home"] == "birch-manor"
    # One role is confirmed, but not the one at this home.
    error = staff(*missing, "--home", "oak-court", code=4).error
    assert (error["code"], "oak-court" in error["message"]) == ("role-not-confirmed", True)


def test_what_a_rule_will_reject_is_put_in_with_a_warning(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    ran = staff("cart", "add", "1000", "FIRE-1", "-o", "json")
    assert ran.json[0]["result"] == "created"
    assert "not-required" in ran.err
    assert staff("cart", "add", "1000", "FIRE-1", "-q", "-o", "json").err == ""


def test_remove_and_clear(staff: Carepass) -> None:
    staff("cart", "add", "1000", "IPAC-101", "WHMIS-1")
    rows = staff("cart", "remove", "1000", "IPAC-101", "-o", "json").json
    assert rows == [{"result": "updated", "portal_id": "1000", "code": "IPAC-101", "change": 10}]
    assert staff("cart", "remove", "1000", "IPAC-101", "-o", "json").json[0]["result"] == "unchanged"
    staff("cart", "remove", "1000", "IPAC-1", code=3)
    cleared = staff("cart", "clear", "1000", "-o", "json").json
    assert cleared == [{"result": "updated", "portal_id": "1000", "code": "WHMIS-1", "change": 11}]
    assert staff("cart", "clear", "1000", "-o", "json").json == []
    assert staff("cart", "clear", "1000", "-o", "csv").out == "result,portal_id,code,change\n"
    assert codes(staff) == []


def test_what_was_taken_out_is_not_under_way(staff: Carepass) -> None:
    for verb, step in (("add", "in-cart"), ("remove", None)):
        staff("cart", verb, "1000", "WHMIS-1")
        (gap,) = staff.rows("report", "gaps", "--code", "WHMIS-1")
        assert gap["step"] == standing(staff, "WHMIS-1")["step"] == step


def test_show_weighs_the_cart(staff: Carepass) -> None:
    assert staff.rows("cart", "show", "1000") == {
        "lines": [], "minutes": 0, "capacity_minutes": 840, "fits": True, "batches": [],
    }  # fmt: skip
    for code, minutes in (("A", 500), ("B", 400), ("C", 340), ("D", 900)):
        course(staff, code, minutes=minutes)
    staff("cart", "add", "1000", "A", "C")
    shown = staff.rows("cart", "show", "1000")
    assert list(shown) == SHOW_KEYS
    assert [shown[key] for key in SHOW_KEYS[1:]] == [840, 840, True, []]
    staff("cart", "add", "1000", "B", "D")
    ran = staff("cart", "show", "1000", "-o", "json")
    assert [ran.json[key] for key in SHOW_KEYS[1:]] == [2140, 840, False, [["A", "C"], ["B"], ["D"]]]
    assert "batches" in ran.err
    assert "A C; B; D" in staff("cart", "show", "1000").out
    assert "A C; B; D" in staff("cart", "show", "1000", "-o", "csv").out


def test_the_home_s_study_minutes_make_the_capacity(staff: Carepass) -> None:
    staff("home", "edit", "maple-grove", "--study-minutes-per-day", "1")
    assert staff.rows("cart", "show", "1000")["capacity_minutes"] == 14
    staff("cart", "add", "1000", "IPAC-101", "WHMIS-1")
    shown = staff.rows("cart", "show", "1000")
    assert (shown["capacity_minutes"], shown["batches"]) == (14, [["IPAC-101"], ["WHMIS-1"]])


def test_where_somebody_works_the_least_time_makes_the_capacity_of_an_empty_cart(staff: Carepass) -> None:
    """Of the homes where the role is confirmed and stands."""
    for home, minutes in (("oak-hill", "30"), ("birch-manor", "10"), ("cedar", "20")):
        staff("home", "create", home, "--name", home, "--study-minutes-per-day", minutes)
        staff("role", "create", home, "psw", "--name", "PSW")
        assign(staff, "1000", home)
    for home in ("oak-hill", "cedar"):
        staff("role", "confirm", "--account", "1000", "--home", home, "--role", "psw")
    assert staff.rows("cart", "show", "1000")["capacity_minutes"] == 14 * 20
    staff("role", "end", "1000", "--home", "cedar", "--role", "psw")
    assert staff.rows("cart", "show", "1000")["capacity_minutes"] == 14 * 30


def test_a_line_of_the_cart_has_its_keys(staff: Carepass) -> None:
    staff("cart", "add", "1000", "IPAC-101")
    (line,) = staff.rows("cart", "show", "1000")["lines"]
    assert list(line) == ["code", "title", "provider", "minutes", "home", "role", "self_pay", "added_on"]


def test_submit_prints_its_rows(staff: Carepass) -> None:
    (row,) = submit(staff, "IPAC-101", today="2026-11-23")
    assert list(row) == ["result", *ROW_KEYS, "change"]
    assert list(row.values())[:-1] == [
        "created", "1/IPAC-101", "IPAC-101", "Course IPAC-101", "approved", "employer-pays", "employer",
        "2026-11-25",
    ]  # fmt: skip
    assert codes(staff, "2026-11-23") == []
    assert codes(staff, "2026-11-22") == []


@pytest.mark.parametrize("output", ["json", "csv", "ndjson", "table"])
def test_an_empty_cart_is_nothing_to_do(staff: Carepass, output: str) -> None:
    ran = staff("cart", "submit", "1000", "-o", output)
    nothing = {"json": "[]\n", "csv": ",".join(["result", *ROW_KEYS, "change"]) + "\n"}
    assert ran.out == nothing.get(output, "")
    assert "empty" in ran.err
    assert staff.rows("submission", "list") == []


def test_dry_run_decides_and_writes_nothing(staff: Carepass) -> None:
    staff("cart", "add", "1000", "IPAC-101")
    messages = len(staff.rows("notify", "list"))
    (row,) = staff("cart", "submit", "1000", "--dry-run", "-o", "json").json
    assert row["decision"] == "approved"
    assert codes(staff) == ["IPAC-101"]
    assert staff.rows("submission", "list") == []
    assert len(staff.rows("notify", "list")) == messages
    for call in (("add", "1000", "WHMIS-1"), ("remove", "1000", "IPAC-101"), ("clear", "1000")):
        staff("cart", *call, "-n")
    assert codes(staff) == ["IPAC-101"]


def test_submit_tells_the_person(staff: Carepass) -> None:
    submit(staff, "IPAC-101", "WHMIS-1")
    messages = staff.rows("notify", "list")
    assert [m["kind"] for m in messages] == ["confirm-account", "confirm-role", "decision"]
    body = staff.rows("notify", "show", "3")["body"]
    assert "IPAC-101" in body
    assert "2026-11-24" in body


def test_an_ended_role_leaves_nothing_to_submit(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    staff("cart", "add", "1000", "FIRE-1", "IPAC-101", "--self-pay")
    staff("role", "end", "1000", *AT)
    assert staff.rows("cart", "show", "1000")["lines"] == []
    assert staff.rows("cart", "submit", "1000") == []


def test_not_required_before_already_valid(staff: Carepass) -> None:
    course(staff, "FIRE-1", "--validity-years", "1")
    staff("record", "add", "1000", "FIRE-1", "--on", "2026-11-20")
    assert verdict(submit(staff, "FIRE-1")[0]) == ("rejected", "not-required", None)
    assert verdict(submit(staff, "FIRE-1", "--self-pay")[0]) == ("rejected", "already-valid", None)


@pytest.mark.parametrize(
    ("today", "decision"),
    [("2027-09-30", "rejected"), ("2027-10-01", "approved"), ("2028-01-01", "approved")],
)
def test_already_valid_until_the_renewal_window(staff: Carepass, today: str, decision: str) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-30", today="2026-11-30")
    (row,) = submit(staff, "IPAC-101", today=today)
    assert row["decision"] == decision
    assert row["reason"] == ("already-valid" if decision == "rejected" else "employer-pays")


def test_the_home_sets_the_renewal_window(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-20")
    staff("home", "edit", "maple-grove", "--renewal-window", "1y")
    assert verdict(submit(staff, "IPAC-101")[0]) == ("approved", "employer-pays", "employer")
    staff("record", "add", "1000", "WHMIS-1", "--on", "2026-11-20")
    assert verdict(submit(staff, "WHMIS-1")[0]) == ("rejected", "already-valid", None)


def test_already_registered_before_retake_and_who_pays(staff: Carepass) -> None:
    granted(staff, "IPAC-101", "2026-11-23")
    staff("requirement", "add", "IPAC-101", *AT, "--learner-pays", today="2026-11-24")
    for flags in ((), ("--self-pay",)):
        (row,) = submit(staff, "IPAC-101", *flags, today="2026-11-24")
        assert verdict(row) == ("rejected", "already-registered", None)


def test_a_retake_before_learner_pays(staff: Carepass) -> None:
    line = granted(staff, "IPAC-101", "2026-11-23")
    staff("registration", "fail", line, today="2026-11-24")
    assert verdict(submit(staff, "IPAC-101", today="2026-11-24")[0]) == ("rejected", "retake", None)
    staff("requirement", "add", "IPAC-101", *AT, "--learner-pays", today="2026-11-24")
    assert verdict(submit(staff, "IPAC-101", today="2026-11-24")[0]) == ("rejected", "retake", None)
    (row,) = submit(staff, "IPAC-101", "--self-pay", today="2026-11-24")
    assert verdict(row) == ("approved", "self-pay", "learner")
    assert registration(staff, row["line"], "2026-11-24")["attempt"] == 2


def test_learner_pays_unless_self_pay(staff: Carepass) -> None:
    staff("requirement", "add", "IPAC-101", *AT, "--learner-pays")
    assert verdict(submit(staff, "IPAC-101")[0]) == ("rejected", "learner-pays", None)
    assert verdict(submit(staff, "IPAC-101", "--self-pay")[0]) == ("approved", "self-pay", "learner")


def test_self_pay_changes_nothing_where_the_employer_pays(staff: Carepass) -> None:
    assert verdict(submit(staff, "IPAC-101", "--self-pay")[0]) == ("approved", "employer-pays", "employer")


def test_not_required_with_self_pay(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    assert verdict(submit(staff, "FIRE-1", "--self-pay")[0]) == ("approved", "self-pay", "learner")


def test_what_is_waived_is_not_required(staff: Carepass) -> None:
    staff("requirement", "waive", "1000", "IPAC-101", "--reason", "x")
    assert verdict(submit(staff, "IPAC-101")[0]) == ("rejected", "not-required", None)


def test_equal_courses_answer_the_requirement_once(staff: Carepass) -> None:
    course(staff, "PCI-1", "--validity-years", "1")
    staff("course", "equate", "IPAC-101", "PCI-1")
    rows = submit(staff, "PCI-1", "IPAC-101")
    assert [verdict(row) for row in rows] == [
        ("approved", "employer-pays", "employer"),
        ("rejected", "already-registered", None),
    ]


def test_a_course_s_own_requirement_comes_before_an_equated_one(staff: Carepass) -> None:
    for code, pays in (("AAA", "--learner-pays"), ("ZZZ", "--learner-pays")):
        course(staff, code)
        staff("course", "equate", "IPAC-101", code)
        staff("requirement", "add", code, *AT, pays)
    assert verdict(submit(staff, "AAA")[0]) == ("rejected", "learner-pays", None)
    assert verdict(submit(staff, "ZZZ")[0]) == ("rejected", "learner-pays", None)
    assert verdict(submit(staff, "IPAC-101")[0]) == ("approved", "employer-pays", "employer")


def test_a_waiver_of_an_equal_course_waives_nothing_else(staff: Carepass) -> None:
    course(staff, "PCI-1")
    staff("course", "equate", "IPAC-101", "PCI-1")
    staff("requirement", "waive", "1000", "PCI-1", "--reason", "x")
    assert standing(staff, "IPAC-101")["status"] == "not-started"
    assert verdict(submit(staff, "PCI-1")[0]) == ("approved", "employer-pays", "employer")


@pytest.mark.parametrize(
    ("submitted_on", "access_by"),
    [
        ("2026-11-23", "2026-11-25"),  # Monday
        ("2026-11-20", "2026-11-24"),  # Friday
        ("2026-11-21", "2026-11-24"),  # Saturday
        ("2026-12-24", "2026-12-30"),  # Christmas, Boxing Day on a Saturday, its substitute on Monday
        ("2026-10-09", "2026-10-14"),  # Thanksgiving
        ("2026-12-30", "2027-01-04"),
    ],
)
def test_access_within_two_business_days(carepass: Carepass, submitted_on: str, access_by: str) -> None:
    carepass.today = "2026-10-01"
    carepass("home", "create", "maple-grove", "--name", "M")
    carepass("role", "create", "maple-grove", "psw", "--name", "P")
    course(carepass, "A")
    person(carepass)
    assign(carepass, "1000")
    carepass("role", "confirm", "--account", "1000", *AT)
    assert submit(carepass, "A", "--self-pay", today=submitted_on)[0]["access_by"] == access_by


def test_the_home_s_closing_days_do_not_count(staff: Carepass) -> None:
    staff("home", "edit", "maple-grove", "--close", "2026-11-23", "--close", "2026-11-25")
    assert submit(staff, "IPAC-101")[0]["access_by"] == "2026-11-26"
    staff("home", "edit", "maple-grove", "--open", "2026-11-23", today="2026-11-23")
    assert registration(staff, "1/IPAC-101")["access_by"] == "2026-11-26"
    staff("registration", "grant", "1/IPAC-101", today="2026-11-23")
    staff("home", "edit", "maple-grove", "--close", "2026-11-24", today="2026-11-24")
    (row,) = staff.rows("registration", "list", today="2026-11-24")
    assert row["access_by"] == "2026-11-24"


def test_history_keeps_every_submission(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    submit(staff, "IPAC-101", "FIRE-1")
    submit(staff, "WHMIS-1", today="2026-11-25")
    rows = staff.rows("cart", "history", "1000", today="2026-11-25")
    assert [row["line"] for row in rows] == ["1/IPAC-101", "1/FIRE-1", "2/WHMIS-1"]
    assert set(ROW_KEYS) < set(rows[0])
    assert len(staff.rows("cart", "history", "1000")) == 2
    lines = staff.rows("submission", "list", today="2026-11-25")
    assert [row["line"] for row in rows] == [row["line"] for row in lines]
    assert [row["decision"] for row in rows] == [row["decision"] for row in lines]


@pytest.mark.parametrize("verb", ["show", "submit", "clear", "history"])
def test_unknown_accounts(staff: Carepass, verb: str) -> None:
    assert staff("cart", verb, "4711", "-o", "json", code=3).error["code"] == "not-found"
