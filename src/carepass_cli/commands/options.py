"""Arguments and options that several commands share, and the makers of those that one command has."""

import inspect
from collections.abc import Callable, Collection
from typing import Annotated, Any, Literal, NamedTuple, TypeVar

import typer

from carepass_cli.commands import complete
from carepass_cli.errors import InvalidValue, UsageError, nearest_hint
from carepass_cli.rules import fields
from carepass_cli.rules.noun import Field, Noun
from carepass_cli.rules.span import span_text

V = TypeVar("V")


def typed(parse: Callable[..., V], *decls: str, metavar: str, help: str, **limits: Any) -> Any:
    """An option whose text goes through one of `rules.fields`; a bad value names the option."""
    return typer.Option(*decls, parser=_reader(parse, decls[0], limits), metavar=metavar, help=help)


def typed_argument(parse: Callable[..., V], *, metavar: str, help: str, **limits: Any) -> Any:
    """An argument whose text goes through one of `rules.fields`; a bad value names the argument."""
    return typer.Argument(parser=_reader(parse, metavar, limits), metavar=metavar, help=help)


def _reader(parse: Callable[..., V], name: str, limits: dict[str, Any]) -> Callable[[str], V]:
    def read(text: str) -> V:
        return parse(text, name, **limits)

    return read


def date_option(*decls: str, help: str) -> Any:
    """An option that takes an ISO date."""
    return typed(fields.parse_date, *decls, metavar="DATE", help=help)


def span_option(*decls: str, help: str) -> Any:
    """An option that takes a span: 30d, 2w, 3mo, 1y. Its value is the span's text."""
    return typed(span_text, *decls, metavar="SPAN", help=help)


def year_option(help: str) -> Any:
    """An option that takes a calendar year, 1900 to 2199."""
    return typed(fields.parse_int, "--year", metavar="YEAR", help=help, least=1900, most=2199)


def text_option(*decls: str, help: str, most: int = fields.NAME_MOST, empty: bool = False) -> Any:
    """An option that takes one line of plain text."""
    return typed(fields.clean_text, *decls, metavar="TEXT", help=help, most=most, empty=empty)


def several(*decls: str, metavar: str, help: str, known: Collection[str] = (), values: Any = None) -> Any:
    """An option that narrows: several values, repeated or with commas, any of which will do. `known` are the
    words that it takes (all by default), `values` completes them."""

    def split(typed: list[str] | None) -> list[str]:
        found = [word.strip() for text in typed or () for word in text.split(",") if word.strip()]
        if typed and not found:
            raise InvalidValue(f"{decls[0]} is empty.", "Name one or more, or leave the option out.")
        for word in found:
            if known and word not in known:
                hint = nearest_hint(word, tuple(known)) or f"Use one of: {', '.join(known)}."
                raise UsageError(f"{decls[0]} '{word[:40]}' is not known.", hint)
        return list(dict.fromkeys(found))

    if known:
        help = f"{help.rstrip('.')}: {', '.join(known)}."
    completed = values or (complete.words(known) if known else None)
    return typer.Option(*decls, metavar=metavar, help=help, callback=split, autocompletion=completed)


class OptionsOf(NamedTuple):
    """Marks a parameter that takes what the options of a noun's fields say, as values by the store's columns:
    for one that is `new`, or for a change."""

    noun: Noun
    new: bool = False

    def parameters(self) -> list[inspect.Parameter]:
        """An option for each field; those that must be there come first."""
        options = [
            field for field in self.noun.written if field.has_option and (self.new or not field.is_first)
        ]
        options.sort(key=lambda field: not field.is_required)
        return [self._parameter(field) for field in options]

    def _parameter(self, field: Field) -> inspect.Parameter:
        flag = f"--{field.name.replace('_', '-')}"
        otherwise = field.otherwise or field.default
        choices = list(field.choices)
        words = f" One of: {', '.join(choices)}." if choices and "|" not in field.metavar else ""
        option = typer.Option(
            flag,
            # In a tuple: an empty text is a value, too, which may be None.
            parser=lambda text: (field.value(text, flag),),
            metavar=field.metavar,
            help=field.help + words + (f" [default: {otherwise}]" if self.new and otherwise else ""),
            autocompletion=(lambda: choices) if choices else None,
        )
        must = self.new and field.is_required
        return inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if must else None,
            annotation=Annotated[str if must else str | None, option],
        )

    def values(self, typed: dict[str, Any]) -> dict[str, Any]:
        """What was said, taken out of `typed`."""
        said = {field.column: typed.pop(field.name, None) for field in self.noun.written if field.has_option}
        return {column: value[0] for column, value in said.items() if value is not None}


class OneHome:
    """Marks an option that wants one home: where none is named, `default_home` or the only one."""


def account_argument(metavar: str, help: str) -> Any:
    """An argument that names a person; `help` says which."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=complete.accounts)


Account = Annotated[str, account_argument("ACCOUNT", "Portal ID, e-mail address or emp:NUMBER.")]
AccountOption = Annotated[
    str | None,
    typer.Option(
        "--account",
        metavar="ACCOUNT",
        help="Portal ID, e-mail address or emp:NUMBER.",
        autocompletion=complete.accounts,
    ),
]
Courses = Annotated[
    list[str], typer.Argument(metavar="COURSE...", help="Course codes.", autocompletion=complete.courses)
]
Course = Annotated[
    str, typer.Argument(metavar="COURSE", help="The course's code.", autocompletion=complete.courses)
]
Home = Annotated[str, typer.Argument(metavar="HOME", help="The home's code.", autocompletion=complete.homes)]
Role = Annotated[str, typer.Argument(metavar="ROLE", help="The role's code.", autocompletion=complete.roles)]
Record = Annotated[
    str,
    typer.Argument(
        metavar="RECORD",
        help="The record's number, as 'record list' shows it.",
        autocompletion=complete.records,
    ),
]
HomeOption = Annotated[
    str | None, typer.Option("--home", metavar="HOME", help="A home's code.", autocompletion=complete.homes)
]
RoleOption = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="A role's code.", autocompletion=complete.roles),
]
Homes = Annotated[
    list[str] | None,
    several("--home", metavar="HOME,...", help="Only these homes.", values=complete.homes),
]
Roles = Annotated[
    list[str] | None,
    several("--role", metavar="ROLE,...", help="Only these roles.", values=complete.roles),
]
Accounts = Annotated[
    list[str] | None,
    several("--account", metavar="ACCOUNT,...", help="Only these people.", values=complete.accounts),
]
Codes = Annotated[
    list[str] | None,
    several("--code", metavar="COURSE,...", help="Only these courses.", values=complete.courses),
]
Groups = Annotated[
    list[str] | None,
    several("--group", metavar="GROUP,...", help="Only these staff groups.", known=fields.GROUPS),
]
HomeRequired = Annotated[
    str,
    typer.Option(
        "--home",
        metavar="HOME",
        help="The home's code. [default: default_home, or the only home]",
        autocompletion=complete.homes,
    ),
    OneHome,
]
HomesRequired = Annotated[
    list[str],
    several(
        "--home",
        metavar="HOME,...",
        help="The homes' codes. [default: default_home, or the only home]",
        values=complete.homes,
    ),
    OneHome,
]
RolesRequired = Annotated[
    list[str],
    several("--role", metavar="ROLE,...", help="The roles' codes.", values=complete.roles),
]
RoleRequired = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="The role's code.", autocompletion=complete.roles)
]
Reason = Annotated[str, text_option("--reason", help="Why; kept in the audit log.", most=fields.REASON_MOST)]
ReasonOption = Annotated[
    str | None, text_option("--reason", help="Why; kept in the audit log.", most=fields.REASON_MOST)
]
Search = Annotated[
    str | None,
    typer.Option("--search", metavar="TEXT", help="Part of a name or code; accents and case do not matter."),
]
Expiry = Annotated[
    Literal["once", "annual", "any"],
    typer.Option("--expiry", help="Only courses taken once, or only annual ones."),
]
OfProvider = Annotated[
    list[str] | None,
    several("--provider", metavar="TEXT,...", help="Only providers with this in their name."),
]
MaxMinutes = Annotated[
    int | None,
    typer.Option("--max-minutes", min=1, metavar="MINUTES", help="Only courses up to this length."),
]
LanguageOption = Annotated[
    Literal["en", "fr"] | None,
    typer.Option("--language", help="The page's language. [default: the person's own; of a home, English]"),
]
FileOfRows = Annotated[str, typer.Argument(metavar="FILE", help="CSV, NDJSON or .xlsx; - is standard input.")]
KeepGoing = Annotated[bool, typer.Option("--keep-going", help="Write the good rows even if others are bad.")]
RejectsFile = Annotated[
    str | None,
    typer.Option("--rejects", metavar="FILE", help="Put the bad rows in this file, to correct and import."),
]
Map = Annotated[
    list[str] | None,
    typer.Option(
        "--map",
        metavar="'FILE COLUMN=column'",
        help="Take a column of the file for this one; nothing after = leaves it aside. May be repeated.",
    ),
]
Value = Annotated[
    list[str] | None,
    typer.Option(
        "--value",
        metavar="'column:TEXT=value'",
        help="Take this text in a column for this value. May be repeated.",
    ),
]
IgnoreUnknown = Annotated[
    bool, typer.Option("--ignore-unknown", help="Leave aside every column that is not known.")
]
DateFormat = Annotated[
    str | None,
    typer.Option(
        "--date-format",
        metavar="dmy|mdy|ymd|PATTERN",
        help="How dates are written that are not ISO: 03/04/2026 is read in no other way.",
    ),
]
SheetOption = Annotated[str | None, typer.Option("--sheet", metavar="NAME", help="The sheet of a workbook.")]
SkipLines = Annotated[
    int | None,
    typer.Option("--skip-lines", metavar="N", min=0, max=1000, help="Leave out so many lines at the top."),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="How the file's text is encoded, as cp1252 or cp850."),
]
NameOrder = Annotated[
    Literal["last-first", "first-last"] | None,
    typer.Option("--name-order", help="How a column with both names is written.", show_default=False),
]
Profile = Annotated[
    str | None,
    typer.Option(
        "--profile",
        metavar="NAME|FILE.toml",
        help="Read the file as this profile says; 'carepass help files' names those that are shipped.",
        autocompletion=complete.profiles,
    ),
]
SaveProfile = Annotated[
    str | None,
    typer.Option("--save-profile", metavar="NAME", help="Keep these options as a profile, for --profile."),
]
AllowDuplicates = Annotated[
    bool,
    typer.Option("--allow-duplicates", help="New people may share name and birthdate with others."),
]
# What every command that reads a file of rows has: name -> annotation and default.
READING_FIRST: dict[str, tuple[Any, Any]] = {"file": (FileOfRows, inspect.Parameter.empty)}
KEEP_GOING: dict[str, tuple[Any, Any]] = {"keep_going": (KeepGoing, False)}
READING: dict[str, tuple[Any, Any]] = {
    "rejects": (RejectsFile, None),
    "profile": (Profile, None),
    "save_profile": (SaveProfile, None),
    "map": (Map, None),
    "value": (Value, None),
    "ignore_unknown": (IgnoreUnknown, False),
    "date_format": (DateFormat, None),
    "name_order": (NameOrder, None),
    "sheet": (SheetOption, None),
    "skip_lines": (SkipLines, None),
    "encoding": (Encoding, None),
}
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
Force = Annotated[bool, typer.Option("--force", help="Replace FILE even if it is of another kind.")]
FailIfAny = Annotated[bool, typer.Option("--fail-if-any", help="Exit 10 if the report has any row.")]
MonthsOption = Annotated[
    int | None,
    typed(
        fields.parse_int,
        "--months",
        metavar="N",
        help="How many months to look ahead, from today's on. [default: 12]",
        least=1,
        most=120,
    ),
]

Token = Annotated[
    str | None,
    typer.Argument(
        metavar="[TOKEN|ACCOUNT]",
        help="The token from the e-mail; or the person, with --role.",
        autocompletion=complete.accounts,
    ),
]
HomeOnBehalf = Annotated[
    str | None,
    typer.Option(
        "--home",
        metavar="HOME",
        help="The role's home, on the person's behalf. [default: default_home, or the only home]",
        autocompletion=complete.homes,
    ),
]
