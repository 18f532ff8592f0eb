"""One attempt at one course: its status is read off its dates, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

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


def used_up(progress: Progress, today: date) -> bool:
    """Whether the attempt was used: access was given and it ended without completion.

    A registration withdrawn before access cost nobody anything and is no attempt.
    """
    return progress.access_on is not None and status(progress, today) in ENDED_WITHOUT


def makes_retake(progress: Progress, approved_on: date, completions: Iterable[date], today: date) -> bool:
    """Whether a further attempt at the same home is a retake: this one was used up, and nothing was
    completed from its approval on. A completion that came late settles it, too."""
    return used_up(progress, today) and not any(approved_on <= day <= today for day in completions)


def late(progress: Progress, access_by: date, today: date) -> bool:
    """Whether access is late: approved, its day has passed, and no access was given."""
    return status(progress, today) == "approved" and access_by < today
