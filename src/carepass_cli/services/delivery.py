"""Delivering the outbox: every letter once, whatever happens to the run or to the server."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Protocol

from carepass_cli.clock import read_clock
from carepass_cli.errors import InvalidValue
from carepass_cli.mail.deliver import DeliveryFailed, MessageRefused, SessionEnded
from carepass_cli.mail.message import message_for
from carepass_cli.mail.render import Part, compose, subject
from carepass_cli.services.outbox import mark
from carepass_cli.services.outcome import UPDATED, Outcome
from carepass_cli.services.truth import by_record, list_due, settle_message
from carepass_cli.store.queries.messages import get_message, list_broken_off, list_waiting
from carepass_cli.store.rows.letters import Message as MessageTable
from carepass_cli.store.rows.nouns.message import Message
from carepass_cli.store.unit import Unit

Write = Callable[..., Any]
# What is handed over at once: all that waits for one address in one language.
Letter = list[Message]

# Handing a letter over takes three minutes at most, with all that a server may keep us waiting.
UNDER_WAY_MOST = timedelta(minutes=15)
# A failure tells this many reasons.
_TOLD = 20


class Carrier(Protocol):
    """Where letters go: a mail server's connection, or a folder."""

    def send(self, message: EmailMessage, claim: Callable[[], bool]) -> bool:
        """Hand one over, once `claim` has said yes at the last moment; whether it was handed over.

        Raises MessageRefused for this one, DeliveryFailed for all.
        """
        ...


def deliver(
    write: Write, messages: Sequence[Message], post: AbstractContextManager[Carrier], mail_from: str
) -> tuple[list[Outcome], DeliveryFailed | None]:
    """Deliver messages, what waits for one address in one letter; returns what was sent, and why the rest was
    not.

    A letter is asked once more whether it holds, and marked sent, right before its text is handed over; the
    mark is taken off again where the server does not take it. So two runs at once, or a run that is killed,
    never send a letter twice. Where a run was killed between mark and answer nobody knows whether the letter
    arrived: it is not sent again, and the next run tells which one it was.
    """
    sent: list[Outcome] = []
    failures: list[DeliveryFailed] = list(write(_find_broken_off))
    waiting = deque(_by_receiver(messages))
    try:
        while waiting:
            with post as carrier:  # a new connection each time
                _over_one_connection(write, carrier, waiting, mail_from, sent, failures)
    except DeliveryFailed as failure:
        failures.append(failure)
    return sent, _as_one(failures)


def _over_one_connection(
    write: Write,
    carrier: Carrier,
    waiting: deque[Letter],
    mail_from: str,
    sent: list[Outcome],
    failures: list[DeliveryFailed],
) -> None:
    """Deliver until nothing waits, or until the server ends a session in which a letter went out.

    The letter at which it ended goes last: should it be the reason, the others are gone before.
    """
    before = len(sent)
    while waiting:
        letter = waiting.popleft()
        try:
            if _hand_over(write, carrier, letter, mail_from):
                sent += [Outcome(UPDATED, item) for item in write(_note_sent, letter)]
            elif left := write(_still_waiting, letter):
                waiting.append(left)
        except MessageRefused as refused:
            failures.append(refused)
        except SessionEnded:
            if len(sent) == before:
                raise
            waiting.append(letter)
            return


def _by_receiver(messages: Sequence[Message]) -> list[Letter]:
    """The messages for one address, in one language, together; in the order of the first of each."""
    found: dict[tuple[str, str], Letter] = {}
    for message in messages:
        found.setdefault((message.to.casefold(), message.language), []).append(message)
    return list(found.values())


def told(message: Message) -> dict[str, object]:
    """A message under its public keys."""
    return message._replace(subject=subject(message.kind, message.language, message.values)).shown()


def _hand_over(write: Write, carrier: Carrier, letter: Letter, mail_from: str) -> bool:
    """Whether the letter was handed over; not where part of it no longer waits as it did."""
    text = _text_of(letter, mail_from)
    claimed = False

    def claim() -> bool:
        nonlocal claimed
        claimed = bool(write(_claim, letter))
        return claimed

    try:
        return carrier.send(text, claim)
    except DeliveryFailed:
        if claimed:
            write(_release, letter)
        raise


def _text_of(letter: Letter, mail_from: str) -> EmailMessage:
    first, numbers = letter[0], [message.id for message in letter]
    composed = compose([Part(message.kind, message.values) for message in letter], first.language)
    try:
        return message_for(composed, first.to, mail_from, numbers, first.queued_on, read_clock().at)
    except InvalidValue as error:
        raise MessageRefused(
            f"Message {first.id} cannot go to", first.to, error.message, permanent=True
        ) from None


def _still_waiting(unit: Unit, letter: Letter) -> Letter:
    """What of a letter waits as of now."""
    return list(list_waiting(unit, unit.today, [message.id for message in letter]))


def _claim(unit: Unit, letter: Letter) -> bool:
    """Mark the letter sent, where all of it still waits and still holds, word for word."""
    reminded = {message.account_id for message in letter if message.kind == "reminder"}
    due = by_record(each for account in reminded for each in list_due(unit, account))
    for message in _still_waiting(unit, letter):
        settle_message(unit, message, due)
    if _still_waiting(unit, letter) != letter:
        return False
    for message in letter:
        mark(unit, message.id, sent_on=unit.today, under_way_at=_text(read_clock().at))
        unit.audit("claim", "message", str(message.id))
    return True


def _release(unit: Unit, letter: Letter) -> None:
    for message in letter:
        _end(unit, message.id, sent_on=None)
        unit.audit("release", "message", str(message.id))


def _end(unit: Unit, number: int, **values: object) -> None:
    """The message is no longer under way."""
    unit.update(MessageTable, {number: {"under_way_at": None, **values}})


def _note_sent(unit: Unit, letter: Letter) -> list[dict[str, object]]:
    sent = []
    for number in (message.id for message in letter):
        _end(unit, number)
        message = get_message(unit, unit.today, str(number))
        unit.audit("send", "message", str(number), after={"kind": message.kind, "to": message.to})
        sent.append(told(message))
    return sent


def _find_broken_off(unit: Unit) -> list[DeliveryFailed]:
    """The letters that a run which is no more was handing over; each is told of once."""
    latest = _text(read_clock().at - UNDER_WAY_MOST)
    failures = []
    for letter in list_broken_off(unit, latest):
        number, to, at = letter.id, letter.to, letter.under_way_at
        _end(unit, number)
        after = {"kind": letter.kind, "to": to, "in_doubt_since": at}
        unit.audit("send", "message", str(number), after=after)
        failures.append(
            DeliveryFailed(
                f"Message {number} to {to} was being sent when an earlier run was interrupted, at {at}."
                " It may not have arrived, and is not sent again.",
                f"Ask whether it arrived. Its text: carepass notify show {number}",
            )
        )
    return failures


def _text(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")


def _as_one(failures: Sequence[DeliveryFailed]) -> DeliveryFailed | None:
    """All failures as one; letters that were refused with the same words stand together."""
    if not failures:
        return None
    alike: dict[tuple[object, ...], list[DeliveryFailed]] = {}
    for failure in failures:
        alike.setdefault(_kind(failure), []).append(failure)
    reasons = [_together(each) for each in alike.values()]
    hints = dict.fromkeys(failure.hint for failure in failures if failure.hint)
    if len(reasons) == 1:
        return DeliveryFailed(reasons[0], "\n".join(hints))
    named = " ".join(f"({n}) {reason.rstrip('.')}." for n, reason in enumerate(reasons[:_TOLD], 1))
    more = f" And {len(reasons) - _TOLD} more." if len(reasons) > _TOLD else ""
    return DeliveryFailed(
        f"Mail was not delivered, for {len(reasons)} reasons: {named}{more}", "\n".join(hints)
    )


def _kind(failure: DeliveryFailed) -> tuple[object, ...]:
    """What refusals for one reason have in common: a server may name the address in its words."""
    if not isinstance(failure, MessageRefused):
        return (failure.message,)
    return failure.what, failure.why.casefold().replace(failure.to.casefold(), "")


def _together(alike: Sequence[DeliveryFailed]) -> str:
    refused = [failure for failure in alike if isinstance(failure, MessageRefused)]
    if len(refused) < 2:
        return alike[0].message
    return f"{refused[0].what} {', '.join(dict.fromkeys(each.to for each in refused))}: {refused[0].why}"
