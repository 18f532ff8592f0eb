"""Accounts: made, edited, confirmed, deactivated."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from carepass_cli.errors import Refused, TokenRefused
from carepass_cli.rules.noun import Values, in_use
from carepass_cli.rules.nouns import ACCOUNT, PERSON, AccountValues
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.people import SOUGHT, VERSIONED, People, check_birthdate, key_of_values, worked_out
from carepass_cli.services.token import Question, check_token, send_tokens, withdraw_tokens
from carepass_cli.store.audit import Entry
from carepass_cli.store.queries.accounts import account_by_id, get_account, get_person, merged, status_before
from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.queries.many import Member, holders, members_by
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import AccountIdentity, AccountVersion, Assignment
from carepass_cli.store.unit import Unit


def create_account(
    unit: Unit, /, *, allow_duplicate: bool = False, **values: Unpack[AccountValues]
) -> Outcome:
    """Create an account and queue its confirmation mail. The same account again is `unchanged`.

    Raises Refused where the e-mail, the portal ID or the employee number belongs to somebody else, and
    (unless `allow_duplicate`) where somebody has the same folded names and birthdate.
    """
    check_birthdate(unit, values["birthdate"])
    names = [(values["first_name"], values["last_name"])]
    people = People(unit, [key_of_values(values)], names, None if allow_duplicate else set())
    known = people.by("email", values["email"])
    if known is not None and ACCOUNT.has(known, values):
        return Outcome(UNCHANGED, known.shown())
    member = people.welcome(values, "created")
    (account,) = send_welcome(unit, people.add([member.id], "created"))
    said = f"The confirmation mail to {account.email} is in the outbox."
    return Outcome(CREATED, account.shown(), (said,))


def send_welcome(unit: Unit, added: Mapping[int, Member]) -> list[Member]:
    """Queue the confirmation mails of new people; returns them."""
    members = list(added.values())
    send_tokens(unit, "confirm-account", [Question(each, {"portal_id": each.portal_id}) for each in members])
    return members


def edit_account(unit: Unit, /, named: str, **values: Unpack[AccountValues]) -> Outcome:
    """Change a person's particulars from today on; None takes one away."""
    account = get_account(unit, unit.today, named)
    (member,) = members_by(unit, unit.today, SOUGHT["portal_id"], [account.portal_id]).values()
    return change_account(unit, member, values)


def change_account(unit: Unit, member: Member, values: Values) -> Outcome:
    """Give a person these particulars from today on. Raises Refused where one is somebody else's only."""
    if ACCOUNT.has(member, values):
        return Outcome(UNCHANGED, member.shown())
    for column in reversed(PERSON):
        field, value = SOUGHT[column], values.get(SOUGHT[column].column)
        if value and any(holder != member.id for holder in holders(unit, field, [value]).values()):
            raise in_use("account", field, value)
    given = {column: values[column] for column in VERSIONED if column in values}
    given |= worked_out(member._asdict() | given)
    before, after = unit.revise(AccountVersion, {member.id: given}).get(member.id) or ({}, {})
    before, after = ({k: v for k, v in each.items() if k in VERSIONED} for each in (before, after))
    if values.get("birthdate") not in (None, member.birthdate):
        check_birthdate(unit, values["birthdate"])
        unit.update(AccountIdentity, {member.id: {"birthdate": values["birthdate"]}})
        # The audit log says that a birthdate was corrected, never what it is.
        after["birthdate"] = "corrected"
    _audit(unit, "edit", member, before, after)
    return Outcome(UPDATED, account_by_id(unit, unit.today, member.id).shown())


def confirm_account(unit: Unit, token: str | None = None, named: str | None = None) -> Outcome:
    """Activate an account, by its token or (named) on the person's behalf."""
    if token is not None:
        account_id, role_id = check_token(unit, token)
        if role_id is not None:
            raise TokenRefused(
                "This token confirms a role, not an account.",
                f"Run: carepass role confirm {token}",
                code="wrong-token",
            )
        account = account_by_id(unit, unit.today, account_id)
    else:
        account = get_person(unit, unit.today, named or "")
    if account.status == "deactivated":
        raise deactivated(account.portal_id)
    changed = activate(unit, [account], "token" if token else "behalf", token)
    return Outcome(UPDATED if changed else UNCHANGED, account_by_id(unit, unit.today, account.id).shown())


def activate(unit: Unit, accounts: Sequence[Account], by: str, token: str | None = None) -> bool:
    """Make created accounts active and end their tokens; False where all were active already.

    `by` says for the audit log how: `token`, `behalf` or `role`.
    """
    created = {account.id: account for account in accounts if account.status == "created"}
    unit.revise(AccountVersion, {key: {"status": "active"} for key in created})
    withdraw_tokens(unit, [(key, None) for key in created], used=token)
    before, after = {"status": "created"}, {"status": "active", "by": by}
    unit.audit_all(
        [Entry("confirm", "account", each.portal_id, each.id, before, after) for each in created.values()]
    )
    return bool(created)


def deactivate_account(unit: Unit, named: str, reason: str) -> Outcome:
    """Deactivate an account from today on: its confirmed roles end, its pending ones are cancelled."""
    from carepass_cli.services.ending import take_back  # with the rules of the cart, which few writes need

    account = get_account(unit, unit.today, named)
    if account.status == "deactivated":
        return Outcome(UNCHANGED, account.shown())
    said = []
    for held in list_assignments(unit, unit.today, account_id=account.id):
        if held.status == "confirmed":
            unit.update(Assignment, {held.id: {"ended_on": unit.today, "end_reason": reason}})
            said.append(f"Ended: {held.role} at {held.home}.")
        elif held.status == "pending":
            unit.update(Assignment, {held.id: {"cancelled_on": unit.today, "end_reason": reason}})
            withdraw_tokens(unit, [(account.id, held.role_id)])
            said.append(f"Cancelled: {held.role} at {held.home}.")
    withdraw_tokens(unit, [(account.id, None)])
    said += take_back(unit, account.id)
    unit.revise(AccountVersion, {account.id: {"status": "deactivated", "reason": reason}})
    _audit(
        unit,
        "deactivate",
        account,
        {"status": account.status},
        {"status": "deactivated", "reason": reason, "roles": said},
    )
    return Outcome(UPDATED, account_by_id(unit, unit.today, account.id).shown(), tuple(said))


def deactivated(portal_id: str) -> Refused:
    """The refusal to do anything more with a deactivated account."""
    return Refused(
        f"Account {portal_id} is deactivated.",
        f"Reactivate it first: carepass account edit {portal_id} --reactivate",
        code="account-deactivated",
    )


def reactivate_account(unit: Unit, /, named: str, **values: Unpack[AccountValues]) -> Outcome:
    """Give a deactivated account the status back that it had, from today on, and change its particulars as
    `edit_account` does. Its roles are assigned anew."""
    account = get_account(unit, unit.today, named)
    if account.status != "deactivated":
        return edit_account(unit, named, **values)
    if account.merged_into:
        raise merged(account)
    before = status_before(unit, account.id)
    unit.revise(AccountVersion, {account.id: {"status": before, "reason": None}})
    _audit(unit, "reactivate", account, {"status": "deactivated"}, {"status": before})
    return edit_account(unit, account.portal_id, **values)._replace(result=UPDATED)


def _audit(
    unit: Unit, action: str, account: Account, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    unit.audit(action, "account", account.portal_id, account_id=account.id, before=before, after=after)
