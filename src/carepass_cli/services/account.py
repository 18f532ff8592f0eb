"""Accounts: made, edited, confirmed, deactivated."""

from collections.abc import Collection
from datetime import date
from typing import Any

from carepass_cli.errors import InTheFuture, Refused, TokenRefused
from carepass_cli.rules.address import email_key
from carepass_cli.rules.fields import folded
from carepass_cli.services.ending import take_back
from carepass_cli.services.outbox import queue_message
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.token import check_token, issue_token, message_key, withdraw_tokens
from carepass_cli.store.queries.accounts import (
    NUMBER,
    Account,
    account_by_id,
    birthdate_of,
    find_account,
    get_account,
)
from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.queries.many import namesakes, taken_emails, taken_numbers, taken_portal_ids
from carepass_cli.store.rows.log import Counter
from carepass_cli.store.rows.people import Account as AccountTable
from carepass_cli.store.rows.people import AccountIdentity, AccountVersion, Assignment
from carepass_cli.store.unit import Unit

FIRST_PORTAL_ID = 1000


def create_account(
    unit: Unit,
    *,
    first_name: str,
    last_name: str,
    birthdate: date,
    email: str,
    portal_id: str | None = None,
    language: str = "en",
    student_number: str | None = None,
    employee_number: str | None = None,
    allow_duplicate: bool = False,
) -> Outcome:
    """Create an account and queue its confirmation mail. The same account again is `unchanged`.

    Raises Refused where the e-mail, the portal ID or the employee number belongs to somebody else, and
    (unless `allow_duplicate`) where somebody has the same folded names and birthdate.
    """
    check_birthdate(unit, birthdate)
    known = find_account(unit, unit.today, email)
    if known and _is_same(unit, known, first_name, last_name, birthdate, portal_id):
        return Outcome(UNCHANGED, known.shown())
    _refuse_taken(unit, email, portal_id)
    if employee_number and taken_numbers(unit, [employee_number]):
        raise number_in_use(employee_number)
    same = (str(name_columns(first_name, last_name)["folded"]), birthdate.isoformat())
    if not allow_duplicate and (other := namesakes(unit, [same[0]]).get(same)):
        raise possible_duplicate(f"account {other}")
    portal_id = portal_id or next_portal_ids(unit, 1)[0]
    row = unit.add(AccountTable(portal_id=portal_id, created_on=unit.today, change_id=unit.change_id))
    assert row.id is not None
    unit.add(
        AccountVersion(
            account_id=row.id,
            from_on=unit.today,
            language=language,
            student_number=student_number,
            employee_number=employee_number,
            **name_columns(first_name, last_name),
            **mail_columns(email),
        )
    )
    unit.add(AccountIdentity(account_id=row.id, birthdate=birthdate))
    account = get_account(unit, unit.today, portal_id)
    _audit(unit, "create", account, None, account.shown())
    token = issue_token(unit, row.id, None, None)
    queue_message(
        unit,
        "confirm-account",
        account,
        {"portal_id": portal_id, "token": token},
        once_key=message_key(token),
    )
    return Outcome(CREATED, account.shown(), (f"The confirmation mail to {email} is in the outbox.",))


def check_birthdate(unit: Unit, birthdate: date) -> None:
    """Raise InTheFuture for a birthdate after today."""
    if birthdate > unit.today:
        raise InTheFuture(
            "The birthdate lies in the future.", "Check the year; birthdates are written 1990-05-17."
        )


def next_portal_ids(unit: Unit, count: int, but: Collection[str] = ()) -> list[str]:
    """The next free portal IDs: from 1000 up, five digits when four have run out. Never given twice, and
    none of `but`."""
    if not count:
        return []
    sql = "SELECT id, name, value FROM counter WHERE name = 'portal_id'"
    counter = next(unit.select(Counter, sql), None) or unit.add(Counter("portal_id", FIRST_PORTAL_ID))
    free: list[str] = []
    following = counter.value
    while len(free) < count:
        next_ones = range(following, following + count - len(free))
        taken = taken_portal_ids(unit, list(map(str, next_ones))).union(but)
        free += [number for number in map(str, next_ones) if number not in taken]
        following = next_ones.stop
    unit.update(Counter, {counter.id: {"value": following}})
    return free


def edit_account(unit: Unit, /, named: str, *, birthdate: date | None = None, **changes: Any) -> Outcome:
    """Change a person's particulars from today on; None leaves one as it is."""
    account = get_account(unit, unit.today, named)
    given = {name: value for name, value in changes.items() if value is not None}
    if "email" in given:
        other = find_account(unit, unit.today, given["email"])
        if other and other.id != account.id:
            raise email_in_use(given["email"])
        given |= mail_columns(given["email"])
    number = given.get("employee_number")
    holder = find_account(unit, unit.today, f"{NUMBER}{number}") if number else None
    if number and holder is not None and holder.id != account.id:
        raise number_in_use(number)
    names = {"first_name": account.first_name, "last_name": account.last_name} | given
    given["folded"] = name_columns(names["first_name"], names["last_name"])["folded"]
    revised = unit.revise_entity(AccountVersion, "account_id", account.id, given)
    corrected = birthdate is not None and birthdate.isoformat() != birthdate_of(unit, account.id)
    if corrected:
        assert birthdate is not None
        check_birthdate(unit, birthdate)
        unit.update(AccountIdentity, {account.id: {"birthdate": birthdate}})
    if not revised and not corrected:
        return Outcome(UNCHANGED, account.shown())
    before, after = revised or ({}, {})
    # The audit log says that a birthdate was corrected, never what it is.
    note = {"birthdate": "corrected"} if corrected else {}
    _audit(unit, "edit", account, _public(before), _public(after) | note)
    return Outcome(UPDATED, get_account(unit, unit.today, account.portal_id).shown())


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
        account = get_account(unit, unit.today, named or "")
    if account.status == "deactivated":
        raise deactivated(account.portal_id)
    changed = activate(unit, account, "token" if token else "behalf", token)
    return Outcome(UPDATED if changed else UNCHANGED, account_by_id(unit, unit.today, account.id).shown())


def activate(unit: Unit, account: Account, by: str, token: str | None = None) -> bool:
    """Make a created account active and end its token; False where it was active already.

    `by` says for the audit log how: `token`, `behalf` or `role`.
    """
    if account.status != "created":
        return False
    unit.revise_entity(AccountVersion, "account_id", account.id, {"status": "active"})
    withdraw_tokens(unit, account.id, None, used=token)
    _audit(unit, "confirm", account, {"status": "created"}, {"status": "active", "by": by})
    return True


def deactivate_account(unit: Unit, named: str, reason: str) -> Outcome:
    """Deactivate an account from today on: its confirmed roles end, its pending ones are cancelled."""
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
            withdraw_tokens(unit, account.id, held.role_id)
            said.append(f"Cancelled: {held.role} at {held.home}.")
    withdraw_tokens(unit, account.id, None)
    said += take_back(unit, account.id)
    unit.revise_entity(AccountVersion, "account_id", account.id, {"status": "deactivated", "reason": reason})
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


def reactivate_account(unit: Unit, named: str) -> Outcome:
    """Give a deactivated account the status back that it had, from today on. Its roles are assigned anew."""
    account = get_account(unit, unit.today, named)
    if account.status != "deactivated":
        return Outcome(UNCHANGED, account.shown())
    sql = """
        SELECT status FROM account_version WHERE account_id = :id AND status <> 'deactivated'
        ORDER BY id DESC LIMIT 1
    """
    ((before,),) = unit.rows(sql, id=account.id)
    unit.revise_entity(AccountVersion, "account_id", account.id, {"status": before, "reason": None})
    _audit(unit, "reactivate", account, {"status": "deactivated"}, {"status": before})
    return Outcome(UPDATED, account_by_id(unit, unit.today, account.id).shown())


def name_columns(first_name: str, last_name: str) -> dict[str, Any]:
    """A person's names as the store keeps them, with the text by which they are sorted and searched."""
    # Two spaces: Lee comes before Lee Ann, whatever their first names.
    key = f"{folded(last_name)}  {folded(first_name)}"
    return {"first_name": first_name, "last_name": last_name, "folded": key}


def mail_columns(email: str) -> dict[str, Any]:
    """An e-mail address as the store keeps it, with the text by which it is found."""
    return {"email": email, "email_key": email_key(email)}


def _audit(
    unit: Unit, action: str, account: Account, before: dict[str, Any] | None, after: dict[str, Any]
) -> None:
    unit.audit(action, "account", account.portal_id, account_id=account.id, before=before, after=after)


def _public(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ("folded", "email_key")}


def _is_same(
    unit: Unit, known: Account, first_name: str, last_name: str, birthdate: date, portal_id: str | None
) -> bool:
    return (
        (known.first_name, known.last_name) == (first_name, last_name)
        and portal_id in (None, known.portal_id)
        and birthdate_of(unit, known.id) == birthdate.isoformat()
    )


def _refuse_taken(unit: Unit, email: str, portal_id: str | None) -> None:
    # Not as of today: a number or address taken on a later day is taken.
    if taken_emails(unit, [email_key(email)]):
        raise email_in_use(email)
    if portal_id and taken_portal_ids(unit, [portal_id]):
        raise portal_id_in_use(portal_id)


def email_in_use(email: str) -> Refused:
    """The refusal of an e-mail address that somebody else has."""
    return Refused(
        f"{email} belongs to another account.",
        f"Look it up: carepass account show {email}",
        code="email-in-use",
    )


def number_in_use(number: str) -> Refused:
    """The refusal of an employee number that somebody else has."""
    return Refused(
        f"Employee number {number} belongs to another account.",
        f"Look it up: carepass account show emp:{number}",
        code="employee-number-in-use",
    )


def possible_duplicate(who: str) -> Refused:
    """The refusal of a new account for somebody who may be `who`, by name and birthdate."""
    return Refused(
        f"The name and the birthdate are those of {who}.",
        "If it is one person, name the account; if it is somebody else: --allow-duplicate (of a file:"
        " --allow-duplicates).",
        code="possible-duplicate",
    )


def portal_id_in_use(portal_id: str) -> Refused:
    """The refusal of a portal ID that somebody else was given."""
    return Refused(
        f"Portal ID {portal_id} belongs to another account.",
        "Leave the portal ID out to be given the next free one.",
        code="portal-id-in-use",
    )
