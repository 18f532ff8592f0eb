"""`carepass status`: how things stand, a row a home."""

from carepass_cli.commands.declare import command_alone, reads
from carepass_cli.commands.options import Homes
from carepass_cli.context import Run
from carepass_cli.output.result import Table, Talk

app = command_alone()

# The command that lists what a figure counts; a home is added where one is looked at.
LISTED_BY = {
    "overdue": "report gaps --status overdue",
    "expired": "report gaps --status expired",
    "expiring": "report gaps --status expiring",
    "to_decide": "submission list --status submitted",
    "awaiting_access": "registration list --status approved",
    "late_access": "registration list --late",
    "in_progress": "report deadlines",
    "lapsed": "report retakes",
    "pending": "role pending",
    "queued": "notify list --status queued",
}


@reads(app, "status", example="status --home maple-grove")
def status(run: Run, home: Homes = None) -> Table:
    """Show how things stand, a row a home, and the command for each figure."""
    return overview(run, home)


def overview(run: Run, homes: list[str] | None = None) -> Table:
    """The dashboard of these homes, or of all."""
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.overview import KEYS, list_overview, totals

    check_named(run.store, run.today, homes)
    rows = list_overview(run.store, run.today, homes)
    at = f" --home {','.join(homes)}" if homes else ""
    notes = [
        f"{total:>6} {key}: carepass {LISTED_BY[key]}{at if key != 'queued' else ''}"
        for key, total in totals(rows, LISTED_BY).items()
        if total
    ]
    shown = [key for key in KEYS if key not in ("name", "queued", "in_progress")]
    empty = "No homes yet. Create one: carepass home create CODE --name NAME"
    talk = Talk(notes=notes, empty=empty)
    return Table(KEYS, rows, shown=shown, unmissed=("name", *LISTED_BY), talk=talk)
