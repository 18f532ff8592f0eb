"""Waivers: who need not hold which course, why, and from when to when."""

from datetime import date, timedelta
from typing import NamedTuple

from carepass_cli.store.queries.asof import by_today, not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader

KEYS = ("portal_id", "last_name", "first_name", "code", "title", "reason", "from_on", "until_on")


class WaiverOf(NamedTuple):
    """A waiver of a course for a person: first its keys in the order of KEYS, then its own."""

    portal_id: str
    last_name: str
    first_name: str
    code: str
    title: str
    reason: str
    from_on: str
    until_on: str | None
    id: int


# Somebody with a live role at one of the homes `h`.
_AT = f"""
    AND a.id IN (
        SELECT s.account_id FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
        WHERE {seen("s")} AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")}
        AND {not_yet("s.ended_on")} {{at}}
    )
"""

_WAIVERS = f"""
    SELECT a.portal_id, v.last_name, v.first_name, c.code, cv.title, w.reason, w.waived_on, w.waived_until,
           {by_today("w.ended_on")}, w.id
    FROM waiver w JOIN account a ON a.id = w.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN course c ON c.id = w.course_id JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    WHERE w.waived_on <= :latest
"""


def list_waivers(
    reader: Reader, today: str, *, home: Named = None, account_id: Named = None, code: Named = None
) -> list[WaiverOf]:
    """The waivers by their first day (which may lie ahead) and name, narrowed likewise."""
    narrowed, params = _narrowed(home, {"w.account_id": account_id, "c.code": code})
    found = []
    for *known, from_on, until_on, ended_on, key in reader.rows(
        f"{_WAIVERS}{narrowed} ORDER BY w.waived_on, v.folded, c.code, w.id",
        today=today,
        latest="9999-12-31",
        **params,
    ):
        last = _last(until_on, ended_on)
        if last is None or last >= from_on:
            found.append(WaiverOf._make((*known, from_on, last, key)))
    return found


def _narrowed(home: Named, columns: dict[str, Named]) -> tuple[str, dict[str, object]]:
    narrowed, params = any_of(columns)
    at, homes = any_of({"h.code": home})
    return narrowed + (_AT.format(at=at) if homes else ""), {**params, **homes}


def _last(until_on: str | None, back_on: str | None) -> str | None:
    """The last day: the one that was set, or the day before it ended, whichever is sooner."""
    ended = (date.fromisoformat(back_on) - timedelta(days=1)).isoformat() if back_on else None
    return min((day for day in (until_on, ended) if day), default=None)
