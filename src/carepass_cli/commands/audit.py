"""`carepass audit`: who changed what, and when."""

from datetime import date
from typing import Annotated

from carepass_cli.commands.declare import AccountOption, command_group, date_option, reads
from carepass_cli.context import Run
from carepass_cli.output.result import Table

app = command_group("Who changed what, and when.")


@reads(app, "list", example="audit list --account 1000 --since 2026-11-01")
def list_(
    run: Run,
    account: AccountOption = None,
    since: Annotated[date | None, date_option("--since", help="Only from this day on.")] = None,
) -> Table:
    """List the audit log, oldest first. `at` is the real time (UTC), `effective_on` the day written as of."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.log import KEYS, list_log

    account_id = get_account(run.store, run.day, account).id if account else None
    rows = list_log(run.store, run.day, account_id=account_id, since=since.isoformat() if since else None)
    shown = ("change", "effective_on", "command", "action", "key", "actor")
    return Table(KEYS, rows, shown=shown, empty_said="No entries.")
