"""Leaves of absence and waivers, as of a day: when a course is not asked of a person."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.absence import Absence, absence, last_back
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class _Leave(NamedTuple):
    account_id: int
    from_on: date
    until_on: date | None
    returned_on: date | None


class _Waiver(NamedTuple):
    account_id: int
    course_id: int
    waived_on: date
    waived_until: date | None
    ended_on: date | None


class Absences:
    """All leaves and waivers as they are known on a day; they are few. Of some accounts where those
    are named."""

    def __init__(self, reader: Reader, day: date, *, account_id: Named = None) -> None:
        self._day = day
        self._leaves = leaves(reader, day, account_id=account_id)
        self._waivers = waivers(reader, day, account_id=account_id)

    def back_on(self, account_id: int, course_id: int) -> date | None:
        """The first day after the latest leave of a person, or waiver of a course for them, that is over."""
        over = [*self._leaves.get(account_id, ()), *self._waivers.get((account_id, course_id), ())]
        return last_back(over, self._day) if over else None


# A leave as it is known on `:today`: a return counts once it was recorded.
_LEAVES = """
    SELECT l.account_id, l.from_on, l.until_on,
           CASE WHEN l.return_recorded_on <= :today THEN l.returned_on END AS returned_on
    FROM leave l WHERE l.recorded_on <= :today
"""
_WAIVERS = """
    SELECT w.account_id, w.course_id, w.waived_on, w.waived_until, w.ended_on
    FROM waiver w WHERE w.waived_on <= :today
"""


def leaves(reader: Reader, today: date, *, account_id: Named = None) -> dict[int, list[Absence]]:
    """The leaves known by the day, by account; of some accounts where they are named."""
    found: dict[int, list[Absence]] = defaultdict(list)
    narrowed, params = any_of({"l.account_id": account_id})
    for each in reader.select(_Leave, _LEAVES + narrowed, today=today, **params):
        found[each.account_id].append(absence(each.from_on, each.until_on, each.returned_on))
    return found


def waivers(reader: Reader, today: date, *, account_id: Named = None) -> dict[tuple[int, int], list[Absence]]:
    """The waivers that begin by the day, by account and course; of some accounts where they are named."""
    found: dict[tuple[int, int], list[Absence]] = defaultdict(list)
    narrowed, params = any_of({"w.account_id": account_id})
    for each in reader.select(_Waiver, _WAIVERS + narrowed, today=today, **params):
        found[each.account_id, each.course_id].append(
            absence(each.waived_on, each.waived_until, each.ended_on)
        )
    return found
