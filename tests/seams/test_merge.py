"""Two accounts of one person become one, from a day on."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass, assign, course, person
from tests.shelf import kept

AT = ("--home", "maple-grove", "--role", "psw")
MERGE = ("account", "merge", "1000", "1001", "--reason", "one person", "--yes")
DAY, EVE = "2026-11-30", "2026-11-29"

# What is asked about each of two people, and about everybody.
EACH = (
    ("record", "list"),
    ("role", "assignments", "--account"),
    ("registration", "list", "--account"),
    ("requirement", "list", "--account"),
    ("requirement", "waivers", "--account"),
    ("report", "gaps", "--account"),
    ("cart", "history"),
    ("cart", "show"),
    ("account", "show"),
)
ALL = (
    ("report", "expiring", "--within", "2y"),
    ("report", "gaps"),
    ("report", "matrix", "--home", "maple-grove"),
    ("report", "compliance", "--home", "maple-grove"),
    ("report", "clearance", "--home", "maple-grove"),
    ("report", "deadlines"),
    ("submission", "list"),
    ("account", "leaves"),
    ("account", "list"),
    ("status",),
)


def looked_at(carepass: Carepass, today: str) -> dict[str, Any]:
    """What every list says on a day."""
    asked = [(*line, who) for line in EACH for who in ("1000", "1001")]
    return {" ".join(line): carepass.rows(*line, today=today) for line in (*asked, *ALL)}


@pytest.fixture
@kept
def two(staff: Carepass, tmp_path: Path) -> Carepass:
    """The psw 1000, who has IPAC-101; and 1001, who works at a second home, too, and has all that somebody
    may have."""
    scan = tmp_path / "scan.txt"
    scan.write_text("seen")
    staff("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    for code in ("FIRE-1", "LIFT-1", "FOOD-1"):
        course(staff, code, "--validity-years", "1")
    staff("requirement", "add", "FIRE-1", "LIFT-1", "FOOD-1", "--home", "oak-hill", "--role", "psw")
    person(staff, "Hélène", "O'Brien", "h.obrien@example.org", "--employee-number", "007")
    assign(staff, "1001")
    assign(staff, "1001", "oak-hill")
    for home in ("maple-grove", "oak-hill"):
        staff("role", "confirm", "--account", "1001", "--home", home, "--role", "psw")
    for who in ("1000", "1001"):
        staff("record", "add", who, "IPAC-101", "--on", "2026-10-01")
    staff("record", "attach", "2", str(scan))
    staff("record", "add", "1001", "WHMIS-1", "--on", "2026-10-02")
    staff("requirement", "waive", "1001", "LIFT-1", "--reason", "hands")
    staff("cart", "add", "1001", "FIRE-1")
    staff("cart", "submit", "1001")
    staff("cart", "add", "1001", "FOOD-1")
    staff("account", "leave", "1001", "--from", "2026-12-01", "--reason", "parental")
    staff.today = DAY
    return staff


def test_what_the_other_had_is_the_kept_ones_from_today_on(two: Carepass) -> None:
    merged = two(*MERGE, "-o", "json").json
    assert (merged["result"], merged["portal_id"], merged["merged"]) == ("updated", "1000", "1001")
    assert merged["employee_number"] == "007"
    shown = two.rows("account", "show", "1001")
    assert (shown["status"], shown["merged_into"]) == ("deactivated", "1000")
    assert "merged_into" not in two.rows("account", "show", "1000")
    records = [(row["record"], row["voided_on"]) for row in two.rows("record", "list", "1000")]
    assert sorted(records) == [(1, None), (2, DAY), (3, None)]
    assert [row["name"] for row in two.rows("record", "files", "1")] == ["scan.txt"]
    roles = two.rows("role", "assignments", "--account", "1000")
    assert [(row["home"], row["status"]) for row in roles] == [
        ("maple-grove", "confirmed"),
        ("oak-hill", "confirmed"),
    ]
    asked = {row["code"]: row for row in two.rows("requirement", "list", "--account", "1000")}
    assert {code: asked[code]["status"] for code in ("IPAC-101", "WHMIS-1", "LIFT-1")} == {
        "IPAC-101": "valid", "WHMIS-1": "valid", "LIFT-1": "waived",
    }  # fmt: skip
    assert (asked["FIRE-1"]["step"], asked["FOOD-1"]["in_cart"]) == ("approved", True)
    two("registration", "grant", "1/FIRE-1")
    (line,) = two.rows("report", "deadlines")
    assert (line["line"], line["portal_id"]) == ("1/FIRE-1", "1000")
    assert [row["portal_id"] for row in two.rows("account", "leaves")] == ["1000"]
    for line in EACH[:-2]:
        assert two.rows(*line, "1001") == []
    assert {row["portal_id"] for row in two.rows("report", "matrix", "--home", "oak-hill")} == {"1000"}


def test_earlier_days_keep_what_was_and_it_is_undone(two: Carepass) -> None:
    eve, before = looked_at(two, EVE), looked_at(two, DAY)
    two(*MERGE)
    assert looked_at(two, EVE) == eve
    assert looked_at(two, DAY) != before
    assert {row["action"] for row in two.rows("audit", "list", "--account", "1001")} >= {"create", "merge"}
    two("audit", "undo", "--last", "--yes")
    assert looked_at(two, EVE) == eve
    assert looked_at(two, DAY) == before
    two("store", "check", "--full")
    two("audit", "verify")


def test_a_dry_run_says_what_would_move_and_writes_nothing(two: Carepass) -> None:
    before = looked_at(two, DAY)
    told = two(*MERGE[:-1], "-n", "-o", "json").json
    counts = ("records", "roles", "cart", "submissions", "registrations", "waivers", "leaves")
    assert [told[key] for key in counts] == [2, 2, 2, 1, 1, 1, 1]
    assert looked_at(two, DAY) == before
    assert "--yes" in two(*MERGE[:-1], "-o", "json", code=2).error["hint"]


def test_again_is_unchanged_and_nothing_is_done_with_what_was_merged(two: Carepass) -> None:
    two(*MERGE)
    again = two(*MERGE, "-o", "json").json
    assert (again["result"], again["change"]) == ("unchanged", None)
    reactivate = ("account", "edit", "1001", "--reactivate")
    back = ("account", "merge", "1001", "1000", "--reason", "no", "--yes")
    for line in (reactivate, back):
        refused = two(*line, "-o", "json", code=4).error
        assert (refused["code"], "1000" in refused["message"]) == ("account-merged", True)
    itself = ("account", "merge", "1000", "1000", "--reason", "no", "--yes")
    assert two(*itself, "-o", "json", code=4).error["code"] == "same-account"


@pytest.mark.parametrize("keep", [("1000", "1001"), ("1001", "1000")])
def test_of_a_pending_and_a_confirmed_role_the_confirmed_one_stays(
    staff: Carepass, keep: tuple[str, str]
) -> None:
    person(staff, "Hélène", "O'Brien", "other@example.org")
    assign(staff, "1001", "maple-grove", "psw")
    staff("account", "merge", *keep, "--reason", "one person", "--yes")
    (role,) = staff.rows("role", "assignments", "--account", keep[0])
    assert role["status"] == "confirmed"
    assert staff.rows("role", "pending") == []


def test_a_token_and_its_letter_go_on_to_the_kept_one(staff: Carepass, tmp_path: Path) -> None:
    person(staff, "Hélène", "O'Brien", "other@example.org")
    staff("role", "create", "maple-grove", "rn", "--name", "Nurse")
    assign(staff, "1001", "maple-grove", "rn")
    letter = staff.rows("notify", "list")[-1]["id"]
    token = staff.rows("notify", "show", str(letter))["body"].split("role confirm ")[1].split()[0]
    staff(*MERGE)
    sent = staff.rows("notify", "run", "--eml", str(tmp_path / "mail"))
    assert [row["to"] for row in sent if row["id"] == letter] == ["helene@example.org"]
    assert "other@example.org" not in {row["to"] for row in sent}
    assert "confirm-account" not in {row["kind"] for row in sent}
    staff("role", "confirm", token)
    (role,) = (row for row in staff.rows("role", "assignments", "--account", "1000") if row["role"] == "rn")
    assert role["status"] == "confirmed"


@pytest.mark.parametrize("code", ["IPAC-101", "PCI-101"])
def test_one_course_is_under_way_once(staff: Carepass, code: str) -> None:
    """So is its twin in the other language, as `cart submit` sees it."""
    course(staff, "PCI-101")
    staff("course", "equate", "IPAC-101", "PCI-101")
    person(staff, "Hélène", "O'Brien", "other@example.org")
    assign(staff, "1001")
    staff("role", "confirm", "--account", "1001", *AT)
    for who, chosen in (("1000", "IPAC-101"), ("1001", code)):
        staff("cart", "add", who, chosen, *AT)
        staff("cart", "submit", who)
    staff("registration", "grant", f"2/{code}")
    staff(*MERGE)
    lines = {row["line"]: row["status"] for row in staff.rows("registration", "list", "--account", "1000")}
    assert lines == {"1/IPAC-101": "withdrawn", f"2/{code}": "in-progress"}
    assert staff.rows("report", "retakes") == []


def test_the_next_attempt_counts_those_of_both(staff: Carepass) -> None:
    """Each keeps the number under which it was approved; the one after them is the third."""
    person(staff, "Hélène", "O'Brien", "other@example.org")
    assign(staff, "1001")
    staff("role", "confirm", "--account", "1001", *AT)
    for number, who in enumerate(("1000", "1001"), 1):
        staff("cart", "add", who, "IPAC-101")
        staff("cart", "submit", who)
        staff("registration", "grant", f"{number}/IPAC-101")
        staff("registration", "fail", f"{number}/IPAC-101")
    staff(*MERGE)
    staff("cart", "add", "1000", "IPAC-101", "--self-pay")
    (line,) = staff.rows("cart", "submit", "1000")
    assert (line["decision"], line["payer"]) == ("approved", "learner")
    found = staff.rows("registration", "list", "--account", "1000")
    assert [row["attempt"] for row in found] == [1, 1, 3]


@pytest.mark.parametrize(
    "key", ["portal_id\n1001", "email\nh.obrien@example.org", "employee_number\n007"], ids=lambda key: key[:6]
)
def test_next_months_file_names_the_other_account_and_means_the_kept_one(two: Carepass, key: str) -> None:
    two(*MERGE)
    header, value = key.split("\n")
    file = f"{header},code,completed_on\n{value},FIRE-1,2026-11-03\n"
    assert two("record", "import", "-", "-o", "json", input=file).json["created"] == 1
    assert "FIRE-1" in [row["code"] for row in two.rows("record", "list", "1000")]
    staff = f"{header},home,role,last_name\n{value},oak-hill,psw,O'Brien\n"
    assert two("role", "import", "-", "-o", "json", input=staff).json["unchanged"] == 1


@pytest.mark.parametrize(("signed_on", "code"), [(EVE, 0), (DAY, 4)])
def test_a_merge_is_not_undone_once_its_records_are_signed_anew(
    two: Carepass, tmp_path: Path, signed_on: str, code: int
) -> None:
    """What the other account's passport carries is right again when it is undone; not the kept one's."""
    two("home", "keys", "oak-hill", today=EVE)
    if signed_on == EVE:
        two("passport", "export", "1001", str(tmp_path / "p.json"), "--home", "oak-hill", today=EVE)
    two(*MERGE)
    if signed_on == DAY:
        two("passport", "export", "1000", str(tmp_path / "p.json"), "--home", "oak-hill")
    log = two.rows("audit", "list", "--account", "1001")
    change = str(next(entry["change"] for entry in log if entry["action"] == "merge"))
    ran = two("audit", "undo", change, "--yes", "-o", "json", code=code)
    assert code == 0 or ran.error["code"] == "already-signed"


@pytest.mark.parametrize(
    "line",
    [
        ("record", "add", "1001", "IPAC-101", "--on", "2026-11-20"),
        ("requirement", "waive", "1001", "IPAC-101", "--reason", "x"),
        ("account", "leave", "1001", "--from", "2026-11-21", "--reason", "x"),
        ("account", "confirm", "--account", "1001"),
        ("role", "assign", "1001", "--home", "oak-hill", "--role", "psw", "--unverified"),
        ("cart", "add", "1001", "IPAC-101"),
        ("cart", "add", "1001", "--missing"),
    ],
)
def test_nothing_is_written_about_the_account_that_is_gone(two: Carepass, line: tuple[str, ...]) -> None:
    two("account", "merge", "1000", "1001", "--reason", "the same person", "--yes")
    error = two(*line, "-o", "json", code=4).error
    assert error["code"] == "account-merged"
    assert "1000" in error["hint"]
