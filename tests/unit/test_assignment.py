"""An assignment's status by its dates."""

from datetime import date

import pytest

from carepass_cli.rules.assignment import STATUSES, status

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("confirmed", "declined", "cancelled", "ended", "word"),
    [
        (None, None, None, None, "pending"),
        (DAY, None, None, None, "confirmed"),
        (DAY, None, None, DAY, "ended"),
        (None, DAY, None, None, "declined"),
        (None, None, DAY, None, "cancelled"),
        # The employer's word goes before the person's.
        (None, DAY, DAY, None, "cancelled"),
    ],
)
def test_status(
    confirmed: date | None, declined: date | None, cancelled: date | None, ended: date | None, word: str
) -> None:
    assert status(confirmed, declined, cancelled, ended) == word


def test_the_words_are_those_of_the_contract() -> None:
    assert STATUSES == ("pending", "confirmed", "ended", "declined", "cancelled")
