"""Who pays, line by line."""

from dataclasses import replace
from datetime import date

import pytest

from carepass_cli.rules.funding import Claim, Verdict, decide, renewal_open
from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Held

TODAY = date(2026, 11, 21)
HELD = Held(date(2026, 1, 10), date(2027, 1, 10))
GOOD = Claim(
    role_confirmed=True,
    required=True,
    employer_pays=True,
    held=None,
    renewal_window=Span(30, "d"),
    registered=False,
    retake=False,
)


def test_a_good_claim_is_paid_by_the_employer() -> None:
    assert decide(GOOD, "auto", TODAY) == Verdict("approved", "employer-pays", "employer")


def test_a_home_that_decides_by_hand_leaves_it_submitted() -> None:
    assert decide(GOOD, "manual", TODAY) == Verdict("submitted", "employer-pays", "employer")
    own_money = replace(GOOD, retake=True, self_pay=True)
    assert decide(own_money, "manual", TODAY) == Verdict("submitted", "self-pay", "learner")


def test_a_home_that_decides_by_hand_still_rejects() -> None:
    assert decide(replace(GOOD, retake=True), "manual", TODAY) == Verdict("rejected", "retake", None)


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        (replace(GOOD, role_confirmed=False), "role-not-confirmed"),
        (replace(GOOD, required=False), "not-required"),
        (replace(GOOD, held=HELD), "already-valid"),
        (replace(GOOD, registered=True), "already-registered"),
        (replace(GOOD, retake=True), "retake"),
        (replace(GOOD, employer_pays=False), "learner-pays"),
    ],
)
def test_each_rule_rejects_by_its_own_name(claim: Claim, reason: str) -> None:
    assert decide(claim, "auto", TODAY) == Verdict("rejected", reason, None)


def test_self_pay_does_not_buy_a_second_registration() -> None:
    twice = replace(GOOD, required=False, registered=True, self_pay=True)
    assert decide(twice, "auto", TODAY) == Verdict("rejected", "already-registered", None)


def test_self_pay_offered_where_the_employer_pays_is_not_taken() -> None:
    assert decide(replace(GOOD, self_pay=True), "auto", TODAY).payer == "employer"


@pytest.mark.parametrize(
    ("held", "today", "may"),
    [
        (None, TODAY, True),
        (Held(date(2020, 1, 1), None), TODAY, False),
        (HELD, date(2026, 12, 10), False),
        (HELD, date(2026, 12, 11), True),
        (HELD, date(2027, 1, 10), True),
        (HELD, date(2027, 1, 11), True),
    ],
)
def test_renewal_opens_when_days_left_is_the_home_s_window(held: Held | None, today: date, may: bool) -> None:
    assert renewal_open(held, Span(30, "d"), today) is may
