"""The calendar file, read back by icalendar."""

import os
import re
import subprocess
import sys
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from icalendar import Calendar

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown
from carepass_cli.output.ical import to_ical


class Row(NamedTuple):
    """As `report expiring` lists them."""

    home: str = "maple-grove"
    role: str = "psw"
    portal_id: str = "1007"
    last_name: str = "Bélanger"
    first_name: str = "Marie-Ève"
    code: str = "IPAC-101"
    title: str = "Infection Prevention; Control, part 1"
    completed_on: date = date(2025, 12, 4)
    expires_on: date = date(2026, 12, 4)


ROWS = [
    Row(),
    Row(code="FIRE-105"),
    Row(portal_id="1008"),
    Row(home="cedar-hill"),
    Row(expires_on=date(2028, 2, 29)),
]


def test_one_all_day_event_on_the_last_valid_day() -> None:
    (event,) = Calendar.from_ical(to_ical([Row()])).events
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event.decoded("dtstart") == date(2026, 12, 4)
    assert event.duration.days == 1
    assert str(event["summary"]) == "IPAC-101 expires: Bélanger, Marie-Ève (maple-grove)"
    assert "Infection Prevention; Control, part 1" in str(event["description"])
    assert "2026-12-04" in str(event["description"])
    assert event["transp"] == "TRANSPARENT"


def test_every_event_has_a_uid_and_a_stamp_of_its_own() -> None:
    # icalendar itself reads and writes events without either.
    calendar = Calendar.from_ical(to_ical(ROWS))
    assert calendar["version"] == "2.0"
    assert calendar["prodid"]
    events = calendar.events
    assert len(events) == len({str(event["uid"]) for event in events}) == len(ROWS)
    for event in events:
        assert re.fullmatch(
            r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", str(event["uid"])
        )
        assert event.decoded("dtstamp") == datetime(2025, 12, 4, tzinfo=UTC)


def test_uids_are_for_ever() -> None:
    # A calendar that subscribed would show every event twice.
    (event,) = Calendar.from_ical(to_ical([Row()])).events
    assert str(event["uid"]) == "241a8cc0-6cf1-5706-a004-a4312f211e76"


def test_a_new_name_or_title_is_the_same_event() -> None:
    rows = [Row(), Row(last_name="Côté"), Row(title="Infection Control")]
    uids = {str(Calendar.from_ical(to_ical([row])).events[0]["uid"]) for row in rows}
    assert len(uids) == 1


def test_two_roles_that_ask_for_one_record_are_one_event() -> None:
    assert to_ical([Row(), Row(role="rpn")]) == to_ical([Row()])


def test_made_again_it_does_not_differ() -> None:
    # In another process too, where the hashes of texts are others.
    again = (
        "import sys; sys.path.insert(0, sys.argv[1]); from test_ical import ROWS, to_ical;"
        "sys.stdout.buffer.write(to_ical(ROWS))"
    )
    command = [sys.executable, "-c", again, os.path.dirname(__file__)]
    env = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    assert subprocess.run(command, check=True, capture_output=True, env=env).stdout == to_ical(ROWS)


@pytest.mark.parametrize(
    "name",
    [
        "=cmd()",
        "<script>alert(1)</script>",
        "x\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "a\x1b[31m\u202eb",
        'é;,:"\\' * 40,
    ],
)
def test_a_name_is_only_text(name: str) -> None:
    content = to_ical([Row(last_name=name, title=name)])
    (event,) = Calendar.from_ical(content).events
    assert str(event["summary"]) == f"IPAC-101 expires: {shown(name)}, Marie-Ève (maple-grove)"
    assert event.subcomponents == []
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", content)


def test_nothing_that_expires_is_an_empty_calendar() -> None:
    assert Calendar.from_ical(to_ical([])).events == []


def test_without_the_extra_it_says_what_to_install(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra) as refused:
        to_ical([])
    assert "pip install '.[ical]'" in refused.value.hint
