"""`carepass demo`."""

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from carepass_cli.commands.declare import command_alone, reads
from carepass_cli.context import Run
from carepass_cli.errors import Refused
from carepass_cli.output.result import Table, Talk

app = command_alone()


@reads(app, "demo", example="demo")
def demo(
    run: Run,
    db: Annotated[
        Path | None,
        typer.Option("--db", metavar="PATH", help="Where to build it. [default: a temporary folder]"),
    ] = None,
) -> Table:
    """Build two sample homes in a scratch store, and show what expires there."""
    import tempfile

    from carepass_cli.sample.demo import build_demo
    from carepass_cli.store.opening import open_reader
    from carepass_cli.store.queries.expiring import KEYS, list_expiring
    from carepass_cli.store.records import rows_of

    given = db or (Path(flag) if (flag := run.flags.get("db")) else None)
    path = given or Path(tempfile.mkdtemp(prefix="carepass-demo-")) / "demo.db"
    if path.exists():
        raise Refused(
            f"There is something at {path} already, which the demo does not touch.",
            "Give another --db, or leave it out.",
            code="store-exists",
        )
    run.say(f"Building two sample homes with 120 invented people in {path} ...")
    build_demo(path, run.clock)
    run.say("This is what has run out or will within 30 days:")
    rows = rows_of(list_expiring(open_reader(str(path)), run.today), KEYS)
    shown = ("portal_id", "last_name", "first_name", "code", "expires_on", "status", "home")
    typed = _as_typed()
    after = (
        "Try next:",
        f"  {typed} --db {path} requirement list --account 1000",
        f"  {typed} --db {path} explain 1004 FIRE-101",
        f"  {typed} --db {path} registration list",
    )
    return Table(KEYS, rows, shown=shown, talk=Talk(empty="Nothing expires.", after=after))


def _as_typed() -> str:
    """How the shell finds this program: by its name, or as it was typed where the name finds nothing."""
    from shutil import which

    program = sys.argv[0]
    return shlex.quote(program) if Path(program).name == "carepass" and not which("carepass") else "carepass"
