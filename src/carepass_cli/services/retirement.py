"""A course goes: nobody must take it any longer, or its successor instead."""

from collections.abc import Sequence
from datetime import date

from carepass_cli.errors import Refused, UsageError
from carepass_cli.rules.nouns import COURSE
from carepass_cli.services.course import equate_courses, retire_course
from carepass_cli.services.noun import revise
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.asof import confirmed, seen
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.courses import CourseVersion
from carepass_cli.store.rows.courses import Requirement as RequirementTable
from carepass_cli.store.unit import Unit


def who_must_take(reader: Reader, today: date, code: str) -> tuple[Sequence[str], int]:
    """The roles (`home/role`) that require a course, and how many people hold them."""
    course = get_course(reader, today, code)
    sql = f"""
        FROM requirement q JOIN role r ON r.id = q.role_id JOIN home h ON h.id = r.home_id
        WHERE q.course_id = :course AND {seen("q")}
    """
    roles = reader.rows(f"SELECT h.code, r.code {sql} ORDER BY h.code, r.code", course=course.id, today=today)
    held = f"SELECT COUNT(DISTINCT s.account_id) FROM assignment s WHERE {confirmed('s')} AND s.role_id IN"
    named = [f"{home}/{role}" for home, role in roles]
    ((people,),) = reader.rows(f"{held} (SELECT r.id {sql})", course=course.id, today=today)
    return named, int(people)


def retire_and_replace(unit: Unit, code: str, successor: str | None = None) -> Outcome:
    """Retire a course from today on. What requires it ends with it, or goes over to the `successor` with
    payer, dates and citation, and the two are equated. Retired already, with nothing left to end, is
    `unchanged`. Raises Refused where the successor is retired."""
    course = get_course(unit, unit.today, code)
    other = get_course(unit, unit.today, successor) if successor else None
    if other is not None and other.id == course.id:
        raise UsageError("A course does not succeed itself.", "Name another course.")
    if other is not None and other.status == "retired":
        raise Refused(
            f"{other.code} is retired itself.", "Name a course that is offered.", code="course-retired"
        )
    sql = f"SELECT id FROM requirement q WHERE course_id = :course AND {seen('q')}"
    open_now = [key for (key,) in unit.rows(sql, course=course.id, today=unit.today)]
    taken = set()
    if other is not None:
        taken_sql = f"SELECT role_id FROM requirement q WHERE course_id = :course AND {seen('q')}"
        taken = {role for (role,) in unit.rows(taken_sql, course=other.id, today=unit.today)}
    asked = list(unit.find(RequirementTable, open_now))
    unit.update(RequirementTable, {key: {"until_on": unit.today} for key in open_now})
    for each in asked:
        if other is not None and each.role_id not in taken:
            change_id = unit.change_id
            unit.add(
                each._replace(
                    id=0, course_id=other.id, from_on=unit.today, until_on=None, change_id=change_id
                )
            )
    if asked:
        after = {"ended": len(asked), "successor": successor}
        unit.audit("replace" if other else "remove", "requirement", code, after=after)
    outcome = retire_course(unit, code)
    if other is not None and equate_courses(unit, code, other.code).result != UNCHANGED:
        outcome = outcome._replace(result=UPDATED)
    ended = f"{len(asked)} requirements {f'are for {successor} now' if successor else 'ended'}."
    said: tuple[str, ...] = (ended,) if asked else ()
    # What to do about a successor needs no saying where one was named.
    said = said if other else (*said, *outcome.said)
    return outcome._replace(result=UPDATED if asked else outcome.result, said=said)


def reactivate_course(unit: Unit, code: str) -> Outcome:
    """Offer a retired course again, from today on. What required it stays ended."""
    course = get_course(unit, unit.today, code)
    if not revise(unit, COURSE, CourseVersion, course, {"status": "active"}, code, "reactivate"):
        return Outcome(UNCHANGED, course.shown())
    return Outcome(UPDATED, get_course(unit, unit.today, code).shown())
