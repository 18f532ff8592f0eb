"""Leaves of absence: who is away, why, and from when to when."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from carepass_cli.store.queries.asof import confirmed, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class Leave(NamedTuple):
    """A leave under its public keys. `until_on` is the last day away, None where no end is
    known."""

    portal_id: str
    last_name: str
    first_name: str
    reason: str
    from_on: date
    until_on: date | None


class _Leave(NamedTuple):
    portal_id: str
    last_name: str
    first_name: str
    reason: str
    from_on: date
    until_on: date | None
    returned_on: date | None


KEYS = Leave._fields
# A return counts once it was recorded.
_LEAVES = f"""
    SELECT a.portal_id, v.last_name, v.first_name, l.reason, l.from_on, l.until_on,
           CASE WHEN l.return_recorded_on <= :today THEN l.returned_on END AS returned_on
    FROM leave l
    JOIN account a ON a.id = l.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    WHERE l.recorded_on <= :today {{narrowed}}
    ORDER BY v.folded, a.portal_id, l.from_on, l.id
"""


def list_leaves(
    reader: Reader, today: date, *, home: Named = None, account_id: Named = None
) -> Iterator[Leave]:
    """The leaves known by the day, also those that are over or lie ahead, by name. `home`: of people with a
    confirmed role there."""
    at, params = any_of({"h.code": home})
    narrowed, more = any_of({"l.account_id": account_id})
    if at:
        narrowed += f"""
            AND EXISTS (
                SELECT 1 FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
                WHERE s.account_id = l.account_id AND {confirmed("s")} {at}
            )
        """
    sql = _LEAVES.format(narrowed=narrowed)
    for each in reader.select(_Leave, sql, today=today, **params, **more):
        ends = [each.until_on] if each.until_on else []
        if each.returned_on:
            ends.append(each.returned_on - timedelta(days=1))
        last = min(ends, default=None)
        # One that ended before it began never was.
        if last is None or last >= each.from_on:
            names = (each.portal_id, each.last_name, each.first_name)
            yield Leave(*names, each.reason, each.from_on, last)


def newest_leave(reader: Reader, account_id: int, from_on: date) -> int:
    """The key of the newest leave of a person from this day on, which is there."""
    sql = "SELECT MAX(id) FROM leave WHERE account_id = :account_id AND from_on = :from_on"
    return int(next(reader.values(sql, account_id=account_id, from_on=from_on)))
