"""Starter templates: what is in them, and what one command makes of them at a home."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.rules.pack import TO_CHECK
from carepass_cli.shipped.starter import FILES, LAW, shipped_pack, starters

SOURCE = Path(__file__).with_name("ontario-ltc-topics.csv")
NAMES = [
    "all-staff", "direct-care", "registered", "dietary", "environmental", "administration",
    "volunteer", "student", "agency",
]  # fmt: skip


@pytest.fixture
def at_home(carepass: Any) -> Any:
    """A home without roles."""
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    return carepass


def codes(carepass: Any, role: str) -> set[str]:
    rows = carepass.rows("requirement", "list", "--home", "maple-grove", "--role", role)
    return {row["code"] for row in rows}


@pytest.mark.on_file
def test_every_template_is_listed_without_a_store(carepass: Any, tmp_path: Any) -> None:
    carepass.db = str(tmp_path / "none.db")
    rows = carepass.rows("starter", "list")
    assert [row["name"] for row in rows] == [*NAMES, *FILES]
    by_name = {row["name"]: row for row in rows}
    assert {by_name[name]["citations"] for name in (*NAMES, LAW)} == {TO_CHECK}
    assert by_name["ontario-awareness"]["citations"] == "checked against the sources named"
    assert all(row["minutes"] == 30 * row["courses"] for row in rows)
    assert "to be checked against the law" in carepass("starter", "list").out


def test_every_topic_of_the_source_is_in_the_law_as_it_stands_there() -> None:
    with SOURCE.open(encoding="utf-8", newline="") as file:
        written = {row["code"]: row for row in csv.DictReader(StringIO(file.read()))}
    topics = {topic.code: topic for topic in shipped_pack(LAW).topics}
    assert set(topics) == set(written)
    for code, row in written.items():
        topic = topics[code]
        assert (topic.title, topic.citation) == (row["title"], row["citation_to_check"])
        assert topic.due == ("before-start" if row["before_starting_work"] == "yes" else None)
        assert topic.validity_years == (1 if row["renewal"] == "annual" else None)
        assert topic.checked is None
    asked = {topic.code for starter in starters() if starter.role for topic in starter.topics}
    assert asked == set(written)


def test_what_was_checked_names_its_source(carepass: Any) -> None:
    """Of the awareness trainings, whose sources could be read; nothing else is checked."""
    for name in FILES:
        rows = carepass.rows("starter", "show", name)
        assert all((row["checked"] is None) is (TO_CHECK in row["citation"]) for row in rows)
        assert all((row["checked"] is None) is (name == LAW) for row in rows)
    (row,) = carepass.rows("starter", "show", "ontario-supervisor")
    assert (row["due"], row["citation"]) == ("1w", "O. Reg. 297/13 s. 2")
    assert row["checked"].startswith("carepass, 2026-11-25: O. Reg. 297/13")


def test_a_pack_of_one_s_own(carepass: Any, tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(
        '[pack]\nname = "policy"\nversion = "1"\ntitle = "Ours"\n[[topic]]\ncode = "X"\ntitle = "x"\n'
    )
    (row,) = carepass.rows("starter", "show", str(file))
    assert (row["code"], row["due"], row["citation"], row["who"]) == ("X", None, None, "all")
    file.write_text("[pack]\nname = 1\n")
    assert "pack.name" in carepass("starter", "show", str(file), code=2).err
    file.write_bytes(b"\xff")
    assert "UTF-8" in carepass("starter", "show", str(file), code=2).err
    assert "No such file" in carepass("starter", "show", str(tmp_path / "none.toml"), code=2).err
    carepass("starter", "show", "dietry", code=3)


def test_who_gets_what() -> None:
    by_name = {each.name: {topic.code for topic in each.topics} for each in starters()}
    everybody = by_name["all-staff"]
    assert "TOP-EPLAN" in everybody
    assert not any(code.startswith("DC-") for code in everybody | by_name["dietary"] | by_name["student"])
    for name in set(NAMES) - {"volunteer"}:
        assert everybody <= by_name[name], name
    assert by_name["volunteer"] < everybody
    assert by_name["direct-care"] == by_name["registered"] == by_name["agency"]
    assert len(by_name["direct-care"]) == 25
    assert {"TOP-EQUIP", "TOP-CLEAN"} <= by_name["environmental"]


def test_show_marks_every_citation(carepass: Any) -> None:
    rows = carepass.rows("starter", "show", "direct-care")
    assert len(rows) == 25
    assert all(row["citation"].endswith("(to be checked against the law)") for row in rows)
    by_code = {row["code"]: row for row in rows}
    assert (by_code["TOP-MISSION"]["expiry"], by_code["TOP-FIRE"]["expiry"]) == ("", "1 years")
    assert by_code["TOP-FIRE"]["before_starting_work"] is True
    assert by_code["DC-FALLS"]["before_starting_work"] is False


@pytest.mark.parametrize("name", NAMES)
def test_applying_makes_role_courses_and_requirements_and_again_changes_nothing(
    at_home: Any, name: str
) -> None:
    first = at_home("starter", "apply", name, "--home", "maple-grove", "-o", "json")
    assert {row["result"] for row in first.json} == {"created"}
    assert all(row["citation"].endswith(f"({TO_CHECK})") for row in first.json)
    assert "assumption" in first.err
    assert codes(at_home, name) == {row["code"] for row in first.json}
    before = at_home.rows("audit", "list")
    again = at_home("starter", "apply", name, "--home", "maple-grove", "-o", "json", today="2026-12-01")
    assert {row["result"] for row in again.json} == {"unchanged"}
    assert at_home.rows("audit", "list", today="2026-12-01") == before


def test_courses_carry_title_and_validity(at_home: Any) -> None:
    at_home("starter", "apply", "all-staff", "--home", "maple-grove")
    course = at_home("course", "show", "TOP-RIGHTS", "-o", "json").json
    assert (course["title"], course["validity_years"], course["minutes"]) == (
        "Residents' Bill of Rights", 1, 30,
    )  # fmt: skip
    assert at_home("course", "show", "TOP-POLICY", "-o", "json").json["validity_years"] is None


def test_what_the_home_has_edited_stays(at_home: Any) -> None:
    at_home("role", "create", "maple-grove", "psw", "--name", "Personal support worker")
    at_home("starter", "apply", "direct-care", "--home", "maple-grove", "--role", "psw")
    at_home("course", "edit", "TOP-FIRE", "--minutes", "45", "--title", "Fire safety at our home")
    at_home("requirement", "add", "TOP-FIRE", "--home", "maple-grove", "--role", "psw", "--learner-pays")
    at_home("requirement", "remove", "DC-PASD", "--home", "maple-grove", "--role", "psw")
    again = at_home.rows("starter", "apply", "direct-care", "--home", "maple-grove", "--role", "psw")
    assert [row["code"] for row in again if row["result"] != "unchanged"] == ["DC-PASD"]
    fire = next(row for row in again if row["code"] == "TOP-FIRE")
    assert (fire["minutes"], fire["title"], fire["employer_pays"]) == (45, "Fire safety at our home", False)
    role = next(r for r in at_home.rows("role", "list", "--home", "maple-grove") if r["role"] == "psw")
    assert role["name"] == "Personal support worker"


def test_two_templates_share_their_courses(at_home: Any) -> None:
    at_home("starter", "apply", "all-staff", "--home", "maple-grove")
    more = at_home("starter", "apply", "dietary", "--home", "maple-grove")
    assert "Created 2 courses" in more.err


def test_it_is_all_or_nothing(at_home: Any) -> None:
    at_home("course", "create", "TOP-EPLAN", "--title", "Codes", "--provider", "In-house", "--minutes", "5")
    at_home("course", "retire", "TOP-EPLAN", "--yes")
    at_home("starter", "apply", "all-staff", "--home", "maple-grove", code=4)
    assert at_home.rows("role", "list", "--home", "maple-grove") == []
    assert [row["code"] for row in at_home.rows("course", "list")] == ["TOP-EPLAN"]


def test_a_dry_run_writes_nothing(at_home: Any) -> None:
    ran = at_home("starter", "apply", "all-staff", "--home", "maple-grove", "-n", "-o", "json")
    assert {row["result"] for row in ran.json} == {"created"}
    assert at_home.rows("role", "list", "--home", "maple-grove") == []
    assert at_home.rows("course", "list") == []


def test_what_is_not_there_is_named(at_home: Any) -> None:
    assert "dietary" in at_home("starter", "apply", "dietry", "--home", "maple-grove", code=3).err
    at_home("starter", "apply", "dietary", "--home", "maple-grov", code=3)
    assert at_home.rows("course", "list") == []


def test_due_before_work_begins(at_home: Any) -> None:
    at_home("starter", "apply", "volunteer", "--home", "maple-grove", "--due-within", "0d")
    at_home(
        "account", "create", "--first-name", "Ada", "--last-name", "Example",
        "--birthdate", "1990-05-17", "--email", "ada@example.org",
    )  # fmt: skip
    at_home(
        "role", "assign", "1000", "--home", "maple-grove", "--role", "volunteer",
        "--unverified", "--start", "2026-12-01",
    )  # fmt: skip
    at_home("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "volunteer")
    rows = at_home.rows("requirement", "list", "--account", "1000")
    assert {row["due_on"] for row in rows} == {"2026-12-01"}
