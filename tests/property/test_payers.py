"""Laws of funding, over every combination of a claim's facts."""

from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from carepass_cli.rules.funding import REASONS, Claim, Verdict, decide, renewal_open
from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Held, days_left

TODAY = date(2026, 11, 21)
WINDOW = Span(60, "d")
VALID = Held(date(2026, 11, 1), date(2027, 11, 1))
# The rules and their order, as the contract has them; True means that the rule fails.
ORDER = (
    "role-not-confirmed",
    "not-required",
    "already-valid",
    "already-registered",
    "retake",
    "learner-pays",
)
ANSWERED_BY_SELF_PAY = {"not-required", "retake", "learner-pays"}


def claim_failing(fails: dict[str, bool], self_pay: bool) -> Claim:
    return Claim(
        role_confirmed=not fails["role-not-confirmed"],
        required=not fails["not-required"],
        employer_pays=not fails["learner-pays"],
        held=VALID if fails["already-valid"] else None,
        renewal_window=WINDOW,
        registered=fails["already-registered"],
        retake=fails["retake"],
        self_pay=self_pay,
    )


def every_combination() -> list[dict[str, bool]]:
    return [dict(zip(ORDER, facts, strict=True)) for facts in product((False, True), repeat=len(ORDER))]


def test_the_first_rule_that_fails_is_the_reason() -> None:
    for fails in every_combination():
        first = next((rule for rule in ORDER if fails[rule]), None)
        expected = (
            Verdict("rejected", first, None) if first else Verdict("approved", "employer-pays", "employer")
        )
        assert decide(claim_failing(fails, self_pay=False), "auto", TODAY) == expected, fails


def test_self_pay_turns_exactly_not_required_retake_and_learner_pays() -> None:
    for fails in every_combination():
        failing = [rule for rule in ORDER if fails[rule]]
        beyond_money = [rule for rule in failing if rule not in ANSWERED_BY_SELF_PAY]
        if beyond_money:
            expected = Verdict("rejected", beyond_money[0], None)
        elif failing:
            expected = Verdict("approved", "self-pay", "learner")
        else:
            expected = Verdict("approved", "employer-pays", "employer")
        assert decide(claim_failing(fails, self_pay=True), "auto", TODAY) == expected, fails


def test_a_manual_home_leaves_as_submitted_just_what_would_be_approved() -> None:
    for fails, self_pay in product(every_combination(), (False, True)):
        claim = claim_failing(fails, self_pay)
        by_itself, by_hand = decide(claim, "auto", TODAY), decide(claim, "manual", TODAY)
        assert (by_hand.reason, by_hand.payer) == (by_itself.reason, by_itself.payer)
        assert by_hand.decision == by_itself.decision.replace("approved", "submitted")


days = st.dates(date(2020, 1, 1), date(2032, 12, 31))
held = st.builds(
    lambda on, lasts: Held(on, None if lasts is None else on + timedelta(days=lasts)),
    days,
    st.none() | st.integers(1, 1200),
)
claims = st.builds(
    Claim,
    role_confirmed=st.booleans(),
    required=st.booleans(),
    employer_pays=st.booleans(),
    held=st.none() | held,
    renewal_window=st.builds(Span, st.integers(0, 60), st.sampled_from(["d", "w", "mo", "y"])),
    registered=st.booleans(),
    retake=st.booleans(),
    self_pay=st.booleans(),
)


@given(claims, st.sampled_from(["auto", "manual"]), days)
def test_a_decision_is_of_the_known_words_and_names_a_payer_unless_rejected(
    claim: Claim, approval: str, today: date
) -> None:
    made = decide(claim, approval, today)
    assert made.reason in REASONS
    assert made.decision in ("rejected", "submitted" if approval == "manual" else "approved")
    assert made.payer == {"employer-pays": "employer", "self-pay": "learner"}.get(made.reason)
    assert (made.payer is None) is (made.decision == "rejected")


@given(claims, days)
def test_nobody_unconfirmed_is_ever_approved(claim: Claim, today: date) -> None:
    assert claim.role_confirmed or decide(claim, "auto", today).decision == "rejected"


@given(held, st.integers(0, 400), days)
def test_renewal_is_open_when_days_left_is_at_most_the_window(counts: Held, window: int, today: date) -> None:
    left = days_left(counts.expires_on, today)
    assert renewal_open(counts, Span(window, "d"), today) is (left is not None and left <= window)
