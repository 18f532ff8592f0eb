"""`carepass config`: the settings in force."""

import os

from carepass_cli.commands.declare import command_group, reads
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table

app = command_group()


@reads(app, "show", example="config show")
def show(run: Run) -> Table:
    """Show every setting, its value and where that comes from."""
    from carepass_cli.store.location import shown_location

    # Of every address: nobody should write a password into one, and some will.
    rows = [(s.name, shown_location(s.value) if s.value else s.value, s.source) for s in run.settings.all()]
    return Table(("name", "value", "source"), rows)


@reads(app, "path", example="config path")
def path(run: Run) -> Item:
    """Show where the config file and the store lie, there or not."""
    from carepass_cli.settings import config_path, log_path
    from carepass_cli.store.location import shown_location

    return Item(
        {"config": str(config_path(os.environ)), "store": shown_location(run.db), "log": str(log_path())}
    )
