"""`record import`: completions from elsewhere."""

import json
from collections.abc import Callable

import pytest

from carepass_cli.services.people import LIKELY_MOST
from tests.conftest import Carepass

COLUMNS = "portal_id,code,completed_on,provider,evidence,verified_by"
Put = Callable[..., str]


def test_completions_get_the_expiry_of_their_course(team: Carepass, put: Put) -> None:
    file = put(
        COLUMNS,
        "2001,IPAC-101,2024-02-29,Other College,certificate,Sam Sample",
        "2002,IPAC-101,2026-11-21,,,",
        "2001,WHMIS-1,2020-01-31,,,",
    )
    summary = team("record", "import", file, "-o", "json").json
    assert (summary["created"], summary["failed"]) == (3, 0)
    keys = ("code", "completed_on", "expires_on", "provider", "source", "evidence", "verified_by")
    told = [tuple(row[key] for key in keys) for row in team.rows("record", "list", "2001")]
    assert told == [
        ("WHMIS-1", "2020-01-31", None, "Sample College", "record", None, None),
        ("IPAC-101", "2024-02-29", "2025-02-28", "Other College", "record", "certificate", "Sam Sample"),
    ]
    (other,) = team.rows("record", "list", "2002")
    assert other["expires_on"] == "2027-11-21"
    again = team("record", "import", file, "-o", "json").json
    assert (again["unchanged"], again["created"], again["change"]) == (3, 0, None)


def test_what_is_there_already_is_unchanged_and_what_is_void_is_not_there(team: Carepass, put: Put) -> None:
    team("record", "add", "2001", "IPAC-101", "--on", "2026-01-05")
    file = put("email,code,completed_on", "HELENE@example.org,IPAC-101,2026-01-05")
    assert team("record", "import", file, "-o", "json").json["unchanged"] == 1
    (row,) = team.rows("record", "list", "2001")
    team("record", "void", str(row["record"]), "--reason", "wrong person")
    refused = team("record", "import", file, "-o", "json", code=5).json
    assert [each["error"] for each in refused["errors"]] == ["void"]
    assert team("record", "import", file, "--again", "-o", "json").json["created"] == 1


@pytest.mark.parametrize("output", ["csv", "ndjson"])
def test_a_list_goes_back_in_without_what_is_void(team: Carepass, put: Put, output: str) -> None:
    team("record", "add", "2001", "IPAC-101", "--on", "2026-01-05", "--evidence", "paper")
    team("record", "add", "2001", "WHMIS-1", "--on", "2026-01-06")
    listed = put(*team("record", "list", "2001", "-o", output).out.splitlines())
    ran = team("record", "import", listed, "-o", "json")
    assert (ran.json["unchanged"], ran.json["change"]) == (2, None)
    assert "record, source" in ran.err
    team("record", "void", "1", "--reason", "wrong person")
    listed = put(*team("record", "list", "2001", "-o", output).out.splitlines())
    told = team("record", "import", listed, "--keep-going", "-o", "json", code=5).json
    assert (told["created"], told["unchanged"]) == (0, 1)
    assert [each["error"] for each in told["errors"]] == ["void"]


def test_the_same_completion_twice_in_a_file_counts_once(team: Carepass, put: Put) -> None:
    row = "2001,IPAC-101,2026-01-05,,paper,"
    file = put(COLUMNS, row, row, row.replace("paper", "plastic"), row.replace("-05", "-06"))
    told = team("record", "import", file, "--keep-going", "-o", "json", code=5).json
    assert (told["created"], told["unchanged"]) == (2, 1)
    assert [(each["line"], each["error"]) for each in told["errors"]] == [(4, "duplicate-row")]


@pytest.mark.parametrize(
    ("row", "error", "said"),
    [
        ("2001,IPAC-101,2026-11-22,,,", "in-the-future", "2026-11-22"),
        ("2001,IPAC-101,22.11.2025,,,", "invalid-value", "completed_on '22.11.2025'"),
        ("2001,IPAC101,2026-01-05,,,", "not-found", "Did you mean IPAC-101"),
        ("2009,IPAC-101,2026-01-05,,,", "not-found", "2009"),
        (",IPAC-101,2026-01-05,,,", "invalid-value", "No portal_id, employee_number or email"),
        ("2001,IPAC-101,2026-01-05,,\x1b[31m,", "invalid-value", "evidence holds a control character"),
        (f"2001,IPAC-101,2026-01-05,{'x' * 201},,", "invalid-value", "provider has 201 characters"),
    ],
)
def test_a_bad_row_is_told_by_line_code_and_value(
    team: Carepass, put: Put, row: str, error: str, said: str
) -> None:
    file = put(COLUMNS, "2001,WHMIS-1,2026-01-05,,,", row)
    (told,) = team("record", "import", file, "-o", "json", code=5).json["errors"]
    assert (told["line"], told["error"]) == (3, error)
    assert said in told["message"]
    assert team.rows("record", "list", "2001") == []


def test_records_of_a_batch_are_audited_and_undone(team: Carepass, put: Put) -> None:
    rows = ("2001,IPAC-101,2026-01-05,,,", "2002,IPAC-101,2026-01-06,,,", "2002,WHMIS-1,2026-01-07,,,")
    change = team("record", "import", put(COLUMNS, *rows), "-o", "json").json["change"]
    entries = [each for each in team.rows("audit", "list", "--account", "2002") if each["change"] == change]
    assert {(each["action"], each["subject"], each["command"]) for each in entries} == {
        ("create", "record", "record import")
    }
    assert [(each["key"], json.loads(each["after"])) for each in entries] == [
        ("2", {"code": "IPAC-101", "completed_on": "2026-01-06", "source": "record"}),
        ("3", {"code": "WHMIS-1", "completed_on": "2026-01-07", "source": "record"}),
    ]
    (joint,) = [each for each in team.rows("audit", "list") if each["change"] == change]
    assert joint["key"] == "3 records"
    team("audit", "verify")
    team("audit", "undo", str(change), "--yes")
    assert team.rows("record", "list", "2001") == team.rows("record", "list", "2002") == []


@pytest.mark.parametrize("noun", ["record", "role"])
def test_of_a_file_of_strangers_the_likely_people_are_looked_for_a_hundred_times(
    staff: Carepass, noun: str
) -> None:
    """It takes milliseconds each; all rows have their reason, and one who comes again has the same one."""
    header, rest = {
        "record": ("code,completed_on", "IPAC-101,2026-11-01"),
        "role": ("home,role,last_name", "maple-grove,psw,Doe"),
    }[noun]
    like_1000 = [*range(100_000, 100_000 + LIKELY_MOST), *range(10_000, 10_010)]
    rows = [f"{number},{rest}" for number in (*like_1000, 100_000)]
    ran = staff(noun, "import", "-", "-o", "json", input="\n".join([f"portal_id,{header}", *rows]), code=5)
    said = [each["message"] for each in ran.json["errors"]]
    assert len(said) == len(rows)
    assert [("Did you mean 1000" in each, "account list" in each) for each in said[:-1]] == [
        *[(True, False)] * LIKELY_MOST,
        *[(False, True)] * 10,
    ]
    assert said[-1] == said[0]
