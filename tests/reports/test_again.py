"""Every report can be made again: as of a past day it says what it said on that day."""

import pytest

from tests.conftest import Carepass, course
from tests.reports.conftest import hire, record
from tests.reports.test_deadlines import take

THEN = "2026-11-21"
AT = ("--home", "maple-grove")
REPORTS = (
    ("report", "compliance", *AT),
    ("report", "compliance", *AT, "--names"),
    ("report", "compliance", *AT, "--basis", "rolling", "--names"),
    ("report", "compliance", *AT, "--group", "direct-care"),
    ("report", "compliance", *AT, "--year", "2025"),
    ("report", "matrix", *AT),
    ("report", "matrix", *AT, "-o", "html"),
    ("report", "expiring"),
    ("report", "expiring", "-o", "ical"),
    ("report", "deadlines"),
    ("report", "retakes"),
)


@pytest.fixture
def eventful(team: Carepass) -> Carepass:
    """Something to say for every report on that day."""
    record(team, "1000", "IPAC-101", "2025-12-01")
    record(team, "1001", "IPAC-101", "2026-04-01")
    record(team, "1001", "WHMIS-1", "2026-04-01")
    course(team, "PCI-1", "--validity-years", "1")
    record(team, "1002", "PCI-1", "2026-04-01")
    take(team, "1000", "IPAC-101", "2026-11-01")
    take(team, "1002", "MEDS-1", "2026-11-10")
    return team


def change_everything(carepass: Carepass) -> None:
    """What happens on the days after: nothing of it was so on that day."""
    carepass.today = "2026-11-22"
    carepass("record", "void", "2", "--reason", "wrong person")
    carepass("requirement", "waive", "1001", "LIFT-3", "--reason", "leave")
    carepass("registration", "extend", "2/MEDS-1", "--to", "2026-12-31", "--reason", "ill")
    carepass("requirement", "remove", "WHMIS-1", *AT, "--role", "psw")
    course(carepass, "NEW-1", "--validity-years", "1")
    carepass("requirement", "add", "NEW-1", *AT, "--role", "rn")
    carepass("course", "equate", "PCI-1", "MEDS-1")
    carepass("course", "edit", "IPAC-101", "--title", "Another title", "--validity-years", "2")
    carepass("account", "edit", "1000", "--last-name", "Zed")
    carepass("home", "edit", "maple-grove", "--name", "Another name", "--expiring-within", "90d")
    carepass("role", "edit", "maple-grove", "rn", "--group", "direct-care")
    carepass("registration", "complete", "2/MEDS-1", today="2026-11-23")
    carepass.today = "2026-12-05"
    record(carepass, "1000", "IPAC-101", "2026-12-04")
    hire(carepass, "1002", "psw")
    carepass("role", "end", "1001", *AT, "--role", "psw")
    carepass("account", "deactivate", "1000", "--reason", "left")


def test_a_past_day_is_the_same_when_told_later(eventful: Carepass) -> None:
    before = [eventful(*report, today=THEN).out for report in REPORTS]
    assert len(set(before)) == len(before)  # each has something of its own to say
    now = [eventful("check", code=2, today=THEN).out, *before]
    change_everything(eventful)
    again = [eventful("check", code=2, today=THEN).out, *(eventful(*r, today=THEN).out for r in REPORTS)]
    assert again == now


def test_the_day_after_it_is_another(eventful: Carepass) -> None:
    quiet = {("report", "compliance", *AT, "--year", "2025")}
    before = {report: eventful(*report, today=THEN).out for report in REPORTS}
    change_everything(eventful)
    for report in set(REPORTS) - quiet:
        assert eventful(*report, today="2026-12-05").out != before[report], report
