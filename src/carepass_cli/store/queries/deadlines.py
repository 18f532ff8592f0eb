"""Registrations whose days are counted: those inside their 14 days, and those to be taken again."""

from datetime import date
from itertools import groupby
from typing import TypedDict, Unpack

from carepass_cli.rules.fields import folded
from carepass_cli.store.queries.asof import confirmed, not_yet, seen, waived
from carepass_cli.store.queries.courses import first_equal
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.narrowing import Named
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS, Line

KEYS = (*REGISTRATION_KEYS, "price")
RETAKE_NOTES = (
    "Lapsed or failed, not completed since, and still required of the person. The payer is the one of the"
    " retake: the learner, unless a retake is under way that the employer pays for.",
)

_NOT_COMPLETED_SINCE = f"""
    NOT EXISTS (
        SELECT 1 FROM course_equivalence e CROSS JOIN completion k
        WHERE e.course_id = :course_id AND e.from_on <= :today
        AND k.account_id = :account_id AND k.course_id = e.other_id
        AND k.completed_on >= :approved_on AND k.completed_on <= :today AND {not_yet("k.voided_on")}
    )
"""

_STILL_REQUIRED = f"""
    EXISTS (
        SELECT 1 FROM assignment s
        JOIN role r ON r.id = s.role_id AND r.home_id = :home_id
        JOIN requirement q ON q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
        JOIN course_equivalence e ON e.course_id = q.course_id AND e.other_id = :course_id
        WHERE s.account_id = :account_id AND {confirmed("s")} AND e.from_on <= :today
        AND NOT {waived("s", "q")}
    )
"""


class Narrow(TypedDict, total=False):
    """Of which homes, roles and accounts."""

    home: Named
    role: Named
    account_id: Named


def list_deadlines(reader: Reader, today: date, **narrow: Unpack[Narrow]) -> list[Line]:
    """Registrations in progress, least time first, then by name."""
    found = list_lines(reader, today, **narrow, registered=True, unfinished=True)
    return sorted((line for line in found if line.status == "in-progress"), key=_by_urgency)


def list_retakes(reader: Reader, today: date, **narrow: Unpack[Narrow]) -> list[Line]:
    """The last attempt that lapsed or failed of each person, home and course (equated ones are one), longest
    ago first.

    Left out where the course was completed from the approval on, or is required no more. `payer` is who
    pays for the retake: who pays for it already where one is under way, else the learner.
    """
    tried = list_lines(reader, today, **narrow, registered=True, uncompleted=True)
    attempts = [(line, _identity(reader, today, line)) for line in tried if line.status != "withdrawn"]
    attempts.sort(key=lambda each: each[1])
    found = []
    for _, group in groupby(attempts, key=lambda each: each[1]):
        retake = _retake([line for line, _ in group])
        if retake is not None and _wanted(reader, today, retake):
            found.append(retake)
    return sorted(found, key=_by_urgency)


def _retake(attempts: list[Line]) -> Line | None:
    """The last of one person's attempts at one course, in the order of submission, that came to nothing."""
    lost = [index for index, line in enumerate(attempts) if line.status in ("lapsed", "failed")]
    if not lost:
        return None
    under_way = attempts[lost[-1] + 1 :]
    return attempts[lost[-1]]._replace(payer=under_way[-1].payer if under_way else "learner")


def _wanted(reader: Reader, today: date, line: Line) -> bool:
    sql = f"SELECT 1 WHERE {_NOT_COMPLETED_SINCE} AND {_STILL_REQUIRED}"
    params = {"account_id": line.account_id, "course_id": line.course_id, "home_id": line.home_id}
    return any(reader.values(sql, today=today, approved_on=line.approved_on, **params))


def _identity(reader: Reader, today: date, line: Line) -> tuple[int, int, int]:
    """The person, the home and the course; equated courses are one."""
    return (line.account_id, line.home_id, first_equal(reader, today, line.course_id))


def _by_urgency(line: Line) -> tuple[int, str, str]:
    return (line.days_left or 0, folded(f"{line.last_name} {line.first_name}"), line.line)
