"""What runs out, as a calendar file: one all-day event on the last valid day of each record."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Protocol
from uuid import UUID, uuid5

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown

# Of carepass alone, and never to change: calendars know an event again by its UID.
NAMESPACE = UUID("2d5ee3e8-b55f-4ebd-abe7-b72dbf417448")


class Expiry(Protocol):
    """A record with an end, as `report expiring` lists it. Dates are ISO text."""

    @property
    def home(self) -> str: ...
    @property
    def portal_id(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def completed_on(self) -> date: ...
    @property
    def expires_on(self) -> date: ...


def to_ical(events: Iterable[Expiry]) -> bytes:
    """The calendar (RFC 5545, UTF-8, CRLF) of `events`, in their order.

    A record that two roles ask for at one home is one event. Nothing in the file comes from the hour of
    writing: the same records are the same bytes. Raises MissingExtra without icalendar.
    """
    try:
        from icalendar import Calendar, Event
    except ImportError:
        raise MissingExtra("ical", "A calendar file") from None

    calendar = Calendar()
    calendar.add("prodid", "-//carepass//report expiring//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Training that expires")
    seen = set()
    for each in events:
        uid = _uid(each)
        if uid in seen:
            continue
        seen.add(uid)
        name = f"{each.last_name}, {each.first_name}"
        event = Event()
        event.add("uid", uid)
        event.add("dtstamp", datetime.combine(each.completed_on, time(), UTC))
        # A date without an end is that whole day (RFC 5545, 3.6.1).
        event.add("dtstart", each.expires_on)
        event.add("summary", shown(f"{each.code} expires: {name} ({each.home})"))
        event.add("description", shown(f"{each.title}. {each.expires_on} is the last valid day."))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _uid(each: Expiry) -> str:
    """The same for the same record, and without a name or a portal ID to read in it."""
    return str(uuid5(NAMESPACE, "\n".join((each.home, each.portal_id, each.code, str(each.expires_on)))))
