"""Who pays, line by line."""

from dataclasses import replace
from datetime import date

import pytest

from carepass_cli.rules.funding import REASONS, Budget, Claim, Verdict, days_waiting, decide, renewal_open
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
        (replace(GOOD, course_retired=True), "course-retired"),
        (replace(GOOD, required=False), "not-required"),
        (replace(GOOD, held=HELD), "already-valid"),
        (replace(GOOD, registered=True), "already-registered"),
        (replace(GOOD, retake=True), "retake"),
        (replace(GOOD, employer_pays=False), "learner-pays"),
        (replace(GOOD, price=4501, budget=Budget(10000, 5500)), "over-budget"),
    ],
)
def test_each_rule_rejects_by_its_own_name(claim: Claim, reason: str) -> None:
    assert decide(claim, "auto", TODAY) == Verdict("rejected", reason, None)


def test_the_rules_stand_in_order() -> None:
    """Mending the first reason brings out the next, until the employer pays."""
    worst = replace(
        GOOD, role_confirmed=False, course_retired=True, required=False, held=HELD, registered=True,
        retake=True, employer_pays=False, price=1, budget=Budget(0, 0),
    )  # fmt: skip
    mended = [
        {"role_confirmed": True}, {"course_retired": False}, {"required": True}, {"held": None},
        {"registered": False}, {"retake": False}, {"employer_pays": True}, {"budget": None},
    ]  # fmt: skip
    told = []
    for each in mended:
        told.append(decide(worst, "auto", TODAY).reason)
        worst = replace(worst, **each)
    told.append(decide(worst, "auto", TODAY).reason)
    assert tuple(told) == REASONS[:-1]


@pytest.mark.parametrize(
    ("price", "committed", "fits"),
    [(4500, 5500, True), (4501, 5500, False), (None, 20000, True), (0, 20000, True), (1, 10000, False)],
)
def test_a_budget_is_spent_to_the_last_cent(price: int | None, committed: int, fits: bool) -> None:
    budget = Budget(10000, committed)
    assert budget.left == 10000 - committed
    assert budget.exceeded_by(price) is not fits


@pytest.mark.parametrize(
    "answered",
    [
        replace(GOOD, required=False),
        replace(GOOD, retake=True),
        replace(GOOD, employer_pays=False),
        replace(GOOD, price=1, budget=Budget(0, 0)),
    ],
)
def test_one_s_own_money_answers_a_question_of_money(answered: Claim) -> None:
    own = replace(answered, self_pay=True)
    assert decide(own, "auto", TODAY) == Verdict("approved", "self-pay", "learner")
    retired = replace(own, course_retired=True)
    assert decide(retired, "auto", TODAY) == Verdict("rejected", "course-retired", None)


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


def test_only_what_is_not_decided_waits() -> None:
    assert days_waiting("submitted", date(2026, 11, 18), TODAY) == 3
    assert days_waiting("approved", date(2026, 11, 18), TODAY) is None
