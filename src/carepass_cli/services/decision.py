"""What is written when a line is decided, by the rules or by a person."""

from datetime import date

from carepass_cli.rules.calendar import access_due
from carepass_cli.rules.fields import days_of
from carepass_cli.rules.funding import Verdict
from carepass_cli.services.claim import attempts_used
from carepass_cli.store.queries.lines import standing_decision
from carepass_cli.store.queries.person import Person
from carepass_cli.store.rows.training import Decision, Registration
from carepass_cli.store.unit import Unit


def decision_of(today: date, line_id: int, verdict: Verdict, decided_by: str | None) -> Decision:
    """What was decided about a line, from today on; `decided_by` None: by the rules."""
    return Decision(
        line_id=line_id,
        from_on=today,
        decision=verdict.decision,
        reason=verdict.reason,
        payer=verdict.payer,
        decided_by=decided_by,
    )


def replace_decision(unit: Unit, line_id: int, verdict: Verdict, decided_by: str | None) -> None:
    """Put a decision in the place of the one that stands, from today on; `decided_by` None: by the rules."""
    unit.update(Decision, {standing_decision(unit, line_id): {"until_on": unit.today}})
    unit.add(decision_of(unit.today, line_id, verdict, decided_by))


def registration_of(person: Person, line_id: int, course_id: int, home_id: int, payer: str) -> Registration:
    """The registration of a line that is approved today: access comes within two business days of the home's
    calendar. What it costs the home is committed."""
    today, home = person.today, person.reference.home(home_id)
    if payer == "employer":
        person.reference.commit(home_id, course_id)
    return Registration(
        line_id=line_id,
        account_id=person.account_id,
        course_id=course_id,
        attempt=attempts_used(person, course_id, home_id) + 1,
        payer=payer,
        approved_on=today,
        access_by=access_due(today, days_of(home.closed_on)).last,
    )
