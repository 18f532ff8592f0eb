"""Who pays: the portal approves or rejects a course by whether the employer will pay for it.

The rules stand in order; the first that fails is the reason. `--self-pay` answers the last kinds
with the learner's own money.
"""

from dataclasses import dataclass
from datetime import date

from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Held, opens_on

SELF_PAY_ANSWERS = ("not-required", "retake", "learner-pays")
REASONS = (
    "role-not-confirmed",
    "not-required",
    "already-valid",
    "already-registered",
    "retake",
    "learner-pays",
    "employer-pays",
    "self-pay",
)


@dataclass(frozen=True)
class Claim:
    """All that decides one line of a submission, as known on the day it is decided."""

    role_confirmed: bool
    required: bool
    employer_pays: bool
    held: Held | None
    renewal_window: Span
    registered: bool
    retake: bool
    self_pay: bool = False


@dataclass(frozen=True)
class Verdict:
    """`approved`, `rejected` or `submitted` (waits for a person); `payer` is None when rejected."""

    decision: str
    reason: str
    payer: str | None


def decide(claim: Claim, approval: str, today: date) -> Verdict:
    """Decide a claim. A home with `approval` manual leaves what would be approved as `submitted`."""
    failed = [reason for reason, fails in _rules(claim, today) if fails]
    # Self-pay answers a question of money; it cannot register somebody twice at once.
    answered = SELF_PAY_ANSWERS if claim.self_pay else ()
    for reason in failed:
        if reason not in answered:
            return Verdict("rejected", reason, None)
    decision = "submitted" if approval == "manual" else "approved"
    if failed:
        return Verdict(decision, "self-pay", "learner")
    return Verdict(decision, "employer-pays", "employer")


def renewal_open(held: Held | None, window: Span, today: date) -> bool:
    """Whether the course may be taken (again) now: nothing valid is held, or it ends within `window`."""
    return held is None or (held.expires_on is not None and opens_on(held.expires_on, window) <= today)


def _rules(claim: Claim, today: date) -> tuple[tuple[str, bool], ...]:
    return (
        ("role-not-confirmed", not claim.role_confirmed),
        ("not-required", not claim.required),
        ("already-valid", not renewal_open(claim.held, claim.renewal_window, today)),
        ("already-registered", claim.registered),
        ("retake", claim.retake),
        ("learner-pays", not claim.employer_pays),
    )
