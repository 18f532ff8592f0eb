"""Laws of values: what is kept is safe, and what is written can be read again."""

import unicodedata
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from carepass_cli.errors import InvalidValue
from carepass_cli.rules import fields
from carepass_cli.rules.category import CATEGORIES, category, category_fits
from carepass_cli.rules.identity import same_name
from carepass_cli.rules.study import Course, load

BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
MARKS = {"\u061c", "\u200e", "\u200f"}
ANYTHING = st.text(st.characters(exclude_categories=()))


def obeyed_by_a_terminal(character: str) -> bool:
    """Asked of Unicode's own tables, not of our pattern."""
    return (
        unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp")
        or unicodedata.bidirectional(character) in BIDI
        or character in MARKS
    )


@given(ANYTHING)
@example("\u202eevil")
@example("\x1b]8;;x\x07")
def test_no_text_that_is_kept_can_command_a_terminal(text: str) -> None:
    try:
        kept = fields.clean_text(text, "--name", most=10_000, empty=True)
    except InvalidValue:
        return
    assert not any(map(obeyed_by_a_terminal, kept))
    assert fields.clean_text(kept, "--name", most=10_000, empty=True) == kept


def test_every_character_that_commands_a_terminal_is_refused() -> None:
    commanding = [c for c in map(chr, range(0x110000)) if obeyed_by_a_terminal(c)]
    assert len(commanding) > 2100
    for character in commanding:
        with pytest.raises(InvalidValue):
            fields.clean_text(f"a{character}b", "--name")


@given(st.dates(fields.FIRST_DAY, fields.LAST_DAY))
def test_a_date_survives_being_written_and_read(day: date) -> None:
    assert fields.parse_date(day.isoformat(), "--on") == day


@given(ANYTHING | st.text("0123456789-/ T٢", min_size=6, max_size=12))
@example("2026-11-21 ")
@example("20261121")
def test_nothing_but_iso_is_a_date(text: str) -> None:
    try:
        day = fields.parse_date(text, "--on")
    except InvalidValue:
        return
    assert day.isoformat() == text


@given(st.integers(0, 999_999_999))
def test_a_price_survives_being_written_and_read(cents: int) -> None:
    text = fields.price_text(cents)
    assert text is not None
    assert fields.parse_price(text, "--price") == cents


@given(st.none() | st.integers(1, fields.YEARS_MOST))
def test_an_expiry_survives_being_written_and_read(years: int | None) -> None:
    assert fields.parse_expiry(fields.expiry_text(years), "expiry") == years


@given(ANYTHING)
@example("\u1e9e")
@example("\u0130")
def test_folding_twice_is_folding_once_and_case_does_not_matter(text: str) -> None:
    assert fields.folded(fields.folded(text)) == fields.folded(text)
    assert fields.folded(unicodedata.normalize("NFD", text)) == fields.folded(text)


NAMES = st.text("aàbB'’-‐ .oö", max_size=6)


@given(NAMES, NAMES, NAMES)
def test_being_the_same_name_goes_both_ways_and_on(one: str, two: str, three: str) -> None:
    assert same_name(one, one)
    assert same_name(one, two) is same_name(two, one)
    assert not (same_name(one, two) and same_name(two, three)) or same_name(one, three)


METHODS = st.none() | st.sampled_from(["self-paced", "instructor-led", "online", "blended", "face-to-face"])


@given(st.integers(1, fields.MINUTES_MOST) | st.sampled_from([900, 901, 5999, 6000, 6001]), METHODS)
def test_a_course_fits_its_own_category_and_two_only_at_100_hours(minutes: int, method: str | None) -> None:
    fitting = [word for word in CATEGORIES if category_fits(minutes, method, word)]
    assert category(minutes, method) in fitting
    assert len(fitting) == (2 if minutes == 6000 and method == "instructor-led" else 1)


@given(st.lists(st.integers(1, 3000), max_size=12), st.integers(1, 240))
def test_the_proposal_holds_each_course_once_and_no_batch_is_too_long(lengths: list[int], a_day: int) -> None:
    courses = [Course(f"C-{n}", minutes) for n, minutes in enumerate(lengths)]
    cart = load(courses, a_day)
    assert cart.fits is (cart.batches == ())
    if cart.fits:
        return
    assert sorted(code for batch in cart.batches for code in batch) == sorted(c.code for c in courses)
    minutes = dict(courses)
    order = {course.code: n for n, course in enumerate(courses)}
    for batch in cart.batches:
        assert len(batch) == 1 or sum(minutes[code] for code in batch) <= cart.capacity_minutes
        assert [order[code] for code in batch] == sorted(order[code] for code in batch)
