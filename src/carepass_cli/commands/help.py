"""`carepass help`: topics that belong to no single command."""

from typing import Annotated, Any

import typer

from carepass_cli.commands.declare import command_alone
from carepass_cli.context import Run
from carepass_cli.errors import NoSuchCommand, UsageError
from carepass_cli.parsing import Command, suggestions

app = command_alone()

TOPIC_NAMES = ("exit-codes", "formats", "files", "dates", "statuses", "environment")


@app.command("help", cls=Command, epilog="Example: carepass help dates")
def help_(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TOPIC|COMMAND]",
            help="A command, as 'role assign', or exit-codes, formats, files, dates, statuses, environment.",
            autocompletion=lambda: list(TOPIC_NAMES),
        ),
    ] = None,
) -> None:
    """Read about a command, exit codes, formats, files, dates, statuses, environment."""
    from carepass_cli.topics import TOPICS

    run = ctx.ensure_object(Run)
    if not words:
        lines = [f"  {name:12} {text.splitlines()[0]}" for name, text in TOPICS.items()]
        run.print_text("Topics, as in 'carepass help dates':\n\n" + "\n".join(lines))
        run.print_text("\nOf a command, as in 'carepass help role assign'.")
    elif len(words) == 1 and words[0] in TOPICS:
        run.print_text(TOPICS[words[0]])
    else:
        run.print_text(_help_of(ctx.find_root(), words))


def _help_of(context: Any, words: list[str]) -> str:
    """The help of the command that the words name. Raises UsageError, with the nearest, for none."""
    for word in words:
        group = context.command
        if not hasattr(group, "list_commands"):
            raise UsageError(
                f"{context.command_path} has no commands of its own.", "Leave out what follows it."
            )
        command = group.get_command(context, word)
        if command is None:
            known = [*group.list_commands(context), *(TOPIC_NAMES if group.name == "carepass" else ())]
            raise NoSuchCommand(word, context.command_path, suggestions(word, context.command_path, known))
        command = getattr(command, "load", lambda command=command: command)()
        context = command.context_class(command, info_name=word, parent=context, **command.context_settings)
    return str(context.command.get_help(context))
