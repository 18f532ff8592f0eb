"""`carepass config`: the settings in force."""

import os

from carepass_cli.commands.declare import command_group, reads
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table

app = command_group("The settings in force, and where they come from.")


@reads(app, "show", example="config show")
def show(run: Run) -> Table:
    """Show every setting: its value, and whether flag, environment, file or default gave it."""
    from carepass_cli.store.location import shown_location

    # Of every address: nobody should write a password into one, and some will.
    rows = [(s.name, shown_location(s.value) if s.value else s.value, s.source) for s in run.settings.all()]
    return Table(("name", "value", "source"), rows)


@reads(app, "path", example="config path")
def path(run: Run) -> Item:
    """Show where the config file and the store lie, whether or not they are there."""
    from carepass_cli.settings import config_path, log_path
    from carepass_cli.store.location import shown_location

    return Item(
        {"config": str(config_path(os.environ)), "store": shown_location(run.db), "log": str(log_path())}
    )
