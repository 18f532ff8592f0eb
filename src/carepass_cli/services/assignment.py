"""Assigning roles to people, and what they answer."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from carepass_cli.errors import IdentityMismatch, InTheFuture, NotFound, Refused, TokenRefused, UsageError
from carepass_cli.rules.identity import Given, matches
from carepass_cli.rules.span import parse_span
from carepass_cli.services.account import activate, deactivated
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.token import Question, check_token, send_tokens, withdraw_tokens
from carepass_cli.store.audit import Entry, alike
from carepass_cli.store.queries.accounts import account_by_id, account_ids, birthdate_of, get_account
from carepass_cli.store.queries.assignments import Assignment, list_assignments, live_assignment
from carepass_cli.store.queries.homes import check_named, get_role, home_by_id
from carepass_cli.store.queries.many import Live, Over, live_assignments, over_assignments
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import Assignment as AssignmentTable
from carepass_cli.store.unit import Unit


class Post(NamedTuple):
    """A role at a home, and what the letter to those who get it today says. Its token is good through
    `expires_on`."""

    id: int
    home_id: int
    home: str
    role: str
    params: Mapping[str, object]
    expires_on: date


class Wish(NamedTuple):
    """Who is to hold which role; from which day (None: today, or what it is already)."""

    account: Account
    post: Post
    start_on: date | None = None


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
    """Assign a role at a home to a person and queue the *Confirm staff details* mail, as `assign_roles` does.

    Raises IdentityMismatch where what is given is not the person's, UsageError where too little is.
    """
    post = get_post(unit, home, role)
    account = get_account(unit, unit.today, named)
    check_candidate(account._replace(birthdate=birthdate_of(unit, account.id)), given, unverified=unverified)
    wish = Wish(account, post, start)
    (result,) = assign_roles(unit, [wish], verified=not unverified)
    said = f"The mail to {account.email} is in the outbox; its token is good through {post.expires_on}."
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

    Assigned already: `unchanged`, or `updated` where it has another start or is confirmed; no second letter.
    """
    keys = [(wish.account.id, wish.post.id) for wish in wishes]
    live = live_assignments(unit, unit.today, keys)
    over = {} if again else over_assignments(unit, unit.today, keys)
    new, restarts, pending = list[Wish](), list[tuple[Wish, Live]](), list[int]()
    outcomes: list[str | Refused] = []
    for wish, key in zip(wishes, keys, strict=True):
        held, before = live.get(key), over.get(key)
        if held is not None:
            starts_anew = wish.start_on not in (None, held.start_on)
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
    _confirm(unit, _by_id(unit, pending), by="behalf")
    _restart(unit, restarts)
    if confirm:
        kept = (w for w, outcome in zip(wishes, outcomes, strict=True) if isinstance(outcome, str))
        activate(unit, [wish.account for wish in kept], "role")
    return outcomes


def _add(unit: Unit, wishes: Sequence[Wish], *, verified: bool, confirm: bool) -> None:
    if not wishes:
        return
    today, change_id = unit.today, unit.change_id
    unit.insert(
        [
            AssignmentTable(
                account_id=account.id,
                role_id=post.id,
                from_on=today,
                start_on=start_on or today,
                assigned_on=today,
                verified=verified,
                confirmed_on=today if confirm else None,
                change_id=change_id,
            )
            for account, post, start_on in wishes
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
            start or today,
        )
        for account, post, start in wishes
    ]
    unit.audit_all([alike("assign", "assignment", things, ("start_on",), after)])
    if not confirm:
        send_tokens(unit, "confirm-role", [_question(account, post) for account, post, _ in wishes])


def _question(account: Account, post: Post) -> Question:
    return Question(account, post.params, post.id, post.home_id, post.expires_on)


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


def get_post(unit: Unit, home: str, role: str) -> Post:
    """The role with this code at a home; raises NotFound."""
    found = get_role(unit, unit.today, home, role)
    place = home_by_id(unit, unit.today, found.home_id)
    expires_on = parse_span(place.confirm_within).after(unit.today)
    params = {"home_name": place.name, "role_name": found.name, "expires_on": expires_on.isoformat()}
    return Post(found.id, found.home_id, found.home, found.role, params, expires_on)


def check_candidate(person: Account, given: Given, *, unverified: bool) -> None:
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
    return _confirm_one(unit, held, token)


def confirm_role_on_behalf(unit: Unit, named: str, home: str, role: str) -> Outcome:
    """Confirm a pending role for the person; the audit log says so. Confirmed already: `unchanged`."""
    held = _held_by_name(unit, named, home, role)
    if held.status == "confirmed":
        return Outcome(UNCHANGED, held.shown())
    return _confirm_one(unit, held, None)


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
        held = _held_by_name(unit, named[0], homes[0], roles[0])
        if held.status != "pending":
            raise _already_confirmed(held)
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
    asked = [
        (held, account_by_id(unit, unit.today, held.account_id), posts[held.role_id]) for held in pending
    ]
    withdraw_tokens(unit, [(held.account_id, held.role_id) for held in pending])
    send_tokens(unit, "confirm-role", [_question(account, post) for _, account, post in asked])
    unit.audit_all([_entry("resend", held, after={"expires_on": post.expires_on}) for held, _, post in asked])
    said = "A new mail to {} is in the outbox; its token is good through {}."
    return [
        Outcome(UPDATED, held.shown(), (said.format(account.email, post.expires_on),))
        for held, account, post in asked
    ]


def cancel_assignment(unit: Unit, named: str, home: str, role: str, reason: str | None = None) -> Outcome:
    """Take back a pending assignment. Cancelled already: `unchanged`."""
    held = _held_by_name(unit, named, home, role, or_last="cancelled")
    if held.status == "cancelled":
        return Outcome(UNCHANGED, held.shown())
    if held.status != "pending":
        raise _already_confirmed(held)
    unit.update(AssignmentTable, {held.id: {"cancelled_on": unit.today, "end_reason": reason}})
    withdraw_tokens(unit, [(held.account_id, held.role_id)])
    return _changed(unit, "cancel", held, reason)


def end_assignment(
    unit: Unit, named: str, home: str, role: str, on: date | None = None, reason: str | None = None
) -> Outcome:
    """End a confirmed assignment from `on` (today) on: on that day it no longer counts.

    Raises InTheFuture for a later day, Refused for one before the confirmation.
    """
    from carepass_cli.services.ending import take_back  # with the rules of the cart, which few writes need

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
    ended = {"ended_on": on, "end_reason": reason}
    unit.update(AssignmentTable, dict.fromkeys(_versions(unit, held), ended))
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


def _restart(unit: Unit, wishes: Sequence[tuple[Wish, Live]]) -> None:
    """Give assignments another start, as a new version from today on."""
    starts = {held.id: {"start_on": wish.start_on, "change_id": unit.change_id} for wish, held in wishes}
    unit.renew(AssignmentTable, starts)
    entries = []
    for (account, post, start_on), held in wishes:
        key = assignment_key(account.portal_id, post.home, post.role)
        before, after = {"start_on": held.start_on}, {"start_on": start_on}
        entries.append(Entry("restart", "assignment", key, account.id, before, after))
    unit.audit_all(entries)


def _confirm_one(unit: Unit, held: Assignment, token: str | None) -> Outcome:
    account = account_by_id(unit, unit.today, held.account_id)
    if account.status == "deactivated":
        raise deactivated(account.portal_id)
    _confirm(unit, [held], by="token" if token else "behalf", used=token)
    activate(unit, [account], "role")
    (now,) = _by_id(unit, [held.id])
    return Outcome(UPDATED, now.shown(), (f"{now.role} at {now.home} is confirmed.",))


def _confirm(unit: Unit, pending: Sequence[Assignment], *, by: str, used: str | None = None) -> None:
    unit.update(AssignmentTable, {held.id: {"confirmed_on": unit.today} for held in pending})
    withdraw_tokens(unit, [(held.account_id, held.role_id) for held in pending], used=used)
    after = {"status": "confirmed", "by": by}
    unit.audit_all([_entry("confirm", held, before={"status": held.status}, after=after) for held in pending])


def _decline(unit: Unit, held: Assignment, token: str | None, reason: str | None) -> Outcome:
    unit.update(AssignmentTable, {held.id: {"declined_on": unit.today, "end_reason": reason}})
    withdraw_tokens(unit, [(held.account_id, held.role_id)], used=token)
    return _changed(unit, "decline", held, reason)


def _changed(unit: Unit, action: str, held: Assignment, reason: str | None) -> Outcome:
    (now,) = _by_id(unit, [held.id])
    after = {"status": now.status, "ended_on": now.ended_on, "reason": reason}
    unit.audit_all([_entry(action, now, before={"status": held.status}, after=after)])
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


def _by_id(unit: Unit, keys: Sequence[int]) -> list[Assignment]:
    """The assignments with these keys, as they are now."""
    people, some = {row.account_id for row in unit.find(AssignmentTable, keys)}, set(keys)
    found = list_assignments(unit, unit.today, account_id=people) if people else ()
    return [each for each in found if each.id in some]


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
