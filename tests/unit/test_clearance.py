"""May this person work that day, who began too soon, and the days that are left out."""

from datetime import date

import pytest

from carepass_cli.rules.absence import Absence, absence, absent, last_back
from carepass_cli.rules.clearance import clearance, days_late, reason_of, reasons
from carepass_cli.rules.standing import Standing


@pytest.mark.parametrize(
    ("status", "before_start", "reason"),
    [
        ("not-started", False, None),
        ("not-started", True, "before-start"),
        ("overdue", False, "overdue"),
        ("overdue", True, "before-start"),
        ("expired", False, "expired"),
        ("expired", True, "expired"),
        ("valid", True, None),
        ("expiring", True, None),
        ("waived", True, None),
    ],
)
def test_what_keeps_from_work(status: str, before_start: bool, reason: str | None) -> None:
    assert reason_of(Standing(status, None), before_start=before_start) == reason


def test_all_reasons_come_in_order() -> None:
    courses = [("A-1", True, Standing("overdue", None)), ("B-2", False, Standing("expired", None))]
    found = reasons(role_confirmed=False, on_leave=True, courses=courses)
    assert found == ("role-not-confirmed", "on-leave", "A-1 before-start", "B-2 expired")
    assert clearance(found) == "not-cleared"


def test_nothing_against_it_is_cleared() -> None:
    courses = [("A-1", True, Standing("valid", None))]
    assert reasons(role_confirmed=True, on_leave=False, courses=courses) == ()
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
