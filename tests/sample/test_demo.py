"""The sample homes show everything there is to see, and what the demo tells to try works."""

import shlex
from datetime import date
from pathlib import Path

from carepass_cli.rules import assignment, registration, standing
from carepass_cli.store.opening import open_reader
from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.person import STANDING_KEYS, person_of
from tests.conftest import TODAY, Carepass, Ran


def test_it_prints_the_expiry_report_and_three_commands_that_work(demo: tuple[Carepass, Ran]) -> None:
    carepass, ran = demo
    assert ran.out == carepass("report", "expiring").out
    assert {"expired", "expiring"} <= set(ran.out.split())
    tried = [line.strip() for line in ran.err.splitlines() if line.startswith("  carepass ")]
    assert len(tried) == 3
    for line in tried:
        words = shlex.split(line)
        assert words[:3] == ["carepass", "--db", "demo.db"]
        assert carepass(*words[3:]).out


def test_it_has_two_homes_eight_roles_and_120_people_plainly_marked_as_sample(
    demo: tuple[Carepass, Ran],
) -> None:
    carepass, _ = demo
    homes = carepass.rows("home", "list")
    assert [home["code"] for home in homes] == ["sample-north", "sample-south"]
    assert all("Sample" in home["name"] for home in homes)
    assert len({role["role"] for role in carepass.rows("role", "list")}) == 8
    people = carepass.rows("account", "list")
    assert len(people) == 120
    assert all(person["email"].endswith("@sample.example") for person in people)


def test_every_status_and_step_is_there(demo: tuple[Carepass, Ran]) -> None:
    carepass, _ = demo
    reader, today = open_reader(carepass.db), date.fromisoformat(TODAY)
    statuses, steps = set(), set()
    for (account_id,) in list(reader.rows("SELECT id FROM account")):
        person = person_of(reader, today, account_id)
        for requirement in person.requirements():
            row = dict(zip(STANDING_KEYS, person.row(requirement), strict=True))
            statuses.add(row["status"])
            steps.add(row["step"])
    assert statuses == set(standing.STATUSES)
    assert steps == {None, *standing.STEPS}
    lines = list(list_lines(reader, today))
    assert {line.decision for line in lines} == {"approved", "rejected", "submitted"}
    assert {line.status for line in lines} >= set(registration.STATUSES) - {"withdrawn"}
    assert {a.status for a in list_assignments(reader, today)} >= set(assignment.STATUSES) - {"cancelled"}


def test_its_store_is_sound_and_has_a_past(demo: tuple[Carepass, Ran]) -> None:
    carepass, _ = demo
    assert {row["finding"] for row in carepass.rows("store", "check", "--full")} == {"ok"}
    past = carepass.rows("role", "assignments", today="2025-11-21")
    assert 0 < len(past) < len(carepass.rows("role", "assignments"))


def test_it_builds_over_nothing(demo: tuple[Carepass, Ran]) -> None:
    carepass, _ = demo
    before = Path(carepass.db).read_bytes()
    assert "already" in carepass("demo", "--db", carepass.db, code=4).err
    assert Path(carepass.db).read_bytes() == before
