"""`carepass submission`: homes that decide by hand, and people who overrule the rules."""

import pytest

from tests.commands.conftest import AT, granted, registration, submit
from tests.conftest import Carepass, course
from tests.shelf import kept

ROW_KEYS = ["line", "code", "title", "decision", "reason", "payer", "access_by"]
LINE = "1/IPAC-101"


@pytest.fixture
@kept
def manual(staff: Carepass) -> Carepass:
    """The home decides by hand, and line 1/IPAC-101 waits."""
    staff("home", "edit", "maple-grove", "--approval", "manual")
    submit(staff, "IPAC-101")
    return staff


@pytest.fixture
@kept
def rejected(staff: Carepass) -> Carepass:
    """Line 1/IPAC-101 was rejected: the learner pays."""
    staff("requirement", "add", "IPAC-101", *AT, "--learner-pays")
    submit(staff, "IPAC-101")
    return staff


def test_a_manual_home_leaves_it_submitted(manual: Carepass) -> None:
    (row,) = manual.rows("submission", "list")
    assert (row["decision"], row["reason"], row["payer"]) == ("submitted", "employer-pays", "employer")
    assert manual.rows("registration", "list") == []
    assert manual("registration", "grant", LINE, "-o", "json", code=4).error["code"] == "not-approved"


def test_a_manual_home_still_rejects_by_rule(manual: Carepass) -> None:
    course(manual, "FIRE-1")
    rows = [*submit(manual, "FIRE-1"), *submit(manual, "FIRE-1", "--self-pay"), *submit(manual, "IPAC-101")]
    assert [(row["decision"], row["reason"], row["payer"]) for row in rows] == [
        ("rejected", "not-required", None),
        ("submitted", "self-pay", "learner"),
        ("rejected", "already-registered", None),
    ]


def test_list_narrows_and_show_gives_one(manual: Carepass) -> None:
    assert [row["line"] for row in manual.rows("submission", "list", "--status", "submitted")] == [LINE]
    assert manual.rows("submission", "list", "--status", "approved") == []
    assert len(manual.rows("submission", "list", "--home", "maple-grove")) == 1
    manual("submission", "list", "--home", "mapel-grove", code=3)
    shown = manual.rows("submission", "show", "1")
    assert next(iter(shown)) == "number"
    (line,) = shown["lines"]
    assert list(line)[: len(ROW_KEYS)] == ROW_KEYS


@pytest.mark.parametrize(("number", "exit_code"), [("2", 3), ("x", 2), ("0", 2), ("9" * 30, 2)])
def test_show_refuses(manual: Carepass, number: str, exit_code: int) -> None:
    manual("submission", "show", number, "-o", "json", code=exit_code)


def test_approving_what_waits(manual: Carepass) -> None:
    manual.today = "2026-11-24"
    (row,) = manual("submission", "approve", LINE, "-o", "json").json
    assert list(row) == ["result", *ROW_KEYS, "change"]
    assert (row["result"], row["decision"], row["reason"], row["payer"], row["access_by"]) == (
        "updated", "approved", "employer-pays", "employer", "2026-11-26",
    )  # fmt: skip
    (kept,) = manual.rows("submission", "list")
    assert (kept["decided_by"], kept["decided_on"], kept["submitted_on"]) == (
        "tester", "2026-11-24", "2026-11-21",
    )  # fmt: skip
    assert manual.rows("submission", "list", today="2026-11-23")[0]["decision"] == "submitted"
    assert manual.rows("notify", "list")[-1]["kind"] == "decision"


@pytest.mark.parametrize("first", ["approve", "reject"])
@pytest.mark.parametrize("second", ["approve", "reject"])
def test_what_a_person_decided_is_not_decided_again(manual: Carepass, first: str, second: str) -> None:
    manual("submission", first, LINE, "--reason", "first")
    before = manual.rows("submission", "list")
    error = manual("submission", second, LINE, "--reason", "second", "-o", "json", code=4).error
    assert error["code"] == "already-decided"
    assert "tester" in error["message"]
    assert manual.rows("submission", "list") == before


def test_approving_what_the_rules_approved_is_unchanged(staff: Carepass) -> None:
    submit(staff, "IPAC-101")
    (row,) = staff("submission", "approve", LINE, "-o", "json").json
    assert (row["result"], row["decision"]) == ("unchanged", "approved")


def test_overruling_a_rejection_needs_a_reason(rejected: Carepass) -> None:
    error = rejected("submission", "approve", LINE, "-o", "json", code=2).error
    assert "--reason" in error["message"]
    (row,) = rejected("submission", "approve", LINE, "--reason", "the home pays after all", "-o", "json").json
    assert (row["decision"], row["reason"], row["payer"]) == (
        "approved",
        "the home pays after all",
        "employer",
    )
    assert registration(rejected, LINE)["payer"] == "employer"


def test_overruling_a_self_payer_lets_the_learner_pay(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-20")
    (row,) = submit(staff, "IPAC-101", "--self-pay")
    assert row["reason"] == "already-valid"
    (row,) = staff("submission", "approve", LINE, "--reason", "wants it fresh", "-o", "json").json
    assert row["payer"] == "learner"


def test_overruling_does_not_register_twice(rejected: Carepass) -> None:
    (row,) = submit(rejected, "IPAC-101", "--self-pay")
    assert row["decision"] == "approved"
    error = rejected("submission", "approve", LINE, "--reason", "x", "-o", "json", code=4).error
    assert error["code"] == "already-registered"


def test_rejecting_needs_a_reason_and_takes_the_registration_back(staff: Carepass) -> None:
    submit(staff, "IPAC-101")
    staff("submission", "reject", LINE, code=2)
    (row,) = staff("submission", "reject", LINE, "--reason", "no budget", "-o", "json").json
    assert (row["decision"], row["reason"], row["payer"], row["access_by"]) == (
        "rejected", "no budget", None, None,
    )  # fmt: skip
    assert registration(staff, LINE) is None
    assert submit(staff, "IPAC-101")[0]["decision"] == "approved"


def test_after_access_it_is_too_late_to_reject(staff: Carepass) -> None:
    line = granted(staff, "IPAC-101", "2026-11-23")
    error = staff(
        "submission", "reject", line, "--reason", "x", "-o", "json", code=4, today="2026-11-23"
    ).error
    assert error["code"] == "access-given"


def test_several_lines_are_decided_together_or_not_at_all(manual: Carepass) -> None:
    submit(manual, "WHMIS-1")
    manual("submission", "approve", LINE, "9/NOPE", code=3)
    manual("submission", "approve", LINE, "2/WHMIS-1", "--dry-run")
    assert {row["decision"] for row in manual.rows("submission", "list")} == {"submitted"}
    rows = manual("submission", "approve", LINE, "2/WHMIS-1", LINE, "-o", "json").json
    assert [row["line"] for row in rows] == [LINE, "2/WHMIS-1"]


@pytest.mark.parametrize(
    ("line", "exit_code", "hint"),
    [
        ("x", 2, "SUBMISSION/CODE"), ("x/IPAC-101", 2, "12/IPAC-101"), ("1/", 2, ""), ("-/A", 2, ""),
        ("1/IPAC-11", 3, "1/IPAC-101"), ("2/IPAC-101", 3, ""),
        ("²/IPAC-101", 2, ""), ("9" * 13 + "/A", 2, ""),
    ],
)  # fmt: skip
def test_lines_are_named_as_submission_and_code(
    manual: Carepass, line: str, exit_code: int, hint: str
) -> None:
    error = manual("submission", "approve", "-o", "json", "--", line, code=exit_code).error
    assert hint in error["hint"]
