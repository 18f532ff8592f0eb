"""Arguments and options that several commands share, and the makers of those that one command has."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar

import typer

from carepass_cli.commands import complete
from carepass_cli.rules import fields
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


def text_option(*decls: str, help: str, most: int = fields.NAME_MOST, empty: bool = False) -> Any:
    """An option that takes one line of plain text."""
    return typed(fields.clean_text, *decls, metavar="TEXT", help=help, most=most, empty=empty)


Account = Annotated[
    str,
    typer.Argument(metavar="ACCOUNT", help="Portal ID or e-mail address.", autocompletion=complete.accounts),
]
AccountOption = Annotated[
    str | None,
    typer.Option(
        "--account", metavar="ACCOUNT", help="Portal ID or e-mail address.", autocompletion=complete.accounts
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
    str, typer.Argument(metavar="RECORD", help="The record's number, as 'record list' shows it.")
]
HomeOption = Annotated[
    str | None, typer.Option("--home", metavar="HOME", help="A home's code.", autocompletion=complete.homes)
]
RoleOption = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="A role's code.", autocompletion=complete.roles),
]
HomeRequired = Annotated[
    str, typer.Option("--home", metavar="HOME", help="The home's code.", autocompletion=complete.homes)
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
OfProvider = Annotated[str | None, typer.Option("--provider", help="Part of the provider's name.")]
MaxMinutes = Annotated[
    int | None, typer.Option("--max-minutes", min=1, help="Only courses up to this length.")
]
Group = Annotated[
    Literal[
        "direct-care",
        "registered",
        "allied",
        "dietary",
        "environmental",
        "administration",
        "volunteer",
        "student",
        "agency",
    ]
    | None,
    typer.Option(
        "--group",
        metavar="GROUP",
        help="The staff group: direct-care, registered, allied, dietary, environmental, administration,"
        " volunteer, student or agency.",
    ),
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
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
