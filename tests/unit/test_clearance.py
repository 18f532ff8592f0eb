"""May this person work that day, who began too soon, and the days that are left out."""

from dataclasses import replace
from datetime import date

import pytest

from carepass_cli.rules.absence import Absence, absence, absent, last_back
from carepass_cli.rules.clearance import Bar, bar, clearance, days_late, reasons
from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Demand, Held

START = date(2026, 3, 1)
DEMAND = Demand(date(2026, 1, 1), Span(30, "d"), Span(30, "d"), START)
BEFORE = Demand(date(2026, 1, 1), Span(0, "d"), Span(30, "d"), START, before_start=True)


@pytest.mark.parametrize(
    ("demand", "held", "against"),
    [
        (DEMAND, None, Bar(date(2026, 3, 31), "overdue")),
        (BEFORE, None, Bar(date.min, "before-start")),
        (replace(DEMAND, start_on=None), None, None),
        (DEMAND, Held(START, date(2027, 3, 1)), Bar(date(2027, 3, 1), "expired")),
        (BEFORE, Held(START, date(2027, 3, 1)), Bar(date(2027, 3, 1), "expired")),
        (BEFORE, Held(START, None), None),
    ],
)
def test_what_a_requirement_has_against_it(demand: Demand, held: Held | None, against: Bar | None) -> None:
    assert bar(demand, held) == against


def test_all_reasons_come_in_order_and_the_last_clear_day_still_counts() -> None:
    bars = [("A-1", Bar(date.min, "before-start")), ("B-2", Bar(date(2026, 3, 31), "overdue"))]
    before, after = (
        reasons(day, role_confirmed=False, on_leave=True, bars=bars)
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    )
    assert before == ("role-not-confirmed", "on-leave", "A-1 before-start")
    assert after == ("role-not-confirmed", "on-leave", "A-1 before-start", "B-2 overdue")
    assert clearance(after) == "not-cleared"


def test_nothing_against_it_is_cleared() -> None:
    assert reasons(START, role_confirmed=True, on_leave=False, bars=[]) == ()
    assert clearance(()) == "cleared"


@pytest.mark.parametrize(
    ("first", "late"), [(date(2026, 3, 1), 0), (date(2026, 2, 1), 0), (date(2026, 3, 2), 1), (None, 9)]
)
def test_the_first_day_is_in_time(first: date | None, late: int) -> None:
    assert days_late(date(2026, 3, 1), first, date(2026, 3, 10)) == late


JANUARY = absence(date(2026, 1, 1), date(2026, 1, 31), None)
FOR_GOOD = absence(date(2026, 2, 10), None, None)


def test_an_absence_is_over_the_day_after_its_last_or_when_it_is_ended() -> None:
    assert Absence(date(2026, 1, 1), date(2026, 2, 1)) == JANUARY
    assert absence(date(2026, 1, 1), date(2026, 1, 31), date(2026, 1, 10)).back_on == date(2026, 1, 10)
    assert absence(date(2026, 1, 1), date(2026, 1, 31), date(2026, 3, 10)).back_on == date(2026, 2, 1)
    assert absence(date(2026, 1, 1), None, date(2026, 3, 10)).back_on == date(2026, 3, 10)
    assert FOR_GOOD.back_on is None


@pytest.mark.parametrize(
    ("day", "away"),
    [
        (date(2025, 12, 31), False),
        (date(2026, 1, 1), True),
        (date(2026, 1, 31), True),
        (date(2026, 2, 1), False),
        (date(2026, 2, 10), True),
        (date(2099, 1, 1), True),
    ],
)
def test_both_ends_are_days_away(day: date, away: bool) -> None:
    assert absent([JANUARY, FOR_GOOD], day) is away


def test_the_last_day_back() -> None:
    never = absence(date(2026, 5, 1), None, date(2026, 5, 1))
    each = [JANUARY, FOR_GOOD, never]
    assert last_back(each, date(2026, 1, 31)) is None
    assert last_back(each, date(2026, 2, 1)) == date(2026, 2, 1)
    assert last_back(each, date(2026, 6, 1)) == date(2026, 2, 1)
    assert last_back([JANUARY, absence(date(2026, 1, 5), date(2026, 1, 9), None)], date(2026, 3, 1)) == date(
        2026, 2, 1
    )
