"""The standing of one person in one requirement."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.span import DUE_WITHIN, Span, parse_due, parse_span
from carepass_cli.rules.standing import (
    STATUSES,
    STEPS,
    Attempt,
    Demand,
    Held,
    Standing,
    best,
    days_left,
    due_date,
    due_span,
    standing,
    step,
    validity,
)

DEMAND = Demand(date(2026, 1, 1), Span(30, "d"), Span(30, "d"), start_on=date(2026, 3, 1))
DUE = date(2026, 3, 31)
ANNUAL = Held(date(2026, 3, 10), date(2027, 3, 10))
ONCE = Held(date(2026, 3, 10), None)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("held", "waived", "today", "told"),
    [
        (None, False, DUE, Standing("not-started", DUE)),
        (None, False, DUE + DAY, Standing("overdue", DUE)),
        (None, True, DUE + DAY, Standing("waived", DUE)),
        (ONCE, False, DUE, Standing("valid", DUE, date(2026, 3, 10))),
        (ONCE, True, DUE, Standing("waived", DUE, date(2026, 3, 10))),
        (
            ANNUAL,
            False,
            date(2027, 2, 7),
            Standing("valid", DUE, date(2026, 3, 10), date(2027, 3, 10), days_left=31),
        ),
        (
            ANNUAL,
            False,
            date(2027, 2, 8),
            Standing("expiring", DUE, date(2026, 3, 10), date(2027, 3, 10), days_left=30),
        ),
        (
            ANNUAL,
            False,
            date(2027, 3, 10),
            Standing("expiring", DUE, date(2026, 3, 10), date(2027, 3, 10), days_left=0),
        ),
        (
            ANNUAL,
            False,
            date(2027, 3, 11),
            Standing("expired", DUE, date(2026, 3, 10), date(2027, 3, 10), days_left=-1),
        ),
        (
            ANNUAL,
            True,
            date(2027, 3, 11),
            Standing("waived", DUE, date(2026, 3, 10), date(2027, 3, 10), days_left=-1),
        ),
    ],
)
def test_standing(held: Held | None, waived: bool, today: date, told: Standing) -> None:
    assert standing(DEMAND, held, waived, today) == told


def test_a_role_only_looked_at_makes_nothing_due() -> None:
    looked_at = Demand(date(2020, 1, 1), parse_span(DUE_WITHIN), Span(30, "d"), start_on=None)
    assert due_date(looked_at) is None
    assert standing(looked_at, None, False, date(2026, 11, 21)) == Standing("not-started", None)


@pytest.mark.parametrize(
    ("required_from", "start_on", "due_on"),
    [
        (date(2026, 1, 1), date(2026, 3, 1), date(2026, 3, 31)),
        (date(2026, 5, 1), date(2026, 3, 1), date(2026, 5, 31)),
    ],
)
def test_due_is_counted_from_the_later_of_start_and_requirement(
    required_from: date, start_on: date, due_on: date
) -> None:
    assert due_date(Demand(required_from, parse_span(DUE_WITHIN), Span(30, "d"), start_on)) == due_on


def test_due_within_is_thirty_days_when_not_given() -> None:
    assert DUE_WITHIN == "30d"


def test_a_span_of_nought_warns_on_the_last_day_only() -> None:
    assert validity(date(2026, 11, 21), Span(0, "d"), date(2026, 11, 20)) == "valid"
    assert validity(date(2026, 11, 21), Span(0, "d"), date(2026, 11, 21)) == "expiring"


def test_a_leap_day_s_record_ends_on_the_28th() -> None:
    last = date(2025, 2, 28)
    assert days_left(last, date(2025, 2, 28)) == 0
    assert validity(last, Span(30, "d"), date(2025, 2, 28)) == "expiring"
    assert validity(last, Span(30, "d"), date(2025, 3, 1)) == "expired"


LONG = Held(date(2025, 1, 1), date(2028, 1, 1), record=1)
NEWER = Held(date(2026, 1, 1), date(2027, 1, 1), record=2)
FOR_GOOD = Held(date(2020, 1, 1), None, record=3)
LATER_RECORDED = Held(date(2026, 1, 1), date(2027, 1, 1), record=9)
LATER_COMPLETED = Held(date(2026, 1, 2), date(2027, 1, 1), record=1)


@pytest.mark.parametrize(
    ("held", "counts"),
    [
        ([], None),
        ([NEWER], NEWER),
        ([NEWER, LONG], LONG),
        ([LONG, FOR_GOOD, NEWER], FOR_GOOD),
        ([Held(date(2024, 1, 1), None), FOR_GOOD], Held(date(2024, 1, 1), None)),
        ([LATER_RECORDED, NEWER], LATER_RECORDED),
        ([LATER_RECORDED, LATER_COMPLETED], LATER_COMPLETED),
    ],
)
def test_what_counts_lasts_longest_and_then_is_newest(held: list[Held], counts: Held | None) -> None:
    assert best(held) == counts
    assert best(reversed(held)) == counts


DECIDED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("in_cart", "latest", "completed_on", "told"),
    [
        (False, None, None, None),
        (True, None, None, "in-cart"),
        (True, Attempt(DECIDED, "rejected"), None, "in-cart"),
        (False, Attempt(DECIDED, "submitted"), None, "submitted"),
        (False, Attempt(DECIDED, "submitted"), DECIDED + DAY, "submitted"),
        (False, Attempt(DECIDED, "approved", "approved"), None, "approved"),
        (False, Attempt(DECIDED, "approved", "in-progress"), DECIDED + DAY, "in-progress"),
        (False, Attempt(DECIDED, "approved", "completed"), DECIDED + DAY, None),
        (False, Attempt(DECIDED, "approved", "failed"), None, None),
        (False, Attempt(DECIDED, "approved", "withdrawn"), None, None),
        (False, Attempt(DECIDED, "approved", "lapsed"), None, "lapsed"),
        (False, Attempt(DECIDED, "approved", "lapsed"), DECIDED - DAY, "lapsed"),
        (False, Attempt(DECIDED, "approved", "lapsed"), DECIDED + DAY, None),
        (False, Attempt(DECIDED, "rejected"), None, "rejected"),
        (False, Attempt(DECIDED, "rejected"), DECIDED, None),
        (False, Attempt(DECIDED, "rejected"), DECIDED + DAY, None),
    ],
)
def test_step(in_cart: bool, latest: Attempt | None, completed_on: date | None, told: str | None) -> None:
    assert step(in_cart, latest, completed_on) == told


def test_the_words_are_those_of_the_contract() -> None:
    assert STATUSES == ("not-started", "overdue", "valid", "expiring", "expired", "waived")
    assert STEPS == ("in-cart", "submitted", "rejected", "approved", "in-progress", "lapsed")


@pytest.mark.parametrize(
    ("back_on", "due_on"),
    [(date(2026, 2, 1), DUE), (date(2026, 3, 2), date(2026, 4, 1)), (date(2026, 6, 1), date(2026, 7, 1))],
)
def test_after_a_waiver_or_leave_the_time_begins_anew(back_on: date, due_on: date) -> None:
    assert due_date(replace(DEMAND, back_on=back_on)) == due_on


def test_what_is_due_before_work_is_due_on_the_first_day() -> None:
    assert due_span("before-start") == Span(0, "d")
    assert due_span("2w") == Span(2, "w")
    assert parse_due("before-start", "--due") == "before-start"
    assert parse_due("02w", "--due") == "2w"
    with pytest.raises(InvalidValue, match="--due"):
        parse_due("before start", "--due")
