"""Birthdates are for matching: no output, message, log or error holds one."""

import sqlite3
from pathlib import Path

import pytest

from tests.commands.conftest import AT
from tests.conftest import Carepass, Ran, person

TRUE, OTHER = "1990-05-17", "1988-02-03"


def silent(ran: Ran, *values: str) -> None:
    for value in values:
        assert value not in ran.out + ran.err


@pytest.mark.parametrize(
    "typed",
    ["1990-13-40", "19900517", "17/05/1990", "1850-05-17", "2990-05-17", "1990-05-17x", "17 May 1990"],
)
@pytest.mark.parametrize("output", ["json", "table"])
def test_a_slip_in_a_birthdate_is_not_repeated(home: Carepass, typed: str, output: str) -> None:
    person(home)
    calls = (
        ("account", "create", "--first-name", "A", "--last-name", "B", "--email", "a@example.org"),
        ("account", "edit", "1000"),
        ("role", "assign", "1000", *AT),
    )
    for call in calls:
        ran = home(*call, "--birthdate", typed, "-o", output, code=2)
        silent(ran, typed)
        assert "--birthdate" in ran.err


def test_a_birthdate_to_come_is_refused_unnamed(carepass: Carepass) -> None:
    create = ("account", "create", "--first-name", "A", "--last-name", "B", "--email", "a@example.org")
    ran = carepass(*create, "--birthdate", "2026-11-22", "-o", "json", code=4)
    assert ran.error["code"] == "in-the-future"
    silent(ran, "2026-11-22")
    person(carepass)
    assert carepass("account", "edit", "1000", "--birthdate", "2027-01-01", code=4).out == ""


def test_no_command_shows_one_unless_asked_by_name(staff: Carepass) -> None:
    staff("account", "edit", "1000", "--birthdate", OTHER)
    reads = (
        ("account", "list"), ("account", "show", "1000"), ("audit", "list"), ("role", "assignments"),
        ("requirement", "list", "--account", "1000"), ("notify", "list"), ("notify", "show", "1"),
        ("notify", "show", "2"), ("explain", "1000", "IPAC-101"), ("store", "info"), ("report", "expiring"),
    )  # fmt: skip
    for output in ("table", "json", "csv"):
        for read in reads:
            silent(staff(*read, "-o", output), TRUE, OTHER)
    assert staff.rows("account", "show", "1000", "--with-birthdate")["birthdate"] == OTHER
    (row,) = staff.rows("account", "list", "--with-birthdate")
    assert row["birthdate"] == OTHER


def test_a_correction_is_audited_without_it(carepass: Carepass) -> None:
    person(carepass)
    changed = carepass("account", "edit", "1000", "--birthdate", OTHER, "-o", "json")
    assert changed.json["result"] == "updated"
    silent(changed, TRUE, OTHER)
    entry = carepass.rows("audit", "list")[-1]
    assert "corrected" in entry["after"]
    assert (
        carepass("account", "edit", "1000", "--birthdate", OTHER, "-o", "json").json["result"] == "unchanged"
    )


def test_mismatch_and_refusal_do_not_tell(home: Carepass) -> None:
    person(home)
    for given in (TRUE, OTHER):
        ran = home("role", "assign", "1000", *AT, "--birthdate", given, "--last-name", "Wrong", code=4)
        silent(ran, TRUE, OTHER)


@pytest.mark.on_file
def test_an_unexpected_failure_logs_none(carepass: Carepass, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object, *given: object) -> None:
        raise sqlite3.OperationalError("no such function: no_such")

    monkeypatch.setattr("carepass_cli.store.port.SqlitePort.insert", fail)
    ran = carepass(
        "account", "create", "--first-name", "A", "--last-name", "B", "--birthdate", TRUE,
        "--email", "a@example.org", code=1,
    )  # fmt: skip
    silent(ran, TRUE)
    log = Path(ran.err.split("details are in ")[1].split(";")[0])
    assert "no_such" in log.read_text()
    assert TRUE not in log.read_text()


@pytest.mark.parametrize("typed", ["1990-05-17", "17/05/1990", "--birthdate1990-05-17"])
def test_a_birthdate_out_of_place_is_not_repeated(carepass: Carepass, typed: str) -> None:
    ran = carepass("account", "list", typed, code=2)
    assert "a date" in ran.err
    assert "1990" not in ran.err
