"""One command, and a file of one row that asks for the same: the same things happen, and are told alike."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, Ran, person, run_program

pytestmark = pytest.mark.on_file

WHO = ("--account", "1001", *AT)
LINE = "1/IPAC-101"
ASSIGNED = ("role", "assign", "1001", *AT, "--last-name", "Ng")
SUBMITTED = (("cart", "add", "1000", "IPAC-101"), ("cart", "submit", "1000"))
GRANTED = (*SUBMITTED, ("registration", "grant", LINE))
RECORDED = ("record", "add", "1001", "IPAC-101", "--on", "2026-11-01")
NEW = ("--first-name", "Ada", "--last-name", "Poe", "--birthdate", "1980-02-03")


class Case(NamedTuple):
    """A command and the same as a file: its command, and a header and a row of it; what went before."""

    one: tuple[str, ...]
    file: tuple[str, ...]
    header: str
    row: str
    before: tuple[tuple[str, ...], ...] = ()


def assign(row: str, *more: str, file: tuple[str, ...] = (), before: Any = ()) -> Case:
    header = "portal_id,home,role,last_name,birthdate,start_on"
    return Case(("role", "assign", *more), ("role", "import", *file), header, row, before)


def record(row: str, *more: str, before: Any = ()) -> Case:
    header = "portal_id,code,completed_on,expires_on"
    return Case(("record", "add", *more), ("record", "import"), header, row, before)


def registration(verb: str, column: str, day: str, before: Any) -> Case:
    on = ("--on", day) if verb in ("grant", "complete") else ()
    one = ("registration", verb, LINE, *on)
    return Case(one, ("registration", "import"), f"line,{column}", f"{LINE},{day}", before)


def sync(one: tuple[str, ...], status: str, before: Any = ()) -> Case:
    file = ("role", "sync", "--home", "maple-grove", "--max-leavers", "100%")
    header, row = "portal_id,role,last_name,status", f"1000,psw,O'Brien,{status}"
    return Case(one, file, header, row, before)


CASES = {
    "assign": assign("1001,maple-grove,psw,Ng,,", "1001", *AT, "--last-name", "Ng"),
    "assign by birthdate": assign(
        "1001,maple-grove,psw,,1990-05-17,2026-12-01",
        *("1001", *AT, "--birthdate", "1990-05-17", "--start", "2026-12-01"),
    ),
    "assign again": assign(
        "1001,maple-grove,psw,Ng,,", "1001", *AT, "--last-name", "Ng", before=[ASSIGNED]
    ),
    "assign from another day": assign(
        "1001,maple-grove,psw,Ng,,2026-12-01",
        *("1001", *AT, "--last-name", "Ng", "--start", "2026-12-01"),
        before=[ASSIGNED],
    ),
    "assign somebody else": assign("1001,maple-grove,psw,Wrong,,", "1001", *AT, "--last-name", "Wrong"),
    "assign without a name": assign("1001,maple-grove,psw,,,", "1001", *AT),
    "assign nobody": assign("4711,maple-grove,psw,Ng,,", "4711", *AT, "--last-name", "Ng"),
    "assign no role": assign(
        "1001,maple-grove,rn,Ng,,", "1001", "--home", "maple-grove", "--role", "rn", "--last-name", "Ng"
    ),
    "assign who is deactivated": assign(
        "1001,maple-grove,psw,Ng,,",
        *("1001", *AT, "--last-name", "Ng"),
        before=[("account", "deactivate", "1001", "--reason", "away")],
    ),
    "confirm": Case(
        ("role", "confirm", *WHO), ("role", "import", "--confirm"),
        "portal_id,home,role,last_name", "1001,maple-grove,psw,Ng", (ASSIGNED,),
    ),
    "end": sync(("role", "end", "1000", *AT), "Terminated"),
    "end with what has begun": sync(("role", "end", "1000", *AT), "Terminated", SUBMITTED),
    "leave": sync(("account", "leave", "1000", "--from", "2026-11-21", "--reason", "On leave"), "On leave"),
    "return": sync(
        ("account", "return", "1000"), "Active",
        [("account", "leave", "1000", "--from", "2026-11-10", "--reason", "On leave")],
    ),
    "record": record("1001,IPAC-101,2026-11-01,", "1001", "IPAC-101", "--on", "2026-11-01"),
    "record with its own last day": record(
        "1001,IPAC-101,2026-11-01,2027-06-30",
        *("1001", "IPAC-101", "--on", "2026-11-01", "--expires", "2027-06-30"),
    ),
    "record again": record("1001,IPAC-101,2026-11-01,", *RECORDED[2:], before=[RECORDED]),
    "record again with another last day": record(
        "1001,IPAC-101,2026-11-01,2027-06-30", *RECORDED[2:], "--expires", "2027-06-30", before=[RECORDED]
    ),
    "record tomorrow": record("1001,IPAC-101,2026-11-22,", "1001", "IPAC-101", "--on", "2026-11-22"),
    "record before birth": record("1001,IPAC-101,1990-05-16,", "1001", "IPAC-101", "--on", "1990-05-16"),
    "record of nothing": record("1001,IPAC-1,2026-11-01,", "1001", "IPAC-1", "--on", "2026-11-01"),
    "record for nobody": record("4711,IPAC-101,2026-11-01,", "4711", "IPAC-101", "--on", "2026-11-01"),
    "record that ends before": record(
        "1001,IPAC-101,2026-11-01,2026-10-31",
        *("1001", "IPAC-101", "--on", "2026-11-01", "--expires", "2026-10-31"),
    ),
    "grant": registration("grant", "access_on", "2026-11-21", SUBMITTED),
    "grant before the approval": registration("grant", "access_on", "2026-11-20", SUBMITTED),
    "grant tomorrow": registration("grant", "access_on", "2026-11-22", SUBMITTED),
    "grant nothing": registration("grant", "access_on", "2026-11-21", ()),
    "grant by person": Case(
        ("registration", "grant", LINE, "--on", "2026-11-21"), ("registration", "import"),
        "portal_id,code,access_on", "1000,IPAC-101,2026-11-21", SUBMITTED,
    ),
    "grant again": registration("grant", "access_on", "2026-11-21", GRANTED),
    "grant what was rejected": registration(
        "grant", "access_on", "2026-11-21",
        (*SUBMITTED, ("submission", "reject", LINE, "--reason", "not this year")),
    ),
    "complete": registration("complete", "completed_on", "2026-11-21", GRANTED),
    "complete before access": registration("complete", "completed_on", "2026-11-20", GRANTED),
    "fail": registration("fail", "failed_on", "2026-11-21", GRANTED),
    "withdraw": registration("withdraw", "withdrawn_on", "2026-11-21", SUBMITTED),
    "cart": Case(
        ("cart", "add", "1000", "WHMIS-1"), ("cart", "import"), "portal_id,code", "1000,WHMIS-1"
    ),
    "cart of nobody confirmed": Case(
        ("cart", "add", "1001", "WHMIS-1"), ("cart", "import"), "portal_id,code", "1001,WHMIS-1"
    ),
    "cart of what is retired": Case(
        ("cart", "add", "1000", "WHMIS-1"), ("cart", "import"), "portal_id,code", "1000,WHMIS-1",
        (("course", "retire", "WHMIS-1", "--yes"),),
    ),
    "submit": Case(
        ("cart", "submit", "1000"), ("cart", "import", "--submit"), "portal_id,code", "1000,WHMIS-1",
        (("cart", "add", "1000", "WHMIS-1"),),
    ),
    "account": Case(
        ("account", "create", *NEW, "--email", "ada@example.org"), ("account", "import"),
        "first_name,last_name,birthdate,email", "Ada,Poe,1980-02-03,ada@example.org",
    ),
    "account of a namesake": Case(
        ("account", "create", *NEW, "--email", "ada@example.org"), ("account", "import"),
        "first_name,last_name,birthdate,email", "Ada,Poe,1980-02-03,ada@example.org",
        (("account", "create", *NEW, "--email", "other@example.org"),),
    ),
    "account with an address in use": Case(
        ("account", "create", *NEW, "--email", "bo@example.org"), ("account", "import"),
        "first_name,last_name,birthdate,email", "Ada,Poe,1980-02-03,bo@example.org",
    ),
}  # fmt: skip
LISTS = (
    ("role", "assignments"), ("account", "list"), ("record", "list", "1000"), ("record", "list", "1001"),
    ("registration", "list"), ("submission", "list"), ("account", "leaves"), ("requirement", "waivers"),
    ("notify", "list"), ("explain", "1000"), ("cart", "show", "1000"),
)  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_row_of_a_file_does_what_the_command_does(name: str, staff: Carepass, tmp_path: Path) -> None:
    case = CASES[name]
    person(staff, "Bo", "Ng", "bo@example.org")
    for words in case.before:
        staff(*words)
    other = _copy(staff, tmp_path / "other.db")
    start, changes = _state(staff), len(_log(staff))
    one, many = _run(staff, case.one), _run(other, case.file, f"{case.header}\n{case.row}\n")
    assert _error(one) == _error(many), (one.err, many.err)
    if one.code == 0 and case.file[-1] in ("import", "--confirm"):
        (written,) = one.json if isinstance(one.json, list) else [one.json]
        assert many.json[written["result"]] == 1
    assert _state(staff) == _state(other)
    assert _log(staff) == _log(other)
    if len(_log(staff)) > changes:
        for each in (staff, other):
            each("audit", "undo", "--last", "--yes")
            assert _state(each) == start


def _copy(carepass: Carepass, path: Path) -> Carepass:
    with closing(sqlite3.connect(carepass.db)) as made, closing(sqlite3.connect(path)) as copy:
        made.backup(copy)
    return Carepass(str(path))


def _run(carepass: Carepass, words: tuple[str, ...], rows: str = "") -> Ran:
    words = (*words, "-") if rows else words
    line = ["--db", carepass.db, "--today", carepass.today, "--actor", "tester", *words, "-o", "json"]
    return run_program(line, rows)


def _error(ran: Ran) -> str | None:
    """The code of the error; of a file, that of its row."""
    if ran.code == 5:
        (error,) = ran.json["errors"]
        return str(error["error"])
    return ran.error["code"] if ran.code else None


def _state(carepass: Carepass) -> list[Any]:
    return [carepass.rows(*words) for words in LISTS]


def _log(carepass: Carepass) -> list[tuple[str, ...]]:
    """What the log has of each person, and of all."""
    told = ("action", "subject", "key", "before", "after")
    narrowed = ((), ("--account", "1000"), ("--account", "1001"))
    return [
        tuple(entry[key] for key in told) for n in narrowed for entry in carepass.rows("audit", "list", *n)
    ]
