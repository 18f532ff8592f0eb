"""The last valid day, by each basis."""

from datetime import date

import pytest

from carepass_cli.rules.renewal import WINDOW, Record, Validity, last_day, longest, restated
from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Held

ANNUAL = Validity(1)
BY_EXPIRY = Validity(1, "expiry")
HELD = Held(date(2025, 3, 31), date(2026, 3, 31))
MONTH = Span(30, "d")


@pytest.mark.parametrize("basis", ["completion", "expiry", "03-31"])
def test_without_years_a_completion_is_for_good(basis: str) -> None:
    assert last_day(date(2026, 1, 1), Validity(None, basis), HELD, MONTH) is None


@pytest.mark.parametrize(
    ("validity", "completed_on", "held", "expires_on"),
    [
        (ANNUAL, date(2026, 3, 15), HELD, date(2027, 3, 15)),
        (Validity(3), date(2024, 2, 29), None, date(2027, 2, 28)),
        (BY_EXPIRY, date(2026, 3, 15), None, date(2027, 3, 15)),
        (BY_EXPIRY, date(2026, 2, 28), HELD, date(2027, 2, 28)),  # a day before the window
        (BY_EXPIRY, date(2026, 3, 1), HELD, date(2027, 3, 31)),  # its first day
        (BY_EXPIRY, date(2026, 3, 31), HELD, date(2027, 3, 31)),  # its last
        (BY_EXPIRY, date(2026, 4, 1), HELD, date(2027, 4, 1)),  # a day late
        (BY_EXPIRY, date(2026, 1, 5), Held(date(2025, 3, 31), date(2028, 3, 31)), date(2028, 3, 31)),
        (BY_EXPIRY, date(2026, 1, 5), Held(date(2025, 3, 31), None), None),
        (
            Validity(1, "expiry"),
            date(2024, 2, 20),
            Held(date(2023, 3, 1), date(2024, 2, 29)),
            date(2025, 2, 28),
        ),
        (Validity(1, "03-31"), date(2026, 3, 30), None, date(2026, 3, 31)),
        (Validity(1, "03-31"), date(2026, 3, 31), None, date(2027, 3, 31)),
        (Validity(1, "03-31"), date(2026, 4, 1), None, date(2027, 3, 31)),
        (Validity(3, "03-31"), date(2026, 3, 30), None, date(2028, 3, 31)),
        (Validity(1, "03-31", Span(6, "mo")), date(2025, 9, 30), None, date(2026, 3, 31)),
        (Validity(1, "03-31", Span(6, "mo")), date(2025, 10, 1), None, date(2027, 3, 31)),
        (Validity(2, "03-31", Span(6, "mo")), date(2025, 10, 1), None, date(2028, 3, 31)),
        (Validity(1, "03-31", Span(0, "d")), date(2026, 3, 31), None, date(2027, 3, 31)),
        (Validity(1, "02-29"), date(2026, 2, 27), None, date(2026, 2, 28)),
        (Validity(1, "02-29"), date(2026, 2, 28), None, date(2027, 2, 28)),
        (Validity(1, "02-29"), date(2027, 12, 31), None, date(2028, 2, 29)),
        (Validity(1, "02-29"), date(2028, 2, 28), None, date(2028, 2, 29)),
        (Validity(1, "12-31"), date(2026, 12, 31), HELD, date(2027, 12, 31)),
    ],
)
def test_the_last_day(
    validity: Validity, completed_on: date, held: Held | None, expires_on: date | None
) -> None:
    assert last_day(completed_on, validity, held, MONTH) == expires_on


@pytest.mark.parametrize(
    ("completed_on", "expires_on"),
    [
        (date(2026, 3, 10), date(2027, 3, 31)),  # in the window before the old last day
        (date(2026, 6, 10), date(2027, 3, 31)),  # in the window before the new one
        (date(2026, 4, 10), date(2027, 4, 10)),  # between the two
        (date(2026, 7, 1), date(2027, 7, 1)),
    ],
)
def test_an_extended_record_is_renewed_from_its_anniversary(completed_on: date, expires_on: date) -> None:
    extended = Held(date(2025, 3, 31), date(2026, 6, 30), anniversary_on=date(2026, 3, 31))
    assert last_day(completed_on, BY_EXPIRY, extended, MONTH) == expires_on


def test_an_extension_longer_than_a_term_is_not_cut_short_by_a_renewal() -> None:
    extended = Held(date(2025, 3, 31), date(2027, 6, 30), anniversary_on=date(2026, 3, 31))
    assert last_day(date(2027, 6, 10), BY_EXPIRY, extended, MONTH) == date(2027, 6, 30)


def test_the_longest_window_is_the_one_that_reaches_furthest() -> None:
    day = date(2026, 2, 1)
    assert longest([Span(30, "d"), Span(1, "mo")], day) == Span(30, "d")  # February has 28 days
    assert longest([Span(30, "d"), Span(5, "w"), Span(1, "mo")], day) == Span(5, "w")
    assert longest([], day) == WINDOW == Span(60, "d")


@pytest.mark.parametrize(
    ("validity", "words"),
    [
        (Validity(None, "expiry"), "valid for good"),
        (ANNUAL, "valid 1 year from the completion"),
        (Validity(3), "valid 3 years from the completion"),
        (
            BY_EXPIRY,
            "valid 1 year from the last day of what is renewed in its window, else from the completion",
        ),
        (Validity(1, "03-31"), "valid through the next 03-31"),
        (
            Validity(2, "03-31", Span(6, "mo")),
            "valid through 2 times 03-31, at least 6mo after the completion",
        ),
    ],
)
def test_in_words(validity: Validity, words: str) -> None:
    assert str(validity) == words


def test_restating_follows_the_chain_and_leaves_what_is_kept() -> None:
    records = [
        Record(Held(date(2024, 4, 1), date(2025, 4, 1)), MONTH, kept=False),
        Record(Held(date(2025, 3, 20), date(2026, 3, 20)), MONTH, kept=False),
        Record(Held(date(2026, 3, 1), date(2026, 9, 9)), MONTH, kept=True),
        Record(Held(date(2026, 9, 1), date(2027, 9, 1)), Span(1, "d"), kept=False),
    ]
    assert restated(records, BY_EXPIRY) == [
        date(2025, 4, 1),
        date(2026, 4, 1),  # in the window: from 2025-04-01
        date(2026, 9, 9),
        date(2027, 9, 1),  # its own window was a day
    ]
    assert restated(records, Validity(None)) == [None, None, date(2026, 9, 9), None]
    assert restated([], ANNUAL) == []


def test_restating_forgets_the_anniversary_of_what_is_worked_out_anew() -> None:
    was = Held(date(2025, 3, 31), date(2025, 6, 30), anniversary_on=date(2025, 5, 5))
    then = Record(Held(date(2026, 3, 20), None), MONTH, kept=False)
    assert restated([Record(was, MONTH, kept=False), then], BY_EXPIRY)[1] == date(2027, 3, 31)
