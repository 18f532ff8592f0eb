"""How words become options: a value once, no opposites, all that is missing at once, nearest names."""

from typing import TYPE_CHECKING, Any

from typer import TyperException
from typer.core import TyperCommand, TyperGroup, TyperOption

from carepass_cli.context import Run
from carepass_cli.errors import GivenTwice, NoSuchCommand, UsageError, nearest

if TYPE_CHECKING:
    from typer._click import Context, Parameter

# What ends a thing for good or for now, in the order in which it is meant by another word.
_ENDING = ("remove", "end", "void", "retire", "deactivate", "withdraw")
# What people type for what is called otherwise here; of these the ones that are there are named. None of them
# erases, and none is found by likeness alone: `delete` is not `decline`.
SYNONYMS = {
    "delete": _ENDING,
    "rm": _ENDING,
    "remove": _ENDING,
    "end": _ENDING,
    "stop": _ENDING,
    "cancel": _ENDING,
    "archive": ("retire", "deactivate"),
    "terminate": ("end", "deactivate"),
    "new": ("create", "add"),
    "add": ("create", "assign"),
    "create": ("add",),
    "ls": ("list", "assignments"),
    "all": ("list", "assignments"),
    "status": ("show", "list"),
    "view": ("show",),
    "get": ("show",),
    "info": ("show",),
    "update": ("edit",),
    "change": ("edit",),
    "set": ("edit",),
    "rename": ("edit",),
    "load": ("import",),
    "upload": ("import",),
    "accept": ("approve", "confirm"),
    "deny": ("reject", "decline"),
    "access": ("grant",),
    "done": ("complete",),
    "send": ("run",),
    "log": ("list",),
}
# And what is one of the first words, or a command of another one.
ELSEWHERE = {
    "person": "account",
    "people": "account",
    "staff": "account",
    "user": "account",
    "training": "requirement",
    "certificate": "record",
    "completion": "record",
    "overview": "status",
    "dashboard": "status",
    "status": "status",
    "expired": "report expiring",
    "expiring": "report expiring",
    "overdue": "report gaps",
    "missing": "report gaps",
    "matrix": "report matrix",
    "compliance": "report compliance",
    "mail": "notify",
    "undo": "audit undo",
    "history": "audit list",
    "backup": "store backup",
    "restore": "store restore",
}
# What is like a word is suggested where that is plainly a slip of the finger; what refuses, ends or settles
# something, where hardly anything else can be meant.
LIKE, VERY_LIKE = 0.75, 0.85
HARMFUL = (
    *("erase", "purge", "decline", "reject", "revoke", "distrust", "restore", "undo", "merge"),
    *(*_ENDING, "approve", "confirm", "fail", "waive", "unwaive", "clear"),
)


class Command(TyperCommand):
    """A command."""

    def collect_usage_pieces(self, ctx: "Context") -> list[str]:
        """The usage line's words: an argument is called as in the list below it, without the braces that
        Typer puts around one that must be there."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def make_parser(self, ctx: "Context") -> Any:
        return _strict(self, ctx, super().make_parser(ctx))


class Group(TyperGroup):
    """A group of commands; names the nearest where one is not there."""

    def make_parser(self, ctx: "Context") -> Any:
        return _strict(self, ctx, super().make_parser(ctx))

    def resolve_command(self, ctx: "Context", args: list[str]) -> Any:
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing:
            parser = super().make_parser(ctx)
            _hear(ctx, parser, parser.parse_args, args)
            raise NoSuchCommand(
                args[0], ctx.command_path, suggestions(args[0], ctx.command_path, self.list_commands(ctx))
            )
        return super().resolve_command(ctx, args)


def _strict(command: "Command | Group", ctx: "Context", parser: Any) -> Any:
    """`parser`, made to drop nothing of what was typed."""
    parse = parser.parse_args

    def parse_args(args: list[str]) -> tuple[dict[str, Any], list[str], list["Parameter"]]:
        words = list(args)
        try:
            options, rest, order = parse(args)
        except TyperException:
            _hear(ctx, parser, parse, words)
            raise
        if not ctx.resilient_parsing:
            _set_output(ctx, options)
            if not options.get("help"):
                _hold_once(order)
                _hold_complete(command.get_params(ctx), options)
        return options, rest, order

    parser.parse_args = parse_args
    return parser


def suggestions(word: str, path: str, known: list[str]) -> list[str]:
    """The commands that were perhaps meant by `word` after `path`, whole."""
    meant = [each for each in SYNONYMS.get(word.casefold(), ()) if each in known][:2]
    if not meant:
        near = nearest(word, tuple(known), cutoff=LIKE)
        meant = [each for each in near if each not in HARMFUL or nearest(word, (each,), cutoff=VERY_LIKE)]
    elsewhere = ELSEWHERE.get(word.casefold())
    if elsewhere and not meant:
        return [f"{path.split()[0]} {elsewhere}"]
    return [f"{path} {each}" for each in meant]


def _hear(ctx: "Context", parser: Any, parse: Any, words: list[str]) -> None:
    """Learn how errors are to be told from words that cannot be parsed: the parser passes over what it does
    not know."""
    if "--output" not in parser._long_opt:
        parser.add_option(obj=None, opts=["-o", "--output"], dest="output")
    parser.ignore_unknown_options = parser.allow_interspersed_args = True
    tolerant, ctx.resilient_parsing = ctx.resilient_parsing, True
    try:
        options, rest, _ = parse(list(words))
    finally:
        ctx.resilient_parsing = tolerant
    _set_output(ctx, options)
    run = ctx.find_object(Run)
    if run is not None and not run.command:
        run.command = next((word for word in rest if not word.startswith("-")), "")


def _set_output(ctx: "Context", options: dict[str, Any]) -> None:
    run = ctx.find_object(Run)
    if run is not None and options.get("output") is not None:
        run.flags["output"] = options["output"]


def _hold_once(order: list["Parameter"]) -> None:
    """Raise GivenTwice for an option of one value that stands there twice, or a flag and its opposite."""
    seen: set[int] = set()
    for param in order:
        if not isinstance(param, TyperOption) or param.multiple:
            continue
        if id(param) in seen and (not param.is_flag or param.secondary_opts):
            raise GivenTwice("/".join((*param.opts[-1:], *param.secondary_opts)), flag=param.is_flag)
        seen.add(id(param))


def _hold_complete(params: "list[Parameter]", options: dict[str, Any]) -> None:
    """Raise UsageError that names all that is missing, where it is more than one thing."""
    missing = [each for each in params if each.required and options.get(each.name or "") in (None, ())]
    if len(missing) > 1:
        names = [
            each.opts[0] if isinstance(each, TyperOption) else each.human_readable_name for each in missing
        ]
        raise UsageError(
            f"These are missing: {', '.join(names)}.", "'--help' after the command tells of each."
        )
