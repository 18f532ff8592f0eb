"""Completions as of a day. A void one stays in the history and counts no more."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.errors import NotFound
from carepass_cli.rules.fields import parse_number
from carepass_cli.rules.standing import Held
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import expiry_of, not_yet, seen, with_role
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import RECORD, Account, Record

_RECORD = f"""
    SELECT {RECORD} FROM completion k
    JOIN account a ON a.id = k.account_id
    JOIN course c ON c.id = k.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    LEFT JOIN account b ON b.id = k.observer_id
    WHERE k.completed_on <= :today
"""


def _record_sql(reader: Reader, today: date) -> str:
    return _RECORD.format(expires_on=expiry_of(reader, today, "k"))


def list_records(reader: Reader, today: date, account_id: int) -> Iterator[Record]:
    """A person's completions, oldest first, the void ones among them."""
    sql = f"{_record_sql(reader, today)} AND k.account_id = :account_id ORDER BY k.completed_on, k.id"
    return reader.select(Record, sql, today=today, account_id=account_id)


def get_record(reader: Reader, today: date, named: str) -> Record:
    """The completion with this number; raises InvalidValue or NotFound."""
    number = parse_number(named, "record", "Records are numbers: carepass record list ACCOUNT")
    found = records_by_number(reader, today, [number])
    if not found:
        raise NotFound("record", named, hint="Look it up: carepass record list ACCOUNT")
    return found[number]


def records_by_number(reader: Reader, today: date, numbers: Collection[int]) -> dict[int, Record]:
    """Those of the completions with these numbers that there are, by their numbers."""
    listed = reader.listed("numbers", number="BIGINT")
    sql = f"{_record_sql(reader, today)} AND k.id IN (SELECT number FROM {listed} AS n)"
    found = reader.select(Record, sql, today=today, numbers=json_array(numbers))
    return {each.record: each for each in found}


def record_of(reader: Reader, today: date, person: Account, named: str) -> Record:
    """A record of this person; raises what `get_record` does, also for another person's."""
    record = get_record(reader, today, named)
    if record.account_id != person.id:
        raise NotFound("record", named, hint=f"Look it up: carepass record list {person.portal_id}")
    return record


def counting_records(
    reader: Reader, today: date, code: Named, home: Named, expiring_by: date
) -> Iterator[Record]:
    """The records of these courses that count for somebody with a confirmed role (at one of the homes, where
    some are named) and end by a day, by last day."""
    narrowed, params = any_of({"h.code": home})
    of_courses, courses = any_of({"c.code": code})
    sql = f"""
        {_record_sql(reader, today)} {of_courses} AND {not_yet("k.voided_on")}
        AND {expiry_of(reader, today, "k")} <= :by
        AND k.id = (
            SELECT l.id FROM completion l
            WHERE l.account_id = k.account_id AND l.course_id = k.course_id AND l.completed_on <= :today
            AND {not_yet("l.voided_on")}
            ORDER BY COALESCE({expiry_of(reader, today, "l")}, '9999-12-31') DESC,
                     l.completed_on DESC, l.id DESC LIMIT 1
        )
        AND {with_role("k.account_id", narrowed)}
        ORDER BY k.expires_on, k.id
    """
    return reader.select(Record, sql, today=today, by=expiring_by, **params, **courses)


def same_completion(
    reader: Reader, today: date, account_id: int, course_id: int, completed_on: date
) -> Record | None:
    """The completion of this course on this day that is not void."""
    sql = f"""
        {_record_sql(reader, today)} AND k.account_id = :account_id AND k.course_id = :course_id
        AND k.completed_on = :completed_on AND {not_yet("k.voided_on")} ORDER BY k.id
    """
    on = {"account_id": account_id, "course_id": course_id, "completed_on": completed_on}
    return next(reader.select(Record, sql, today=today, **on), None)


def held_by(reader: Reader, today: date, account_ids: Collection[int]) -> dict[int, list[tuple[int, Held]]]:
    """All completions of these people that count on the day, each with its course's key, by account."""
    narrowed, params = any_of({"k.account_id": account_ids})
    sql = f"""
        SELECT k.account_id, k.course_id, k.completed_on, {expiry_of(reader, today, "k")} AS expires_on, k.id,
               c.code
        FROM completion k JOIN course c ON c.id = k.course_id
        WHERE k.completed_on <= :today AND {not_yet("k.voided_on")} {narrowed}
    """
    held: dict[int, list[tuple[int, Held]]] = defaultdict(list)
    for each in reader.select(_Held, sql, today=today, **params):
        one = Held(each.completed_on, each.expires_on, each.id, each.code)
        held[each.account_id].append((each.course_id, one))
    return held


class _Held(NamedTuple):
    account_id: int
    course_id: int
    completed_on: date
    expires_on: date | None
    id: int
    code: str


def held_on(reader: Reader, today: date, account_id: int, course_id: int, on: date) -> bool:
    """Whether a person held a course, or one equated with it, on a day, by what is known today."""
    sql = "SELECT other_id FROM course_equivalence WHERE course_id = :id AND from_on <= :today"
    courses = {course_id, *reader.values(sql, id=course_id, today=today)}
    return any(
        course in courses and held.completed_on <= on and (held.expires_on is None or on <= held.expires_on)
        for course, held in held_by(reader, today, [account_id])[account_id]
    )
