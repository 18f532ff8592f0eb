"""What the last day of a completion is worked out from: validity, renewal window, and what was held."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from carepass_cli.rules.renewal import Validity, longest
from carepass_cli.rules.span import Span, parse_span
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import confirmed, expiry_of, not_yet, seen
from carepass_cli.store.reader import Reader


class Validities(NamedTuple):
    """How long completions of a course are valid, as is known today: `now`, and for completions before a day
    on which a law changed it, what held until then (`before`, by day)."""

    now: Validity
    before: tuple[tuple[date, Validity], ...] = ()

    def of(self, completed_on: date) -> Validity:
        """The validity of a completion on a day."""
        return next((validity for day, validity in self.before if completed_on < day), self.now)


class _Version(NamedTuple):
    from_on: date
    validity_years: int | None
    renewal: str
    minimum: str | None

    @property
    def validity(self) -> Validity:
        return Validity(self.validity_years, self.renewal, parse_span(self.minimum) if self.minimum else None)


class Done(NamedTuple):
    """A completion of a course or of one equated with it, as it stands on the day. `anniversary_on` is there
    where it was extended."""

    id: int
    account_id: int
    course_id: int
    completed_on: date
    expires_on: date | None
    expires_given: bool
    anniversary_on: date | None
    window: str | None


def validities_of(reader: Reader, today: date, course_id: int) -> Validities:
    """How long completions of a course are valid. It is the course's validity of today, whenever that was
    set; but a law that changed it from a day on (a pack of topics) leaves completions before that day to the
    validity of then."""
    sql = """
        SELECT v.from_on, v.validity_years, v.renewal, v.minimum FROM course_version v
        WHERE v.course_id = :course_id AND v.from_on <= :today
        AND (v.until_on IS NULL OR v.until_on > v.from_on) ORDER BY v.from_on
    """
    versions = list(reader.select(_Version, sql, course_id=course_id, today=today))
    before = [
        (then.from_on, was.validity)
        for was, then in pairwise(versions)
        if was.validity_years != then.validity_years and _is_law_day(reader, course_id, then.from_on)
    ]
    return Validities(versions[-1].validity, tuple(before))


def _is_law_day(reader: Reader, course_id: int, day: date) -> bool:
    """Whether a pack asks for the course anew from this day on."""
    sql = """
        SELECT 1 FROM requirement q
        WHERE q.course_id = :course_id AND q.pack IS NOT NULL AND q.from_on = :day LIMIT 1
    """
    return any(reader.values(sql, course_id=course_id, day=day))


def renewal_window(reader: Reader, account_id: int, course_id: int, on: date) -> Span:
    """The longest renewal window of the homes whose confirmed role asks for the course that day."""
    sql = f"""
        SELECT DISTINCT hv.renewal_window
        FROM assignment s
        JOIN role r ON r.id = s.role_id
        JOIN home_version hv ON hv.home_id = r.home_id AND {seen("hv")}
        JOIN requirement q ON q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
        JOIN course_equivalence e ON e.course_id = q.course_id AND e.from_on <= :today
        WHERE s.account_id = :account_id AND {confirmed("s")} AND e.other_id = :course_id
    """
    windows = reader.values(sql, account_id=account_id, course_id=course_id, today=on)
    return longest([parse_span(text) for text in windows], on)


class MovedLater(NamedTuple):
    """The last day of a record was moved on a day."""

    completion_id: int
    changed_on: date


def find_moved_after(reader: Reader, today: date, records: Collection[int]) -> MovedLater | None:
    """Where the last day of one of these records was moved after the day: the latest."""
    sql = f"""
        SELECT x.completion_id, x.changed_on FROM {reader.listed("records", number="INTEGER")} m
        JOIN expiry_change x ON x.completion_id = m.number
        WHERE x.changed_on > :today ORDER BY x.changed_on DESC, x.id DESC LIMIT 1
    """
    return next(reader.select(MovedLater, sql, records=json_array(records), today=today), None)


class Moved(NamedTuple):
    """The last day of a record was moved on a day: `kind` is extend or restate."""

    changed_on: date
    kind: str
    expires_before: date | None
    expires_after: date | None
    reason: str


class Basis(NamedTuple):
    """What the last day of a record was worked out from: the certificate's own word (`expires_given`), or the
    course's validity and, where it was kept with the record, the renewal window."""

    expires_given: bool
    window: str | None


def basis_of(reader: Reader, record: int) -> Basis:
    """What the last day of a record comes from."""
    sql = 'SELECT k.expires_given, k."window" FROM completion k WHERE k.id = :record'
    (found,) = reader.select(Basis, sql, record=record)
    return found


def moves_of(reader: Reader, today: date, record: int) -> list[Moved]:
    """How the last day of a record was moved by the day, oldest first."""
    sql = """
        SELECT x.changed_on, x.kind, x.expires_before, x.expires_after, x.reason FROM expiry_change x
        WHERE x.completion_id = :record AND x.changed_on <= :today ORDER BY x.id
    """
    return list(reader.select(Moved, sql, record=record, today=today))


def count_records(reader: Reader, today: date, course_id: int) -> int:
    """How many records of a course count today."""
    sql = f"""
        SELECT COUNT(*) FROM completion k
        WHERE k.course_id = :course_id AND k.completed_on <= :today AND {not_yet("k.voided_on")}
    """
    (count,) = reader.values(sql, course_id=course_id, today=today)
    return int(count)


def completions_of(
    reader: Reader, today: date, course_id: int, account_id: int | None = None
) -> Iterator[Done]:
    """The completions that count of a course and its equals, by person (or one person's), oldest first."""
    only = "" if account_id is None else f"AND k.account_id = {account_id:d}"
    sql = f"""
        SELECT k.id, k.account_id, k.course_id, k.completed_on, {expiry_of(reader, today, "k")} AS expires_on,
               k.expires_given, k.anniversary_on, k."window"
        FROM course_equivalence e JOIN completion k ON k.course_id = e.other_id
        WHERE e.course_id = :course_id AND e.from_on <= :today
        AND k.completed_on <= :today AND {not_yet("k.voided_on")} {only}
        ORDER BY k.account_id, k.completed_on, k.id
    """
    yield from reader.select(Done, sql, course_id=course_id, today=today)
