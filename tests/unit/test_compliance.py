"""What counts for a year."""

from datetime import date

import pytest

from carepass_cli.rules.compliance import as_of, counts_from, done_by_calendar, percent


@pytest.mark.parametrize(
    ("year", "today", "day"),
    [
        (2026, date(2026, 11, 21), date(2026, 11, 21)),
        (2026, date(2026, 12, 31), date(2026, 12, 31)),
        (2025, date(2026, 11, 21), date(2025, 12, 31)),
    ],
)
def test_the_day_reported_on(year: int, today: date, day: date) -> None:
    assert as_of(year, today) == day


@pytest.mark.parametrize(
    ("validity_years", "first"),
    [(None, None), (1, date(2026, 1, 1)), (2, date(2025, 1, 1)), (3, date(2024, 1, 1))],
)
def test_from_when_a_completion_counts(validity_years: int | None, first: date | None) -> None:
    assert counts_from(2026, validity_years) == first


def test_the_first_day_of_the_year_counts_and_the_day_before_does_not() -> None:
    assert done_by_calendar(date(2026, 1, 1), 1, 2026)
    assert not done_by_calendar(date(2025, 12, 31), 1, 2026)
    assert done_by_calendar(date(1999, 1, 1), None, 2026)
    assert not done_by_calendar(None, None, 2026)


@pytest.mark.parametrize(
    ("completed", "required", "share"),
    [(0, 0, None), (0, 7, 0.0), (2, 3, 66.7), (1, 3, 33.3), (7, 7, 100.0), (2999, 3000, 99.9)],
)
def test_the_share(completed: int, required: int, share: float | None) -> None:
    assert percent(completed, required) == share
