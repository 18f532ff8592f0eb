"""`carepass submission`: submitted lines, and the decisions that a person makes."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import agreed, command_group, listed, reads, writes, wrote_many
from carepass_cli.commands.options import Accounts, Codes, Homes, Reason, ReasonOption, Roles, Yes, several
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules.funding import DECISIONS, days_waiting

app = command_group()

NUMBER_MOST = 10**12  # far more than there will be, and what every store can count
Lines = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="LINE|NUMBER...",
        help="Lines, as 12/IPAC-101; 12 is all that wait of it, - is standard input.",
        autocompletion=complete.lines,
    ),
]
Every = Annotated[bool, typer.Option("--all", help="All that wait for a decision.")]
PERSON = ("portal_id", "last_name", "first_name")
# What somebody who decides has to see, and what tells of lines some of which are decided.
WAITING = (*PERSON, "line", "role", "price", "days_waiting", "minutes", "home", "reason", "submitted_on")
SUBMITTED = (*PERSON, "line", "decision", *WAITING[4:])
DECIDED = ("result", "line", "decision", "reason", "payer", "access_by")


@reads(app, "list", example="submission list --status submitted")
def list_(
    run: Run,
    home: Homes = None,
    role: Roles = None,
    account: Accounts = None,
    code: Codes = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="Only these statuses.", known=DECISIONS),
    ] = None,
) -> Table:
    """List submitted lines and what was decided about them."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.lines import list_lines
    from carepass_cli.store.rows.nouns.line import SUBMISSION_KEYS

    check_named(run.store, run.today, home, role, code)
    people = account_ids(run.store, run.today, account)
    found = list_lines(
        run.store, run.today, home=home, role=role, account_id=people, code=code, decision=status
    )
    rows = (tuple(line.under(SUBMISSION_KEYS).values()) for line in found)

    def waits(line: Mapping[str, Any]) -> int | None:
        return days_waiting(line["decision"], line["submitted_on"], run.today)

    return Table(
        SUBMISSION_KEYS,
        rows,
        shown=WAITING if status == ["submitted"] else SUBMITTED,
        grouped=PERSON,
        human={"days_waiting": waits},
        talk=Talk(empty="No submissions."),
    )


@reads(app, "show", example="submission show 12")
def show(
    run: Run,
    number: Annotated[
        int,
        typer.Argument(
            metavar="NUMBER",
            min=1,
            max=NUMBER_MOST,
            help="The submission's number: what stands before the / of a line.",
            autocompletion=complete.submissions,
        ),
    ],
) -> Item:
    """Show one submission with its lines."""
    from carepass_cli.store.queries.lines import get_submission
    from carepass_cli.store.rows.nouns.line import DECISION_KEYS

    lines = get_submission(run.store, run.today, number)
    values = {
        "number": number,
        **lines[0].under((*PERSON, "submitted_on")),
        "lines": [line.under((*DECISION_KEYS, "home", "role", "decided_on", "decided_by")) for line in lines],
    }
    # A line's course is in its name.
    short = [line.under(("line", "decision", "reason", "payer", "access_by")) for line in lines]
    return Item(values, human={**values, "lines": short})


@writes(app, "approve", example="submission approve 12/IPAC-101 13")
def approve(
    run: Run,
    lines: Lines = None,
    every: Every = False,
    home: Homes = None,
    account: Accounts = None,
    reason: ReasonOption = None,
    yes: Yes = False,
) -> Written:
    """Approve lines that wait for a decision. Overruling a rejection needs a --reason."""
    from carepass_cli.services.submission import approve_lines, next_steps
    from carepass_cli.store.rows.nouns.line import DECISION_KEYS

    named = _named(run, lines, every, home, account)
    if every:
        _ask(run, named, "Approve", yes)
    outcomes = run.write(approve_lines, named, reason)
    return wrote_many(outcomes, DECISION_KEYS, shown=DECIDED, after=next_steps(outcomes))


@writes(app, "reject", example="submission reject 12/IPAC-101 --reason 'no budget this year'")
def reject(
    run: Run,
    reason: Reason,
    lines: Lines = None,
    every: Every = False,
    home: Homes = None,
    account: Accounts = None,
    yes: Yes = False,
) -> Written:
    """Reject lines that wait, or that have no access yet."""
    from carepass_cli.services.submission import reject_lines
    from carepass_cli.store.rows.nouns.line import DECISION_KEYS

    named = _named(run, lines, every, home, account)
    if every:
        _ask(run, named, "Reject", yes)
    return wrote_many(run.write(reject_lines, named, reason), DECISION_KEYS, shown=DECIDED)


def _named(
    run: Run, lines: list[str] | None, every: bool, home: list[str] | None, account: list[str] | None
) -> list[str]:
    """The lines that are meant: named, or all that wait."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.lines import list_lines

    words = listed(lines, every, what="LINE", by="--all")
    if not every:
        if home or account:
            raise UsageError("--home and --account go with --all.", "Name lines, or choose among all.")
        return words
    check_named(run.store, run.today, home)
    people = account_ids(run.store, run.today, account)
    found = list_lines(run.store, run.today, home=home, account_id=people, decision="submitted")
    return [line.line for line in found]


def _ask(run: Run, named: list[str], verb: str, yes: bool) -> None:
    """Show lines, people and what it costs, and ask; a dry run only shows them."""
    from carepass_cli.services.submission import told_of
    from carepass_cli.store.queries.lines import get_line

    found = [get_line(run.store, run.today, each) for each in named]
    if run.dry_run:
        run.say("\n".join(told_of(found)))
    elif found:
        people = len({line.portal_id for line in found})
        lines = "1 line" if len(found) == 1 else f"{len(found)} lines"
        question = f"{verb} {lines} of {'1 person' if people == 1 else f'{people} people'}?"
        agreed(question, yes, lambda: run.say("\n".join(told_of(found))))
