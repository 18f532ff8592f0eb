"""Who pays: the portal approves or rejects a course by whether the employer will pay for it.

The rules stand in order; the first that fails is the reason. With `--self-pay` the learner's own money
answers those that are a question of money: `not-required`, `retake`, `learner-pays` and `over-budget`.
"""

from dataclasses import dataclass
from datetime import date

from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Held, opens_on

# How a line of a submission stands: decided, or waiting for a person.
DECISIONS = ("approved", "rejected", "submitted")
PAYERS = ("employer", "learner")
# What a person who approves cannot overrule, in the order in which it is told.
NEVER_OVERRULED = ("role-not-confirmed", "course-retired", "already-registered")
SELF_PAY_ANSWERS = ("not-required", "retake", "learner-pays", "over-budget")
REASONS = (
    "role-not-confirmed",
    "course-retired",
    "not-required",
    "already-valid",
    "already-registered",
    "retake",
    "learner-pays",
    "over-budget",
    "employer-pays",
    "self-pay",
)


@dataclass(frozen=True)
class Budget:
    """What a home will spend on training in a calendar year, and what it has committed: in cents."""

    amount: int
    committed: int

    @property
    def left(self) -> int:
        """What may still be committed; negative where more was committed than there is."""
        return self.amount - self.committed

    def exceeded_by(self, price: int | None) -> bool:
        """Whether one more course would go beyond it. A course without a price costs nothing."""
        return bool(price) and (price or 0) > self.left


@dataclass(frozen=True)
class Claim:
    """All that decides one line of a submission, as known on the day it is decided. `price` is in cents;
    `budget` is None where the home has none for the year."""

    role_confirmed: bool
    required: bool
    employer_pays: bool
    held: Held | None
    renewal_window: Span
    registered: bool
    retake: bool
    self_pay: bool = False
    course_retired: bool = False
    price: int | None = None
    budget: Budget | None = None


@dataclass(frozen=True)
class Verdict:
    """`approved`, `rejected` or `submitted` (waits for a person); `payer` is None when rejected."""

    decision: str
    reason: str
    payer: str | None


def days_waiting(decision: str, submitted_on: date, today: date) -> int | None:
    """For how many days a line has waited for a person; None where it is decided."""
    return (today - submitted_on).days if decision == "submitted" else None


def decide(claim: Claim, approval: str, today: date) -> Verdict:
    """Decide a claim. A home with `approval` manual leaves what would be approved as `submitted`."""
    failed = failing(claim, today)
    # Self-pay answers a question of money; it cannot register somebody twice at once.
    answered = SELF_PAY_ANSWERS if claim.self_pay else ()
    for reason in failed:
        if reason not in answered:
            return Verdict("rejected", reason, None)
    decision = "submitted" if approval == "manual" else "approved"
    if failed:
        return Verdict(decision, "self-pay", "learner")
    return Verdict(decision, "employer-pays", "employer")


def failing(claim: Claim, today: date) -> list[str]:
    """The rules that a claim fails, in their order."""
    return [reason for reason, fails in _rules(claim, today) if fails]


def renewal_open(held: Held | None, window: Span, today: date) -> bool:
    """Whether the course may be taken (again) now: nothing valid is held, or it ends within `window`."""
    return held is None or (held.expires_on is not None and opens_on(held.expires_on, window) <= today)


def _rules(claim: Claim, today: date) -> tuple[tuple[str, bool], ...]:
    return (
        ("role-not-confirmed", not claim.role_confirmed),
        ("course-retired", claim.course_retired),
        ("not-required", not claim.required),
        ("already-valid", not renewal_open(claim.held, claim.renewal_window, today)),
        ("already-registered", claim.registered),
        ("retake", claim.retake),
        ("learner-pays", not claim.employer_pays),
        ("over-budget", claim.budget is not None and claim.budget.exceeded_by(claim.price)),
    )
