"""Taking a change back: a whole batch or a single write, when nothing later depends on it.

The rows go back to what they were; the audit log keeps the change and its undoing.
"""

from datetime import date
from typing import Any

from carepass_cli.errors import NotFound, Refused
from carepass_cli.rules.fields import parse_number
from carepass_cli.services.credential import refuse_signed
from carepass_cli.services.erasure import blank_entries
from carepass_cli.services.evidence import drop_unused
from carepass_cli.services.outcome import UPDATED, Outcome
from carepass_cli.store.queries import changes
from carepass_cli.store.queries.changes import Step
from carepass_cli.store.queries.traces import entries_about
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.log import Change
from carepass_cli.store.rows.tables import REFERENCES, row_class
from carepass_cli.store.unit import Unit


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
    undoing = changes.find_undoing(unit, number)
    if undoing is not None:
        raise Refused(
            f"Change {number} was undone by change {undoing}.",
            "There is nothing left to undo.",
            code="already-undone",
        )
    steps = [step for step in changes.list_steps(unit, number) if not _is_delivery(step)]
    if not steps or command == "account erase":
        raise Refused(
            f"Change {number} ({command}) wrote nothing that can be taken back.",
            "Look at it: carepass audit list",
            code="nothing-to-undo",
        )
    for step in steps:
        # A merge moved what the other account's passports carry; back with it, they are right again.
        since = change.effective_on if step.values.keys() == {"account_id"} else date.min
        refuse_signed(unit, number, step.table_name, step.first_key, step.last_key, since)
    for step in steps:
        _refuse_sent(unit, number, step)
        _refuse_touched_later(unit, number, step)
        _refuse_used_role(unit, number, step)
        _refuse_key(number, step)
    about = {"change": number, "command": command}
    undone = [
        Outcome(UPDATED, {**about, "undone": each.action, "subject": each.subject, "key": each.key})
        for each in changes.list_done(unit, number)
    ]
    people = [
        person
        for step in steps
        if step.table_name == "account" and step.kind == "insert"
        for person in changes.list_made(unit, step)
    ]
    said = unit.port.overwrite_deleted() if people else ()
    entries = {person: entries_about(unit, person.id) for person in people}
    for step in steps:
        _take_back(unit, number, step)
    drop_unused(unit)
    # Of a person who was never here nothing stays, and nobody could erase it later.
    for person in people:
        blank_entries(unit, person.portal_id, person.id, entries[person])
    unit.undoes(number)
    rows = sum(step.row_count for step in steps)
    unit.audit("undo", "change", str(number), after={"command": command, "rows": rows})
    return [undone[0]._replace(said=said), *undone[1:]] if said else undone


def _is_delivery(step: Step) -> bool:
    """What became of a letter is not undone."""
    return step.table_name == "message" and step.kind == "update" and "under_way_at" in step.values


def _refuse_touched_later(unit: Unit, number: int, step: Step) -> None:
    later = changes.find_later(unit, number, step)
    if later:
        what = f"change {later.id} ({later.command}, {later.effective_on})"
        raise _depended(number, f"{what} touched the same rows later")


def _refuse_sent(unit: Unit, number: int, step: Step) -> None:
    if step.table_name == "message" and step.kind == "insert" and (sent := changes.find_sent(unit, step)):
        raise _depended(number, f"its message {sent.id} to {sent.to} was sent")


def _refuse_used_role(unit: Unit, number: int, step: Step) -> None:
    """An assignment is not taken back once something was put in a cart under it."""
    if step.table_name == "assignment" and (used := changes.find_shopper(unit, number, step)):
        raise _depended(number, f"account {used} put courses in the cart under that role")


def _refuse_key(number: int, step: Step) -> None:
    """A signing key stays: what it has signed lies with people, and could not be revoked without it."""
    if step.table_name == "home_key":
        raise _depended(number, "a signing key may have signed passports; rotate it instead")


def _take_back(unit: Unit, number: int, step: Step) -> None:
    kind = row_class(step.table_name)
    if step.kind == "update":
        unit.put_back(kind, step.first_key, _typed(kind, step.values))
        return
    if step.table_name == "evidence_file":
        return  # other records may have the same bytes by now; what none has goes in the end
    _refuse_referred(unit, number, step)
    unit.forget_before(kind, range(step.first_key, step.last_key + 1))
    unit.delete(kind, step.first_key, step.last_key)


def _refuse_referred(unit: Unit, number: int, step: Step) -> None:
    """What still refers to rows about to go was written later: the change's own is gone by now."""
    for other, column in REFERENCES.get(step.table_name, ()):
        count = changes.count_referring(unit, step, other, column)
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
