"""`role sync`: a list of who works at a home becomes so, night after night."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import Carepass
from tests.shelf import kept

Put = Callable[..., str]
HEADER = "Employee #,First Name,Last Name,Job Title,Hire Date,Status,Work Email,Birth Date"
ANA = "0012,Ana,Exemplo,Personal support worker,2024-01-10,Active,ana@example.org,1990-05-17"
BEN = "0015,Ben,Muster,rn,2024-03-15,Active,ben@example.org,1985-11-02"
CAL = "0016,Cal,Demo,rn,2024-07-01,Active,cal@example.org,1979-04-03"
DEE = "0017,Dee,Sample,psw,2025-02-03,Active,dee@example.org,1992-12-12"
COUNTS = (
    "joined",
    "moved",
    "left",
    "on_leave",
    "returned",
    "updated",
    "unchanged",
    "missing",
    "failed",
    "skipped",
)


@pytest.fixture
@kept
def house(carepass: Carepass) -> Carepass:
    """A home since January with the roles psw, rn and cook."""
    carepass("home", "create", "maple-grove", "--name", "Maple Grove", today="2026-01-02")
    for code, name in (("psw", "Personal Support Worker"), ("rn", "Registered Nurse"), ("cook", "Cook")):
        carepass("role", "create", "maple-grove", code, "--name", name, today="2026-01-02")
    return carepass


def sync(
    carepass: Carepass, file: str, *args: str, code: int = 0, today: str | None = None
) -> dict[str, Any]:
    """The counts of a run that are not nought, and `change` where there is one."""
    line = [
        "role",
        "sync",
        file,
        "--home",
        "maple-grove",
        "--create-accounts",
        "--confirm",
        *args,
        "-o",
        "json",
    ]
    summary = carepass(*line, code=code, today=today).json
    assert tuple(summary)[: len(COUNTS)] == COUNTS
    return {key: summary[key] for key in COUNTS if summary[key]}


def roles(carepass: Carepass, today: str | None = None) -> list[tuple[str, ...]]:
    found = carepass.rows("role", "assignments", today=today)
    keys = ("first_name", "role", "status", "start_on", "ended_on")
    return sorted(tuple(str(row[key] or "") for key in keys) for row in found)


def test_a_first_list_brings_everybody_in_and_again_changes_nothing(house: Carepass, put: Put) -> None:
    file = put(HEADER, ANA, BEN, CAL.replace("Active", "On Leave"), DEE.replace("Active", "Terminated"))
    planned = house.rows("role", "sync", file, "--home", "maple-grove", "--create-accounts", "--plan")
    assert [(row["action"], row["portal_id"], row["employee_number"], row["role"]) for row in planned] == [
        ("join", None, "0012", "psw"),
        ("join", None, "0015", "rn"),
        ("on-leave", None, "0016", "rn"),
    ]
    assert house.rows("account", "list") == []
    assert sync(house, file, "--dry-run") == {"joined": 2, "on_leave": 1, "skipped": 1}
    assert sync(house, file) == {"joined": 2, "on_leave": 1, "skipped": 1}
    assert roles(house) == [
        ("Ana", "psw", "confirmed", "2024-01-10", ""),
        ("Ben", "rn", "confirmed", "2024-03-15", ""),
        ("Cal", "rn", "confirmed", "2024-07-01", ""),
    ]
    assert sync(house, file) == {"unchanged": 3, "skipped": 1}
    again = house("role", "sync", file, "--home", "maple-grove", "-o", "json").json
    assert again["change"] is None
    assert house.rows("role", "sync", file, "--home", "maple-grove", "--plan") == []


def test_the_second_months_list_comes_in_right_twice(house: Carepass, put: Put) -> None:
    first = put(HEADER, ANA, BEN, CAL, DEE, name="october.csv")
    assert sync(house, first, today="2026-10-01") == {"joined": 4}
    gone = put(HEADER, ANA, BEN, CAL.replace("Active", "Terminated"), DEE, name="left.csv")
    assert sync(house, gone, today="2026-10-15") == {"left": 1, "unchanged": 3}
    second = put(
        HEADER,
        # A new surname and address for one number.
        ANA.replace("Exemplo", "Nova").replace("ana@", "ana.nova@"),
        # Somebody with the name and birthdate of somebody else; a mover; one who is back; one is absent.
        DEE.replace("0017", "0099").replace("dee@", "dee2@"),
        BEN.replace(",rn,", ",Cook,"),
        CAL,
        name="november.csv",
    )
    refused = house(
        "role", "sync", second, "--home", "maple-grove", "--create-accounts", "-o", "json", code=5
    ).json
    assert [(each["line"], each["error"]) for each in refused["errors"]] == [(3, "possible-duplicate")]
    done = {"joined": 1, "moved": 1, "returned": 1, "updated": 1, "missing": 1}
    assert sync(house, second, "--allow-duplicates") == done
    assert roles(house) == [
        ("Ana", "psw", "confirmed", "2024-01-10", ""),
        ("Ben", "cook", "confirmed", "2026-11-21", ""),
        ("Ben", "rn", "ended", "2024-03-15", "2026-11-20"),
        ("Cal", "rn", "confirmed", "2024-07-01", ""),
        ("Cal", "rn", "ended", "2024-07-01", "2026-10-15"),
        ("Dee", "psw", "confirmed", "2025-02-03", ""),
        ("Dee", "psw", "confirmed", "2025-02-03", ""),
    ]
    ana = house.rows("account", "show", "ana.nova@example.org")
    assert (ana["last_name"], ana["employee_number"]) == ("Nova", "0012")
    assert sync(house, second, "--allow-duplicates") == {"unchanged": 4, "missing": 1}
    assert sync(house, second, "--allow-duplicates", "--end-missing") == {"unchanged": 4, "left": 1}
    assert sync(house, second, "--allow-duplicates", "--end-missing") == {"unchanged": 4}


def test_one_change_is_taken_back_as_one(house: Carepass, put: Put) -> None:
    sync(house, put(HEADER, ANA, BEN), today="2026-10-01")
    before = roles(house), house.rows("account", "list")
    second = put(HEADER, ANA.replace("Active", "Leave of absence"), BEN.replace(",rn,", ",psw,"), CAL)
    change = house("role", "sync", second, "--home", "maple-grove", "--create-accounts", "-o", "json").json[
        "change"
    ]
    house("audit", "undo", str(change), "--yes")
    assert (roles(house), house.rows("account", "list")) == before
    house("audit", "verify")


def test_who_is_back_from_leave_is_brought_up_to_date(house: Carepass, put: Put) -> None:
    away = put(HEADER, ANA.replace("Active", "En congé"), name="away.csv")
    assert sync(house, away, today="2026-10-01") == {"on_leave": 1}
    assert sync(house, away, today="2026-10-02") == {"unchanged": 1}
    back = put(HEADER, ANA)
    assert [row["action"] for row in house.rows("role", "sync", back, "--home", "maple-grove", "--plan")] == [
        "update"
    ]
    assert sync(house, back) == {"updated": 1}
    assert sync(house, back) == {"unchanged": 1}


def test_an_address_finds_an_account_and_the_number_becomes_its_own(house: Carepass, put: Put) -> None:
    house("account", "create", "--first-name", "Ana", "--last-name", "Exemplo", "--birthdate", "1990-05-17",
          "--email", "ana@example.org")  # fmt: skip
    assert sync(house, put(HEADER, ANA)) == {"joined": 1}
    assert house.rows("account", "show", "1000")["employee_number"] == "0012"
    other = put(HEADER, ANA.replace("0012", "0013"))
    refused = house("role", "sync", other, "--home", "maple-grove", "-o", "json", code=5).json
    assert [each["error"] for each in refused["errors"]] == ["identity-mismatch"]


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (ANA.replace("Active", "Inactive"), "unknown-status"),
        (ANA.replace("Personal support worker", "Porter"), "not-found"),
        (ANA.replace("Personal support worker", ""), "invalid-value"),
        (ANA.replace("1990-05-17", "1990-05-18"), "identity-mismatch"),
        (ANA.replace("ana@", "ben@"), "identity-mismatch"),
        (CAL.replace("cal@example.org", ""), "not-found"),
        (ANA.replace("0012", "").replace("ana@example.org", ""), "invalid-value"),
    ],
)
def test_a_bad_row_writes_nothing(house: Carepass, put: Put, row: str, error: str) -> None:
    sync(house, put(HEADER, ANA, BEN), today="2026-10-01")
    before = roles(house)
    ran = house("role", "sync", put(HEADER, BEN.replace(",rn,", ",Cook,"), row), "--home", "maple-grove",
                "--create-accounts", "-o", "json", code=5)  # fmt: skip
    assert [(each["line"], each["error"]) for each in ran.json["errors"]] == [(3, error)]
    assert ran.json["change"] is None
    assert "--keep-going" not in ran.error["hint"]
    assert roles(house) == before


def test_too_many_leavers_are_not_believed(house: Carepass, put: Put) -> None:
    people = [f"{n},Ann,Doe {n},psw,2024-01-10,Active,p{n}@example.org,1990-05-17" for n in range(100, 120)]
    assert sync(house, put(HEADER, *people), today="2026-10-01") == {"joined": 20}
    few = put(HEADER, *people[3:], name="few.csv")
    assert sync(house, few) == {"unchanged": 17, "missing": 3}
    refused = house("role", "sync", few, "--home", "maple-grove", "--end-missing", "-o", "json", code=4)
    assert refused.error["code"] == "too-many-leavers"
    assert len([row for row in roles(house) if row[2] == "confirmed"]) == 20
    gone = put(HEADER, *people[2:], *(each.replace("Active", "Terminated") for each in people[:2]))
    exactly = sync(house, few, "--end-missing", "--max-leavers", "15%", "--dry-run")
    assert exactly == {"unchanged": 17, "left": 3}
    assert sync(house, gone, "--max-leavers", "5%") == {"unchanged": 18, "left": 2}  # two may always leave
    assert sync(house, few, "--end-missing", "--max-leavers", "6%") == {"unchanged": 17, "left": 1}


def test_a_leaver_ends_on_the_files_day_and_one_ahead_is_none_yet(house: Carepass, put: Put) -> None:
    header, end = f"{HEADER},Termination Date", "2026-12-01"
    sync(house, put(HEADER, ANA, BEN), today="2026-10-01")
    file = put(header, f"{ANA},2026-11-05", f"{BEN.replace('Active', 'Terminated')},{end}")
    assert sync(house, file) == {"left": 1, "unchanged": 1}
    assert roles(house)[0] == ("Ana", "psw", "ended", "2024-01-10", "2026-11-05")
    assert sync(house, file, today=end) == {"left": 1, "unchanged": 1}


@pytest.mark.parametrize("role", ["Retiree", ""])
def test_a_leaver_s_role_may_have_any_name(house: Carepass, put: Put, role: str) -> None:
    sync(house, put(HEADER, ANA, BEN), today="2026-10-01")
    gone = BEN.replace("Active", "Terminated").replace(",rn,", f",{role},")
    assert sync(house, put(HEADER, ANA, gone, name="gone.csv")) == {"left": 1, "unchanged": 1}


def test_rows_of_other_homes_are_skipped(house: Carepass, put: Put) -> None:
    house("home", "create", "oak-hill", "--name", "Oak Hill")
    file = put(f"{HEADER},Location", f"{ANA},maple grove", f"{BEN},Oak Hill")
    assert sync(house, file) == {"joined": 1, "skipped": 1}


def test_who_declined_is_not_asked_again_unless_that_is_said(house: Carepass, put: Put) -> None:
    file = put(HEADER, ANA)
    house("role", "sync", file, "--home", "maple-grove", "--create-accounts")
    house("role", "decline", "--account", "1000", "--home", "maple-grove", "--role", "psw")
    refused = house("role", "sync", file, "--home", "maple-grove", "-o", "json", code=5).json
    assert [each["error"] for each in refused["errors"]] == ["declined"]
    assert sync(house, file, "--again") == {"joined": 1}


def test_a_second_role_that_the_list_lacks_stays_until_that_is_said(house: Carepass, put: Put) -> None:
    both = put(HEADER, BEN, BEN.replace(",rn,", ",cook,"), name="both.csv")
    assert sync(house, both, today="2026-10-01") == {"joined": 2}
    one = put(HEADER, BEN)
    planned = house.rows("role", "sync", one, "--home", "maple-grove", "--plan")
    assert [(row["action"], row["role"]) for row in planned] == [("missing", "cook")]
    assert sync(house, one) == {"unchanged": 1}
    assert sync(house, one, "--end-missing") == {"updated": 1}
    assert [(row[1], row[2]) for row in roles(house)] == [("cook", "ended"), ("rn", "confirmed")]
    assert sync(house, one, "--end-missing") == {"unchanged": 1}


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (BEN.replace("Active", "Inactive"), "unknown-status"),
        (BEN.replace("0015", "").replace("Muster", "").replace("1985-11-02", ""), "identity-not-given"),
    ],
)
def test_whose_row_is_bad_is_not_missing(house: Carepass, put: Put, row: str, error: str) -> None:
    sync(house, put(HEADER, ANA, BEN, CAL))
    file = put(HEADER, ANA, row)
    assert sync(house, file, code=5) == {"unchanged": 1, "missing": 1, "failed": 1}
    told = house("role", "sync", file, "--home", "maple-grove", "--plan", "-o", "json", code=5)
    assert [(each["action"], each["employee_number"]) for each in told.json] == [("missing", "0016")]
    assert "--unverified" not in told.err
    errors = house("role", "sync", file, "--home", "maple-grove", "-o", "json", code=5).json["errors"]
    assert [each["error"] for each in errors] == [error]
