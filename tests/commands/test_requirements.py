"""`carepass requirement`: the role template."""

import pytest

from tests.commands.conftest import AT, standing
from tests.conftest import Carepass, assign, course

KEYS = [
    "home", "role", "code", "title", "provider", "minutes", "expiry", "employer_pays", "required_from", "due",
    "citation",
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
