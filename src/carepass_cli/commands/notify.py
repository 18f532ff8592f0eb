"""`carepass notify`: the outbox, and what is sent from it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import command_group, reads, writes, wrote_many
from carepass_cli.commands.options import Accounts, several
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules.letter import STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from carepass_cli.services.outcome import Outcome

app = command_group()


@reads(app, "list", example="notify list -o json")
def list_(
    run: Run,
    account: Accounts = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="Only messages that stand so.", known=STATUSES),
    ] = None,
) -> Table:
    """List all messages: queued, sent or cancelled."""
    from carepass_cli.mail.render import subject
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.messages import list_messages
    from carepass_cli.store.records import rows_of
    from carepass_cli.store.rows.nouns.message import KEYS

    people = account_ids(run.store, run.today, account)
    found = list_messages(run.store, run.today, account_id=people, status=status)
    named = (m._replace(subject=subject(m.kind, m.language, m.values)) for m in found)
    shown = ("id", "to", "subject", "queued_on", "status")
    return Table(KEYS, rows_of(named, KEYS), shown=shown, talk=Talk(empty="The outbox is empty."))


@reads(app, "show", example="notify show 3")
def show(
    run: Run,
    number: Annotated[
        str, typer.Argument(metavar="ID", help="The message's number.", autocompletion=complete.messages)
    ],
) -> Item:
    """Show a message with its text."""
    from carepass_cli.mail.render import body, subject
    from carepass_cli.store.queries.messages import get_message

    m = get_message(run.store, run.today, number)
    letter = (m.kind, m.language, m.values)
    why = {"cancel_reason": m.cancel_reason} if m.cancel_reason else {}
    return Item({**m._replace(subject=subject(*letter)).shown(), "body": body(*letter), **why})


@writes(app, "run", example="notify run --smtp smtp://reminders@mail.example.org:587")
def run_(
    run: Run,
    smtp: Annotated[
        str | None,
        typer.Option(
            "--smtp", metavar="URL", help="The mail server, as smtp://user@host:587. [env: CAREPASS_SMTP]"
        ),
    ] = None,
    eml: Annotated[
        Path | None,
        typer.Option("--eml", metavar="DIR", help="Write .eml files to this folder instead of sending."),
    ] = None,
) -> Written:
    """Queue the reminders that are due and send all that is queued. Each reminder is queued once ever."""
    from carepass_cli.mail.way import choose_way
    from carepass_cli.services.notify import deliver_due, preview
    from carepass_cli.store.rows.nouns.message import KEYS

    if smtp and eml:
        raise UsageError("--smtp and --eml are two ways to deliver.", "Give one of them.")
    # A store that is not there has nobody to write to: cron is to be told, and not given an empty one.
    _ = run.store
    shown = ("kind", "to", "subject", "status")
    if run.dry_run:
        due = run.write(preview)
        return wrote_many(due, KEYS, shown=shown, after=[f"To be delivered: {_counted(due)}."])
    sender, post = choose_way(run.settings, smtp, eml)
    sent, failure = deliver_due(run.write, post, sender)
    if not sent and failure is None:
        run.say("There is nothing to send.")
    return wrote_many(
        sent, KEYS, shown=shown, after=[f"Delivered: {_counted(sent)}."] if sent else [], then=failure
    )


def _counted(messages: "Sequence[Outcome]") -> str:
    """How many messages there are, and how many people they reach: one letter tells a person all."""
    many, people = len(messages), len({str(each.item["to"]).casefold() for each in messages})
    return f"{many} message{'s' * (many != 1)} to {people} address{'es' * (people != 1)}"
