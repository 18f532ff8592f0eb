"""`role import --plan`: what the roles of a file would mean for each person's training."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Carepass, assign, course

Put = Callable[..., str]


@pytest.mark.on_file
def test_a_plan_tells_new_dropped_and_kept_and_writes_nothing(team: Carepass, put: Put) -> None:
    team("role", "create", "maple-grove", "cook", "--name", "Cook")
    course(team, "FOOD-1", "--price", "45.00", minutes=600)
    course(team, "FOOD-2", "--price", "12.50", minutes=500)
    course(team, "FOOD-3")
    at = ("--home", "maple-grove", "--role", "cook")
    team("requirement", "add", "IPAC-101", "FOOD-1", "FOOD-3", *at)
    team("requirement", "add", "FOOD-2", *at, "--learner-pays")
    assign(team, "2001")
    team("role", "confirm", "--account", "2001", "--home", "maple-grove", "--role", "psw")
    team("record", "add", "2001", "FOOD-3", "--on", "2026-01-05")
    before = Path(team.db).read_bytes()

    file = put("portal_id,home,role,last_name", "2001,maple-grove,cook,O'Brien", "2002,maple-grove,cook,Doe")
    moved, hired = team.rows("role", "import", file, "--plan")
    assert Path(team.db).read_bytes() == before
    assert moved == {
        "portal_id": "2001",
        "last_name": "O'Brien",
        "first_name": "Hélène",
        "new": ["FOOD-1", "FOOD-2", "FOOD-3"],
        "dropped": ["WHMIS-1"],
        "kept": ["IPAC-101"],
        "minutes": 1100,
        "employer_cost": "45.00",
        "learner_cost": "12.50",
        "unpriced": [],
        "schedule": ["2026-11-21/2026-12-05 FOOD-1", "2026-12-06/2026-12-20 FOOD-2"],
    }
    assert (hired["new"], hired["dropped"]) == (["FOOD-1", "FOOD-2", "FOOD-3", "IPAC-101"], [])
    assert (hired["minutes"], hired["unpriced"]) == (1160, ["FOOD-3", "IPAC-101"])


def test_a_plan_over_two_homes_takes_the_place_of_what_is_held_at_both(team: Carepass, put: Put) -> None:
    for home, code, minutes in (
        ("birch-hill", "BIRCH-1", "60"),
        ("oak-hill", "OAK-1", "20"),
        ("elm-hill", "ELM-1", "60"),
    ):
        team("home", "create", home, "--name", home, "--study-minutes-per-day", minutes)
        course(team, code, minutes=300)
        for role in ("cook", "porter"):
            team("role", "create", home, role, "--name", role)
        team("requirement", "add", code, "--home", home, "--role", "cook")
        course(team, f"{code}-P")
        team("requirement", "add", f"{code}-P", "--home", home, "--role", "porter")
        assign(team, "2001", home, "porter")
        team("role", "confirm", "--account", "2001", "--home", home, "--role", "porter")
    file = put("portal_id,home,role,last_name", "2001,birch-hill,cook,O'Brien", "2001,oak-hill,cook,O'Brien")
    (row,) = team.rows("role", "import", file, "--plan")
    assert (row["new"], row["dropped"], row["kept"]) == (
        ["BIRCH-1", "OAK-1"], ["BIRCH-1-P", "OAK-1-P"], ["ELM-1-P"],
    )  # fmt: skip
    # 20 minutes a day, as at Oak Hill, is 280 in 14 days: neither course goes with the other.
    assert [line.split()[1:] for line in row["schedule"]] == [["BIRCH-1"], ["OAK-1"]]


def test_a_plan_of_a_file_with_bad_rows_tells_both(team: Carepass, put: Put) -> None:
    file = put("portal_id,home,role,last_name", "2001,maple-grove,psw,O'Brien", "2002,maple-grove,psw,Wrong")
    ran = team("role", "import", file, "--plan", "-o", "json", code=5)
    (row,) = ran.json
    assert row["new"] == ["IPAC-101", "WHMIS-1"]
    assert "line 3" in ran.error["message"]
