"""`carepass registration`: approved courses, from access to completion."""

from collections.abc import Sequence
from datetime import date
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
    wrote_each,
)
from carepass_cli.commands.options import (
    Accounts,
    Codes,
    Homes,
    Reason,
    Roles,
    date_option,
    several,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Table, Talk, Written
from carepass_cli.rules.registration import STATUSES

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked
    from carepass_cli.services.outcome import Outcome

app = command_group()

Lines = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LINE...", help="Lines, as 12/IPAC-101; - is standard input.", autocompletion=complete.lines
    ),
]
PERSON = ("portal_id", "last_name", "first_name")
ONE = ("result", "line", "last_name", "first_name", "status", "access_on", "complete_by", "completed_on")
On = Annotated[date | None, date_option("--on", help="The day it happened. [default: today]")]


@reads(app, "list", example="registration list --home maple-grove --late")
def list_(
    run: Run,
    home: Homes = None,
    role: Roles = None,
    account: Accounts = None,
    code: Codes = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="Only these statuses.", known=STATUSES),
    ] = None,
    late: Annotated[
        bool, typer.Option("--late", help="Only approved ones whose day for access has passed without it.")
    ] = False,
) -> Table:
    """List registrations: what is approved, under way or over."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.lines import list_lines
    from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS

    check_named(run.store, run.today, home, role, code)
    people = account_ids(run.store, run.today, account)
    found = list_lines(
        run.store,
        run.today,
        home=home,
        role=role,
        account_id=people,
        code=code,
        status=status,
        late=late,
        registered=True,
    )
    rows = (tuple(line.under(REGISTRATION_KEYS).values()) for line in found)
    shown = (*PERSON, "line", "status", "access_by", "complete_by", "days_left", "home")
    return Table(REGISTRATION_KEYS, rows, shown=shown, grouped=PERSON, talk=Talk(empty="No registrations."))


@writes(app, "grant", example="registration grant 12/IPAC-101")
def grant(
    run: Run,
    lines: Lines = None,
    due: Annotated[bool, typer.Option("--due", help="All that are approved and have no access yet.")] = False,
    home: Homes = None,
    on: On = None,
) -> Written:
    """Give access to courses: the 14 days start."""
    from carepass_cli.services.registration import grant_access
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.lines import list_lines

    words = listed(lines, due, what="LINE", by="--due")
    if home and not due:
        raise UsageError("--home goes with --due.", "Name lines, or choose among all that are due.")
    if due:
        check_named(run.store, run.today, home)
        found = list_lines(run.store, run.today, home=home, registered=True, unfinished=True)
        words = [line.line for line in found if line.status == "approved"]
    outcomes = run.write(grant_access, words, on)
    return _wrote(outcomes, lines)


@writes(app, "complete", example="registration complete 12/IPAC-101 --on 2026-11-20")
def complete_(run: Run, lines: Lines = None, on: On = None) -> Written:
    """Complete courses within their 14 days. The completions are recorded."""
    from carepass_cli.services.registration import complete_registrations

    words = listed(lines, False, what="LINE")
    return _wrote(run.write(complete_registrations, words, on), lines)


@writes(app, "fail", reason=True, example="registration fail 12/IPAC-101")
def fail(run: Run, lines: Lines = None) -> Written:
    """Record that attempts failed; a further one is a retake."""
    from carepass_cli.services.registration import fail_registrations

    words = listed(lines, False, what="LINE")
    return _wrote(run.write(fail_registrations, words), lines)


@writes(app, "withdraw", reason=True, example="registration withdraw 12/IPAC-101")
def withdraw(run: Run, lines: Lines = None) -> Written:
    """Withdraw from registrations. After access, a further attempt is a retake."""
    from carepass_cli.services.registration import withdraw_registrations

    words = listed(lines, False, what="LINE")
    return _wrote(run.write(withdraw_registrations, words), lines)


@imports(app, "import", example="registration import provider.csv --keep-going --rejects bad.csv")
def import_(run: Run, asked: "Asked") -> Written:
    """Take accesses and completions from a provider's list.

    Columns: line; or {person}, and code or title; and any of access_on,
    completed_on, failed_on, withdrawn_on.
    """
    from carepass_cli.services.imports.registration import COLUMNS, import_registrations

    return import_rows(run, asked, COLUMNS, import_registrations)


@writes(app, "extend", example="registration extend 12/IPAC-101 --to 2026-12-31 --reason 'sick leave'")
def extend(
    run: Run,
    to: Annotated[date, date_option("--to", help="The new last day.")],
    reason: Reason,
    lines: Lines = None,
) -> Written:
    """Give more time than the 14 days, from today on."""
    from carepass_cli.services.registration import extend_registrations

    words = listed(lines, False, what="LINE")
    outcomes = run.write(extend_registrations, words, to, reason)
    return _wrote(outcomes, lines)


def _wrote(outcomes: Sequence["Outcome"], lines: list[str] | None) -> Written:
    from carepass_cli.store.rows.nouns.line import REGISTRATION_KEYS

    return wrote_each(outcomes, lines, keys=REGISTRATION_KEYS, shown=ONE)
