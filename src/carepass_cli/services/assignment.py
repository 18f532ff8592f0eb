"""Assigning roles to people, and what they answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from carepass_cli.errors import IdentityMismatch, InTheFuture, NotFound, Refused, TokenRefused, UsageError
from carepass_cli.rules.identity import Given, Known, matches
from carepass_cli.rules.span import parse_span
from carepass_cli.services.account import activate, deactivated
from carepass_cli.services.ending import take_back
from carepass_cli.services.outbox import queue_message
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.token import check_token, issue_token, message_key, withdraw_tokens
from carepass_cli.store.queries.accounts import account_by_id, account_ids, birthdate_of, get_account
from carepass_cli.store.queries.assignments import Assignment, list_assignments, live_assignment
from carepass_cli.store.queries.homes import Role, check_named, get_role, home_by_id
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import Assignment as AssignmentTable
from carepass_cli.store.unit import Unit


def assign_role(
    unit: Unit,
    named: str,
    home: str,
    role: str,
    given: Given,
    *,
    unverified: bool = False,
    start: date | None = None,
) -> Outcome:
    """Assign a role at a home to a person and queue the *Confirm staff details* mail.

    Assigned already: `unchanged`, or `updated` where another start is given; no second mail.
    Raises IdentityMismatch where what is given is not the person's, UsageError where too little is.
    """
    post = get_role(unit, unit.today, home, role)
    account = get_account(unit, unit.today, named)
    check_candidate(_candidate(unit, account), given, unverified=unverified)
    held = live_assignment(unit, unit.today, account.id, post.id)
    if held is not None:
        return _restart(unit, held, start)
    row = unit.add(
        AssignmentTable(
            account_id=account.id,
            role_id=post.id,
            from_on=unit.today,
            start_on=start or unit.today,
            assigned_on=unit.today,
            verified=not unverified,
            change_id=unit.change_id,
        )
    )
    assigned = _again(unit, row.id)
    _audit(unit, "assign", assigned, after={**assigned.shown(), "verified": not unverified})
    expires_on = send_confirmation(unit, account, post)
    said = f"The mail to {account.email} is in the outbox; its token is good through {expires_on}."
    return Outcome(CREATED, assigned.shown(), (said,))


def send_confirmation(unit: Unit, account: Account, post: Role) -> date:
    """Queue *Confirm staff details* with a new token; returns the token's last day."""
    params, expires_on = confirmation_letter(unit, post)
    token = issue_token(unit, account.id, post.id, expires_on)
    queue_message(
        unit,
        "confirm-role",
        account,
        {**params, "token": token},
        once_key=message_key(token),
        home_id=post.home_id,
    )
    return expires_on


class Letter(NamedTuple):
    """What the *Confirm staff details* mail of a role says, whoever gets it."""

    params: dict[str, object]
    expires_on: date


def confirmation_letter(unit: Unit, post: Role) -> Letter:
    """The letter for a role assigned today; its token is good through `expires_on`."""
    home = home_by_id(unit, unit.today, post.home_id)
    expires_on = parse_span(home.confirm_within).after(unit.today)
    params: dict[str, object] = {
        "home_name": home.name,
        "role_name": post.name,
        "expires_on": expires_on.isoformat(),
    }
    return Letter(params, expires_on)


class Candidate(Known, Protocol):
    """What an account knows of the person who is to be assigned."""

    @property
    def portal_id(self) -> str: ...
    @property
    def status(self) -> str: ...


def check_candidate(person: Candidate, given: Given, *, unverified: bool) -> None:
    """Raise unless the person may be assigned a role on what is given about them: UsageError where that
    is too little, IdentityMismatch where it is not theirs, Refused where the account is deactivated.
    """
    if not given.enough and not unverified:
        raise UsageError(
            "Neither the person's birthdate nor the last name is given.",
            "Give --birthdate or --last-name (in a file: birthdate or last_name), so that it is nobody else;"
            " if you have checked already, add --unverified.",
            code="identity-not-given",
        )
    if not matches(person, given):
        raise IdentityMismatch
    if person.status == "deactivated":
        raise deactivated(person.portal_id)


def confirm_role(unit: Unit, token: str) -> Outcome:
    """Confirm a role by the token from the mail; also activates an account never activated."""
    held = _held_by_token(unit, token)
    return _confirm(unit, held, token)


def confirm_role_on_behalf(unit: Unit, named: str, home: str, role: str) -> Outcome:
    """Confirm a pending role for the person; the audit log says so. Confirmed already: `unchanged`."""
    held = _held_by_name(unit, named, home, role)
    if held.status == "confirmed":
        return Outcome(UNCHANGED, held.shown())
    return _confirm(unit, held, None)


def decline_role(unit: Unit, token: str, reason: str | None = None) -> Outcome:
    """Decline a role by the token from the mail."""
    return _decline(unit, _held_by_token(unit, token), token, reason)


def decline_role_on_behalf(
    unit: Unit, named: str, home: str, role: str, reason: str | None = None
) -> Outcome:
    """Decline a pending role for the person. Declined already: `unchanged`."""
    held = _held_by_name(unit, named, home, role, or_last="declined")
    if held.status == "declined":
        return Outcome(UNCHANGED, held.shown())
    if held.status == "confirmed":
        raise _already_confirmed(held)
    return _decline(unit, held, None, reason)


def resend_confirmation(unit: Unit, named: str, home: str, role: str) -> Outcome:
    """Send the confirmation mail of a pending role again; the token before it ends."""
    held = _held_by_name(unit, named, home, role)
    if held.status != "pending":
        raise _already_confirmed(held)
    account = get_account(unit, unit.today, named)
    expires_on = send_confirmation(unit, account, get_role(unit, unit.today, home, role))
    _audit(unit, "resend", held, after={"expires_on": expires_on})
    said = f"A new mail to {account.email} is in the outbox; its token is good through {expires_on}."
    return Outcome(UPDATED, held.shown(), (said,))


def resend_confirmations(
    unit: Unit,
    named: Sequence[str],
    homes: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
    older_than: str | None = None,
) -> list[Outcome]:
    """The same for all pending roles of the people named (of everybody), at these homes and roles; of those
    that have waited longer than the span `older_than`, where it is given. Raises Refused where somebody who
    was named has none."""
    if len(named) == 1 and homes and roles and len(homes) == len(roles) == 1:
        return [resend_confirmation(unit, named[0], homes[0], roles[0])]
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
    return [resend_confirmation(unit, held.portal_id, held.home, held.role) for held in found]


def cancel_assignment(unit: Unit, named: str, home: str, role: str, reason: str | None = None) -> Outcome:
    """Take back a pending assignment. Cancelled already: `unchanged`."""
    held = _held_by_name(unit, named, home, role, or_last="cancelled")
    if held.status == "cancelled":
        return Outcome(UNCHANGED, held.shown())
    if held.status != "pending":
        raise _already_confirmed(held)
    unit.update(AssignmentTable, {held.id: {"cancelled_on": unit.today, "end_reason": reason}})
    withdraw_tokens(unit, held.account_id, held.role_id)
    return _changed(unit, "cancel", held, reason)


def end_assignment(
    unit: Unit, named: str, home: str, role: str, on: date | None = None, reason: str | None = None
) -> Outcome:
    """End a confirmed assignment from `on` (today) on: on that day it no longer counts.

    Raises InTheFuture for a later day, Refused for one before the confirmation.
    """
    on = on or unit.today
    if on > unit.today:
        raise InTheFuture(
            f"{on} lies in the future.", "End the role when its day has come; nothing is dated after today."
        )
    held = _held_by_name(unit, named, home, role, or_last="ended")
    if held.status == "ended":
        return Outcome(UNCHANGED, held.shown())
    if held.status != "confirmed":
        raise Refused(
            f"{role} at {home} is not confirmed by {held.portal_id}.",
            f"To take it back: carepass role cancel {held.portal_id} --home {home} --role {role}",
            code="role-not-confirmed",
        )
    if held.confirmed_on and on < held.confirmed_on:
        raise Refused(
            f"The role was confirmed on {held.confirmed_on}; it cannot end before that.",
            "Give a later --on.",
            code="before-confirmation",
        )
    for version in _versions(unit, held):
        unit.update(AssignmentTable, {version: {"ended_on": on, "end_reason": reason}})
    take_back(unit, held.account_id, held.role_id)
    return _changed(unit, "end", held, reason)


def _versions(unit: Unit, held: Assignment) -> list[int]:
    """All rows of a confirmed assignment: it may end before the day on which its start was changed."""
    sql = """
        SELECT id FROM assignment WHERE account_id = :account_id AND role_id = :role_id
        AND confirmed_on = :confirmed_on AND ended_on IS NULL
    """
    known = {"account_id": held.account_id, "role_id": held.role_id, "confirmed_on": held.confirmed_on}
    return [version for (version,) in unit.rows(sql, **known)]


def _restart(unit: Unit, held: Assignment, start: date | None) -> Outcome:
    if start is None or start == held.start_on:
        return Outcome(UNCHANGED, held.shown())
    restarted = {held.id: {"start_on": start, "change_id": unit.change_id}}
    unit.revise(AssignmentTable, restarted)
    now = live_assignment(unit, unit.today, held.account_id, held.role_id)
    assert now is not None
    _audit(unit, "restart", now, before={"start_on": held.start_on}, after={"start_on": start})
    return Outcome(UPDATED, now.shown())


def _confirm(unit: Unit, held: Assignment, token: str | None) -> Outcome:
    account = account_by_id(unit, unit.today, held.account_id)
    if account.status == "deactivated":
        raise deactivated(account.portal_id)
    unit.update(AssignmentTable, {held.id: {"confirmed_on": unit.today}})
    withdraw_tokens(unit, held.account_id, held.role_id, used=token)
    by = {"status": "confirmed", "by": "token" if token else "behalf"}
    now = _again(unit, held.id)
    _audit(unit, "confirm", now, before={"status": held.status}, after=by)
    activate(unit, account, "role")
    return Outcome(UPDATED, now.shown(), (f"{now.role} at {now.home} is confirmed.",))


def _decline(unit: Unit, held: Assignment, token: str | None, reason: str | None) -> Outcome:
    unit.update(AssignmentTable, {held.id: {"declined_on": unit.today, "end_reason": reason}})
    withdraw_tokens(unit, held.account_id, held.role_id, used=token)
    return _changed(unit, "decline", held, reason)


def _changed(unit: Unit, action: str, held: Assignment, reason: str | None) -> Outcome:
    now = _again(unit, held.id)
    after = {"status": now.status, "ended_on": now.ended_on, "reason": reason}
    _audit(unit, action, now, before={"status": held.status}, after=after)
    return Outcome(UPDATED, now.shown())


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


def _held_by_name(unit: Unit, named: str, home: str, role: str, or_last: str = "") -> Assignment:
    """The live assignment; where there is none, the newest one if its status is `or_last`."""
    account = get_account(unit, unit.today, named)
    post = get_role(unit, unit.today, home, role)
    held = live_assignment(unit, unit.today, account.id, post.id)
    if held is None:
        earlier = list(list_assignments(unit, unit.today, account_id=account.id, role_id=post.id))
        held = earlier[-1] if earlier and earlier[-1].status == or_last else None
    if held is None:
        raise NotFound(
            "assignment",
            f"{account.portal_id} as {role} at {home}",
            hint=f"Look it up: carepass role assignments --account {account.portal_id}",
        )
    return held


def _already_confirmed(held: Assignment) -> Refused:
    return Refused(
        f"{held.role} at {held.home} was confirmed on {held.confirmed_on}.",
        f"To end it: carepass role end {held.portal_id} --home {held.home} --role {held.role}",
        code="already-confirmed",
    )


def _again(unit: Unit, assignment_id: int) -> Assignment:
    (row,) = unit.find(AssignmentTable, [assignment_id])
    found = list_assignments(unit, unit.today, account_id=row.account_id, role_id=row.role_id)
    return next(each for each in found if each.id == assignment_id)


def _candidate(unit: Unit, account: Account) -> Candidate:
    return account._replace(birthdate=birthdate_of(unit, account.id))


def assignment_key(portal_id: str, home: str, role: str) -> str:
    """How the audit log names an assignment."""
    return f"{portal_id} {home}/{role}"


def _audit(
    unit: Unit,
    action: str,
    held: Assignment,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    key = assignment_key(held.portal_id, held.home, held.role)
    unit.audit(action, "assignment", key, account_id=held.account_id, before=before, after=after)
