"""`carepass audit list`: who changed what and when."""

from tests.commands.conftest import AT
from tests.conftest import Carepass, person

LOG_KEYS = [
    "entry", "change", "at", "effective_on", "actor", "command", "action", "subject", "key", "before",
    "after",
]  # fmt: skip


def test_each_write_is_in_the_log_with_who_when_what(home: Carepass) -> None:
    home.today = "2026-11-30"
    home("home", "edit", "maple-grove", "--city", "Sarnia")
    entry = home.rows("audit", "list")[-1]
    assert list(entry) == LOG_KEYS
    assert (entry["actor"], entry["command"], entry["action"], entry["subject"], entry["key"]) == (
        "tester", "home edit", "edit", "home", "maple-grove",
    )  # fmt: skip
    assert (entry["before"], entry["after"]) == ('{"city":null}', '{"city":"Sarnia"}')
    assert entry["effective_on"] == "2026-11-30"
    assert entry["at"].endswith("Z")
    assert not entry["at"].startswith("2026-11-30T00:00")


def test_what_changes_nothing_is_not_in_the_log(staff: Carepass) -> None:
    before = staff.rows("audit", "list")
    for call in (
        ("home", "edit", "maple-grove", "--name", "Maple Grove"),
        ("account", "confirm", "--account", "1000"),
        ("role", "confirm", "--account", "1000", *AT),
        ("requirement", "add", "IPAC-101", *AT),
        ("cart", "clear", "1000"),
        ("cart", "submit", "1000"),
    ):
        staff(*call)
    staff("cart", "add", "1000", "IPAC-11", code=3)
    assert staff.rows("audit", "list") == before


def test_the_log_narrows_by_person_and_day(staff: Carepass) -> None:
    person(staff, "Bo", "Ng", "bo@example.org")
    staff("account", "edit", "1001", "--language", "fr", today="2026-12-01")
    keys = {entry["key"] for entry in staff.rows("audit", "list", "--account", "1001", today="2026-12-01")}
    assert keys == {"1001"}
    since = staff.rows("audit", "list", "--since", "2026-12-01", today="2026-12-01")
    assert [entry["action"] for entry in since] == ["edit"]
    assert staff.rows("audit", "list", "--since", "2026-12-01") == []
    assert staff.rows("audit", "list", today="2026-11-20") == []
    staff("audit", "list", "--since", "yesterday", code=2)
    staff("audit", "list", "--account", "4711", code=3)


def test_several_things_written_at_once_are_one_change(staff: Carepass) -> None:
    staff("requirement", "add", "IPAC-101", "WHMIS-1", *AT, "--learner-pays")
    first, second = staff.rows("audit", "list")[-2:]
    assert first["change"] == second["change"]
    assert second["entry"] == first["entry"] + 1
