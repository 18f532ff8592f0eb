"""Reminders and digests: worked out, queued once ever, and delivered."""

import json
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import update

from carepass_cli.mail.deliver import DeliveryFailed, MessageRefused
from carepass_cli.mail.message import message_for
from carepass_cli.mail.render import compose, subject
from carepass_cli.rules.reminder import DAYS_BEFORE, reminder_due
from carepass_cli.rules.span import Span
from carepass_cli.services.outcome import CREATED, UPDATED, Outcome
from carepass_cli.store.engine import Unit
from carepass_cli.store.models_training import Message as MessageTable
from carepass_cli.store.queries.expiring import Expiring, list_expiring
from carepass_cli.store.queries.homes import list_homes
from carepass_cli.store.queries.messages import KEYS, Message, get_message, list_messages

Write = Callable[..., Any]


class Carrier(Protocol):
    """Where letters go: a mail server's connection, or a folder."""

    def send(self, message: Any) -> None:
        """Hand one over. Raises MessageRefused for this one, DeliveryFailed for all."""
        ...


def queue_due(unit: Unit) -> list[Outcome]:
    """Queue the reminders and digests that are due, each once ever; take back those no longer true."""
    horizon = Span(max(DAYS_BEFORE), "d")
    found = list(list_expiring(unit, unit.today, within=horizon))
    by_record = {each.record: each for each in found}
    queued = _reminders_so_far(unit)
    for record, messages in queued.items():
        if record not in by_record:
            _cancel(unit, messages.values())
    new = [
        number for each in by_record.values() for number in _remind(unit, each, queued.get(each.record, {}))
    ]
    new += _digests(unit, found)
    return [Outcome(CREATED, _item(get_message(unit, unit.today, str(number)))) for number in new]


def waiting(unit: Unit) -> list[Message]:
    """What waits to be delivered, oldest first."""
    return [message for message in list_messages(unit, unit.today) if message.status == "queued"]


def deliver_outbox(
    write: Write, messages: Sequence[Message], post: AbstractContextManager[Carrier], mail_from: str
) -> tuple[list[Outcome], list[DeliveryFailed]]:
    """Deliver messages, one unit of work each; returns what was sent, and why the rest was not.

    A message is marked sent before it is handed over, and the mark is taken off again where it is
    refused. So two runs at once, or a run that is killed between sending and marking, never send a
    letter twice; a kill in between can at worst lose one.
    """
    sent: list[Outcome] = []
    failures: list[DeliveryFailed] = []
    if not messages:
        return sent, failures
    try:
        with post as carrier:
            for message in messages:
                if not write(_claim, message):
                    continue
                try:
                    carrier.send(write(_letter, message, mail_from))
                except DeliveryFailed as failure:
                    write(_release, message)
                    failures.append(failure)
                    if not isinstance(failure, MessageRefused):
                        break
                except BaseException:
                    write(_release, message)
                    raise
                else:
                    sent.append(Outcome(UPDATED, write(_shown, message)))
    except DeliveryFailed as failure:
        failures.append(failure)
    return sent, failures


def _claim(unit: Unit, message: Message) -> bool:
    mine = update(MessageTable).where(
        MessageTable.id == message.id,  # type: ignore[arg-type]
        MessageTable.sent_on.is_(None),  # type: ignore[union-attr]
        MessageTable.cancelled_on.is_(None),  # type: ignore[union-attr]
    )
    return bool(unit.session.execute(mine.values(sent_on=unit.day)).rowcount)  # type: ignore[attr-defined]


def _release(unit: Unit, message: Message) -> None:
    unit.update(MessageTable, message.id, sent_on=None)


def _letter(unit: Unit, message: Message, mail_from: str) -> Any:
    letter = compose(message.kind, message.language, message.params)
    return message_for(letter, message.to, mail_from, message.id, message.queued_on, unit.work.clock.at)


def _shown(unit: Unit, message: Message) -> dict[str, object]:
    now = get_message(unit, unit.today, str(message.id))
    unit.audit("send", "message", str(message.id), after={"kind": now.kind, "to": now.to})
    return _item(now)


def _item(m: Message) -> dict[str, object]:
    values = (m.id, m.kind, m.to, subject(m.kind, m.language, m.params), m.queued_on, m.sent_on, m.status)
    return dict(zip(KEYS, values, strict=True))


def _reminders_so_far(unit: Unit) -> dict[int, dict[int, tuple[int, bool]]]:
    """By record and days before: the reminder's number, and whether it still waits."""
    sql = """
        SELECT id, once_key, sent_on IS NULL AND cancelled_on IS NULL FROM message
        WHERE kind = 'reminder' ORDER BY id
    """
    found: dict[int, dict[int, tuple[int, bool]]] = {}
    for number, once_key, waits in unit.rows(sql):
        _, record, days_before = once_key.split(":")
        found.setdefault(int(record), {})[int(days_before)] = (number, bool(waits))
    return found


def _remind(unit: Unit, each: Expiring, so_far: dict[int, tuple[int, bool]]) -> list[int]:
    due = reminder_due(each.days_left)
    if due is None or due.days_before in so_far:
        return []
    _cancel(unit, so_far.values())
    params = {
        "first_name": each.first_name,
        "code": each.code,
        "title": each.title,
        "expires_on": each.expires_on,
        "days_left": each.days_left,
        "late": due.late,
    }
    row = unit.add(
        MessageTable(
            kind="reminder",
            to=each.email,
            language=each.language,
            params=json.dumps(params, ensure_ascii=False),
            account_id=each.account_id,
            home_id=each.home_id,
            once_key=f"reminder:{each.record}:{due.days_before}",
            queued_on=unit.day,
        )
    )
    return [int(row.id or 0)]


def _digests(unit: Unit, found: Sequence[Expiring]) -> list[int]:
    """One digest a week for each home that has a manager's address and somebody expired."""
    year, week, _ = unit.day.isocalendar()
    made = []
    for home in list(list_homes(unit, unit.today)):
        once_key = f"digest:{home.id}:{year}-W{week:02d}"
        rows = [each for each in found if each.home_id == home.id and each.status == "expired"]
        if not home.manager_email or not rows or _exists(unit, once_key):
            continue
        keys = (
            "last_name",
            "first_name",
            "portal_id",
            "role",
            "code",
            "title",
            "expires_on",
            "days_left",
            "status",
        )
        told = [{key: getattr(each, key) for key in keys} for each in rows]
        row = unit.add(
            MessageTable(
                kind="digest",
                to=home.manager_email,
                params=json.dumps({"home_name": home.name, "rows": told}, ensure_ascii=False),
                home_id=home.id,
                once_key=once_key,
                queued_on=unit.day,
            )
        )
        made.append(int(row.id or 0))
    return made


def _exists(unit: Unit, once_key: str) -> bool:
    return next(unit.rows("SELECT 1 FROM message WHERE once_key = :key", key=once_key), None) is not None


def _cancel(unit: Unit, messages: Any) -> None:
    for number, waits in messages:
        if waits:
            unit.update(MessageTable, number, cancelled_on=unit.day)
