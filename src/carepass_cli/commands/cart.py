"""`carepass cart`: a person's training cart."""

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import (
    command_group,
    import_rows,
    imports,
    listed,
    reads,
    writes,
    wrote_many,
)
from carepass_cli.commands.options import Account, Courses, Homes, OptionsOf, Roles
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules.nouns.cart_line import CART_LINE, CartLineValues

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

ADDED = ("portal_id", "code", "title", "minutes", "home", "role", *CART_LINE.defaults)


@writes(app, "add", example="cart add 1000 IPAC-101 FIRE-101")
def add(
    run: Run,
    account: Account,
    courses: Annotated[
        list[str] | None,
        typer.Argument(metavar="COURSE...", help="Course codes.", autocompletion=complete.courses),
    ] = None,
    missing: Annotated[
        bool,
        typer.Option("--missing", help="All that is required, not held or open for renewal, not under way."),
    ] = False,
    home: Homes = None,
    role: Roles = None,
    self_pay: Annotated[
        bool, typer.Option("--self-pay", help="The learner pays what the employer does not.")
    ] = False,
    values: Annotated[CartLineValues | None, OptionsOf(CART_LINE, new=True)] = None,
) -> Written:
    """Put courses in the cart, for the role that requires them."""
    from carepass_cli.services.cart import add_missing, add_to_cart

    codes = listed(courses, missing, what="COURSE", by="--missing")
    said: CartLineValues = {**(values or {}), "self_pay": self_pay}
    if missing:
        outcomes = run.write(add_missing, account, home, role, **said)
    else:
        outcomes = run.write(add_to_cart, account, codes, home, role, **said)
    if not outcomes:
        run.say("Nothing is missing that is not under way.")
    shown = ("result", "code", "title", "minutes", "home", "role")
    after = [f"To submit it: carepass cart submit {account}"] if outcomes else []
    return wrote_many(outcomes, ADDED, shown=shown, after=after)


@writes(app, "remove", example="cart remove 1000 FIRE-101")
def remove(run: Run, account: Account, courses: Courses) -> Written:
    """Take courses out of the cart."""
    from carepass_cli.services.cart import remove_from_cart

    return wrote_many(run.write(remove_from_cart, account, courses))


@writes(app, "clear", example="cart clear 1000")
def clear(run: Run, account: Account) -> Written:
    """Take everything out of the cart."""
    from carepass_cli.services.cart import clear_cart

    return wrote_many(run.write(clear_cart, account), ("portal_id", "code"))


@imports(app, "import", example="cart import renewals.csv --submit")
def import_(
    run: Run,
    asked: "Asked",
    submit: Annotated[bool, typer.Option("--submit", help="Submit the carts of the people in it.")] = False,
) -> Written:
    """Put courses into many people's carts from a file.

    Columns: {person}; code or title; and any of home, role, self_pay. What was
    submitted before, and would be rejected now, is left alone.
    """
    from carepass_cli.services.imports.cart import COLUMNS, CartSummary, import_carts

    return import_rows(run, asked, COLUMNS, partial(import_carts, submit=submit), CartSummary)


@reads(app, "show", example="cart show 1000")
def show(run: Run, account: Account) -> Item:
    """Show the cart, and whether its minutes fit into 14 days."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.cart import weigh_cart

    cart = weigh_cart(run.store, run.today, get_account(run.store, run.today, account).id)
    if not cart.load.fits:
        run.say("This is more than fits into 14 days. Submit it in parts, as 'batches' proposes.")
    values = cart.shown()
    parts = ("code", "title", "minutes", "self_pay")
    short = [{part: line[part] for part in parts} for line in values["lines"]]
    return Item(values, human={**values, "lines": short})


@writes(app, "submit", example="cart submit 1000")
def submit(
    run: Run,
    accounts: Annotated[
        list[str],
        typer.Argument(
            metavar="ACCOUNT...",
            help="Portal IDs, e-mail addresses or emp:NUMBER.",
            autocompletion=complete.accounts,
        ),
    ],
) -> Written:
    """Submit carts. Every line is approved or rejected, with its reason."""
    from carepass_cli.services.cart import submit_carts
    from carepass_cli.services.submission import next_steps
    from carepass_cli.store.rows.nouns.line import DECISION_KEYS

    outcomes = run.write(submit_carts, accounts)
    if not outcomes:
        run.say("The cart is empty; there is nothing to submit.")
    shown = ("line", "decision", "reason", "payer", "access_by", "title")
    return wrote_many(outcomes, DECISION_KEYS, shown=shown, after=next_steps(outcomes))


@reads(app, "history", example="cart history 1000")
def history(run: Run, account: Account) -> Table:
    """List everything that the person ever submitted."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.lines import list_lines
    from carepass_cli.store.rows.nouns.line import HISTORY_KEYS

    account_id = get_account(run.store, run.today, account).id
    rows = (
        tuple(line.under(HISTORY_KEYS).values())
        for line in list_lines(run.store, run.today, account_id=account_id)
    )
    shown = ("line", "submitted_on", "decision", "reason", "payer", "access_by")
    return Table(HISTORY_KEYS, rows, shown=shown, talk=Talk(empty="Nothing was submitted yet."))
