"""Laws of standing: one word a day, in one direction, until something is completed."""

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from carepass_cli.rules.registration import ENDED_WITHOUT, Progress, late, status, used_up
from carepass_cli.rules.registration import STATUSES as REGISTRATION_STATUSES
from carepass_cli.rules.span import Span, years_after
from carepass_cli.rules.standing import (
    STATUSES,
    STEPS,
    Attempt,
    Demand,
    Held,
    best,
    days_left,
    due_date,
    standing,
    step,
    validity,
)

DAY = timedelta(days=1)

days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
spans = st.builds(Span, st.integers(0, 60), st.sampled_from(["d", "w", "mo", "y"]))
demands = st.builds(Demand, days, spans, spans, st.none() | days)
validity_years = st.none() | st.integers(1, 3)
held = st.builds(
    lambda on, years, record: Held(on, None if years is None else years_after(on, years), record),
    days,
    validity_years,
    st.integers(1, 9),
)


@given(demands, st.none() | held, st.booleans(), days)
def test_a_status_is_one_of_the_known_words(
    demand: Demand, counts: Held | None, waived: bool, today: date
) -> None:
    told = standing(demand, counts, waived, today)
    assert told.status in STATUSES
    assert (told.status == "waived") is waived
    begun = demand.start_on is None or demand.start_on <= today
    if begun:
        assert (told.status in ("not-started", "overdue")) is (counts is None and not waived)
    else:
        assert told.status not in ("overdue", "expired")
    assert (told.completed_on is None) is (counts is None)
    assert (told.days_left is None) is (told.expires_on is None)


@given(demands, held, days)
def test_the_last_valid_day_has_no_days_left_and_the_next_is_expired(
    demand: Demand, counts: Held, today: date
) -> None:
    last = counts.expires_on
    assume(last is not None)
    assert last is not None
    assume(demand.start_on is None or demand.start_on <= last)
    on_it, after_it = standing(demand, counts, False, last), standing(demand, counts, False, last + DAY)
    assert (on_it.status, on_it.days_left) == ("expiring", 0)
    assert (after_it.status, after_it.days_left) == ("expired", -1)
    told = standing(demand, counts, False, today)
    assert told.days_left is not None
    begun = demand.start_on is None or demand.start_on <= today
    assert (told.status == "expired") is (told.days_left < 0 and begun)
    assert (told.status == "not-started") is (told.days_left < 0 and not begun)


@given(demands, days)
def test_the_due_day_is_in_time_and_the_next_is_overdue(demand: Demand, today: date) -> None:
    due_on = due_date(demand)
    assert (due_on is None) is (demand.start_on is None)
    if due_on is None:
        assert standing(demand, None, False, today).status == "not-started"
        return
    assert due_on >= demand.required_from
    assert standing(demand, None, False, due_on).status == "not-started"
    assert standing(demand, None, False, due_on + DAY).status == "overdue"


@given(demands, st.none() | held, st.booleans(), days, st.integers(0, 2000))
def test_time_alone_only_makes_it_worse(
    demand: Demand, counts: Held | None, waived: bool, today: date, more: int
) -> None:
    ways = [("not-started", "overdue"), ("valid", "expiring", "expired"), ("waived",)]
    assume(demand.start_on is None or demand.start_on <= today)
    now = standing(demand, counts, waived, today).status
    then = standing(demand, counts, waived, today + more * DAY).status
    way = next(way for way in ways if now in way)
    assert way.index(then) >= way.index(now)


@given(last=days, days_ahead=st.integers(0, 400), today=days)
def test_expiring_in_days_is_days_left_within_the_span(last: date, days_ahead: int, today: date) -> None:
    left = days_left(last, today)
    assert left is not None
    assert (validity(last, Span(days_ahead, "d"), today) == "expiring") is (0 <= left <= days_ahead)


@given(st.lists(held, max_size=8), st.randoms(use_true_random=False))
def test_best_lasts_longest_then_is_newest_in_whatever_order(records: list[Held], shuffle: object) -> None:
    counts = best(records)
    if counts is None:
        assert records == []
        return
    for each in records:
        assert counts.expires_on is None or (
            each.expires_on is not None and each.expires_on <= counts.expires_on
        )
        if each.expires_on == counts.expires_on:
            assert (each.completed_on, each.record) <= (counts.completed_on, counts.record)
    shuffle.shuffle(records)  # type: ignore[attr-defined]
    assert best(records) == counts


@given(demands, st.lists(held, min_size=1, max_size=5), held, days)
def test_one_more_completion_never_makes_it_worse(
    demand: Demand, records: list[Held], one_more: Held, today: date
) -> None:
    better = ("valid", "expiring", "expired", "not-started")
    before = standing(demand, best(records), False, today).status
    after = standing(demand, best([*records, one_more]), False, today).status
    assert better.index(after) <= better.index(before)


@given(access_on=days, to=st.integers(1, 90), late_by=st.integers(1, 90), years=st.integers(1, 3))
def test_an_extension_moves_the_window_and_never_an_anniversary(
    access_on: date, to: int, late_by: int, years: int
) -> None:
    last = access_on + 14 * DAY
    completed_on = last + min(to, late_by) * DAY
    assert status(Progress(access_on, last), completed_on) == "lapsed"
    assert status(Progress(access_on, last + to * DAY), completed_on) == "in-progress"
    expires_on = years_after(completed_on, years)
    assert (expires_on.year, expires_on.month) == (completed_on.year + years, completed_on.month)
    assert expires_on.day in (completed_on.day, 28)


progresses = st.builds(
    lambda access, window, ending, after: Progress(
        access,
        None if access is None else access + window * DAY,
        **({} if ending is None else {ending: (access or date(2026, 1, 1)) + after * DAY}),
    ),
    st.none() | days,
    st.integers(14, 100),
    st.sampled_from([None, "completed_on", "failed_on", "withdrawn_on"]),
    st.integers(0, 14),
)


@given(progresses, days, days)
def test_an_attempt_has_one_known_word(progress: Progress, access_by: date, today: date) -> None:
    word = status(progress, today)
    assert word in REGISTRATION_STATUSES
    assert not used_up(progress, today) or word in ENDED_WITHOUT
    assert not late(progress, access_by, today) or progress.access_on is None


@given(access_on=days, window=st.integers(14, 100), more=st.integers(1, 100))
def test_the_window_s_last_day_counts_and_an_extension_reopens_a_lapse(
    access_on: date, window: int, more: int
) -> None:
    last = access_on + window * DAY
    assert status(Progress(access_on, last), last) == "in-progress"
    lapsed = Progress(access_on, last)
    assert status(lapsed, last + DAY) == "lapsed"
    assert status(Progress(access_on, last + more * DAY), last + DAY) == "in-progress"


attempts = st.builds(
    Attempt,
    days,
    st.sampled_from(["approved", "rejected", "submitted"]),
    st.sampled_from(["", *REGISTRATION_STATUSES]),
)


@given(st.booleans(), st.none() | attempts, st.none() | days)
def test_a_step_is_one_of_the_known_words(
    in_cart: bool, latest: Attempt | None, completed_on: date | None
) -> None:
    assume(latest is None or (latest.state == "") is (latest.decision != "approved"))
    told = step(in_cart, latest, completed_on)
    assert told is None or told in STEPS
    assert (told == "in-cart") is in_cart
