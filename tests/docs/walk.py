"""Every command of the program, as its help, its man pages and the README's reference tell of it."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import typer

from carepass_cli.main import app


class Told(NamedTuple):
    """One command: its words after `carepass`, itself, and the context that its help is made in."""

    words: str
    command: Any
    context: Any

    @property
    def arguments(self) -> list[str]:
        """Its arguments, as its usage writes them."""
        found = [param for param in self.command.params if param.param_type_name == "argument"]
        return [param.make_metavar(ctx=self.context) for param in found]


def root() -> tuple[Any, Any]:
    """The root command and its context."""
    command = typer.main.get_command(app)
    return command, typer.Context(command, info_name="carepass", **command.context_settings)


def nouns() -> Iterator[Told]:
    """The commands below the root: groups, and commands of their own."""
    command, context = root()
    for name in command.list_commands(context):
        each = command.get_command(context, name).load()
        yield Told(name, each, typer.Context(each, info_name=name, parent=context))


def commands_of(noun: Told) -> Iterator[Told]:
    """The commands of a group; of a command of its own, that one."""
    if not hasattr(noun.command, "list_commands"):
        yield noun
        return
    for name in noun.command.list_commands(noun.context):
        each = noun.command.get_command(noun.context, name)
        if each.hidden:  # an old word for another
            continue
        context = typer.Context(each, info_name=name, parent=noun.context)
        yield Told(f"{noun.words} {name}", each, context)


def every_command() -> Iterator[Told]:
    """All commands, in the order of the help."""
    for noun in nouns():
        yield from commands_of(noun)
