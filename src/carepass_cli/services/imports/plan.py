"""`role import --plan`: what the roles of a file would mean for each person's training. Writes nothing.

For each person the plan takes the file at its word: at the homes that it names for the person, the roles in
the file take the place of those held there; roles at other homes stay.
"""

from datetime import date, timedelta
from typing import NamedTuple

from carepass_cli.rules.calendar import complete_by
from carepass_cli.rules.fields import price_text
from carepass_cli.rules.study import Course, load
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.role import Hire, Wanted, read_hires
from carepass_cli.services.post import Post
from carepass_cli.store.queries.many import Member
from carepass_cli.store.queries.person import Person, each_person
from carepass_cli.store.rows.nouns import Requirement

KEYS = (
    "portal_id",
    "last_name",
    "first_name",
    "new",
    "dropped",
    "kept",
    "minutes",
    "employer_cost",
    "learner_cost",
    "unpriced",
    "schedule",
)
# What need not be taken though it is required anew.
MET = ("valid", "expiring", "waived")


class Planned(NamedTuple):
    """A person and the roles that the file gives to that person."""

    member: Member
    posts: list[Post]


def plan_roles(batch: Batch, wanted: Wanted) -> list[tuple[object, ...]]:
    """A row for each person, under KEYS: the codes that are new, dropped and kept; of
    the new ones that the person does not hold yet, the minutes, the cost in dollars by who pays (`unpriced`
    are those without a price), and a schedule of batches that fit into 14 days each.
    """
    planned: dict[int, Planned] = {}
    for hires in read_hires(batch, wanted):
        for hire in hires:
            _person_of(planned, hire).posts.append(hire.wish.post)
    people = each_person(batch.unit, batch.unit.today, planned)
    return [_plan(person, *each) for person, each in zip(people, planned.values(), strict=True)]


def _person_of(planned: dict[int, Planned], hire: Hire) -> Planned:
    return planned.setdefault(hire.wish.account.id, Planned(hire.wish.account, []))


def _plan(person: Person, member: Member, posts: list[Post]) -> tuple[object, ...]:
    reference = person.reference
    homes = {post.home_id for post in posts}
    before = person.requirements()
    after = [q for q in before if q.home_id not in homes]
    for post in posts:
        after += reference.requirements(post.id)
    had, has = {q.code for q in before}, {q.code: q for q in after}
    new = sorted(has.keys() - had)
    open_ones = [has[code] for code in new if person.standing(has[code]).status not in MET]
    paid_by_home = {q.code for q in after if q.employer_pays}
    prices = {q.code: reference.course(q.course_id).price_cents for q in open_ones}
    known = {code: cents for code, cents in prices.items() if cents is not None}
    costs = [
        sum(cents for code, cents in known.items() if (code in paid_by_home) is by_home)
        for by_home in (True, False)
    ]
    study = min(reference.home(key).study_minutes_per_day for key in homes)
    return (
        member.portal_id,
        member.last_name,
        member.first_name,
        new,
        sorted(had - has.keys()),
        sorted(had & has.keys()),
        sum(q.minutes for q in open_ones),
        *map(price_text, costs),
        sorted(prices.keys() - known.keys()),
        _schedule(person.today, open_ones, study),
    )


def _schedule(today: date, requirements: list[Requirement], minutes_per_day: int) -> list[str]:
    """Batches in order, each `FROM/THROUGH CODE...`: the first begins today, the next when one is over."""
    if not requirements:
        return []
    courses = [Course(q.code, q.minutes) for q in requirements]
    batches = load(courses, minutes_per_day).batches or (tuple(course.code for course in courses),)
    lines, start = [], today
    for batch in batches:
        last = complete_by(start)
        lines.append(f"{start}/{last} {' '.join(batch)}")
        start = last + timedelta(days=1)
    return lines
