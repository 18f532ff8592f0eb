"""How reports are answered: of one home's, no table of people's facts is read whole; and none costs more with
the years, because each look at completions names the person and the course."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.rules.span import Span
from carepass_cli.store.opening import SqliteReader, open_reader
from carepass_cli.store.queries.alarms import count_alarms
from carepass_cli.store.queries.compliance import count_compliance, list_missing
from carepass_cli.store.queries.deadlines import list_deadlines, list_retakes
from carepass_cli.store.queries.expiring import expiring_rows, list_expiring
from carepass_cli.store.queries.matrix import list_matrix, matrix_columns
from carepass_cli.store.queries.passport import revoked_records
from carepass_cli.store.queries.person import Person
from carepass_cli.store.reader import Reader, Row
from tests.conftest import Carepass, course
from tests.reports.test_deadlines import take

GROWING = (
    "account", "account_version", "assignment", "completion", "waiver", "submission", "submission_line",
    "decision", "registration", "extension",
)  # fmt: skip
HOME, DAY = "maple-grove", "2026-11-21"


class Explaining(SqliteReader):
    """Reads as ever, and keeps each step of every plan, with the tables' names for their aliases."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection, "test")
        self.steps: list[str] = []

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        names = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN)\s+(\w+)\s+(\w+)", sql)}
        for *_, step in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", params):
            verb, _, rest = step.partition(" ")
            alias, _, how = rest.partition(" ")
            self.steps.append(f"{verb} {names.get(alias, alias)} {how}")
        return super().rows(sql, **params)

    def read_whole(self) -> set[str]:
        """The growing tables that some step scans."""
        return {table for verb, table, *_ in map(str.split, self.steps) if verb == "SCAN"} & set(GROWING)

    def looks_at(self, table: str) -> list[str]:
        """The steps that read a table, but for a look at one row by its key."""
        found = [step for step in self.steps if step.split()[1] == table]
        return [step for step in found if "INTEGER PRIMARY KEY (rowid=?)" not in step]


def explain(db: Path | str) -> Explaining:
    opened = open_reader(str(db))
    assert isinstance(opened, SqliteReader)
    return Explaining(opened.connection)


@pytest.fixture
def explaining(db: Path) -> Explaining:
    """A store with one home that asks for one course: plans are made without looking at how much there is."""
    carepass = Carepass(str(db))
    carepass.today = "2020-01-01"
    carepass("home", "create", HOME, "--name", "Maple Grove")
    carepass("role", "create", HOME, "psw", "--name", "Support", "--group", "registered")
    course(carepass, "IPAC-101", "--validity-years", "1")
    carepass("requirement", "add", "IPAC-101", "--home", HOME, "--role", "psw")
    return explain(db)


OF_ONE_HOME: dict[str, Callable[[Reader], Any]] = {
    "compliance": lambda reader: list(count_compliance(reader, DAY, HOME, 2026)),
    "compliance of a past year": lambda reader: list(count_compliance(reader, DAY, HOME, 2025, rolling=True)),
    "compliance of a group": lambda reader: list(
        count_compliance(reader, DAY, HOME, 2026, group="registered")
    ),
    "compliance of a role": lambda reader: list(count_compliance(reader, DAY, HOME, 2026, role="psw")),
    "compliance, by name": lambda reader: list_missing(reader, DAY, HOME, 2026),
    "matrix": lambda reader: list(list_matrix(reader, DAY, HOME, ["IPAC-101"])),
    "matrix's columns": lambda reader: matrix_columns(reader, DAY, HOME),
    "deadlines": lambda reader: list_deadlines(reader, DAY, HOME),
    "retakes": lambda reader: list_retakes(reader, DAY, HOME),
    "expiring": lambda reader: list(list_expiring(reader, DAY, home=HOME)),
    "check": lambda reader: count_alarms(reader, DAY, Span(30, "d"), Span(0, "d"), HOME),
}


LOOKING_AT_COMPLETIONS: dict[str, Callable[[Reader], Any]] = {
    name: OF_ONE_HOME[name]
    for name in (
        "compliance",
        "compliance of a past year",
        "compliance, by name",
        "expiring",
        "matrix",
        "check",
    )
} | {"expiring of all homes": lambda reader: list(expiring_rows(reader, DAY))}


@pytest.mark.on_file
@pytest.mark.parametrize("report", OF_ONE_HOME)
def test_a_report_of_one_home_reads_no_growing_table_whole(team: Carepass, report: str) -> None:
    take(team, "1000", "IPAC-101", "2026-03-02")  # lapsed: retakes look closer
    reader = explain(team.db)
    OF_ONE_HOME[report](reader)
    assert reader.steps
    assert reader.read_whole() == set()


def test_the_test_sees_a_whole_table_read(explaining: Explaining) -> None:
    list(explaining.rows("SELECT k.id FROM completion k JOIN account a ON a.id = k.account_id"))
    assert explaining.read_whole() & {"completion", "account"}
    list(explaining.rows("SELECT COUNT(*) FROM assignment"))
    assert "assignment" in explaining.read_whole()


@pytest.mark.parametrize("report", LOOKING_AT_COMPLETIONS)
def test_completions_are_looked_up_by_person_and_course(explaining: Explaining, report: str) -> None:
    LOOKING_AT_COMPLETIONS[report](explaining)
    looks = explaining.looks_at("completion")
    assert looks
    for step in looks:
        assert "COVERING INDEX ix_completion_account_id (account_id=? AND course_id=?" in step


@pytest.mark.parametrize("report", ["expiring", "expiring of all homes", "compliance"])
def test_a_home_s_staff_and_what_it_must_hold_come_off_indexes_alone(
    explaining: Explaining, report: str
) -> None:
    LOOKING_AT_COMPLETIONS[report](explaining)
    (staff,) = explaining.looks_at("assignment")
    assert staff.startswith("SEARCH assignment USING COVERING INDEX ix_assignment_role_id (role_id=?")


def test_the_newest_valid_record_is_found_by_its_last_day(explaining: Explaining) -> None:
    list(expiring_rows(explaining, DAY, home=HOME))
    first, *_ = explaining.looks_at("completion")
    assert first.endswith("(account_id=? AND course_id=? AND expires_on>?)")


def test_what_roles_ask_is_looked_up_once_and_found_by_role(explaining: Explaining) -> None:
    list(expiring_rows(explaining, DAY))
    assert any(step.startswith("SEARCH asked USING AUTOMATIC COVERING INDEX") for step in explaining.steps)
    assert len(explaining.looks_at("requirement")) == 1


def test_what_one_person_must_hold_is_read_without_that_of_others(explaining: Explaining) -> None:
    Person(explaining, DAY, 1).requirements()
    assert not [step for step in explaining.steps if step.startswith(("SCAN requirement", "SCAN role"))]


def test_void_records_are_found_by_their_own_index(explaining: Explaining) -> None:
    revoked_records(explaining, DAY)
    assert any("INDEX ix_completion_voided_on" in step for step in explaining.steps)
