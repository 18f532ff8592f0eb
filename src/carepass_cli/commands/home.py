"""`carepass home`: care homes and their settings."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import (
    command_group,
    import_rows,
    imports,
    reads,
    writes,
    wrote,
    wrote_many,
)
from carepass_cli.commands.options import (
    Homes,
    OptionsOf,
    date_option,
    typed,
    typed_argument,
    year_option,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules import fields
from carepass_cli.rules.nouns import HOME, HomeValues

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

NewCode = typed_argument(
    fields.parse_code, metavar="CODE", help="The new home's code: lower-case letters, digits, '-'."
)
Code = Annotated[str, typer.Argument(metavar="CODE", help="The home's code.", autocompletion=complete.homes)]
Close = Annotated[
    list[date] | None, date_option("--close", help="A day on which the home is closed; may be repeated.")
]
Year = Annotated[
    int,
    year_option("The calendar year."),
]
Open = Annotated[
    list[date] | None, date_option("--open", help="A day that is no longer a closing day; may be repeated.")
]


@writes(app, "create", example="home create maple-grove --name 'Maple Grove' --city Sarnia")
def create(
    run: Run,
    code: Annotated[str, NewCode],
    values: Annotated[HomeValues, OptionsOf(HOME, new=True)],
    like: Annotated[
        str | None,
        typer.Option(
            "--like",
            metavar="HOME",
            help="Take over this home's roles, requirements and settings.",
            autocompletion=complete.homes,
        ),
    ] = None,
    close: Close = None,
    reopen: Open = None,
) -> Written:
    """Create a home."""
    from carepass_cli.services.home import create_home

    return wrote(run.write(create_home, code, like=like, close=close or (), reopen=reopen or (), **values))


@reads(app, "list", example="home list -o csv")
def list_(run: Run) -> Table:
    """List all homes."""
    from carepass_cli.store.queries.homes import list_homes

    shown = ("code", "name", "city", "approval", "renewal_window", "expiring_within")
    return Table(
        HOME.keys,
        map(HOME.row, list_homes(run.store, run.today)),
        shown=shown,
        talk=Talk(empty="No homes yet. Create one: carepass home create CODE --name NAME"),
    )


@reads(app, "show", example="home show maple-grove")
def show(run: Run, code: Code) -> Item:
    """Show a home and its settings."""
    from carepass_cli.store.queries.homes import get_home

    return Item(get_home(run.store, run.today, code).shown())


@writes(app, "edit", example="home edit maple-grove --expiring-within 60d --close 2026-12-24")
def edit(
    run: Run,
    code: Code,
    values: Annotated[HomeValues, OptionsOf(HOME)],
    close: Close = None,
    reopen: Open = None,
) -> Written:
    """Change a home's name or settings from today on. What is left out stays."""
    from carepass_cli.services.home import edit_home

    return wrote(run.write(edit_home, code, close=close or (), reopen=reopen or (), **values))


@writes(app, "budget", example="home budget maple-grove --year 2027 --amount 5000.00")
def budget(
    run: Run,
    code: Code,
    year: Year,
    amount: Annotated[
        int | None,
        typed(
            fields.parse_price,
            "--amount",
            metavar="DOLLARS",
            help="What the home will spend on training that year.",
        ),
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="Take the limit away.")] = False,
) -> Written:
    """Set what a home will spend on training in a calendar year."""
    from carepass_cli.services.budget import set_budget

    if none is (amount is not None):
        raise UsageError("A budget is an amount, or none.", "Give one of them: --amount DOLLARS or --none")
    return wrote(run.write(set_budget, code, year, amount))


@reads(app, "budgets", example="home budgets --home maple-grove")
def budgets(run: Run, home: Homes = None) -> Table:
    """List the budgets: amount, what is committed, what is left."""
    from carepass_cli.store.queries.budgets import KEYS, list_budgets
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home)
    rows = (each.row() for each in list_budgets(run.store, run.today, home=home))
    return Table(KEYS, rows, talk=Talk(empty="No budget is set."))


@writes(app, "keys", example="home keys maple-grove")
def keys(
    run: Run,
    code: Code,
    rotate: Annotated[
        bool,
        typer.Option("--rotate", help="Replace the key by a new one; what the old one signed stays valid."),
    ] = False,
    compromised: Annotated[
        bool, typer.Option("--compromised", help="With --rotate: somebody else may have the old key.")
    ] = False,
    from_on: Annotated[
        date | None,
        date_option("--from", help="With --compromised: what it signed from this day on is not believed."),
    ] = None,
) -> Written:
    """Show the keys that sign a home's passports. The first call creates one."""
    from carepass_cli.badges.installed import load_badges
    from carepass_cli.services.issuer import ensure_key, settle_new
    from carepass_cli.store.keys import key_folder

    if compromised != (from_on is not None) or (compromised and not rotate):
        raise UsageError(
            "--compromised goes with --rotate and --from.",
            f"Write: carepass home keys {code} --rotate --compromised --from DATE",
        )
    keys = key_folder(run.db)
    outcomes = run.write(ensure_key, load_badges(), keys, code, rotate=rotate, compromised_from=from_on)
    settle_new(keys, outcomes)
    return wrote_many(outcomes, shown=("did", "status", "created_on"))


@imports(app, "import", noun=HOME, example="home import homes.csv --keep-going --rejects bad.csv")
def import_(run: Run, asked: "Asked") -> Written:
    """Create and change homes from a file. The column `like` takes over another home's roles.

    Columns: code, for a new home name, and any of {others}, like.
    """
    from carepass_cli.services.imports.home import COLUMNS, import_homes

    return import_rows(run, asked, COLUMNS, import_homes)
