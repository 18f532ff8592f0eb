"""Submitted lines, their decisions and their registrations, as of a day."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from carepass_cli.errors import InvalidValue, NotFound, nearest_hint
from carepass_cli.rules import calendar
from carepass_cli.rules import registration as rule
from carepass_cli.rules.fields import price_text
from carepass_cli.rules.standing import Attempt, days_left
from carepass_cli.store.queries.asof import by_today, not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Account, Course, Role
from carepass_cli.store.rows.training import Decision, Registration

DECISION_KEYS = ("line", "code", "title", "decision", "reason", "payer", "access_by")
HISTORY_KEYS = (
    "line",
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "code",
    "title",
    "decision",
    "reason",
    "payer",
    "access_by",
    "submitted_on",
    "decided_on",
    "decided_by",
)
SUBMISSION_KEYS = (
    "line",
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "code",
    "title",
    "minutes",
    "price",
    "decision",
    "reason",
    "payer",
    "submitted_on",
    "decided_on",
    "decided_by",
)
REGISTRATION_KEYS = (
    "line",
    "portal_id",
    "last_name",
    "first_name",
    "home",
    "role",
    "code",
    "title",
    "status",
    "payer",
    "attempt",
    "approved_on",
    "access_by",
    "access_on",
    "complete_by",
    "days_left",
    "completed_on",
)


class Line(NamedTuple):
    """One submitted course with all that is known of it on the day asked about. `late`: its day for access
    has passed without it."""

    line: str
    portal_id: str
    last_name: str
    first_name: str
    home: str
    role: str
    code: str
    title: str
    decision: str
    reason: str
    payer: str | None
    decided_on: date
    decided_by: str | None
    submitted_on: date
    self_pay: bool
    attempt: int | None
    approved_on: date | None
    access_by: date | None
    access_on: date | None
    complete_by: date | None
    completed_on: date | None
    failed_on: date | None
    withdrawn_on: date | None
    price: str | None
    id: int
    account_id: int
    course_id: int
    role_id: int
    home_id: int
    status: str
    days_left: int | None
    late: bool
    minutes: int

    def under(self, keys: tuple[str, ...]) -> dict[str, object]:
        """The line under some of its keys."""
        return {key: getattr(self, key) for key in keys}

    @property
    def tried(self) -> Attempt:
        """The line as the rules see it: an attempt at its course."""
        return Attempt(self.decided_on, self.decision, self.status)

    @property
    def progress(self) -> rule.Progress:
        """The registration's dates, for the rules."""
        return rule.Progress(
            self.access_on, self.complete_by, self.completed_on, self.failed_on, self.withdrawn_on
        )


class _Facts(NamedTuple):
    """A line as the store has it. `extended_to` is the last day that an extension gave, `settled_on` the day
    of the completion that answers it, `closed_on` the home's own closing days with spaces between."""

    number: int
    portal_id: str
    last_name: str
    first_name: str
    home: str
    role: str
    code: str
    title: str
    decision: str
    reason: str
    payer: str | None
    decided_on: date
    decided_by: str | None
    submitted_on: date
    self_pay: bool
    attempt: int | None
    approved_on: date | None
    access_by: date | None
    access_on: date | None
    extended_to: date | None
    completed_on: date | None
    failed_on: date | None
    withdrawn_on: date | None
    settled_on: date | None
    closed_on: str | None
    price_cents: int | None
    id: int
    account_id: int
    course_id: int
    role_id: int
    home_id: int
    minutes: int


# The first completion, of the course or one equated with it, from the approval on and before the next one.
_SETTLED_ON = f"""
    SELECT MIN(k.completed_on) FROM course_equivalence e CROSS JOIN completion k
    WHERE e.course_id = g.course_id AND e.from_on <= :today
    AND k.account_id = g.account_id AND k.course_id = e.other_id
    AND k.completed_on >= g.approved_on AND k.completed_on <= :today AND {not_yet("k.voided_on")}
    AND NOT EXISTS (
        SELECT 1 FROM registration n WHERE n.account_id = g.account_id AND n.course_id = g.course_id
        AND n.approved_on > g.approved_on AND n.approved_on <= k.completed_on
    )
"""

# The home's own closing days as they stood when access came; until then as they stand.
_CLOSED_ON = f"""
    SELECT w.closed_on FROM home_version w WHERE w.home_id = r.home_id AND (
        ({not_yet("g.access_on")} AND {seen("w")})
        OR (g.access_on <= :today AND w.from_on <= g.access_on
            AND (w.until_on IS NULL OR w.until_on > g.access_on))
    )
"""

_LINE = f"""
    SELECT s.id AS number, a.portal_id, v.last_name, v.first_name, h.code AS home, r.code AS role, c.code,
           cv.title, d.decision, d.reason, d.payer, d.from_on AS decided_on, d.decided_by, s.submitted_on,
           l.self_pay, g.attempt, g.approved_on, g.access_by, {by_today("g.access_on")} AS access_on,
           (SELECT e.complete_by FROM extension e WHERE e.line_id = l.id AND e.extended_on <= :today
            ORDER BY e.extended_on DESC, e.id DESC LIMIT 1) AS extended_to,
           {by_today("g.completed_on")} AS completed_on, {by_today("g.failed_on")} AS failed_on,
           {by_today("g.withdrawn_on")} AS withdrawn_on,
           ({_SETTLED_ON}) AS settled_on, ({_CLOSED_ON}) AS closed_on, cv.price_cents, l.id,
           s.account_id, l.course_id, l.role_id, r.home_id, cv.minutes
    FROM submission s
    JOIN submission_line l ON l.submission_id = s.id
    JOIN decision d ON d.line_id = l.id AND {seen("d")}
    JOIN account a ON a.id = s.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN role r ON r.id = l.role_id
    JOIN home h ON h.id = r.home_id
    JOIN course c ON c.id = l.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    LEFT JOIN registration g ON g.line_id = l.id AND d.decision = 'approved'
    WHERE s.submitted_on <= :today
"""


def list_lines(
    reader: Reader,
    today: date,
    *,
    account_id: Named = None,
    home: Named = None,
    role: Named = None,
    code: Named = None,
    number: int | None = None,
    decision: Named = None,
    status: Named = None,
    late: bool = False,
    registered: bool = False,
    unfinished: bool = False,
    uncompleted: bool = False,
) -> Iterator[Line]:
    """Lines in the order of submission. `registered` keeps those that have a registration, `status` those
    whose registration stands so, `late` those whose day for access has passed without it; `uncompleted`
    leaves out what was completed, `unfinished` also what failed or was withdrawn."""
    columns = {"s.account_id": account_id, "h.code": home, "r.code": role, "c.code": code}
    narrowed, params = any_of({**columns, "s.id": number, "d.decision": decision})
    sql = _LINE + narrowed
    if registered:
        sql += " AND g.line_id IS NOT NULL"
    ends = ("completed", "failed", "withdrawn") if unfinished else ("completed",) if uncompleted else ()
    sql += "".join(f" AND {not_yet(f'g.{end}_on')}" for end in ends)
    statuses = several(status)
    for facts in reader.select(_Facts, f"{sql} ORDER BY s.id, l.id", today=today, **params):
        line = _line(facts, today)
        if (
            not (ends and line.completed_on)
            and (not statuses or line.status in statuses)
            and late <= line.late
        ):
            yield line


def get_line(reader: Reader, today: date, named: str) -> Line:
    """The line `SUBMISSION/CODE`. Raises InvalidValue for another shape, NotFound where there is none."""
    number, _, code = named.partition("/")
    if not number.isascii() or not number.isdigit() or not code or len(number) > 12:
        raise InvalidValue(f"'{named[:60]}' is not a line.", "Write SUBMISSION/CODE, as in 12/IPAC-101.")
    lines = list(list_lines(reader, today, number=int(number)))
    for line in lines:
        if line.code == code:
            return line
    known = tuple(line.line for line in lines)
    near = nearest_hint(named, known) or "Look it up: carepass submission list"
    raise NotFound("line", named, hint=near)


def get_submission(reader: Reader, today: date, number: int) -> list[Line]:
    """The lines of a submission. Raises NotFound where there is none."""
    lines = list(list_lines(reader, today, number=number))
    if not lines:
        raise NotFound("submission", str(number), hint="Look it up: carepass submission list")
    return lines


def _line(facts: _Facts, today: date) -> Line:
    """The line with what follows from its dates."""
    access, completed, access_by = facts.access_on, facts.completed_on, facts.access_by
    by = facts.extended_to or (calendar.complete_by(access) if access else None)
    status, left, late = "", None, False
    if facts.approved_on:
        access_by = _access_by(facts.approved_on, facts.closed_on or "")
        progress = rule.Progress(access, by, completed, facts.failed_on, facts.withdrawn_on)
        progress = rule.settled(progress, facts.settled_on)
        completed = progress.completed_on
        status = rule.status(progress, today)
        if status in ("in-progress", "lapsed"):
            left = days_left(progress.complete_by, today)
        late = rule.late(progress, access_by, today)
    known = {name: getattr(facts, name) for name in _SAME}
    return Line(
        **known,
        line=f"{facts.number}/{facts.code}",
        access_by=access_by,
        complete_by=by,
        completed_on=completed,
        price=price_text(facts.price_cents),
        status=status,
        days_left=left,
        late=late,
    )


def line_submitted(
    today: date,
    number: int,
    account: Account,
    role: Role,
    course: Course,
    decision: Decision,
    registration: Registration | None,
    *,
    self_pay: bool,
    settled_on: date | None,
    closed_on: str,
) -> Line:
    """The line of submission `number` that is written today, as the store will have it: decided, and
    registered where it is approved. `settled_on` and `closed_on` as in `_Facts`."""
    facts = _Facts(
        number=number,
        portal_id=account.portal_id,
        last_name=account.last_name,
        first_name=account.first_name,
        home=role.home,
        role=role.role,
        code=course.code,
        title=course.title,
        decision=decision.decision,
        reason=decision.reason,
        payer=decision.payer,
        decided_on=today,
        decided_by=decision.decided_by,
        submitted_on=today,
        self_pay=self_pay,
        attempt=registration.attempt if registration else None,
        approved_on=registration.approved_on if registration else None,
        access_by=registration.access_by if registration else None,
        access_on=None,
        extended_to=None,
        completed_on=None,
        failed_on=None,
        withdrawn_on=None,
        settled_on=settled_on if registration else None,
        closed_on=closed_on if registration else None,
        price_cents=course.price_cents,
        id=decision.line_id,
        account_id=account.id,
        course_id=course.id,
        role_id=role.id,
        home_id=role.home_id,
        minutes=course.minutes,
    )
    return _line(facts, today)


# What a line has as the store has it.
_SAME = tuple(
    name for name in Line._fields if name in _Facts._fields and name not in ("access_by", "completed_on")
)


@lru_cache(maxsize=4096)
def _access_by(approved_on: date, closed: str) -> date:
    """The day by which access is due; `closed` are the home's own closing days, with spaces between."""
    days = [date.fromisoformat(day) for day in closed.split()]
    return calendar.access_due(approved_on, days).last


def standing_decision(reader: Reader, line_id: int) -> int:
    """The key of the decision about a line that stands."""
    sql = "SELECT id FROM decision WHERE line_id = :line_id AND until_on IS NULL"
    return int(next(reader.values(sql, line_id=line_id)))
