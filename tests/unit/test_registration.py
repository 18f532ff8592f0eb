"""One attempt at one course, read off its dates."""

from datetime import date

import pytest

from carepass_cli.rules.registration import STATUSES, Progress, ended_on, late, status, used_up

ACCESS, LAST, NEXT = date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 17)
OPEN = Progress(access_on=ACCESS, complete_by=LAST)


@pytest.mark.parametrize(
    ("progress", "today", "word", "used", "ended"),
    [
        (Progress(), LAST, "approved", False, None),
        (OPEN, ACCESS, "in-progress", False, None),
        (OPEN, LAST, "in-progress", False, None),
        (OPEN, NEXT, "lapsed", True, NEXT),
        (Progress(ACCESS, LAST, completed_on=LAST), NEXT, "completed", False, None),
        (Progress(ACCESS, LAST, failed_on=ACCESS), NEXT, "failed", True, ACCESS),
        (Progress(ACCESS, LAST, withdrawn_on=ACCESS), NEXT, "withdrawn", True, ACCESS),
        (Progress(withdrawn_on=ACCESS), NEXT, "withdrawn", False, ACCESS),
    ],
)
def test_an_attempt(progress: Progress, today: date, word: str, used: bool, ended: date | None) -> None:
    assert status(progress, today) == word
    assert used_up(progress, today) is used
    assert ended_on(progress, today) == ended


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
