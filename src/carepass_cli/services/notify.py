"""Reminders and digests: worked out, and queued once ever."""

import json
from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any

from carepass_cli.mail.deliver import DeliveryFailed
from carepass_cli.rules.reminder import reminder_due
from carepass_cli.services.delivery import Carrier, Write, deliver, told
from carepass_cli.services.outbox import cancel, mark
from carepass_cli.services.outcome import CREATED, UNCHANGED, Outcome
from carepass_cli.services.truth import Due, by_record, list_due, settle_message
from carepass_cli.store.queries.accounts import find_account
from carepass_cli.store.queries.expiring import Expiring
from carepass_cli.store.queries.homes import list_homes
from carepass_cli.store.queries.messages import (
    count_under,
    is_any_between,
    list_reminders,
    list_waiting,
    waiting_digests,
)
from carepass_cli.store.rows.letters import Message as MessageTable
from carepass_cli.store.rows.nouns import Home
from carepass_cli.store.rows.nouns.message import Message
from carepass_cli.store.unit import Unit

# A manager gets a digest no sooner than this after the last one, whatever day of the week it is.
WEEK = timedelta(days=7)

_TOLD_OF_EACH = (
    "last_name", "first_name", "portal_id", "role", "code", "title", "expires_on", "days_left",
)  # fmt: skip


def queue_due(unit: Unit) -> list[int]:
    """Queue the reminders and digests that are due, each once ever; take back those no longer true.

    Returns the numbers of the messages made.
    """
    found = list_due(unit)
    due = by_record(found)
    for message in list(list_waiting(unit, unit.today)):
        settle_message(unit, message, due)
    so_far = _reminders_so_far(unit, due)
    reminders = [_remind(unit, each, so_far.get(record, {})) for record, each in due.items()]
    homes = list(list_homes(unit, unit.today))
    digests = [_digest(unit, home, found) for home in homes]
    return [number for number in (*reminders, *digests) if number is not None]


def deliver_due(
    write: Write, post: AbstractContextManager[Carrier], mail_from: str
) -> tuple[list[Outcome], DeliveryFailed | None]:
    """Queue what is due, and deliver all that waits; returns what was sent, and why the rest was not."""
    write(queue_due)
    return deliver(write, write(_all_waiting), post, mail_from)


def _all_waiting(unit: Unit) -> list[Message]:
    return list(list_waiting(unit, unit.today))


def preview(unit: Unit) -> list[Outcome]:
    """What a run would deliver: what it would queue now, and what waits already. For a dry run."""
    new = queue_due(unit)
    return [
        Outcome(CREATED if message.id in new else UNCHANGED, told(message))
        for message in list_waiting(unit, unit.today)
    ]


def _reminders_so_far(unit: Unit, due: Due) -> dict[int, dict[int, tuple[int, bool]]]:
    """By record and days before: the reminder's number, and whether it waits; of the last day that the record
    has now. One that was taken back before it left was never given."""
    found: dict[int, dict[int, tuple[int, bool]]] = {}
    for reminder in list_reminders(unit, unit.today):
        _, record, days_before, *_ = reminder.once_key.split(":")
        each = due.get(int(record))
        if each is not None and json.loads(reminder.params)["expires_on"] == str(each.expires_on):
            found.setdefault(each.record, {})[int(days_before)] = (reminder.id, reminder.waits)
    return found


def _remind(unit: Unit, each: Expiring, so_far: dict[int, tuple[int, bool]]) -> int | None:
    due = reminder_due(each.days_left)
    if due is None or (so_far and min(so_far) <= due.days_before):
        return None
    for number, waits in so_far.values():
        if waits:
            cancel(unit, number, "a later reminder takes its place")
    params = {
        "first_name": each.first_name,
        "code": each.code,
        "title": each.title,
        "expires_on": each.expires_on,
        "days_left": each.days_left,
        "late": due.late,
    }
    return _queue(
        unit,
        kind="reminder",
        to=each.email,
        language=each.language,
        params=_json(params),
        account_id=each.account_id,
        home_id=each.home_id,
        once_key=_free_key(unit, f"reminder:{each.record}:{due.days_before}"),
    )


def _free_key(unit: Unit, key: str) -> str:
    """The once-key of a reminder, told apart from those that were taken back under it."""
    taken_back = count_under(unit, key)
    return f"{key}:{taken_back}" if taken_back else key


def _digest(unit: Unit, home: Home, found: Sequence[Expiring]) -> int | None:
    """A digest for a home that has a manager's address and somebody expired, seven days after the last one.

    What has waited for seven days is taken back; what waits since is brought up to date.
    """
    week_ago, week_ahead = (_digest_key(home, unit.today + days) for days in (-WEEK, WEEK))
    rows = [each for each in found if each.home_id == home.id and each.status == "expired"]
    wanted = bool(home.manager_email and rows)
    for digest in waiting_digests(unit, unit.today, home.id):
        if not wanted or digest.once_key <= week_ago:
            cancel(unit, digest.id, "a newer list takes its place" if wanted else "nothing is expired")
        else:
            mark(unit, digest.id, **_digest_to(unit, home, rows))
    once_key = _digest_key(home, unit.today)
    if not wanted or is_any_between(unit, week_ago, once_key, week_ahead):
        return None
    return _queue(unit, kind="digest", home_id=home.id, once_key=once_key, **_digest_to(unit, home, rows))


def _digest_key(home: Home, day: date) -> str:
    return f"digest:{home.id}:{day}"


def _digest_to(unit: Unit, home: Home, rows: Sequence[Expiring]) -> dict[str, Any]:
    """To whom a digest goes, in which language (the person's, where it is one of ours), and what it says."""
    to = home.manager_email or ""
    manager = find_account(unit, unit.today, to)
    told = [{key: getattr(each, key) for key in _TOLD_OF_EACH} for each in rows]
    return {
        "to": to,
        "language": manager.language if manager else "en",
        "params": _json({"home_name": home.name, "rows": told}),
    }


def _queue(unit: Unit, **values: Any) -> int:
    row = unit.add(MessageTable(queued_on=unit.today, **values))
    assert row.id is not None
    return row.id


def _json(params: dict[str, object]) -> str:
    return json.dumps(params, ensure_ascii=False, default=str)
