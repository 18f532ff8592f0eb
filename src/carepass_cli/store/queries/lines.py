"""Submitted lines, their decisions and their registrations, as of a day."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from carepass_cli.errors import CarepassError, InvalidValue, NotFound, nearest_hint
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Account, Course, Role
from carepass_cli.store.rows.nouns.line import LINE, Line

if TYPE_CHECKING:
    from carepass_cli.store.rows.training import Decision, Registration

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

_EXTENDED_TO = """
    SELECT e.complete_by FROM extension e WHERE e.line_id = l.id AND e.extended_on <= :today
    ORDER BY e.extended_on DESC, e.id DESC LIMIT 1
"""

_SEEN = LINE.format(
    settled_on=f"({_SETTLED_ON})", closed_on=f"({_CLOSED_ON})", extended_to=f"({_EXTENDED_TO})"
)
_LINE = f"""
    SELECT {_SEEN}
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
    for line in reader.select(Line, f"{sql} ORDER BY s.id, l.id", today=today, **params):
        if (
            not (ends and line.completed_on)
            and (not statuses or line.status in statuses)
            and (not late or line.late)
        ):
            yield line


def find_lines(reader: Reader, today: date, named: Iterable[str]) -> dict[str, Line]:
    """Those of the lines `SUBMISSION/CODE` that there are, by what they were named."""
    keys = {each: key for each in named if (key := _parsed(each)) is not None}
    listed = reader.listed("keys", number="BIGINT", line="TEXT")
    sql = f"""
        {_LINE} AND s.id IN (SELECT number FROM {listed} AS k)
        AND s.id || '/' || c.code IN (SELECT line FROM {listed} AS k) ORDER BY s.id, l.id
    """
    rows = [(number, f"{number}/{code}") for number, code in dict.fromkeys(keys.values())]
    lines = reader.select(Line, sql, today=today, keys=json_array(rows)) if rows else ()
    found = {(each.submission_id, each.code): each for each in lines}
    return {each: found[key] for each, key in keys.items() if key in found}


def get_line(reader: Reader, today: date, named: str) -> Line:
    """The line `SUBMISSION/CODE`; raises as `missing_line` says."""
    found = find_lines(reader, today, [named])
    if not found:
        raise missing_line(reader, today, named)
    return found[named]


def missing_line(reader: Reader, today: date, named: str) -> CarepassError:
    """Why there is no line of this name: InvalidValue for what is not SUBMISSION/CODE, else NotFound."""
    key = _parsed(named)
    if key is None:
        return InvalidValue(f"'{named[:60]}' is not a line.", "Write SUBMISSION/CODE, as in 12/IPAC-101.")
    known = tuple(line.line for line in list_lines(reader, today, number=key[0]))
    near = nearest_hint(named, known) or "Look it up: carepass submission list"
    return NotFound("line", named, hint=near)


def _parsed(named: str) -> tuple[int, str] | None:
    """The submission's number and the course's code in the name of a line; None for another shape."""
    number, _, code = named.partition("/")
    is_number = number.isascii() and number.isdigit() and len(number) <= 12
    return (int(number), code) if is_number and code else None


def get_submission(reader: Reader, today: date, number: int) -> list[Line]:
    """The lines of a submission. Raises NotFound where there is none."""
    lines = list(list_lines(reader, today, number=number))
    if not lines:
        raise NotFound("submission", str(number), hint="Look it up: carepass submission list")
    return lines


# A line of which nothing is known yet.
_NOTHING = Line._make([None] * len(Line._fields))


def line_submitted(
    today: date,
    number: int,
    account: Account,
    role: Role,
    course: Course,
    decision: "Decision",
    registration: "Registration | None",
    *,
    self_pay: bool,
    settled_on: date | None,
    closed_on: str,
) -> Line:
    """The line of submission `number` that is written today, as the store will have it: decided, and
    registered where it is approved. `settled_on` is the day of the completion that answers it, `closed_on`
    are the home's own closing days with spaces between."""
    line = _NOTHING._replace(
        today=today,
        line=f"{number}/{course.code}",
        portal_id=account.portal_id,
        last_name=account.last_name,
        first_name=account.first_name,
        home=role.home,
        role=role.role,
        code=course.code,
        title=course.title,
        minutes=course.minutes,
        price_cents=course.price_cents,
        decision=decision.decision,
        reason=decision.reason,
        payer=decision.payer,
        decided_on=today,
        decided_by=decision.decided_by,
        submitted_on=today,
        self_pay=self_pay,
        id=decision.line_id,
        submission_id=number,
        account_id=account.id,
        course_id=course.id,
        role_id=role.id,
        home_id=role.home_id,
    )
    if registration is None:
        return line
    return line._replace(
        attempt=registration.attempt,
        approved_on=registration.approved_on,
        settled_on=settled_on,
        closed_on=closed_on,
    )


def standing_decision(reader: Reader, line_id: int) -> int:
    """The key of the decision about a line that stands."""
    sql = "SELECT id FROM decision WHERE line_id = :line_id AND until_on IS NULL"
    return int(next(reader.values(sql, line_id=line_id)))
