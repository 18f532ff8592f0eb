"""`carepass report`: what administrators and inspectors ask."""

from datetime import date
from functools import partial
from typing import Annotated, Any, Literal

import typer

from carepass_cli.commands.declare import command_group, reads
from carepass_cli.commands.options import (
    Account,
    Accounts,
    Codes,
    FailIfAny,
    Groups,
    Homes,
    HomesRequired,
    LanguageOption,
    MonthsOption,
    Roles,
    date_option,
    several,
    span_option,
    year_option,
)
from carepass_cli.context import Run
from carepass_cli.errors import ReportFoundSomething, UsageError
from carepass_cli.output.result import Item, Report, Talk
from carepass_cli.store.records import rows_of

app = command_group()

GAPS = ("overdue", "expired", "expiring", "not-started")
BARRED = ReportFoundSomething("Somebody is not cleared, and --fail-if-any asks to be told.")
FOUND = ReportFoundSomething("The report found something, and --fail-if-any asks to be told.")
LACKED = ("portal_id", "last_name", "first_name", "code", "status", "days_left", "step")
SHOWN = ("portal_id", "last_name", "first_name", "code", "expires_on", "status")
MISSING = ("code", "portal_id", "last_name", "first_name", "role", "status", "expires_on", "why")
COUNTED = ("line", "last_name", "first_name", "home", "complete_by", "days_left")
BEGUN = ("portal_id", "last_name", "first_name", "code", "days_late", "start_on", "home", "completed_on")
CLEARED = ("portal_id", "last_name", "first_name", "clearance", "reasons", "home", "role")
OWED = ("line", "last_name", "first_name", "home", "payer", "price")


@reads(app, "expiring", also=("ical",), example="report expiring --within 60d --home maple-grove")
def expiring(
    run: Run,
    within: Annotated[
        str | None, span_option("--within", help="How far ahead to look. [default: the home's own span]")
    ] = None,
    by: Annotated[date | None, date_option("--by", help="Look ahead to this day, inclusive.")] = None,
    home: Homes = None,
    role: Roles = None,
    group: Groups = None,
    account: Accounts = None,
    code: Codes = None,
    no_expired: Annotated[bool, typer.Option("--no-expired", help="Leave out what has expired.")] = False,
    only_expired: Annotated[bool, typer.Option("--only-expired", help="Only what has expired.")] = False,
    fail_if_any: FailIfAny = False,
) -> Report:
    """List what expires or has expired. Only what a confirmed role requires counts."""
    from carepass_cli.rules.span import parse_span
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.expiring import KEYS, list_expiring
    from carepass_cli.store.queries.homes import check_named

    if within and by:
        raise UsageError("--within and --by both say how far ahead to look.", "Give one of them.")
    if no_expired and only_expired:
        raise UsageError("--no-expired and --only-expired together leave nothing.", "Give one of them.")
    check_named(run.store, run.today, home, role, code)
    found = list_expiring(
        run.store,
        run.today,
        within=parse_span(within) if within else None,
        by=by,
        home=home,
        role=role,
        group=group,
        account=account_ids(run.store, run.today, account),
        code=code,
        expiring=not only_expired,
        expired=not no_expired,
    )
    return Report(
        KEYS,
        rows_of(found, KEYS),
        # One home's list need not name it.
        shown=SHOWN if home and len(home) == 1 else (*SHOWN, "home"),
        files={"ical": _calendar},
        talk=Talk(empty="Nothing expires.", then=FOUND if fail_if_any else None),
    )


def _calendar(rows: Any) -> bytes:
    from types import SimpleNamespace

    from carepass_cli.output.ical import to_ical
    from carepass_cli.store.queries.expiring import KEYS

    return to_ical(SimpleNamespace(**dict(zip(KEYS, row, strict=True))) for row in rows)


@reads(app, "gaps", also=("xlsx",), example="report gaps --home maple-grove --status overdue,expired")
def gaps(
    run: Run,
    home: Homes = None,
    role: Roles = None,
    group: Groups = None,
    account: Accounts = None,
    code: Codes = None,
    status: Annotated[
        list[str] | None,
        several("--status", metavar="S,...", help="Only these statuses.", known=GAPS),
    ] = None,
    fail_if_any: FailIfAny = False,
) -> Report:
    """List what people lack, across homes, the most late first."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.gaps import KEYS, list_gaps
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home, role, code)
    people = account_ids(run.store, run.today, account)
    narrowed = {"home": home, "role": role, "group": group, "account_id": people, "code": code}
    rows = list_gaps(run.store, run.today, **narrowed, statuses=status or GAPS)

    def workbook(rows: Any) -> bytes:
        from carepass_cli.output.workbook import table_bytes

        return table_bytes("Gaps", ", ".join(home or ()), run.today, KEYS, rows)

    return Report(
        KEYS,
        rows,
        shown=LACKED if home and len(home) == 1 else (*LACKED[:-1], "home", LACKED[-1]),
        files={"xlsx": workbook},
        talk=Talk(empty="Nobody lacks anything.", then=FOUND if fail_if_any else None),
    )


@reads(app, "compliance", example="report compliance --home maple-grove --year 2026 --group direct-care")
def compliance(
    run: Run,
    home: HomesRequired,
    year: Annotated[
        int | None,
        year_option("The year to count. [default: this year]"),
    ] = None,
    basis: Annotated[
        Literal["calendar", "rolling"],
        typer.Option(
            "--basis", help="calendar: completed in the year; rolling: valid on its last day, or today."
        ),
    ] = "calendar",
    role: Roles = None,
    group: Groups = None,
    names: Annotated[
        bool, typer.Option("--names", help="List the people who are missing it instead.")
    ] = False,
) -> Report:
    """Count how many must complete each course, and how many have."""
    from carepass_cli.rules.compliance import as_of, counted_year, heading, printed_rules
    from carepass_cli.store.queries.compliance import NAMES_KEYS, compliance_table, list_missing
    from carepass_cli.store.queries.homes import check_named

    counted, rolling = counted_year(year, run.today), basis == "rolling"
    check_named(run.store, run.today, home, role)
    day = as_of(counted, run.today)
    rules = printed_rules(" or ".join(home), counted, day, run.today, rolling=rolling)
    talk = Talk(legend=[heading(counted, day, rolling=rolling)], notes=rules)
    if names:
        missing = list_missing(run.store, run.today, home, counted, rolling=rolling, role=role, group=group)
        talk = talk._replace(empty="Nobody is missing anything.")
        return Report(NAMES_KEYS, missing, shown=MISSING, talk=talk)
    keys, rows = compliance_table(
        run.store, run.today, home, counted, rolling=rolling, role=role, group=group
    )
    return Report(
        keys, rows, absent={"percent": "n/a"}, talk=talk._replace(empty="Nothing is required there.")
    )


@reads(app, "onboarding", example="report onboarding --home maple-grove --since 2026-01-01")
def onboarding(
    run: Run,
    home: Homes = None,
    since: Annotated[date | None, date_option("--since", help="Only who began on this day or later.")] = None,
) -> Report:
    """List who began to work before what comes before work was done."""
    from carepass_cli.store.queries.homes import check_named
    from carepass_cli.store.queries.onboarding import KEYS, list_onboarding

    check_named(run.store, run.today, home)
    rows = list_onboarding(run.store, run.today, home=home, since=since or date.min)
    return Report(KEYS, rows, shown=BEGUN, talk=Talk(empty="Nobody began too soon."))


@reads(app, "clearance", example="report clearance --home maple-grove --on 2026-12-24 --fail-if-any")
def clearance(
    run: Run,
    home: Homes = None,
    role: Roles = None,
    on: Annotated[date | None, date_option("--on", help="The day to judge. [default: today]")] = None,
    roster: Annotated[
        str | None,
        typer.Option("--roster", metavar="FILE", help="Judge its lines: a person's key, home, role and on."),
    ] = None,
    fail_if_any: Annotated[
        bool, typer.Option("--fail-if-any", help="Exit 10 if anybody is not cleared.")
    ] = False,
) -> Report:
    """Say who may work on a day, and what keeps the others from it."""
    from carepass_cli.store.queries.clearance import KEYS, list_clearances
    from carepass_cli.store.queries.homes import check_named

    if roster and (home or role or on):
        raise UsageError("A roster says itself who, where and when.", "Leave --home, --role and --on out.")
    if roster:
        from carepass_cli.services.roster import judge_file

        found = judge_file(run.store, run.today, roster, run.say, run.warn)
    else:
        check_named(run.store, run.today, home, role)
        found = list(list_clearances(run.store, run.today, on or run.today, home=home, role=role))
    barred = fail_if_any and any(each.reasons for each in found)
    talk = Talk(empty="Nobody has a role there on that day.", then=BARRED if barred else None)
    shown = ("on", *CLEARED) if roster else CLEARED
    return Report(KEYS, found, shown=shown, talk=talk)


@reads(
    app,
    "matrix",
    also=("html", "pdf", "xlsx"),
    example="report matrix --home maple-grove -o html > matrix.html",
)
def matrix(
    run: Run,
    home: HomesRequired,
    role: Roles = None,
    group: Groups = None,
    language: LanguageOption = None,
    problems: Annotated[
        bool, typer.Option("--problems", help="Only people with something overdue, expired or expiring.")
    ] = False,
) -> Report:
    """Show the training matrix: staff down, courses across. Each cell is status and expiry date."""
    from carepass_cli.output.matrix import MatrixView
    from carepass_cli.store.queries.homes import check_named, get_home, list_roles
    from carepass_cli.store.queries.matrix import KEYS, NOTES, list_matrix, matrix_columns

    check_named(run.store, run.today, home, role)
    columns = matrix_columns(run.store, run.today, home, role, group)
    codes = [code for code, _ in columns]

    name = ", ".join(get_home(run.store, run.today, each).name for each in home)
    names = {each.role: each.name for each in list_roles(run.store, run.today, home)}
    view = MatrixView(name, run.today, columns, names, NOTES, language or "en", run.actor)
    return Report(
        (*KEYS, *codes),
        list_matrix(run.store, run.today, home, codes, role, group, problems=problems),
        drawing=view.draw,
        files={output: partial(view.file, output) for output in ("html", "pdf", "xlsx")},
        talk=Talk(notes=NOTES, empty="Nobody has a confirmed role there."),
    )


@reads(
    app,
    "summary",
    also=("html", "pdf", "xlsx"),
    example="report summary --home maple-grove -o html > summary.html",
)
def summary(
    run: Run, home: Homes = None, months: MonthsOption = None, language: LanguageOption = None
) -> Report:
    """Sum up each home, and all together: what holds, what comes."""
    from carepass_cli.store.queries.ahead import (
        SUMMARY_COUNTS,
        SUMMARY_KEYS,
        list_summaries,
        month_before,
        summary_row,
    )
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home)
    found = list_summaries(run.store, run.today, home, months=months or 12)

    def file(output: str, _: Any) -> bytes:
        from carepass_cli.output.pages.summary import summary_file

        return summary_file(found, run.today, month_before(run.today), output, language or "en", run.actor)

    return Report(
        SUMMARY_KEYS,
        map(summary_row, found),
        shown=("home", "percent", "staff", *SUMMARY_COUNTS),
        bar="percent",
        files={output: partial(file, output) for output in ("html", "pdf", "xlsx")},
        talk=Talk(empty="There is no home."),
    )


@reads(app, "forecast", example="report forecast --months 12 --by home,course")
def forecast(
    run: Run,
    months: MonthsOption = None,
    home: Homes = None,
    by: Annotated[
        list[str] | None,
        several("--by", metavar="home,course", help="A row for each.", known=("home", "course")),
    ] = None,
) -> Report:
    """Count what runs out in each month, its time and cost by payer."""
    from carepass_cli.store.queries.ahead import forecast_keys, forecast_rows
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home)
    by_home, by_course = (word in (by or ()) for word in ("home", "course"))
    return Report(
        forecast_keys(by_home=by_home, by_course=by_course),
        forecast_rows(
            run.store,
            run.today,
            home,
            months=months or 12,
            by_home=by_home,
            by_course=by_course,
        ),
        bar="renewals",
        talk=Talk(empty="Nothing runs out, and nothing is missing."),
    )


@reads(app, "person", also=("html", "pdf"), example="report person 1000 -o html > person.html")
def person(run: Run, account: Account, language: LanguageOption = None) -> Item:
    """Tell everything about one person's training."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.profile import in_short, person_profile, with_names

    found = get_account(run.store, run.today, account)
    profile = person_profile(run.store, run.today, found)

    def file(output: str) -> Any:
        def made(_: Any) -> bytes:
            from carepass_cli.output.pages.person import person_file

            about = with_names(run.store, run.today, profile)
            return person_file(about, run.today, output, language or found.language, run.actor)

        return made

    return Item(profile, human=in_short(profile), files={output: file(output) for output in ("html", "pdf")})


@reads(app, "deadlines", example="report deadlines --home maple-grove")
def deadlines(run: Run, home: Homes = None, role: Roles = None, account: Accounts = None) -> Report:
    """List people inside their 14 days, least time first."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.deadlines import KEYS, list_deadlines
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home, role)
    people = account_ids(run.store, run.today, account)
    found = list_deadlines(run.store, run.today, home=home, role=role, account_id=people)
    return Report(KEYS, rows_of(found, KEYS), shown=COUNTED, talk=Talk(empty="Nobody is inside the 14 days."))


@reads(app, "retakes", example="report retakes --home maple-grove")
def retakes(run: Run, home: Homes = None, role: Roles = None, account: Accounts = None) -> Report:
    """List what lapsed and must be taken again, and who pays for it."""
    from carepass_cli.store.queries.accounts import account_ids
    from carepass_cli.store.queries.deadlines import KEYS, RETAKE_NOTES, list_retakes
    from carepass_cli.store.queries.homes import check_named

    check_named(run.store, run.today, home, role)
    people = account_ids(run.store, run.today, account)
    found = list_retakes(run.store, run.today, home=home, role=role, account_id=people)
    talk = Talk(notes=RETAKE_NOTES, empty="Nothing has to be taken again.")
    return Report(KEYS, rows_of(found, KEYS), shown=OWED, talk=talk)
