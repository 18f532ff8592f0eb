"""One attempt at one course: its status is read off its dates, never stored."""

from dataclasses import dataclass
from datetime import date, timedelta

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


def used_up(progress: Progress, today: date) -> bool:
    """Whether the attempt was used: access was given and it ended without completion.

    A registration withdrawn before access cost nobody anything and is no attempt.
    """
    return progress.access_on is not None and status(progress, today) in ENDED_WITHOUT


def ended_on(progress: Progress, today: date) -> date | None:
    """The day on which an attempt ended without completion (for a lapse: the day after the window)."""
    if status(progress, today) == "lapsed" and progress.complete_by is not None:
        return progress.complete_by + timedelta(days=1)
    return progress.failed_on or progress.withdrawn_on


def late(progress: Progress, access_by: date, today: date) -> bool:
    """Whether access is late: approved, its day has passed, and no access was given."""
    return status(progress, today) == "approved" and access_by < today
