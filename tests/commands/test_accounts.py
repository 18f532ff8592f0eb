"""`carepass account`: people, their portal IDs and what may be changed about them."""

import sqlite3

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, assign, person, token_of

KEYS = [
    "portal_id",
    "first_name",
    "last_name",
    "email",
    "language",
    "status",
    "created_on",
    "employee_number",
]


def test_create_prints_result_and_the_keys(carepass: Carepass) -> None:
    made = person(carepass, "Ana", "Doe", "ana@example.org", "-o", "json").json
    assert list(made) == ["result", *KEYS, "change"]
    assert made == {
        "change": made["change"],
        "result": "created",
        "portal_id": "1000",
        "first_name": "Ana",
        "last_name": "Doe",
        "email": "ana@example.org",
        "language": "en",
        "status": "created",
        "created_on": "2026-11-21",
        "employee_number": None,
    }


def test_list_and_show_have_the_keys_in_order(carepass: Carepass) -> None:
    person(carepass)
    (row,) = carepass.rows("account", "list")
    assert list(row) == KEYS
    shown = carepass.rows("account", "show", "1000")
    assert list(shown)[: len(KEYS)] == KEYS
    assert {key: shown[key] for key in KEYS} == row


def test_portal_ids_are_given_out_from_1000_and_skip_those_taken(carepass: Carepass) -> None:
    person(carepass, "A", "A", "a@example.org", "--portal-id", "1001")
    ids = [
        person(carepass, "B", str(n), f"b{n}@example.org", "-o", "json").json["portal_id"] for n in range(2)
    ]
    assert ids == ["1000", "1002"]


@pytest.mark.on_file
def test_portal_ids_widen_to_five_digits(carepass: Carepass) -> None:
    person(carepass)
    with sqlite3.connect(carepass.db) as store:
        store.execute("UPDATE counter SET value = 9999")
    ids = [person(carepass, "B", "B", f"b{n}@example.org", "-o", "json").json["portal_id"] for n in range(2)]
    assert ids == ["9999", "10000"]


@pytest.mark.parametrize("wrong", ["123", "12a4", "1234 ", "１２３４", "12345678901", "-1000"])
def test_a_portal_id_is_four_digits_or_more(carepass: Carepass, wrong: str) -> None:
    person_with = ("--portal-id", wrong)
    ran = carepass(
        "account", "create", "--first-name", "A", "--last-name", "B", "--birthdate", "1990-05-17",
        "--email", "a@example.org", *person_with, "-o", "json", code=2,
    )  # fmt: skip
    assert "portal" in ran.error["message"]
    assert carepass.rows("account", "list") == []


def test_the_same_account_again_is_unchanged_and_sends_nothing(carepass: Carepass) -> None:
    person(carepass)
    again = person(carepass, "Hélène", "O'Brien", "helene@example.org", "-o", "json").json
    assert (again["result"], again["portal_id"]) == ("unchanged", "1000")
    assert len(carepass.rows("notify", "list")) == 1


def test_the_same_name_and_address_with_another_birthdate_is_somebody_else(carepass: Carepass) -> None:
    person(carepass)
    ran = carepass(
        "account", "create", "--first-name", "Hélène", "--last-name", "O'Brien",
        "--birthdate", "1990-05-18", "--email", "helene@example.org", "-o", "json", code=4,
    )  # fmt: skip
    assert ran.error["code"] == "email-in-use"
    assert "1990" not in ran.err


@pytest.mark.parametrize("email", ["helene@example.org", "HELENE@EXAMPLE.ORG"])
def test_an_address_belongs_to_one_person(carepass: Carepass, email: str) -> None:
    person(carepass)
    create = ("account", "create", "--first-name", "X", "--last-name", "Y", "--birthdate", "1980-01-01")
    assert carepass(*create, "--email", email, "-o", "json", code=4).error["code"] == "email-in-use"
    taken = carepass(*create, "--email", "x@example.org", "--portal-id", "1000", "-o", "json", code=4)
    assert taken.error["code"] == "portal-id-in-use"


def test_an_address_given_up_may_be_taken_by_another(carepass: Carepass) -> None:
    person(carepass, "Ana", "Doe", "desk@example.org")
    carepass("account", "edit", "1000", "--email", "ana@example.org", today="2026-11-22")
    carepass.today = "2026-11-22"
    person(carepass, "Bo", "Doe", "desk@example.org")
    assert carepass.rows("account", "show", "desk@example.org")["portal_id"] == "1001"
    assert carepass.rows("account", "show", "desk@example.org", today="2026-11-21")["portal_id"] == "1000"
    taken = carepass("account", "edit", "1000", "--email", "Desk@example.org", "-o", "json", code=4)
    assert taken.error["code"] == "email-in-use"


@pytest.mark.parametrize("named", ["1000", "helene@example.org", "HELENE@example.org"])
def test_an_account_is_named_by_portal_id_or_address(carepass: Carepass, named: str) -> None:
    person(carepass)
    assert carepass.rows("account", "show", named)["portal_id"] == "1000"


@pytest.mark.parametrize(
    "search", ["hel", "HÉLÈNE", "o'brien", "Hélène O'Brien", "o'brien helene", "1000", "example.org"]
)
def test_search_folds_accents_and_case_and_takes_words_in_any_order(carepass: Carepass, search: str) -> None:
    person(carepass)
    person(carepass, "Bo", "Ng", "bo@example.com")
    assert [row["portal_id"] for row in carepass.rows("account", "list", "--search", search)] == ["1000"]


@pytest.mark.parametrize("search", ["%", "_", "\\", "helene ng"])
def test_search_takes_every_character_for_itself(carepass: Carepass, search: str) -> None:
    person(carepass)
    assert carepass.rows("account", "list", "--search", search) == []


def test_accounts_are_sorted_by_last_and_first_name(carepass: Carepass) -> None:
    names = [("Zoé", "Lee"), ("Bob", "Lee Ann"), ("Ana", "Élan"), ("Ana", "Zz"), ("Émile", "Lee")]
    for number, (first, last) in enumerate(names):
        person(carepass, first, last, f"p{number}@example.org")
    listed = [(row["first_name"], row["last_name"]) for row in carepass.rows("account", "list")]
    assert listed == [("Ana", "Élan"), ("Émile", "Lee"), ("Zoé", "Lee"), ("Bob", "Lee Ann"), ("Ana", "Zz")]


def test_list_narrows_by_home_and_status(staff: Carepass) -> None:
    person(staff, "Bo", "Ng", "bo@example.org")
    assert [r["portal_id"] for r in staff.rows("account", "list", "--home", "maple-grove")] == ["1000"]
    assert [r["portal_id"] for r in staff.rows("account", "list", "--status", "created")] == ["1001"]
    assert [r["portal_id"] for r in staff.rows("account", "list", "--status", "active")] == ["1000"]
    assert staff.rows("account", "list", "--status", "deactivated") == []


def test_list_narrows_to_who_is_at_the_home_that_day(staff: Carepass) -> None:
    here = ("account", "list", "--home", "maple-grove")
    for number, ending in ((1001, "decline"), (1002, "cancel")):
        person(staff, "Bo", "Ng", f"{ending}@example.org")
        assign(staff, str(number))
        assert [row["portal_id"] for row in staff.rows(*here)] == [str(number), "1000"]
        named = ("--account", str(number)) if ending == "decline" else (str(number),)
        staff("role", ending, *named, *AT)
    assert [row["portal_id"] for row in staff.rows(*here)] == ["1000"]
    staff("role", "end", "1000", *AT, today="2026-11-25")
    assert [row["portal_id"] for row in staff.rows(*here, today="2026-11-24")] == ["1000"]
    assert staff.rows(*here, today="2026-11-25") == []


def test_confirming_the_address_activates_once(carepass: Carepass) -> None:
    person(carepass)
    token = token_of(carepass, 1)
    assert token.isalnum()
    confirmed = carepass("account", "confirm", token, "-o", "json").json
    assert (confirmed["result"], confirmed["status"]) == ("updated", "active")
    assert carepass("account", "confirm", token, "-o", "json", code=4).error["code"] == "token-used"
    again = carepass("account", "confirm", "--account", "1000", "-o", "json").json
    assert (again["result"], again["status"]) == ("unchanged", "active")


def test_confirming_on_behalf_is_audited_as_such(carepass: Carepass) -> None:
    person(carepass)
    assert carepass("account", "confirm", "--account", "1000", "-o", "json").json["result"] == "updated"
    entry = carepass.rows("audit", "list", "--account", "1000")[-1]
    assert (entry["action"], entry["command"]) == ("confirm", "account confirm")
    assert '"by":"behalf"' in entry["after"]


@pytest.mark.parametrize("args", [(), ("abc", "--account", "1000")])
def test_confirm_takes_a_token_or_an_account(carepass: Carepass, args: tuple[str, ...]) -> None:
    person(carepass)
    assert "TOKEN" in carepass("account", "confirm", *args, code=2).err


def test_tokens_for_another_thing_or_nothing(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    of_account, of_role = token_of(home, 1), token_of(home, 2)
    assert home("account", "confirm", of_role, "-o", "json", code=4).error["code"] == "wrong-token"
    assert home("role", "confirm", of_account, "-o", "json", code=4).error["code"] == "wrong-token"
    assert home("account", "confirm", "nonsense", "-o", "json", code=3).error["code"] == "not-found"


def test_edit_changes_what_is_given(carepass: Carepass) -> None:
    person(carepass)
    edit = ("account", "edit", "1000")
    changed = carepass(
        *edit, "--last-name", "Roy", "--language", "fr", "--student-number", "c01234567", "-o", "json"
    ).json
    assert (changed["result"], changed["last_name"], changed["first_name"]) == ("updated", "Roy", "Hélène")
    assert carepass.rows("account", "show", "1000")["student_number"] == "c01234567"
    same = carepass(*edit, "--last-name", "Roy", "-o", "json").json
    assert (same["result"], same["language"]) == ("unchanged", "fr")
    assert carepass(*edit, "-o", "json").json["result"] == "unchanged"


def test_deactivation_ends_roles_and_is_taken_back(staff: Carepass) -> None:
    staff("role", "create", "maple-grove", "cook", "--name", "Cook")
    assign(staff, "1000", role="cook")
    token = token_of(staff, 3)
    tried = staff("account", "deactivate", "1000", "--reason", "moved away", "--dry-run", "-o", "json").json
    assert staff.rows("account", "show", "1000")["status"] == "active"
    gone = staff("account", "deactivate", "1000", "--reason", "moved away", "-o", "json").json
    assert gone | {"change": None} == tried
    assert (gone["result"], gone["status"]) == ("updated", "deactivated")
    assert [(r["role"], r["status"]) for r in staff.rows("role", "assignments")] == [
        ("cook", "cancelled"),
        ("psw", "ended"),
    ]
    assert staff("account", "deactivate", "1000", "--reason", "x", "-o", "json").json["result"] == "unchanged"
    refused = (
        ("role", "assign", "1000", *AT, "--unverified"),
        ("account", "confirm", "--account", "1000"),
    )
    for call in refused:
        assert staff(*call, "-o", "json", code=4).error["code"] == "account-deactivated"
    staff("role", "confirm", token, code=4)
    back = staff.rows("account", "edit", "1000", "--reactivate", "--last-name", "Neu")
    assert (back["result"], back["status"], back["last_name"]) == ("updated", "active", "Neu")
    assert staff("account", "edit", "1000", "--reactivate", "-o", "json").json["result"] == "unchanged"


def test_deactivation_ends_open_tokens_and_takes_back_their_mail(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    tokens = {"account": token_of(home, 1), "role": token_of(home, 2)}
    home("account", "deactivate", "1000", "--reason", "moved away")
    assert [row["status"] for row in home.rows("notify", "list")] == ["cancelled", "cancelled"]
    home("account", "edit", "1000", "--reactivate")
    for noun, token in tokens.items():
        assert home(noun, "confirm", token, "-o", "json", code=4).error["code"] == "token-expired"


def test_deactivate_needs_a_reason(carepass: Carepass) -> None:
    person(carepass)
    assert "--reason" in carepass("account", "deactivate", "1000", "-o", "json", code=2).error["message"]


@pytest.mark.parametrize("command", [("show",), ("edit",), ("deactivate", "--reason", "x")])
def test_an_unknown_account_is_not_found(carepass: Carepass, command: tuple[str, ...]) -> None:
    name, *rest = command
    error = carepass("account", name, "4711", *rest, "-o", "json", code=3).error
    assert error["code"] == "not-found"
    assert "4711" in error["message"]
    assert "account list" in error["hint"]


def test_before_its_day_an_account_is_not_there(carepass: Carepass) -> None:
    person(carepass)
    assert carepass.rows("account", "list", today="2026-11-20") == []
    error = carepass("account", "show", "1000", "-o", "json", code=3, today="2026-11-20").error
    assert "2026-11-21" in error["hint"]


def test_an_employee_number_names_one_person_and_keeps_its_zeros(carepass: Carepass) -> None:
    person(carepass, "Ana", "Exemplo", "ana@example.org", "--employee-number", "0012")
    person(carepass, "Ben", "Muster", "ben@example.org")
    assert carepass.rows("account", "show", "emp:0012")["employee_number"] == "0012"
    assert carepass("account", "show", "emp:12", "-o", "json", code=3).error["code"] == "not-found"
    taken = carepass("account", "edit", "1001", "--employee-number", "0012", "-o", "json", code=4)
    assert taken.error["code"] == "employee-number-in-use"
    who = (
        "--first-name",
        "Cal",
        "--last-name",
        "Demo",
        "--birthdate",
        "1990-01-01",
        "--email",
        "cal@example.org",
    )
    again = carepass("account", "create", *who, "--employee-number", "0012", "-o", "json", code=4)
    assert again.error["code"] == "employee-number-in-use"
    carepass("account", "edit", "EMP: 0012", "--employee-number", "A-7")
    assert carepass.rows("account", "show", "emp:A-7")["portal_id"] == "1000"


def test_a_slip_names_the_nearest_people_and_a_former_name_is_found(staff: Carepass) -> None:
    for slip in ("100", "O'Brien"):
        hint = staff("account", "show", slip, "-o", "json", code=3).error["hint"]
        assert "1000 (O'Brien, Hélène)" in hint
    staff("account", "edit", "1000", "--last-name", "Tremblay")
    assert [row["last_name"] for row in staff.rows("account", "list", "--search", "brien")] == ["Tremblay"]
    assert staff.rows("account", "list", "--search", "tremblay", today="2026-11-20") == []
