"""Waivers: who is excused from which course, why, and from when to when."""

from collections.abc import Iterator
from datetime import date

from carepass_cli.rules.absence import ever_was
from carepass_cli.store.queries.asof import seen, with_role
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.waiver import WAIVER, Waiver

_WAIVERS = f"""
    SELECT {WAIVER}
    FROM waiver w
    JOIN account a ON a.id = w.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN course c ON c.id = w.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
"""


def list_waivers(
    reader: Reader, today: date, *, home: Named = None, account_id: Named = None, code: Named = None
) -> Iterator[Waiver]:
    """The waivers that began by the day, also those that are over, by name and course. `home`: of people with
    a confirmed role there."""
    at, params = any_of({"h.code": home})
    narrowed, more = any_of({"w.account_id": account_id, "c.code": code})
    narrowed += f" AND {with_role('w.account_id', at)}" if at else ""
    sql = f"""
        {_WAIVERS} WHERE w.waived_on <= :today {narrowed}
        ORDER BY v.folded, a.portal_id, c.code, w.waived_on, w.id
    """
    found = reader.select(Waiver, sql, today=today, **params, **more)
    return (each for each in found if ever_was(each.from_on, each.until_on))


def open_waivers(reader: Reader, today: date, account_id: int, course_id: int) -> list[Waiver]:
    """A person's waivers of a course that were not ended, those ahead too."""
    sql = f"{_WAIVERS} WHERE w.account_id = :account_id AND w.course_id = :course_id ORDER BY w.id"
    found = reader.select(Waiver, sql, account_id=account_id, course_id=course_id, today=today)
    return [each for each in found if each.ended_on is None]
