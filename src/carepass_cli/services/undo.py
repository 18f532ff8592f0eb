"""Taking a change back: a whole batch or a single write, when nothing later depends on it.

The rows go back to what they were; the audit log keeps the change and its undoing.
"""

import json
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.errors import NotFound, Refused
from carepass_cli.rules.fields import parse_number
from carepass_cli.services.credential import refuse_signed
from carepass_cli.services.erasure import blank_entries, entries_about
from carepass_cli.services.evidence import drop_unused
from carepass_cli.services.outcome import UPDATED, Outcome
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.log import Change
from carepass_cli.store.rows.tables import REFERENCES, row_class
from carepass_cli.store.unit import Unit


class Step(NamedTuple):
    """Rows that a change inserted, or one row as it was before an update."""

    kind: str
    table: str
    first_key: int
    last_key: int
    before: dict[str, Any]


def undo_change(unit: Unit, named: str) -> list[Outcome]:
    """Take back the change `named` (its number in the audit log); returns what was taken back.

    Raises NotFound; Refused `already-undone`, `is-an-undo`, `already-signed`, or `depended-on`, naming what
    depends on it.
    """
    number = parse_number(named, "change", "Changes are numbers: carepass audit list")
    change = next(iter(unit.find(Change, [number])), None)
    if change is None or change.effective_on > unit.today:
        raise NotFound("change", named, hint="Look it up: carepass audit list")
    command = change.command
    if change.undoes is not None:
        raise Refused(
            f"Change {number} itself undid change {change.undoes}.",
            "Do once more what was undone.",
            code="is-an-undo",
        )
    undone = next(unit.rows("SELECT id FROM change WHERE undoes = :id", id=number), None)
    if undone is not None:
        raise Refused(
            f"Change {number} was undone by change {undone[0]}.",
            "There is nothing left to undo.",
            code="already-undone",
        )
    steps = _steps(unit, number)
    if not steps or command == "account erase":
        raise Refused(
            f"Change {number} ({command}) wrote nothing that can be taken back.",
            "Look at it: carepass audit list",
            code="nothing-to-undo",
        )
    for step in steps:
        # A merge moved what the other account's passports carry; back with it, they are right again.
        since = change.effective_on if step.before.keys() == {"account_id"} else date.min
        refuse_signed(unit, number, step.table, step.first_key, step.last_key, since)
    for step in steps:
        _refuse_sent(unit, number, step)
        _refuse_touched_later(unit, number, step)
        _refuse_used_role(unit, number, step)
        _refuse_key(number, step)
    told = [
        Outcome(
            UPDATED, {"change": number, "command": command, "undone": action, "subject": subject, "key": key}
        )
        for action, subject, key in unit.rows(
            "SELECT action, subject, key FROM audit_entry WHERE change_id = :id ORDER BY id", id=number
        )
    ]
    people = _people(unit, steps)
    said = unit.port.overwrite_deleted() if people else ()
    entries = {account: entries_about(unit, account) for account, _ in people}
    for step in steps:
        _take_back(unit, number, step)
    drop_unused(unit)
    # Of a person who was never here nothing stays, and nobody could erase it later.
    for account, portal_id in people:
        blank_entries(unit, portal_id, account, entries[account])
    unit.undoes(number)
    rows = sum(step.last_key - step.first_key + 1 for step in steps)
    unit.audit("undo", "change", str(number), after={"command": command, "rows": rows})
    return [told[0]._replace(said=said), *told[1:]] if said else told


def _people(unit: Unit, steps: list[Step]) -> list[tuple[int, str]]:
    """The accounts, by key and portal ID, that a change made."""
    sql = "SELECT id, portal_id FROM account WHERE id BETWEEN :first AND :last ORDER BY id"
    return [
        (int(account), str(portal_id))
        for step in steps
        if step.table == "account" and step.kind == "insert"
        for account, portal_id in unit.rows(sql, first=step.first_key, last=step.last_key)
    ]


def _steps(unit: Unit, number: int) -> list[Step]:
    """The steps of a change, last first: what refers goes before what is referred to."""
    sql = (
        "SELECT kind, table_name, first_key, last_key, before FROM undo_step"
        " WHERE change_id = :id AND table_name <> 'counter' ORDER BY id DESC"
    )
    steps = [
        Step(kind, table, first, last, json.loads(before) if before else {})
        for kind, table, first, last, before in unit.rows(sql, id=number)
    ]
    return [step for step in steps if not _is_delivery(step)]


def _is_delivery(step: Step) -> bool:
    """What became of a letter is not undone."""
    return step.table == "message" and step.kind == "update" and "under_way_at" in step.before


def _refuse_touched_later(unit: Unit, number: int, step: Step) -> None:
    # What became of a letter is no change of what it says; that it was erased is.
    sql = """
        SELECT c.id, c.command, c.effective_on FROM undo_step s JOIN change c ON c.id = s.change_id
        WHERE s.table_name = :table_name AND s.first_key <= :last AND s.last_key >= :first
        AND s.change_id > :number AND c.undoes IS NULL
        AND (s.table_name <> 'message' OR s.kind = 'delete')
        AND c.id NOT IN (SELECT undoes FROM change WHERE undoes IS NOT NULL)
        ORDER BY c.id LIMIT 1
    """
    later = next(
        unit.rows(sql, table_name=step.table, first=step.first_key, last=step.last_key, number=number), None
    )
    if later:
        raise _depended(number, f"change {later[0]} ({later[1]}, {later[2]}) touched the same rows later")


def _refuse_sent(unit: Unit, number: int, step: Step) -> None:
    if step.table != "message" or step.kind != "insert":
        return
    sql = """
        SELECT id, "to" FROM message
        WHERE id BETWEEN :first AND :last AND sent_on IS NOT NULL ORDER BY id LIMIT 1
    """
    sent = next(unit.rows(sql, first=step.first_key, last=step.last_key), None)
    if sent:
        raise _depended(number, f"its message {sent[0]} to {sent[1]} was sent")


def _refuse_used_role(unit: Unit, number: int, step: Step) -> None:
    """An assignment is not taken back once something was put in a cart under it: all that is submitted
    was in the cart before."""
    if step.table != "assignment":
        return
    sql = """
        SELECT a.portal_id FROM assignment g
        JOIN account a ON a.id = g.account_id
        JOIN cart_line l ON l.account_id = g.account_id AND l.role_id = g.role_id
        JOIN undo_step s ON s.table_name = 'cart_line' AND l.id BETWEEN s.first_key AND s.last_key
        WHERE g.id BETWEEN :first AND :last AND s.kind = 'insert' AND s.change_id > :number LIMIT 1
    """
    used = next(unit.rows(sql, first=step.first_key, last=step.last_key, number=number), None)
    if used:
        raise _depended(number, f"account {used[0]} put courses in the cart under that role")


def _refuse_key(number: int, step: Step) -> None:
    """A signing key stays: what it has signed lies with people, and could not be revoked without it."""
    if step.table == "home_key":
        raise _depended(number, "a signing key may have signed passports; rotate it instead")


def _take_back(unit: Unit, number: int, step: Step) -> None:
    kind = row_class(step.table)
    if step.kind == "update":
        unit.put_back(kind, step.first_key, _typed(kind, step.before))
        return
    if step.table == "evidence_file":
        return  # other records may have the same bytes by now; what none has goes in the end
    _refuse_referred(unit, number, step)
    unit.forget_before(kind, range(step.first_key, step.last_key + 1))
    unit.delete(kind, step.first_key, step.last_key)


def _refuse_referred(unit: Unit, number: int, step: Step) -> None:
    """What still refers to rows about to go was written later: the change's own is gone by now."""
    for other, column in REFERENCES.get(step.table, ()):
        sql = f'SELECT COUNT(*) FROM "{other}" WHERE "{column}" BETWEEN :first AND :last'
        ((count,),) = unit.rows(sql, first=step.first_key, last=step.last_key)
        if count:
            raise _depended(number, f"{count} later rows ({other.replace('_', ' ')}) refer to it")


def _typed(kind: type[Any], values: dict[str, Any]) -> dict[str, Any]:
    """Values from the trail's JSON as the row's class has them."""
    dates = table_of(kind).dates
    return {
        name: date.fromisoformat(value) if name in dates and value is not None else value
        for name, value in values.items()
    }


def _depended(number: int, why: str) -> Refused:
    return Refused(
        f"Change {number} cannot be taken back: {why}.",
        "Undo the later change first, or correct it the usual way (void, end, cancel).",
        code="depended-on",
    )
