"""`carepass account`: people and their portal IDs."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import agreed, command_group, import_rows, imports, reads, writes, wrote
from carepass_cli.commands.options import (
    Account,
    Accounts,
    AllowDuplicates,
    Force,
    Homes,
    OptionsOf,
    Reason,
    Search,
    Yes,
    account_argument,
    date_option,
    several,
    span_option,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules.nouns import ACCOUNT, AccountValues
from carepass_cli.rules.nouns.leave import LEAVE, LeaveValues
from carepass_cli.store.records import rows_of

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()

WithBirthdate = Annotated[bool, typer.Option("--with-birthdate", help="Show birthdates too.")]


@writes(
    app,
    "create",
    example="account create --first-name Ana --last-name Doe --birthdate 1990-05-17 --email ana@example.org",
)
def create(
    run: Run,
    values: Annotated[AccountValues, OptionsOf(ACCOUNT, new=True)],
    allow_duplicate: Annotated[
        bool,
        typer.Option("--allow-duplicate", help="Create it though somebody has the same names and birthdate."),
    ] = False,
) -> Written:
    """Create a person's account. The confirmation mail goes to the outbox."""
    from carepass_cli.services.account import create_account

    return wrote(run.write(create_account, allow_duplicate=allow_duplicate, **values))


@reads(app, "list", example="account list --search helene")
def list_(
    run: Run,
    search: Search = None,
    home: Homes = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="Only these statuses.", known=ACCOUNT.words("status")),
    ] = None,
    with_birthdate: WithBirthdate = False,
) -> Table:
    """List accounts, by last name."""
    from carepass_cli.store.queries.accounts import birthdate_of, list_accounts
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home)
    found = list_accounts(run.store, run.today, search=search, home=home, status=status)
    shown = ("portal_id", "last_name", "first_name", "email", "status")
    if with_birthdate:
        rows = ([*ACCOUNT.row(account), birthdate_of(run.store, account.id)] for account in found)
        return Table((*ACCOUNT.keys, "birthdate"), rows, talk=Talk(empty="No accounts."))
    return Table(ACCOUNT.keys, map(ACCOUNT.row, found), shown=shown, talk=Talk(empty="No accounts."))


@reads(app, "show", example="account show 1000")
def show(run: Run, account: Account, with_birthdate: WithBirthdate = False) -> Item:
    """Show one account."""
    from carepass_cli.store.queries.accounts import birthdate_of, get_account

    found = get_account(run.store, run.today, account)
    values = found.shown()
    # What only few have.
    rare = (each for each in ACCOUNT.fields if not each.is_key and not each.is_apart)
    values |= {each.name: value for each in rare if (value := each.public(found))}
    if with_birthdate:
        values["birthdate"] = birthdate_of(run.store, found.id)
    return Item(values)


@writes(app, "edit", example="account edit 1000 --last-name Example-Tremblay")
def edit(
    run: Run,
    account: Account,
    values: Annotated[AccountValues, OptionsOf(ACCOUNT)],
    reactivate: Annotated[
        bool, typer.Option("--reactivate", help="Make a deactivated account active again.")
    ] = False,
) -> Written:
    """Change a person's details from today on. What is left out stays, and so do earlier days."""
    from carepass_cli.services.account import edit_account, reactivate_account

    return wrote(run.write(reactivate_account if reactivate else edit_account, account, **values))


@writes(app, "confirm", example="account confirm abcd2345efgh6789")
def confirm(
    run: Run,
    token: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOKEN|ACCOUNT]",
            help="The token from the e-mail; or the person, to confirm on their behalf.",
            autocompletion=complete.accounts,
        ),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(
            "--account",
            metavar="ACCOUNT",
            help="Confirm on this person's behalf instead.",
            autocompletion=complete.accounts,
        ),
    ] = None,
) -> Written:
    """Confirm an e-mail address, by token or for the person."""
    from carepass_cli.services.account import confirm_account
    from carepass_cli.services.token import is_token

    if (token is None) == (account is None):
        raise UsageError("Give either the TOKEN or the ACCOUNT.", "The token is in the e-mail.")
    if token is not None and not is_token(token):
        token, account = None, token
    return wrote(run.write(confirm_account, token, account))


@writes(app, "deactivate", example="account deactivate 1000 --reason 'moved away'")
def deactivate(run: Run, account: Account, reason: Reason) -> Written:
    """Deactivate an account from today on; its roles end with it."""
    from carepass_cli.services.account import deactivate_account

    return wrote(run.write(deactivate_account, account, reason))


@writes(app, "merge", example="account merge 1000 1017 --reason 'the same person' --yes")
def merge(
    run: Run,
    keep: Annotated[str, account_argument("KEEP", "The account that stays.")],
    other: Annotated[str, account_argument("OTHER", "The account whose things it gets.")],
    reason: Reason,
    yes: Yes = False,
) -> Written:
    """Make two accounts of one person one, from today on.

    What OTHER has is KEEP's; OTHER is deactivated, and shows merged_into. Two records of one course and day
    become one; of two lines of one course the furthest goes on. Earlier days and the audit log keep what was;
    audit undo takes it back.
    """
    from carepass_cli.services.merge import merge_accounts, what_moves
    from carepass_cli.store.queries.accounts import called, get_account

    def preview() -> None:
        run.say(what_moves(run.rehearse(merge_accounts, keep, other, reason)))

    if not run.dry_run:
        one, into = (called(get_account(run.store, run.today, each)) for each in (other, keep))
        agreed(f"Merge {one} into {into}?", yes, preview)
    return wrote(run.write(merge_accounts, keep, other, reason))


@writes(app, "leave", example="account leave 1000 --from 2026-12-01 --until 2027-05-31 --reason parental")
def leave(
    run: Run,
    account: Account,
    from_on: Annotated[date, date_option("--from", help="The first day away.")],
    values: Annotated[LeaveValues, OptionsOf(LEAVE, new=True)],
    until: Annotated[
        date | None, date_option("--until", help="The last day away. [default: until the return]")
    ] = None,
) -> Written:
    """Put down a leave of absence: nothing is asked on its days."""
    from carepass_cli.services.leave import take_leave

    return wrote(run.write(take_leave, account, from_on, until, values))


@writes(app, "return", reason=True, example="account return 1000 --on 2026-11-20")
def return_(
    run: Run,
    account: Account,
    on: Annotated[date | None, date_option("--on", help="The first day back. [default: today]")] = None,
) -> Written:
    """End a person's leave of absence."""
    from carepass_cli.services.leave import return_from_leave

    return wrote(run.write(return_from_leave, account, on))


@reads(app, "leaves", example="account leaves --home maple-grove")
def leaves(run: Run, home: Homes = None, account: Accounts = None) -> Table:
    """List leaves of absence, past ones and those ahead too."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.leaves import list_leaves
    from carepass_cli.store.rows.nouns.leave import KEYS

    check_named(run.store, run.today, home)
    people = account_ids(run.store, run.today, account)
    found = list_leaves(run.store, run.today, home=home, account_id=people)
    return Table(KEYS, rows_of(found, KEYS), talk=Talk(empty="Nobody is on leave."))


@reads(app, "export", output="json", example="account export 1000 > ana.json")
def export(
    run: Run,
    account: Account,
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="Where to write it. [default: -, standard output]")
    ] = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record",
            metavar="RECORD",
            help="Only what is about this record.",
            autocompletion=complete.records,
        ),
    ] = None,
    with_birthdate: WithBirthdate = False,
    force: Force = False,
) -> Item:
    """Write out all that is stored about a person. It is one JSON object, of all days."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.dossier import dossier
    from carepass_cli.store.queries.records import record_of

    person = get_account(run.store, run.today, account)
    number = record_of(run.store, run.today, person, record).record if record else None
    held = dossier(run.store, person.id, with_birthdate=with_birthdate, record=number)
    if file in (None, "-"):
        return Item(held)
    from carepass_cli.output.dossier import write_dossier

    write_dossier(file, held, force=force)
    return Item({"portal_id": person.portal_id, "file": file})


@writes(app, "erase", example="account erase 1000 --yes")
def erase(
    run: Run,
    account: Account,
    retention: Annotated[
        str, span_option("--retention", help="How long people are kept after they were last active.")
    ] = "7y",
    yes: Yes = False,
) -> Written:
    """Erase a person for good, after the retention period.

    Name, e-mail address, birthdate, messages and what the audit log says of them go. So does what an account
    merged into this one still says. The completions stay, without a name; the audit log still verifies.
    """
    from carepass_cli.services.erasure import erase_account
    from carepass_cli.store.queries.accounts import get_account, merged_accounts

    def preview() -> None:
        found = get_account(run.store, run.today, account)
        run.rehearse(erase_account, account, retention)  # what refuses it comes before the question
        for each in (found, *merged_accounts(run.store, run.today, found)):
            run.say(f"Account {each.portal_id} is {each.first_name} {each.last_name}.")
        run.close()

    if not run.dry_run:
        agreed(f"Erase account {account} for good? This cannot be undone.", yes, preview)
    return wrote(run.write(erase_account, account, retention))


@imports(app, "import", noun=ACCOUNT, example="account import people.csv --keep-going --rejects bad.csv")
def import_(run: Run, asked: "Asked", allow_duplicates: AllowDuplicates = False) -> Written:
    """Create and change accounts from a file. Each new one gets its confirmation mail.

    Columns: first_name, last_name, email, for a new person birthdate, and any of {others}, status. A person
    is found by portal ID, else by number, else by address.
    """
    from carepass_cli.services.imports.account import COLUMNS, import_accounts

    load = partial(import_accounts, allow_duplicates=allow_duplicates)
    return import_rows(run, asked, COLUMNS, load, mailed=True)
