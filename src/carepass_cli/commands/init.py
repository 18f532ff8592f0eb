"""`carepass init`."""

from carepass_cli.commands.declare import command_alone, writes
from carepass_cli.context import Run
from carepass_cli.output.result import Written

app = command_alone()


@writes(app, "init", dry_run=False, example="--db carepass.db init")
def init(run: Run) -> Written:
    """Create the store. One that exists already stays as it is."""
    from carepass_cli.services.store import create_store, store_warnings

    made = create_store(run.db)
    for warning in store_warnings(lambda: run.store, run.db):
        run.say(warning)
    return Written([made])
