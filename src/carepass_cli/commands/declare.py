"""Declaring commands: `@reads` and `@writes` give each its common options and show what it returns.

A command is a function of the `Run` and its own options that returns a result; it neither prints nor
catches.
"""

import inspect
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

import typer

from carepass_cli.commands import complete, options
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Result, Table, Talk, Written
from carepass_cli.parsing import Command, Group
from carepass_cli.rules import fields
from carepass_cli.rules.noun import Noun
from carepass_cli.rules.noun import listed as listed_words
from carepass_cli.rules.nouns import PERSON
from carepass_cli.services.outcome import Outcome
from carepass_cli.settings import OUTPUTS

if TYPE_CHECKING:
    from carepass_cli.batch.columns import Columns
    from carepass_cli.batch.profiles import Saving
    from carepass_cli.batch.summary import Summary
    from carepass_cli.services.imports.batch import Asked, Load

Function = Callable[..., Result | None]

# A terminal shows this many of the reasons for which rows of a file are bad.
ERRORS_SHOWN = 12


def command_group() -> typer.Typer:
    """A noun's group of commands; `main.COMMANDS` has its help."""
    app = _typer(Group)
    # A callback of its own: Typer would take a group of one command for that command.
    app.callback()(_nothing_before)
    return app


def command_alone() -> typer.Typer:
    """A command of its own, not in a group."""
    return _typer(None)


def _typer(cls: type[Group] | None) -> typer.Typer:
    return typer.Typer(
        cls=cls,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        add_completion=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )


def _nothing_before() -> None:
    pass


def reads(
    app: typer.Typer, name: str, *, also: tuple[str, ...] = (), output: str | None = None, example: str = ""
) -> Callable[[Function], Function]:
    """Declare a reading command: `-o`, `--fields`, `--no-header`, `-q`, and where it returns a Table `--sort`
    and `--limit`. `also` are the outputs beyond the common ones, each one of the `files` of the Table that it
    returns; `output` is its own, where nobody says otherwise."""

    def decorate(command: Function) -> Function:
        common: dict[str, Any] = {"output": _output(*also, default=output), "fields": Fields}
        returned = inspect.signature(command).return_annotation
        if isinstance(returned, type) and issubclass(returned, Table):
            common |= {"sort": Sort, "limit": Limit}
        common |= {"no_header": NoHeader, "quiet": Quiet}
        return _declare(app, name, example, common, output)(command)

    return decorate


def writes(
    app: typer.Typer,
    name: str,
    *,
    reason: bool = False,
    dry_run: bool = True,
    hidden: bool = False,
    example: str = "",
) -> Callable[[Function], Function]:
    """Declare a writing command: `-o`, `-q`, and `-n/--dry-run` where it writes into the store alone. What
    ends or takes back something takes a `reason`: the command's own, or this one, which only the audit log
    has. A command that is `hidden` is an old word for another."""
    common: dict[str, Any] = {"reason": (options.ReasonOption, None)} if reason else {}
    common |= {"output": Output, "quiet": Quiet}
    if dry_run:
        common["dry_run"] = DryRun
    return _declare(app, name, example, common, hidden=hidden)


def imports(
    app: typer.Typer, name: str, *, noun: Noun | None = None, keep_going: bool = True, example: str = ""
) -> Callable[[Function], Function]:
    """Declare a writing command that reads a file of rows: FILE, and how it is read, reach the command as one
    `Asked`. With `--save-profile` the reading is kept, once the file was read by it. In its help `{person}`
    stands for the columns by which a person is known, `{others}` for those that a `noun` may be without."""
    shared = {**options.READING_FIRST, **(options.KEEP_GOING if keep_going else {}), **options.READING}

    def decorate(command: Function) -> Function:
        @wraps(command)
        def invoke(run: Run, **given: Any) -> Result | None:
            asked, saving = _asked(run, {name: given.pop(name) for name in shared})
            with saving:
                result = command(run, asked, **given)
                said = saving.keep()
            if said and isinstance(result, Written):
                result.talk = result.talk._replace(after=(*result.talk.after, said))
            return result

        others = [each.name for each in noun.written if not each.is_required] if noun else []
        invoke.__doc__ = (command.__doc__ or "").format(person=listed_words(PERSON), others=", ".join(others))
        own = [p for p in inspect.signature(command).parameters.values() if p.name not in ("run", "asked")]
        of_file = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for option, (annotation, default) in shared.items()
        ]
        first, rest = of_file[:1], of_file[1:]
        run = inspect.Parameter("run", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Run)
        keyworded = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
        invoke.__signature__ = inspect.Signature([run, *first, *keyworded, *rest])  # type: ignore[attr-defined]
        return writes(app, name, example=example)(invoke)

    return decorate


def _asked(run: Run, given: dict[str, Any]) -> "tuple[Asked, Saving]":
    """What the options ask for, and what keeps the reading as a profile."""
    from carepass_cli.batch.profiles import Saving, load_profile
    from carepass_cli.batch.reading import read_options
    from carepass_cli.services.imports.batch import Asked
    from carepass_cli.settings import profiles_path

    file, rejects = given.pop("file"), given.pop("rejects")
    whole, keep_going = "keep_going" not in given, given.pop("keep_going", False)
    profile, save = given.pop("profile"), given.pop("save_profile")
    folder = profiles_path()
    reading = read_options(**{**given, "map": given["map"] or (), "value": given["value"] or ()})
    if profile is not None:
        reading = reading.over(load_profile(profile, folder))
    asked = Asked(
        file,
        keep_going,
        rejects,
        reading,
        quiet=run.quiet,
        color=run.color,
        dry_run=run.dry_run,
        today=run.today,
        whole=whole,
    )
    return asked, Saving(save, reading, folder, dry_run=run.dry_run)


def _declare(
    app: typer.Typer,
    name: str,
    example: str,
    common: dict[str, Any],
    output: str | None = None,
    *,
    hidden: bool = False,
) -> Callable[[Function], Function]:
    def decorate(command: Function) -> Function:
        @wraps(command)
        def invoke(ctx: typer.Context, **typed: Any) -> None:
            run = ctx.find_object(Run)
            assert run is not None
            _refuse_control(ctx, typed)
            _apply(run, ctx, {option: typed.pop(option) for option in common}, output)
            for parameter, options_of in nouns.items():
                typed[parameter] = options_of.values(typed)
            for option, several in wanting_home.items():
                typed[option] = typed[option] or run.one_home(several=several, says=writing)
            run.show(command(run, **typed))

        own = [p for p in inspect.signature(command).parameters.values() if p.name != "run"]
        nouns = {p.name: found for p in own if (found := _options_of(p)) is not None}
        own = [each for p in own for each in (nouns[p.name].parameters() if p.name in nouns else [p])]
        wanting_home = {
            p.name: get_args(p.annotation)[0] is not str
            for p in own
            if options.OneHome in get_args(p.annotation)
        }
        writing = "fields" not in common
        own = [p.replace(default=None) if p.name in wanting_home else p for p in own]
        shared = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
            for option, (annotation, default) in common.items()
        ]
        context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
        parameters = [context, *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own), *shared]
        invoke.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        invoke.__annotations__ = {p.name: p.annotation for p in parameters}
        epilog = f"Example: carepass {example}" if example else None
        app.command(name, cls=Command, epilog=epilog, hidden=hidden)(invoke)
        return command

    return decorate


def _options_of(parameter: inspect.Parameter) -> options.OptionsOf | None:
    """What a parameter takes the options of; None for one of its own."""
    marks = get_args(parameter.annotation)
    return next((mark for mark in marks if isinstance(mark, options.OptionsOf)), None)


def _refuse_control(ctx: typer.Context, options: dict[str, Any]) -> None:
    """Hold every text that was typed, arguments and filters too, to plain text."""
    for parameter in ctx.command.params:
        value = options.get(parameter.name or "")
        flag = parameter.opts[0]
        name = flag if flag.startswith("-") else flag.upper()
        for text in value if isinstance(value, list | tuple) else [value]:
            if isinstance(text, str):
                fields.refuse_control(text, name)


def _apply(run: Run, ctx: typer.Context, options: dict[str, Any], own_output: str | None) -> None:
    run.command = ctx.command_path.partition(" ")[2]
    run.flags["output"] = options["output"]
    output = run.settings["output"]
    if output not in OUTPUTS and options["output"] is None:
        raise UsageError(f"CAREPASS_OUTPUT '{output}' is not known.", f"Use one of: {', '.join(OUTPUTS)}.")
    if own_output and run.settings.get("output").source == "default":
        run.flags["output"] = own_output
    _ = run.color  # contradicting options are said before anything is written
    if run.settings["today"] is not None:
        _ = run.clock  # a --today that is no date is said even where no date is needed
    run.is_read = "fields" in options
    run.fields = options.get("fields")
    run.sort = options.get("sort")
    run.limit = options.get("limit")
    run.header = not options.get("no_header")
    run.quiet = options["quiet"]
    run.dry_run = options.get("dry_run", False)
    run.reason = options.get("reason")


def _output(*also: str, default: str | None = None) -> tuple[Any, None]:
    choices: Any = Literal.__getitem__((*OUTPUTS, *also))
    said = f"How to print the result. [env: CAREPASS_OUTPUT; default: {default or 'table'}]"
    return Annotated[choices | None, typer.Option("-o", "--output", help=said)], None


Output = _output()
Fields = (
    Annotated[
        str | None,
        typer.Option(
            "--fields",
            metavar="A,B,C",
            help="Only these fields, in this order.",
            autocompletion=complete.fields,
        ),
    ],
    None,
)
Sort = (
    Annotated[
        str | None,
        typer.Option(
            "--sort",
            metavar="A,-B",
            help="Sort by these fields; a - before one reverses it.",
            autocompletion=complete.sort_keys,
        ),
    ],
    None,
)
Limit = (
    Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many rows.")],
    None,
)
NoHeader = (
    Annotated[bool, typer.Option("--no-header", help="Leave out the header line of tables and CSV.")],
    False,
)
Quiet = (Annotated[bool, typer.Option("-q", "--quiet", help="Print data only, no messages.")], False)
DryRun = (
    Annotated[bool, typer.Option("-n", "--dry-run", help="Check and show everything, write nothing.")],
    False,
)


def wrote(outcome: Outcome) -> Written:
    """The result of a command that writes one thing."""
    return Written([{"result": outcome.result, **outcome.item}], talk=Talk(after=outcome.said))


def wrote_many(
    outcomes: Sequence[Outcome],
    keys: Sequence[str] = (),
    *,
    shown: Sequence[str] = (),
    after: Sequence[str] = (),
    then: Exception | None = None,
) -> Written:
    """The result of a command that writes several things; `keys` head the CSV where it may be none, `shown`
    are its most telling columns, `after` is about all of them together; `then` is raised when it has been
    shown."""
    items = [{"result": each.result, **each.item} for each in outcomes]
    columns = list(dict.fromkeys(("result", *keys, *(key for item in items for key in item))))
    said = dict.fromkeys(line for each in outcomes for line in each.said)  # once, what is so of many
    talk = Talk(after=[*said, *after], then=then)
    return Written(items, many=True, columns=columns, shown=shown, talk=talk)


def wrote_each(outcomes: Sequence[Outcome], words: Sequence[str] | None, **more: Any) -> Written:
    """The result of a command that takes one thing or many: one object where one was named by a word of its
    own, else an array."""
    if len(outcomes) == 1 and words is not None and list(words) != ["-"] and len(words) == 1:
        return wrote(outcomes[0])
    return wrote_many(outcomes, **more)


def listed(words: Sequence[str] | None, chosen: bool, *, what: str, by: str = "") -> list[str]:
    """The words (`what` they are) that a command acts on; `-` stands for those on standard input. `chosen`:
    the option `by` chooses instead. Raises UsageError where neither or both are there."""
    if bool(words) == chosen:
        fact = f"{what} and {by} do not go together." if chosen else f"Missing argument '{what}...'."
        instead = f", or choose by {by}" if by else ""
        raise UsageError(fact, f"Name one or more, or - for standard input{instead}.")
    found = [part for word in words or () for part in (sys.stdin.read().split() if word == "-" else [word])]
    return list(dict.fromkeys(found))


def import_rows(
    run: Run,
    asked: "Asked",
    columns: "Columns",
    load: "Load[None]",
    summary: "Callable[[], Summary] | None" = None,
    *,
    mailed: bool = False,
) -> Written:
    """Bring a file of rows into the store by `load`, one of `services.imports`; the summary of it.
    `mailed`: whoever is new in it gets a mail."""
    from carepass_cli.services.imports.batch import import_file, refusal

    done, _ = import_file(asked, columns, load, run.write, run.say, run.warn, summary)
    after: tuple[str, ...] = ()
    if mailed and done.created and done.change is not None:
        many = done.created != 1
        mails = f"{done.created} confirmation mails are" if many else "1 confirmation mail is"
        after = (f"{mails} in the outbox. To send: carepass notify run",)
    talk = Talk(after=after, then=refusal(done, asked))
    most = ERRORS_SHOWN if run.style.terminal else None
    return Written([done.as_dict()], human=done.as_told(most), talk=talk)


def plan_rows(
    run: Run,
    asked: "Asked",
    columns: "Columns",
    keys: Sequence[str],
    plan: "Load[list[tuple[object, ...]]]",
    *,
    empty: str,
) -> Table:
    """What a file would do, as rows under `keys`; nothing is kept. Raises the refusal of a file whose rows
    are all bad."""
    from carepass_cli.services.imports.batch import import_file, refusal

    done, rows = import_file(asked, columns, plan, run.rehearse, run.say, run.warn)
    bad = refusal(done, asked)
    if bad and not rows:
        raise bad
    return Table(keys, rows, talk=Talk(empty=empty, then=bad))


def agreed(question: str, yes: bool, preview: Callable[[], None] | None = None) -> None:
    """Go on where the person says so: by `--yes`, or at the terminal, where `preview` shows first what
    it is about. Raises UsageError where nobody can be asked, Abort for a no."""
    if yes:
        return
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            "This asks for confirmation, and there is no terminal to ask at.", "Confirm beforehand: --yes"
        )
    if preview:
        preview()
    typer.confirm(question, abort=True, err=True)
