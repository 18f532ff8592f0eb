"""What a director asks of a home: how much of what is required is valid, what is late, what comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ALL = "all"


@dataclass(frozen=True)
class RoleShare:
    """How many hold a role, and the percent of what it requires of them that is valid."""

    role: str
    name: str
    staff: int
    percent: float | None


@dataclass(frozen=True)
class CourseShare:
    """How many must hold a course, waivers left out, and how many do (`expiring` among them)."""

    code: str
    title: str
    required: int
    valid: int
    percent: float | None


@dataclass(frozen=True)
class MonthAhead:
    """What a month asks for: `month` is its first day. `minutes` and costs are of renewals and gaps together,
    and the gaps are all in the first month. Costs are in cents."""

    month: date
    renewals: int
    minutes: int
    employer_cents: int
    learner_cents: int


@dataclass(frozen=True)
class Summary:
    """The figures of one home, or of ALL together. `expiring_30` counts today through today + 30 days."""

    home: str
    name: str
    staff: int
    percent: float | None
    percent_month_ago: float | None
    overdue: int
    expired: int
    expiring_30: int
    expiring_60: int
    expiring_90: int
    by_role: Sequence[RoleShare]
    by_course: Sequence[CourseShare]
    months: Sequence[MonthAhead]


def percent(valid: int, required: int) -> float | None:
    """`valid` of `required` in percent with one decimal; None of none."""
    return round(100 * valid / required, 1) if required else None
