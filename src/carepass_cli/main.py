"""The front door: the root command, lazy command groups, global options, errors to exit codes."""

import os
import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer
import typer.completion
from typer.core import TyperGroup

from carepass_cli.context import Run
from carepass_cli.parsing import Group

if TYPE_CHECKING:
    from typer._click import Command, Context
    from typer.models import CommandInfo

# Noun -> its one line in `carepass --help`; the module in `commands` bears the same name. A module is
# imported when one of its commands is run, not before.
COMMANDS = {
    "status": "How things stand, a row a home.",
    "demo": "Build two sample homes in a scratch store and look around.",
    "init": "Create the store.",
    "account": "People: their accounts and portal IDs.",
    "home": "Care homes, their settings and their signing keys.",
    "role": "Roles at a home: create, assign, confirm, end, import.",
    "course": "Courses: length, validity, provider, price.",
    "requirement": "What roles require, and where a person stands in it.",
    "explain": "Why a person's status in a course is what it is.",
    "cart": "A person's training cart: add, show, submit.",
    "submission": "Submitted lines: list, approve, reject.",
    "registration": "Approved courses: access, the 14 days, completion.",
    "record": "Completions: add, list, void, import.",
    "report": "What expires, who is missing, what is late or costs.",
    "binder": "What an inspector is handed: make it, verify it.",
    "check": "One line and an exit code for Nagios and Icinga.",
    "catalog": "Ontario's micro-credentials: look up, take over.",
    "starter": "Ready-made roles of Ontario's legislated topics.",
    "passport": "Signed completions to take to the next home.",
    "notify": "Mail to people: what is queued, reminders, sending.",
    "store": "The store itself: info, check, backup, restore, copy.",
    "audit": "Who changed what and when; undo.",
    "config": "The settings in force, and where they come from.",
    "help": "A command; or exit codes, formats, dates, statuses.",
}


@cache
def load_command(name: str) -> "Command":
    """The command or group of the module `name`, made once in a process."""
    app: typer.Typer = import_module(f"carepass_cli.commands.{name}").app
    declared = app.registered_commands
    if app.registered_callback is None:
        command = typer.main.get_command(app)
    else:
        # Making all the commands of a group would take a tenth of a run that needs one of them.
        app.registered_commands = []
        command = typer.main.get_group(app)
        command.commands = cast(MutableMapping[str, "Command"], Declared(declared))
        command.help = COMMANDS[name]
    command.name = name
    return command


class Declared(Mapping[str, "Command"]):
    """The commands of a group in the order in which they are declared, each made when it is asked for."""

    def __init__(self, declared: "Sequence[CommandInfo]") -> None:
        self._declared = {str(each.name): each for each in declared}
        self._made: dict[str, Command] = {}

    def __getitem__(self, name: str) -> "Command":
        if name not in self._made:
            info = self._declared[name]
            self._made[name] = typer.main.get_command_from_info(
                info, pretty_exceptions_short=False, rich_markup_mode=None
            )
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)


class LazyCommand(TyperGroup):
    """Stands for a command module until one of its commands is asked for."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, help=COMMANDS[name], rich_markup_mode=None)

    def load(self) -> "Command":
        """The module's own command or group."""
        return load_command(str(self.name))

    def make_context(self, *args: Any, **kwargs: Any) -> "Context":
        return self.load().make_context(*args, **kwargs)

    def get_command(self, ctx: "Context", cmd_name: str) -> "Command | None":
        return cast(TyperGroup, self.load()).get_command(ctx, cmd_name)

    def list_commands(self, ctx: "Context") -> list[str]:
        loaded = self.load()
        return loaded.list_commands(ctx) if isinstance(loaded, TyperGroup) else []


class Root(Group):
    """The root: knows its commands by name and line, and turns every error into an exit code."""

    def __init__(self, **attrs: Any) -> None:
        super().__init__(**attrs)
        self.commands: MutableMapping[str, Command] = {name: LazyCommand(name) for name in COMMANDS}

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> Any:
        """Run, and leave the process with the exit code of `cli.md`."""
        from carepass_cli.failure import report_failure, report_unknown

        run = Run()
        extra |= {"standalone_mode": False, "obj": run}
        if "_CAREPASS_COMPLETE" in os.environ:
            # A shell asks: Typer teaches its click the shells where it adds its own two options, and here.
            typer.completion.get_completion_inspect_parameters()
        try:
            code = super().main(args, *rest, **extra)
            sys.stdout.flush()
        except SystemExit as left:
            # Typer's word for a pipe whose reader has gone (`| head`), which is no failure, but for `check`.
            code = left.code
            if isinstance(left.__context__, BrokenPipeError):
                code = report_unknown(left.__context__, run) if run.command == "check" else 0
        except Exception as error:
            code = report_unknown(error, run) if run.command == "check" else report_failure(error, run)
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(self, ctx: "Context", args: list[str]) -> Any:
        ctx.ensure_object(Run).command = args[0]
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="carepass",
    cls=Root,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    # Typer's own options guess the shell from the processes above; ours are told which.
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SHELL = Literal["bash", "zsh", "fish"]


def print_version(asked: bool) -> None:
    """Print the version and stop."""
    if asked:
        from carepass_cli import __version__

        typer.echo(f"carepass {__version__}")
        raise typer.Exit


@app.callback(
    epilog="Dates are ISO (2026-11-21), spans 30d, 2w, 3mo, 1y. Try: carepass demo",
)
def root(
    ctx: typer.Context,
    db: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|URL", help="The store. [env: CAREPASS_DB; default: carepass.db in your data folder]"
        ),
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Act and look as of this day, Toronto time. [env: CAREPASS_TODAY]"),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Your name in the audit log; not access control. [env: CAREPASS_ACTOR]"
        ),
    ] = None,
    color: Annotated[
        Literal["auto", "always", "never"] | None,
        typer.Option("--color", help="Colour; auto is at a terminal. [env: FORCE_COLOR, CLICOLOR_FORCE]"),
    ] = None,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colour. [env: NO_COLOR]")] = False,
    no_pager: Annotated[
        bool, typer.Option("--no-pager", help="No pager. [env: CAREPASS_PAGER, PAGER; default: less -FRX]")
    ] = False,
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
    install_completion: Annotated[  # noqa: ARG001
        SHELL | None,
        typer.Option(
            callback=typer.completion.install_callback,
            is_eager=True,
            help="Install completion for this shell.",
        ),
    ] = None,
    show_completion: Annotated[  # noqa: ARG001
        SHELL | None,
        typer.Option(
            callback=typer.completion.show_callback,
            is_eager=True,
            help="Print the completion script of this shell.",
        ),
    ] = None,
) -> None:
    """Training of long-term-care staff: who must take what, who pays, what expires.

    A local tool, not affiliated with Care Passport. To begin: 'carepass demo' builds a sample home and looks
    around, 'carepass init' creates your own store, 'carepass status' shows how things stand.
    """
    run = ctx.ensure_object(Run)
    run.flags |= {"db": db, "today": today, "actor": actor, "color": color}
    run.no_color = no_color
    run.pager = not no_pager
    ctx.call_on_close(run.close)
    if ctx.invoked_subcommand is None:
        _say_how_things_stand(ctx, run)


def _say_how_things_stand(ctx: typer.Context, run: Run) -> None:
    """`carepass` alone: at a terminal and with a store the dashboard, else the help."""
    from carepass_cli.errors import StoreUnavailable

    if sys.stdout.isatty():
        from carepass_cli.commands.status import overview

        try:
            run.show(overview(run))
        except StoreUnavailable as missing:
            if missing.code != "store-missing":
                raise
        else:
            run.say("Help: carepass --help, carepass help COMMAND")
            return
    typer.echo(ctx.get_help())
