"""`carepass notify`: the outbox."""

from typing import Annotated

import typer

from carepass_cli.commands.declare import command_group, reads
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table

app = command_group("The outbox of mail to people.")


@reads(app, "list", example="notify list -o json")
def list_(run: Run) -> Table:
    """List the messages: queued, sent, cancelled."""
    from carepass_cli.mail.render import subject
    from carepass_cli.store.queries.messages import KEYS, list_messages

    rows = (
        (m.id, m.kind, m.to, subject(m.kind, m.language, m.params), m.queued_on, m.sent_on, m.status)
        for m in list_messages(run.store, run.day)
    )
    shown = ("id", "to", "subject", "queued_on", "status")
    return Table(KEYS, rows, shown=shown, empty_said="The outbox is empty.")


@reads(app, "show", example="notify show 3")
def show(
    run: Run, number: Annotated[str, typer.Argument(metavar="ID", help="The message's number.")]
) -> Item:
    """Show a message with its text."""
    from carepass_cli.mail.render import compose
    from carepass_cli.store.queries.messages import KEYS, get_message

    m = get_message(run.store, run.day, number)
    letter = compose(m.kind, m.language, m.params)
    values = (m.id, m.kind, m.to, letter.subject, m.queued_on, m.sent_on, m.status)
    return Item({**dict(zip(KEYS, values, strict=True)), "body": letter.text})
