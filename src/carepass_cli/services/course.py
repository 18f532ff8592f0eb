"""Courses: made, edited, retired, equated."""

from datetime import date
from typing import Any

from carepass_cli.errors import UsageError
from carepass_cli.rules.category import category, category_fits
from carepass_cli.rules.fields import parse_price
from carepass_cli.rules.renewal import COMPLETION
from carepass_cli.services.code import code_in_use, refuse_later
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.validity import restate_course
from carepass_cli.store.queries.courses import Course, find_course, get_course
from carepass_cli.store.queries.validity import count_records
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
    renewal: str = COMPLETION,
    minimum: str | None = None,
) -> Outcome:
    """Create a course: length in minutes, validity in years (None: once only), price in cents; what the
    validity counts from, and with a day of the year the least span to the first of them.

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
        "renewal": renewal,
        "minimum": minimum,
    }
    _check_renewal(renewal, minimum)
    known = find_course(unit, unit.today, code)
    if known is not None:
        if _values(known) == values:
            return Outcome(UNCHANGED, known.shown())
        raise code_in_use("course", code)
    refuse_later(unit, "course", code)
    row = unit.add(CourseTable(code=code, created_on=unit.today, change_id=unit.change_id))
    assert row.id is not None
    unit.add(CourseVersion(course_id=row.id, from_on=unit.today, **values))
    unit.add(CourseEquivalence(course_id=row.id, other_id=row.id, from_on=unit.today))
    course = get_course(unit, unit.today, code)
    unit.audit("create", "course", code, after=course.shown())
    return Outcome(CREATED, course.shown())


def edit_course(
    unit: Unit,
    /,
    code: str,
    *,
    once: bool = False,
    category_said: str | None = None,
    restate: bool = False,
    reason: str | None = None,
    **changes: Any,
) -> Outcome:
    """Change a course's particulars from today on. Completions keep the expiry they were given, unless
    `restate` works it out anew, for a `reason`.

    None leaves a value as it is; `once` takes the validity away.
    """
    if restate is not bool(reason):
        raise UsageError("--restate and --reason go together.", "Give both, or neither.")
    course = get_course(unit, unit.today, code)
    given = {key: value for key, value in changes.items() if value is not None}
    if once:
        given["validity_years"] = None
    minutes, method = given.get("minutes", course.minutes), given.get("method", course.method)
    kept = course.category if category_fits(minutes, method, course.category) else None
    given["category"] = _category(minutes, method, category_said or kept)
    given |= _renewal(course, given)
    revised = unit.revise(CourseVersion, {course.id: given}).get(course.id)
    if revised is not None:
        unit.audit("edit", "course", code, before=revised[0], after=revised[1])
    said = []
    if restate:
        moved = restate_course(unit, course.id, reason or "")
        if moved:
            unit.audit("restate", "course", code, after={"records": moved, "reason": reason})
        said.append(f"{_records(moved)} worked out anew, from today on.")
    elif revised is not None and {"validity_years", "renewal", "minimum"} & set(revised[1]):
        stay = count_records(unit, unit.today, course.id)
        hint = f"carepass course edit {code} --restate --reason TEXT"
        said += [f"{_records(stay)} left as recorded. To work them out anew: {hint}"] if stay else []
    changed = revised is not None or (restate and moved)
    now = get_course(unit, unit.today, code)
    return Outcome(UPDATED if changed else UNCHANGED, now.shown(), tuple(said))


def _records(count: int) -> str:
    return "1 record is" if count == 1 else f"{count} records are"


def _renewal(course: Course, given: dict[str, Any]) -> dict[str, Any]:
    """The renewal and minimum that an edit gives; a minimum goes with the day of the year that it was for."""
    renewal = given.get("renewal", course.renewal)
    minimum = given.get("minimum", course.minimum if "-" in renewal else None)
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
    sql = """
        SELECT v.* FROM course_version v WHERE v.course_id = :id
        AND (v.until_on IS NULL OR (v.until_on > :on AND v.until_on > v.from_on)) ORDER BY v.from_on
    """
    versions = list(unit.select(CourseVersion, sql, id=course.id, on=on))
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
    revised = unit.revise(CourseVersion, {course.id: {"status": "retired"}}).get(course.id)
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
            unit.add(CourseEquivalence(course_id=left, other_id=right, from_on=unit.today))
            unit.add(CourseEquivalence(course_id=right, other_id=left, from_on=unit.today))
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
    more = {"renewal": course.renewal, "minimum": course.minimum}
    return {**values, "category": course.category, "price_cents": cents, **more}
