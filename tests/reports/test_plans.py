"""What a report of one home costs grows with the home: no table of people's facts is read whole."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from carepass_cli.rules.span import Span
from carepass_cli.store.opening import SqliteReader, open_reader
from carepass_cli.store.queries.alarms import count_alarms
from carepass_cli.store.queries.compliance import count_compliance, list_missing
from carepass_cli.store.queries.deadlines import list_deadlines, list_retakes
from carepass_cli.store.queries.expiring import list_expiring
from carepass_cli.store.queries.matrix import list_matrix, matrix_columns
from carepass_cli.store.reader import Reader, Row
from tests.conftest import Carepass
from tests.reports.test_deadlines import take

GROWING = (
    "account", "account_version", "assignment", "completion", "waiver", "submission", "submission_line",
    "decision", "registration", "extension",
)  # fmt: skip
HOME, DAY = "maple-grove", "2026-11-21"


class Explaining(SqliteReader):
    """Reads as ever, and keeps the plan of every query."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection, "test")
        self.plans: list[tuple[str, str]] = []

    def rows(self, sql: str, **params: object) -> Iterator[Row]:
        for *_, step in self.connection.execute(f"EXPLAIN QUERY PLAN {sql}", params):
            self.plans.append((step, sql))
        return super().rows(sql, **params)


def read_whole(plans: list[tuple[str, str]]) -> set[str]:
    """The growing tables that some step scans."""
    found = set()
    for step, sql in plans:
        if scanned := re.match(r"SCAN (\w+)", step):
            tables = {alias: table for table, alias in re.findall(r"(?:FROM|JOIN)\s+(\w+)\s+(\w+)", sql)}
            found.add(tables.get(scanned[1], scanned[1]))
    return found & set(GROWING)


REPORTS: dict[str, Callable[[Reader], Any]] = {
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


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_of_one_home_reads_no_growing_table_whole(team: Carepass, report: str) -> None:
    take(team, "1000", "IPAC-101", "2026-03-02")  # lapsed: retakes look closer
    opened = open_reader(team.db)
    assert isinstance(opened, SqliteReader)
    reader = Explaining(opened.connection)
    REPORTS[report](reader)
    assert reader.plans
    assert read_whole(reader.plans) == set()


def test_the_test_sees_a_whole_table_read(team: Carepass) -> None:
    opened = open_reader(team.db)
    assert isinstance(opened, SqliteReader)
    reader = Explaining(opened.connection)
    list(reader.rows("SELECT k.id FROM completion k JOIN account a ON a.id = k.account_id"))
    assert read_whole(reader.plans) & {"completion", "account"}
    list(reader.rows("SELECT COUNT(*) FROM assignment"))
    assert "assignment" in read_whole(reader.plans)
