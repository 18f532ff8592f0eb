"""What a list of staff asks for, person by person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carepass_cli.rules.staffing import Held, Listed, Standing, find_standing, plan_person

TODAY = date(2026, 11, 21)
OLD, MAY, OCT, AHEAD = date(2024, 1, 10), date(2026, 5, 1), date(2026, 10, 5), date(2026, 12, 1)


def row(
    role: int | None,
    start: date | None = None,
    standing: Standing = "staying",
    ended: date | None = None,
    line: int = 2,
) -> Listed:
    return Listed(line, role, start, standing, ended)


@pytest.mark.parametrize(
    ("word", "standing"),
    [
        ("Active", "staying"),
        ("", "staying"),
        (" ACTIF ", "staying"),
        ("On Leave", "on-leave"),
        ("En congé", "on-leave"),
        ("Congé de maternité", "on-leave"),
        ("Terminated", "leaving"),
        ("Démissionné", "leaving"),
        ("Fin d’emploi", "leaving"),
        ("T", None),
        ("True", None),
        ("Activ", None),
    ],
)
def test_a_word_is_known_or_it_is_not(word: str, standing: Standing | None) -> None:
    assert find_standing(word) == standing


@pytest.mark.parametrize(
    ("held", "listed", "steps"),
    [
        ([], [row(1)], [("join", 1, TODAY, None)]),
        ([], [row(1, AHEAD)], [("join", 1, AHEAD, None)]),
        ([], [row(1, standing="leaving")], [("skipped", 1, None, None)]),
        ([Held(1, OLD)], [row(1, MAY)], [("unchanged", 1, None, None)]),
        ([Held(1, OLD, OLD)], [row(2, OLD)], [("move", 2, TODAY, date(2026, 11, 20))]),
        ([Held(1, OLD, OLD)], [row(2, OCT)], [("move", 2, OCT, date(2026, 10, 4))]),
        ([Held(1, OLD, OLD)], [row(2, AHEAD)], [("unchanged", 2, None, None)]),
        # A role confirmed today is over today, not the day before.
        ([Held(1, OLD, TODAY)], [row(2)], [("move", 2, TODAY, TODAY)]),
        (
            [Held(1, OLD)],
            [row(2), row(3)],
            [("join", 2, TODAY, None), ("join", 3, TODAY, None), ("missing", 1, None, TODAY)],
        ),
        ([Held(1, OLD), Held(2, OLD)], [row(1)], [("unchanged", 1, None, None), ("missing", 2, None, TODAY)]),
        (
            [Held(1, OLD), Held(2, OLD)],
            [row(1), row(2), row(3)],
            [("join", 3, TODAY, None), ("unchanged", 1, None, None), ("unchanged", 2, None, None)],
        ),
        ([Held(1, OLD)], [row(1, standing="leaving")], [("leave", 1, None, TODAY)]),
        ([Held(1, OLD)], [row(1, ended=OCT)], [("leave", 1, None, OCT)]),
        ([Held(1, OLD)], [row(1, ended=TODAY)], [("leave", 1, None, TODAY)]),
        ([Held(1, OLD)], [row(1, standing="leaving", ended=AHEAD)], [("unchanged", 1, None, None)]),
        # Who leaves with every row leaves with every role, whatever the list calls it by then.
        ([Held(1, OLD)], [row(None, standing="leaving")], [("leave", 1, None, TODAY)]),
        (
            [Held(1, OLD), Held(2, MAY)],
            [row(1, standing="leaving")],
            [("leave", 1, None, TODAY), ("leave", 2, None, TODAY)],
        ),
        (
            [Held(1, OLD), Held(2, MAY)],
            [row(1, standing="leaving"), row(2, line=3)],
            [("leave", 1, None, TODAY), ("unchanged", 2, None, None)],
        ),
        ([Held(1, OLD, OLD, OCT)], [row(1, standing="leaving")], [("unchanged", 1, None, None)]),
        ([Held(1, OLD, OLD, OCT)], [row(1, OLD)], [("return", 1, OLD, None)]),
        ([Held(1, OLD, OLD, OCT)], [row(1)], [("return", 1, OLD, None)]),
        ([Held(1, OLD, OLD, MAY)], [row(1, OCT)], [("return", 1, OCT, None)]),
        ([Held(1, OLD, declined=True)], [row(1)], [("join", 1, TODAY, None)]),
        ([Held(1, OLD), Held(2, OLD, OLD, MAY)], [row(2, OLD)], [("move", 2, TODAY, date(2026, 11, 20))]),
    ],
)
def test_a_persons_roles_become_what_the_list_says(
    held: list[Held], listed: list[Listed], steps: list
) -> None:
    found = [
        (step.action, step.role_id, step.start_on, step.ended_on) for step in plan_person(held, listed, TODAY)
    ]
    assert found == steps


ROLES = st.integers(1, 4)
STANDINGS = st.sampled_from(["staying", "on-leave", "leaving"])


@given(st.sets(ROLES), st.dictionaries(ROLES, STANDINGS))
def test_a_list_that_was_carried_out_asks_for_nothing_more(
    roles: set[int], listed: dict[int, Standing]
) -> None:
    held = {role: Held(role, OLD, OLD) for role in roles}
    rows = [row(role, OLD, standing, line=role + 1) for role, standing in listed.items()]
    first = plan_person([*held.values()], rows, TODAY)
    assert sorted(step.line for step in first if step.line is not None) == sorted(each.line for each in rows)
    for step in first:
        if step.ends is not None and step.action != "missing":
            held[step.ends.role_id] = step.ends._replace(ended_on=step.ended_on)
        if step.action in ("join", "move", "return"):
            assert step.role_id is not None
            assert step.start_on is not None
            held[step.role_id] = Held(step.role_id, step.start_on, TODAY)
    again = plan_person([*held.values()], rows, TODAY)
    assert {step.action for step in again} <= {"unchanged", "skipped", "missing"}
