"""One attempt at one course: its status is read off its dates, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from carepass_cli.rules import calendar, standing
from carepass_cli.rules.fields import days_of

STATUSES = ("approved", "in-progress", "completed", "failed", "lapsed", "withdrawn")
ENDED_WITHOUT = ("failed", "lapsed", "withdrawn")


@dataclass(frozen=True)
class Progress:
    """The dates of a registration, as far as they are known on the day that is asked about."""

    access_on: date | None = None
    complete_by: date | None = None
    completed_on: date | None = None
    failed_on: date | None = None
    withdrawn_on: date | None = None


def status(progress: Progress, today: date) -> str:
    """One of STATUSES. The last day of the window still counts; the day after it is `lapsed`."""
    if progress.completed_on is not None:
        return "completed"
    if progress.failed_on is not None:
        return "failed"
    if progress.withdrawn_on is not None:
        return "withdrawn"
    if progress.access_on is None or progress.complete_by is None:
        return "approved"
    return "in-progress" if today <= progress.complete_by else "lapsed"


def settled(progress: Progress, completed_on: date | None) -> Progress:
    """The attempt as a completion dated from its approval on leaves it: completed by it, however the
    completion came in. One that had failed or was withdrawn before that day stays so."""
    ended = progress.failed_on or progress.withdrawn_on
    if completed_on is None or progress.completed_on is not None or (ended and ended < completed_on):
        return progress
    return replace(progress, completed_on=completed_on)


@lru_cache(maxsize=256)
def progress(
    access_on: date | None,
    complete_by: date | None,
    entered_on: date | None,
    failed_on: date | None,
    withdrawn_on: date | None,
    settled_on: date | None,
) -> Progress:
    """A registration's dates. `entered_on` is the completion that was entered for it, `settled_on` the first
    one from its approval on, of the course or one equated with it."""
    return settled(Progress(access_on, complete_by, entered_on, failed_on, withdrawn_on), settled_on)


def completed_on(progress: Progress) -> date | None:
    """The day it was completed."""
    return progress.completed_on


def status_of(approved_on: date | None, progress: Progress, today: date) -> str:
    """The status of the registration that was approved on a day; empty where there is none."""
    return status(progress, today) if approved_on else ""


@lru_cache(maxsize=4096)
def access_by(approved_on: date | None, closed: str | None) -> date | None:
    """The day by which access is due; `closed` are the home's own closing days, with spaces between."""
    return calendar.access_due(approved_on, days_of(closed or "")).last if approved_on else None


def complete_by(access_on: date | None, extended_to: date | None) -> date | None:
    """The last day to complete a course: what an extension gave, else what follows from the access."""
    return extended_to or (calendar.complete_by(access_on) if access_on else None)


def days_left(status: str, complete_by: date | None, today: date) -> int | None:
    """Days until the last day, while they count and after they have lapsed: see `standing.days_left`."""
    return standing.days_left(complete_by, today) if status in ("in-progress", "lapsed") else None


def used_up(progress: Progress, today: date) -> bool:
    """Whether the attempt was used: access was given and it ended without completion.

    A registration withdrawn before access cost nobody anything and is no attempt.
    """
    return progress.access_on is not None and status(progress, today) in ENDED_WITHOUT


def makes_retake(progress: Progress, approved_on: date, completions: Iterable[date], today: date) -> bool:
    """Whether a further attempt at the same home is a retake: this one was used up, and nothing was
    completed from its approval on. A completion that came late settles it, too."""
    return used_up(progress, today) and not any(approved_on <= day <= today for day in completions)


def late(progress: Progress, access_by: date | None, today: date) -> bool:
    """Whether access is late: approved, its day has passed, and no access was given."""
    return access_by is not None and access_by < today and status(progress, today) == "approved"
