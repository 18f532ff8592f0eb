"""Erasing a person for good: what was trained stays, without a name; that it was written stays in the log."""

import json
from collections.abc import Sequence
from datetime import timedelta

from carepass_cli.errors import Refused
from carepass_cli.rules.chain import actor_mark
from carepass_cli.rules.span import Span, parse_span
from carepass_cli.services.evidence import drop_unused
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.accounts import get_account, merged, merged_accounts
from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.queries.traces import (
    digests_about,
    entries_about,
    entries_verified_by,
    full_names,
    keys_named,
    keys_of_person,
    keys_saying,
    last_active_on,
)
from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.log import Change
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import AccountVersion
from carepass_cli.store.rows.tables import BLANKED, GOING, row_class
from carepass_cli.store.rows.training import Completion, Decision
from carepass_cli.store.unit import Unit

ERASED = "erased"
# Rows that are named one by one where a name still stands.
NAMED = 5
RETENTION = "7y"


def erase_account(unit: Unit, named: str, retention: str = RETENTION) -> Outcome:
    """Erase a person's particulars, birthdate, tokens, messages and log payloads, for good; and those of the
    accounts that were merged into this one, which are the same person.

    Completions and assignments stay, without a name. Raises Refused: `retention` before the day after
    `retention`, counted from the last day on which anything was done; `account-merged` for an account that is
    part of another one.
    """
    account = get_account(unit, unit.today, named)
    if account.email == ERASED:
        return Outcome(UNCHANGED, account.shown())
    if account.merged_into:
        raise merged(account)
    parts = merged_accounts(unit, unit.today, account)
    person = (account, *parts)
    _refuse_early(unit, person, parse_span(retention, "The retention"))
    remains = unit.port.overwrite_deleted()
    names = sorted({name for each in person for name in full_names(unit, each.id)})
    if account.status != "deactivated":
        unit.revise(AccountVersion, {account.id: {"status": "deactivated"}})
    entries = {each.id: entries_about(unit, each.id) for each in person}
    for each in person:
        _blank(unit, each)
    drop_unused(unit)
    entries[account.id] = sorted({*entries[account.id], *_forget_name(unit, names)})
    for each in person:
        blank_entries(unit, each.portal_id, each.id, entries[each.id])
    said = (
        *(
            f"Account {each.portal_id}, which was merged into {each.merged_into}, is erased with it."
            for each in parts
        ),
        *remains,
        "Backups made until now still hold this person: delete them when their time comes.",
        *_still_there(unit, names),
    )
    return Outcome(UPDATED, get_account(unit, unit.today, account.portal_id).shown(), said)


def _forget_name(unit: Unit, names: list[str]) -> list[int]:
    """Take the person's name from what they verified and decided for others, and from what they wrote as
    actor; the entries of the log that say so."""
    for kind, column in ((Completion, "verified_by"), (Decision, "decided_by")):
        keys = keys_named(unit, kind, column, names)
        unit.forget_before(kind, keys)
        for key in keys:
            unit.put_back(kind, key, {column: ERASED})
    changes = unit.find(Change, keys_named(unit, Change, "actor", names))
    marks = [(actor_mark(each.id, each.actor), each.id) for each in changes]
    unit.port.change_each("UPDATE change SET actor = ? WHERE id = ?", marks)
    return entries_verified_by(unit, names)


def _still_there(unit: Unit, names: list[str]) -> list[str]:
    """Where a full name still stands in what others wrote, a line for each table and column."""
    lines = []
    for table, column, keys in keys_saying(unit, names):
        more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
        named = ", ".join(map(str, keys[:NAMED]))
        lines.append(f"The name still stands in {table} {named}{more} ({column}).")
    return lines


def _refuse_early(unit: Unit, person: Sequence[Account], retention: Span) -> None:
    """Hold an erasure to the retention; `person` is the account, and then those merged into it."""
    account = person[0]
    for held in list_assignments(unit, unit.today, account_id=account.id):
        if held.status in ("pending", "confirmed"):
            raise Refused(
                f"Account {account.portal_id} still holds {held.role} at {held.home}.",
                f"End or cancel the role first; the account may be erased {retention} later.",
                code="retention",
            )
    last = max(last_active_on(unit, each.id) for each in person)
    first_day = retention.after(last) + timedelta(days=1)
    # What cannot be taken back goes by the real day.
    if unit.work.clock.real_day < first_day:
        raise Refused(
            f"Account {account.portal_id} was last active on {last} and is kept for {retention}.",
            f"It may be erased from {first_day} on.",
            code="retention",
        )


def blank_entries(unit: Unit, portal_id: str, account_id: int, entries: list[int]) -> None:
    """Take out what the log's entries say of a person. The log itself says which of its payloads are gone: by
    that it verifies."""
    unit.port.change_each(
        "UPDATE audit_entry SET before = NULL, after = NULL WHERE id = ?", [(entry,) for entry in entries]
    )
    unit.audit("erase", "account", portal_id, account_id=account_id, after={"erased_entries": entries})


def _blank(unit: Unit, account: Account) -> None:
    _forget_in_digests(unit, account.portal_id)
    for table, whose, values in BLANKED:
        # An address is one person's only.
        own = {"email_key": f"{ERASED}-{account.portal_id}"} if "email_key" in values else {}
        for number in _forgotten(unit, table, whose, account.id):
            unit.put_back(row_class(table), number, {**values, **own})
    for table, whose in GOING:
        for number in _forgotten(unit, table, whose, account.id):
            unit.delete(row_class(table), number, number)


def _forgotten(unit: Unit, table: str, whose: str, account_id: int) -> list[int]:
    """The keys of a person's rows in a table; what they were before is forgotten."""
    keys = keys_of_person(unit, table, whose, account_id)
    unit.forget_before(row_class(table), keys)
    return keys


def _forget_in_digests(unit: Unit, portal_id: str) -> None:
    """Take the person's lines out of the managers' digests."""
    for message in unit.find(Message, digests_about(unit, portal_id)):
        digest = json.loads(message.params)
        digest["rows"] = [row for row in digest["rows"] if row.get("portal_id") != portal_id]
        unit.put_back(Message, message.id, {"params": json.dumps(digest, ensure_ascii=False)})
        unit.forget_before(Message, [message.id])
