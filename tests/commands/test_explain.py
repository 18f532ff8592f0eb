"""`carepass explain`: the rule, the records and the steps behind a status."""

from typing import Any

from tests.commands.conftest import AT, granted, standing, submit
from tests.conftest import Carepass, course


def told(carepass: Carepass, code: str = "IPAC-101", today: str | None = None) -> Any:
    return carepass.rows("explain", "1000", code, today=today)


def test_it_says_what_the_list_says(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-25", today="2026-11-25")
    line = granted(staff, "WHMIS-1", "2026-11-23")
    assert line == "1/WHMIS-1"
    for day in ("2026-11-21", "2026-11-25", "2026-12-08", "2027-11-01", "2027-11-26"):
        for code in ("IPAC-101", "WHMIS-1"):
            row, explained = standing(staff, code, day), told(staff, code, day)
            for key in ("status", "step", "completed_on", "expires_on", "days_left", "due_on"):
                assert explained[key] == row[key], (day, code, key)
            assert explained["requirements"][0]["due_on"] == row["due_on"]
            assert explained["as_of"] == day


def test_it_names_the_skipped_days(staff: Carepass) -> None:
    staff("home", "edit", "maple-grove", "--close", "2026-12-29")
    submit(staff, "IPAC-101", today="2026-12-24")
    (step,) = told(staff, today="2026-12-24")["steps"]
    assert step["line"] == "1/IPAC-101"
    assert "by 2026-12-31" in step["told"]
    for named in (
        "2026-12-25 (Christmas Day)",
        "2026-12-26 (Saturday)",
        "2026-12-27 (Sunday)",
        "2026-12-28 (Boxing Day",
        "2026-12-29 (the home is closed)",
    ):
        assert named in step["told"]
    assert "2026-12-30 (" not in step["told"]
    assert "It is late" not in told(staff, today="2026-12-31")["steps"][0]["told"]
    assert "It is late" in told(staff, today="2027-01-01")["steps"][0]["told"]


def test_a_day_ahead_is_and_one_that_has_passed_was(staff: Carepass) -> None:
    for day, verb in (("2026-12-21", "is"), ("2026-12-22", "was")):
        because = told(staff, today=day)["requirements"][0]["because"]
        assert f"It {verb} due within 30d of the later of the two: by 2026-12-21." in because


def test_a_closing_day_added_later_is_followed_and_named(staff: Carepass) -> None:
    submit(staff, "IPAC-101", today="2026-11-23")
    staff("home", "edit", "maple-grove", "--close", "2026-11-24", today="2026-11-23")
    (step,) = told(staff, today="2026-11-23")["steps"]
    assert "by 2026-11-26" in step["told"]
    assert "2026-11-24 (the home is closed)" in step["told"]


def test_no_skipped_day_no_list(staff: Carepass) -> None:
    submit(staff, "IPAC-101", today="2026-11-23")
    assert "not counted" not in told(staff, today="2026-11-23")["steps"][0]["told"]


def test_it_tells_which_record_counts_and_why_others_do_not(staff: Carepass) -> None:
    for day in ("2024-05-01", "2026-11-01", "2026-11-20"):
        staff("record", "add", "1000", "IPAC-101", "--on", day)
    staff("record", "void", "3", "--reason", "wrong person")
    why = {record["record"]: record["why"] for record in told(staff)["records"]}
    assert why[2].startswith("counts")
    assert why[1].startswith("hidden")
    assert why[3].startswith("void since 2026-11-21")
    because = told(staff)["requirements"][0]["because"]
    assert "Record 2 counts" in because
    assert "valid through 2027-11-01" in because
    assert "from 2027-10-02 on" in because
    assert "expiring since 2027-10-02" in told(staff, today="2027-10-02")["requirements"][0]["because"]
    assert "last day was 2 days ago" in told(staff, today="2027-11-03")["requirements"][0]["because"]


def test_once_only(staff: Carepass) -> None:
    staff("record", "add", "1000", "WHMIS-1", "--on", "2020-01-01")
    assert "does not expire" in told(staff, "WHMIS-1")["requirements"][0]["because"]


def test_the_rule_behind_a_due_day_and_a_waiver(staff: Carepass) -> None:
    assert "by 2026-12-21" in told(staff)["requirements"][0]["because"]
    assert "That day has passed." in told(staff, today="2026-12-22")["requirements"][0]["because"]
    staff("requirement", "waive", "1000", "IPAC-101", "--reason", "on leave", "--until", "2026-12-31")
    because = told(staff)["requirements"][0]["because"]
    assert "waived from 2026-11-21 through 2026-12-31 (on leave)" in because
    # Of several only what holds is named, and through when it does.
    staff("requirement", "unwaive", "1000", "IPAC-101")
    staff("requirement", "waive", "1000", "IPAC-101", "--reason", "abroad")
    because = told(staff)["requirements"][0]["because"]
    assert "for good (abroad)" in because
    assert "on leave" not in because
    assert "has passed" not in because


def test_what_was_asked_for_after_a_leave_counts_from_its_own_day(staff: Carepass) -> None:
    staff("account", "leave", "1000", "--from", "2026-11-22", "--until", "2026-11-30", "--reason", "ill")
    course(staff, "FIRE-1")
    staff("requirement", "add", "FIRE-1", *AT, today="2026-12-10")
    for code, counted in (
        ("FIRE-1", "the later of the two"),
        ("IPAC-101", "2026-12-01, the first day after"),
    ):
        assert f"30d of {counted}" in told(staff, code, "2026-12-10")["requirements"][0]["because"]


def test_every_end_of_a_line(staff: Carepass) -> None:
    def last(today: str) -> str:
        return str(told(staff, "WHMIS-1", today)["steps"][-1]["told"])

    course(staff, "FIRE-1")
    submit(staff, "FIRE-1", today="2026-11-23")
    assert (
        "rejected by the rules on 2026-11-23: the role does not require it"
        in (told(staff, "FIRE-1", "2026-11-23")["steps"][0]["told"])
    )
    first = granted(staff, "WHMIS-1", "2026-11-23")
    assert "the last day is 2026-12-07, that day included" in last("2026-11-23")
    assert "It lapsed" in last("2026-12-08")
    staff("registration", "extend", first, "--to", "2026-12-10", "--reason", "x", today="2026-12-08")
    assert "the last day is 2026-12-10" in last("2026-12-08")
    staff("registration", "fail", first, today="2026-12-09")
    assert "failed on 2026-12-09" in last("2026-12-09")
    second = granted(staff, "WHMIS-1", "2026-12-09")
    staff("registration", "withdraw", second, today="2026-12-09")
    assert "withdrawn on 2026-12-09" in last("2026-12-09")
    third = granted(staff, "WHMIS-1", "2026-12-09")
    staff("registration", "complete", third, today="2026-12-10")
    assert "completed on 2026-12-10" in last("2026-12-10")


def test_what_would_be_decided_now(staff: Carepass) -> None:
    assert "approved (employer-pays)" in told(staff)["next"]
    granted(staff, "IPAC-101", "2026-11-23")
    assert "rejected (already-registered)" in told(staff, today="2026-11-23")["next"]
    assert "rejected (retake)" in told(staff, today="2026-12-08")["next"]


def test_a_person_s_decision_is_named(staff: Carepass) -> None:
    submit(staff, "IPAC-101")
    staff("submission", "reject", "1/IPAC-101", "--reason", "no budget")
    assert "rejected by tester on 2026-11-21: no budget." in told(staff)["steps"][0]["told"]


def test_a_course_that_no_role_asks_for(staff: Carepass) -> None:
    course(staff, "FIRE-1")
    explained = told(staff, "FIRE-1")
    assert (explained["status"], explained["requirements"]) == (None, [])
    assert "not-required" in explained["next"]


def test_equals_explain_one_another(staff: Carepass) -> None:
    course(staff, "PCI-1", "--validity-years", "1")
    staff("course", "equate", "IPAC-101", "PCI-1")
    staff("record", "add", "1000", "PCI-1", "--on", "2026-11-20")
    for code, other in (("IPAC-101", "PCI-1"), ("PCI-1", "IPAC-101")):
        explained = told(staff, code)
        assert (explained["status"], explained["equal_to"]) == ("valid", [other])
        assert [record["code"] for record in explained["records"]] == ["PCI-1"]


def test_two_roles_are_both_explained(staff: Carepass) -> None:
    staff("role", "create", "maple-grove", "cook", "--name", "Cook")
    staff("requirement", "add", "IPAC-101", "--home", "maple-grove", "--role", "cook", "--due-within", "1w")
    staff("role", "assign", "1000", "--home", "maple-grove", "--role", "cook", "--unverified")
    assert len(told(staff)["requirements"]) == 1
    staff("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "cook")
    assert [(q["role"], q["due_on"]) for q in told(staff)["requirements"]] == [
        ("cook", "2026-11-28"), ("psw", "2026-12-21"),
    ]  # fmt: skip


def test_unknown_names(staff: Carepass) -> None:
    assert "IPAC-101" in staff("explain", "1000", "IPAC-11", "-o", "json", code=3).error["hint"]
    assert "account list" in staff("explain", "4711", "IPAC-101", "-o", "json", code=3).error["hint"]


def test_each_required_course_says_what_the_cart_would_decide(staff: Carepass) -> None:
    staff("requirement", "add", "WHMIS-1", *AT, "--learner-pays")
    would = {each["code"]: each["would"] for each in staff.rows("explain", "1000")}
    staff("cart", "add", "1000", *would)
    decided = {
        row["code"]: {name: row[name] for name in ("decision", "reason", "payer")}
        for row in staff.rows("cart", "submit", "1000")
    }
    assert would == decided
    assert {each["reason"] for each in would.values()} == {"employer-pays", "learner-pays"}


def test_a_table_says_it_in_sentences(staff: Carepass) -> None:
    staff("requirement", "add", "IPAC-101", *AT, "--learner-pays")
    out = staff("explain", "1000", "IPAC-101").out
    assert "psw at maple-grove requires IPAC-101" in out
    assert "the requirement says that the learner pays" in out


def test_it_speaks_of_the_past_and_of_a_person_who_decides(staff: Carepass) -> None:
    staff("home", "edit", "maple-grove", "--approval", "manual")
    staff("record", "add", "1000", "IPAC-101", "--on", "2025-11-01")
    explained = told(staff)
    assert "It was valid through 2026-11-01" in explained["requirements"][0]["because"]
    assert "it would wait for a person's decision (employer-pays)" in explained["next"]


def test_a_person_reads_sentences(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-20")
    explained = told(staff, "IPAC-101")
    lines = staff("explain", "1000", "IPAC-101").out.splitlines()
    begin = "IPAC-101 (Course IPAC-101), 1000 (O'Brien, Hélène) on 2026-11-21: valid, with 2027-11-20"
    assert lines[0].startswith(begin)
    assert [each["because"] for each in explained["requirements"]] == lines[1:2]
    assert lines[-1] == explained["next"]
    every = staff("explain", "1000").out
    assert "\n".join(lines) in every
    assert "{" not in every
    # What is asked for by name is a table all the same.
    assert staff("explain", "1000", "IPAC-101", "--fields", "status").out.split() == ["status", "valid"]
