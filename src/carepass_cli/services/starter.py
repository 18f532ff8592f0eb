"""Starter templates laid over a home: role, courses and requirements in one go."""

from carepass_cli.services.course import create_course
from carepass_cli.services.home import create_role
from carepass_cli.services.outcome import Outcome
from carepass_cli.services.requirement import add_requirements
from carepass_cli.shipped.starter import ASSUMED_MINUTES, PROVIDER, get_starter
from carepass_cli.store.queries.courses import find_course
from carepass_cli.store.queries.homes import find_role
from carepass_cli.store.unit import Unit


def apply_template(
    unit: Unit, name: str, home: str, *, role: str | None = None, due_within: str | None = None
) -> list[Outcome]:
    """Make the template's role at a home (called `role`, else as the template) with the courses and
    requirements that are missing. Courses and a role that are there stay as they are.

    Returns an outcome for each requirement of the template, with its citation.
    """
    template = get_starter(name)
    code = role or template.name
    told = []
    if find_role(unit, unit.today, home, code) is None:
        create_role(unit, home, code, name=template.role or template.pack.title, group=template.group)
        told.append(f"Created the role {code} at {home}.")
    missing = [topic for topic in template.topics if find_course(unit, unit.today, topic.code) is None]
    for topic in missing:
        create_course(
            unit,
            topic.code,
            title=topic.title,
            provider=PROVIDER,
            minutes=ASSUMED_MINUTES,
            validity_years=topic.validity_years,
        )
    if missing:
        told.append(
            f"Created {len(missing)} courses. Their length, {ASSUMED_MINUTES} minutes, is an assumption:"
            f" carepass course edit {missing[0].code} --minutes N"
        )
    topics = {topic.code: topic for topic in template.topics}
    outcomes = add_requirements(unit, list(topics), home, code, due_within=due_within)
    rows = [
        made._replace(item={**made.item, "citation": topics[str(made.item["code"])].marked}, said=())
        for made in outcomes
    ]
    return [rows[0]._replace(said=tuple(told)), *rows[1:]]
