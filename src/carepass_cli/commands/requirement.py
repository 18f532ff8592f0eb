"""`carepass requirement`: what a role requires, and where a person stands in it."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands.declare import (
    command_group,
    import_rows,
    imports,
    reads,
    writes,
    wrote_each,
    wrote_many,
)
from carepass_cli.commands.options import (
    Account,
    AccountOption,
    Accounts,
    Codes,
    Courses,
    Expiry,
    Homes,
    HomesRequired,
    MaxMinutes,
    OfProvider,
    OptionsOf,
    Roles,
    RolesRequired,
    Search,
    date_option,
    several,
    typed,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Table, Talk, Written
from carepass_cli.rules.nouns import REQUIREMENT, RequirementValues
from carepass_cli.rules.nouns.waiver import WAIVER, WaiverValues
from carepass_cli.rules.span import BEFORE_START, parse_due_within
from carepass_cli.rules.standing import STATUSES, STEPS
from carepass_cli.store.records import rows_of

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()


@writes(app, "add", example="requirement add IPAC-101 FIRE-101 --home maple-grove --role psw")
def add(
    run: Run,
    courses: Courses,
    home: HomesRequired,
    role: RolesRequired,
    employer_pays: Annotated[
        bool | None,
        typer.Option("--employer-pays/--learner-pays", help="Who pays. [default: employer-pays]"),
    ] = None,
    required_from: Annotated[
        date | None, date_option("--from", help="Required from this day on. [default: today]")
    ] = None,
    due_within: Annotated[
        str | None,
        typed(
            parse_due_within,
            "--due-within",
            metavar="SPAN",
            help="How long a person has to complete it. [default: 30d]",
        ),
    ] = None,
    before_start: Annotated[
        bool, typer.Option("--before-start", help="It comes before the first day of work.")
    ] = False,
    terms: Annotated[RequirementValues | None, OptionsOf(REQUIREMENT)] = None,
) -> Written:
    """Require courses of everybody in a role."""
    from carepass_cli.services.requirement import add_requirements, of_each_role

    if before_start and due_within:
        raise UsageError("--before-start and --due-within both say when it is due.", "Give one of them.")
    due = BEFORE_START if before_start else due_within
    own = {"employer_pays": employer_pays, "required_from": required_from, "due": due}
    said = {**(terms or {}), **{name: value for name, value in own.items() if value is not None}}
    return wrote_many(run.write(of_each_role, add_requirements, courses, home, role, terms=said))


@writes(app, "remove", reason=True, example="requirement remove FIRE-101 --home maple-grove --role psw")
def remove(run: Run, courses: Courses, home: HomesRequired, role: RolesRequired) -> Written:
    """Stop requiring courses of a role, from today on."""
    from carepass_cli.services.requirement import of_each_role, remove_requirements

    return wrote_many(run.write(of_each_role, remove_requirements, courses, home, role))


@writes(app, "waive", example="requirement waive 1000 FIRE-101 --reason 'on leave' --until 2027-03-31")
def waive(
    run: Run,
    account: Account,
    courses: Courses,
    values: Annotated[WaiverValues, OptionsOf(WAIVER, new=True)],
    from_on: Annotated[
        date | None, date_option("--from", help="The waiver's first day. [default: today]")
    ] = None,
    until: Annotated[
        date | None, date_option("--until", help="The waiver's last day. [default: for good]")
    ] = None,
) -> Written:
    """Waive courses for a person."""
    from carepass_cli.services.waiver import waive_requirements

    outcomes = run.write(waive_requirements, account, courses, values, from_on, until)
    return wrote_each(outcomes, courses)


@writes(app, "unwaive", reason=True, example="requirement unwaive 1000 FIRE-101 --on 2026-11-20")
def unwaive(
    run: Run,
    account: Account,
    courses: Courses,
    on: Annotated[
        date | None, date_option("--on", help="The first day it is asked for again. [default: today]")
    ] = None,
) -> Written:
    """End waivers of courses; earlier days stay waived."""
    from carepass_cli.services.waiver import end_waivers

    return wrote_many(run.write(end_waivers, account, courses, on))


@reads(app, "waivers", example="requirement waivers --home maple-grove")
def waivers(run: Run, home: Homes = None, account: Accounts = None, code: Codes = None) -> Table:
    """List who need not hold which course, and when."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.waivers import list_waivers
    from carepass_cli.store.rows.nouns.waiver import KEYS

    check_named(run.store, run.today, home, courses=code)
    people = account_ids(run.store, run.today, account)
    found = list_waivers(run.store, run.today, home=home, account_id=people, code=code)
    shown = ("portal_id", "last_name", "first_name", "code", "from_on", "until_on", "reason")
    return Table(KEYS, rows_of(found, KEYS), shown=shown, talk=Talk(empty="Nothing is waived."))


@reads(app, "list", example="requirement list --account 1000 --status overdue,expired")
def list_(
    run: Run,
    account: AccountOption = None,
    home: Homes = None,
    role: Roles = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="With --account: only these statuses.", known=STATUSES),
    ] = None,
    step: Annotated[
        list[str] | None,
        several("--step", metavar="S,...", help="With --account: only these steps.", known=(*STEPS, "null")),
    ] = None,
    expiry: Expiry = "any",
    provider: OfProvider = None,
    search: Search = None,
    max_minutes: MaxMinutes = None,
) -> Table:
    """List what roles require. With --account: where the person stands (*Manage My Training*)."""
    from carepass_cli.store.queries.courses import Filters
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.requirements import list_requirements

    if account is None and (status or step):
        raise UsageError("--status and --step are about one person.", "Add --account ACCOUNT.")
    check_named(run.store, run.today, home, role)
    filters = Filters(search=search, provider=provider, expiry=expiry, max_minutes=max_minutes)
    if account is None:
        rows = map(REQUIREMENT.row, list_requirements(run.store, run.today, home=home, role=role, **filters))
        shown = ("home", "role", "code", "title", "minutes", "expiry", "employer_pays")
        return Table(REQUIREMENT.keys, rows, shown=shown, talk=Talk(empty="Nothing is required."))
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.person import STANDING_KEYS, person_of

    person = person_of(run.store, run.today, get_account(run.store, run.today, account).id)
    found = person.standings(home, role, status, step, **filters)
    chosen_by = [*(status or ()), *(step or ())]
    empty = f"Nothing is {' or '.join(chosen_by)} here." if chosen_by else "Nothing is required here."
    seen = ("code", "title", "status", "step", "expires_on", "due_on", "expiry", "role", "home")
    return Table(STANDING_KEYS, found, shown=seen, talk=Talk(empty=empty))


@imports(app, "import", example="requirement import requirements.csv --dry-run")
def import_(run: Run, asked: "Asked") -> Written:
    """Require courses of roles from a file.

    Columns: home, role, code, and any of employer_pays, required_from, due (before-start or a span),
    due_within, citation.
    """
    from carepass_cli.services.imports.requirement import COLUMNS, import_requirements

    return import_rows(run, asked, COLUMNS, import_requirements)
