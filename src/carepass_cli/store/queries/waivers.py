"""Waivers: who is excused from which course, why, and from when to when."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from carepass_cli.store.queries.asof import by_today, confirmed, not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class Waiver(NamedTuple):
    """A waiver under its public keys. `until_on` is the last day, None for good."""

    portal_id: str
    last_name: str
    first_name: str
    code: str
    title: str
    reason: str
    from_on: date
    until_on: date | None


class _Waiver(NamedTuple):
    portal_id: str
    last_name: str
    first_name: str
    code: str
    title: str
    reason: str
    waived_on: date
    waived_until: date | None
    ended_on: date | None


KEYS = Waiver._fields
_WAIVERS = f"""
    SELECT a.portal_id, v.last_name, v.first_name, c.code, cv.title, w.reason, w.waived_on, w.waived_until,
           {by_today("w.ended_on")} AS ended_on
    FROM waiver w
    JOIN account a ON a.id = w.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN course c ON c.id = w.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    WHERE w.waived_on <= :today {{narrowed}}
    ORDER BY v.folded, a.portal_id, c.code, w.waived_on, w.id
"""


def list_waivers(
    reader: Reader, today: date, *, home: Named = None, account_id: Named = None, code: Named = None
) -> Iterator[Waiver]:
    """The waivers that began by the day, also those that are over, by name and course. `home`: of people with
    a confirmed role there."""
    at, params = any_of({"h.code": home})
    narrowed, more = any_of({"w.account_id": account_id, "c.code": code})
    if at:
        narrowed += f"""
            AND EXISTS (
                SELECT 1 FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
                WHERE s.account_id = w.account_id AND {confirmed("s")} {at}
            )
        """
    sql = _WAIVERS.format(narrowed=narrowed)
    for each in reader.select(_Waiver, sql, today=today, **params, **more):
        ends = [each.waived_until] if each.waived_until else []
        if each.ended_on:
            ends.append(each.ended_on - timedelta(days=1))
        last = min(ends, default=None)
        # One that ended before it began never was.
        if last is None or last >= each.waived_on:
            person, course = (each.portal_id, each.last_name, each.first_name), (each.code, each.title)
            yield Waiver(*person, *course, each.reason, each.waived_on, last)


class Open(NamedTuple):
    """A waiver by its key. `waived_until` is its last day, None for good."""

    id: int
    waived_on: date
    waived_until: date | None
    reason: str


def open_waivers(reader: Reader, today: date, account_id: int, course_id: int) -> list[Open]:
    """A person's waivers of a course that were not ended, those ahead too."""
    sql = f"""
        SELECT id, waived_on, waived_until, reason FROM waiver
        WHERE account_id = :account_id AND course_id = :course_id AND {not_yet("ended_on")} ORDER BY id
    """
    return list(reader.select(Open, sql, account_id=account_id, course_id=course_id, today=today))
