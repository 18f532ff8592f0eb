"""The story of the sample homes, played day by day through the services.

Each event is dated before the day of the demo, so that `--today` can look back into it. Between them
the people show every status of a requirement and every step of a registration.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import groupby, product
from pathlib import Path
from random import Random
from typing import Any

from carepass_cli.clock import Clock
from carepass_cli.rules.identity import Given
from carepass_cli.sample import setting
from carepass_cli.services.account import create_account
from carepass_cli.services.answer import confirm_role_on_behalf, decline_role_on_behalf
from carepass_cli.services.assignment import assign_role, end_assignment
from carepass_cli.services.cart import add_to_cart, submit_carts
from carepass_cli.services.course import create_course, equate_courses
from carepass_cli.services.home import create_home, create_role
from carepass_cli.services.record import add_record
from carepass_cli.services.registration import complete_registrations, fail_registrations, grant_access
from carepass_cli.services.requirement import add_requirements
from carepass_cli.services.submission import approve_lines
from carepass_cli.services.waiver import waive_requirements
from carepass_cli.store.create import create_file
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write_file

ACTOR = "carepass demo"
FOUNDED = 900  # days ago
FIRST_ID = 1000

# One event: how many days ago, and what happened then.
Event = tuple[int, Callable[[Unit], Any]]


def build_demo(path: Path, clock: Clock) -> None:
    """Make a store at `path`, which must not exist, and play the story up to today."""
    create_file(path)
    # A scratch store: nothing is lost with it, so no commit waits for the disk.
    story = sorted(_story(), key=lambda event: -event[0])
    for ago, events in groupby(story, key=lambda event: event[0]):
        day = clock.today - timedelta(days=ago)
        happened = [event for _, event in events]
        work = Work(str(path), Clock(day, _noon(day)), ACTOR, "demo")
        write_file(path, work, partial(_play, happened), durable=False)


def _play(events: list[Callable[[Unit], Any]], unit: Unit) -> None:
    for event in events:
        event(unit)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(17), UTC)


def _story() -> Iterator[Event]:
    yield FOUNDED, _found_homes
    chance = Random(20261121)  # noqa: S311  (a story, not a secret: the same each time)
    people = [(first, last) for last, first in product(setting.LAST_NAMES, setting.FIRST_NAMES)]
    for number, (first, last) in enumerate(people):
        home = "sample-south" if number % 3 == 2 else "sample-north"
        role = setting.TURNS[(number + number // 12) % 12]
        yield from _life(number, first, last, home, role, chance)
    yield from _carts()


def _found_homes(unit: Unit) -> None:
    for code, course in setting.COURSES.items():
        create_course(
            unit,
            code,
            title=course.title,
            provider="Sample College",
            minutes=course.minutes,
            validity_years=course.validity_years,
            language=course.language,
            method=course.method,
            price_cents=course.price_cents,
        )
    equate_courses(unit, "IPAC-101", "PCI-101")
    for home, details in setting.HOMES.items():
        create_home(unit, home, **details)
        for role, (name, group) in setting.ROLES.items():
            create_role(unit, home, role, name=name, staff_group=group)
            employer = [code for code in setting.REQUIRED[role] if code not in setting.LEARNER_PAYS]
            add_requirements(unit, employer, home, role, {})
            learner = [code for code in setting.REQUIRED[role] if code in setting.LEARNER_PAYS]
            add_requirements(unit, learner, home, role, {"employer_pays": False})


def _life(number: int, first: str, last: str, home: str, role: str, chance: Random) -> Iterator[Event]:
    """One person: hired, confirmed (or not), trained each year, more or less on time."""
    hired = chance.randint(40, 860)
    named = str(FIRST_ID + number)
    newest = number % 20 == 7
    if newest:
        hired = chance.randint(1, 12)
    yield hired, lambda unit: _hire(unit, number, first, last, home, role)
    if number % 40 == 31:
        yield hired - 1, lambda unit: decline_role_on_behalf(unit, named, home, role, "not my home")
        return
    if newest and number % 40 == 7:
        return  # still pending
    confirmed = max(hired - chance.randint(0, 6), 0)
    yield confirmed, lambda unit: confirm_role_on_behalf(unit, named, home, role)
    if newest:
        return
    for code in setting.REQUIRED[role]:
        if OUTSTANDING.get(number) != code:
            yield from _training(named, code, confirmed, chance)
    if number % 30 == 14:
        ended = chance.randint(0, 30)
        yield ended, lambda unit: end_assignment(unit, named, home, role, reason="sample: moved on")
    elif number % 24 == 10:
        yield 20, lambda unit: waive_requirements(unit, named, ["FIRE-101"], {"reason": "sample: on leave"})


def _training(named: str, code: str, confirmed: int, chance: Random) -> Iterator[Event]:
    """A course and its renewals: most people renew in time, some late, some not at all."""
    if chance.random() < 0.04:
        return
    years = setting.COURSES[code].validity_years
    taken = "PCI-101" if code == "IPAC-101" and chance.random() < 0.1 else code
    ago = confirmed - chance.randint(1, 25)
    while ago > 0:
        yield ago, _completion(named, taken, ago)
        if years is None or chance.random() < 0.03:
            return
        ago -= years * 365 - chance.randint(0, 45)


def _completion(named: str, code: str, ago: int) -> Callable[[Unit], Any]:
    return lambda unit: add_record(
        unit, named, code, unit.today, {"evidence": f"sample certificate {named}-{ago}"}
    )


def _hire(unit: Unit, number: int, first: str, last: str, home: str, role: str) -> None:
    named = str(FIRST_ID + number)
    # The sequence of hiring is not that of numbers, so the story gives the portal ID itself.
    create_account(
        unit,
        first_name=first,
        last_name=last,
        birthdate=unit.today.replace(year=unit.today.year - 25 - number % 30, day=1),
        email=f"person{named}@sample.example",
        portal_id=named,
        language="fr" if first in ("Chloé", "Hélène") else "en",
    )
    assign_role(unit, named, home, role, Given(last_name=last))


def _carts() -> Iterator[Event]:
    """Eight people on their way through cart and registration, one at each step.

    They never took what is OUTSTANDING, so that it is theirs to take now.
    """
    for number, play in STEPS.items():
        yield from play(str(FIRST_ID + number), OUTSTANDING[number])


def _in_cart(named: str, code: str) -> Iterator[Event]:
    yield 1, lambda unit: add_to_cart(unit, named, [code])


def _submitted(named: str, code: str) -> Iterator[Event]:
    def submit(unit: Unit) -> None:
        add_to_cart(unit, named, [code])
        submit_carts(unit, [named])

    yield 3, submit


def _registered(*acts: tuple[int, Callable[[Unit, list[str]], Any]]) -> Callable[[str, str], Iterator[Event]]:
    """Submitted and approved two days before the first of `acts` (days ago, what was done to the line)."""

    def events(named: str, code: str) -> Iterator[Event]:
        lines: list[str] = []

        def submit(unit: Unit) -> None:
            add_to_cart(unit, named, [code])
            (row,) = submit_carts(unit, [named])
            lines.append(str(row.item["line"]))
            if row.item["decision"] == "submitted":
                approve_lines(unit, lines, "sample: approved by hand")

        yield (acts[0][0] if acts else 0) + 2, submit
        for ago, act in acts:
            yield ago, partial(_act, act, lines)

    return events


def _act(act: Callable[[Unit, list[str]], Any], lines: list[str], unit: Unit) -> None:
    act(unit, lines)


# Who is where on the way, by number; and the course that they never took before.
STEPS: dict[int, Callable[[str, str], Iterator[Event]]] = {
    0: _in_cart,
    1: _submitted,  # and rejected: the learner pays for this one
    2: _submitted,  # and waiting: this home decides by hand
    3: _registered(),
    4: _registered((6, grant_access)),
    5: _registered((5, grant_access)),
    6: _registered((27, grant_access)),
    9: _registered((14, grant_access), (5, complete_registrations)),
    12: _registered((10, grant_access), (4, fail_registrations)),
}
OUTSTANDING = dict.fromkeys(STEPS, "FIRE-101") | {1: "DEMENTIA-201"}
