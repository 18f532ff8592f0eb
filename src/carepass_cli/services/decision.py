"""What is written when a line is decided, by the rules or by a person."""

from carepass_cli.rules.calendar import access_due
from carepass_cli.rules.fields import days_of
from carepass_cli.rules.funding import Verdict
from carepass_cli.services.claim import attempts_used
from carepass_cli.store.queries.homes import home_by_id
from carepass_cli.store.queries.lines import standing_decision
from carepass_cli.store.queries.person import Person
from carepass_cli.store.rows.training import Decision, Registration
from carepass_cli.store.unit import Unit


def record_decision(unit: Unit, line_id: int, verdict: Verdict, decided_by: str | None) -> None:
    """Write down what was decided about a line, from today on; `decided_by` None: by the rules."""
    unit.add(
        Decision(
            line_id=line_id,
            from_on=unit.today,
            decision=verdict.decision,
            reason=verdict.reason,
            payer=verdict.payer,
            decided_by=decided_by,
        )
    )


def replace_decision(unit: Unit, line_id: int, verdict: Verdict, decided_by: str | None) -> None:
    """Put a decision in the place of the one that stands, from today on; `decided_by` None: by the rules."""
    unit.update(Decision, {standing_decision(unit, line_id): {"until_on": unit.today}})
    record_decision(unit, line_id, verdict, decided_by)


def register(unit: Unit, person: Person, line_id: int, course_id: int, home_id: int, payer: str) -> None:
    """Register an approved line today: access comes within two business days of the home's calendar."""
    home = home_by_id(unit, unit.today, home_id)
    unit.add(
        Registration(
            line_id=line_id,
            account_id=person.account_id,
            course_id=course_id,
            attempt=attempts_used(person, course_id, home_id) + 1,
            payer=payer,
            approved_on=unit.today,
            access_by=access_due(unit.today, days_of(home.closed_on)).last,
        )
    )
