"""`carepass starter`: ready role templates, to begin with and to edit."""

from typing import Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import command_group, reads, writes, wrote_many
from carepass_cli.commands.options import HomeRequired, RoleRequired, span_option, typed
from carepass_cli.context import Run
from carepass_cli.output.result import Table, Talk, Written
from carepass_cli.rules import fields

app = command_group()

NOTES = (
    "A place to start from, not legal advice. What says so is to be checked against the law.",
    "Lengths are assumptions: no source gives them.",
)

Name = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE",
        help="A name that 'starter list' shows, or a pack's TOML file.",
        autocompletion=complete.starters,
    ),
]


@reads(app, "list", example="starter list")
def list_(run: Run) -> Table:  # noqa: ARG001
    """List the ready roles and packs. What is to be checked says so."""
    from carepass_cli.shipped.starter import KEYS, starters

    return Table(KEYS, (starter.row() for starter in starters()), talk=Talk(notes=NOTES))


@reads(app, "show", example="starter show direct-care")
def show(run: Run, name: Name) -> Table:  # noqa: ARG001
    """List a starter's topics: when due, by which law, checked by whom."""
    from carepass_cli.rules.pack import TO_CHECK
    from carepass_cli.shipped.starter import TOPIC_KEYS, get_starter, topic_row

    rows = map(topic_row, get_starter(name).topics)
    shown = ("code", "title", "citation", "due", "checked")
    # In each cell it would be half of the screen.
    human = {"citation": lambda topic: (topic["citation"] or "").replace(f" ({TO_CHECK})", " *")}
    notes = (f"* {TO_CHECK}", *NOTES)
    return Table(TOPIC_KEYS, rows, shown=shown, human=human, talk=Talk(notes=notes))


@reads(app, "diff", example="starter diff ontario-ltc --home maple-grove --role psw")
def diff(run: Run, name: Name, home: HomeRequired, role: RoleRequired) -> Table:
    """Show what applying a starter would add, edit and end."""
    from carepass_cli.rules.law import SAME
    from carepass_cli.services.starter import DIFF_KEYS, compare_starter

    steps = compare_starter(run.store, run.today, name, home, role)
    rows = ((step.code, step.title, step.change, step.before, step.after) for step in steps)
    # What stays as it is would fill the screen twice.
    human = {
        key: lambda step, key=key: "" if step["change"] == SAME else step[key] for key in ("before", "after")
    }
    shown = ("code", "change", "before", "after")
    talk = Talk(empty="Nothing of it is for that role.")
    return Table(DIFF_KEYS, rows, shown=shown, human=human, talk=talk)


@writes(app, "apply", example="starter apply direct-care --home maple-grove --role psw")
def apply(
    run: Run,
    name: Name,
    home: HomeRequired,
    role: Annotated[
        str | None,
        typed(
            fields.parse_code,
            "--role",
            metavar="ROLE",
            help="The role's code; one that exists keeps its name. [default: NAME]",
        ),
    ] = None,
    due_within: Annotated[
        str | None,
        span_option("--due-within", help="How long people have where the topic does not say. [default: 30d]"),
    ] = None,
) -> Written:
    """Bring a role in line with a starter: its courses and requirements."""
    from carepass_cli.services.starter import apply_starter

    return wrote_many(run.write(apply_starter, name, home, role=role, due_within=due_within))
