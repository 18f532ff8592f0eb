"""Two accounts of one person become one: what the other had is the kept one's from today on.

Earlier days and the audit log keep what was (`store.owners`).
"""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from carepass_cli.errors import Refused
from carepass_cli.rules.nouns import ACCOUNT
from carepass_cli.services.account import deactivated
from carepass_cli.services.credential import list_signed, note_revocations
from carepass_cli.services.ending import take_back_line
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.services.token import withdraw_tokens
from carepass_cli.store.owners import MOVED
from carepass_cli.store.queries.accounts import account_by_id, birthdate_of, get_account, merged
from carepass_cli.store.queries.courses import first_equal
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.merging import (
    cart_of,
    files_attached,
    live_roles,
    same_after_merge,
    waiting_letters,
)
from carepass_cli.store.queries.traces import keys_of_person
from carepass_cli.store.rows.evidence import Evidence
from carepass_cli.store.rows.letters import Message
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.nouns.line import Line
from carepass_cli.store.rows.people import AccountVersion, Assignment, MergedRow
from carepass_cli.store.rows.tables import row_class
from carepass_cli.store.rows.training import CartLine, Completion
from carepass_cli.store.unit import Unit

# What a merge says it moved, by table, in the order of the output.
COUNTED = {
    "completion": "records",
    "assignment": "roles",
    "cart_line": "cart",
    "submission": "submissions",
    "registration": "registrations",
    "waiver": "waivers",
    "leave": "leaves",
}


def merge_accounts(unit: Unit, kept_named: str, other_named: str, reason: str) -> Outcome:
    """Give what `other_named` has to `kept_named` from today on, and deactivate the former.

    A role that both hold is held once, a course in both carts is in it once, and two records of one course
    and day are one. Merged already: `unchanged`. Raises Refused: `same-account`, `account-merged`,
    `account-deactivated`.
    """
    kept, other = (get_account(unit, unit.today, named) for named in (kept_named, other_named))
    if kept.id == other.id:
        raise Refused(
            f"Both are account {kept.portal_id}.",
            "Name the account to keep, then the other one.",
            code="same-account",
        )
    if other.merged_into == kept.portal_id:
        return _outcome(unit, UNCHANGED, kept, other, {})
    for account in (kept, other):
        if account.merged_into:
            raise merged(account)
    if kept.status == "deactivated":
        raise deactivated(kept.portal_id)
    withdraw_tokens(unit, [(other.id, None)])
    _hold_roles_once(unit, kept, other)
    _have_courses_once_in_cart(unit, kept, other)
    moved = _move(unit, kept, other)
    doubles = _void_doubles(unit, other)
    said = [
        f"Record {double.void} is void: it is of the course and the day of record {double.kept}."
        for double in doubles
    ]
    said += _study_once(unit, kept)
    _redirect_letters(unit, kept, other)
    _take_particulars(unit, kept, other, reason)
    into = {"merged_into": kept.portal_id, "reason": reason}
    unit.audit("merge", "account", other.portal_id, account_id=other.id, after=into)
    what = {"merged": other.portal_id, **moved, "reason": reason, "said": said}
    unit.audit("merge", "account", kept.portal_id, account_id=kept.id, after=what)
    note_revocations(unit)
    if birthdate_of(unit, kept.id) != birthdate_of(unit, other.id):
        said.append("The two accounts have different birthdates; the kept one's stays.")
    return _outcome(unit, UPDATED, kept, other, moved, said)


def _outcome(
    unit: Unit,
    result: str,
    kept: Account,
    other: Account,
    moved: dict[str, int],
    said: Sequence[str] = (),
) -> Outcome:
    """The kept account under its keys, the other one's portal ID, and how many of each sort were moved."""
    now = account_by_id(unit, unit.today, kept.id)
    counts = {name: moved.get(name, 0) for name in COUNTED.values()}
    return Outcome(result, {**now.shown(), "merged": other.portal_id, **counts}, tuple(said))


def what_moves(outcome: Outcome) -> str:
    """What a merge moved, or would, in a sentence."""
    counts = {name: outcome.item[name] for name in COUNTED.values() if outcome.item[name]}
    moved = ", ".join(f"{name} {count}" for name, count in counts.items()) or "nothing"
    return " ".join((f"Moved: {moved}.", *outcome.said))


def _hold_roles_once(unit: Unit, kept: Account, other: Account) -> None:
    """Of two live assignments to one role the confirmed one counts, else the one that began earlier; what is
    seen of the other one ends today."""
    mine = {row.role_id: row for row in live_roles(unit, kept.id)}
    for theirs in live_roles(unit, other.id):
        if (own := mine.get(theirs.role_id)) is None:
            continue
        goes = max(theirs, own, key=lambda row: (row.confirmed_on is None, row.start_on))
        if goes.confirmed_on is None:
            withdraw_tokens(unit, [(goes.account_id, goes.role_id)])
        unit.update(Assignment, {goes.id: {"until_on": unit.today}})


def _have_courses_once_in_cart(unit: Unit, kept: Account, other: Account) -> None:
    mine = {row.course_id for row in cart_of(unit, kept.id)}
    theirs = cart_of(unit, other.id)
    unit.update(CartLine, {row.id: {"closed_on": unit.today} for row in theirs if row.course_id in mine})


def _move(unit: Unit, kept: Account, other: Account) -> dict[str, int]:
    """Give all of the other account's rows to the kept one; returns how many of each sort."""
    moved = dict.fromkeys(COUNTED.values(), 0)
    for table in MOVED:
        kind = row_class(table)
        keys = keys_of_person(unit, table, "account_id = :id", other.id)
        unit.insert([MergedRow(table, number, other.id, unit.today) for number in keys])
        unit.update(kind, {number: {"account_id": kept.id} for number in keys})
        if table in COUNTED:
            moved[COUNTED[table]] = len(keys)
    return moved


class Double(NamedTuple):
    """Two records of one course and day: the one that stays, and the one that is void from today on."""

    kept: int
    void: int


def _void_doubles(unit: Unit, other: Account) -> list[Double]:
    """Make two records of one course and day one: the one that lasts longer stays, else the one that was
    signed, else the kept account's; with the files of both."""
    doubles = []
    for keys in same_after_merge(unit, other.id):
        theirs, own = (unit.find(Completion, [key])[0] for key in keys)
        signed = {key for key in keys if list_signed(unit, key, key)}
        goes, stays = sorted((theirs, own), key=lambda row: (row.expires_on or date.max, row.id in signed))
        doubles.append(Double(stays.id, goes.id))
        reason = f"the same as record {stays.id}"
        unit.update(Completion, {goes.id: {"voided_on": unit.today, "void_reason": reason}})
        _copy_files(unit, goes.id, stays.id)
    return doubles


def _copy_files(unit: Unit, record: int, to: int) -> None:
    there = {(file.file_id, file.name) for file in files_attached(unit, to)}
    unit.insert(
        [
            Evidence(to, file.file_id, file.name, unit.today, unit.change_id)
            for file in files_attached(unit, record)
            if (file.file_id, file.name) not in there
        ]
    )


def _study_once(unit: Unit, kept: Account) -> list[str]:
    """Of several lines of one course (equated ones are one, as for `cart submit`) that are under way the
    furthest goes on; of the others those without access are taken back. The number of an attempt stays what
    it was when it was approved; the next one counts them all."""

    def of_course(line: Line) -> int:
        return first_equal(unit, unit.today, line.course_id)

    lines = [line for line in list_lines(unit, unit.today, account_id=kept.id) if _stage(line)]
    said = []
    for _, alike in groupby(sorted(lines, key=of_course), of_course):
        _, *others = sorted(alike, key=_stage, reverse=True)
        found = [take_back_line(unit, line, "already-registered") for line in others]
        said += [told for told in found if told]
    return said


def _stage(line: Line) -> int:
    """How far a line that is under way has come; 0 for one that is not."""
    stages = ("", "submitted", "approved", "in-progress")
    now = line.status or line.decision
    return stages.index(now) if now in stages else 0


def _take_particulars(unit: Unit, kept: Account, other: Account, reason: str) -> None:
    """Deactivate the other account; what the kept one is without, and the other has, is the kept one's."""
    absent = [each for each in ACCOUNT.written if each.may_be_absent and each.public(kept) is None]
    taken = {each.column: each.public(other) for each in absent}
    ended = {"status": "deactivated", "reason": reason, "merged_into": kept.portal_id}
    # What is one person's only is let go before it is taken.
    freed = {each.column: None for each in absent if each.sought}
    unit.revise(AccountVersion, {other.id: {**ended, **freed}})
    unit.revise(AccountVersion, {kept.id: taken})


def _redirect_letters(unit: Unit, kept: Account, other: Account) -> None:
    """What waits for the other one goes to the kept one's address (`services.notify`)."""
    waiting = waiting_letters(unit, other.id)
    unit.update(Message, {row.id: {"account_id": kept.id} for row in waiting})
