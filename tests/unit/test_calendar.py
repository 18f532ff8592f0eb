"""Two business days and 14 days, on the days where counting goes wrong."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from carepass_cli.rules.calendar import (
    Counted,
    SkippedDay,
    access_due,
    complete_by,
    count_business_days,
    why_closed,
)


@pytest.mark.parametrize(
    ("approved_on", "due"),
    [
        pytest.param(date(2026, 11, 16), date(2026, 11, 18), id="Monday to Wednesday"),
        pytest.param(date(2026, 11, 19), date(2026, 11, 23), id="Thursday over a weekend"),
        pytest.param(date(2026, 11, 20), date(2026, 11, 24), id="Friday to Tuesday"),
        pytest.param(date(2026, 11, 21), date(2026, 11, 24), id="approved on a Saturday"),
        pytest.param(date(2026, 11, 22), date(2026, 11, 24), id="approved on a Sunday"),
        pytest.param(date(2026, 4, 2), date(2026, 4, 7), id="over Good Friday; Easter Monday counts"),
        pytest.param(date(2026, 7, 31), date(2026, 8, 4), id="the Civic Holiday is no holiday of the Act"),
        pytest.param(date(2026, 12, 24), date(2026, 12, 30), id="Boxing Day on a Saturday has a substitute"),
        pytest.param(date(2026, 12, 30), date(2027, 1, 4), id="over New Year"),
    ],
)
def test_access_is_due_two_business_days_after_approval(approved_on: date, due: date) -> None:
    assert access_due(approved_on).last == due


def test_the_home_s_own_closing_days_do_not_count() -> None:
    closed = {date(2026, 11, 17), date(2026, 11, 18)}
    assert access_due(date(2026, 11, 16), closed) == Counted(
        date(2026, 11, 20),
        (
            SkippedDay(date(2026, 11, 17), "the home is closed"),
            SkippedDay(date(2026, 11, 18), "the home is closed"),
        ),
    )


def test_each_day_skipped_says_why() -> None:
    assert count_business_days(date(2026, 12, 24), 1).skipped == (
        SkippedDay(date(2026, 12, 25), "Christmas Day"),
        SkippedDay(date(2026, 12, 26), "Saturday"),
        SkippedDay(date(2026, 12, 27), "Sunday"),
        SkippedDay(date(2026, 12, 28), "Boxing Day (observed)"),
    )


def test_no_business_day_after_is_the_day_itself() -> None:
    assert count_business_days(date(2026, 12, 25), 0) == Counted(date(2026, 12, 25), ())


def test_an_ordinary_day_is_open() -> None:
    assert why_closed(date(2026, 11, 20)) == ""
    assert why_closed(date(2026, 11, 20), {date(2026, 11, 19)}) == ""


def test_a_closing_day_on_a_holiday_stays_the_holiday() -> None:
    assert why_closed(date(2026, 7, 1), {date(2026, 7, 1)}) == "Canada Day"


@pytest.mark.parametrize(
    ("access_on", "last"),
    [
        pytest.param(date(2026, 3, 1), date(2026, 3, 15), id="the clocks go forward on 8 March"),
        pytest.param(date(2026, 10, 25), date(2026, 11, 8), id="the clocks go back on 1 November"),
        pytest.param(date(2026, 12, 24), date(2027, 1, 7), id="over New Year: calendar days, holidays count"),
        pytest.param(date(2028, 2, 15), date(2028, 2, 29), id="to a leap day"),
        pytest.param(date(2027, 2, 15), date(2027, 3, 1), id="the same in a common year"),
    ],
)
def test_fourteen_days_leave_the_first_out_and_take_the_last_in(access_on: date, last: date) -> None:
    assert complete_by(access_on) == last


@pytest.mark.parametrize(
    ("access_on", "hours"),
    [
        pytest.param(date(2026, 3, 1), 14 * 24 - 1, id="the clocks go forward"),
        pytest.param(date(2026, 6, 1), 14 * 24, id="the clocks stay"),
        pytest.param(date(2026, 10, 25), 14 * 24 + 1, id="the clocks go back"),
    ],
)
def test_fourteen_days_are_days_and_not_hours(access_on: date, hours: int) -> None:
    assert midnight(complete_by(access_on)) - midnight(access_on) == timedelta(hours=hours)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo("America/Toronto")).astimezone(UTC)
