"""`carepass config`: the settings in force."""

import os
from typing import Annotated

import typer

from carepass_cli.commands.declare import command_group, reads, writes
from carepass_cli.context import Run
from carepass_cli.errors import InvalidValue
from carepass_cli.output.result import Item, Table, Written
from carepass_cli.settings import IN_FILE, SECRET

app = command_group()

Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY", help=f"One of: {', '.join(IN_FILE)}.", autocompletion=lambda: sorted(IN_FILE)
    ),
]


def _shown(name: str, value: str | None) -> str | None:
    """A setting's value without a secret: nobody should write a password into an address, and some will."""
    from carepass_cli.store.location import is_url, shown_location

    if not value:
        return value
    # What is no address of a mail server was to be one.
    return "***" if name in SECRET or (name == "smtp" and not is_url(value)) else shown_location(value)


@reads(app, "show", example="config show")
def show(run: Run) -> Table:
    """Show every setting, its value and where that comes from."""
    rows = [(s.name, _shown(s.name, s.value), s.source) for s in run.settings.all()]
    return Table(("name", "value", "source"), rows)


@reads(app, "path", example="config path")
def path(run: Run) -> Item:
    """Show where the config file and the store lie, there or not."""
    from carepass_cli.settings import config_path, log_path
    from carepass_cli.store.location import shown_location

    return Item(
        {"config": str(config_path(os.environ)), "store": shown_location(run.db), "log": str(log_path())}
    )


@writes(app, "set", dry_run=False, example="config set default_home maple-grove")
def set_(
    run: Run,  # noqa: ARG001
    key: Key,
    value: Annotated[str, typer.Argument(metavar="VALUE", help="Its value.")],
) -> Written:
    """Set one setting in the config file, for all runs to come."""
    from carepass_cli.settings import OUTPUTS, config_path, write_setting

    if key == "output" and value not in OUTPUTS:
        raise InvalidValue(f"'{value}' is no output.", f"Use one of: {', '.join(OUTPUTS)}.")
    if not value:
        raise InvalidValue(f"'{key}' has no value.", f"To take it out: carepass config unset {key}")
    path = config_path(os.environ)
    result = write_setting(path, key, value)
    return Written([{"result": result, "name": key, "value": _shown(key, value), "file": str(path)}])


@writes(app, "unset", dry_run=False, example="config unset default_home")
def unset(run: Run, key: Key) -> Written:  # noqa: ARG001
    """Take one setting out of the config file."""
    from carepass_cli.settings import config_path, write_setting

    path = config_path(os.environ)
    return Written(
        [{"result": write_setting(path, key, None), "name": key, "value": None, "file": str(path)}]
    )
