"""`carepass explain`: why a person stands where they stand."""

from carepass_cli.commands.declare import command_alone, reads
from carepass_cli.commands.options import Account, Course
from carepass_cli.context import Run
from carepass_cli.output.result import Item

app = command_alone()


@reads(app, "explain", example="explain 1000 IPAC-101")
def explain(run: Run, account: Account, course: Course) -> Item:
    """Explain a person's status in a course: the rule, the records, the steps and the dates behind it."""
    from carepass_cli.services.explain import explain_standing

    return Item(explain_standing(run.store, run.day, account, course))
