"""`carepass role`: roles at a home, and who holds them."""

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import (
    command_group,
    import_rows,
    imports,
    listed,
    plan_rows,
    reads,
    writes,
    wrote,
    wrote_each,
    wrote_many,
)
from carepass_cli.commands.options import (
    Account,
    AccountOption,
    Accounts,
    AllowDuplicates,
    Groups,
    Home,
    HomeOnBehalf,
    HomeRequired,
    Homes,
    OptionsOf,
    ReasonOption,
    Role,
    RoleOption,
    RoleRequired,
    Roles,
    Token,
    date_option,
    several,
    span_option,
    text_option,
    typed,
    typed_argument,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Table, Talk, Written
from carepass_cli.rules import fields
from carepass_cli.rules.assignment import STATUSES
from carepass_cli.rules.nouns import ROLE, RoleValues
from carepass_cli.rules.nouns.assignment import ASSIGNMENT, AssignmentValues
from carepass_cli.store.records import rows_of

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

OnBehalf = Annotated[bool, typer.Option("--confirm", help="Confirm on the people's behalf; nothing is sent.")]
Again = Annotated[bool, typer.Option("--again", help="Assign roles that were declined or ended once more.")]
SHOWN = ("portal_id", "last_name", "first_name", "home", "role", "status", "start_on")


@writes(app, "create", example="role create maple-grove psw --name 'Support worker' --group direct-care")
def create(
    run: Run,
    home: Home,
    role: Annotated[str, typed_argument(fields.parse_code, metavar="ROLE", help="The new role's code.")],
    values: Annotated[RoleValues, OptionsOf(ROLE, new=True)],
) -> Written:
    """Create a role at a home."""
    from carepass_cli.services.home import create_role

    return wrote(run.write(create_role, home, role, **values))


@reads(app, "list", example="role list --home maple-grove")
def list_(run: Run, home: Homes = None, group: Groups = None, account: AccountOption = None) -> Table:
    """List roles; with --account, which of them the person holds."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.homes import assigned_roles, check_named, list_roles

    check_named(run.store, run.today, home)
    found = list_roles(run.store, run.today, home, group)
    empty = "No roles yet. Create one: carepass role create HOME ROLE --name NAME"
    if account is None:
        return Table(ROLE.keys, map(ROLE.row, found), talk=Talk(empty=empty))
    held = assigned_roles(run.store, run.today, get_account(run.store, run.today, account).id)
    rows = ([*ROLE.row(role), role.id in held] for role in found)
    return Table((*ROLE.keys, "assigned"), rows, talk=Talk(empty=empty))


@writes(app, "edit", example="role edit maple-grove psw --group direct-care")
def edit(run: Run, home: Home, role: Role, values: Annotated[RoleValues, OptionsOf(ROLE)]) -> Written:
    """Change a role's name or staff group from today on. What is left out stays."""
    from carepass_cli.services.home import edit_role

    return wrote(run.write(edit_role, home, role, **values))


@writes(app, "copy", example="role copy maple-grove psw --to birch-manor")
def copy(
    run: Run,
    home: Home,
    role: Role,
    to: Annotated[
        str,
        typer.Option("--to", metavar="HOME", help="The home it goes to.", autocompletion=complete.homes),
    ],
) -> Written:
    """Copy a role with its requirements to another home."""
    from carepass_cli.services.home import copy_role

    return wrote_many([run.write(copy_role, home, role, to)])


@writes(app, "assign", example="role assign 1000 --home maple-grove --role psw --last-name Example")
def assign(
    run: Run,
    account: Account,
    home: HomeRequired,
    role: RoleRequired,
    birthdate: Annotated[
        date | None,
        typed(
            fields.parse_birthdate,
            "--birthdate",
            metavar="DATE",
            help="The person's birthdate, to make sure who it is.",
        ),
    ] = None,
    last_name: Annotated[
        str | None, text_option("--last-name", help="The person's last name, to make sure who it is.")
    ] = None,
    start: Annotated[
        date | None, date_option("--start", help="First day in the role. [default: today]")
    ] = None,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Assign without birthdate or last name.")
    ] = False,
    confirm: OnBehalf = False,
    values: Annotated[AssignmentValues | None, OptionsOf(ASSIGNMENT, new=True)] = None,
) -> Written:
    """Assign a role to a person. The mail *Confirm staff details* goes to the outbox."""
    from carepass_cli.rules.identity import Given
    from carepass_cli.services.assignment import assign_role

    given = Given(last_name=last_name, birthdate=birthdate)
    said: AssignmentValues = {**(values or {}), "start_on": start}
    done = run.write(
        assign_role,
        account,
        home,
        role,
        given,
        unverified=unverified,
        confirm=confirm,
        **said,
    )
    return wrote(done)


@writes(app, "resend", example="role resend 1000 --home maple-grove --role psw")
def resend(
    run: Run,
    accounts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ACCOUNT...",
            help="Portal IDs, e-mail addresses or emp:NUMBER; - is standard input.",
            autocompletion=complete.accounts,
        ),
    ] = None,
    every: Annotated[bool, typer.Option("--pending", help="All that wait to be confirmed.")] = False,
    home: Homes = None,
    role: Roles = None,
    older_than: Annotated[
        str | None, span_option("--older-than", help="With --pending: only those that have waited longer.")
    ] = None,
) -> Written:
    """Send the confirmation mail of pending roles again. The tokens sent before end."""
    from carepass_cli.services.answer import resend_confirmations
    from carepass_cli.store.rows.nouns.assignment import KEYS

    named = listed(accounts, every, what="ACCOUNT", by="--pending")
    if older_than and not every:
        raise UsageError("--older-than goes with --pending.", "Leave it out, or choose by --pending.")
    outcomes = run.write(resend_confirmations, named, home, role, older_than)
    return wrote_each(outcomes, accounts, keys=KEYS)


@writes(app, "cancel", hidden=True, example="role cancel 1000 --home maple-grove --role psw")
def cancel(
    run: Run, account: Account, home: HomeRequired, role: RoleRequired, reason: ReasonOption = None
) -> Written:
    """Take back a role that is still pending, as 'role end' does, too."""
    from carepass_cli.services.assignment import cancel_assignment

    return wrote(run.write(cancel_assignment, account, home, role, reason))


@writes(app, "end", example="role end 1000 --home maple-grove --role psw --reason retired")
def end(
    run: Run,
    account: Account,
    home: HomeRequired,
    role: RoleRequired,
    on: Annotated[
        date | None,
        date_option(
            "--on",
            help="The first day that no longer counts: the day after the last one worked. [default: today]",
        ),
    ] = None,
    reason: ReasonOption = None,
) -> Written:
    """End a confirmed role, or take a pending one back."""
    from carepass_cli.services.assignment import end_assignment

    return wrote(run.write(end_assignment, account, home, role, on, reason))


@writes(app, "confirm", example="role confirm abcd2345efgh6789")
def confirm(
    run: Run,
    token: Token = None,
    account: AccountOption = None,
    home: HomeOnBehalf = None,
    role: RoleOption = None,
) -> Written:
    """Confirm a role: by the token, or on the person's behalf."""
    from carepass_cli.services.answer import confirm_role, confirm_role_on_behalf

    named = _one_way(run, token, account, home, role)
    return wrote(run.write(confirm_role_on_behalf, *named) if named else run.write(confirm_role, token or ""))


@writes(app, "decline", example="role decline abcd2345efgh6789 --reason 'not my home'")
def decline(
    run: Run,
    token: Token = None,
    account: AccountOption = None,
    home: HomeOnBehalf = None,
    role: RoleOption = None,
    reason: ReasonOption = None,
) -> Written:
    """Decline a role: by the token, or on the person's behalf."""
    from carepass_cli.services.answer import decline_role, decline_role_on_behalf

    named = _one_way(run, token, account, home, role)
    if named:
        return wrote(run.write(decline_role_on_behalf, *named, reason))
    return wrote(run.write(decline_role, token or "", reason))


CreateAccounts = Annotated[
    bool, typer.Option("--create-accounts", help="Create accounts for people who are new.")
]


@imports(app, "import", example="role import staff.csv --keep-going --rejects bad.csv")
def import_(
    run: Run,
    asked: "Asked",
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Assign without birthdate or last name, too.")
    ] = False,
    create_accounts: CreateAccounts = False,
    confirm: OnBehalf = False,
    again: Again = False,
    allow_duplicates: AllowDuplicates = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="Only show what it would mean for each person's training.")
    ] = False,
) -> Written | Table:
    """Assign roles from a file. With --create-accounts it takes new people, too.

    Columns: home, role (each by code or name), {person}, and any of birthdate,
    last_name, first_name, start_on, status, ended_on. What is given of a person must match the account;
    birthdate or last_name must be given. A new person needs both names, birthdate and email. Rows of people
    who have left or are on leave are refused; 'role sync' carries out a whole list.
    """
    from carepass_cli.services.imports.role import COLUMNS, Wanted, import_roles

    wanted = Wanted(unverified, create_accounts, confirm, again, allow_duplicates)
    if plan:
        from carepass_cli.services.imports.plan import KEYS, plan_roles

        plans = partial(plan_roles, wanted=wanted)
        return plan_rows(run, asked, COLUMNS, KEYS, plans, empty="Nobody is in the file.")
    return import_rows(run, asked, COLUMNS, partial(import_roles, wanted=wanted), mailed=not confirm)


@imports(
    app,
    "sync",
    keep_going=False,
    example="role sync staff.csv --home maple-grove --profile bamboohr --confirm --create-accounts",
)
def sync(
    run: Run,
    asked: "Asked",
    home: HomeRequired,
    confirm: OnBehalf = False,
    create_accounts: CreateAccounts = False,
    end_missing: Annotated[
        bool, typer.Option("--end-missing", help="End the roles of people who are not in the file.")
    ] = False,
    max_leavers: Annotated[
        int | None,
        typed(
            fields.parse_percent,
            "--max-leavers",
            metavar="PERCENT%",
            help="How many of the staff may leave at once. [default: 10%]",
        ),
    ] = None,
    again: Again = False,
    allow_duplicates: AllowDuplicates = False,
    plan: Annotated[bool, typer.Option("--plan", help="Only show who joins, moves, leaves.")] = False,
) -> Written | Table:
    """Make a home's staff what a list from HR says.

    Columns: {person}, role, and any of home, birthdate, last_name, first_name,
    start_on, status, ended_on. The words for staying, leaving and on leave: carepass help files. Rows of
    other homes are skipped; people who are not in the file are listed as missing.
    """
    from carepass_cli.services.imports.staffing import PLAN_KEYS, Staffing, Terms
    from carepass_cli.services.imports.sync import COLUMNS, plan_sync, sync_roles

    terms = Terms(home, confirm, create_accounts, allow_duplicates, again, end_missing)
    if max_leavers is not None:
        terms = replace(terms, max_leavers=max_leavers)
    if plan:
        plans = partial(plan_sync, terms=terms)
        return plan_rows(run, asked, COLUMNS, PLAN_KEYS, plans, empty="Nothing changes.")
    return import_rows(run, asked, COLUMNS, partial(sync_roles, terms=terms), Staffing)


@reads(app, "assignments", example="role assignments --home maple-grove --status confirmed")
def assignments(
    run: Run,
    home: Homes = None,
    role: Roles = None,
    account: Accounts = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="Only these statuses.", known=STATUSES),
    ] = None,
) -> Table:
    """List who holds, held or is asked to hold which role."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.assignments import list_assignments
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.rows.nouns.assignment import KEYS

    check_named(run.store, run.today, home, role)
    people = account_ids(run.store, run.today, account)
    found = list_assignments(run.store, run.today, home=home, role=role, account_id=people, status=status)
    return Table(KEYS, rows_of(found, KEYS), shown=SHOWN, talk=Talk(empty="No assignments."))


@reads(app, "pending", example="role pending --older-than 7d")
def pending(
    run: Run,
    home: Homes = None,
    role: Roles = None,
    account: Accounts = None,
    older_than: Annotated[
        str | None, span_option("--older-than", help="Only those that have waited longer.")
    ] = None,
) -> Table:
    """List roles that wait to be confirmed, the longest wait first."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.assignments import PENDING_KEYS, list_pending
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home, role)
    people = account_ids(run.store, run.today, account)
    rows = list_pending(run.store, run.today, home=home, role=role, account_id=people, older_than=older_than)
    shown = (*SHOWN[:5], "pending_days", "token_expires_on")
    return Table(PENDING_KEYS, rows, shown=shown, talk=Talk(empty="Nobody is waiting."))


def _one_way(
    run: Run, word: str | None, account: str | None, home: str | None, role: str | None
) -> tuple[str, str, str] | None:
    """Whom, at which home, in which role; None where the `word` is a token."""
    person = account if word is None else word
    if person and role and (word is None or account is None):
        return person, home or str(run.one_home(says=True)), role
    if word is None or account or home or role:
        raise UsageError(
            "Give either the TOKEN, or the person (or --account) with --role and --home.",
            "The token is in the e-mail.",
        )
    return None
