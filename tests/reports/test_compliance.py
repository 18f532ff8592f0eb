"""`report compliance`: numbers, percent and names, by the calendar or rolling."""

from datetime import date
from typing import Any

import pytest

from carepass_cli.rules.compliance import printed_rules
from tests.conftest import Carepass, course
from tests.reports.conftest import hire, record

HOME = ("--home", "maple-grove")


def numbers(carepass: Carepass, *args: str, today: str | None = None) -> dict[str, Any]:
    rows = carepass.rows("report", "compliance", *HOME, *args, today=today)
    return {row["code"]: (row["required"], row["completed"], row["percent"]) for row in rows}


def missing(carepass: Carepass, code: str, *args: str) -> list[str]:
    rows = carepass.rows("report", "compliance", *HOME, "--names", *args)
    return [row["portal_id"] for row in rows if row["code"] == code]


def test_rows_by_course_with_their_exact_keys(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2026-03-01")
    record(team, "1002", "IPAC-101", "2026-03-01")
    rows = team.rows("report", "compliance", *HOME)
    assert [row["code"] for row in rows] == ["IPAC-101", "LIFT-3", "MEDS-1", "WHMIS-1"]
    assert rows[0] == {
        "code": "IPAC-101", "title": "Course IPAC-101", "required": 3, "completed": 2, "percent": 66.7,
    }  # fmt: skip


def test_nobody_required_is_not_a_hundred_percent(team: Carepass) -> None:
    team("role", "end", "1002", *HOME, "--role", "rn")
    assert numbers(team)["MEDS-1"] == (0, 0, None)
    table = team("report", "compliance", *HOME).out
    (line,) = [line for line in table.splitlines() if line.startswith("MEDS-1")]
    assert line.split()[-3:] == ["0", "0", "n/a"]
    assert "MEDS-1,Course MEDS-1,0,0,\n" in team("report", "compliance", *HOME, "-o", "csv").out
    team("requirement", "add", "IPAC-101", *HOME, "--role", "psw", "--citation", "s. 7")
    table = team("report", "compliance", *HOME).out
    (line,) = [line for line in table.splitlines() if line.startswith("MEDS-1")]
    assert line.split()[-3:] == ["0", "0", "n/a"]


def test_the_rules_are_printed_under_the_table_alone(team: Carepass) -> None:
    table = team("report", "compliance", *HOME).out
    assert "each person" in table.lower()
    assert "from 2026-01-01 to 2026-11-21" in table
    assert "waived" in table
    assert "valid on 2026-11-21" in team("report", "compliance", *HOME, "--basis", "rolling").out
    for output in ("json", "ndjson", "csv"):
        assert "waived" not in team("report", "compliance", *HOME, "-o", output).out


def test_calendar_and_rolling_disagree_as_the_law_does(team: Carepass) -> None:
    # Done early in one year and late in the next: each calendar year has its completion, and for most of
    # a year nothing was valid.
    team.today = "2027-12-31"
    record(team, "1000", "IPAC-101", "2026-02-05")
    record(team, "1000", "IPAC-101", "2027-12-20")
    assert "1000" not in missing(team, "IPAC-101", "--year", "2026")
    assert "1000" not in missing(team, "IPAC-101", "--year", "2027")
    assert "1000" not in missing(team, "IPAC-101", "--basis", "rolling")
    team.today = "2027-12-19"
    assert "1000" in missing(team, "IPAC-101", "--basis", "rolling")
    # Done in December and valid still: rolling is content, the calendar year is not.
    record(team, "1001", "IPAC-101", "2026-12-31")
    assert "1001" in missing(team, "IPAC-101")
    assert "1001" not in missing(team, "IPAC-101", "--basis", "rolling")


def test_rolling_looks_at_the_last_day_of_a_past_year(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2026-02-01")
    record(team, "1001", "IPAC-101", "2026-01-01")
    rolling = ("--year", "2026", "--basis", "rolling")
    for today, out in (("2026-12-31", []), ("2027-01-01", []), ("2027-06-01", [])):
        team.today = today
        assert [one for one in missing(team, "IPAC-101", *rolling) if one != "1002"] == out
    team.today = "2027-01-02"
    assert missing(team, "IPAC-101", "--basis", "rolling") == ["1001", "1002"]


def test_a_course_for_once_counts_whenever_it_was_and_a_long_one_for_its_years(team: Carepass) -> None:
    for code, on in (("WHMIS-1", "2011-05-05"), ("LIFT-3", "2024-01-01")):
        record(team, "1000", code, on)
        assert missing(team, code) == ["1001"]
    record(team, "1001", "LIFT-3", "2023-12-31")
    assert missing(team, "LIFT-3") == ["1001"]


def test_who_is_counted(team: Carepass) -> None:
    assert numbers(team)["IPAC-101"][0] == 3
    team("role", "end", "1000", *HOME, "--role", "psw", today="2026-05-05")
    # Assigned only, and confirmed for later: neither has begun.
    team("account", "create", "--first-name", "Dee", "--last-name", "Dale", "--birthdate", "1990-01-01",
         "--email", "dee@example.org")  # fmt: skip
    team("role", "assign", "1003", *HOME, "--role", "psw", "--unverified")
    team("account", "create", "--first-name", "Eve", "--last-name", "Ede", "--birthdate", "1990-01-01",
         "--email", "eve@example.org")  # fmt: skip
    hire(team, "1004", "psw", None, "--start", "2026-12-01")
    assert numbers(team)["IPAC-101"][0] == 2
    assert numbers(team, today="2026-05-04")["IPAC-101"][0] == 3
    assert numbers(team, today="2026-05-05")["IPAC-101"][0] == 2
    assert numbers(team, today="2026-12-01")["IPAC-101"][0] == 3
    assert numbers(team, "--year", "2026", today="2027-12-01")["IPAC-101"][0] == 3


def test_a_person_with_two_roles_counts_once_and_is_named_once(team: Carepass) -> None:
    hire(team, "1000", "rn")
    assert numbers(team)["IPAC-101"][0] == 3
    assert numbers(team)["MEDS-1"][0] == 2
    rows = team.rows("report", "compliance", *HOME, "--names")
    (row,) = [row for row in rows if (row["code"], row["portal_id"]) == ("IPAC-101", "1000")]
    assert row["role"] == "psw, rn"


def test_one_completion_serves_two_homes_and_each_counts_its_own(team: Carepass) -> None:
    team("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove")
    team("role", "assign", "1000", "--home", "oak-hill", "--role", "psw", "--unverified")
    team("role", "confirm", "--account", "1000", "--home", "oak-hill", "--role", "psw")
    record(team, "1000", "IPAC-101", "2026-03-01")
    assert numbers(team)["IPAC-101"] == (3, 1, 33.3)
    (row,) = [r for r in team.rows("report", "compliance", "--home", "oak-hill") if r["code"] == "IPAC-101"]
    assert (row["required"], row["completed"], row["percent"]) == (1, 1, 100.0)


def test_equated_courses_satisfy_void_records_do_not_and_waived_people_are_left_out(team: Carepass) -> None:
    course(team, "PCI-101-FR", "--validity-years", "1")
    record(team, "1000", "PCI-101-FR", "2026-03-01")
    assert numbers(team)["IPAC-101"] == (3, 0, 0.0)
    team("course", "equate", "IPAC-101", "PCI-101-FR")
    assert numbers(team)["IPAC-101"] == (3, 1, 33.3)
    void = record(team, "1001", "IPAC-101", "2026-04-01")
    assert numbers(team)["IPAC-101"] == (3, 2, 66.7)
    team("record", "void", void, "--reason", "wrong person")
    assert numbers(team)["IPAC-101"] == (3, 1, 33.3)
    team("requirement", "waive", "1002", "IPAC-101", "--reason", "leave", "--until", "2026-11-21")
    assert numbers(team)["IPAC-101"] == (2, 1, 50.0)
    assert numbers(team, today="2026-11-22")["IPAC-101"] == (3, 1, 33.3)


def test_a_record_voided_later_counts_for_no_year_any_more(team: Carepass) -> None:
    void = record(team, "1000", "IPAC-101", "2026-03-01")
    team.today = "2027-02-01"
    team("record", "void", void, "--reason", "wrong person")
    for basis in ("calendar", "rolling"):
        year = ("--year", "2026", "--basis", basis)
        assert numbers(team, *year)["IPAC-101"][1] == 0
        # As of the day before nobody knew.
        assert numbers(team, *year, today="2027-01-31")["IPAC-101"][1] == 1


def test_one_role_or_one_group(team: Carepass) -> None:
    assert set(numbers(team, "--role", "rn")) == {"IPAC-101", "MEDS-1"}
    assert numbers(team, "--role", "rn")["IPAC-101"][0] == 1
    assert numbers(team, "--group", "direct-care")["IPAC-101"][0] == 2
    assert "MEDS-1" not in numbers(team, "--group", "direct-care")
    assert numbers(team, "--group", "volunteer") == {}


def test_those_missing_by_name(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2025-11-25")
    record(team, "1001", "IPAC-101", "2024-11-25")
    rows = team.rows("report", "compliance", *HOME, "--names")
    told = [row for row in rows if row["code"] == "IPAC-101"]
    assert told[0] == {
        "code": "IPAC-101", "title": "Course IPAC-101", "portal_id": "1000", "last_name": "Aube",
        "first_name": "Ann", "role": "psw", "status": "expiring", "expires_on": "2026-11-25",
        "why": "completed on 2025-11-25, too early to count for 2026; it is valid through 2026-11-25",
    }  # fmt: skip
    assert [(row["last_name"], row["status"], row["expires_on"], row["why"]) for row in told[1:]] == [
        ("Béla", "expired", "2025-11-25", "completed on 2024-11-25, too early to count for 2026"),
        ("Cole", "overdue", None, "never completed; it was due by 2026-03-03"),
    ]
    rolling = team.rows("report", "compliance", *HOME, "--names", "--basis", "rolling")
    (why,) = [row["why"] for row in rolling if (row["code"], row["last_name"]) == ("IPAC-101", "Béla")]
    assert why == "completed on 2024-11-25, valid through 2025-11-25"
    early = team.rows("report", "compliance", *HOME, "--names", today="2026-02-02")
    assert early[-1]["why"] == "never completed; it is due by 2026-03-03"


def test_the_heading_says_which_year_and_basis(team: Carepass) -> None:
    told = team("report", "compliance", *HOME).out
    assert told.startswith("2026, calendar: completed in the calendar year, as of 2026-11-21.")
    rolling = team("report", "compliance", *HOME, "--year", "2025", "--basis", "rolling", "--names").out
    assert rolling.startswith("2025, rolling: held a valid record on 2025-12-31.")
    table = team("report", "compliance", *HOME, "--names").out
    assert "n/a" not in table


@pytest.mark.parametrize("rolling", [False, True])
def test_the_rules_under_the_table_name_the_day(rolling: bool) -> None:
    told = " ".join(printed_rules("maple-grove", 2026, date(2026, 3, 3), date(2026, 4, 4), rolling=rolling))
    assert "People on leave on 2026-03-03" in told
    assert "void by 2026-04-04" in told
    assert "{" not in told


def test_nobody_missing_is_said_and_a_quiet_run_writes_nothing(team: Carepass) -> None:
    for account, code in (("1002", "MEDS-1"), ("1002", "IPAC-101")):
        record(team, account, code, "2026-04-01")
    ran = team("report", "compliance", *HOME, "--role", "rn", "--names")
    assert ran.err == "Nobody is missing anything.\n"
    ran = team("report", "compliance", *HOME, "--role", "rn", "--names", "-q")
    assert (ran.out, ran.err) == ("", "")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--year", "2027"), 2),
        (("--year", "26"), 2),
        (("--basis", "fiscal"), 2),
        (("--group", "everybody"), 2),
        (("--role", "pws"), 3),
    ],
)
def test_slips_are_told(team: Carepass, args: tuple[str, ...], code: int) -> None:
    ran = team("report", "compliance", *HOME, *args, code=code)
    assert ran.out == ""
    assert ran.err.startswith("error: ")


def test_a_home_that_is_none_is_told(team: Carepass) -> None:
    assert "maple-grove" in team("report", "compliance", "--home", "maple-grov", code=3).err
