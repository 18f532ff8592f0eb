"""Whether a letter that waits still holds: asked when a run begins, and once more just before it goes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from carepass_cli.rules.reminder import DAYS_BEFORE
from carepass_cli.rules.span import Span
from carepass_cli.services.answer import ask_again
from carepass_cli.services.outbox import cancel, mark
from carepass_cli.services.token import ENDED
from carepass_cli.store.queries.accounts import account_by_id
from carepass_cli.store.queries.assignments import live_assignment
from carepass_cli.store.queries.expiring import Expiring, list_expiring
from carepass_cli.store.queries.lines import get_line
from carepass_cli.store.queries.tokens import find_token
from carepass_cli.store.rows.nouns.message import Message
from carepass_cli.store.unit import Unit

# What runs out and is told to people, by record.
Due = Mapping[int, Expiring]


def list_due(unit: Unit, account_id: int | None = None) -> list[Expiring]:
    """What runs out soon enough for the first reminder, of everybody or of one person; a record stands there
    for each role that asks for it."""
    within = Span(max(DAYS_BEFORE), "d")
    return list(list_expiring(unit, unit.today, within=within, account=account_id))


def by_record(found: Iterable[Expiring]) -> dict[int, Expiring]:
    """What is to be reminded of, each record once."""
    return {each.record: each for each in found}


def settle_message(unit: Unit, message: Message, due: Due) -> None:
    """Bring a letter that waits to what is so today: it goes to the person's present address and says what
    still holds, is made anew where its token ran out, and is cancelled, with the reason, where nothing of it
    holds. `due` is what the person is to be reminded of."""
    if message.account_id is not None:
        account = account_by_id(unit, unit.today, message.account_id)
        if account.email != message.to:
            mark(unit, message.id, to=account.email)
    if message.kind in ("confirm-account", "confirm-role"):
        _settle_token(unit, message)
    elif message.kind == "decision":
        _settle_decision(unit, message)
    elif message.kind == "access" and not _stands(unit, message.about, {"decision": "approved"}):
        cancel(unit, message.id, "the access was used, or is no more")
    elif message.kind == "reminder" and not _is_due(message, due):
        cancel(unit, message.id, "there is nothing to remind of: renewed, relieved, or another last day")


def _settle_token(unit: Unit, message: Message) -> None:
    token = find_token(unit, unit.today, message.values["token"])
    if token is None or token.used_on or token.replaced_on:
        cancel(unit, message.id, ENDED)
    elif token.role_id is not None and token.expires_on and token.expires_on < unit.today:
        held = live_assignment(unit, unit.today, token.account_id, token.role_id)
        if held is not None and held.status == "pending":
            ask_again(unit, [held])  # by which this token ends, and its letter
        else:
            cancel(unit, message.id, "the role waits for no answer any more")


def _settle_decision(unit: Unit, message: Message) -> None:
    values = message.values
    left = [line for line in values["lines"] if _stands(unit, line["line"], line)]
    if not left:
        cancel(unit, message.id, "what was decided is no longer so")
    elif left != values["lines"]:
        mark(unit, message.id, params=json.dumps({**values, "lines": left}, ensure_ascii=False))


def _stands(unit: Unit, named: str, told: Mapping[str, Any]) -> bool:
    """Whether what a letter says of a line holds: its decision, and that its course is still to be done."""
    now = get_line(unit, unit.today, named)
    if now.decision != told["decision"]:
        return False
    return now.decision != "approved" or now.status in ("approved", "in-progress")


def _is_due(message: Message, due: Due) -> bool:
    """Whether the record runs out on the day of which the letter tells."""
    record = int(message.about.partition(":")[0])
    return record in due and str(due[record].expires_on) == message.values["expires_on"]
