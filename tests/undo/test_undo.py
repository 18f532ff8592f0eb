"""`audit undo`: after it everything is as before the change, and the audit log holds both."""

from pathlib import Path

import pytest

from carepass_cli.store.rows.tables import TABLES
from carepass_cli.store.transfer import open_source
from tests.conftest import Carepass, assign, course, person
from tests.shelf import kept

HERE = ("--home", "maple-grove", "--role", "psw")
KEPT = ("change", "audit_entry", "undo_step", "counter", "alembic_version")

WRITES = [
    (
        "account",
        "create",
        "--first-name",
        "Bo",
        "--last-name",
        "Li",
        "--birthdate",
        "1980-01-01",
        "--email",
        "b@x.ca",
    ),
    ("account", "edit", "1000", "--last-name", "Tremblay", "--language", "fr"),
    ("account", "edit", "1000", "--birthdate", "1991-01-01"),
    ("account", "deactivate", "1000", "--reason", "left"),
    ("account", "merge", "1000", "1002", "--reason", "one person", "--yes"),
    ("account", "merge", "1002", "1000", "--reason", "one person", "--yes"),
    ("home", "create", "birch-manor", "--name", "Birch", "--like", "maple-grove"),
    ("home", "edit", "maple-grove", "--approval", "manual", "--close", "2026-12-24"),
    ("role", "create", "maple-grove", "rn", "--name", "Nurse"),
    ("role", "edit", "maple-grove", "psw", "--name", "Support worker"),
    ("role", "assign", "1001", *HERE, "--unverified"),
    ("role", "assign", "1000", *HERE, "--unverified", "--start", "2026-01-05"),
    ("role", "end", "1000", *HERE),
    ("role", "confirm", "--account", "1002", *HERE),
    ("role", "decline", "--account", "1002", *HERE),
    ("role", "cancel", "1002", *HERE),
    ("role", "resend", "1002", *HERE),
    ("course", "create", "NEW-1", "--title", "New", "--provider", "P", "--minutes", "5"),
    ("course", "edit", "IPAC-101", "--minutes", "45"),
    ("course", "retire", "IPAC-101", "--yes"),
    ("course", "equate", "IPAC-101", "WHMIS-1"),
    ("requirement", "add", "OPT-1", *HERE),
    ("requirement", "add", "IPAC-101", *HERE, "--learner-pays"),
    ("requirement", "remove", "IPAC-101", *HERE),
    ("requirement", "waive", "1000", "IPAC-101", "--reason", "on leave"),
    ("cart", "add", "1000", "IPAC-101", "WHMIS-1"),
    ("record", "add", "1000", "IPAC-101", "--on", "2026-11-01"),
]


@pytest.fixture
@kept
def store(staff: Carepass) -> Carepass:
    """The confirmed psw 1000, 1001 without a role, 1002 pending; OPT-1 that nobody requires."""
    person(staff, "Ana", "Lee", "ana@example.org")
    person(staff, "Dan", "Roy", "dan@example.org")
    assign(staff, "1002")
    course(staff, "OPT-1")
    return staff


def contents(carepass: Carepass) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table but the log's own."""
    with open_source(carepass.db) as reader:
        return {
            name: sorted(reader.rows(f'SELECT * FROM "{name}"'), key=repr)
            for name in TABLES
            if name not in KEPT
        }


def last_change(carepass: Carepass) -> str:
    return str(carepass.rows("audit", "list")[-1]["change"])


@pytest.mark.parametrize("line", WRITES, ids=lambda line: " ".join(line[:3]))
def test_everything_is_as_before(store: Carepass, line: tuple[str, ...]) -> None:
    before = contents(store)
    store(*line)
    assert contents(store) != before
    change = last_change(store)
    told = store("audit", "undo", change, "--yes", "-o", "json").json
    assert {row["change"] for row in told} == {int(change)}
    assert contents(store) == before
    store("store", "check", "--full")
    store("audit", "verify")
    assert {"undo"} < {row["action"] for row in store.rows("audit", "list")}


@pytest.mark.parametrize(
    ("line", "rows"),
    [
        (("cart", "import", "-", "--submit"), "portal_id,code\n1000,IPAC-101\n1000,WHMIS-1\n"),
        (
            ("role", "import", "-", "--create-accounts", "--confirm"),
            "email,first_name,last_name,birthdate,home,role\n"
            "new@example.org,Bo,Li,1980-01-01,maple-grove,psw\n",
        ),
        (("registration", "import", "-"), "line,access_on,completed_on\n1/IPAC-101,2026-11-21,2026-11-21\n"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, tuple) else "",
)
def test_what_one_change_wrote_and_changed_again_is_gone_and_the_log_is_sound(
    store: Carepass, line: tuple[str, ...], rows: str
) -> None:
    if line[0] == "registration":
        store("cart", "add", "1000", "IPAC-101")
        store("cart", "submit", "1000")
    before = contents(store)
    store(*line, input=rows)
    store("audit", "undo", "--last", "--yes")
    assert contents(store) == before
    store("store", "check", "--full")
    store("audit", "verify")


def test_submission_to_completion_is_undone_from_the_end_only(store: Carepass) -> None:
    store("cart", "add", "1000", "IPAC-101")
    states, changes = [contents(store)], []
    for line in (
        ("cart", "submit", "1000"),
        ("registration", "grant", "1/IPAC-101"),
        ("registration", "extend", "1/IPAC-101", "--to", "2026-12-31", "--reason", "leave"),
        ("registration", "complete", "1/IPAC-101"),
        ("record", "void", "1", "--reason", "wrong"),
    ):
        store(*line)
        changes.append(last_change(store))
        states.append(contents(store))
    refused = store("audit", "undo", changes[0], "--yes", "-o", "json", code=4)
    assert refused.error["code"] == "depended-on"
    for change, state in zip(reversed(changes), reversed(states[:-1]), strict=True):
        store("audit", "undo", change, "--yes")
        assert contents(store) == state


def test_an_assignment_is_not_undone_once_its_role_was_used(store: Carepass) -> None:
    confirmed = next(
        row["change"]
        for row in store.rows("audit", "list")
        if row["subject"] == "assignment" and row["action"] == "confirm"
    )
    store("cart", "add", "1000", "IPAC-101")
    error = store("audit", "undo", str(confirmed), "--yes", "-o", "json", code=4).error
    assert error["code"] == "depended-on"
    assert "1000" in error["message"]


def test_what_has_the_number_of_a_used_role_is_undone(store: Carepass) -> None:
    """Record 1 has nothing to do with assignment 1."""
    store("record", "add", "1000", "OPT-1", "--on", "2026-11-01")
    change = last_change(store)
    store("cart", "add", "1000", "IPAC-101")
    store("audit", "undo", change, "--yes")
    assert store.rows("record", "list", "1000") == []


def test_what_was_mailed_is_not_undone(store: Carepass, tmp_path: Path) -> None:
    change = last_change(store)  # OPT-1; the assignment of 1002 came before it
    assigned = str(int(change) - 1)
    store("notify", "run", "--eml", str(tmp_path / "mail"))
    error = store("audit", "undo", assigned, "--yes", "-o", "json", code=4).error
    assert "was sent" in error["message"]


def test_a_dry_run_shows_and_writes_nothing(store: Carepass) -> None:
    store("record", "add", "1000", "IPAC-101", "--on", "2026-11-01")
    before, log = contents(store), store.rows("audit", "list")
    assert (
        store("audit", "undo", last_change(store), "--dry-run", "-o", "json").json[0]["subject"] == "record"
    )
    assert contents(store) == before
    assert store.rows("audit", "list") == log


def test_without_a_terminal_it_asks_for_yes(store: Carepass) -> None:
    error = store("audit", "undo", last_change(store), "-o", "json", code=2).error
    assert "--yes" in error["hint"]


def test_once_and_no_further(store: Carepass) -> None:
    change = last_change(store)
    store("audit", "undo", change, "--yes")
    undo = last_change(store)
    assert store("audit", "undo", change, "--yes", "-o", "json", code=4).error["code"] == "already-undone"
    assert store("audit", "undo", undo, "--yes", "-o", "json", code=4).error["code"] == "is-an-undo"
    store("audit", "undo", "9999", "--yes", code=3)
    store("audit", "undo", "x", "--yes", code=2)


def test_of_a_person_who_is_undone_nothing_stays_anywhere(store: Carepass) -> None:
    """Once the account is gone nobody could erase it: the log and the trail forget the person, too."""
    bo = ("--first-name", "Bo", "--last-name", "Unseen", "--birthdate", "1977-07-07", "--email", "bo@un.ca")
    portal_id = store("account", "create", *bo, "-o", "json").json["portal_id"]
    store("account", "edit", portal_id, "--email", "bo2@un.ca", "--birthdate", "1978-08-08")
    for _ in range(2):
        (undone,) = store.rows("audit", "undo", *edits(store), "--yes")
        assert undone["subject"] == "account"
    with open_source(store.db) as reader:
        said = repr([list(reader.rows(f'SELECT * FROM "{name}"')) for name in TABLES])
    assert [word for word in ("Unseen", "@un.ca", "1977-07-07", "1978-08-08") if word in said] == []
    store("audit", "verify")
    store("store", "check", "--full")
    assert store("account", "create", *bo, "-o", "json").json["portal_id"] > portal_id


def edits(carepass: Carepass) -> tuple[str]:
    """The newest change that is neither an undoing nor undone."""
    log = carepass.rows("audit", "list")
    gone = {entry["key"] for entry in log if entry["action"] == "undo"}
    changes = {entry["change"] for entry in log if entry["command"] != "audit undo"}
    return (str(max(change for change in changes if str(change) not in gone)),)


def test_a_yes_or_no_goes_back_to_what_it_was(store: Carepass) -> None:
    store("requirement", "add", "IPAC-101", *HERE, "--learner-pays")
    store("audit", "undo", last_change(store), "--yes")
    (mine,) = (row for row in store.rows("requirement", "list") if row["code"] == "IPAC-101")
    assert mine["employer_pays"] is True
