"""Packs of topics laid over a role: its courses and requirements in one go, and what would change."""

from datetime import date, timedelta
from typing import Any

from carepass_cli.errors import NotFound, UsageError
from carepass_cli.rules.law import ADD, SAME, Step, compare
from carepass_cli.services.course import change_validity, create_course
from carepass_cli.services.home import create_role
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.requirement import (
    change_requirement,
    check_not_retired,
    end_requirement,
    requirement_item,
)
from carepass_cli.shipped.starter import ASSUMED_MINUTES, PROVIDER, Starter, get_starter
from carepass_cli.store.queries.courses import find_course, get_course
from carepass_cli.store.queries.homes import find_role, get_home, get_role
from carepass_cli.store.queries.requirements import list_asked
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Role
from carepass_cli.store.unit import Unit

DIFF_KEYS = ("code", "title", "change", "before", "after")


def compare_starter(reader: Reader, today: date, named: str, home: str, role: str) -> list[Step]:
    """What applying a starter to a role would change, topic by topic."""
    starter = get_starter(named)
    post = get_role(reader, today, home, role)
    return _steps(reader, today, starter, post)


def apply_starter(
    unit: Unit, named: str, home: str, *, role: str | None = None, due_within: str | None = None
) -> list[Outcome]:
    """Bring a role's requirements in line with a starter, each from its own day on.

    A ready role is made where it is missing (called `role`, else as the starter); a pack needs a role that is
    there. Courses that are missing are made. `due_within` is for the topics that name no due time. Returns an
    outcome for each topic that the role is asked, and for each that ends.
    """
    starter = get_starter(named)
    post, said = _post(unit, starter, home, role)
    steps = _steps(unit, unit.today, starter, post)
    made = [step for step in steps if step.topic and find_course(unit, unit.today, step.code) is None]
    for step in made:
        _create_course(unit, step)
    if made:
        said.append(
            f"Created {len(made)} courses. Where the pack names no length, {ASSUMED_MINUTES} minutes are an"
            f" assumption: carepass course edit {made[0].code} --minutes N"
        )
    if left_out := [topic for topic in starter.topics if not topic.is_for(_group(starter, post))]:
        said.append(
            f"Left out {len(left_out)} topics that are for other staff groups than that of {post.role}."
            f" To change it: carepass role edit {home} {post.role} --group GROUP"
        )
    outcomes = [_apply(unit, starter, post, step, due_within) for step in steps]
    if not outcomes:
        return []
    return [outcomes[0]._replace(said=tuple(said)), *outcomes[1:]]


def _steps(reader: Reader, today: date, starter: Starter, post: Role) -> list[Step]:
    return compare(starter.pack, _group(starter, post), list_asked(reader, today, post.id), today)


def _group(starter: Starter, post: Role) -> str | None:
    """A ready role's own group; for a pack, the group of the role that it is applied to."""
    return starter.group if starter.role else post.group


def _post(unit: Unit, starter: Starter, home: str, role: str | None) -> tuple[Role, list[str]]:
    if starter.role is None and role is None:
        raise UsageError(f"{starter.name} is for a role that is there.", "Name it: --role ROLE")
    code = role or starter.name
    get_home(unit, unit.today, home)
    found = find_role(unit, unit.today, home, code)
    if found is not None:
        return found, []
    if starter.role is None:
        hint = f"Make it first: carepass role create {home} {code} --name NAME --group GROUP"
        raise NotFound("role", code, hint=hint, at=home)
    create_role(unit, home, code, name=starter.role, staff_group=starter.group)
    return get_role(unit, unit.today, home, code), [f"Created the role {code} at {home}."]


def _create_course(unit: Unit, step: Step) -> None:
    assert step.topic is not None
    create_course(
        unit,
        step.code,
        title=step.topic.title,
        provider=PROVIDER,
        minutes=step.topic.minutes or ASSUMED_MINUTES,
        validity_years=step.topic.validity_years,
    )


def _apply(unit: Unit, starter: Starter, post: Role, step: Step, due_within: str | None) -> Outcome:
    if step.change == SAME:
        return Outcome(UNCHANGED, requirement_item(unit, post, step.code))
    course = get_course(unit, unit.today, step.code)
    topic = step.topic
    if topic is None:
        end_requirement(unit, post, course)
        item: dict[str, object] = {
            "home": post.home,
            "role": post.role,
            "code": step.code,
            "title": step.title,
        }
        return Outcome(UPDATED, item)
    check_not_retired(course)
    terms: dict[str, Any] = {
        "citation": topic.marked,
        "pack": starter.pack.name,
        "pack_version": starter.pack.version,
    }
    if due := topic.due or (due_within if step.change == ADD else None):
        terms["due"] = due
    if topic.in_force_from and (step.change == ADD or step.moves_due):
        terms["required_from"] = step.effective_on
    last = topic.in_force_until
    until_on = last + timedelta(days=1) if last else None
    change_requirement(unit, post, course, step.effective_on, terms, until_on=until_on)
    change_validity(unit, course, topic.validity_years, step.effective_on)
    result = CREATED if step.change == ADD else UPDATED
    return Outcome(result, requirement_item(unit, post, step.code))
