"""`carepass home` and the roles of a home."""

import pytest

from tests.conftest import Carepass, course

HOME_KEYS = [
    "code", "name", "city", "approval", "renewal_window", "expiring_within", "closed_on",
    "study_minutes_per_day", "confirm_within", "manager_email",
]  # fmt: skip
ROLE_KEYS = ["home", "role", "name", "group"]


def test_create_prints_the_defaults(carepass: Carepass) -> None:
    made = carepass("home", "create", "birch-manor", "--name", "Birch Manor", "-o", "json").json
    assert list(made) == ["result", *HOME_KEYS, "change"]
    assert made == {
        "change": made["change"],
        "result": "created",
        "code": "birch-manor",
        "name": "Birch Manor",
        "city": None,
        "approval": "auto",
        "renewal_window": "60d",
        "expiring_within": "30d",
        "closed_on": [],
        "study_minutes_per_day": 60,
        "confirm_within": "14d",
        "manager_email": None,
    }


def test_create_takes_every_setting(carepass: Carepass) -> None:
    carepass(
        "home", "create", "b", "--name", "B", "--city", "Sarnia", "--approval", "manual", "--renewal-window",
        "3mo", "--expiring-within", "2w", "--close", "2026-12-24", "--close", "2026-12-23",
        "--study-minutes-per-day", "45", "--confirm-within", "7d", "--manager-email", "boss@example.org",
    )  # fmt: skip
    assert list(carepass.rows("home", "show", "b").values()) == [
        "b", "B", "Sarnia", "manual", "3mo", "2w", ["2026-12-23", "2026-12-24"], 45, "7d", "boss@example.org",
    ]  # fmt: skip
    assert carepass.rows("home", "list") == [carepass.rows("home", "show", "b")]


def test_the_same_home_again_is_unchanged_and_another_is_refused(carepass: Carepass) -> None:
    create = ("home", "create", "b", "--name", "B", "--close", "2026-12-24")
    carepass(*create)
    assert carepass(*create, "-o", "json").json["result"] == "unchanged"
    other = carepass("home", "create", "b", "--name", "Other", "-o", "json", code=4).error
    assert other["code"] == "code-in-use"
    assert "home edit b" in other["hint"]


def test_edit_changes_what_is_given_and_clears_what_is_empty(home: Carepass) -> None:
    edit = ("home", "edit", "maple-grove")
    changed = home(*edit, "--city", "Sarnia", "--manager-email", "a@example.org", "-o", "json").json
    assert (changed["result"], changed["city"], changed["manager_email"]) == (
        "updated", "Sarnia", "a@example.org",
    )  # fmt: skip
    assert home(*edit, "--city", "Sarnia", "-o", "json").json["result"] == "unchanged"
    cleared = home(*edit, "--city", "", "--manager-email", "", "-o", "json").json
    assert (cleared["result"], cleared["city"], cleared["manager_email"]) == ("updated", None, None)


def test_closing_days_are_added_and_taken_away(home: Carepass) -> None:
    edit = ("home", "edit", "maple-grove")
    home(*edit, "--close", "2026-12-24", "--close", "2027-01-04")
    after = home(*edit, "--open", "2026-12-24", "--close", "2026-12-31", "-o", "json").json
    assert after["closed_on"] == ["2026-12-31", "2027-01-04"]
    assert home(*edit, "--open", "2028-01-01", "-o", "json").json["result"] == "unchanged"
    assert "2026-12-27" in home(*edit, "--close", "2026-12-27", "--open", "2026-12-27", code=2).err


@pytest.mark.parametrize("code", ["Maple", "maple grove", "-maple", "maple-", "é", "a" * 61, "a/b", ""])
def test_a_code_is_lower_case_letters_digits_and_hyphens(carepass: Carepass, code: str) -> None:
    carepass("home", "create", "--name", "X", "--", code, code=2)
    assert carepass.rows("home", "list") == []


@pytest.mark.parametrize(
    ("option", "wrong"),
    [
        ("--renewal-window", "60"), ("--renewal-window", "60 days"), ("--expiring-within", "-1d"),
        ("--confirm-within", "99999y"), ("--close", "20261224"), ("--close", "2026-02-30"),
        ("--approval", "maybe"), ("--study-minutes-per-day", "0"), ("--study-minutes-per-day", "1441"),
        ("--study-minutes-per-day", "1.5"), ("--manager-email", "nobody"), ("--name", " "),
        ("--name", "x" * 201),
    ],
)  # fmt: skip
def test_bad_settings_are_usage_errors(home: Carepass, option: str, wrong: str) -> None:
    before = home.rows("home", "show", "maple-grove")
    error = home("home", "edit", "maple-grove", option, wrong, "-o", "json", code=2).error
    assert option in error["message"]
    assert home.rows("home", "show", "maple-grove") == before


def test_like_takes_over_roles_requirements_and_settings(home: Carepass) -> None:
    home("home", "edit", "maple-grove", "--approval", "manual", "--expiring-within", "60d")
    home("requirement", "add", "WHMIS-1", "--home", "maple-grove", "--role", "psw", "--learner-pays")
    made = home("home", "create", "birch-manor", "--name", "Birch", "--like", "maple-grove", "-o", "json")
    assert (made.json["approval"], made.json["expiring_within"]) == ("manual", "60d")
    assert [row["role"] for row in home.rows("role", "list", "--home", "birch-manor")] == ["psw"]
    taken = home.rows("requirement", "list", "--home", "birch-manor")
    assert [(row["code"], row["employer_pays"]) for row in taken] == [("IPAC-101", True), ("WHMIS-1", False)]


def test_like_takes_over_every_setting_unless_another_is_given(home: Carepass) -> None:
    settings = (
        "--approval", "manual", "--renewal-window", "3mo", "--expiring-within", "2w",
        "--confirm-within", "1mo", "--study-minutes-per-day", "90", "--manager-email", "boss@example.org",
        "--close", "2026-12-24", "--close", "2026-12-31",
    )  # fmt: skip
    home("home", "edit", "maple-grove", *settings)
    own = {"code", "name", "city"}
    model = home.rows("home", "show", "maple-grove")
    ran = home("home", "create", "birch-manor", "--name", "Birch", "--like", "maple-grove", "-o", "json")
    assert {key: ran.json[key] for key in model if key not in own} == {
        key: model[key] for key in model if key not in own
    }
    assert "boss@example.org" in ran.err
    days = ("--close", "2027-01-02", "--open", "2026-12-24", "--manager-email", "other@example.org")
    create = (
        "home",
        "create",
        "cedar-court",
        "--name",
        "Cedar",
        "--like",
        "maple-grove",
        *days,
        "-o",
        "json",
    )
    made = home(*create)
    assert made.json["closed_on"] == ["2026-12-31", "2027-01-02"]
    assert made.json["manager_email"] == "other@example.org"
    assert "digest" not in made.err
    nobody = ("home", "create", "elm", "--name", "Elm", "--like", "maple-grove", "--manager-email", "")
    assert home(*nobody, "-o", "json").json["manager_email"] is None
    assert home(*create).json["result"] == "unchanged"


def test_like_an_unknown_home_names_the_nearest_and_makes_nothing(home: Carepass) -> None:
    error = home("home", "create", "b", "--name", "B", "--like", "maple-grov", "-o", "json", code=3).error
    assert error["hint"] == "Did you mean maple-grove?"
    assert len(home.rows("home", "list")) == 1


def test_an_unknown_home_names_the_nearest(home: Carepass) -> None:
    for call in (("home", "show", "mapel-grove"), ("home", "edit", "mapel-grove", "--name", "X")):
        error = home(*call, "-o", "json", code=3).error
        assert (error["code"], error["hint"]) == ("not-found", "Did you mean maple-grove?")


def test_roles_are_created_listed_and_edited(home: Carepass) -> None:
    create = ("role", "create", "maple-grove", "cook", "--name", "Cook", "--group", "dietary")
    made = home(*create, "-o", "json").json
    assert made == {
        "change": made["change"],
        "result": "created", "home": "maple-grove", "role": "cook", "name": "Cook", "group": "dietary",
    }  # fmt: skip
    assert home(*create, "-o", "json").json["result"] == "unchanged"
    other = home("role", "create", "maple-grove", "cook", "--name", "Chef", "-o", "json", code=4)
    assert other.error["code"] == "code-in-use"
    edited = home("role", "edit", "maple-grove", "cook", "--name", "Chef", "-o", "json").json
    assert (edited["result"], edited["name"], edited["group"]) == ("updated", "Chef", "dietary")
    assert home("role", "edit", "maple-grove", "cook", "-o", "json").json["result"] == "unchanged"
    assert [list(row) for row in home.rows("role", "list")] == [ROLE_KEYS, ROLE_KEYS]
    assert [row["role"] for row in home.rows("role", "list")] == ["cook", "psw"]


@pytest.mark.parametrize(
    ("call", "exit_code", "hint"),
    [
        (("role", "create", "maple-grov", "x", "--name", "X"), 3, "maple-grove"),
        (("role", "edit", "maple-grove", "pws", "--name", "X"), 3, "psw"),
        (("role", "list", "--home", "maplegrove"), 3, "maple-grove"),
        (("role", "copy", "maple-grove", "psw", "--to", "nowhere"), 3, ""),
        (("role", "create", "maple-grove", "x", "--name", "X", "--group", "boss"), 2, ""),
        (("role", "assignments", "--role", "pws"), 3, "psw"),
        (("role", "pending", "--home", "maple"), 3, "maple-grove"),
        (("requirement", "list", "--role", "pws"), 3, "psw"),
        (("report", "expiring", "--role", "pws"), 3, "psw"),
    ],
)
def test_slips_are_told(home: Carepass, call: tuple[str, ...], exit_code: int, hint: str) -> None:
    error = home(*call, "-o", "json", code=exit_code).error
    assert hint in error["hint"]


def test_copy_takes_a_role_with_its_requirements(home: Carepass) -> None:
    home("home", "create", "birch-manor", "--name", "Birch")
    copy = ("role", "copy", "maple-grove", "psw", "--to", "birch-manor", "-o", "json")
    (made,) = home(*copy).json
    assert list(made) == ["result", *ROLE_KEYS, "change"]
    assert (made["result"], made["home"]) == ("created", "birch-manor")
    assert home(*copy).json[0]["result"] == "unchanged"
    course(home, "FIRE-1")
    home("requirement", "add", "FIRE-1", "--home", "maple-grove", "--role", "psw")
    assert home(*copy).json[0]["result"] == "updated"
    codes = [row["code"] for row in home.rows("requirement", "list", "--home", "birch-manor")]
    assert codes == ["FIRE-1", "IPAC-101", "WHMIS-1"]


def test_with_account_the_list_marks_what_is_held(staff: Carepass) -> None:
    staff("role", "create", "maple-grove", "cook", "--name", "Cook")
    rows = staff.rows("role", "list", "--account", "1000")
    assert [list(row) for row in rows] == [[*ROLE_KEYS, "assigned"]] * 2
    assert {row["role"]: row["assigned"] for row in rows} == {"psw": True, "cook": False}
    staff("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    assert not any(row["assigned"] for row in staff.rows("role", "list", "--account", "1000"))


@pytest.mark.on_file
def test_a_name_that_nobody_bears_is_not_repeated_at_length(carepass: Carepass) -> None:
    error = carepass("home", "show", "h" * 100_000, "-o", "json", code=3).error
    assert len(error["message"]) < 200


def test_to_whom_the_digest_of_a_home_like_another_goes_is_said(home: Carepass) -> None:
    def said(code: str, *more: str) -> bool:
        ran = home("home", "create", code, "--name", code, "--like", "maple-grove", *more)
        return "digest" in ran.err

    assert not said("oak-hill")
    home("home", "edit", "maple-grove", "--manager-email", "boss@example.org")
    assert said("cedar")
    assert not said("elm", "--manager-email", "elm@example.org")
