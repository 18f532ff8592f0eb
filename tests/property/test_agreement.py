"""Whatever two commands say about one fact is the same, after any history."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carepass_cli.rules.span import Span
from carepass_cli.store.opening import open_reader
from carepass_cli.store.queries.alarms import count_alarms
from carepass_cli.store.queries.messages import list_messages
from tests.conftest import Carepass
from tests.postgres.server import Server
from tests.property.test_time_travel import HOMES, days, days_of

histories = st.lists(days, min_size=2, max_size=6)
# What every list says: of everybody, and of each person.
EVERYBODY = (
    ("account", "list"), ("home", "list"), ("role", "list"), ("course", "list"), ("requirement", "list"),
    ("role", "assignments"), ("role", "pending"), ("submission", "list"), ("registration", "list"),
    ("notify", "list"), ("report", "expiring", "--within", "1y"), ("report", "gaps"), ("report", "deadlines"),
    ("report", "retakes"), ("report", "matrix", "--home", "auto"),
    ("report", "compliance", "--home", "manual"),
    ("report", "clearance", "--home", "auto"), ("report", "onboarding"), ("report", "forecast"), ("status",),
)  # fmt: skip
EACH = (("record", "list"), ("requirement", "list", "--account"), ("cart", "show"), ("explain",))
LACKING = ("not-started", "overdue", "expiring", "expired")
# The reasons that come before `retake` in the order of the rules.
BEFORE_RETAKE = ("course-retired", "not-required", "already-valid", "already-registered")
Key = tuple[str, str, str, str]


@settings(max_examples=10)
@given(history=histories)
def test_commands_say_the_same(template: Path, history: list[tuple[int, list[Any]]]) -> None:
    with TemporaryDirectory() as folder:
        db = Path(folder) / "carepass.db"
        shutil.copy(template, db)
        *_, today = days_of(db, history)
        carepass = Carepass(str(db))
        carepass.today = str(today)
        people = [row["portal_id"] for row in carepass.rows("account", "list")]
        listed = standings(carepass, people)
        compare_reports(carepass, listed)
        explained = compare_explain(carepass, people, listed)
        compare_retakes(carepass, explained)
        compare_submitting(carepass, db, explained)
        compare_outbox(carepass, db)


def standings(carepass: Carepass, people: list[str]) -> dict[Key, dict[str, Any]]:
    """What each person's own list says, by home, role, person and course."""
    return {
        (row["home"], row["role"], who, row["code"]): row
        for who in people
        for row in carepass.rows("requirement", "list", "--account", who)
    }


def key_of(row: dict[str, Any]) -> Key:
    return row["home"], row["role"], row["portal_id"], row["code"]


def compare_reports(carepass: Carepass, listed: dict[Key, dict[str, Any]]) -> None:
    """`requirement list`, the matrix, `report expiring`, `report gaps`, `check` and `status`."""
    starts = {
        (row["home"], row["role"], row["portal_id"]): row["start_on"]
        for row in carepass.rows("role", "assignments", "--status", "confirmed")
    }
    listed = {key: row for key, row in listed.items() if key[:3] in starts}
    begun = {key: row for key, row in listed.items() if starts[key[:3]] <= carepass.today}
    expiring = {key_of(row): row for row in carepass.rows("report", "expiring")}
    ending = {key: row for key, row in listed.items() if row["status"] in ("expiring", "expired")}
    assert {key: (row["status"], row["expires_on"], row["days_left"]) for key, row in expiring.items()} == {
        key: (row["status"], row["expires_on"], row["days_left"]) for key, row in ending.items()
    }
    far = carepass.rows("report", "expiring", "--within", "1y")
    assert all(row["status"] == listed[key_of(row)]["status"] for row in far)
    gaps = {key_of(row): row for row in carepass.rows("report", "gaps", "--status", ",".join(LACKING))}
    for key, row in gaps.items():
        assert all(
            row[name] == begun[key][name] for name in ("status", "due_on", "completed_on", "expires_on")
        )
    lacking = {(key[0], key[2], key[3]) for key, row in begun.items() if row["status"] in LACKING}
    assert {(home, who, code) for home, _, who, code in gaps} <= lacking
    compare_matrix(carepass, listed)
    counted = Counter((row["home"], row["status"]) for row in gaps.values())
    for row in carepass.rows("status"):
        assert [row[status] for status in LACKING[1:4:2]] == [
            counted[row["home"], status] for status in LACKING[1:4:2]
        ]
    compare_check(carepass)


def compare_matrix(carepass: Carepass, listed: dict[Key, dict[str, Any]]) -> None:
    """A cell of the matrix is what the person's own list says; of two roles what is due first."""
    for home in HOMES:
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for (at, _, who, code), row in listed.items():
            known = found.get((who, code))
            if at == home and (known is None or row["due_on"] < known["due_on"]):
                found[who, code] = row
        cells = {
            (row["portal_id"], code): cell.split()[0]
            for row in carepass.rows("report", "matrix", "--home", home)
            for code, cell in list(row.items())[4:]
            if cell
        }
        assert cells == {key: row["status"] for key, row in found.items()}


def compare_check(carepass: Carepass) -> None:
    """Each figure of `check` is the number of rows of the command that its help names."""
    reader = open_reader(carepass.db)
    found = count_alarms(reader, date.fromisoformat(carepass.today), Span(30, "d"), Span(0, "d"))
    reader.connection.close()  # type: ignore[attr-defined]
    commands = {
        "expiring": ("report", "expiring", "--within", "30d", "--no-expired"),
        "expired": ("report", "expiring", "--only-expired"),
        "overdue": ("report", "gaps", "--status", "overdue"),
        "lapsed": ("report", "retakes"),
        "pending": ("role", "pending"),
        "waiting": ("submission", "list", "--status", "submitted"),
        "late": ("registration", "list", "--late"),
    }
    assert {name: getattr(found, name) for name in commands} == {
        name: len(carepass.rows(*command)) for name, command in commands.items()
    }


def compare_explain(
    carepass: Carepass, people: list[str], listed: dict[Key, dict[str, Any]]
) -> dict[Key, dict[str, Any]]:
    """`explain` of each required course, held to the person's own list."""
    explained = {}
    for who in people:
        for told in carepass.rows("explain", who):
            key = (told["home"], told["role"], who, told["code"])
            for name in ("status", "step", "due_on", "completed_on", "expires_on", "days_left"):
                assert told[name] == listed[key][name], (key, name)
            explained[key] = told
    return explained


def compare_retakes(carepass: Carepass, explained: dict[Key, dict[str, Any]]) -> None:
    """`report retakes`, and what submitting would decide; `report deadlines` and `registration list`."""
    retakes = {(row["home"], row["portal_id"]) for row in carepass.rows("report", "retakes")}
    # What was withdrawn after access was used up, too, but the report has what lapsed or failed.
    withdrawn = carepass.rows("registration", "list", "--status", "withdrawn")
    used_up = {(row["home"], row["portal_id"]) for row in withdrawn if row["access_on"]}
    for (home, _, who, _), told in explained.items():
        if told["would"]["reason"] == "retake":
            assert (home, who) in retakes | used_up
    listed = carepass.rows("registration", "list", "--status", "in-progress")
    deadlines = carepass.rows("report", "deadlines")
    assert sorted(row["line"] for row in deadlines) == sorted(row["line"] for row in listed)
    reasons = {(home, who, code): told["would"]["reason"] for (home, _, who, code), told in explained.items()}
    for row in carepass.rows("report", "retakes"):
        reason = reasons.get((row["home"], row["portal_id"], row["code"]))
        assert reason in (None, "retake", *BEFORE_RETAKE)


def compare_submitting(carepass: Carepass, db: Path, explained: dict[Key, dict[str, Any]]) -> None:
    """What `explain` says that submitting would decide, and what it decides on a copy of the store."""
    copied = db.with_name("copy.db")
    for (home, role, who, code), told in sorted(explained.items())[:8]:
        with closing(sqlite3.connect(db)) as store, closing(sqlite3.connect(copied)) as copy:
            store.backup(copy)
        tried = Carepass(str(copied))
        tried.today = carepass.today
        tried("cart", "clear", who)
        add = ("cart", "add", who, code, "--home", home, "--role", role)
        if told["would"]["reason"] == "course-retired":
            tried(*add, code=4)
            continue
        tried(*add)
        (decided,) = tried.rows("cart", "submit", who)
        would = told["would"]
        assert {name: decided[name] for name in would} == would, (who, home, role, code)


def compare_outbox(carepass: Carepass, db: Path) -> None:
    """What a run sends is so on that day."""
    carepass("notify", "run", "--eml", str(db.parent / "mail"))
    reader = open_reader(carepass.db)
    sent = [m for m in list_messages(reader, date.fromisoformat(carepass.today)) if m.status == "sent"]
    reader.connection.close()  # type: ignore[attr-defined]
    emails = {row["email"] for row in carepass.rows("account", "list")}
    pending = Counter(row["role"] for row in carepass.rows("role", "pending"))
    lines = {row["line"]: row for row in carepass.rows("submission", "list")}
    registered = {row["line"]: row["status"] for row in carepass.rows("registration", "list")}
    ends = {(row["email"], row["code"], row["expires_on"]) for row in far_ahead(carepass)}
    assert Counter(m.kind for m in sent)["confirm-role"] == sum(pending.values())
    for message in sent:
        assert message.to in emails
        told = message.values
        if message.kind == "decision":
            for line in told["lines"]:
                assert lines[line["line"]]["decision"] == line["decision"]
                if line["decision"] == "approved":
                    assert registered[line["line"]] in ("approved", "in-progress")
        elif message.kind == "access":
            assert registered[message.about] == "in-progress"
        elif message.kind == "reminder":
            assert (message.to, told["code"], told["expires_on"]) in ends


def far_ahead(carepass: Carepass) -> list[dict[str, Any]]:
    return list(carepass.rows("report", "expiring", "--within", "60d"))


# Numbers on a server may leave a hole, and are not compared; nor is what is said of them.
NUMBERED = ("id", "line", "record", "change", "entry", "change_id", "once_key", "params", "key", "hash")


@settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories)
def test_engines_say_the_same(
    template: Path, server: Server, server_template: str, history: list[tuple[int, list[Any]]]
) -> None:
    """The same history on SQLite and on PostgreSQL."""
    name = server.create(server_template)
    with TemporaryDirectory() as folder:
        db = Path(folder) / "carepass.db"
        shutil.copy(template, db)
        said = []
        for store in (str(db), server.url(name)):
            *_, today = days_of(store, history)
            carepass = Carepass(store)
            carepass.today = str(today)
            people = [row["portal_id"] for row in carepass.rows("account", "list")]
            said.append([unnumbered(rows) for rows in everything(carepass, people)])
        assert said[0] == said[1]
    server.drop(name)


def everything(carepass: Carepass, people: list[str]) -> Iterator[Any]:
    """What every list says, of everybody and of each person."""
    for command in EVERYBODY:
        yield carepass.rows(*command)
    for who in people:
        for command in EACH:
            yield carepass.rows(*command, who)


def unnumbered(value: Any) -> Any:
    """What a command said, without numbers that the engines give by themselves."""
    if isinstance(value, list):
        return [unnumbered(each) for each in value]
    if isinstance(value, dict):
        return {key: unnumbered(each) for key, each in value.items() if key not in NUMBERED}
    return value
