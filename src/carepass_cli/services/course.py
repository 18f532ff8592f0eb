"""Courses: made, edited, retired, equated."""

from typing import Any

from carepass_cli.errors import UsageError
from carepass_cli.rules.category import category, category_fits
from carepass_cli.rules.fields import parse_price
from carepass_cli.services.code import code_in_use, refuse_later
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.courses import Course, find_course, get_course
from carepass_cli.store.rows.courses import Course as CourseTable
from carepass_cli.store.rows.courses import CourseEquivalence, CourseVersion
from carepass_cli.store.unit import Unit


def create_course(
    unit: Unit,
    code: str,
    *,
    title: str,
    provider: str,
    minutes: int,
    validity_years: int | None = None,
    language: str | None = None,
    method: str | None = None,
    category_said: str | None = None,
    price_cents: int | None = None,
) -> Outcome:
    """Create a course: length in minutes, validity in years (None: once only), price in cents.

    The same course again is `unchanged`; raises Refused where the code is another course's.
    """
    values: dict[str, Any] = {
        "title": title,
        "provider": provider,
        "minutes": minutes,
        "validity_years": validity_years,
        "language": language,
        "method": method,
        "category": _category(minutes, method, category_said),
        "price_cents": price_cents,
    }
    known = find_course(unit, unit.today, code)
    if known is not None:
        if _values(known) == values:
            return Outcome(UNCHANGED, known.shown())
        raise code_in_use("course", code)
    refuse_later(unit, "course", code)
    row = unit.add(CourseTable(code=code, created_on=unit.day, change_id=unit.change_id))
    assert row.id is not None
    unit.add(CourseVersion(course_id=row.id, from_on=unit.day, **values))
    unit.add(CourseEquivalence(course_id=row.id, other_id=row.id, from_on=unit.day))
    course = get_course(unit, unit.today, code)
    unit.audit("create", "course", code, after=course.shown())
    return Outcome(CREATED, course.shown())


def edit_course(
    unit: Unit, /, code: str, *, once: bool = False, category_said: str | None = None, **changes: Any
) -> Outcome:
    """Change a course's particulars from today on. Completions keep the expiry they were given.

    None leaves a value as it is; `once` takes the validity away.
    """
    course = get_course(unit, unit.today, code)
    given = {key: value for key, value in changes.items() if value is not None}
    if once:
        given["validity_years"] = None
    minutes, method = given.get("minutes", course.minutes), given.get("method", course.method)
    kept = course.category if category_fits(minutes, method, course.category) else None
    given["category"] = _category(minutes, method, category_said or kept)
    revised = unit.revise_entity(CourseVersion, "course_id", course.id, given)
    if revised is None:
        return Outcome(UNCHANGED, course.shown())
    unit.audit("edit", "course", code, before=revised[0], after=revised[1])
    return Outcome(UPDATED, get_course(unit, unit.today, code).shown())


def retire_course(unit: Unit, code: str) -> Outcome:
    """Retire a course from today on: it cannot be put in a cart; what was completed stays."""
    course = get_course(unit, unit.today, code)
    revised = unit.revise_entity(CourseVersion, "course_id", course.id, {"status": "retired"})
    if revised is None:
        return Outcome(UNCHANGED, course.shown())
    unit.audit("retire", "course", code, before=revised[0], after=revised[1])
    said = f"If another course takes its place: carepass course equate {code} NEW-CODE"
    return Outcome(UPDATED, get_course(unit, unit.today, code).shown(), (said,))


def equate_courses(unit: Unit, code: str, other: str) -> Outcome:
    """Let either course satisfy the other from today on, with all that they are equated with already."""
    one, two = get_course(unit, unit.today, code), get_course(unit, unit.today, other)
    if one.id == two.id:
        raise UsageError("A course is always equal to itself.", "Give two different courses.")
    item: dict[str, object] = {"code": code, "equal_to": other}
    group, others = _group(unit, one.id), _group(unit, two.id)
    if two.id in group:
        return Outcome(UNCHANGED, item)
    for left in group:
        for right in others:
            unit.add(CourseEquivalence(course_id=left, other_id=right, from_on=unit.day))
            unit.add(CourseEquivalence(course_id=right, other_id=left, from_on=unit.day))
    unit.audit("equate", "course", code, after=item)
    return Outcome(CREATED, item)


def _category(minutes: int, method: str | None, said: str | None) -> str:
    if said is not None and not category_fits(minutes, method, said):
        fits = category(minutes, method)
        raise UsageError(
            f"A course of {minutes} minutes, {method or 'of no given method'}, is not a {said}.",
            f"It counts as: {fits}. Leave --category out.",
        )
    return category(minutes, method, said)


def _group(unit: Unit, course_id: int) -> list[int]:
    sql = "SELECT other_id FROM course_equivalence WHERE course_id = :id ORDER BY other_id"
    return [other for (other,) in unit.rows(sql, id=course_id)]


def _values(course: Course) -> dict[str, Any]:
    shown = course.shown()
    values = {
        key: shown[key] for key in ("title", "provider", "minutes", "validity_years", "language", "method")
    }
    cents = parse_price(course.price, "price") if course.price else None
    return {**values, "category": course.category, "price_cents": cents}
