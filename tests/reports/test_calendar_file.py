"""`report expiring -o ical`: read back, and the same when made again."""

from datetime import date

import pytest

from tests.conftest import Carepass
from tests.reports.conftest import hire, record

icalendar = pytest.importorskip("icalendar")


def test_what_expires_as_events(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2025-12-01")
    record(team, "1001", "IPAC-101", "2025-11-01")
    ran = team("report", "expiring", "-o", "ical")
    events = list(icalendar.Calendar.from_ical(ran.out).walk("VEVENT"))
    assert [event.decoded("dtstart") for event in events] == [date(2026, 11, 1), date(2026, 12, 1)]
    assert "Béla" in str(events[0]["summary"])
    assert team("report", "expiring", "-o", "ical", today="2026-11-22").out == ran.out


def test_one_event_for_two_roles_and_the_filters_hold(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2025-12-01")
    hire(team, "1000", "rn")
    assert len(team.rows("report", "expiring")) == 2
    assert team("report", "expiring", "-o", "ical").out.count("BEGIN:VEVENT") == 1
    assert "BEGIN:VEVENT" not in team("report", "expiring", "-o", "ical", "--only-expired").out


def test_nothing_expires(team: Carepass) -> None:
    assert icalendar.Calendar.from_ical(team("report", "expiring", "-o", "ical").out).walk("VEVENT") == []
    assert team("report", "expiring", "-o", "ical", "-q").out == ""


def test_it_can_be_told_to_fail(team: Carepass) -> None:
    record(team, "1000", "IPAC-101", "2025-12-01")
    assert "BEGIN:VEVENT" in team("report", "expiring", "-o", "ical", "--fail-if-any", code=10).out
