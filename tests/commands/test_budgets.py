"""What a home will spend on training in a year."""

import subprocess
import sys
from typing import Any

import pytest

from tests.conftest import Carepass, assign, course, person


@pytest.fixture
def priced(staff: Carepass) -> Carepass:
    """1000 at maple-grove, whose psw requires PAID-1 and PAID-2 at 45.00 each, and FREE, besides."""
    for code in ("PAID-1", "PAID-2"):
        course(staff, code, "--price", "45.00")
    course(staff, "FREE")
    staff("requirement", "add", "PAID-1", "PAID-2", "FREE", "--home", "maple-grove", "--role", "psw")
    return staff


def submit(carepass: Carepass, *codes: str, today: str | None = None) -> dict[str, tuple[str, str]]:
    carepass("cart", "add", "1000", *codes, today=today)
    rows = carepass.rows("cart", "submit", "1000", today=today)
    return {row["code"]: (row["decision"], row["reason"]) for row in rows}


def budget(carepass: Carepass, today: str | None = None) -> list[dict[str, Any]]:
    return carepass.rows("home", "budgets", "--home", "maple-grove", today=today)


def test_what_is_committed_is_the_price_on_the_day_of_approval(priced: Carepass) -> None:
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "200.00")
    priced("course", "edit", "PAID-1", "--price", "50.00", today="2026-11-22")
    submit(priced, "PAID-1", today="2026-11-22")
    priced("course", "edit", "PAID-1", "--price", "60.00", today="2026-11-23")
    assert [row["committed"] for row in budget(priced, "2026-11-24")] == ["50.00"]


def test_what_goes_beyond_it_is_over_budget(priced: Carepass) -> None:
    made = priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "89.99", "-o", "json").json
    assert made["result"] == "created"
    assert submit(priced, "PAID-1", "PAID-2", "FREE") == {
        "PAID-1": ("approved", "employer-pays"),
        "PAID-2": ("rejected", "over-budget"),
        "FREE": ("approved", "employer-pays"),
    }
    assert budget(priced) == [
        {"home": "maple-grove", "year": 2026, "amount": "89.99", "committed": "45.00", "left": "44.99"}
    ]
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "90.00", today="2026-11-22")
    assert submit(priced, "PAID-2", today="2026-11-22") == {"PAID-2": ("approved", "employer-pays")}
    assert (budget(priced, "2026-11-21")[0]["left"], budget(priced, "2026-11-22")[0]["left"]) == (
        "44.99",
        "0.00",
    )


def test_one_s_own_money_is_no_budget_s(priced: Carepass) -> None:
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "10.00")
    priced("cart", "add", "1000", "PAID-1", "--self-pay")
    (row,) = priced.rows("cart", "submit", "1000")
    assert (row["decision"], row["reason"], row["payer"]) == ("approved", "self-pay", "learner")
    assert budget(priced)[0]["committed"] == "0.00"


def test_what_is_withdrawn_before_access_is_free_again(priced: Carepass) -> None:
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "45.00")
    submit(priced, "PAID-1")
    priced("registration", "withdraw", "1/PAID-1", today="2026-11-22")
    assert [budget(priced, day)[0]["left"] for day in ("2026-11-21", "2026-11-22")] == ["0.00", "45.00"]
    priced("cart", "add", "1000", "PAID-2", today="2026-11-22")
    priced("cart", "submit", "1000", today="2026-11-22")
    priced("registration", "grant", "2/PAID-2", today="2026-11-22")
    priced("registration", "withdraw", "2/PAID-2", today="2026-11-23")
    assert budget(priced, "2026-11-23")[0]["left"] == "0.00"


def test_a_price_counts_as_it_was_when_approved_and_left_may_be_negative(priced: Carepass) -> None:
    submit(priced, "PAID-1")
    priced("course", "edit", "PAID-1", "--price", "99.00", today="2026-11-22")
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "40.00", today="2026-11-22")
    assert budget(priced, "2026-11-22")[0]["left"] == "-5.00"


def test_a_year_is_its_own(priced: Carepass) -> None:
    priced("home", "budget", "maple-grove", "--year", "2027", "--amount", "10.00")
    assert submit(priced, "PAID-1") == {"PAID-1": ("approved", "employer-pays")}
    assert submit(priced, "PAID-2", today="2027-01-04") == {"PAID-2": ("rejected", "over-budget")}


def test_the_same_again_and_taken_away(priced: Carepass) -> None:
    set_it = ("home", "budget", "maple-grove", "--year", "2026", "--amount", "10.00")
    priced(*set_it)
    assert priced(*set_it, "-o", "json").json["result"] == "unchanged"
    assert (
        priced("home", "budget", "maple-grove", "--year", "2026", "--none", "-o", "json").json["amount"]
        is None
    )
    assert budget(priced) == []
    assert submit(priced, "PAID-1") == {"PAID-1": ("approved", "employer-pays")}
    priced("home", "budget", "maple-grove", "--year", "2026", code=2)
    priced(*set_it, "--none", code=2)
    priced("home", "budget", "maple-grov", "--year", "2026", "--none", code=3)


def test_what_waits_commits_nothing_and_a_person_may_go_beyond_it(priced: Carepass) -> None:
    priced("home", "edit", "maple-grove", "--approval", "manual")
    priced("cart", "add", "1000", "PAID-1")
    priced("cart", "submit", "1000")
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "10.00")
    assert budget(priced)[0]["committed"] == "0.00"
    priced("submission", "approve", "1/PAID-1", "--reason", "needed")
    assert budget(priced)[0]["left"] == "-35.00"


def test_two_at_the_last_place_never_both_get_it(priced: Carepass) -> None:
    person(priced, "Bo", "Ng", "bo@example.org")
    assign(priced, "1001")
    priced("role", "confirm", "--account", "1001", "--home", "maple-grove", "--role", "psw")
    priced("home", "budget", "maple-grove", "--year", "2026", "--amount", "45.00")
    for account in ("1000", "1001"):
        priced("cart", "add", account, "PAID-1")
    line = [sys.executable, "-m", "carepass_cli", "--db", str(priced.db), "--today", priced.today]
    racers = [
        subprocess.Popen([*line, "cart", "submit", account, "-o", "json"], stdout=subprocess.PIPE, text=True)
        for account in ("1000", "1001")
    ]
    told = sorted(racer.communicate(timeout=60)[0].count('"over-budget"') for racer in racers)
    assert told == [0, 1]
    assert budget(priced)[0]["left"] == "0.00"
