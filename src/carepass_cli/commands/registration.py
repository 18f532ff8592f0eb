"""`carepass registration`: approved courses, from access to completion."""

from datetime import date
from typing import Annotated

import typer

from carepass_cli.commands.declare import command_group, reads, writes, wrote
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
from carepass_cli.output.result import Table, Talk, Written
from carepass_cli.rules.registration import STATUSES

app = command_group()

Line = Annotated[str, typer.Argument(metavar="LINE", help="A line, as 12/IPAC-101.")]
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
    from carepass_cli.store.queries.lines import REGISTRATION_KEYS, list_lines

    check_named(run.store, run.day, home, role)
    people = account_ids(run.store, run.day, account)
    found = list_lines(
        run.store, run.day, home=home, role=role, account_id=people, code=code, registered=True
    )
    rows = (
        tuple(line.under(REGISTRATION_KEYS).values())
        for line in found
        if (not status or line.status in status) and (line.late or not late)
    )
    shown = ("line", "last_name", "status", "access_by", "complete_by", "days_left", "home")
    return Table(REGISTRATION_KEYS, rows, shown=shown, talk=Talk(empty="No registrations."))


@writes(app, "grant", example="registration grant 12/IPAC-101")
def grant(run: Run, line: Line, on: On = None) -> Written:
    """Give access to the course: the 14 days start."""
    from carepass_cli.services.registration import grant_access

    return wrote(run.write(grant_access, line, on))


@writes(app, "complete", example="registration complete 12/IPAC-101 --on 2026-11-20")
def complete(run: Run, line: Line, on: On = None) -> Written:
    """Complete the course within its 14 days. The completion is recorded."""
    from carepass_cli.services.registration import complete_registration

    return wrote(run.write(complete_registration, line, on))


@writes(app, "fail", example="registration fail 12/IPAC-101")
def fail(run: Run, line: Line) -> Written:
    """Record that the attempt failed; a further one is a retake."""
    from carepass_cli.services.registration import fail_registration

    return wrote(run.write(fail_registration, line))


@writes(app, "withdraw", example="registration withdraw 12/IPAC-101")
def withdraw(run: Run, line: Line) -> Written:
    """Withdraw from a registration. After access, a further attempt is a retake."""
    from carepass_cli.services.registration import withdraw_registration

    return wrote(run.write(withdraw_registration, line))


@writes(app, "extend", example="registration extend 12/IPAC-101 --to 2026-12-31 --reason 'sick leave'")
def extend(
    run: Run,
    line: Line,
    to: Annotated[date, date_option("--to", help="The new last day.")],
    reason: Reason,
) -> Written:
    """Give more time than the 14 days, from today on."""
    from carepass_cli.services.registration import extend_registration

    return wrote(run.write(extend_registration, line, to, reason))
