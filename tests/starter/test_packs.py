"""Packs applied to a role: each topic from its own day on, twice nothing, what is not theirs stays."""

from pathlib import Path

import pytest

from tests.conftest import Carepass

APPLIED, AHEAD, LAW_DAY = "2026-02-01", "2026-03-01", "2026-07-01"
TO_CHECK = " (to be checked against the law)"

FIRST = """
[pack]
name = "house-law"
version = "1"
title = "The law of the house"

[[topic]]
code = "FIRE"
title = "Fire"
due = "14d"
citation = "Act s. 1"

[[topic]]
code = "IPAC"
title = "Infection control"
validity_years = 1
citation = "Act s. 2"
checked = {by = "A. Clerk", on = 2026-01-15, source = "the Act as printed"}

[[topic]]
code = "OLD"
title = "An old topic"

[[topic]]
code = "NURSES"
title = "For nurses"
groups = ["registered"]
"""
SECOND = """
[pack]
name = "house-law"
version = "2"
title = "The law of the house"

[[topic]]
code = "FIRE"
title = "Fire"
due = "before-start"
citation = "Act s. 1"
in_force_from = 2026-07-01
in_force_until = 2026-12-31

[[topic]]
code = "IPAC"
title = "Infection control"
validity_years = 2
citation = "Act s. 2"
checked = {by = "A. Clerk", on = 2026-01-15, source = "the Act as printed"}
in_force_from = 2026-07-01

[[topic]]
code = "NEW"
title = "A new topic"
in_force_from = 2026-07-01
"""


@pytest.fixture
def first(tmp_path: Path) -> str:
    file = tmp_path / "first.toml"
    file.write_text(FIRST)
    return str(file)


@pytest.fixture
def second(tmp_path: Path) -> str:
    file = tmp_path / "second.toml"
    file.write_text(SECOND)
    return str(file)


@pytest.fixture
def house(carepass: Carepass, first: str) -> Carepass:
    """The first version applied on 2026-02-01 to a role that requires OWN by hand."""
    carepass.today = APPLIED
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    carepass("role", "create", "maple-grove", "psw", "--name", "PSW", "--group", "direct-care")
    carepass("course", "create", "OWN", "--title", "Own", "--provider", "Us", "--minutes", "5")
    carepass("requirement", "add", "OWN", "--home", "maple-grove", "--role", "psw")
    starter(carepass, "apply", first)
    return carepass


def starter(carepass: Carepass, verb: str, file: str, today: str | None = None) -> dict[str, dict]:
    rows = carepass.rows("starter", verb, file, "--home", "maple-grove", "--role", "psw", today=today)
    return {row["code"]: row for row in rows}


def law(carepass: Carepass, today: str) -> dict[str, dict]:
    rows = carepass.rows("requirement", "list", "--home", "maple-grove", "--role", "psw", today=today)
    return {row["code"]: row for row in rows}


def test_a_pack_brings_due_citation_and_validity(house: Carepass) -> None:
    asked = law(house, APPLIED)
    assert set(asked) == {"FIRE", "IPAC", "OLD", "OWN"}
    told = {code: (row["due"], row["citation"], row["expiry"]) for code, row in asked.items()}
    assert told["FIRE"] == ("14d", "Act s. 1" + TO_CHECK, "")
    assert told["IPAC"] == ("30d", "Act s. 2", "1 years")
    assert told["OLD"] == ("30d", None, "")


def test_twice_is_nothing(house: Carepass, first: str, second: str) -> None:
    for file, day in ((first, APPLIED), (second, AHEAD)):
        starter(house, "apply", file, day)
        log = house.rows("audit", "list", today=day)
        again = starter(house, "apply", file, day)
        assert {row["result"] for row in again.values()} == {"unchanged"}
        assert house.rows("audit", "list", today=day) == log
        assert {row["change"] for row in starter(house, "diff", file, day).values()} == {"same"}


def test_a_newer_version_applied_ahead_holds_from_its_own_day(house: Carepass, second: str) -> None:
    """On both sides of the day: the old law exactly, then the new one."""
    before = law(house, AHEAD)
    changes = {code: row["change"] for code, row in starter(house, "diff", second, AHEAD).items()}
    assert changes == {"FIRE": "edit", "IPAC": "edit", "NEW": "add", "OLD": "remove"}
    applied = {code: row["result"] for code, row in starter(house, "apply", second, AHEAD).items()}
    assert applied == {"FIRE": "updated", "IPAC": "updated", "NEW": "created", "OLD": "updated"}
    assert law(house, "2026-02-28") == before
    del before["OLD"]  # it ends on the day of applying
    assert law(house, AHEAD) == law(house, "2026-06-30") == before
    then = law(house, LAW_DAY)
    assert set(then) == {"FIRE", "IPAC", "NEW", "OWN"}
    assert (then["FIRE"]["due"], then["FIRE"]["required_from"]) == ("before-start", LAW_DAY)
    assert then["IPAC"]["expiry"] == "2 years"
    assert "FIRE" in law(house, "2026-12-31")
    assert "FIRE" not in law(house, "2027-01-01")


def test_a_role_taken_over_follows_the_law_as_its_model_does(
    house: Carepass, first: str, second: str
) -> None:
    """Where the law to come was applied before; and the next one takes away what this one brought."""

    def asked(home: str, day: str) -> list[tuple[object, ...]]:
        rows = house.rows("requirement", "list", "--home", home, today=day)
        return [(row["code"], row["due"], row["citation"], row["employer_pays"]) for row in rows]

    starter(house, "apply", second, AHEAD)
    old = ("requirement", "add", "OLD", "--home", "maple-grove", "--role", "psw", "--from", "2026-08-01")
    house(*old, today=AHEAD)
    house("home", "create", "oak-hill", "--name", "Oak Hill", "--like", "maple-grove", today="2026-03-02")
    counts = []
    for day in ("2026-03-02", "2026-06-30", LAW_DAY, "2026-08-01", "2026-12-31", "2027-01-01"):
        assert asked("oak-hill", day) == asked("maple-grove", day)
        counts.append(len(asked("oak-hill", day)))
    assert counts == [3, 3, 4, 5, 5, 4]
    rows = house.rows("starter", "diff", first, "--home", "oak-hill", "--role", "psw", today="2027-02-01")
    assert {row["code"]: row["change"] for row in rows}["NEW"] == "remove"


def test_what_was_taken_away_today_is_to_be_added(house: Carepass, first: str) -> None:
    house("requirement", "remove", "OLD", "--home", "maple-grove", "--role", "psw", today=AHEAD)
    changes = {code: row["change"] for code, row in starter(house, "diff", first, AHEAD).items()}
    assert changes == {"FIRE": "same", "IPAC": "same", "OLD": "add"}


@pytest.mark.parametrize("successor", [None, "AGAIN"])
def test_a_retired_course_is_not_asked_for_by_the_law_to_come(
    house: Carepass, second: str, successor: str | None
) -> None:
    starter(house, "apply", second, AHEAD)
    house("course", "create", "AGAIN", "--title", "Again", "--provider", "Us", "--minutes", "5")
    days = ("2026-06-30", LAW_DAY, "2026-12-31", "2027-01-01")
    dues = [law(house, day).get("FIRE", {}).get("due") for day in days]
    assert dues == ["14d", "before-start", "before-start", None]
    over_to = ("--successor", successor) if successor else ()
    ran = house("course", "retire", "FIRE", *over_to, "--yes", today="2026-04-01")
    assert "1 requirement" in ran.err
    again = house.rows("course", "retire", "FIRE", *over_to, today="2026-04-02")
    assert again["result"] == "unchanged"
    for day, due in zip(days, dues, strict=True):
        asked = law(house, day)
        assert "FIRE" not in asked
        assert asked.get("AGAIN", {}).get("due") == (due if successor else None)


def test_what_differs_is_said_before_and_after(house: Carepass, second: str) -> None:
    rows = starter(house, "diff", second, AHEAD)
    assert (rows["FIRE"]["before"], rows["FIRE"]["after"]) == (
        "due 14d; until further notice", "due before-start; until 2026-12-31; from 2026-07-01",
    )  # fmt: skip
    assert (rows["NEW"]["before"], rows["OLD"]["after"]) == (None, None)


def test_a_new_validity_counts_for_completions_from_its_day_on(house: Carepass, second: str) -> None:
    house(
        "account", "create", "--first-name", "Ann", "--last-name", "Aube", "--birthdate", "1990-01-01",
        "--email", "ann@example.org",
    )  # fmt: skip
    starter(house, "apply", second, AHEAD)
    ends = [
        house("record", "add", "1000", "IPAC", "--on", on, "-o", "json", today="2026-09-01").json[
            "expires_on"
        ]
        for on in ("2026-06-30", LAW_DAY, "2026-08-15")
    ]
    assert ends == ["2027-06-30", "2028-07-01", "2028-08-15"]


def test_an_edit_by_hand_lasts_into_the_law_to_come(house: Carepass, second: str) -> None:
    starter(house, "apply", second, AHEAD)
    by_hand = ("requirement", "add", "IPAC", "--home", "maple-grove", "--role", "psw", "--learner-pays")
    house(*by_hand, today="2026-04-01")
    house("course", "edit", "IPAC", "--title", "Clean hands", today="2026-04-01")
    for day, years in (("2026-06-30", "1 years"), (LAW_DAY, "2 years")):
        row = law(house, day)["IPAC"]
        assert (row["employer_pays"], row["title"], row["expiry"]) == (False, "Clean hands", years)
    assert starter(house, "diff", second, "2026-04-02")["IPAC"]["change"] == "same"


def test_a_pack_is_undone_as_one(house: Carepass, second: str) -> None:
    before = {day: law(house, day) for day in (AHEAD, LAW_DAY)}
    starter(house, "apply", second, AHEAD)
    change = house.rows("audit", "list", today=AHEAD)[-1]["change"]
    house("audit", "undo", str(change), "--yes", today=AHEAD)
    assert {day: law(house, day) for day in before} == before


def test_a_pack_needs_a_role_and_says_whom_it_leaves_out(house: Carepass, first: str) -> None:
    house("starter", "apply", first, "--home", "maple-grove", code=2)
    missing = house("starter", "apply", first, "--home", "maple-grove", "--role", "rn", code=3)
    assert "role create maple-grove rn" in missing.err
    again = house("starter", "apply", first, "--home", "maple-grove", "--role", "psw")
    assert "1 topic" in again.err


def test_another_group_is_asked_other_topics(house: Carepass, first: str) -> None:
    house("role", "edit", "maple-grove", "psw", "--group", "registered")
    assert {code: row["change"] for code, row in starter(house, "diff", first).items()} == {
        "FIRE": "same", "IPAC": "same", "OLD": "same", "NURSES": "add",
    }  # fmt: skip


def test_topics_that_come_before_work_are_due_on_the_first_day(house: Carepass) -> None:
    house("starter", "apply", "direct-care", "--home", "maple-grove", "--role", "psw")
    asked = law(house, APPLIED)
    assert {row["due"] for code, row in asked.items() if code.startswith("TOP-")} == {"before-start"}
    assert {row["due"] for code, row in asked.items() if code.startswith("DC-")} == {"30d"}
    assert all(
        row["citation"].endswith(TO_CHECK) for code, row in asked.items() if code[:3] in ("TOP", "DC-")
    )


def test_the_example_is_a_pack(house: Carepass) -> None:
    file = str(Path(__file__).parents[2] / "examples" / "house-policy.toml")
    assert {code: row["result"] for code, row in starter(house, "apply", file).items()} == {
        "HOUSE-KEYS": "created", "HOUSE-LIFT": "created", "HOUSE-MOVE": "created",
    }  # fmt: skip
    assert law(house, APPLIED)["HOUSE-LIFT"]["citation"] == "House policy 12"
    days = ("2027-02-28", "2027-03-01", "2027-12-31", "2028-01-01")
    assert ["HOUSE-MOVE" in law(house, day) for day in days] == [False, True, True, False]
