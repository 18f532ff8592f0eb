"""The table of holidays says what the library says."""

import runpy
from datetime import date
from pathlib import Path

import holidays
import pytest

from carepass_cli.rules import calendar
from carepass_cli.rules.ontario_holidays import FIRST_YEAR, HOLIDAYS, LAST_YEAR

THE_NINE = {
    "New Year's Day",
    "Family Day",
    "Good Friday",
    "Victoria Day",
    "Canada Day",
    "Labour Day",
    "Thanksgiving Day",
    "Christmas Day",
    "Boxing Day",
}


def by_library(year: int) -> dict[date, str]:
    return dict(holidays.country_holidays("CA", subdiv="ON", years=year, language="en_CA"))


@pytest.mark.parametrize("year", range(FIRST_YEAR - 2, LAST_YEAR + 3))
def test_each_year_is_the_library_s_within_the_table_and_just_outside_it(year: int) -> None:
    calendar.public_holidays.cache_clear()
    assert calendar.public_holidays(year) == by_library(year)


def test_the_table_holds_its_years_and_no_other() -> None:
    assert {day.year for day in HOLIDAYS} == set(range(FIRST_YEAR, LAST_YEAR + 1))


def test_only_years_outside_the_table_ask_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "holidays_by_library", lambda year: {date(year, 1, 1): "asked"})
    years = (FIRST_YEAR - 1, FIRST_YEAR, LAST_YEAR, LAST_YEAR + 1)
    asked = [year for year in years if "asked" in calendar.public_holidays.__wrapped__(year).values()]
    assert asked == [FIRST_YEAR - 1, LAST_YEAR + 1]


@pytest.mark.parametrize("year", [1990, 2026, 2199])
def test_holidays_come_in_the_order_of_the_year(year: int) -> None:
    days = list(calendar.holidays_by_library(year))
    assert days == sorted(by_library(year))


def test_the_holidays_are_the_nine_of_the_employment_standards_act() -> None:
    names = {name.removesuffix(" (observed)") for text in HOLIDAYS.values() for name in text.split("; ")}
    assert names == THE_NINE


def test_the_module_is_what_its_script_makes() -> None:
    script = runpy.run_path(str(Path(__file__).with_name("holiday_table.py")))
    assert script["table_source"](FIRST_YEAR, LAST_YEAR) == script["table_path"]().read_text(encoding="utf-8")
