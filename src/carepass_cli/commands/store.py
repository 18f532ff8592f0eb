"""`carepass store`: the store itself."""

from pathlib import Path
from typing import Annotated

import typer

from carepass_cli.commands.declare import agreed, command_group, reads, writes
from carepass_cli.commands.options import Force, Yes
from carepass_cli.context import Run
from carepass_cli.errors import StoreUnavailable
from carepass_cli.output.result import Item, Table, Talk, Written

app = command_group()


@reads(app, "info", example="store info -o json")
def info(run: Run) -> Item:
    """Show where the store lies, its size and what is in it."""
    from carepass_cli.services.store import store_info

    return Item(store_info(run.store, run.db))


@reads(app, "check", example="store check --full")
def check(
    run: Run,
    full: Annotated[
        bool,
        typer.Option("--full", help="Check every index, date and audit entry, too; slow on a large store."),
    ] = False,
) -> Table:
    """Look for damage: pages, references, dates, the audit log. Exit 6 if there is any."""
    from carepass_cli.store.health import check_store, is_damage

    rows = list(check_store(run.store, run.db, full=full))
    damaged = any(is_damage(finding) for _, finding, _ in rows)
    failure = (
        StoreUnavailable(
            "The store is damaged.", "The column 'mend' above says what to do.", code="store-damaged"
        )
        if damaged
        else None
    )
    return Table(("check", "finding", "mend"), rows, talk=Talk(then=failure))


@writes(app, "upgrade", dry_run=False, example="store upgrade")
def upgrade(run: Run) -> Written:
    """Bring the store of an older carepass up to date. The old one stays beside it."""
    from carepass_cli.services.store import upgrade_store

    return Written([upgrade_store(run.work())])


@writes(app, "backup", dry_run=False, example="store backup carepass.backup --keep 7")
def backup(
    run: Run,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Where the copy goes; an older backup there is replaced.")
    ],
    keep: Annotated[
        int,
        typer.Option("--keep", min=1, max=1000, metavar="N", help="Copies to keep: FILE, FILE.1, FILE.2 ..."),
    ] = 1,
    force: Force = False,
) -> Written:
    """Copy the store while others go on writing, and verify the copy. Only you can read it."""
    from carepass_cli.services.store import backup_store

    return Written([backup_store(run.db, file, keep, force=force)])


@writes(app, "restore", example="store restore carepass.backup --yes")
def restore(
    run: Run,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The backup.")],
    yes: Yes = False,
) -> Written:
    """Verify a backup and put it in the store's place. What it replaces stays beside it.

    Of what restores replaced, the newest three stay: STORE.before-restore-1, -2 ...
    """
    from carepass_cli.services.store import restore_store

    if not run.dry_run:
        agreed(
            f"Replace the store by {file}? What was written since that backup will no longer be in it.", yes
        )
    return Written([restore_store(run.db, file, dry_run=run.dry_run)])


@writes(
    app, "copy", dry_run=False, example="store copy --to postgresql+psycopg://carepass@localhost/carepass"
)
def copy(
    run: Run,
    to: Annotated[
        str, typer.Option("--to", metavar="PATH|URL", help="Where to: a new file, or an empty database.")
    ],
) -> Written:
    """Copy the store to a new file or a PostgreSQL database. All rows are counted and compared."""
    from carepass_cli.services.store import copy_to

    return Written([copy_to(run.db, to)])
