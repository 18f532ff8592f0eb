"""Courses: made, edited, retired, equated."""

from datetime import date
from typing import Any, Unpack

from carepass_cli.errors import UsageError
from carepass_cli.rules.category import category as category_of
from carepass_cli.rules.category import category_fits
from carepass_cli.rules.noun import Values
from carepass_cli.rules.nouns import COURSE, CourseValues
from carepass_cli.rules.renewal import COMPLETION
from carepass_cli.services.noun import again, refuse_later, revise
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.validity import restate_course
from carepass_cli.store.queries.courses import equal_courses, find_course, get_course
from carepass_cli.store.queries.tables import versions_from
from carepass_cli.store.queries.validity import count_records
from carepass_cli.store.rows.courses import Course as CourseTable
from carepass_cli.store.rows.courses import CourseEquivalence, CourseVersion
from carepass_cli.store.rows.nouns import Course
from carepass_cli.store.unit import Unit


def create_course(unit: Unit, /, code: str, **values: Unpack[CourseValues]) -> Outcome:
    """Create a course: length in minutes, validity in years (None: once only), price in cents; what the
    validity counts from, and with a day of the year the least span to the first of them.

    The same course again is `unchanged`; raises Refused where the code is another course's.
    """
    category = _category(values["minutes"], values.get("method"), values.get("category"))
    _check_renewal(values.get("renewal", COMPLETION), values.get("minimum"))
    known = find_course(unit, unit.today, code)
    if known is not None:
        return again(COURSE, known, values, code)
    refuse_later(unit, "course", code)
    row = unit.add(CourseTable(code=code, created_on=unit.today, change_id=unit.change_id))
    particulars: dict[str, Any] = {**values, "category": category}
    unit.add(CourseVersion(course_id=row.id, from_on=unit.today, **particulars))
    unit.add(CourseEquivalence(course_id=row.id, other_id=row.id, from_on=unit.today))
    course = get_course(unit, unit.today, code)
    unit.audit("create", "course", code, after=course.shown())
    return Outcome(CREATED, course.shown())


def edit_course(
    unit: Unit,
    /,
    code: str,
    *,
    restate: bool = False,
    reason: str | None = None,
    **values: Unpack[CourseValues],
) -> Outcome:
    """Change a course's particulars from today on. Completions keep the expiry they were given, unless
    `restate` works it out anew, for a `reason`. None takes away what may be absent.
    """
    if restate is not bool(reason):
        raise UsageError("--restate and --reason go together.", "Give both, or neither.")
    course = get_course(unit, unit.today, code)
    minutes, method = values.get("minutes", course.minutes), values.get("method", course.method)
    kept = course.category if category_fits(minutes, method, course.category) else None
    worked_out = {"category": _category(minutes, method, values.get("category", kept))}
    changed = revise(
        unit, COURSE, CourseVersion, course, {**values, **worked_out, **_renewal(course, values)}, code
    )
    said, moved = [], 0
    if restate:
        moved = restate_course(unit, course.id, reason or "")
        if moved:
            unit.audit("restate", "course", code, after={"records": moved, "reason": reason})
        said.append(f"{_records(moved)} worked out anew, from today on.")
    elif {"validity_years", "renewal", "minimum"} & changed.keys():
        stay = count_records(unit, unit.today, course.id)
        hint = f"carepass course edit {code} --restate --reason TEXT"
        said += [f"{_records(stay)} left as recorded. To work them out anew: {hint}"] if stay else []
    now = get_course(unit, unit.today, code)
    return Outcome(UPDATED if changed or moved else UNCHANGED, now.shown(), tuple(said))


def _records(count: int) -> str:
    return "1 record is" if count == 1 else f"{count} records are"


def _renewal(course: Course, values: Values) -> Values:
    """The renewal and minimum that an edit gives; a minimum goes with the day of the year that it was for."""
    renewal = values.get("renewal", course.renewal)
    minimum = values.get("minimum", course.minimum if "-" in renewal else None)
    _check_renewal(renewal, minimum)
    return {"renewal": renewal, "minimum": minimum}


def _check_renewal(renewal: str, minimum: str | None) -> None:
    if minimum is not None and "-" not in renewal:
        raise UsageError(
            "--minimum goes with a renewal to a day of the year.", "Give that day: --renewal MM-DD"
        )


def change_validity(unit: Unit, course: Course, years: int | None, on: date) -> None:
    """Give a course another validity for completions from `on` on, as a law may; also where other particulars
    were written for later days."""
    versions = versions_from(unit, CourseVersion, on, course_id=course.id)
    if all(version.validity_years == years for version in versions):
        return
    before = versions[0].validity_years
    for version in versions:
        if version.from_on < on:
            unit.update(CourseVersion, {version.id: {"until_on": on}})
            unit.add(version._replace(id=0, from_on=on, validity_years=years))
        else:
            unit.update(CourseVersion, {version.id: {"validity_years": years}})
    unit.audit(
        "edit", "course", course.code, before={"validity_years": before}, after={"validity_years": years}
    )


def retire_course(unit: Unit, code: str) -> Outcome:
    """Retire a course from today on: it cannot be put in a cart; what was completed stays."""
    course = get_course(unit, unit.today, code)
    if not revise(unit, COURSE, CourseVersion, course, {"status": "retired"}, code, "retire"):
        return Outcome(UNCHANGED, course.shown())
    said = f"If another course takes its place: carepass course equate {code} NEW-CODE"
    return Outcome(UPDATED, get_course(unit, unit.today, code).shown(), (said,))


def equate_courses(unit: Unit, code: str, other: str) -> Outcome:
    """Let either course satisfy the other from today on, with all that they are equated with already."""
    one, two = get_course(unit, unit.today, code), get_course(unit, unit.today, other)
    if one.id == two.id:
        raise UsageError("A course is always equal to itself.", "Give two different courses.")
    item: dict[str, object] = {"code": code, "equal_to": other}
    group, others = equal_courses(unit, one.id), equal_courses(unit, two.id)
    if two.id in group:
        return Outcome(UNCHANGED, item)
    for left in group:
        for right in others:
            unit.add(CourseEquivalence(course_id=left, other_id=right, from_on=unit.today))
            unit.add(CourseEquivalence(course_id=right, other_id=left, from_on=unit.today))
    unit.audit("equate", "course", code, after=item)
    return Outcome(CREATED, item)


def _category(minutes: int, method: str | None, said: str | None) -> str:
    if said is not None and not category_fits(minutes, method, said):
        fits = category_of(minutes, method)
        raise UsageError(
            f"A course of {minutes} minutes, {method or 'of no given method'}, is not a {said}.",
            f"It counts as: {fits}. Leave --category out.",
        )
    return category_of(minutes, method, said)
