"""Forecast and summary as arithmetic: for random pairs, every figure is what plain counting gives."""

from datetime import date, timedelta
from itertools import groupby

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carepass_cli.rules.compliance import percent
from carepass_cli.rules.forecast import NEVER, Course, Pair, forecast, months_from, months_until
from carepass_cli.rules.summary import ALL, Names, Post, Summary, percents, summarize, with_month_ago

TODAY = date(2026, 11, 21)
COURSES = {
    code: Course(f"Course {code}", minutes, cents)
    for code, minutes, cents in (("A", 30, 0), ("B", 45, 4500), ("C", 60, 1))
}
HOMES = {"h1": "One", "h2": "Two"}
ROLES = {(home, role): role.upper() for home in HOMES for role in ("psw", "rn")}
NAMES = Names(HOMES, ROLES, COURSES)
ENDS = st.one_of(
    st.none(), st.just(NEVER), st.integers(-40, 420).map(lambda days: TODAY + timedelta(days=days))
)


@st.composite
def histories(draw: st.DrawFn) -> list[Pair]:
    """Pairs by person: what a person holds of a course is the same wherever it is required."""
    pairs: list[Pair] = []
    for account in range(draw(st.integers(0, 5))):
        held = {code: draw(ENDS) for code in COURSES}
        asked = draw(st.sets(st.tuples(st.sampled_from(sorted(ROLES)), st.sampled_from(sorted(COURSES)))))
        for (home, role), code in sorted(asked, key=lambda each: (each[1], each[0])):
            begun = draw(st.sampled_from((True, True, False)))
            overdue = begun and held[code] is None and draw(st.booleans())
            pays = draw(st.booleans())
            pairs.append(Pair(account, home, role, code, pays, held[code], overdue, begun))
    return pairs


def once(pairs: list[Pair]) -> list[Pair]:
    """Each person and course once, the employer's first, then by home; begun where one is."""
    ordered = sorted(pairs, key=lambda p: (p.account, p.code, not p.employer_pays, p.home))
    groups = [list(each) for _, each in groupby(ordered, key=lambda p: (p.account, p.code))]
    return [each[0]._replace(begun=any(p.begun for p in each)) for each in groups]


def is_gap(pair: Pair) -> bool:
    return pair.ends is None or pair.ends < TODAY


def is_missing(pair: Pair) -> bool:
    return pair.begun and is_gap(pair)


@given(histories(), st.integers(1, 14), st.booleans(), st.booleans())
def test_a_forecast_is_the_pairs_counted(
    pairs: list[Pair], months: int, by_home: bool, by_course: bool
) -> None:
    rows = forecast(pairs, COURSES, TODAY, months, by_home=by_home, by_course=by_course)
    counted = once(pairs)
    assert rows == sorted(rows, key=lambda row: (row.month, row.home, row.code, row.payer))
    for row in rows:
        mine = [
            pair
            for pair in counted
            if (pair.home if by_home else "", pair.code if by_course else "") == (row.home, row.code)
            and ("employer" if pair.employer_pays else "learner") == row.payer
        ]
        renewals = [
            p
            for p in mine
            if not is_gap(p) and (p.ends.year, p.ends.month) == (row.month.year, row.month.month)
        ]
        gaps = [p for p in mine if is_missing(p)] if row.month == date(2026, 11, 1) else []
        assert (row.renewals, row.gaps) == (len(renewals), len(gaps))
        assert row.people == len({pair.account for pair in (*renewals, *gaps)}) > 0
        assert row.minutes == sum(COURSES[pair.code].minutes for pair in (*renewals, *gaps))
        assert row.cents == sum(COURSES[pair.code].cents for pair in (*renewals, *gaps))
    last = months_from(TODAY, months + 1)[-1]
    assert sum(row.renewals for row in rows) == sum(not is_gap(p) and p.ends < last for p in counted)
    assert sum(row.gaps for row in rows) == sum(map(is_missing, counted))


@given(histories())
@settings(max_examples=150)
def test_a_summary_is_the_pairs_counted(pairs: list[Pair]) -> None:
    posts = [Post(*each) for each in sorted({(p.account, p.home, p.role) for p in pairs if p.begun})]
    rows = summarize(pairs, posts, NAMES, TODAY, 12)
    assert [row.home for row in rows] == ["h1", "h2", ALL]
    for row in rows:
        of_home = [pair for pair in pairs if row.home in (pair.home, ALL)]
        check(row, of_home)


def check(row: Summary, pairs: list[Pair]) -> None:
    ending = [pair for pair in once(pairs) if not is_gap(pair)]
    for days, number in ((30, row.expiring_30), (60, row.expiring_60), (90, row.expiring_90)):
        assert number == sum(pair.ends <= TODAY + timedelta(days=days) for pair in ending)
    counted = [pair for pair in once(pairs) if pair.begun]
    held = [pair for pair in counted if not is_gap(pair)]
    assert row.staff == len({pair.account for pair in counted})
    assert row.percent == percent(len(held), len(counted))
    assert row.expired == sum(pair.ends is not None and is_gap(pair) for pair in counted)
    assert row.overdue == len({(pair.account, pair.code) for pair in pairs if pair.overdue})
    for course in row.by_course:
        mine = [pair for pair in counted if pair.code == course.code]
        assert (course.required, course.valid) == (len(mine), sum(pair in held for pair in mine))
        assert course.percent == percent(course.valid, course.required)
    assert {course.code for course in row.by_course} == {pair.code for pair in counted}
    for role in row.by_role:
        own = [pair for pair in pairs if pair.role == role.role and pair.begun]
        valid = {(pair.account, pair.code): not is_gap(pair) for pair in own}
        assert role.percent == percent(sum(valid.values()), len(valid))
        assert role.staff == len({pair.account for pair in own})
        assert role.name == role.role.upper()
    ahead = forecast(pairs, COURSES, TODAY, 12)
    for month in row.months:
        rows = [each for each in ahead if each.month == month.month]
        assert month.renewals == sum(each.renewals for each in rows)
        assert month.minutes == sum(each.minutes for each in rows)
        assert month.employer_cents == sum(each.cents for each in rows if each.payer == "employer")
        assert month.learner_cents == sum(each.cents for each in rows if each.payer == "learner")


@pytest.mark.parametrize(
    ("today", "day", "months"),
    [("2026-11-30", "2026-12-01", 1), ("2026-11-01", "2026-11-30", 0), ("2026-12-31", "2028-01-01", 13)],
)
def test_months_are_those_of_the_calendar(today: str, day: str, months: int) -> None:
    start = date.fromisoformat(today)
    assert months_until(start, date.fromisoformat(day)) == months
    assert months_from(start, months + 1)[-1] == date.fromisoformat(day).replace(day=1)


def test_a_home_that_was_not_there_a_month_ago_has_no_percentage_of_then() -> None:
    pairs = [Pair(1, "h1", "psw", "A", True, TODAY)]
    rows = summarize(pairs, [Post(1, "h1", "psw")], NAMES, TODAY, 1)
    assert [row.percent for row in rows] == [100.0, None, 100.0]
    assert [row.percent_month_ago for row in with_month_ago(rows, {})] == [None, None, None]
    assert [row.percent_month_ago for row in with_month_ago(rows, {"h1": 50.0})] == [50.0, None, None]


@given(histories())
def test_the_percentages_alone_are_those_of_the_summary(pairs: list[Pair]) -> None:
    rows = summarize(pairs, [], NAMES, TODAY, 0)
    obliged: dict[int, dict[str, frozenset[str]]] = {}
    for pair in (pair for pair in pairs if pair.begun):
        homes = obliged.setdefault(pair.account, {})
        homes[pair.home] = homes.get(pair.home, frozenset()) | {pair.code}
    known = {row.home: row.percent for row in rows if row.percent is not None}
    assert percents(obliged, filter(is_gap, pairs)) == known
