"""Courses as of a day."""

from collections.abc import Iterator
from datetime import date
from typing import Protocol, TypedDict, Unpack

from carepass_cli.errors import NotFound
from carepass_cli.rules.fields import folded
from carepass_cli.store.queries.asof import seen
from carepass_cli.store.queries.names import names_like
from carepass_cli.store.queries.narrowing import Named, several
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import COURSE, Course

_COURSE = f"""
    SELECT {COURSE} FROM course c JOIN course_version v ON v.course_id = c.id AND {seen("v")}
    WHERE c.created_on <= :today
"""


class Filters(TypedDict, total=False):
    """The filters of *Manage My Training*. `search` looks into code and title, `provider` into the provider,
    accents folded; `expiry` is `once`, `annual` or `any`; None filters nothing."""

    search: str | None
    provider: Named
    expiry: str
    max_minutes: int | None


def find_course(reader: Reader, today: date, code: str) -> Course | None:
    """The course with this code, exactly as written."""
    return next(reader.select(Course, f"{_COURSE} AND c.code = :code", today=today, code=code), None)


def get_course(reader: Reader, today: date, code: str) -> Course:
    """As `find_course`; raises NotFound, naming the nearest code."""
    course = find_course(reader, today, code)
    if course is None:
        raise NotFound("course", code, tuple(names_like(reader, "course")))
    return course


def course_by_id(reader: Reader, today: date, course_id: int) -> Course:
    """The course with this key, which is there."""
    (course,) = reader.select(Course, f"{_COURSE} AND c.id = :id", today=today, id=course_id)
    return course


def list_courses(
    reader: Reader,
    today: date,
    *,
    method: Named = None,
    category: Named = None,
    language: Named = None,
    **filters: Unpack[Filters],
) -> Iterator[Course]:
    """Courses by code."""
    chosen = {"method": method, "category": category, "language": language}
    words = {key: several(named) for key, named in chosen.items() if several(named)}
    for course in reader.select(Course, f"{_COURSE} ORDER BY c.code", today=today):
        fits = all(getattr(course, key) in among for key, among in words.items())
        if fits and matching(course, **filters):
            yield course


class Described(Protocol):
    """What the filters look at: a course, or a requirement of one."""

    @property
    def code(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def provider(self) -> str: ...
    @property
    def minutes(self) -> int: ...
    @property
    def validity_years(self) -> int | None: ...


def matching(course: Described, **filters: Unpack[Filters]) -> bool:
    """Whether a course, or a requirement of one, is among those that the filters keep."""
    search, expiry, max_minutes = (
        filters.get("search"),
        filters.get("expiry", "any"),
        filters.get("max_minutes"),
    )
    if search and not any(folded(search) in folded(text) for text in (course.code, course.title)):
        return False
    providers = [folded(str(each)) for each in several(filters.get("provider"))]
    if providers and not any(each in folded(course.provider) for each in providers):
        return False
    if expiry != "any" and course.validity_years != (None if expiry == "once" else 1):
        return False
    return max_minutes is None or course.minutes <= max_minutes


def equal_courses(reader: Reader, course_id: int) -> list[int]:
    """The keys of the courses that are equated with a course, itself among them, whatever the day."""
    sql = "SELECT other_id FROM course_equivalence WHERE course_id = :id ORDER BY other_id"
    return list(reader.values(sql, id=course_id))


def first_equal(reader: Reader, today: date, course_id: int) -> int:
    """The smallest key of the courses that satisfy a course, itself among them; they all have the same."""
    sql = "SELECT MIN(other_id) FROM course_equivalence WHERE course_id = :id AND from_on <= :today"
    (smallest,) = reader.values(sql, id=course_id, today=today)
    return int(smallest or course_id)


def equivalents(reader: Reader, today: date, course_id: int) -> list[str]:
    """The codes of the other courses that satisfy this one."""
    sql = """
        SELECT o.code FROM course_equivalence e JOIN course o ON o.id = e.other_id
        WHERE e.course_id = :course_id AND e.other_id <> :course_id AND e.from_on <= :today ORDER BY o.code
    """
    return list(reader.values(sql, course_id=course_id, today=today))
