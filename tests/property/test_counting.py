"""Laws of counting days: business days, 14 days, spans."""

from datetime import date, timedelta
from functools import cache

import holidays
from hypothesis import example, given
from hypothesis import strategies as st

from carepass_cli.rules.calendar import access_due, complete_by, count_business_days, why_closed
from carepass_cli.rules.fields import FIRST_DAY, LAST_DAY
from carepass_cli.rules.span import MOST, Span, parse_span, years_after

DAY = timedelta(days=1)

days = st.dates(FIRST_DAY, LAST_DAY)
days_at_hand = st.dates(date(2025, 1, 1), date(2028, 12, 31))
closing_days = st.sets(days_at_hand, max_size=40)
spans = st.sampled_from(sorted(MOST)).flatmap(
    lambda unit: st.builds(Span, st.integers(0, MOST[unit]), st.just(unit))
)


@cache
def by_library() -> holidays.HolidayBase:
    return holidays.country_holidays("CA", subdiv="ON", years=range(2025, 2031))


def recount(start: date, count: int, closed: set[date]) -> date:
    """The obvious way: write the calendar down, strike out, take the nth that is left."""
    calendar = [start + n * DAY for n in range(1, 200)]
    open_days = [
        day
        for day in calendar
        if day.strftime("%a") not in ("Sat", "Sun") and day not in by_library() and day not in closed
    ]
    return open_days[count - 1] if count else start


@given(start=days_at_hand, count=st.integers(0, 30), closed=closing_days)
@example(start=date(2025, 12, 24), count=2, closed=set())
@example(start=date(2026, 12, 24), count=2, closed={date(2026, 12, 29)})
@example(start=date(2027, 12, 24), count=2, closed=set())
@example(start=date(2027, 12, 31), count=1, closed=set())
def test_business_days_are_those_of_a_slow_recount(start: date, count: int, closed: set[date]) -> None:
    assert count_business_days(start, count, closed).last == recount(start, count, closed)


@given(start=days_at_hand, count=st.integers(0, 30), closed=closing_days)
def test_every_day_passed_was_counted_or_skipped_with_a_reason(
    start: date, count: int, closed: set[date]
) -> None:
    counted = count_business_days(start, count, closed)
    assert (counted.last - start).days == count + len(counted.skipped)
    assert all(start < skipped.day < counted.last and skipped.because for skipped in counted.skipped)
    assert [s.day for s in counted.skipped] == sorted({s.day for s in counted.skipped})


@given(start=days_at_hand, closed=closing_days)
def test_access_is_due_on_an_open_day_at_least_two_days_on(start: date, closed: set[date]) -> None:
    due = access_due(start, closed).last
    assert due >= start + 2 * DAY
    assert why_closed(due, closed) == ""


@given(start=days_at_hand, closed=closing_days, more=closing_days)
def test_approving_later_or_closing_more_never_makes_access_due_earlier(
    start: date, closed: set[date], more: set[date]
) -> None:
    due = access_due(start, closed).last
    assert access_due(start + DAY, closed).last >= due
    assert access_due(start, closed | more).last >= due


@given(days)
def test_the_fourteenth_day_on_is_the_same_day_of_the_week(access_on: date) -> None:
    last = complete_by(access_on)
    assert last == [access_on + n * DAY for n in range(1, 15)][-1]
    assert last.weekday() == access_on.weekday()


@given(day=days, span=spans)
def test_a_span_never_moves_a_day_the_wrong_way(day: date, span: Span) -> None:
    assert span.before(day) <= day <= span.after(day)


@given(day=days, other=days, span=spans)
def test_a_span_keeps_days_in_order(day: date, other: date, span: Span) -> None:
    first, last = sorted((day, other))
    assert span.after(first) <= span.after(last)
    assert span.before(first) <= span.before(last)


@given(day=days, span=spans)
def test_days_and_weeks_go_forth_and_back(day: date, span: Span) -> None:
    back = span.before(span.after(day))
    if span.unit in ("d", "w"):
        assert back == day
    else:  # 31 January and a month is 28 February, and that less a month is the 28th again
        assert day - 3 * DAY <= back <= day


@given(spans)
def test_a_span_survives_being_written_and_read(span: Span) -> None:
    assert parse_span(str(span)) == span


@given(day=days, years=st.integers(1, 50))
@example(date(2024, 2, 29), 1)
@example(date(2024, 2, 29), 4)
@example(date(2096, 2, 29), 4)
def test_an_anniversary_is_the_same_day_save_for_a_leap_day(day: date, years: int) -> None:
    last = years_after(day, years)
    assert last.year == day.year + years
    if (last.month, last.day) != (day.month, day.day):
        assert (day.month, day.day) == (2, 29)
        assert (last.month, last.day) == (2, 28)
        assert (last + DAY).month == 3
