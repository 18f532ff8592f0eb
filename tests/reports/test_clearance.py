"""May this person work that day, and who began too soon."""

from pathlib import Path

import pytest

from tests.conftest import Carepass, course, person
from tests.reports.conftest import hire, record
from tests.shelf import kept

START = "2026-02-01"


@pytest.fixture
@kept
def ward(carepass: Carepass) -> Carepass:
    """maple-grove since 2026-02-01: psw requires FIRE before work, IPAC (annual) and LIFT within 30 days.
    1000 (Aube) began on 2026-02-01, 1001 (Béla) has not confirmed."""
    carepass.today = START
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    carepass("role", "create", "maple-grove", "psw", "--name", "PSW")
    for code, years in (("FIRE", ""), ("IPAC", "1"), ("LIFT", "")):
        course(carepass, code, *(("--validity-years", years) if years else ()))
    at = ("--home", "maple-grove", "--role", "psw")
    carepass("requirement", "add", "FIRE", *at, "--before-start", "--citation", "Act s. 82")
    carepass("requirement", "add", "IPAC", "LIFT", *at)
    for first, last in (("Ann", "Aube"), ("Bea", "Béla")):
        person(carepass, first, last, f"{first.lower()}@example.org")
    hire(carepass, "1000")
    carepass("role", "assign", "1001", *at, "--unverified")
    return carepass


def clearance(carepass: Carepass, *more: str, today: str | None = None) -> dict[str, list[str]]:
    """The reasons of each person, by portal ID; an empty list is cleared."""
    rows = carepass.rows("report", "clearance", "--home", "maple-grove", *more, today=today)
    assert all((row["clearance"] == "cleared") is (row["reasons"] == []) for row in rows)
    return {row["portal_id"]: row["reasons"] for row in rows}


def test_each_reason_on_its_own_day(ward: Carepass) -> None:
    assert clearance(ward)["1000"] == ["FIRE before-start"]
    record(ward, "1000", "FIRE", START)
    assert clearance(ward)["1000"] == []
    assert clearance(ward, "--on", "2026-03-03")["1000"] == []  # the due day itself
    assert clearance(ward, "--on", "2026-03-04")["1000"] == ["IPAC overdue", "LIFT overdue"]
    record(ward, "1000", "IPAC", "2026-02-01")
    record(ward, "1000", "LIFT", "2026-01-01")
    assert clearance(ward, "--on", "2027-02-01")["1000"] == []  # the last valid day
    assert clearance(ward, "--on", "2027-02-02")["1000"] == ["IPAC expired"]


def test_what_was_never_done_before_work_is_that_only(ward: Carepass) -> None:
    reasons = clearance(ward, "--on", "2026-06-01")["1000"]
    assert reasons == ["FIRE before-start", "IPAC overdue", "LIFT overdue"]


def test_a_role_that_is_not_confirmed(ward: Carepass) -> None:
    assert clearance(ward)["1001"][0] == "role-not-confirmed"
    ward("role", "end", "1000", "--home", "maple-grove", "--role", "psw", today="2026-03-01")
    assert "1000" in clearance(ward, today="2026-02-28")
    assert "1000" not in clearance(ward, today="2026-03-01")


def test_a_waiver_or_an_equal_course_answers_it(ward: Carepass) -> None:
    ward("requirement", "waive", "1000", "FIRE", "--reason", "seen", "--until", "2026-02-10")
    assert clearance(ward, "--on", "2026-02-10")["1000"] == []
    assert clearance(ward, "--on", "2026-02-11")["1000"] == ["FIRE before-start"]
    course(ward, "FEU")
    ward("course", "equate", "FIRE", "FEU")
    record(ward, "1000", "FEU", START)
    assert clearance(ward, "--on", "2026-02-11")["1000"] == []


def test_a_day_ahead_is_judged_by_what_is_known_today(ward: Carepass) -> None:
    """A record of tomorrow does not clear today; a requirement that begins by then counts."""
    at = ("--home", "maple-grove", "--role", "psw")
    record(ward, "1000", "FIRE", START)
    course(ward, "NEW")
    ward("requirement", "add", "NEW", *at, "--before-start", "--from", "2026-02-20")
    assert clearance(ward, "--on", "2026-02-19")["1000"] == []
    assert clearance(ward, "--on", "2026-02-20")["1000"] == ["NEW before-start"]
    ward("record", "add", "1000", "NEW", "--on", "2026-02-10", today="2026-02-10")
    assert clearance(ward, "--on", "2026-02-20", today="2026-02-09")["1000"] == ["NEW before-start"]
    assert clearance(ward, "--on", "2026-02-20", today="2026-02-10")["1000"] == []


def test_a_past_day_is_seen_as_it_was(ward: Carepass) -> None:
    ward("record", "add", "1000", "FIRE", "--on", "2026-02-10", today="2026-02-10")
    assert clearance(ward, "--on", "2026-02-09", today="2026-02-15")["1000"] == ["FIRE before-start"]
    assert clearance(ward, "--on", "2026-02-10", today="2026-02-15")["1000"] == []


def test_it_agrees_with_the_status_of_the_day(ward: Carepass) -> None:
    record(ward, "1000", "FIRE", START)
    for day in ("2026-03-03", "2026-03-04"):
        rows = ward.rows("requirement", "list", "--account", "1000", today=day)
        late = {f"{row['code']} {row['status']}" for row in rows if row["status"] in ("overdue", "expired")}
        assert set(clearance(ward, today=day)["1000"]) == late


def roster(path: Path, *lines: str) -> str:
    path.write_text("\n".join(("portal_id,home,role,on,shift", *lines)) + "\n")
    return str(path)


def test_a_roster_is_answered_line_by_line(ward: Carepass, tmp_path: Path) -> None:
    record(ward, "1000", "FIRE", START)
    file = roster(
        tmp_path / "roster.csv",
        "1000,maple-grove,psw,2026-03-04,night",
        "1001,maple-grove,psw,2026-02-01,day",
        "1000,Maple Grove,PSW,2026-02-01,day",  # names stand for codes
    )
    rows = ward.rows("report", "clearance", "--roster", file)
    assert [(row["portal_id"], row["on"], row["clearance"]) for row in rows] == [
        ("1000", "2026-03-04", "not-cleared"),
        ("1001", "2026-02-01", "not-cleared"),
        ("1000", "2026-02-01", "cleared"),
    ]
    csv = ward("report", "clearance", "--roster", file, "-o", "csv").out.splitlines()
    assert csv[0] == "on,home,role,portal_id,last_name,first_name,clearance,reasons"
    assert csv[1].endswith("not-cleared,IPAC overdue; LIFT overdue")
    ward("report", "clearance", "--roster", file, "--fail-if-any", code=10)


def test_a_role_never_held_or_ended_is_not_confirmed(ward: Carepass, tmp_path: Path) -> None:
    ward("role", "create", "maple-grove", "cook", "--name", "Cook")
    ward("role", "end", "1000", "--home", "maple-grove", "--role", "psw", today="2026-02-20")
    file = roster(
        tmp_path / "roster.csv", "1000,maple-grove,cook,2026-02-10,", "1000,maple-grove,psw,2026-02-20,"
    )
    rows = ward.rows("report", "clearance", "--roster", file, today="2026-02-20")
    assert [row["reasons"] for row in rows] == [["role-not-confirmed"]] * 2


def test_a_roster_knows_people_by_what_a_merged_account_had(ward: Carepass, tmp_path: Path) -> None:
    ward(
        "account", "create", "--first-name", "Ann", "--last-name", "Aube", "--birthdate", "1990-05-17",
        "--email", "ann.twice@example.org", "--allow-duplicate",
    )  # fmt: skip
    merged = ward.rows("account", "list", "--search", "ann.twice")[0]["portal_id"]
    ward("account", "merge", "1000", merged, "--reason", "one person", "--yes")
    day = "maple-grove,psw,2026-02-20"
    file = roster(tmp_path / "roster.csv", f"1000,{day},", f"{merged},{day},")
    one, other = ward.rows("report", "clearance", "--roster", file)
    assert one == other


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("9999,maple-grove,psw,2026-02-01,", "9999"),
        ("1000,maple-grov,psw,2026-02-01,", "maple-grov"),
        ("1000,maple-grove,pws,2026-02-01,", "pws"),
        ("1000,maple-grove,psw,soon,", "soon"),
    ],
)
def test_a_line_that_names_nothing_known_is_a_bad_row(
    ward: Carepass, tmp_path: Path, line: str, told: str
) -> None:
    file = roster(tmp_path / "roster.csv", "1000,maple-grove,psw,2026-02-01,", line)
    ran = ward("report", "clearance", "--roster", file, "-o", "json", code=5)
    assert ran.out == ""
    assert told in ran.error["message"]
    assert "3" in ran.error["message"]


def test_nobody_to_clear_is_quiet(ward: Carepass) -> None:
    ward("role", "create", "maple-grove", "cook", "--name", "Cook")
    assert clearance(ward, "--role", "cook") == {}
    ward("report", "clearance", "--home", "maple-grov", code=3)


def onboarding(carepass: Carepass, *more: str, today: str | None = None) -> list[dict]:
    return carepass.rows("report", "onboarding", "--home", "maple-grove", *more, today=today)


def test_who_began_too_soon(ward: Carepass) -> None:
    assert onboarding(ward) == []  # the first day is in time
    (row,) = onboarding(ward, today="2026-02-05")
    assert {key: row[key] for key in ("portal_id", "code", "due_on", "completed_on", "days_late")} == {
        "portal_id": "1000", "code": "FIRE", "due_on": START, "completed_on": None, "days_late": 4,
    }  # fmt: skip
    ward("record", "add", "1000", "FIRE", "--on", "2026-02-03", today="2026-02-05")
    (row,) = onboarding(ward, today="2026-03-01")
    assert (row["completed_on"], row["days_late"]) == ("2026-02-03", 2)
    ward("record", "add", "1000", "FIRE", "--on", "2026-02-20", today="2026-03-01")
    assert onboarding(ward, today="2026-03-01") == [row]  # the first time counts
    ward("role", "end", "1000", "--home", "maple-grove", "--role", "psw", today="2026-03-01")
    assert [row["portal_id"] for row in onboarding(ward, today="2026-03-02")] == ["1000"]
    assert onboarding(ward, "--since", "2026-02-02", today="2026-03-02") == []


def test_in_time_waived_and_unconfirmed_are_left_out(ward: Carepass) -> None:
    ward("requirement", "waive", "1000", "FIRE", "--reason", "seen", today="2026-02-02")
    assert onboarding(ward, today="2026-02-10") == []
    record(ward, "1001", "FIRE", "2026-01-15")
    ward("role", "confirm", "--account", "1001", "--home", "maple-grove", "--role", "psw")
    assert onboarding(ward, today="2026-02-10") == []
