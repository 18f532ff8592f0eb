"""`carepass audit`: who changed what, and when."""

from datetime import date
from typing import Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import agreed, command_group, listed, reads, writes, wrote_many
from carepass_cli.commands.options import Accounts, Yes, date_option, several
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table, Talk, Written

app = command_group()

# A question about an undoing shows this many of the things that it would undo.
PREVIEWED = 12


@reads(app, "list", example="audit list --account 1000 --since 2026-11-01")
def list_(
    run: Run,
    account: Accounts = None,
    since: Annotated[date | None, date_option("--since", help="Only from this day on.")] = None,
    actor: Annotated[
        list[str] | None, several("--actor", metavar="NAME,...", help="Only what these people did.")
    ] = None,
    subject: Annotated[
        list[str] | None,
        several("--subject", metavar="S,...", help="Only what is about these, as account, line or record."),
    ] = None,
) -> Table:
    """List the audit log, newest last; --limit N keeps the newest.

    `at` is the real time (UTC), `effective_on` the day it counts for.
    """
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.log import KEYS, list_log

    rows = list_log(
        run.store,
        run.today,
        account_ids=account_ids(run.store, run.today, account),
        since=since,
        actor=actor,
        subject=subject,
    )
    shown = ("change", "effective_on", "actor", "command", "key", "action")
    return Table(KEYS, rows, shown=shown, newest_last=True, talk=Talk(empty="No entries."))


@reads(app, "verify", example="audit verify")
def verify(
    run: Run,
    head: Annotated[
        str | None,
        typer.Option(
            "--head", metavar="ENTRY:HASH", help="Check against a head that was kept elsewhere, too."
        ),
    ] = None,
) -> Item:
    """Check the log and every row that it covers. Exit 6 names what was changed outside carepass."""
    from carepass_cli.store.proof import verify_log
    from carepass_cli.store.queries.log import chain_head

    verify_log(run.store, head)
    number, newest = chain_head(run.store)
    return Item({"result": "ok", "entry": number, "hash": newest})


@reads(app, "head", example="audit head")
def head(run: Run) -> Item:
    """Show the newest entry's number and hash. Kept elsewhere, 'audit verify --head' checks against it."""
    from carepass_cli.store.queries.log import chain_head

    number, newest = chain_head(run.store)
    return Item({"entry": number, "hash": newest})


@writes(app, "undo", reason=True, example="audit undo 17 --dry-run")
def undo(
    run: Run,
    change: Annotated[
        str | None,
        typer.Argument(
            metavar="CHANGE", help="The change's number in the audit log.", autocompletion=complete.changes
        ),
    ] = None,
    last: Annotated[bool, typer.Option("--last", help="The newest change that is not undone.")] = False,
    yes: Yes = False,
) -> Written:
    """Take back a change when nothing later depends on it. A change is one write or a whole batch."""
    from carepass_cli.services.undo import undo_change
    from carepass_cli.store.queries.log import last_change

    (number,) = listed([change] if change else None, last, what="CHANGE", by="--last") or [
        last_change(run.store, run.today)
    ]

    def preview() -> None:
        items = [each.item for each in run.rehearse(undo_change, number)]
        # It belongs to the question, and not to the data: stdout may be a pipe.
        for item in items[:PREVIEWED]:
            run.say(f"Would be undone: {item['command']}, {item['subject']} {item['key']}")
        if more := items[PREVIEWED:]:
            run.say(f"And {len(more)} more. To see them all: carepass audit undo {number} --dry-run")

    if not run.dry_run:
        agreed(f"Undo change {number}?", yes, preview)
    return wrote_many(run.write(undo_change, number))
