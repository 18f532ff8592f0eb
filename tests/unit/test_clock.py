"""The one clock: a day in Toronto, whatever the machine and UTC say."""

import time
from datetime import UTC, date, datetime, tzinfo

import pytest

from carepass_cli import clock
from carepass_cli.clock import read_clock
from carepass_cli.errors import InvalidValue


class Frozen(datetime):
    """A datetime whose `now` is 22:30 on 21 November 2026 in Toronto: already the 22nd in UTC."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Frozen":
        assert tz is UTC
        return cls(2026, 11, 22, 3, 30, tzinfo=UTC)


def test_half_past_ten_in_the_evening_is_still_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "datetime", Frozen)
    read = read_clock()
    assert read.today == date(2026, 11, 21)
    assert read.at == datetime(2026, 11, 22, 3, 30, tzinfo=UTC)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be moved here")
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Etc/GMT+12"])
def test_the_zone_of_the_machine_does_not_matter(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "datetime", Frozen)
    with monkeypatch.context() as moved:
        moved.setenv("TZ", zone)
        time.tzset()
        assert read_clock().today == date(2026, 11, 21)
        assert read_clock("2026-11-22T03:30Z").today == date(2026, 11, 21)
        assert read_clock("2026-11-21T22:30").today == date(2026, 11, 21)
    time.tzset()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-21", date(2026, 11, 21)),
        ("2026-11-21T22:30", date(2026, 11, 21)),
        ("2026-11-21 22:30", date(2026, 11, 21)),
        ("2026-11-21T23:59:59.999", date(2026, 11, 21)),
        ("2026-11-21T22:30:00-05:00", date(2026, 11, 21)),
        ("2026-11-22T03:30Z", date(2026, 11, 21)),
        ("2026-11-22T04:59:59+0000", date(2026, 11, 21)),
        ("2026-11-22T05:00Z", date(2026, 11, 22)),
        pytest.param("2026-07-02T02:30Z", date(2026, 7, 1), id="daylight time"),
        pytest.param("2026-07-02T04:00Z", date(2026, 7, 2), id="midnight in daylight time"),
        ("2026-11-22T13:30+14:00", date(2026, 11, 21)),
        pytest.param("2026-03-08T02:30", date(2026, 3, 8), id="a time that the clocks leave out"),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
        ("2200-01-01T04:59Z", date(2199, 12, 31)),
    ],
)
def test_a_moved_clock(text: str, day: date) -> None:
    assert read_clock(text).today == day


def test_a_moved_clock_keeps_the_real_instant() -> None:
    before = datetime.now(UTC)
    assert before <= read_clock("2020-01-01").at <= datetime.now(UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "today",
        "20261121",
        "2026-W47-6",
        "21/11/2026",
        "03/04/2026",
        "2026-1-2",
        "2026-02-29",
        "2026-11-21T",
        "2026-11-21T22",
        "2026-11-21t22:30",
        "2026-11-21T2230",
        "2026-11-21T25:00",
        "2026-11-21T22:30 -05:00",
        "2026-11-21T22:30+25:00",
        " 2026-11-21",
        "2026-11-21\n",
        "２０２６-11-21",
    ],
)
def test_strict_iso_and_nothing_else(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_clock(text)
    assert refused.value.message == f"--today '{text}' is not a date."
    assert refused.value.hint == "Write 2026-11-21, or 2026-11-21T22:30 with a time."


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00Z", "1899-12-31", "1900-01-01T04:00Z", "2200-01-01", "9999-12-31"]
)
def test_a_day_that_carepass_cannot_count_from_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        read_clock(text)
    assert refused.value.message == f"--today '{text}' is out of range."
    assert refused.value.hint == "Dates go from 1900 to 2199."
