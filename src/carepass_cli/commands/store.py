"""`carepass store`: the store itself."""

from typing import Annotated

import typer

from carepass_cli.commands.declare import command_group, reads, writes
from carepass_cli.context import Run
from carepass_cli.errors import StoreUnavailable
from carepass_cli.output.result import Item, Table, Written

app = command_group("The store itself: state, checks, upgrade.")


@reads(app, "info", example="store info -o json")
def info(run: Run) -> Item:
    """Show where the store lies, its schema, its size and what is in it."""
    from carepass_cli.store.setup import store_info

    return Item(store_info(run.store, run.db))


@reads(app, "check", example="store check --full")
def check(
    run: Run,
    full: Annotated[bool, typer.Option("--full", help="Read every page; slow on a large store.")] = False,
) -> Table:
    """Look for damage: pages, references, impossible dates, the audit chain. Exits 6 where there is any."""
    from carepass_cli.store.setup import check_store

    rows = list(check_store(run.store, run.db, full=full))
    damaged = any(finding != "ok" for _, finding, _ in rows)
    failure = (
        StoreUnavailable("The store is damaged.", "See 'mend' above.", code="store-damaged")
        if damaged
        else None
    )
    return Table(("check", "finding", "mend"), rows, then=failure)


@writes(app, "upgrade", example="store upgrade")
def upgrade(run: Run) -> Written:
    """Bring an older store up to date. The old one stays beside it."""
    from carepass_cli.store.setup import upgrade_store

    return Written([upgrade_store(run.db)])
