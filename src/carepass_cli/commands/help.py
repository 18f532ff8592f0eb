"""`carepass help`: topics that belong to no single command."""

from typing import Annotated, Literal

import typer

from carepass_cli.commands.declare import command_alone
from carepass_cli.context import Run
from carepass_cli.parsing import Command

app = command_alone()


@app.command("help", cls=Command, epilog="Example: carepass help dates")
def help_(
    ctx: typer.Context,
    topic: Annotated[
        Literal["exit-codes", "formats", "dates", "environment"] | None,
        typer.Argument(metavar="[TOPIC]", help="exit-codes, formats, dates or environment."),
    ] = None,
) -> None:
    """Read about exit codes, output formats, dates, or the environment."""
    from carepass_cli.topics import TOPICS

    run = ctx.find_object(Run)
    assert run is not None
    if topic is None:
        lines = [f"  {name:12} {text.splitlines()[0]}" for name, text in TOPICS.items()]
        run.print_text("Topics, as in 'carepass help dates':\n\n" + "\n".join(lines))
    else:
        run.print_text(TOPICS[topic])
