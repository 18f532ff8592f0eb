"""Leaves of absence: who is away, why, and from when to when."""

from collections.abc import Iterator
from datetime import date

from carepass_cli.rules.absence import ever_was
from carepass_cli.store.queries.asof import seen, with_role
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.leave import LEAVE, Leave


def list_leaves(
    reader: Reader, today: date, *, home: Named = None, account_id: Named = None
) -> Iterator[Leave]:
    """The leaves known by the day, also those that are over or lie ahead, by name. `home`: of people with a
    confirmed role there."""
    at, params = any_of({"h.code": home})
    narrowed, more = any_of({"l.account_id": account_id})
    narrowed += f" AND {with_role('l.account_id', at)}" if at else ""
    sql = f"""
        SELECT {LEAVE}
        FROM leave l
        JOIN account a ON a.id = l.account_id
        JOIN account_version v ON v.account_id = a.id AND {seen("v")}
        WHERE l.recorded_on <= :today {narrowed}
        ORDER BY v.folded, a.portal_id, l.from_on, l.id
    """
    found = reader.select(Leave, sql, today=today, **params, **more)
    return (each for each in found if ever_was(each.from_on, each.until_on))
