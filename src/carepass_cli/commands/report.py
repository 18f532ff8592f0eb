"""`carepass report`: what administrators and inspectors ask."""

from datetime import date
from typing import Annotated

import typer

from carepass_cli.commands.declare import (
    HomeOption,
    RoleOption,
    command_group,
    date_option,
    reads,
    span_option,
)
from carepass_cli.context import Run
from carepass_cli.errors import ReportFoundSomething, UsageError
from carepass_cli.output.result import Table

app = command_group("What expires, and when.")

SHOWN = ("home", "last_name", "first_name", "code", "expires_on", "status")


@reads(app, "expiring", example="report expiring --within 60d --home maple-grove")
def expiring(
    run: Run,
    within: Annotated[
        str | None, span_option("--within", help="How far ahead to look. [default: the home's own span]")
    ] = None,
    by: Annotated[date | None, date_option("--by", help="Look ahead to this day, inclusive.")] = None,
    home: HomeOption = None,
    role: RoleOption = None,
    no_expired: Annotated[bool, typer.Option("--no-expired", help="Leave out what has run out.")] = False,
    only_expired: Annotated[bool, typer.Option("--only-expired", help="Only what has run out.")] = False,
    fail_if_any: Annotated[bool, typer.Option("--fail-if-any", help="Exit 10 where there is any.")] = False,
) -> Table:
    """List what runs out or has run out, for people whose confirmed role requires it."""
    from carepass_cli.rules.span import parse_span
    from carepass_cli.store.queries.expiring import KEYS, list_expiring
    from carepass_cli.store.queries.homes import check_named

    if within and by:
        raise UsageError("--within and --by say the same thing in two ways.", "Give one of them.")
    if no_expired and only_expired:
        raise UsageError("--no-expired and --only-expired leave nothing.", "Give one of them.")
    check_named(run.store, run.day, home, role)
    rows = list_expiring(
        run.store,
        run.day,
        within=parse_span(within) if within else None,
        by=by.isoformat() if by else None,
        home=home,
        role=role,
        expiring=not only_expired,
        expired=not no_expired,
    )
    found = ReportFoundSomething("The report found something, as --fail-if-any asks to be told.")
    told = (row[: len(KEYS)] for row in rows)
    return Table(KEYS, told, shown=SHOWN, empty_said="Nothing expires.", then=found if fail_if_any else None)
