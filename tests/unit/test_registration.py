"""One attempt at one course, read off its dates."""

from datetime import date, timedelta

import pytest

from carepass_cli.rules.registration import STATUSES, Progress, late, makes_retake, settled, status, used_up

ACCESS, LAST, NEXT = date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 17)
DAY = timedelta(days=1)
OPEN = Progress(access_on=ACCESS, complete_by=LAST)


@pytest.mark.parametrize(
    ("progress", "today", "word", "used"),
    [
        (Progress(), LAST, "approved", False),
        (OPEN, ACCESS, "in-progress", False),
        (OPEN, LAST, "in-progress", False),
        (OPEN, NEXT, "lapsed", True),
        (Progress(ACCESS, LAST, completed_on=LAST), NEXT, "completed", False),
        (Progress(ACCESS, LAST, failed_on=ACCESS), NEXT, "failed", True),
        (Progress(ACCESS, LAST, withdrawn_on=ACCESS), NEXT, "withdrawn", True),
        (Progress(withdrawn_on=ACCESS), NEXT, "withdrawn", False),
    ],
)
def test_an_attempt(progress: Progress, today: date, word: str, used: bool) -> None:
    assert status(progress, today) == word
    assert used_up(progress, today) is used


@pytest.mark.parametrize(
    ("progress", "word"),
    [
        (Progress(), "completed"),
        (OPEN, "completed"),
        (Progress(ACCESS, LAST, failed_on=NEXT), "completed"),
        (Progress(ACCESS, LAST, withdrawn_on=LAST), "completed"),
        (Progress(ACCESS, LAST, failed_on=ACCESS), "failed"),
        (Progress(withdrawn_on=ACCESS), "withdrawn"),
    ],
)
def test_a_completion_settles_what_had_not_ended_before(progress: Progress, word: str) -> None:
    assert status(settled(progress, LAST), NEXT) == word
    assert settled(progress, None) == progress


def test_what_was_completed_stays_completed_on_its_day() -> None:
    progress = Progress(ACCESS, LAST, completed_on=LAST)
    assert settled(progress, ACCESS) == progress


@pytest.mark.parametrize("completed_on", [ACCESS, LAST, NEXT])
@pytest.mark.parametrize("end", [{}, {"failed_on": LAST}, {"withdrawn_on": LAST}])
def test_a_completion_early_or_late_makes_no_retake(completed_on: date, end: dict[str, date]) -> None:
    used = Progress(ACCESS, LAST, **end)
    day_before, year_before = ACCESS - DAY, ACCESS - 365 * DAY
    assert makes_retake(used, ACCESS, [year_before, day_before], NEXT)
    assert not makes_retake(used, ACCESS, [year_before, completed_on], NEXT)


def test_without_access_nothing_was_used_up() -> None:
    assert not makes_retake(Progress(withdrawn_on=LAST), ACCESS, [], NEXT)


@pytest.mark.parametrize("half_known", [Progress(access_on=ACCESS), Progress(complete_by=LAST)])
def test_without_access_and_its_last_day_it_is_only_approved(half_known: Progress) -> None:
    assert status(half_known, NEXT) == "approved"


def test_access_is_late_the_day_after_it_was_due() -> None:
    assert not late(Progress(), access_by=LAST, today=LAST)
    assert late(Progress(), access_by=LAST, today=NEXT)


def test_access_once_given_is_late_no_more() -> None:
    assert not late(OPEN, access_by=ACCESS, today=LAST)


def test_the_words_are_those_of_the_contract() -> None:
    assert STATUSES == ("approved", "in-progress", "completed", "failed", "lapsed", "withdrawn")
