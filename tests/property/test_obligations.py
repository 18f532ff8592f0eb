"""Laws of renewals, extensions, absences and clearance."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from carepass_cli.rules.absence import absence, absent, last_back
from carepass_cli.rules.clearance import bar, reasons
from carepass_cli.rules.renewal import Record, Validity, last_day, restated
from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Demand, Held, best, due_date, opens_on, standing

DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
spans = st.builds(Span, st.integers(0, 18), st.sampled_from(["d", "w", "mo", "y"]))
bases = st.sampled_from(["completion", "expiry", "02-29", "03-31", "12-31", "01-01"])
validities = st.builds(Validity, st.none() | st.integers(1, 3), bases, st.none() | spans)
records = st.lists(st.builds(Record, st.builds(Held, days, st.none()), spans, st.just(False)), max_size=6)


@given(validities, records)
def test_what_is_held_never_gets_shorter_and_never_ends_before_it_was_done(
    validity: Validity, done: list[Record]
) -> None:
    done.sort(key=lambda record: record.held.completed_on)
    held: list[Held] = []
    for record, expires_on in zip(done, restated(done, validity), strict=True):
        before = best(held)
        assert (expires_on is None) is (validity.years is None)
        assert expires_on is None or expires_on >= record.held.completed_on
        held.append(Held(record.held.completed_on, expires_on))
        if before is not None and expires_on is not None:
            assert before.expires_on is not None
            assert expires_on >= before.expires_on


@given(days, st.integers(1, 3), bases, st.none() | spans, st.none() | days, spans)
def test_a_last_day_lies_after_the_completion_whatever_is_held(
    completed_on: date, years: int, basis: str, minimum: Span | None, ends: date | None, window: Span
) -> None:
    held = None if ends is None else Held(min(ends, completed_on), ends)
    expires_on = last_day(completed_on, Validity(years, basis, minimum), held, window)
    assert expires_on is not None
    assert expires_on > completed_on
    if basis == "expiry" and held is not None and held.expires_on is not None:
        assert expires_on >= held.expires_on
    if "-" in basis and minimum is not None:
        assert expires_on >= minimum.after(completed_on)


@given(days, st.integers(1, 3), st.integers(0, 300), st.integers(0, 60), spans)
def test_an_extension_moves_no_anniversary(
    last: date, years: int, longer: int, early: int, window: Span
) -> None:
    """A renewal in the window before the old last day ends on the same day, extended or not."""
    completed_on = last - early * DAY
    plain = Held(date(2019, 1, 1), last)
    extended = Held(date(2019, 1, 1), last + longer * DAY, anniversary_on=last)
    validity = Validity(years, "expiry")
    if opens_on(last, window) <= completed_on:
        assert last_day(completed_on, validity, extended, window) == last_day(
            completed_on, validity, plain, window
        )


@given(spans, days)
def test_a_span_reaches_as_far_as_it_looks_back(span: Span, day: date) -> None:
    assert span.before(span.reach(day)) <= day < span.before(span.reach(day) + DAY)


absences = st.lists(
    st.builds(
        lambda on, until, ended: absence(on, None if until is None else on + until * DAY, ended),
        days,
        st.none() | st.integers(0, 400),
        st.none() | days,
    ),
    max_size=4,
)
demands = st.builds(Demand, days, spans, spans, days, st.booleans())


@given(demands, absences, days)
def test_a_due_day_after_an_absence_is_the_later_of_its_own_and_the_return_s(
    demand: Demand, each: list, day: date
) -> None:
    back_on = last_back(each, day)
    after = Demand(
        demand.required_from, demand.due_within, demand.expiring_within, demand.start_on, back_on=back_on
    )
    own, told = due_date(demand), due_date(after)
    assert own is not None
    assert told == (max(own, demand.due_within.after(back_on)) if back_on else own)
    assert back_on is None or (back_on <= day and any(one.holds(back_on - DAY) for one in each))
    assert absent(each, day) is any(one.holds(day) for one in each)


held = st.builds(
    lambda on, ends: Held(on, None if ends is None else on + ends * DAY),
    days,
    st.none() | st.integers(0, 900),
)


@given(demands, st.lists(held, max_size=4), held, days, st.booleans(), st.booleans())
def test_one_completion_more_never_takes_a_clearance_away(
    demand: Demand, done: list[Held], more: Held, day: date, confirmed: bool, away: bool
) -> None:
    """Of what is done by the day. Something that ran out before it was ever due is judged as it stands: a
    first record that has already ended says `expired`, as every list does."""

    def told(each: list[Held]) -> tuple[str, ...]:
        against = bar(demand, best(each))
        return reasons(
            day, role_confirmed=confirmed, on_leave=away, bars=[("A", against)] if against is not None else []
        )

    before, after = told(done), told([*done, more])
    holds = more.expires_on is None or more.expires_on >= day
    if done or holds:
        assert len(after) <= len(before)
        assert not (before == () and after != ())


@given(demands, st.none() | held, days)
def test_a_clearance_says_what_the_standing_of_that_day_says(
    demand: Demand, counts: Held | None, day: date
) -> None:
    against = bar(demand, counts)
    kind = against.kind if against is not None and against.last_clear_on < day else None
    # Whether somebody may work a day is asked as if the role had begun by then.
    begun = replace(demand, start_on=min(demand.start_on, day)) if demand.start_on else demand
    status = standing(begun if counts else demand, counts, False, day).status
    if demand.before_start and counts is None:
        assert kind == "before-start"
    else:
        assert kind == (status if status in ("overdue", "expired") else None)
