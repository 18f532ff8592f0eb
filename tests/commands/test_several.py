"""Several of everything: options that narrow take many values; the one home that nobody needs to name."""

from pathlib import Path

import pytest

from tests.conftest import Carepass, assign, person
from tests.shelf import kept

NARROWED = (
    ("account", "list"),
    ("role", "list"),
    ("role", "assignments"),
    ("role", "pending"),
    ("requirement", "list"),
    ("submission", "list"),
    ("registration", "list"),
    ("report", "expiring"),
    ("report", "compliance"),
    ("report", "matrix"),
    ("report", "deadlines"),
    ("report", "retakes"),
)


@pytest.fixture
@kept
def chain(staff: Carepass) -> Carepass:
    """A second and a third home like the first, with a psw each and something in every list."""
    for number, home in enumerate(("oak-court", "pine-lodge"), start=1001):
        staff("home", "create", home, "--name", home, "--like", "maple-grove")
        person(staff, "Bo", f"Ng{number}", f"p{number}@example.org")
        assign(staff, str(number), home)
        staff("role", "confirm", "--account", str(number), "--home", home, "--role", "psw")
    for number in (1000, 1001, 1002):
        staff("record", "add", str(number), "WHMIS-1", "--on", "2026-01-05")
        staff("cart", "add", str(number), "IPAC-101")
        staff("cart", "submit", str(number))
        staff("registration", "grant", f"{number - 999}/IPAC-101")
    return staff


@pytest.mark.parametrize("command", NARROWED, ids=" ".join)
def test_homes_repeated_or_with_commas_mean_any_of_them(chain: Carepass, command: tuple[str, ...]) -> None:
    both = chain.rows(*command, "--home", "maple-grove", "--home", "oak-court")
    assert both == chain.rows(*command, "--home", "oak-court,maple-grove")
    if command != ("report", "compliance"):
        one = chain.rows(*command, "--home", "maple-grove")
        other = chain.rows(*command, "--home", "oak-court")
        assert sorted(map(str, both)) == sorted(map(str, one + other))
    assert chain(*command, "--home", "maple-grove,nowhere", "-o", "json", code=3).error["code"] == "not-found"
    chain(*command, "--home", "", code=2)


@pytest.mark.parametrize(
    "command",
    ["requirement waivers", "registration list", "submission list", "report gaps", "report expiring"],
)
def test_a_course_that_is_none_is_no_empty_list(staff: Carepass, command: str) -> None:
    error = staff(*command.split(), "--code", "IPAC-101,IPAC-11", "-o", "json", code=3).error
    assert (error["code"], "IPAC-101" in error["hint"]) == ("not-found", True)


def test_compliance_counts_homes_together(chain: Carepass) -> None:
    def counted(homes: str) -> list[int]:
        return [row["required"] for row in chain.rows("report", "compliance", "--home", homes)]

    assert counted("maple-grove,oak-court,pine-lodge") == [3, 3]
    assert counted("oak-court,pine-lodge") == [2, 2]


def test_statuses_people_and_courses(chain: Carepass) -> None:
    listed = chain.rows("role", "assignments", "--status", "confirmed,ended", "--account", "1000,1002")
    assert [row["portal_id"] for row in listed] == ["1000", "1002"]
    lines = chain.rows(
        "registration", "list", "--status", "in-progress", "--account", "1001", "--code", "IPAC-101"
    )
    assert [row["line"] for row in lines] == ["2/IPAC-101"]
    assert chain.rows("submission", "list", "--code", "WHMIS-1") == []
    error = chain("submission", "list", "--status", "aproved", "-o", "json", code=2).error
    assert (error["code"], "approved" in error["hint"]) == ("usage", True)


def test_requirements_are_added_at_every_home_and_role(chain: Carepass) -> None:
    homes = ("--home", "maple-grove,oak-court", "--home", "pine-lodge")
    chain("requirement", "remove", "WHMIS-1", *homes, "--role", "psw")
    assert {row["code"] for row in chain.rows("requirement", "list")} == {"IPAC-101"}
    added = chain.rows("requirement", "add", "WHMIS-1", *homes, "--role", "psw")
    assert [row["result"] for row in added] == ["created"] * 3


def test_the_only_home_need_not_be_named_and_a_write_says_it(staff: Carepass) -> None:
    ran = staff("requirement", "remove", "WHMIS-1", "--role", "psw")
    assert "Home: maple-grove (the only home)." in ran.err
    assert staff.rows("report", "compliance")[0]["code"] == "IPAC-101"


def test_a_default_home_is_used_where_one_is_wanted_and_narrows_nothing(
    chain: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = chain("report", "matrix", "-o", "json", code=2).error
    assert ("--home" in error["message"], "oak-court" in error["hint"]) == (True, True)
    chain("config", "set", "default_home", "oak-court")
    assert [row["portal_id"] for row in chain.rows("report", "matrix")] == ["1001"]
    assert len(chain.rows("role", "assignments")) == 3
    monkeypatch.setenv("CAREPASS_DEFAULT_HOME", "pine-lodge")
    assert [row["portal_id"] for row in chain.rows("report", "matrix")] == ["1002"]
    assert "Home: pine-lodge (default_home)." in chain("role", "end", "1002", "--role", "psw").err


def test_config_changes_one_line_and_keeps_the_others(
    carepass: Carepass, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    file = tmp_path / "carepass" / "config.toml"
    assert carepass.rows("config", "set", "actor", 'Ana "A" Doe')["result"] == "created"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text('# ours\nactor = "ana"   # who\noutput = "json"\n')
    file.chmod(0o644)
    assert carepass.rows("config", "set", "actor", "bo")["result"] == "updated"
    assert file.read_text() == '# ours\nactor = "bo"\noutput = "json"\n'
    assert file.stat().st_mode & 0o777 == 0o600
    assert carepass.rows("config", "unset", "output")["result"] == "updated"
    assert carepass.rows("config", "unset", "output")["result"] == "unchanged"
    assert file.read_text() == '# ours\nactor = "bo"\n'
    for key in ("today", "colour", "otput"):
        carepass("config", "set", key, "x", code=2)
    carepass("config", "set", "output", "xml", code=2)


def test_help_of_a_command_and_of_statuses(carepass: Carepass) -> None:
    assert "Usage: carepass role assign" in carepass("help", "role", "assign").out
    assert carepass("help", "role").out == carepass("role", "--help").out
    assert "expiring" in carepass("help", "statuses").out
    assert "role" in carepass("help", "rol", code=2).err
    carepass("help", "role", "assign", "more", code=2)
