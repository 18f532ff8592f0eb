"""`carepass report expiring`."""

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, assign, course, person

KEYS = [
    "home", "role", "portal_id", "last_name", "first_name", "email", "code", "title", "completed_on",
    "expires_on", "days_left", "status",
]  # fmt: skip
REPORT = ("report", "expiring")


def confirmed(carepass: Carepass, first: str, last: str, number: int, home: str = "maple-grove") -> str:
    account = str(1000 + number)
    person(carepass, first, last, f"p{number}@example.org")
    assign(carepass, account, home)
    carepass("role", "confirm", "--account", account, "--home", home, "--role", "psw")
    return account


def record(carepass: Carepass, account: str, on: str, code: str = "IPAC-101") -> None:
    carepass("record", "add", account, code, "--on", on)


def found(carepass: Carepass, *args: str, today: str | None = None) -> list[tuple[str, int, str]]:
    rows = carepass.rows(*REPORT, *args, today=today)
    return [(row["code"], row["days_left"], row["status"]) for row in rows]


def test_keys_and_one_row(staff: Carepass) -> None:
    record(staff, "1000", "2025-12-01")
    (row,) = staff.rows(*REPORT)
    assert list(row) == KEYS
    assert list(row.values()) == [
        "maple-grove", "psw", "1000", "O'Brien", "Hélène", "helene@example.org", "IPAC-101",
        "Course IPAC-101", "2025-12-01", "2026-12-01", 10, "expiring",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-10-22", []),
        ("2027-10-23", [("IPAC-101", 30, "expiring")]),
        ("2027-11-22", [("IPAC-101", 0, "expiring")]),
        ("2027-11-23", [("IPAC-101", -1, "expired")]),
        ("2029-11-22", [("IPAC-101", -731, "expired")]),
    ],
)
def test_it_appears_within_the_home_s_span_and_stays(
    staff: Carepass, today: str, expected: list[object]
) -> None:
    staff("record", "add", "1000", "IPAC-101", "--on", "2026-11-22", today="2026-11-22")
    assert found(staff, today=today) == expected


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ((), ["soon", "gone"]),
        (("--within", "9d"), ["gone"]),
        (("--within", "10d"), ["soon", "gone"]),
        (("--within", "2mo"), ["soon", "gone", "later"]),
        (("--by", "2026-12-01"), ["soon", "gone"]),
        (("--by", "2026-11-30"), ["gone"]),
        (("--by", "2027-01-15"), ["soon", "gone", "later"]),
        (("--no-expired",), ["soon"]),
        (("--only-expired",), ["gone"]),
        (("--only-expired", "--within", "2mo"), ["gone"]),
        (("--no-expired", "--by", "2027-01-15"), ["soon", "later"]),
        (("--home", "maple-grove"), ["soon", "gone"]),
        (("--role", "psw"), ["soon", "gone"]),
        (("--home", "maple-grove", "--role", "cook"), []),
    ],
)
def test_filters(staff: Carepass, args: tuple[str, ...], expected: list[str]) -> None:
    staff("role", "create", "maple-grove", "cook", "--name", "Cook")
    days = {"soon": "2025-12-01", "gone": "2025-11-01", "later": "2026-01-15"}
    for code, on in days.items():
        course(staff, code, "--validity-years", "1")
        staff("requirement", "add", code, *AT)
        record(staff, "1000", on, code)
    assert {code for code, _, _ in found(staff, *args)} == set(expected)


def test_each_home_has_its_own_span(staff: Carepass) -> None:
    staff("home", "create", "birch-manor", "--name", "B", "--like", "maple-grove", "--expiring-within", "60d")
    for number, home in ((1, "birch-manor"), (2, "maple-grove")):
        record(staff, confirmed(staff, "A", "B", number, home), "2026-01-10")
    assert [row["home"] for row in staff.rows(*REPORT)] == ["birch-manor"]


def test_sorted_by_expiry_home_names_folded_code_and_portal_id(staff: Carepass) -> None:
    staff("home", "create", "birch-manor", "--name", "B", "--like", "maple-grove")
    people = [
        ("Zoé", "Lee", "maple-grove"), ("Bob", "Lee Ann", "maple-grove"), ("Ana", "Élan", "maple-grove"),
        ("émile", "lee", "maple-grove"), ("Yves", "Zz", "birch-manor"), ("Émile", "Lee", "maple-grove"),
    ]  # fmt: skip
    accounts = [confirmed(staff, first, last, at, home) for at, (first, last, home) in enumerate(people, 1)]
    for account in reversed(accounts):
        record(staff, account, "2025-12-01")
    course(staff, "AAA", "--validity-years", "1")
    second = ("--home", "maple-grove", "--role", "supervisor")
    staff("role", "create", "maple-grove", "supervisor", "--name", "Supervisor")
    staff("requirement", "add", "AAA", *second)
    assign(staff, "1003", "maple-grove", "supervisor")
    staff("role", "confirm", "--account", "1003", *second)
    record(staff, "1003", "2025-12-01", "AAA")
    record(staff, "1000", "2025-11-25")
    rows = staff.rows(*REPORT)
    assert [(row["expires_on"], row["home"], row["portal_id"], row["code"]) for row in rows] == [
        ("2026-11-25", "maple-grove", "1000", "IPAC-101"),
        ("2026-12-01", "birch-manor", "1005", "IPAC-101"),
        ("2026-12-01", "maple-grove", "1003", "AAA"),
        ("2026-12-01", "maple-grove", "1003", "IPAC-101"),
        ("2026-12-01", "maple-grove", "1004", "IPAC-101"),
        ("2026-12-01", "maple-grove", "1006", "IPAC-101"),
        ("2026-12-01", "maple-grove", "1001", "IPAC-101"),
        ("2026-12-01", "maple-grove", "1002", "IPAC-101"),
    ]


def test_a_newer_valid_record_hides_an_older(staff: Carepass) -> None:
    record(staff, "1000", "2025-11-01")
    assert len(found(staff)) == 1
    record(staff, "1000", "2026-11-20")
    assert found(staff) == []
    staff("record", "void", "2", "--reason", "x")
    assert found(staff) == [("IPAC-101", -20, "expired")]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize("other_on", ["2024-12-01", "2023-06-01"], ids=["one day", "earlier"])
def test_of_two_that_run_out_the_later_and_of_one_day_the_newer_counts_everywhere(
    staff: Carepass, other_on: str, first: int
) -> None:
    course(staff, "PCI-1", "--validity-years", "2")
    staff("course", "equate", "IPAC-101", "PCI-1")
    records = [("2025-12-01", "IPAC-101"), (other_on, "PCI-1")]
    for on, code in (records[first], records[1 - first]):
        record(staff, "1000", on, code)
    (row,) = staff.rows(*REPORT)
    (mine,) = staff.rows("requirement", "list", "--account", "1000", "--search", "IPAC-101")
    (gap,) = staff.rows("report", "gaps", "--code", "IPAC-101")
    told = [row, mine, gap, staff.rows("explain", "1000", "IPAC-101")]
    assert [(each["completed_on"], each["expires_on"]) for each in told] == [("2025-12-01", "2026-12-01")] * 4


def test_an_equal_record_hides_it_too(staff: Carepass) -> None:
    course(staff, "PCI-1", "--validity-years", "1")
    record(staff, "1000", "2025-11-01")
    record(staff, "1000", "2026-11-01", "PCI-1")
    staff("course", "equate", "IPAC-101", "PCI-1", today="2026-11-23")
    assert len(found(staff)) == 1
    assert found(staff, today="2026-11-23") == []


def test_an_expiry_of_an_equal_is_told_under_the_required_course(staff: Carepass) -> None:
    course(staff, "PCI-1", "--validity-years", "1")
    staff("course", "equate", "IPAC-101", "PCI-1")
    record(staff, "1000", "2025-12-01", "PCI-1")
    assert found(staff) == [("IPAC-101", 10, "expiring")]


@pytest.mark.parametrize(
    "undo",
    [
        ("role", "end", "1000", *AT),
        ("requirement", "remove", "IPAC-101", *AT),
        ("requirement", "waive", "1000", "IPAC-101", "--reason", "x"),
        ("account", "deactivate", "1000", "--reason", "x"),
    ],
)
def test_only_confirmed_roles_that_require_it(staff: Carepass, undo: tuple[str, ...]) -> None:
    record(staff, "1000", "2025-12-01")
    staff(*undo, today="2026-11-22")
    assert len(found(staff)) == 1
    assert found(staff, today="2026-11-22") == []


def test_pending_roles_and_courses_without_expiry_are_left_out(home: Carepass) -> None:
    person(home)
    assign(home, "1000")
    record(home, "1000", "2025-12-01")
    record(home, "1000", "2020-12-01", "WHMIS-1")
    assert found(home) == []
    home("role", "confirm", "--account", "1000", *AT)
    assert found(home) == [("IPAC-101", 10, "expiring")]


def test_two_roles_two_rows(staff: Carepass) -> None:
    staff("role", "create", "maple-grove", "cook", "--name", "Cook")
    staff("requirement", "add", "IPAC-101", "--home", "maple-grove", "--role", "cook")
    assign(staff, "1000", role="cook")
    staff("role", "confirm", "--account", "1000", "--home", "maple-grove", "--role", "cook")
    record(staff, "1000", "2025-12-01")
    assert [row["role"] for row in staff.rows(*REPORT)] == ["cook", "psw"]


@pytest.mark.parametrize("output", ["table", "json", "csv", "ndjson"])
def test_quiet_with_nothing_writes_zero_bytes(staff: Carepass, output: str) -> None:
    ran = staff(*REPORT, "--quiet", "--fail-if-any", "-o", output)
    assert (ran.out, ran.err) == ("", "")


def test_nothing_found_is_said_on_stderr(staff: Carepass) -> None:
    ran = staff(*REPORT, "--fail-if-any")
    assert (ran.out, ran.err) == ("", "Nothing expires.\n")
    assert staff(*REPORT, "-o", "json").json == []
    assert staff(*REPORT, "-o", "csv").out == ",".join(KEYS) + "\n"


def test_fail_if_any_prints_and_exits_10(staff: Carepass) -> None:
    record(staff, "1000", "2025-12-01")
    ran = staff(*REPORT, "--fail-if-any", "-o", "json", code=10)
    assert len(ran.json) == 1
    assert ran.error["code"] == "found"
    assert staff(*REPORT, "--fail-if-any", "--only-expired").code == 0
    assert "IPAC-101" in staff(*REPORT, "--fail-if-any", "-q", code=10).out


@pytest.mark.parametrize(
    "args",
    [
        ("--within", "30d", "--by", "2026-12-01"),
        ("--no-expired", "--only-expired"),
        ("--within", "30"),
        ("--within", "1 month"),
        ("--by", "01.12.2026"),
    ],
)
def test_usage(staff: Carepass, args: tuple[str, ...]) -> None:
    staff(*REPORT, *args, "-o", "json", code=2)


def test_unknown_homes_name_the_nearest(staff: Carepass) -> None:
    error = staff(*REPORT, "--home", "maple-groove", "-o", "json", code=3).error
    assert error["hint"] == "Did you mean maple-grove?"


def test_an_expiring_month_begins_on_one_day_everywhere(team: Carepass) -> None:
    """One month before 31 March is 28 February, in every list."""
    team("home", "edit", "maple-grove", "--expiring-within", "1mo", today="2026-02-01")
    team("record", "add", "1000", "IPAC-101", "--on", "2026-03-31", today="2026-03-31")
    for today, status in (("2027-02-27", "valid"), ("2027-02-28", "expiring")):
        rows = team.rows("requirement", "list", "--account", "1000", today=today)
        assert [row["status"] for row in rows if row["code"] == "IPAC-101"] == [status]
        reports = [
            [row["code"] for row in team.rows("report", *report, "--home", "maple-grove", today=today)]
            for report in (("expiring",), ("gaps", "--status", "expiring"))
        ]
        assert reports == [["IPAC-101"] if status == "expiring" else []] * 2
        cells = [
            row["IPAC-101"] for row in team.rows("report", "matrix", "--home", "maple-grove", today=today)
        ]
        assert f"{status} 2027-03-31" in cells


def test_looking_further_ahead_changes_no_status(team: Carepass) -> None:
    team("record", "add", "1000", "IPAC-101", "--on", "2026-08-01")
    team("record", "add", "1001", "IPAC-101", "--on", "2025-12-01")
    for far in (("--within", "1y"), ("--by", "2027-12-31")):
        rows = team.rows("report", "expiring", *far)
        assert [(row["portal_id"], row["status"]) for row in rows] == [
            ("1001", "expiring"),
            ("1000", "valid"),
        ]
    assert [row["portal_id"] for row in team.rows("report", "expiring")] == ["1001"]
    assert team.rows("report", "expiring", "--within", "9d") == []


@pytest.mark.parametrize("line", ["report expiring", "report gaps", "status", "account list", "check"])
def test_a_day_before_the_store_began_is_no_answer(home: Carepass, line: str) -> None:
    day = "2020-01-01"
    told = home(*line.split(), today=day)
    assert told.err == f"This store begins on 2026-11-21: it knows nothing of {day}.\n"
    assert "begins" not in home(*line.split()).err
    if line != "check":
        assert home(*line.split(), "-q", today=day).err == ""
