"""Other names under which files know a course."""

from collections.abc import Sequence

from carepass_cli.errors import Refused
from carepass_cli.rules.fields import TITLE_MOST, clean_text, folded
from carepass_cli.services.outcome import CREATED, UNCHANGED, Outcome
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.naming import aliases_of, course_names
from carepass_cli.store.rows.courses import CourseAlias
from carepass_cli.store.unit import Unit


def alias_course(unit: Unit, code: str, names: Sequence[str]) -> Outcome:
    """Know a course by these names, too, from today on. One that it has already is `unchanged`.

    Raises Refused for a name (or the code) that another course has: files could mean either.
    """
    course = get_course(unit, unit.today, code)
    others = (other for other in course_names(unit, unit.today) if other.code != code)
    taken = {folded(name): other.code for other in others for name in other}
    known = {folded(name) for name in aliases_of(unit, unit.today, course.id)}
    fresh: dict[str, str] = {}
    for each in names:
        name = clean_text(each, "TEXT", most=TITLE_MOST)
        if (other := taken.get(folded(name))) is not None:
            raise Refused(
                f"'{name}' is a name of {other} already.",
                f"Look it up: carepass course show {other}",
                code="alias-in-use",
            )
        if folded(name) not in known:
            fresh.setdefault(folded(name), name)
    unit.insert(
        [CourseAlias(course.id, name, key, unit.today, unit.change_id) for key, name in fresh.items()]
    )
    if fresh:
        unit.audit("alias", "course", code, after={"aliases": [*fresh.values()]})
    item: dict[str, object] = {"code": code, "aliases": aliases_of(unit, unit.today, course.id)}
    return Outcome(CREATED if fresh else UNCHANGED, item)
