"""Role templates: which courses a role requires, who pays, and who is waived."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from carepass_cli.errors import Refused
from carepass_cli.rules.standing import DUE_WITHIN
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.asof import seen
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import Role, get_role
from carepass_cli.store.queries.requirements import list_requirements
from carepass_cli.store.rows.courses import Requirement as RequirementTable
from carepass_cli.store.unit import Unit

DEFAULTS = {"employer_pays": True, "due": str(DUE_WITHIN)}


def add_requirements(
    unit: Unit,
    courses: list[str],
    home: str,
    role: str,
    *,
    employer_pays: bool | None = None,
    required_from: date | None = None,
    due_within: str | None = None,
) -> list[Outcome]:
    """Require courses of a role from a day (today) on. What is required already is `unchanged`, or
    `updated` from today on where something else is given; None leaves a value as it is."""
    post = get_role(unit, unit.today, home, role)
    given = {"employer_pays": employer_pays, "required_from": required_from, "due": due_within}
    wanted: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    return [require(unit, post, code, wanted) for code in dict.fromkeys(courses)]


def require(unit: Unit, post: Role, code: str, wanted: dict[str, Any]) -> Outcome:
    """Require one course of a role; `wanted` holds the values that are given."""
    course = get_course(unit, unit.today, code)
    if course.status == "retired":
        raise Refused(
            f"{code} is retired.",
            f"Require its successor, and equate the two: carepass course equate {code} NEW-CODE",
            code="course-retired",
        )
    before = _open(unit, post.id, course.id)
    values: dict[str, Any] = (before or {**DEFAULTS, "required_from": unit.day}) | wanted
    if before == values:
        return Outcome(UNCHANGED, _item(unit, post, code, values))
    if before is not None:
        _close(unit, post.id, course.id)
    # A requirement from an earlier day is seen from that day on, whenever it was written down.
    from_on = unit.day if before else _seen_from(unit, post.id, course.id, values["required_from"])
    unit.add(
        RequirementTable(
            role_id=post.id, course_id=course.id, from_on=from_on, change_id=unit.change_id, **values
        )
    )
    item = _item(unit, post, code, values)
    key = f"{post.home}/{post.role} {code}"
    unit.audit("update" if before else "create", "requirement", key, before=before, after=values)
    later = values["required_from"] > unit.day
    said = (
        (f"{code} is required from {values['required_from']} on; until then lists leave it out.",)
        if later
        else ()
    )
    return Outcome(UPDATED if before else CREATED, item, said)


def remove_requirements(unit: Unit, courses: list[str], home: str, role: str) -> list[Outcome]:
    """Require courses no longer, from today on. What is not required is `unchanged`."""
    post = get_role(unit, unit.today, home, role)
    outcomes = []
    for code in dict.fromkeys(courses):
        course = get_course(unit, unit.today, code)
        before = _open(unit, post.id, course.id)
        item: dict[str, object] = {"home": home, "role": role, "code": code, "title": course.title}
        if before is None:
            outcomes.append(Outcome(UNCHANGED, item))
            continue
        _close(unit, post.id, course.id)
        unit.audit("remove", "requirement", f"{home}/{role} {code}", before=before)
        outcomes.append(Outcome(UPDATED, item))
    return outcomes


def copy_requirements(unit: Unit, source: Role, target: Role) -> int:
    """Require of `target` what is required of `source`; returns how many were added."""
    there = {each.course_id for each in list_requirements(unit, unit.today, role_id=target.id)}
    wanted = [
        each for each in list_requirements(unit, unit.today, role_id=source.id) if each.course_id not in there
    ]
    for each in wanted:
        values = {"employer_pays": each.employer_pays, "due": each.due_within}
        require(unit, target, each.code, values)
    return len(wanted)


def _open(unit: Unit, role_id: int, course_id: int) -> dict[str, Any] | None:
    sql = f"""
        SELECT employer_pays, due, required_from FROM requirement q
        WHERE role_id = :role_id AND course_id = :course_id AND {seen("q")}
    """
    row = next(unit.rows(sql, role_id=role_id, course_id=course_id, today=unit.today), None)
    if row is None:
        return None
    return {"employer_pays": bool(row[0]), "due": row[1], "required_from": date.fromisoformat(row[2])}


def _seen_from(unit: Unit, role_id: int, course_id: int, required_from: date) -> date:
    """The first day on which a new requirement is seen: not while one that was removed still stood."""
    sql = "SELECT MAX(until_on) FROM requirement WHERE role_id = :role_id AND course_id = :course_id"
    ((ended,),) = unit.rows(f"{sql} AND until_on > from_on", role_id=role_id, course_id=course_id)
    return min(unit.day, max(required_from, date.fromisoformat(ended)) if ended else required_from)


def _close(unit: Unit, role_id: int, course_id: int) -> None:
    sql = f"SELECT id FROM requirement q WHERE role_id = :role_id AND course_id = :course_id AND {seen('q')}"
    ((key,),) = unit.rows(sql, role_id=role_id, course_id=course_id, today=unit.today)
    unit.update(RequirementTable, {key: {"until_on": unit.day}})


def _item(unit: Unit, post: Role, code: str, values: dict[str, object]) -> dict[str, object]:
    course = get_course(unit, unit.today, code)
    return {
        "home": post.home,
        "role": post.role,
        "code": code,
        "title": course.title,
        "provider": course.provider,
        "minutes": course.minutes,
        "expiry": course.expiry,
        "employer_pays": values["employer_pays"],
        "required_from": str(values["required_from"]),
    }


def of_each_role(
    unit: Unit,
    /,
    service: Callable[..., Sequence[Outcome]],
    codes: Sequence[str],
    homes: Sequence[str],
    roles: Sequence[str],
    **more: object,
) -> list[Outcome]:
    """What `service` does to these courses, for every one of the roles at every one of the homes."""
    return [
        outcome for home in homes for role in roles for outcome in service(unit, codes, home, role, **more)
    ]
