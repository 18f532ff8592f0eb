"""The weekly round: many lines, people and mails in one command; what is written has a number."""

import json

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, assign, person

LINES = ("1/IPAC-101", "1/WHMIS-1", "2/IPAC-101", "2/WHMIS-1")


@pytest.fixture
def waiting(staff: Carepass) -> Carepass:
    """Two people whose carts wait for a decision, two lines each."""
    staff("home", "edit", "maple-grove", "--approval", "manual")
    staff("course", "edit", "IPAC-101", "--price", "45.00")
    person(staff, "Bo", "Ng", "bo@example.org")
    assign(staff, "1001")
    staff("role", "confirm", "--account", "1001", *AT)
    for number in ("1000", "1001"):
        assert [row["code"] for row in staff.rows("cart", "add", number, "--missing")] == [
            "IPAC-101",
            "WHMIS-1",
        ]
    assert [row["line"] for row in staff.rows("cart", "submit", "1000", "1001")] == list(LINES)
    return staff


def test_a_submission_s_number_stands_for_its_lines(waiting: Carepass) -> None:
    rows = waiting.rows("submission", "approve", "1", "2/WHMIS-1")
    assert [row["line"] for row in rows] == ["1/IPAC-101", "1/WHMIS-1", "2/WHMIS-1"]
    assert waiting.rows("submission", "approve", "1") == []
    assert [row["line"] for row in waiting.rows("submission", "list", "--status", "submitted")] == [
        "2/IPAC-101"
    ]
    assert waiting("submission", "approve", "9", "-o", "json", code=3).error["code"] == "not-found"


def test_the_first_line_that_cannot_be_decided_gives_the_code(waiting: Carepass) -> None:
    waiting("submission", "approve", "1/IPAC-101")
    for verb in ("approve", "reject"):
        for lines, code in ((("2", "1/IPAC-101", "9/X"), 4), (("2", "9/X", "1/IPAC-101"), 3)):
            waiting("submission", verb, *lines, "--reason", "because", code=code)
    assert len(waiting.rows("submission", "list", "--status", "submitted")) == 3
    rows = waiting.rows("submission", "approve", "2/WHMIS-1", "2", "2/IPAC-101")
    assert [row["line"] for row in rows] == ["2/WHMIS-1", "2/IPAC-101"]
    # 1/WHMIS-1 still waits: there is nothing to grant, complete, fail or withdraw from.
    for verb in ("grant", "complete", "fail", "withdraw"):
        waiting("registration", verb, "1/WHMIS-1", "9/X", code=4)
        waiting("registration", verb, "9/X", "1/WHMIS-1", code=3)
    assert waiting.rows("registration", "list", "--status", "in-progress,failed,withdrawn") == []


def test_thirty_approvals_and_grants_are_two_commands(waiting: Carepass) -> None:
    error = waiting("submission", "approve", "--all", "-o", "json", code=2).error
    assert "--yes" in error["hint"]
    before = waiting("submission", "approve", "--all", "--dry-run").err
    assert "Ng, Bo (1001), psw at maple-grove" in before
    assert "2/IPAC-101  Course IPAC-101  30 min  45.00" in before
    rows = waiting.rows("submission", "approve", "--all", "--yes")
    assert [row["line"] for row in rows] == list(LINES)
    before = waiting("registration", "grant", "--due", "--dry-run").err
    assert before.count("To be completed by 2026-12-05") == 1
    granted = waiting.rows("registration", "grant", "--due")
    assert [row["line"] for row in granted] == list(LINES)
    assert {row["status"] for row in granted} == {"in-progress"}
    assert waiting.rows("registration", "grant", "--due") == []


def test_all_is_narrowed_and_goes_alone(waiting: Carepass) -> None:
    rows = waiting.rows("submission", "reject", "--all", "--account", "1001", "--reason", "x", "--yes")
    assert [row["line"] for row in rows] == list(LINES[2:])
    for wrong in (("1", "--all"), (), ("1", "--account", "1000")):
        waiting("submission", "approve", *wrong, "--yes", code=2)
    waiting("registration", "grant", code=2)
    waiting("registration", "grant", "1/IPAC-101", "--due", code=2)


def test_lines_come_from_standard_input_and_the_first_bad_one_refuses_all(waiting: Carepass) -> None:
    waiting("submission", "approve", "--all", "--yes")
    bad = waiting("registration", "grant", "-", "-o", "json", code=3, input="1/IPAC-101\n1/NONE\n")
    assert bad.error["code"] == "not-found"
    assert waiting.rows("registration", "list", "--status", "in-progress") == []
    ran = waiting("registration", "grant", "-", "-o", "json", input="1/IPAC-101 2/IPAC-101\n")
    assert [row["line"] for row in ran.json] == ["1/IPAC-101", "2/IPAC-101"]
    assert (
        waiting("registration", "complete", "1/IPAC-101", "-o", "json").json["completed_on"] == waiting.today
    )
    both = waiting.rows("registration", "withdraw", "2/IPAC-101", "1/WHMIS-1")
    assert [row["status"] for row in both] == ["withdrawn", "withdrawn"]


def test_the_list_shows_whom_and_what_it_costs(waiting: Carepass) -> None:
    rows = waiting.rows("submission", "list")
    assert list(rows[0]) == [
        "line", "portal_id", "last_name", "first_name", "home", "role", "code", "title", "minutes", "price",
        "decision", "reason", "payer", "submitted_on", "decided_on", "decided_by",
    ]  # fmt: skip
    assert (rows[0]["minutes"], rows[0]["price"], rows[1]["price"]) == (30, "45.00", None)


def test_pending_roles_are_reminded_together(staff: Carepass) -> None:
    for number in ("1001", "1002"):
        person(staff, "Bo", f"Ng{number}", f"p{number}@example.org")
        assign(staff, number)
    assert [row["portal_id"] for row in staff.rows("role", "resend", "--pending")] == ["1001", "1002"]
    assert staff.rows("role", "resend", "--pending", "--older-than", "2d") == []
    assert staff("role", "resend", "1001", "-o", "json").json["portal_id"] == "1001"
    assert staff("role", "resend", "1000", "1001", "-o", "json", code=4).error["code"] == "not-pending"


def test_missing_is_what_is_not_held_and_not_under_way(staff: Carepass) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    assert [row["code"] for row in staff.rows("cart", "add", "1000", "--missing")] == ["WHMIS-1"]
    assert staff.rows("cart", "add", "1000", "--missing") == []
    later = [row["code"] for row in staff.rows("cart", "add", "1000", "--missing", today="2027-09-15")]
    assert later == ["IPAC-101"]
    staff("cart", "add", "1000", code=2)


def test_every_write_says_its_change(home: Carepass) -> None:
    ran = home("home", "edit", "maple-grove", "--city", "Sarnia", "-o", "json")
    number = home.rows("audit", "list", "--limit", "1")[0]["change"]
    assert (ran.json["change"], list(ran.json)[-1]) == (number, "change")
    assert home("home", "edit", "maple-grove", "--city", "Sarnia", "-o", "json").json["change"] is None
    assert f"Change {number + 1}. To take it back: carepass audit undo {number + 1}" in (
        home("home", "edit", "maple-grove", "--city", "Guelph").err
    )
    rows = home.rows("requirement", "remove", "IPAC-101", "WHMIS-1", *AT)
    assert [row["change"] for row in rows] == [number + 2] * 2
    assert "Change" not in home("home", "edit", "maple-grove", "--city", "Guelph", "-q").err


def test_the_last_change_is_undone_and_then_the_one_before(home: Carepass) -> None:
    for city in ("Sarnia", "Guelph"):
        home("home", "edit", "maple-grove", "--city", city)
    assert home("audit", "undo", "--last", code=2).err.count("--yes") == 1
    for city in ("Sarnia", None):
        home("audit", "undo", "--last", "--yes")
        assert home.rows("home", "show", "maple-grove")["city"] == city
    home("audit", "undo", "1", "--last", "--yes", code=2)


def test_the_log_is_narrowed_and_its_newest_kept(home: Carepass) -> None:
    home("home", "edit", "maple-grove", "--city", "Sarnia")
    every = home.rows("audit", "list")
    assert home.rows("audit", "list", "--limit", "2") == every[-2:]
    assert {row["subject"] for row in home.rows("audit", "list", "--subject", "course,home")} == {
        "course",
        "home",
    }
    assert home.rows("audit", "list", "--actor", "nobody") == []
    assert len(home.rows("audit", "list", "--actor", "nobody,tester")) == len(every)
    assert json.loads(home("audit", "list", "--limit", "1", "-o", "ndjson").out) == every[-1]


def test_a_decision_that_waits_to_be_told_is_queued_at_its_home(staff: Carepass) -> None:
    before = {row["home"]: row["queued"] for row in staff.rows("status")}
    staff("cart", "add", "1000", "IPAC-101")
    staff("cart", "submit", "1000")
    after = {row["home"]: row["queued"] for row in staff.rows("status")}
    assert after == {**before, "maple-grove": before["maple-grove"] + 1}
    staff("role", "end", "1000", "--home", "maple-grove", "--role", "psw")
    assert {row["home"]: row["queued"] for row in staff.rows("status")} == before


def test_csv_of_several_of_one_and_of_none_has_one_header(waiting: Carepass) -> None:
    """The keys of the list, between `result` and `change`."""

    def header(*call: str) -> str:
        return waiting(*call, "-o", "csv").out.splitlines()[0]

    decided = "result,line,code,title,decision,reason,payer,access_by,change"
    registered = f"result,{header('registration', 'list')},change"
    assigned = f"result,{header('role', 'assignments')},change"
    everything = ("submission", "approve", "--all", "--yes")
    due = ("registration", "grant", "--due")
    for call, keys in (
        (("submission", "approve", "2"), decided),
        (everything, decided),
        (everything, decided),
        (("registration", "grant", "1/IPAC-101"), registered),
        (due, registered),
        (due, registered),
        (("registration", "complete", *LINES), registered),
        (("role", "resend", "--pending"), assigned),
    ):
        assert header(*call) == keys, call
