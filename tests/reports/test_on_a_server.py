"""The reports say the same on PostgreSQL."""

from collections.abc import Iterator

import pytest

from tests.conftest import Carepass, Server
from tests.reports.conftest import begin, record
from tests.reports.test_again import REPORTS
from tests.reports.test_deadlines import take


def live(carepass: Carepass) -> None:
    """A lapse and its retake, records and people in every state."""
    begin(carepass)
    record(carepass, "1000", "IPAC-101", "2025-12-01")
    record(carepass, "1001", "IPAC-101", "2025-11-01")
    take(carepass, "1000", "IPAC-101", "2026-11-01")
    take(carepass, "1002", "MEDS-1", "2026-11-10")
    carepass("requirement", "waive", "1001", "LIFT-3", "--reason", "leave")
    carepass("role", "assign", "1000", "--home", "maple-grove", "--role", "rn", "--unverified")


@pytest.fixture
def on_server(server: Server, server_template: str) -> Iterator[Carepass]:
    """A store of the test's own on the server."""
    name = server.create(server_template)
    yield Carepass(server.url(name))
    server.drop(name)


def test_the_reports_say_the_same(carepass: Carepass, on_server: Carepass) -> None:
    for store in (carepass, on_server):
        live(store)
    for report in REPORTS:
        assert on_server(*report).out == carepass(*report).out, report
    for home in ((), ("--home", "maple-grove")):
        told = on_server("check", *home, code=2).out
        assert told == carepass("check", *home, code=2).out
        assert "lapsed=1;" in told
        assert "pending=1;" in told
