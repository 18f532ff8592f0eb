"""What people answer to a role that they are to hold: confirmed, declined, asked for once more."""

from collections.abc import Collection, Mapping, Sequence

from carepass_cli.errors import NotFound, Refused, TokenRefused
from carepass_cli.rules.span import parse_span
from carepass_cli.services.account import activate, deactivated
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.services.post import get_post, question
from carepass_cli.services.token import check_token, send_tokens, withdraw_tokens
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.accounts import account_by_id, account_ids, accounts_by_id, get_account
from carepass_cli.store.queries.assignments import list_assignments, live_assignment
from carepass_cli.store.queries.homes import check_named, get_role
from carepass_cli.store.rows.nouns.assignment import Assignment
from carepass_cli.store.rows.people import Assignment as AssignmentTable
from carepass_cli.store.unit import Unit


def confirm_role(unit: Unit, token: str) -> Outcome:
    """Confirm a role by the token from the mail; also activates an account never activated."""
    held = _held_by_token(unit, token)
    return _confirm_one(unit, held, token)


def confirm_role_on_behalf(unit: Unit, named: str, home: str, role: str) -> Outcome:
    """Confirm a pending role for the person; the audit log says so. Confirmed already: `unchanged`."""
    held = held_by_name(unit, named, home, role)
    if held.status == "confirmed":
        return Outcome(UNCHANGED, held.shown())
    return _confirm_one(unit, held, None)


def _confirm_one(unit: Unit, held: Assignment, token: str | None) -> Outcome:
    account = account_by_id(unit, unit.today, held.account_id)
    if account.status == "deactivated":
        raise deactivated(account.portal_id)
    confirm_assignments(unit, [held], by="token" if token else "behalf", used=token)
    activate(unit, [account], "role")
    (now,) = assignments_by_id(unit, [held.id])
    return Outcome(UPDATED, now.shown(), (f"{now.role} at {now.home} is confirmed.",))


def confirm_assignments(
    unit: Unit, pending: Sequence[Assignment], *, by: str, used: str | None = None
) -> None:
    """Confirm roles by the token that was `used`, or on the people's behalf (`by`: `token`, `behalf`)."""
    unit.update(AssignmentTable, {held.id: {"confirmed_on": unit.today} for held in pending})
    withdraw_tokens(unit, [(held.account_id, held.role_id) for held in pending], used=used)
    after = {"status": "confirmed", "by": by}
    unit.audit_all([_entry("confirm", held, before={"status": held.status}, after=after) for held in pending])


def decline_role(unit: Unit, token: str, reason: str | None = None) -> Outcome:
    """Decline a role by the token from the mail."""
    return _decline(unit, _held_by_token(unit, token), token, reason)


def decline_role_on_behalf(
    unit: Unit, named: str, home: str, role: str, reason: str | None = None
) -> Outcome:
    """Decline a pending role for the person. Declined already: `unchanged`."""
    held = held_by_name(unit, named, home, role, or_last=("declined",))
    if held.status == "declined":
        return Outcome(UNCHANGED, held.shown())
    if held.status == "confirmed":
        raise already_confirmed(held)
    return _decline(unit, held, None, reason)


def _decline(unit: Unit, held: Assignment, token: str | None, reason: str | None) -> Outcome:
    unit.update(AssignmentTable, {held.id: {"declined_on": unit.today, "end_reason": reason}})
    withdraw_tokens(unit, [(held.account_id, held.role_id)], used=token)
    return note_change(unit, "decline", held, reason)


def resend_confirmations(
    unit: Unit,
    named: Sequence[str],
    homes: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
    older_than: str | None = None,
) -> list[Outcome]:
    """Send the confirmation mails of pending roles again; the tokens before them end. Of the people named (of
    everybody), at these homes and roles; of those that have waited longer than the span `older_than`, where
    it is given.

    Raises Refused where somebody who was named has none that waits.
    """
    if len(named) == 1 and homes and roles and len(homes) == len(roles) == 1:
        held = held_by_name(unit, named[0], homes[0], roles[0])
        if held.status != "pending":
            raise already_confirmed(held)
        return ask_again(unit, [held])
    check_named(unit, unit.today, homes, roles)
    people = account_ids(unit, unit.today, named)
    before = parse_span(older_than).before(unit.today) if older_than else None
    found = [
        held
        for held in list_assignments(
            unit, unit.today, account_id=people, home=homes, role=roles, status="pending"
        )
        if before is None or held.assigned_on < before
    ]
    for account_id, each in zip(people, named, strict=True):
        if all(held.account_id != account_id for held in found):
            raise Refused(
                f"{each} has no role that waits to be confirmed.",
                f"Look it up: carepass role assignments --account {each}",
                code="not-pending",
            )
    return ask_again(unit, found)


def ask_again(unit: Unit, pending: Sequence[Assignment]) -> list[Outcome]:
    """Ask people with pending roles once more to confirm them: new tokens, and the older ones end."""
    posts = {held.role_id: get_post(unit, held.home, held.role) for held in pending}
    accounts = accounts_by_id(unit, unit.today, {held.account_id for held in pending})
    asked = [(held, accounts[held.account_id], posts[held.role_id]) for held in pending]
    withdraw_tokens(unit, [(held.account_id, held.role_id) for held in pending])
    send_tokens(unit, "confirm-role", [question(account, post) for _, account, post in asked])
    unit.audit_all([_entry("resend", held, after={"expires_on": post.expires_on}) for held, _, post in asked])
    said = "A new mail to {} is in the outbox; its token is good through {}."
    return [
        Outcome(UPDATED, held.shown(), (said.format(account.email, post.expires_on),))
        for held, account, post in asked
    ]


def _held_by_token(unit: Unit, token: str) -> Assignment:
    account_id, role_id = check_token(unit, token)
    if role_id is None:
        raise TokenRefused(
            "This token confirms an account, not a role.",
            f"Run: carepass account confirm {token}",
            code="wrong-token",
        )
    held = live_assignment(unit, unit.today, account_id, role_id)
    if held is None or held.status != "pending":
        raise TokenRefused(
            "This role is no longer waiting for an answer.",
            "If that is wrong, ask the home to assign it again.",
            code="not-pending",
        )
    return held


def held_by_name(unit: Unit, named: str, home: str, role: str, or_last: Collection[str] = ()) -> Assignment:
    """The live assignment; where there is none, the newest one if its status is one of `or_last`."""
    account = get_account(unit, unit.today, named)
    post = get_role(unit, unit.today, home, role)
    held = live_assignment(unit, unit.today, account.id, post.id)
    if held is None:
        earlier = list(list_assignments(unit, unit.today, account_id=account.id, role_id=post.id))
        held = earlier[-1] if earlier and earlier[-1].status in or_last else None
    if held is None:
        raise NotFound(
            "assignment",
            f"{account.portal_id} as {role} at {home}",
            hint=f"Look it up: carepass role assignments --account {account.portal_id}",
        )
    return held


def note_change(unit: Unit, action: str, held: Assignment, reason: str | None) -> Outcome:
    """Put into the log what became of an assignment, which was `held` until now."""
    (now,) = assignments_by_id(unit, [held.id])
    after = {"status": now.status, "ended_on": now.ended_on, "reason": reason}
    unit.audit_all([_entry(action, now, before={"status": held.status}, after=after)])
    return Outcome(UPDATED, now.shown())


def assignments_by_id(unit: Unit, keys: Sequence[int]) -> list[Assignment]:
    """The assignments with these keys, as they are now."""
    people, some = {row.account_id for row in unit.find(AssignmentTable, keys)}, set(keys)
    found = list_assignments(unit, unit.today, account_id=people) if people else ()
    return [each for each in found if each.id in some]


def already_confirmed(held: Assignment) -> Refused:
    """The refusal of what is for pending roles only."""
    return Refused(
        f"{held.role} at {held.home} was confirmed on {held.confirmed_on}.",
        f"To end it: carepass role end {held.portal_id} --home {held.home} --role {held.role}",
        code="already-confirmed",
    )


def assignment_key(portal_id: str, home: str, role: str) -> str:
    """How the audit log names an assignment."""
    return f"{portal_id} {home}/{role}"


def _entry(
    action: str,
    held: Assignment,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> Entry:
    key = assignment_key(held.portal_id, held.home, held.role)
    return Entry(action, "assignment", key, held.account_id, before, after)
