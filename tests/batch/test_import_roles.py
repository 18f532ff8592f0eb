"""`role import`: an HR export becomes assignments, all of them or none."""

import json
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.batch.conftest import queried
from tests.commands.conftest import AT
from tests.conftest import Carepass, token_of

ROWS = 5000
COLUMNS = "portal_id,home,role,birthdate,last_name,start_on"
LETTERS = "SELECT COUNT(*) FROM message WHERE kind = 'confirm-role'"
Put = Callable[..., str]


def outbox(carepass: Carepass) -> int:
    return sum(row["kind"] == "confirm-role" for row in carepass.rows("notify", "list"))


def errors(carepass: Carepass, file: str, *options: str) -> list[tuple[int, str]]:
    """The bad rows of a file that is refused."""
    ran = carepass("role", "import", file, *options, "-o", "json", code=5)
    return [(each["line"], each["error"]) for each in ran.json["errors"]]


@pytest.mark.on_file
def test_one_bad_row_of_five_thousand_writes_nothing_and_the_mended_rejects_land(
    home: Carepass, put: Put, tmp_path: Path
) -> None:
    people = [f"{n},Ana,Doe-{n},1990-01-01,p{n}@example.org" for n in range(20_000, 20_000 + ROWS)]
    home("account", "import", put("portal_id,first_name,last_name,birthdate,email", *people, name="p.csv"))
    rows = [f"{n},maple-grove,psw,1990-01-01,DOE {n}," for n in range(20_000, 20_000 + ROWS)]
    rows[3210] = rows[3210].replace("psw", "pws")
    file, rejects = put(COLUMNS, *rows), str(tmp_path / "rejects.csv")

    refused = home("role", "import", file, "-o", "json", code=5)
    summary = refused.json
    assert summary["errors"] == [
        {
            "line": 3212,
            "error": "not-found",
            "message": "There is no role 'pws' at maple-grove. Did you mean psw?",
        }
    ]
    assert (summary["created"], summary["failed"], summary["change"]) == (ROWS - 1, 1, None)
    assert refused.error["code"] == "bad-rows"
    assert "line 3212" in refused.error["message"]
    assert home.rows("role", "assignments") == []
    assert queried(home.db, LETTERS) == [(0,)]

    kept = home("role", "import", file, "--keep-going", "--rejects", rejects, "-o", "json", code=5).json
    assert (kept["created"], kept["failed"]) == (ROWS - 1, 1)
    assert kept["change"] is not None
    assert len(home.rows("role", "assignments")) == ROWS - 1
    assert queried(home.db, LETTERS) == [(ROWS - 1,)]

    bad = Path(rejects).read_text(encoding="utf-8")
    assert bad.splitlines()[1].startswith("23210,maple-grove,pws,1990-01-01,DOE 23210,,3212,not-found,")
    Path(rejects).write_text(bad.replace(",pws,", ",psw,"), encoding="utf-8")
    assert home("role", "import", rejects, "-o", "json").json["created"] == 1
    assert len(home.rows("role", "assignments")) == ROWS

    Path(file).write_text(Path(file).read_text(encoding="utf-8").replace("pws", "psw"), encoding="utf-8")
    again = home("role", "import", file, "-o", "json").json
    nothing = {"created": 0, "updated": 0, "failed": 0, "dry_run": False, "change": None, "errors": []}
    assert again == {**nothing, "unchanged": ROWS, "skipped": 0, "warnings": []}
    assert queried(home.db, LETTERS) == [(ROWS,)]
    home("audit", "verify")


@pytest.mark.on_file
def test_a_batch_writes_what_single_writes_write(
    team: Carepass, put: Put, template: Path, tmp_path: Path
) -> None:
    (tmp_path / "single").mkdir()
    copy = tmp_path / "single" / "carepass.db"
    with closing(sqlite3.connect(team.db)) as whole, closing(sqlite3.connect(copy)) as single:
        whole.backup(single)
    by_hand = Carepass(str(copy))
    at = ("--home", "maple-grove", "--role", "psw")
    by_hand("role", "assign", "2001", *at, "--last-name", "obrien", "--birthdate", "1990-05-17")
    by_hand("role", "assign", "2002", *at, "--last-name", "Doe", "--start", "2026-12-01")
    team(
        "role", "import",
        put(COLUMNS, "2001,maple-grove,psw,1990-05-17,obrien,", "2002,maple-grove,psw,,Doe,2026-12-01"),
    )  # fmt: skip
    written = [
        "SELECT account_id, role_id, from_on, start_on, assigned_on, verified, confirmed_on FROM assignment",
        "SELECT length(token), account_id, role_id, issued_on, expires_on FROM confirmation_token",
        'SELECT kind, "to", language, account_id, home_id, queued_on FROM message',
    ]
    for sql in written:
        assert queried(team.db, sql) == queried(by_hand.db, sql)
    params = "SELECT params FROM message WHERE kind = 'confirm-role'"
    assert [sorted(json.loads(str(each))) for (each,) in queried(team.db, params)] == [
        sorted(json.loads(str(each))) for (each,) in queried(by_hand.db, params)
    ]


def test_each_person_gets_a_letter_whose_token_works(team: Carepass, put: Put) -> None:
    team("role", "import", put(COLUMNS, *(f"{n},maple-grove,psw,,{name}," for n, name in TEAM)))
    messages = [row["id"] for row in team.rows("notify", "list") if row["kind"] == "confirm-role"]
    tokens = [token_of(team, message) for message in messages]
    assert len(set(tokens)) == 3
    assert all(re.fullmatch("[a-z0-9]{16}", token) for token in tokens)
    for token in tokens:
        team("role", "confirm", token)
    assert {row["status"] for row in team.rows("role", "assignments")} == {"confirmed"}


TEAM = (("2001", "O'Brien"), ("2002", "Doe"), ("2003", "Example"))


@pytest.mark.parametrize(
    ("row", "error", "said"),
    [
        ("2001,maple-grove,psw,1990-05-18,,", "identity-mismatch", "do not match"),
        ("2001,maple-grove,psw,,Obrian,", "identity-mismatch", "do not match"),
        ("2001,maple-grove,psw,,,", "identity-not-given", "birthdate or last_name"),
        ("2001,maple-grov,psw,,O'Brien,", "not-found", "Did you mean maple-grove?"),
        ("2001,maple-grove,pws,,O'Brien,", "not-found", "Did you mean psw?"),
        ("2009,maple-grove,psw,,O'Brien,", "not-found", "There is no account '2009'"),
        ("20x1,maple-grove,psw,,O'Brien,", "invalid-value", "portal_id '20x1'"),
        (",maple-grove,psw,,O'Brien,", "invalid-value", "No portal_id, employee_number or email"),
        ("2001,maple-grove,psw,,O'Brien,01/12/2026", "invalid-value", "start_on '01/12/2026'"),
        ("2001,maple-grove,psw,17/05/1990,,", "invalid-value", "birthdate is not a date"),
    ],
)
def test_a_bad_row_is_told_by_line_code_and_value(
    team: Carepass, put: Put, row: str, error: str, said: str
) -> None:
    file = put(COLUMNS, "2003,maple-grove,psw,,Example,", row)
    ran = team("role", "import", file, "-o", "json", code=5)
    (told,) = ran.json["errors"]
    assert (told["line"], told["error"]) == (3, error)
    assert said in told["message"]
    assert "1990" not in ran.out + ran.err
    assert team.rows("role", "assignments") == []


@pytest.mark.parametrize(
    ("status", "ended_on", "error"),
    [
        ("Terminated", "", "not-working"), ("En congé", "", "not-working"), ("", "2026-11-21", "not-working"),
        ("Inactive", "", "unknown-status"), ("Active", "2026-11-22", None),
    ],
)  # fmt: skip
def test_who_does_not_work_here_now_gets_no_role(
    team: Carepass, put: Put, status: str, ended_on: str, error: str | None
) -> None:
    file = put(
        "portal_id,home,role,last_name,status,ended_on", f"2002,maple-grove,psw,Doe,{status},{ended_on}"
    )
    told = team("role", "import", file, "-o", "json", code=5 if error else 0).json
    assert [each["error"] for each in told["errors"]] == ([error] if error else [])


def test_a_former_address_is_nobody_s(team: Carepass, put: Put) -> None:
    (row,) = team.rows("account", "list", "--search", "2002")
    team("account", "edit", "2002", "--email", "moved@example.org")
    file = put("email,home,role,last_name", f"{row['email']},maple-grove,psw,Doe")
    assert errors(team, file) == [(2, "not-found")]


def test_a_deactivated_person_gets_no_role(team: Carepass, put: Put) -> None:
    team("account", "deactivate", "2002", "--reason", "moved away")
    assert errors(team, put(COLUMNS, "2002,maple-grove,psw,,Doe,")) == [(2, "account-deactivated")]


def test_an_erased_person_gets_no_role(carepass: Carepass, put: Put) -> None:
    # Erasing goes by the real day, and the person was active long ago.
    past = "2018-01-02"
    carepass("home", "create", "maple-grove", "--name", "Maple Grove", today=past)
    carepass("role", "create", "maple-grove", "psw", "--name", "Support worker", today=past)
    who = ("--first-name", "Ana", "--last-name", "Doe", "--birthdate", "1985-01-02")
    carepass("account", "create", *who, "--email", "ana@example.org", "--portal-id", "2002", today=past)
    carepass("account", "erase", "2002", "--yes")
    file = put(COLUMNS, "2002,maple-grove,psw,,Doe,", "2002,maple-grove,psw,1985-01-02,,")
    assert errors(carepass, file) == [(2, "identity-mismatch"), (3, "identity-mismatch")]
    assert errors(carepass, file, "--unverified") == [(2, "identity-mismatch"), (3, "identity-mismatch")]


def test_a_portal_id_and_an_email_are_one_persons(team: Carepass, put: Put) -> None:
    file = put("portal_id,email,home,role,last_name", "2001,ana@example.org,maple-grove,psw,O'Brien")
    assert errors(team, file) == [(2, "identity-mismatch")]
    file = put("portal_id,email,home,role,last_name", "2001,HELENE@example.org,maple-grove,psw,O'Brien")
    assert team("role", "import", file, "-o", "json").json["created"] == 1


@pytest.mark.on_file
def test_unverified_goes_without_birthdate_and_name_and_says_so(team: Carepass, put: Put) -> None:
    team("role", "import", put(COLUMNS, "2001,maple-grove,psw,,,"), "--unverified")
    assert queried(team.db, "SELECT verified FROM assignment") == [(0,)]


def test_the_same_row_twice_is_unchanged_and_another_start_is_refused(team: Carepass, put: Put) -> None:
    row = "2001,maple-grove,psw,,O'Brien,2026-12-01"
    file = put(COLUMNS, row, "2002,maple-grove,psw,,Doe,", row, row.replace("12-01", "12-02"))
    told = team("role", "import", file, "--keep-going", "-o", "json", code=5).json
    assert (told["created"], told["unchanged"]) == (2, 1)
    (error,) = told["errors"]
    assert (error["line"], error["error"]) == (5, "duplicate-row")
    assert "line 2" in error["message"]


def test_another_start_updates_the_assignment_and_sends_nothing(team: Carepass, put: Put) -> None:
    team("role", "import", put(COLUMNS, "2001,maple-grove,psw,,O'Brien,2026-12-01"))
    file = put(COLUMNS, "2001,maple-grove,psw,,O'Brien,2026-12-08")
    summary = team("role", "import", file, "-o", "json").json
    assert (summary["created"], summary["updated"]) == (0, 1)
    assert [row["start_on"] for row in team.rows("role", "assignments")] == ["2026-12-08"]
    assert outbox(team) == 1
    entry = team.rows("audit", "list", "--account", "2001")[-1]
    assert (entry["action"], entry["change"]) == ("restart", summary["change"])
    assert (entry["before"], entry["after"]) == ('{"start_on":"2026-12-01"}', '{"start_on":"2026-12-08"}')


def test_the_same_start_again_is_unchanged(team: Carepass, put: Put) -> None:
    file = put(COLUMNS, "2001,maple-grove,psw,,O'Brien,2026-12-01")
    team("role", "import", file)
    again = team("role", "import", file, "-o", "json").json
    assert (again["unchanged"], again["change"]) == (1, None)


def test_who_left_and_comes_back_is_hired_anew(team: Carepass, put: Put) -> None:
    team("role", "import", put(COLUMNS, "2001,maple-grove,psw,,O'Brien,"), "--confirm")
    team("role", "end", "2001", *AT, today="2026-11-25")
    team.today = "2026-11-26"
    back = put(COLUMNS, "2001,maple-grove,psw,,O'Brien,2026-12-01")
    assert team("role", "import", back, "-o", "json").json["created"] == 1
    statuses = [(row["status"], row["start_on"]) for row in team.rows("role", "assignments")]
    assert statuses == [("ended", "2026-11-21"), ("pending", "2026-12-01")]


def test_unknown_people_become_accounts_where_that_is_asked(home: Carepass, put: Put) -> None:
    header = "email,home,role,first_name,last_name,birthdate"
    file = put(
        header,
        "zoe@example.org,maple-grove,psw,Zoë,Côté,1991-02-03",
        "mei@example.org,maple-grove,pws,Mei,Sample,1991-02-03",
        "max@example.org,maple-grove,psw,,Sample,1991-02-03",
        "ZOE@example.org,maple-grove,psw,Zoe,Cote,1991-02-03",
        "zoe@example.org,maple-grove,psw,Zoe,Other,1991-02-03",
    )
    assert {code for _, code in errors(home, file)} == {"not-found"}
    assert (
        "--create-accounts" in home("role", "import", file, "-o", "json", code=5).json["errors"][0]["message"]
    )
    told = home("role", "import", file, "--create-accounts", "--keep-going", "-o", "json", code=5).json
    assert [(each["line"], each["error"]) for each in told["errors"]] == [
        (3, "not-found"),
        (4, "not-found"),
        (6, "identity-mismatch"),
    ]
    assert "max@example.org" in told["errors"][1]["message"]
    assert (told["created"], told["unchanged"]) == (1, 1)
    (account,) = home.rows("account", "list")
    assert (account["portal_id"], account["first_name"], account["status"]) == ("1000", "Zoë", "created")
    # One letter is enough: confirming the role confirms the account.
    (message,) = home.rows("notify", "list")
    assert message["kind"] == "confirm-role"
    home("role", "confirm", token_of(home, message["id"]))
    assert home.rows("account", "show", "1000")["status"] == "active"


def test_confirm_confirms_on_behalf_and_sends_nothing(team: Carepass, put: Put) -> None:
    team("role", "import", put(COLUMNS, "2001,maple-grove,psw,,O'Brien,"))
    file = put(COLUMNS, *(f"{n},maple-grove,psw,,{name}," for n, name in TEAM))
    summary = team("role", "import", file, "--confirm", "-o", "json").json
    assert (summary["created"], summary["updated"]) == (2, 1)
    assert {row["status"] for row in team.rows("role", "assignments")} == {"confirmed"}
    assert {row["status"] for row in team.rows("account", "list")} == {"active"}
    assert {row["status"] for row in team.rows("notify", "list")} == {"cancelled"}
    assert any('"by":"behalf"' in entry["after"] for entry in team.rows("audit", "list", "--account", "2002"))
    again = team("role", "import", file, "--confirm", "-o", "json").json
    assert (again["unchanged"], again["change"]) == (3, None)


def test_the_audit_log_has_of_a_batch_what_it_did_to_one_person(team: Carepass, put: Put) -> None:
    file = put(COLUMNS, "2001,maple-grove,psw,,O'Brien,", "2002,maple-grove,psw,,Doe,2026-12-01")
    change = team("role", "import", file, "-o", "json").json["change"]

    def entries(*narrowed: str) -> list[dict[str, str]]:
        return [each for each in team.rows("audit", "list", *narrowed) if each["change"] == change]

    (entry,) = entries("--account", "2002")
    assert (entry["command"], entry["action"], entry["actor"]) == ("role import", "assign", "tester")
    assert (entry["subject"], entry["key"]) == ("assignment", "2002 maple-grove/psw")
    assert json.loads(entry["after"]) == {"status": "pending", "start_on": "2026-12-01", "verified": True}
    assert [each["key"] for each in entries()] == ["2 assignments"]
    assert entries("--account", "2003") == []


@pytest.mark.on_file
def test_a_dry_run_counts_the_same_and_writes_nothing(team: Carepass, put: Put) -> None:
    before = Path(team.db).read_bytes()
    file = put(COLUMNS, "2001,maple-grove,psw,,O'Brien,", "2002,maple-grove,psw,,Wrong,")
    dry = team("role", "import", file, "--keep-going", "--dry-run", "-o", "json", code=5).json
    assert Path(team.db).read_bytes() == before
    wet = team("role", "import", file, "--keep-going", "-o", "json", code=5).json
    assert dry == {**wet, "dry_run": True, "change": None}
    assert (wet["created"], wet["failed"]) == (1, 1)


def test_a_batch_is_undone_as_one_change(team: Carepass, put: Put) -> None:
    team("role", "import", put(COLUMNS, "2003,maple-grove,psw,,Example,2026-12-01"))
    file = put(COLUMNS, *(f"{n},maple-grove,psw,,{name},2026-12-08" for n, name in TEAM))
    change = team("role", "import", file, "-o", "json").json["change"]
    team("audit", "undo", str(change), "--yes")
    (row,) = team.rows("role", "assignments")
    assert (row["portal_id"], row["start_on"]) == ("2003", "2026-12-01")
    assert outbox(team) == 1
    assert team("role", "import", file, "-o", "json").json["created"] == 2


@pytest.mark.parametrize("account", ["2001", "2002", "2003"])
def test_a_batch_is_not_undone_while_one_of_its_rows_was_changed_later(
    team: Carepass, put: Put, account: str
) -> None:
    file = put(COLUMNS, *(f"{n},maple-grove,psw,,{name}," for n, name in TEAM))
    change = str(team("role", "import", file, "-o", "json").json["change"])
    team("role", "cancel", account, *AT)
    error = team("audit", "undo", change, "--yes", "-o", "json", code=4).error
    assert error["code"] == "depended-on"
    assert "role cancel" in error["message"]
    team("audit", "undo", str(int(change) + 1), "--yes")
    team("audit", "undo", change, "--yes")
    assert team.rows("role", "assignments") == []


def test_a_batch_is_undone_once_its_day_has_come(team: Carepass, put: Put) -> None:
    file = put(COLUMNS, "2001,maple-grove,psw,,O'Brien,")
    change = str(team("role", "import", file, "-o", "json", today="2026-11-25").json["change"])
    assert team("audit", "undo", change, "--yes", "-o", "json", code=3).error["code"] == "not-found"
    team("audit", "undo", change, "--yes", today="2026-11-25")


def test_quiet_says_nothing_of_a_good_file_and_all_of_a_bad_one_on_stderr(team: Carepass, put: Put) -> None:
    done = team("role", "import", put(COLUMNS, "2001,maple-grove,psw,,O'Brien,"), "--quiet")
    assert (done.out, done.err) == ("", "")
    bad = team("role", "import", put(COLUMNS, "2002,maple-grove,psw,,Wrong,"), "--quiet", code=5)
    assert bad.out == ""
    assert "line 2" in bad.err
