"""`carepass check`: the plugin for Nagios and Icinga. Every failure of it is UNKNOWN (`failure`)."""

from typing import Annotated

import typer

from carepass_cli.commands.declare import command_alone
from carepass_cli.commands.options import Homes, span_option
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.parsing import Command

app = command_alone()


@app.command("check", cls=Command, epilog="Example: carepass check --home maple-grove --warn 30d --crit 7d")
def check(
    ctx: typer.Context,
    warn: Annotated[str, span_option("--warn", help="WARNING for what expires within this span.")] = "30d",
    crit: Annotated[
        str, span_option("--crit", help="CRITICAL for what has less time left than this.")
    ] = "0d",
    home: Homes = None,
) -> int:
    """Say in one line how things stand. Exit 0 is OK, 1 WARNING, 2 CRITICAL, 3 UNKNOWN.

    Expired or overdue is CRITICAL; expiring, lapsed, pending, late access, or a line that waits for a
    decision for more than two business days a WARNING.

    Each figure is the number of rows of a command: expiring of 'report expiring --no-expired' within --warn,
    expired of 'report expiring --only-expired', overdue of 'report gaps --status overdue', lapsed of 'report
    retakes', pending of 'role pending', waiting of 'submission list --status submitted', late of
    'registration list --late'.
    """
    from carepass_cli.output.monitoring import Counts, status_line
    from carepass_cli.rules.span import parse_span
    from carepass_cli.store.queries.alarms import count_alarms
    from carepass_cli.store.queries.homes import check_named

    run = ctx.ensure_object(Run)
    run.is_read = True
    ahead, soon = parse_span(warn), parse_span(crit)
    if soon.after(run.today) > ahead.after(run.today):
        raise UsageError(f"--crit {crit} is longer than --warn {warn}.", "Give the shorter span to --crit.")
    check_named(run.store, run.today, home)
    found = count_alarms(run.store, run.today, ahead, soon, home)
    counts = Counts(
        expiring=found.expiring,
        expired=found.expired,
        overdue=found.overdue,
        lapsed=found.lapsed,
        pending=found.pending,
        waiting=found.waiting,
        late=found.late,
    )
    line, code = status_line(counts, urgent=found.urgent, crit=crit, waiting_long=found.waiting_long)
    run.print_text(line)
    return code
