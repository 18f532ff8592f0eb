"""How many of each thing a monitoring system should know of. The reports list what is counted here."""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules.calendar import access_due
from carepass_cli.rules.fields import days_of
from carepass_cli.rules.span import Span
from carepass_cli.store.queries.asof import not_yet, seen
from carepass_cli.store.queries.deadlines import list_retakes
from carepass_cli.store.queries.expiring import list_expiring
from carepass_cli.store.queries.gaps import count_gaps
from carepass_cli.store.queries.homes import list_homes
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.line import Line


class Alarms(NamedTuple):
    """`expiring`, `expired`: the lines of `report expiring`; `urgent`: those of `expiring` that end soonest.
    `overdue`: those of `report gaps --status overdue`. `lapsed`: the lines of `report retakes`. `pending`:
    roles that wait for an answer. `waiting`: lines that wait for a decision, `waiting_long` those that have
    for more than two business days. `late`: approved lines past their day for access."""

    expiring: int
    urgent: int
    expired: int
    overdue: int
    lapsed: int
    pending: int
    waiting: int
    waiting_long: int
    late: int


_PENDING = f"""
    SELECT COUNT(*)
    FROM home h JOIN role r ON r.home_id = h.id JOIN assignment s ON s.role_id = r.id AND {seen("s")}
    WHERE {not_yet("s.confirmed_on")} AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")}
    {{narrowed}}
"""


def count_alarms(reader: Reader, today: date, warn: Span, crit: Span, home: Named = None) -> Alarms:
    """Count what is amiss in the store, or at some homes.

    `expiring` are records that end within `warn`, inclusive; `urgent` those with less left than `crit`.
    """
    soon = crit.after(today)
    expiring = urgent = expired = 0
    for record in list_expiring(reader, today, within=warn, home=home):
        if record.status == "expired":
            expired += 1
        else:
            expiring += 1
            urgent += record.expires_on < soon
    narrowed, params = any_of({"h.code": home})
    (pending,) = reader.values(_PENDING.format(narrowed=narrowed), today=today, **params)
    overdue = sum(stands["overdue"] for stands in count_gaps(reader, today, home).values())
    lines = list(list_lines(reader, today, home=home, decision=("submitted", "approved"), unfinished=True))
    waiting = [line for line in lines if line.decision == "submitted"]
    return Alarms(
        expiring,
        urgent,
        expired,
        overdue,
        len(list_retakes(reader, today, home=home)),
        pending,
        len(waiting),
        _waiting_long(reader, today, waiting),
        sum(line.late for line in lines),
    )


def _waiting_long(reader: Reader, today: date, waiting: list[Line]) -> int:
    """How many of the lines have waited for a decision longer than the two business days of an approval."""
    closed = {home.code: days_of(home.closed_on) for home in list_homes(reader, today)} if waiting else {}

    return sum(access_due(line.submitted_on, closed[line.home]).last < today for line in waiting)
