"""Spans as people write them."""

from datetime import date

import pytest

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.span import Span, parse_span, years_after


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0d", Span(0, "d")),
        ("30d", Span(30, "d")),
        ("2w", Span(2, "w")),
        ("3mo", Span(3, "mo")),
        ("1y", Span(1, "y")),
        ("36500d", Span(36500, "d")),
        ("5200w", Span(5200, "w")),
        ("1200mo", Span(1200, "mo")),
        ("100y", Span(100, "y")),
    ],
)
def test_a_span_is_a_number_and_a_unit(text: str, span: Span) -> None:
    assert parse_span(text) == span
    assert str(span) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "30", "d", "-1d", "1.5d", " 1d", "1d ", "1 d", "1D", "3m", "1yr", "1d\n", "٣d"),
        *("36501d", "5201w", "1201mo", "101y", "3650000d", "000001d"),
    ],
)
def test_nothing_else_is_a_span(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        parse_span(text, "--within")
    assert refused.value.message == f"--within '{text}' is not a span of time."
    assert refused.value.hint == "Write it as 30d, 2w, 3mo or 1y, up to 100 years."


def test_an_error_shows_no_more_than_forty_characters_of_what_was_written() -> None:
    with pytest.raises(InvalidValue, match=rf"^The span '{'x' * 40}' is not"):
        parse_span("x" * 41)


@pytest.mark.parametrize(
    ("span", "after", "before"),
    [
        (Span(0, "d"), date(2026, 3, 31), date(2026, 3, 31)),
        (Span(30, "d"), date(2026, 4, 30), date(2026, 3, 1)),
        (Span(2, "w"), date(2026, 4, 14), date(2026, 3, 17)),
        (Span(1, "mo"), date(2026, 4, 30), date(2026, 2, 28)),
        (Span(1, "y"), date(2027, 3, 31), date(2025, 3, 31)),
    ],
)
def test_a_span_moves_a_day(span: Span, after: date, before: date) -> None:
    assert span.after(date(2026, 3, 31)) == after
    assert span.before(date(2026, 3, 31)) == before


@pytest.mark.parametrize(
    ("years", "last_day"), [(1, date(2025, 2, 28)), (3, date(2027, 2, 28)), (4, date(2028, 2, 29))]
)
def test_years_from_a_leap_day(years: int, last_day: date) -> None:
    assert years_after(date(2024, 2, 29), years) == last_day


def test_a_year_to_a_leap_year_is_the_same_day() -> None:
    assert years_after(date(2027, 2, 28), 1) == date(2028, 2, 28)


@pytest.mark.parametrize(
    ("span", "day", "latest"),
    [
        (Span(30, "d"), date(2026, 2, 28), date(2026, 3, 30)),
        (Span(1, "mo"), date(2026, 2, 27), date(2026, 3, 27)),
        (Span(1, "mo"), date(2026, 2, 28), date(2026, 3, 31)),
        (Span(1, "y"), date(2023, 2, 28), date(2024, 2, 29)),
    ],
)
def test_a_span_reaches_the_latest_day_that_it_looks_back_from(span: Span, day: date, latest: date) -> None:
    assert span.reach(day) == latest
