"""Filters find what is meant, and nothing else."""

import pytest

from tests.commands.conftest import AT, granted
from tests.conftest import TODAY, Carepass, assign, person
from tests.shelf import kept


@pytest.fixture
@kept
def two(staff: Carepass) -> Carepass:
    """Two people in two roles: each has a record that runs out, a course under way, one that lapsed, mail and
    a leave to come."""
    staff("role", "create", "maple-grove", "rn", "--name", "Nurse", "--group", "registered")
    staff("role", "edit", "maple-grove", "psw", "--group", "direct-care")
    staff("requirement", "add", "IPAC-101", "WHMIS-1", "--home", "maple-grove", "--role", "rn")
    person(staff, "Bo", "Ng", "bo@example.org")
    assign(staff, "1001", "maple-grove", "rn")
    staff("role", "confirm", "--account", "1001", "--home", "maple-grove", "--role", "rn")
    for account, day in (("1000", "2025-12-01"), ("1001", "2025-12-02")):
        granted(staff, "WHMIS-1", TODAY, account)
        staff("record", "add", account, "IPAC-101", "--on", day)
        staff("account", "leave", account, "--from", "2027-03-01", "--reason", "study")
    return staff


@pytest.mark.parametrize("line", ["report expiring", "report gaps", "report deadlines", "registration list"])
@pytest.mark.parametrize(
    ("by", "found"), [("--account", "1001"), ("--role", "rn"), ("--home", "maple-grove")]
)
def test_narrowed_to_one_person_or_role(two: Carepass, line: str, by: str, found: str) -> None:
    rows = two.rows(*line.split(), by, found)
    assert {row["portal_id"] for row in rows} == ({"1000", "1001"} if by == "--home" else {"1001"})


def test_what_lapsed_is_narrowed(two: Carepass) -> None:
    two.today = "2026-12-20"
    for narrow in (("--account", "1001"), ("--role", "rn")):
        assert [row["portal_id"] for row in two.rows("report", "retakes", *narrow)] == ["1001"]


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        (("--group", "registered"), ["1001"]),
        (("--group", "registered,direct-care"), ["1000", "1001"]),
        (("--group", "dietary"), []),
        (("--code", "WHMIS-1"), []),
        (("--code", "IPAC-101", "--account", "1000"), ["1000"]),
    ],
)
def test_what_expires_is_narrowed(two: Carepass, narrow: tuple[str, ...], found: list[str]) -> None:
    assert [row["portal_id"] for row in two.rows("report", "expiring", *narrow)] == found


def test_mail_and_leaves_are_narrowed(two: Carepass) -> None:
    both = [e["entry"] for e in two.rows("audit", "list", "--account", "1000,1001")]
    one, other = ([e["entry"] for e in two.rows("audit", "list", "--account", a)] for a in ("1000", "1001"))
    assert both == sorted([*one, *other])
    (leave,) = two.rows("account", "leaves", "--account", "1001")
    assert leave["portal_id"] == "1001"
    to = {row["to"] for row in two.rows("notify", "list", "--account", "1001")}
    assert to == {"bo@example.org"}
    statuses = {row["status"] for row in two.rows("notify", "list", "--status", "cancelled")}
    assert statuses == {"cancelled"}
    two("notify", "list", "--status", "lost", code=2)
    assert two.rows("role", "pending", *AT) == []


@pytest.mark.parametrize("named", ["O'Brein", "O'Brian", "helene@exmaple.org"])
def test_a_name_that_is_nearly_right_finds_its_person(two: Carepass, named: str) -> None:
    hint = two("account", "show", named, "-o", "json", code=3).error["hint"]
    assert hint == "Did you mean 1000 (O'Brien, Hélène)?"
