"""What two features say about one fact, each where they once contradicted each other."""

import pytest

from tests.conftest import Carepass, assign, course, person
from tests.seams.test_settlement import AT, LINE, approved, submit, waiting  # noqa: F401

# ruff: noqa: F811  (fixtures that are imported, and asked for by name)
BAD = ("a@b..c", "a@-x.ca", "a@x-.ca", "a..b@x.ca", "a@x.ca\u200b", "a\u200b@x.ca", "a@" + "x" * 64 + ".ca")
MADE = ("account", "create", "--first-name", "Bo", "--last-name", "Li", "--birthdate", "1980-01-01")
ENDINGS = pytest.mark.parametrize(
    "ending", [("role", "end", "1000", *AT), ("account", "deactivate", "1000", "--reason", "left")], ids=str
)


@ENDINGS
def test_a_leaver_gets_no_access(approved: Carepass, ending: tuple[str, ...]) -> None:
    approved(*ending)
    assert approved("registration", "grant", LINE, "-o", "json", code=4).error["code"] == "already-withdrawn"
    assert approved.rows("registration", "grant", "--due") == []


@ENDINGS
def test_a_former_home_neither_blocks_nor_costs(approved: Carepass, ending: tuple[str, ...]) -> None:
    approved("registration", "grant", LINE)
    approved.today = "2026-01-08"
    approved("registration", "fail", LINE)
    approved("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    approved(*ending)
    if ending[0] == "account":
        approved("account", "edit", "1000", "--reactivate")
    assign(approved, "1000", "oak-hill")
    approved("role", "confirm", "--account", "1000", "--home", "oak-hill", "--role", "psw")
    decided = submit(approved)
    assert (decided["decision"], decided["payer"]) == ("approved", "employer")


@pytest.mark.parametrize("address", BAD)
@pytest.mark.parametrize(
    "door",
    [
        (*MADE, "--email"),
        ("account", "edit", "1000", "--email"),
        ("home", "create", "oak", "--name", "Oak", "--manager-email"),
        ("home", "edit", "maple-grove", "--manager-email"),
    ],
    ids=lambda door: " ".join(door[:2]),
)
def test_an_address_that_dns_would_refuse_is_none(
    staff: Carepass, door: tuple[str, ...], address: str
) -> None:
    staff(*door, address, "-o", "json", code=2)


@pytest.mark.parametrize("address", BAD)
def test_nor_is_it_one_in_a_file(staff: Carepass, address: str) -> None:
    who = f"Bo,Li,1980-01-01,{address}"
    files = {
        ("account", "import"): f"first_name,last_name,birthdate,email\n{who}\n",
        ("role", "import", "--create-accounts"): (
            f"first_name,last_name,birthdate,email,home,role\n{who},maple-grove,psw\n"
        ),
        ("role", "sync", "--home", "maple-grove", "--create-accounts"): (
            f"first_name,last_name,birthdate,email,role\n{who},psw\n"
        ),
        ("home", "import"): f"code,name,manager_email\noak,Oak,{address}\n",
    }
    for (noun, verb, *more), text in files.items():
        staff(noun, verb, "-", *more, input=text, code=5)


def test_one_key_finds_a_person_at_every_door(staff: Carepass) -> None:
    """As a Mac writes it (NFD), in capitals, with full-width letters, with the domain as DNS has it."""
    composed = "rené@foyer-érable.example"
    person(staff, "René", "Roy", composed)
    for same in ("rene\u0301@foyer-e\u0301rable.example", "RENÉ@xn--foyer-rable-gbb.example",
                 "\uff52ené@foyer-érable.example"):  # fmt: skip
        assert staff.rows("account", "show", same)["portal_id"] == "1001"
        assert staff(*MADE, "--email", same, "-o", "json", code=4).error["code"] == "email-in-use"
        edit = ("account", "edit", "1000", "--email", same)
        assert staff(*edit, "-o", "json", code=4).error["code"] == "email-in-use"
        rows = f"email,home,role,last_name\n{same},maple-grove,psw,Roy\n"
        done = staff("role", "import", "-", "-o", "json", input=rows).json
        assert done["created"] + done["unchanged"] == 1
        rows = f"email,code,completed_on\n{same},WHMIS-1,2026-11-02\n"
        done = staff("record", "import", "-", "-o", "json", input=rows).json
        assert done["created"] + done["unchanged"] == 1
        rows = f"email,home,role,on\n{same},maple-grove,psw,2026-11-21\n"
        (cleared,) = staff("report", "clearance", "--roster", "-", "-o", "json", input=rows).json
        assert cleared["portal_id"] == "1001"
        rows = f"email,code\n{same},IPAC-101\n"
        staff("role", "confirm", "--account", "1001", *AT)
        done = staff("cart", "import", "-", "-o", "json", input=rows).json
        assert done["created"] + done["unchanged"] == 1
    assert len(staff.rows("account", "list")) == 2


def test_a_role_begins_on_its_start(home: Carepass) -> None:
    """Confirmed in January, to begin in April: until then nothing is missing."""
    person(home)
    assign(home, "1000", "maple-grove", "psw", "--start", "2027-04-01")
    home("role", "confirm", "--account", "1000", *AT)
    home("record", "add", "1000", "IPAC-101", "--on", "2026-01-31")
    for today, alarm in (("2027-02-15", 0), ("2027-04-01", 2)):
        home("check", today=today, code=alarm)
        gaps = {row["status"] for row in home.rows("report", "gaps", today=today)}
        assert gaps == ({"expired", "not-started"} if alarm else set())
        listed = {row["status"] for row in home.rows("report", "expiring", today=today)}
        assert listed == ({"expired"} if alarm else set())
        (status,) = home.rows("status", today=today)
        assert (status["staff"], status["expired"]) == ((1, 1) if alarm else (0, 0))
    assert home.rows("report", "compliance", "--home", "maple-grove", today="2027-02-15")[0]["required"] == 0


def test_the_help_of_an_ending_names_the_last_day(home: Carepass) -> None:
    said = " ".join(home("role", "end", "--help").out.split())
    assert "first day that no longer counts" in said
    assert "the day after the last one worked" in said


def test_a_role_that_ended_on_the_last_of_the_year_is_not_in_it(staff: Carepass) -> None:
    staff("role", "end", "1000", *AT, "--on", "2026-12-31", today="2027-01-04")
    line = ("report", "compliance", "--home", "maple-grove", "--year", "2026")
    assert staff.rows(*line, today="2027-01-04")[0]["required"] == 0


def test_a_decided_step_gives_way_to_a_later_completion(waiting: Carepass) -> None:
    waiting("submission", "reject", "2/IPAC-101", "--reason", "in spring")
    listed = ("requirement", "list", "--account", "1000")
    assert waiting.rows(*listed)[0]["step"] == "rejected"
    waiting("record", "add", "1000", "IPAC-101", "--on", "2026-06-06", today="2026-06-06")
    (row,) = waiting.rows(*listed, today="2026-06-06")
    assert (row["status"], row["step"]) == ("valid", None)
    (gap,) = waiting.rows(*listed, today="2026-06-05")
    assert gap["step"] == "rejected"


def test_what_waives_one_of_two_equal_courses_says_so_of_that_one(approved: Carepass) -> None:
    approved("requirement", "add", "IPAC-102", *AT, "--learner-pays")
    approved("registration", "withdraw", LINE)
    approved("requirement", "waive", "1000", "IPAC-101", "--reason", "hands")
    asked = {row["code"]: row for row in approved.rows("requirement", "list", "--account", "1000")}
    for code, status in (("IPAC-101", "waived"), ("IPAC-102", "not-started")):
        assert asked[code]["status"] == status
        assert approved("explain", "1000", code, "-o", "json").json["status"] == status


def test_the_same_again_is_unchanged_and_another_value_is_refused(staff: Carepass) -> None:
    same = (*MADE, "--email", "bo@example.org", "--language", "fr", "--student-number", "S1")
    assert staff(*same, "-o", "json").json["result"] == "created"
    assert staff(*same, "-o", "json").json["result"] == "unchanged"
    other = [word if word != "S1" else "S2" for word in same]
    assert staff(*other, "-o", "json", code=4).error["code"] == "email-in-use"
    made = ("course", "create", "FIRE-1", "--title", "F", "--provider", "P", "--minutes", "30")
    staff(*made)
    assert staff(*made, "-o", "json").json["result"] == "unchanged"
    assert staff(*made[:-1], "45", "-o", "json", code=4).error["code"] == "code-in-use"
    made = ("home", "create", "oak", "--name", "Oak")
    staff(*made)
    assert staff(*made, "-o", "json").json["result"] == "unchanged"
    assert staff(*made, "--city", "Ajax", "-o", "json", code=4).error["code"] == "code-in-use"


def test_what_was_taken_back_stays_so_until_again(staff: Carepass) -> None:
    course(staff, "FIRE-1", "--validity-years", "1")
    person(staff, "Bo", "Li", "bo@example.org")
    rows = "email,home,role,last_name\nbo@example.org,maple-grove,psw,Li\n"
    records = "email,code,completed_on\nbo@example.org,FIRE-1,2026-11-02\n"
    staff("role", "import", "-", input=rows)
    staff("record", "import", "-", input=records)
    staff("role", "decline", "--account", "1001", *AT)
    staff("record", "void", "1", "--reason", "somebody else")
    for noun, text, error in (("role", rows, "declined"), ("record", records, "void")):
        refused = staff(noun, "import", "-", "-o", "json", input=text, code=5).json
        assert [each["error"] for each in refused["errors"]] == [error]
        assert staff(noun, "import", "-", "--again", "-o", "json", input=text).json["created"] == 1
        assert staff(noun, "import", "-", "-o", "json", input=text).json["unchanged"] == 1
    staff("role", "confirm", "--account", "1001", *AT)
    staff("role", "end", "1001", *AT, today="2026-11-22")
    later = staff("role", "import", "-", "-o", "json", input=rows, today="2026-11-23", code=5).json
    assert [each["error"] for each in later["errors"]] == ["ended"]
