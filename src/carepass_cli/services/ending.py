"""What has begun for a role is taken back when the role ends. Access once given runs on."""

from carepass_cli.rules.funding import Verdict
from carepass_cli.services.decision import replace_decision
from carepass_cli.services.outbox import cancel_letters, decision_key
from carepass_cli.store.queries.cart import cart_lines
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.rows.nouns.line import Line
from carepass_cli.store.rows.training import CartLine, Registration
from carepass_cli.store.unit import Unit


def take_back(unit: Unit, account_id: int, role_id: int | None = None) -> list[str]:
    """Take back, today, what has begun for a person's role, or for all of them (None).

    Waiting lines are rejected, approvals without access withdrawn, the cart is emptied, and letters about
    them that wait are not sent. Returns what was done.
    """
    said = []
    lines = list(list_lines(unit, unit.today, account_id=account_id))
    mine = [line for line in lines if role_id in (None, line.role_id)]
    for line in mine:
        said += [told] if (told := take_back_line(unit, line, "role-not-confirmed")) else []
    kept = {_decision_key(line) for line in lines if line not in mine}
    cancel_letters(unit, {_decision_key(line) for line in mine} - kept, "the role has ended")
    inside = [line for line in cart_lines(unit, unit.today, account_id) if role_id in (None, line.role_id)]
    unit.update(CartLine, {line.id: {"closed_on": unit.today} for line in inside})
    return said + [f"Taken out of the cart: {line.code}." for line in inside]


def _decision_key(line: Line) -> str:
    return decision_key(line.submission_id, line.home_id)


def take_back_line(unit: Unit, line: Line, reason: str) -> str:
    """Reject a waiting line for `reason`, withdraw an approval without access, and cancel the letters about
    it that wait; returns what was done (nothing to others)."""
    said = ""
    if line.decision == "submitted":
        replace_decision(unit, line.id, Verdict("rejected", reason, None), None)
        said = _taken(unit, "decide", "line", line, {"decision": "rejected"})
    elif line.status == "approved":
        unit.update(Registration, {line.id: {"withdrawn_on": unit.today}})
        said = _taken(unit, "withdraw", "registration", line, {"status": "withdrawn"})
    keys = [f"access:{line.line}", f"decided:{line.line}"]
    cancel_letters(unit, keys, f"{line.line} was taken back: {reason}")
    return said


def _taken(unit: Unit, action: str, subject: str, line: Line, after: dict[str, object]) -> str:
    unit.audit(
        action,
        subject,
        line.line,
        account_id=line.account_id,
        before={"decision": line.decision, "status": line.status},
        after=after,
    )
    return f"Taken back: {line.line}."
