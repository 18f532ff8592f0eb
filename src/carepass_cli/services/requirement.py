"""Role templates: which courses a role requires, who pays, and who is waived."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from carepass_cli.errors import Refused
from carepass_cli.rules.nouns import REQUIREMENT, RequirementValues
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.homes import get_role
from carepass_cli.store.queries.requirements import get_requirement, list_asked
from carepass_cli.store.queries.tables import last_ended, versions_from
from carepass_cli.store.rows.courses import Requirement as Table
from carepass_cli.store.rows.nouns import Course, Role
from carepass_cli.store.unit import Unit

# What a requirement of nobody's words is like; the rest is told by `rules.nouns`.
DEFAULTS = {**REQUIREMENT.defaults, "pack": None, "pack_version": None}


def add_requirements(
    unit: Unit, courses: Sequence[str], home: str, role: str, terms: RequirementValues
) -> list[Outcome]:
    """Require courses of a role, from a day (today) on.

    A term that is left out stays as it is. What is required already is `unchanged`, or `updated` from today
    on where a term is another one. What was required before, and is given back without a day, is due as it
    was before.
    """
    post = get_role(unit, unit.today, home, role)
    return [require(unit, post, code, {**terms}) for code in dict.fromkeys(courses)]


def require(unit: Unit, post: Role, code: str, given: dict[str, Any]) -> Outcome:
    """Require one course of a role; `given` holds the terms that are named."""
    course = get_course(unit, unit.today, code)
    check_not_retired(course)
    result = change_requirement(unit, post, course, unit.today, given)
    later = given.get("required_from")
    said = (
        (f"{code} is required from {later} on; until then lists leave it out.",)
        if later is not None and later > unit.today and result != UNCHANGED
        else ()
    )
    return Outcome(result, requirement_item(unit, post, code), said)


def check_not_retired(course: Course) -> None:
    """Raise Refused for a course that cannot be required any more."""
    if course.status == "retired":
        raise Refused(
            f"{course.code} is retired.",
            f"Require its successor, and equate the two: carepass course equate {course.code} NEW-CODE",
            code="course-retired",
        )


def change_requirement(
    unit: Unit, post: Role, course: Course, on: date, terms: dict[str, Any], **ends: date | None
) -> str:
    """Give a requirement of a role these terms from `on` on, also where others were written for later days;
    require it where it is not required. `until_on`, where it is given, is the first day on which it is no
    more required (None: no end). Returns created, updated or unchanged.
    """
    versions = _versions(unit, post.id, course.id, on)
    covered = bool(versions) and versions[0].from_on <= on
    if covered and all(_has(each, terms) for each in versions) and _has(versions[-1], ends):
        return UNCHANGED
    before = _terms(versions[0]) if covered else None
    if not covered:
        fresh = _first_version(unit, post, course, on, {**terms, **({} if versions else ends)})
        unit.add(fresh._replace(until_on=versions[0].from_on) if versions else fresh)
    for version in versions:
        changes = {**terms, **(ends if version is versions[-1] else {})}
        if version.from_on < on:
            unit.update(Table, {version.id: {"until_on": on}})
            unit.add(version._replace(**changes, id=0, from_on=on, change_id=unit.change_id))
        elif changes:
            unit.update(Table, {version.id: changes})
    after = _terms(_versions(unit, post.id, course.id, on)[0])
    key = f"{post.home}/{post.role} {course.code}"
    unit.audit("update" if before else "create", "requirement", key, before=before, after=after)
    return UPDATED if before else CREATED


def end_requirement(unit: Unit, post: Role, course: Course) -> bool:
    """Require a course of a role no longer, from today on, nor later; whether it was required."""
    versions = _versions(unit, post.id, course.id, unit.today)
    for version in versions:
        unit.update(Table, {version.id: {"until_on": max(version.from_on, unit.today)}})
    if versions:
        key = f"{post.home}/{post.role} {course.code}"
        unit.audit("remove", "requirement", key, before=_terms(versions[0]))
    return bool(versions)


def remove_requirements(unit: Unit, courses: Sequence[str], home: str, role: str) -> list[Outcome]:
    """Require courses no longer, from today on. What is not required is `unchanged`."""
    post = get_role(unit, unit.today, home, role)
    outcomes = []
    for code in dict.fromkeys(courses):
        course = get_course(unit, unit.today, code)
        item: dict[str, object] = {"home": home, "role": role, "code": code, "title": course.title}
        outcomes.append(Outcome(UPDATED if end_requirement(unit, post, course) else UNCHANGED, item))
    return outcomes


def copy_requirements(unit: Unit, source: Role, target: Role) -> int:
    """Require of `target` what is required of `source`, now and on days ahead, on the same terms; returns how
    many courses were added. What has a day behind it is required of `target` from today on."""
    there = {each.code for each in list_asked(unit, unit.today, target.id)}
    missing = [each.code for each in list_asked(unit, unit.today, source.id) if each.code not in there]
    for code in missing:
        course = get_course(unit, unit.today, code)
        check_not_retired(course)
        versions = _versions(unit, source.id, course.id, unit.today)
        for version in versions:
            terms = _terms(version)
            if version.required_from <= unit.today:
                del terms["required_from"]
            ends = {"until_on": version.until_on} if version is versions[-1] else {}
            change_requirement(unit, target, course, max(version.from_on, unit.today), terms, **ends)
    return len(missing)


def requirement_item(unit: Unit, post: Role, code: str) -> dict[str, object]:
    """A requirement under its public keys, as it stands last: also where it begins on a later day."""
    course = get_course(unit, unit.today, code)
    last = _versions(unit, post.id, course.id, unit.today)[-1]
    return get_requirement(unit, unit.today, last.id).shown()


def _first_version(unit: Unit, post: Role, course: Course, on: date, terms: dict[str, Any]) -> Table:
    """The version of a course that was not required on `on`. What was required before, and is given back
    without a day, is required from the day that it was. What is required from an earlier day on is seen from
    that day on, whenever it was written down; not while an earlier requirement still stood."""
    last = last_ended(unit, Table, unit.today, role_id=post.id, course_id=course.id)
    from_on, known = on, {**DEFAULTS, **terms}
    if "required_from" not in terms:
        known["required_from"] = last.required_from if last else on
    elif terms["required_from"] < on:
        from_on = terms["required_from"]
    if last is not None and last.until_on is not None:
        from_on = max(from_on, last.until_on)
    return Table(role_id=post.id, course_id=course.id, from_on=from_on, change_id=unit.change_id, **known)


def _versions(unit: Unit, role_id: int, course_id: int, on: date) -> list[Table]:
    return versions_from(unit, Table, on, role_id=role_id, course_id=course_id)


def _has(version: Table, terms: dict[str, Any]) -> bool:
    return all(getattr(version, name) == value for name, value in terms.items())


def _terms(version: Table) -> dict[str, Any]:
    return {name: getattr(version, name) for name in ("required_from", *DEFAULTS)}


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
