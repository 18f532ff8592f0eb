"""Roles given to people, and taken from them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple, Unpack

from carepass_cli.errors import IdentityMismatch, InTheFuture, Refused, UsageError
from carepass_cli.rules.identity import Given, matches
from carepass_cli.rules.nouns.assignment import ASSIGNMENT, AssignmentValues
from carepass_cli.services.account import activate, deactivated
from carepass_cli.services.answer import (
    already_confirmed,
    assignment_key,
    assignments_by_id,
    confirm_assignments,
    held_by_name,
    note_change,
)
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.post import Post, get_post, question
from carepass_cli.services.token import send_tokens, withdraw_tokens
from carepass_cli.store.audit import Entry, alike
from carepass_cli.store.queries.accounts import birthdate_of, get_person
from carepass_cli.store.queries.assignments import confirmed_versions, live_assignment
from carepass_cli.store.queries.many import Over, live_assignments, over_assignments
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import Assignment as AssignmentTable
from carepass_cli.store.unit import Unit

# What people say of an assignment, by the store's columns.
SAID = tuple(field.column for field in ASSIGNMENT.written)


class Wish(NamedTuple):
    """Who is to hold which role, and what is said of that: a first day that is left out or None is today, or
    what it is already."""

    account: Account
    post: Post
    values: AssignmentValues = {}  # noqa: RUF012 - never changed

    @property
    def start_on(self) -> date | None:
        """The first day in the role, where it is said."""
        return self.values.get("start_on")

    def known(self, today: date) -> dict[str, Any]:
        """The values of a new assignment."""
        return {**ASSIGNMENT.defaults, **self.values, "start_on": self.start_on or today}


def assign_role(
    unit: Unit,
    named: str,
    home: str,
    role: str,
    given: Given,
    *,
    unverified: bool = False,
    confirm: bool = False,
    **values: Unpack[AssignmentValues],
) -> Outcome:
    """Assign a role at a home to a person and queue the *Confirm staff details* mail, or `confirm` it on the
    person's behalf, as `assign_roles` does.

    Raises IdentityMismatch where what is given is not the person's, UsageError where too little is.
    """
    post = get_post(unit, home, role)
    account = get_person(unit, unit.today, named)
    check_candidate(account._replace(birthdate=birthdate_of(unit, account.id)), given, unverified=unverified)
    wish = Wish(account, post, values)
    (result,) = assign_roles(unit, [wish], verified=not unverified, confirm=confirm)
    said = f"The mail to {account.email} is in the outbox; its token is good through {post.expires_on}."
    if confirm:
        said = f"{role} at {home} is confirmed."
    held = live_assignment(unit, unit.today, account.id, post.id)
    assert held is not None
    assert isinstance(result, str)
    return Outcome(result, held.shown(), (said,) if result == CREATED else ())


def assign_roles(
    unit: Unit, wishes: Sequence[Wish], *, verified: bool, confirm: bool = False, again: bool = True
) -> list[str | Refused]:
    """Give people roles, each with its letter; where `confirm` is set, confirmed on their behalf and without
    one. Says of each wish what came of it: a result, or (unless `again` is set) the refusal of a role that
    was declined, or has ended since.

    Assigned already: `unchanged`, or `updated` where something else is said of it or it is confirmed; no
    second letter.
    """
    keys = [(wish.account.id, wish.post.id) for wish in wishes]
    live = live_assignments(unit, unit.today, keys)
    over = {} if again else over_assignments(unit, unit.today, keys)
    new, restarts, pending = list[Wish](), list[tuple[Wish, AssignmentTable]](), list[int]()
    outcomes: list[str | Refused] = []
    for wish, key in zip(wishes, keys, strict=True):
        held, before = live.get(key), over.get(key)
        if held is not None:
            starts_anew = not ASSIGNMENT.has(held, wish.values)
            is_pending = confirm and held.confirmed_on is None
            if starts_anew:
                restarts.append((wish, held))
            if is_pending:
                pending.append(held.id)
            outcomes.append(UPDATED if starts_anew or is_pending else UNCHANGED)
        elif before is not None and _is_taken_back(wish, before):
            outcomes.append(taken_back(wish.post, before.ended_on))
        else:
            new.append(wish)
            outcomes.append(CREATED)
    _add(unit, new, verified=verified, confirm=confirm)
    confirm_assignments(unit, assignments_by_id(unit, pending), by="behalf")
    _restart(unit, restarts)
    if confirm:
        kept = (w for w, outcome in zip(wishes, outcomes, strict=True) if isinstance(outcome, str))
        activate(unit, [wish.account for wish in kept], "role")
    return outcomes


def _add(unit: Unit, wishes: Sequence[Wish], *, verified: bool, confirm: bool) -> None:
    if not wishes:
        return
    today, change_id = unit.today, unit.change_id
    known = [wish.known(today) for wish in wishes]
    unit.insert(
        [
            AssignmentTable(
                account_id=wish.account.id,
                role_id=wish.post.id,
                from_on=today,
                assigned_on=today,
                verified=verified,
                confirmed_on=today if confirm else None,
                change_id=change_id,
                **values,
            )
            for wish, values in zip(wishes, known, strict=True)
        ]
    )
    after: dict[str, object] = {"status": "pending", "verified": verified}
    if confirm:
        after |= {"status": "confirmed", "by": "behalf"}
    things = [
        (
            account.id,
            account.portal_id,
            assignment_key(account.portal_id, post.home, post.role),
            *[values[column] for column in SAID],
        )
        for (account, post, _), values in zip(wishes, known, strict=True)
    ]
    unit.audit_all([alike("assign", "assignment", things, SAID, after)])
    if not confirm:
        send_tokens(unit, "confirm-role", [question(account, post) for account, post, _ in wishes])


def _is_taken_back(wish: Wish, before: Over) -> bool:
    """Whether the role was declined, or ended on or after the start that is wished for."""
    return before.ended_on is None or wish.start_on is None or wish.start_on <= before.ended_on


def taken_back(post: Post, ended_on: date | None = None) -> Refused:
    """The refusal of a role that was ended on a day since, or that the person declined."""
    role = f"{post.role} at {post.home}"
    if ended_on is None:
        return Refused(f"The person declined {role}.", "To ask again: --again", code="declined")
    return Refused(
        f"{role} was ended on {ended_on}.",
        "Give a later start_on, or assign it again: --again",
        code="ended",
    )


def identity_not_given(hint: str) -> UsageError:
    """The refusal of a person of whom too little is given to be sure."""
    said = "Neither the person's birthdate nor the last name is given."
    return UsageError(said, hint, code="identity-not-given")


def check_candidate(person: Account, given: Given, *, unverified: bool) -> None:
    """Raise unless the person may be assigned a role on what is given about them: UsageError where that
    is too little, IdentityMismatch where it is not theirs, Refused where the account is deactivated.
    """
    if not given.enough and not unverified:
        raise identity_not_given(
            "Give --birthdate or --last-name (in a file: birthdate or last_name), so that it is nobody else;"
            " if you have checked already, add --unverified."
        )
    if not matches(person, given):
        raise IdentityMismatch
    if person.status == "deactivated":
        raise deactivated(person.portal_id)


def cancel_assignment(unit: Unit, named: str, home: str, role: str, reason: str | None = None) -> Outcome:
    """Take back a pending assignment. Cancelled already: `unchanged`."""
    held = held_by_name(unit, named, home, role, or_last=("cancelled",))
    if held.status == "cancelled":
        return Outcome(UNCHANGED, held.shown())
    if held.status != "pending":
        raise already_confirmed(held)
    unit.update(AssignmentTable, {held.id: {"cancelled_on": unit.today, "end_reason": reason}})
    withdraw_tokens(unit, [(held.account_id, held.role_id)])
    return note_change(unit, "cancel", held, reason)


def end_assignment(
    unit: Unit, named: str, home: str, role: str, on: date | None = None, reason: str | None = None
) -> Outcome:
    """End a confirmed assignment from `on` (today) on: on that day it no longer counts. One that still waits
    to be confirmed is cancelled, today.

    Raises InTheFuture for a later day, Refused for one before the confirmation, or where it ended on another.
    """
    from carepass_cli.services.ending import take_back  # with the rules of the cart, which few writes need

    if on and on > unit.today:
        raise InTheFuture(
            f"{on} lies in the future.", "End the role when its day has come; nothing is dated after today."
        )
    held = held_by_name(unit, named, home, role, or_last=("ended", "cancelled"))
    if held.status == "ended" and on not in (None, held.ended_on):
        raise Refused(
            f"{role} at {home} ended on {held.ended_on}.",
            f"To take that back: carepass audit list --account {held.portal_id}, then carepass audit undo"
            " CHANGE",
            code="already-ended",
        )
    on = on or unit.today
    if held.status in ("ended", "cancelled"):
        return Outcome(UNCHANGED, held.shown())
    if held.status == "pending":
        if on != unit.today:
            raise Refused(
                f"{role} at {home} is not confirmed by {held.portal_id}.",
                "Leave --on out: it is taken back today.",
                code="role-not-confirmed",
            )
        return cancel_assignment(unit, named, home, role, reason)
    if held.confirmed_on and on < held.confirmed_on:
        raise Refused(
            f"The role was confirmed on {held.confirmed_on}; it cannot end before that.",
            "Give a later --on.",
            code="before-confirmation",
        )
    ended = {"ended_on": on, "end_reason": reason}
    unit.update(AssignmentTable, dict.fromkeys(confirmed_versions(unit, held), ended))
    take_back(unit, held.account_id, held.role_id)
    return note_change(unit, "end", held, reason)


def _restart(unit: Unit, wishes: Sequence[tuple[Wish, AssignmentTable]]) -> None:
    """Say something else of assignments, in a new version from today on."""
    entries, changes = [], {}
    for (account, post, values), held in wishes:
        said = {column: value for column, value in values.items() if value != getattr(held, column)}
        after = {column: value for column, value in said.items() if column != "start_on" or value}
        before = {column: getattr(held, column) for column in after}
        key = assignment_key(account.portal_id, post.home, post.role)
        entries.append(Entry("restart", "assignment", key, account.id, before, after))
        changes[held.id] = {**after, "change_id": unit.change_id}
    unit.renew(AssignmentTable, changes)
    unit.audit_all(entries)
