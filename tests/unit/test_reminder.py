"""The one reminder that is due."""

import pytest

from carepass_cli.rules.reminder import Reminder, reminder_due


@pytest.mark.parametrize(
    ("days_left", "due"),
    [
        (61, None),
        (60, Reminder(60, late=False)),
        (59, Reminder(60, late=True)),
        (31, Reminder(60, late=True)),
        (30, Reminder(30, late=False)),
        (8, Reminder(30, late=True)),
        (7, Reminder(7, late=False)),
        (1, Reminder(7, late=True)),
        (0, Reminder(0, late=False)),
        (-1, Reminder(0, late=True)),
        (-400, Reminder(0, late=True)),
    ],
)
def test_only_the_latest_reminder_whose_day_has_come_is_due(days_left: int, due: Reminder | None) -> None:
    assert reminder_due(days_left) == due
