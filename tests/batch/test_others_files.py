"""Each made-up file of another system comes in by one command and one profile, and again changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Carepass
from tests.shelf import kept

OTHERS = Path(__file__).parent / "others"
HOME = ("--home", "maple-grove")
NEW = ("--create-accounts", "--confirm")
JUNE = "2026-06-01"


@pytest.fixture
@kept
def house(carepass: Carepass) -> Carepass:
    """Maple Grove with three roles, and two courses; nobody works there."""
    carepass("home", "create", "maple-grove", "--name", "Maple Grove", "-q", today=JUNE)
    for code, name in (
        ("psw", "Personal Support Worker"),
        ("rn", "Registered Nurse"),
        ("dietary", "Dietary Aide"),
    ):
        carepass("role", "create", "maple-grove", code, "--name", name, "-q", today=JUNE)
    for code, title, *more in (
        ("WHMIS", "Working safely with hazardous products"),
        ("PRIVACY", "Privacy at work", "--validity-years", "1"),
    ):
        said = ("--title", title, "--provider", "Sample College", "--minutes", "30", *more)
        carepass("course", "create", code, *said, "-q", today=JUNE)
    carepass("course", "alias", "PRIVACY", "Privacy", "-q", today=JUNE)
    return carepass


def add(carepass: Carepass, first: str, last: str, number: str | None, today: str = JUNE) -> None:
    who = ("--first-name", first, "--last-name", last, "--birthdate", "1990-05-17")
    numbered = ("--employee-number", number) if number else ()
    carepass(
        "account", "create", *who, "--email", f"{first.lower()}@example.org", *numbered, "-q", today=today
    )


def counts(carepass: Carepass, *args: str, code: int = 0) -> dict[str, Any]:
    """The counts of a run that are not nought."""
    told = carepass(*args, "-o", "json", code=code).json
    return {key: value for key, value in told.items() if type(value) is int and value and key != "change"}


def twice(carepass: Carepass, *args: str, **again: int) -> dict[str, Any]:
    """The counts of a run; once more there is nothing to change, and `again` is counted."""
    first = counts(carepass, *args)
    assert counts(carepass, *args) == again
    return first


def people(carepass: Carepass) -> dict[str, str | None]:
    return {row["first_name"]: row["employee_number"] for row in carepass.rows("account", "list")}


def roles(carepass: Carepass) -> set[tuple[str, ...]]:
    keys = ("last_name", "first_name", "role", "status", "start_on")
    return {tuple(row[key] for key in keys) for row in carepass.rows("role", "assignments")}


@pytest.mark.parametrize(
    ("file", "more", "numbers"),
    [
        ("bamboohr", ("--date-format", "dmy"), {"Ana": "0012", "Ben": "0015", "Cal": "0016"}),
        ("adp", (), {"Ana": "000012", "Ben": "000015", "Cal": "000016"}),
    ],
)
def test_a_list_of_staff_brings_a_home_in(
    house: Carepass, file: str, more: tuple[str, ...], numbers: dict[str, str]
) -> None:
    line = ("role", "sync", str(OTHERS / f"{file}.csv"), *HOME, "--profile", file, *more, *NEW)
    assert twice(house, *line, unchanged=3, skipped=1) == {"joined": 2, "on_leave": 1, "skipped": 1}
    assert people(house) == numbers
    assert roles(house) == {
        ("Exemplo", "Ana", "psw", "confirmed", "2024-01-10"),
        ("Muster", "Ben", "rn", "confirmed", "2024-03-15"),
        ("Demo", "Cal", "dietary", "confirmed", "2024-07-01"),
    }
    (leave,) = house.rows("account", "leaves")
    assert (leave["first_name"], leave["until_on"]) == ("Cal", None)


def test_a_file_that_leaves_the_order_of_days_open_is_a_question(house: Carepass) -> None:
    line = ("role", "sync", str(OTHERS / "bamboohr.csv"), *HOME, "--profile", "bamboohr", *NEW)
    told = house(*line, "-o", "json", code=5).json
    assert {each["line"] for each in told["errors"]} == {2, 3, 4, 5}
    assert all("only dmy fits" in each["message"] for each in told["errors"])
    assert people(house) == {}


@pytest.mark.parametrize(
    ("file", "more", "names"),
    [
        (
            "workday.tsv",
            ("--profile", "workday", "--name-order", "first-last"),
            {
                ("Exemplo", "Ana", "psw", "pending", "2024-01-10"),
                ("Muster", "Ben", "rn", "pending", "2024-03-15"),
            },
        ),
        (
            "rh-francais.csv",
            (
                *("--profile", "rh-francais", "--value", "role:Préposée aux bénéficiaires=psw"),
                *("--value", "role:Infirmière=rn"),
            ),
            {
                ("DURAND", "Élodie", "psw", "pending", "2024-09-02"),
                ("CÔTÉ", "René", "rn", "pending", "2025-01-15"),
            },
        ),
    ],
)
def test_a_list_of_roles_has_its_names_and_days(
    house: Carepass, file: str, more: tuple[str, ...], names: set[tuple[str, ...]]
) -> None:
    line = ("role", "import", str(OTHERS / file), *more, "--create-accounts")
    assert twice(house, *line, unchanged=2) == {"created": 2}
    assert roles(house) == names


def test_a_list_without_birthdates_needs_the_account(house: Carepass) -> None:
    line = ("role", "import", str(OTHERS / "oneroster-users.csv"), "--profile", "oneroster")
    assert counts(house, *line, "--create-accounts", code=5) == {"failed": 1}
    add(house, "Jordan", "Exemplo", None)
    assert twice(house, *line, "--unverified", unchanged=1) == {"created": 1}


def test_a_directory_gives_numbers_and_says_who_is_suspended(house: Carepass) -> None:
    for first, last in (("Ana", "Exemplo"), ("Fay", "Test")):
        add(house, first, last, None)
        who = (f"{first.lower()}@example.org", *HOME, "--role", "psw")
        house("role", "assign", *who, "--last-name", last, "-q", today=JUNE)
        house("role", "confirm", "--account", *who, "-q", today=JUNE)
    said = ("suspended:True=Terminated", "suspended:False=Active", "orgUnitPath:/Staff/Nursing=psw")
    line = ("role", "sync", str(OTHERS / "gam-users.csv"), *HOME)
    line = (*line, *(part for each in said for part in ("--value", each)))
    assert twice(house, *line, unchanged=2) == {"updated": 1, "left": 1}
    assert people(house) == {"Ana": "00012", "Fay": "00023"}
    assert {row[1]: row[3] for row in roles(house)} == {"Ana": "confirmed", "Fay": "ended"}


def test_a_printed_list_has_lines_that_are_no_rows(house: Carepass, tmp_path: Path) -> None:
    line = ("role", "sync", str(OTHERS / "title-rows.csv"), *HOME, *NEW)
    told = house(*line, "--skip-lines", "3", "-o", "json", code=5).json
    assert {each["line"] for each in told["errors"]} == {6}
    assert people(house) == {}
    profile = tmp_path / "printed.toml"
    profile.write_text('[rows]\nskip_lines = 3\nskip = {"E-mail" = ["Total: 1"]}\n')
    printed = (*line, "--profile", str(profile))
    assert twice(house, *printed, unchanged=1, skipped=1) == {"joined": 1, "skipped": 1}


@pytest.mark.parametrize(
    ("file", "profile", "skipped", "records"),
    [
        (
            *("moodle-completion", "moodle", 1),
            {
                ("Ana", "WHMIS", "2026-03-03", None),
                ("Ben", "WHMIS", "2026-03-02", None),
                ("Ben", "PRIVACY", "2026-03-02", "2027-03-02"),
            },
        ),
        (
            *("xapi", "xapi", 1),
            {("Ana", "WHMIS", "2026-03-04", None), ("Ben", "WHMIS", "2026-03-04", None)},
        ),
        (
            *("credly", "credly", 0),
            {("Ana", "WHMIS", "2026-02-01", None), ("Ben", "PRIVACY", "2026-02-02", "2027-02-02")},
        ),
        (
            *("relias", "relias", 0),
            {("Ana", "PRIVACY", "2026-02-14", "2027-02-14"), ("Ben", "WHMIS", "2025-12-31", None)},
        ),
    ],
)
def test_completions_of_a_learning_system_become_records(
    house: Carepass, file: str, profile: str, skipped: int, records: set[tuple[str | None, ...]]
) -> None:
    add(house, "Ana", "Exemplo", "0012")
    add(house, "Ben", "Muster", "0015")
    line = ("record", "import", str(OTHERS / f"{file}.csv"), "--profile", profile)
    left_out = {"skipped": skipped} if skipped else {}
    done = len(records)
    assert twice(house, *line, unchanged=done, **left_out) == {"created": done, **left_out}
    assert {
        (first, row["code"], row["completed_on"], row["expires_on"])
        for first in ("Ana", "Ben")
        for row in house.rows("record", "list", f"{first.lower()}@example.org")
    } == records


def test_a_providers_list_gives_access_and_completes(house: Carepass) -> None:
    march = "2026-03-02"
    house.today = march
    house("home", "create", "birch", "--name", "Birch", "-q")
    house("role", "create", "birch", "psw", "--name", "Support worker", "-q")
    said = ("--title", "Hazardous products", "--provider", "Sample College", "--minutes", "30")
    house("course", "create", "WHMIS-2", *said, "-q")
    house("requirement", "add", "WHMIS-2", "--home", "birch", "--role", "psw", "-q")
    for first, last in (("Ana", "Exemplo"), ("Ben", "Muster")):
        add(house, first, last, None, today=march)
        who = (f"{first.lower()}@example.org", "--home", "birch", "--role", "psw")
        house("role", "assign", *who, "--last-name", last, "-q")
        house("role", "confirm", "--account", *who, "-q")
        house("cart", "add", who[0], "WHMIS-2", "-q")
        house("cart", "submit", who[0], "-q")
    house.today = "2026-11-21"
    line = ("registration", "import", str(OTHERS / "provider-access.csv"), "--value", "code:WHMIS=WHMIS-2")
    assert twice(house, *line, unchanged=2) == {"updated": 2}
    told = {row["portal_id"]: row for row in house.rows("registration", "list")}
    assert {row["access_on"] for row in told.values()} == {"2026-03-03"}
    assert (told["1000"]["completed_on"], told["1001"]["completed_on"]) == ("2026-03-09", None)
