"""A course goes: nobody must take it any longer, or its successor instead."""

from collections.abc import Sequence
from datetime import date
from typing import Unpack

from carepass_cli.errors import Refused, UsageError
from carepass_cli.rules.nouns import COURSE, CourseValues
from carepass_cli.services.course import edit_course, equate_courses, retire_course
from carepass_cli.services.noun import revise
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.assignments import count_holders
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.requirements import list_asking
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.courses import CourseVersion
from carepass_cli.store.rows.courses import Requirement as RequirementTable
from carepass_cli.store.unit import Unit


def who_must_take(reader: Reader, today: date, code: str) -> tuple[Sequence[str], int]:
    """The roles (`home/role`) that require a course, and how many people hold them."""
    course = get_course(reader, today, code)
    asking = list_asking(reader, today, course.id)
    named = dict.fromkeys(f"{each.home}/{each.role}" for each in asking)
    return list(named), count_holders(reader, today, {each.role_id for each in asking})


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
    open_now = [each.id for each in list_asking(unit, unit.today, course.id)]
    taken = {each.role_id for each in list_asking(unit, unit.today, other.id)} if other else set()
    asked = list(unit.find(RequirementTable, open_now))
    for each in asked:
        first = max(each.from_on, unit.today)
        unit.update(RequirementTable, {each.id: {"until_on": first}})
        if other is not None and each.role_id not in taken:
            unit.add(each._replace(id=0, course_id=other.id, from_on=first, change_id=unit.change_id))
    count = len({each.role_id for each in asked})
    if asked:
        after = {"ended": count, "successor": successor}
        unit.audit("replace" if other else "remove", "requirement", code, after=after)
    outcome = retire_course(unit, code)
    if other is not None and equate_courses(unit, code, other.code).result != UNCHANGED:
        outcome = outcome._replace(result=UPDATED)
    ended = f"{count} requirements {f'are for {successor} now' if successor else 'ended'}."
    said: tuple[str, ...] = (ended,) if asked else ()
    # What to do about a successor needs no saying where one was named.
    said = said if other else (*said, *outcome.said)
    return outcome._replace(result=UPDATED if asked else outcome.result, said=said)


def reactivate_course(
    unit: Unit, /, code: str, *, restate: bool, reason: str | None, **values: Unpack[CourseValues]
) -> Outcome:
    """Offer a retired course again, from today on, and edit it as `edit_course` does. What required it stays
    ended."""
    course = get_course(unit, unit.today, code)
    back = revise(unit, COURSE, CourseVersion, course, {"status": "active"}, code, "reactivate")
    edited = edit_course(unit, code, restate=restate, reason=reason, **values)
    return edited._replace(result=UPDATED if back else edited.result)
