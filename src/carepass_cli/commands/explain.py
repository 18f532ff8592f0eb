"""`carepass explain`: why a person stands where they stand."""

from typing import Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import command_alone, reads
from carepass_cli.commands.options import Account
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Table, Talk, values_of

app = command_alone()

CourseIfAny = Annotated[
    str | None,
    typer.Argument(
        metavar="[COURSE]",
        help="The course's code. [default: each course that is required]",
        autocompletion=complete.courses,
    ),
]
# What a list of explanations shows; JSON has all.
SHOWN = ("code", "title", "home", "role", "status", "step", "due_on", "expires_on", "next")


@reads(app, "explain", example="explain 1000 IPAC-101")
def explain(run: Run, account: Account, course: CourseIfAny = None) -> Item | Table:
    """Explain a person's status in a course: the rule, the records, the steps and the dates behind it."""
    from carepass_cli.services.explain import explain_required, explain_standing, sentences
    from carepass_cli.store.queries.accounts import called, get_account

    person = called(get_account(run.store, run.today, account))
    if course is not None:
        told = explain_standing(run.store, run.today, account, course)
        return Item(told, sentences=sentences(told, person))
    found = explain_required(run.store, run.today, account)
    columns = tuple(found[0]) if found else SHOWN
    lines = [line for told in found for line in (*sentences(told, person), "")][:-1]
    talk = Talk(empty="Nothing is required.")
    return Table(columns, values_of(found, columns), shown=SHOWN, sentences=lines, talk=talk)
