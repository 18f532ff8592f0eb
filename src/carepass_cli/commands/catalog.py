"""`carepass catalog`: Ontario's micro-credentials and own lists, to look courses up and take them over."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import command_group, import_rows, imports, reads, writes, wrote
from carepass_cli.commands.options import typed
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules import category as rule
from carepass_cli.rules import fields

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

Id = Annotated[
    str,
    typer.Argument(
        metavar="ID", help="The entry's id, as 'catalog list' shows it.", autocompletion=complete.entries
    ),
]


@reads(app, "list", example="catalog list --search boreal")
def list_(
    run: Run,
    search: Annotated[
        str | None,
        typer.Option(
            "--search",
            metavar="TEXT",
            help="Words in institution or title; accents and case do not matter.",
        ),
    ] = None,
    institution: Annotated[
        str | None, typer.Option("--institution", metavar="TEXT", help="Part of the institution's name.")
    ] = None,
    funding: Annotated[
        str | None, typer.Option("--funding", metavar="TEXT", help="Part of the funding program's name.")
    ] = None,
    sector: Annotated[
        str | None,
        typer.Option(
            "--sector", metavar="TEXT", help="Part of the labour market sector, as an own list has it."
        ),
    ] = None,
    osap: Annotated[
        bool,
        typer.Option("--osap", help="Only those said to be approved for OSAP; not those that say nothing."),
    ] = False,
    method: Annotated[rule.Method | None, typer.Option("--method", help="Only this way of delivery.")] = None,
    language: Annotated[
        Literal["en", "fr"] | None, typer.Option("--language", help="Only those in this language.")
    ] = None,
    category: Annotated[
        rule.Category | None,
        typer.Option("--category", help="Only this category; an unknown length is unclassified."),
    ] = None,
) -> Table:
    """List micro-credentials, Ontario's and your own."""
    from carepass_cli.rules.catalog import LIST_KEYS, Filter
    from carepass_cli.store.opening import find_reader
    from carepass_cli.store.queries.catalog import list_entries
    from carepass_cli.store.records import rows_of

    asked = Filter(search, institution, funding, sector, osap, method, language, category)
    entries = list_entries(find_reader(run.db), run.today)
    rows = rows_of((entry for entry in entries if asked.fits(entry)), LIST_KEYS)
    shown = ("id", "institution", "title", "language", "year")
    return Table(LIST_KEYS, rows, shown=shown, talk=Talk(empty="Nothing like that in the catalogue."))


@reads(app, "show", example="catalog show cf2-015")
def show(run: Run, id: Id) -> Item:
    """Show an entry, where it comes from, and how to enrol."""
    from carepass_cli.rules.catalog import enrolment
    from carepass_cli.store.opening import find_reader
    from carepass_cli.store.queries.catalog import get_entry

    entry = get_entry(find_reader(run.db), run.today, id)
    return Item({**entry.shown(), "enrol": enrolment(entry)})


@reads(app, "institutions", example="catalog institutions")
def institutions(run: Run) -> Table:
    """List the institutions and how many entries each has."""
    from collections import Counter

    from carepass_cli.store.opening import find_reader
    from carepass_cli.store.queries.catalog import list_entries

    counts = Counter(entry.institution for entry in list_entries(find_reader(run.db), run.today))
    return Table(("institution", "entries"), counts.items())


@reads(app, "funding", example="catalog funding -o json")
def funding(run: Run) -> Table:  # noqa: ARG001
    """Sum up Ontario's funding: programs, rounds and amounts."""
    from carepass_cli.shipped.catalog import Funding, funding_rounds

    rounds = funding_rounds()
    shown = ("program", "round", "year", "amount", "institutions", "projects", "as_given")
    return Table(Funding._fields, rounds, shown=shown, talk=Talk(notes=(f"Source: {rounds[0].source}.",)))


@reads(app, "about", example="catalog about")
def about(run: Run) -> Table:  # noqa: ARG001
    """Say what the sources tell of the programs and their funding."""
    from carepass_cli.shipped.about import Fact, program_facts

    return Table(Fact._fields, program_facts(), shown=("topic", "statement"))


@writes(app, "adopt", example="catalog adopt cf2-037 --code IDC-101 --minutes 600")
def adopt(
    run: Run,
    id: Id,
    code: Annotated[
        str, typed(fields.parse_course_code, "--code", metavar="CODE", help="The new course's code.")
    ],
    minutes: Annotated[
        int | None,
        typed(
            fields.parse_minutes,
            "--minutes",
            metavar="N",
            help="The course's length; needed where the entry gives none.",
        ),
    ] = None,
    validity_years: Annotated[
        int | None,
        typed(
            fields.parse_years,
            "--validity-years",
            metavar="N",
            help="Years until it must be renewed. [default: once only]",
        ),
    ] = None,
) -> Written:
    """Create a course from a catalogue entry."""
    from carepass_cli.services.catalog import adopt_entry

    return wrote(run.write(adopt_entry, id, code, minutes=minutes, validity_years=validity_years))


@imports(app, "import", example="catalog import our-courses.csv --dry-run")
def import_(run: Run, asked: "Asked") -> Written:
    """Add your own list of micro-credentials from a file.

    Columns: institution, title, and any of language, funding, year, minutes, method, price, osap_approved,
    sector, link.
    """
    from carepass_cli.services.imports.catalog import COLUMNS, import_entries

    return import_rows(run, asked, COLUMNS, import_entries)
