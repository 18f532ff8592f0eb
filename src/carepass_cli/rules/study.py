"""Does the cart fit? Minutes of training against the 14 days, and a proposal where it does not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from carepass_cli.rules.calendar import COMPLETION_DAYS


class Course(NamedTuple):
    """A course in the cart: its code and length in minutes."""

    code: str
    minutes: int


@dataclass(frozen=True)
class Load:
    """`minutes` asked against `capacity_minutes` of 14 days; `batches` are codes by submission."""

    minutes: int
    capacity_minutes: int
    batches: tuple[tuple[str, ...], ...]

    @property
    def fits(self) -> bool:
        return self.minutes <= self.capacity_minutes


def load(courses: Sequence[Course], study_minutes_per_day: int) -> Load:
    """Weigh a cart. Where it does not fit, `batches` proposes what to submit together, in order.

    Courses keep the cart's order as far as they fit (first fit); one that alone is too long for
    14 days gets a batch of its own.
    """
    capacity = study_minutes_per_day * COMPLETION_DAYS
    minutes = sum(course.minutes for course in courses)
    if minutes <= capacity:
        return Load(minutes, capacity, ())
    batches: list[list[Course]] = []
    for course in courses:
        for batch in batches:
            if sum(each.minutes for each in batch) + course.minutes <= capacity:
                batch.append(course)
                break
        else:
            batches.append([course])
    return Load(minutes, capacity, tuple(tuple(each.code for each in batch) for batch in batches))
