"""The one clock: America/Toronto, read once per run, moved by `--today`."""

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.fields import FIRST_DAY, LAST_DAY

ZONE = "America/Toronto"
MOMENT = r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?"


class Clock(NamedTuple):
    """`today` dates facts (a Toronto calendar day); `at` is the real instant, in UTC, for the audit log."""

    today: date
    at: datetime

    @property
    def real_day(self) -> date:
        """The machine's own day in Toronto, wherever `--today` has moved to."""
        return self.at.astimezone(ZoneInfo(ZONE)).date()


def toronto_day(at: datetime) -> date:
    """The calendar day of an instant."""
    return at.astimezone(ZoneInfo(ZONE)).date()


def start_of_day(day: date) -> datetime:
    """The first instant of a calendar day."""
    return datetime.combine(day, time(), ZoneInfo(ZONE))


def read_clock(moved_to: str | None = None) -> Clock:
    """Read the clock. `moved_to` is an ISO date, or a date and time (Toronto's unless it has an offset).

    Raises InvalidValue for anything else, and for a day before 1900 or after 2199.
    """
    at = datetime.now(UTC)
    if moved_to is None:
        return Clock(toronto_day(at), at)
    return Clock(_moved_day(moved_to), at)


def _moved_day(text: str) -> date:
    try:
        if not re.fullmatch(MOMENT, text, re.ASCII):
            raise ValueError
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise InvalidValue(
            f"--today '{text}' is not a date.", "Write 2026-11-21, or 2026-11-21T22:30 with a time."
        ) from None
    try:
        day = toronto_day(moment) if moment.tzinfo else moment.date()
    except OverflowError:  # the first or last day that Python knows, in another zone
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidValue(f"--today '{text}' is out of range.", "Dates go from 1900 to 2199.")
    return day
