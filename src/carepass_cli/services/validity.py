"""The last valid day of completions: worked out when they are recorded, extended, worked out anew."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from carepass_cli.errors import ExistsLater
from carepass_cli.rules.renewal import EXPIRY, WINDOW, Record, Validity, last_day, restated
from carepass_cli.rules.span import parse_span
from carepass_cli.rules.standing import Held, best
from carepass_cli.store.queries.validity import (
    Done,
    Validities,
    completions_of,
    find_moved_after,
    renewal_window,
    validities_of,
)
from carepass_cli.store.rows.nouns import Course
from carepass_cli.store.rows.training import Completion, ExpiryChange
from carepass_cli.store.unit import Unit


class _LastDays(dict[date, date | None]):
    """The last valid days of completions, by their day, for somebody who holds nothing by then."""

    def __init__(self, validities: Validities) -> None:
        self._validities = validities

    def __missing__(self, on: date) -> date | None:
        self[on] = last_day(on, self._validities.of(on), None, WINDOW)
        return self[on]


class Studied:
    """A course that is completed: its key and code, and the last valid days of completions as of today."""

    def __init__(self, unit: Unit, course: Course) -> None:
        self.id = course.id
        self.code = course.code
        self._validities = validities_of(unit, unit.today, course.id)
        some = (self._validities.now, *(validity for _, validity in self._validities.before))
        self.may_be_by_expiry = any(each.basis == EXPIRY for each in some)
        self.last_days = _LastDays(self._validities)

    def is_by_expiry(self, on: date) -> bool:
        """Whether the last day of a completion on a day follows from what the person holds by then."""
        validity = self._validities.of(on)
        return validity.basis == EXPIRY and validity.years is not None


def work_out_expiry(unit: Unit, account_id: int, course_id: int, on: date) -> tuple[date | None, str | None]:
    """The last valid day of a completion on a day, and the renewal window to keep with the record (None where
    the course's validity does not count from one)."""
    validity = validities_of(unit, unit.today, course_id).of(on)
    if validity.basis != EXPIRY or validity.years is None:
        return last_day(on, validity, None, WINDOW), None
    window = renewal_window(unit, account_id, course_id, on)
    earlier = completions_of(unit, unit.today, course_id, account_id)
    held = best(_held(each) for each in earlier if each.completed_on <= on)
    return last_day(on, validity, held, window), str(window)


def move_expiry(unit: Unit, to: Mapping[int, date | None], kind: str, reason: str) -> None:
    """Give records, by number, another last day from today on; earlier days keep the one that they saw. An
    extension (`kind` extend) leaves the anniversary where it is; a restatement (`restate`) begins a new one.

    Raises Refused (`exists-later`) where the last day of one was moved on a later day than today.
    """
    if not to:
        return
    if (later := find_moved_after(unit, unit.today, to)) is not None:
        number, on = later
        raise ExistsLater(f"The last day of record {number} was moved on {on}, after {unit.today}.", on)
    rows = unit.find(Completion, list(to))
    unit.insert(
        [
            ExpiryChange(
                completion_id=row.id,
                changed_on=unit.today,
                kind=kind,
                reason=reason,
                change_id=unit.change_id,
                expires_before=row.expires_on,
                expires_after=to[row.id],
                anniversary_before=row.anniversary_on,
            )
            for row in rows
        ]
    )
    unit.update(
        Completion,
        {
            row.id: {
                "expires_on": to[row.id],
                "anniversary_on": (row.anniversary_on or row.expires_on) if kind == "extend" else None,
            }
            for row in rows
        },
    )


def restate_course(unit: Unit, course_id: int, reason: str) -> int:
    """Work out the last days of a course's records anew, from today on; returns how many changed.

    What the certificate itself names, and what an authority extended, stays.
    """
    moved: dict[int, date | None] = {}
    validity = validities_of(unit, unit.today, course_id).now
    for _, person in groupby(completions_of(unit, unit.today, course_id), key=lambda each: each.account_id):
        done = [_with_window(unit, each, validity) for each in person]
        records = [_record(each, course_id) for each in done]
        for each, day in zip(done, restated(records, validity), strict=True):
            if day != each.expires_on:
                moved[each.id] = day
    move_expiry(unit, moved, "restate", reason)
    return len(moved)


def _with_window(unit: Unit, done: Done, validity: Validity) -> Done:
    """The record with the renewal window of its day, where that matters and was not kept with it."""
    if validity.basis != EXPIRY or done.window:
        return done
    window = renewal_window(unit, done.account_id, done.course_id, done.completed_on)
    return done._replace(window=str(window))


def _record(done: Done, course_id: int) -> Record:
    kept = done.expires_given or done.anniversary_on is not None or done.course_id != course_id
    return Record(_held(done), parse_span(done.window) if done.window else WINDOW, kept)


def _held(done: Done) -> Held:
    return Held(done.completed_on, done.expires_on, done.id, anniversary_on=done.anniversary_on)
