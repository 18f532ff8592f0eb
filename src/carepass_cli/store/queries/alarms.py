"""How many of each thing a monitoring system should know of. The reports list what is counted here."""

from datetime import date
from typing import NamedTuple

from carepass_cli.rules.span import Span, parse_span
from carepass_cli.rules.standing import Demand, standing
from carepass_cli.store.queries.asof import confirmed, not_yet, seen, waived
from carepass_cli.store.queries.deadlines import list_retakes
from carepass_cli.store.queries.expiring import list_expiring
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class Alarms(NamedTuple):
    """`expiring`, `expired`: the lines of `report expiring`; `urgent`: those of `expiring` that end soonest.
    `overdue`: requirements not met by their due date. `lapsed`: the lines of `report retakes`.
    `pending`: roles that wait for an answer."""

    expiring: int
    urgent: int
    expired: int
    overdue: int
    lapsed: int
    pending: int


# Whoever holds nothing and is not excused, by the dates that decide whether it is overdue.
_NOTHING_HELD = f"""
    SELECT q.required_from, q.due_within, s.start_on, COUNT(*)
    FROM home h
    JOIN role r ON r.home_id = h.id
    JOIN assignment s ON s.role_id = r.id AND {confirmed("s")}
    JOIN requirement q ON q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
    JOIN course_version cv ON cv.course_id = q.course_id AND {seen("cv")}
    WHERE NOT EXISTS (
        SELECT 1 FROM course_equivalence e CROSS JOIN completion k
        WHERE e.course_id = q.course_id AND e.from_on <= :today
        AND k.account_id = s.account_id AND k.course_id = e.other_id
        AND k.completed_on <= :today AND {not_yet("k.voided_on")}
    ) AND NOT {waived("s", "q")} {{narrowed}}
    GROUP BY q.required_from, q.due_within, s.start_on
"""

_PENDING = f"""
    SELECT COUNT(*)
    FROM home h JOIN role r ON r.home_id = h.id JOIN assignment s ON s.role_id = r.id AND {seen("s")}
    WHERE {not_yet("s.confirmed_on")} AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")}
    {{narrowed}}
"""


def count_alarms(reader: Reader, today: str, warn: Span, crit: Span, home: Named = None) -> Alarms:
    """Count what is amiss in the store, or at one home.

    `expiring` are records that end within `warn`, inclusive; `urgent` those with less left than `crit`.
    """
    soon = crit.after(date.fromisoformat(today)).isoformat()
    expiring = urgent = expired = 0
    for record in list_expiring(reader, today, within=warn, home=home):
        if record.status == "expired":
            expired += 1
        else:
            expiring += 1
            urgent += record.expires_on < soon
    narrowed, params = any_of({"h.code": home})
    ((pending,),) = reader.rows(_PENDING.format(narrowed=narrowed), today=today, **params)
    overdue = _count_overdue(reader, today, narrowed, params)
    return Alarms(expiring, urgent, expired, overdue, len(list_retakes(reader, today, home)), pending)


def _count_overdue(reader: Reader, today: str, narrowed: str, params: dict[str, object]) -> int:
    day = date.fromisoformat(today)
    overdue = 0
    for required_from, due_within, start_on, count in reader.rows(
        _NOTHING_HELD.format(narrowed=narrowed), today=today, **params
    ):
        demand = Demand(
            date.fromisoformat(required_from),
            parse_span(due_within),
            Span(0, "d"),  # of no matter where nothing is held
            date.fromisoformat(start_on),
        )
        if standing(demand, None, False, day).status == "overdue":
            overdue += count
    return overdue
