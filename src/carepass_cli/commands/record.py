"""`carepass record`: completions."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import (
    command_group,
    import_rows,
    imports,
    reads,
    writes,
    wrote,
    wrote_many,
)
from carepass_cli.commands.options import (
    Account,
    Course,
    Homes,
    OptionsOf,
    Reason,
    Record,
    date_option,
    several,
)
from carepass_cli.context import Run
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Table, Talk, Written
from carepass_cli.rules.noun import Values
from carepass_cli.rules.nouns import RECORD
from carepass_cli.store.records import rows_of

if TYPE_CHECKING:
    from carepass_cli.services.imports.batch import Asked

app = command_group()


@writes(app, "add", example="record add 1000 IPAC-101 --on 2026-11-20 --evidence 'certificate on paper'")
def add(
    run: Run,
    account: Account,
    course: Course,
    on: Annotated[date, date_option("--on", help="The day it was completed.")],
    said: Annotated[Values | None, OptionsOf(RECORD, new=True)] = None,
    observed_by: Annotated[
        str | None,
        typer.Option(
            "--observed-by",
            metavar="ACCOUNT",
            help="Who saw the competence; they must have held the course that day.",
            autocompletion=complete.accounts,
        ),
    ] = None,
    files: Annotated[
        list[str] | None,
        typer.Option("--file", metavar="PATH", help="A file to attach as evidence; may be repeated."),
    ] = None,
    expires: Annotated[
        date | None,
        date_option("--expires", help="The last valid day that the certificate names. [default: worked out]"),
    ] = None,
) -> Written:
    """Record a completion: prior training, training elsewhere, paper."""
    from carepass_cli.services.record import add_record

    outcome = run.write(
        add_record,
        account,
        course,
        on,
        said,
        observed_by=observed_by,
        files=files or (),
        expires_on=expires,
    )
    return wrote(outcome)


@writes(app, "attach", example="record attach 17 certificate.pdf")
def attach(
    run: Run,
    record: Record,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files of at most 10 MB each.")],
) -> Written:
    """Attach evidence to a record: scans, certificates. Each is kept once."""
    from carepass_cli.services.evidence import attach_files

    return wrote_many(run.write(attach_files, record, files), shown=("result", "file", "name", "bytes"))


@reads(app, "files", example="record files 17")
def files(run: Run, record: Record) -> Table:
    """List the files attached to a record."""
    from carepass_cli.store.queries.evidence import KEYS, list_files
    from carepass_cli.store.queries.records import get_record

    found = list_files(run.store, run.today, get_record(run.store, run.today, record).record)
    rows = rows_of(found, KEYS)
    return Table(KEYS, rows, shown=("file", "name", "bytes", "added_on"), talk=Talk(empty="No files."))


@reads(app, "save", example="record save 17 evidence")
def save(
    run: Run,
    record: Record,
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Where to; it is made if it is not there.")],
) -> Written:
    """Write the files of a record into a folder. Nothing there is overwritten."""
    from carepass_cli.services.evidence import save_files

    return wrote_many(save_files(run.store, run.today, record, folder))


@reads(app, "list", example="record list 1000")
def list_(run: Run, account: Account) -> Table:
    """List a person's completions, oldest first, the void ones too."""
    from carepass_cli.store.queries.accounts import get_account
    from carepass_cli.store.queries.records import list_records

    account_id = get_account(run.store, run.today, account).id
    rows = map(RECORD.row, list_records(run.store, run.today, account_id))
    shown = ("record", "code", "title", "completed_on", "expires_on", "voided_on")
    return Table(RECORD.keys, rows, shown=shown, talk=Talk(empty="No records."))


@writes(app, "void", example="record void 17 --reason 'wrong person'")
def void(run: Run, record: Record, reason: Reason) -> Written:
    """Void a completion from today on; it stays in the history."""
    from carepass_cli.services.record import void_record

    return wrote(run.write(void_record, record, reason))


@writes(
    app,
    "extend",
    example="record extend --code IPAC-101 --expiring-by 2027-03-31 --to 2027-06-30 --reason 'by order'",
)
def extend(
    run: Run,
    to: Annotated[date, date_option("--to", help="The new last valid day.")],
    reason: Reason,
    records: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[RECORD]...",
            help="Records' numbers, as 'record list' shows them.",
            autocompletion=complete.records,
        ),
    ] = None,
    code: Annotated[
        list[str] | None,
        several(
            "--code",
            metavar="COURSE,...",
            help="In place of RECORD: what counts of these courses for people with a confirmed role.",
            values=complete.courses,
        ),
    ] = None,
    home: Homes = None,
    expiring_by: Annotated[
        date | None,
        date_option("--expiring-by", help="With --code: what ends by this day, inclusive. [default: --to]"),
    ] = None,
) -> Written:
    """Let records be valid longer, from today on. Their anniversary stays."""
    from carepass_cli.services.record import extend_matching, extend_records

    if bool(records) is bool(code):
        raise UsageError("Which records?", "Name them by number, or choose them by --code COURSE.")
    if records and (home or expiring_by):
        raise UsageError("--home and --expiring-by choose among the records of --code.", "Leave them out.")
    if not code:
        outcomes = run.write(extend_records, records or [], to, reason)
        return wrote(outcomes[0]) if len(outcomes) == 1 else wrote_many(outcomes, RECORD.keys)
    outcomes = run.write(extend_matching, code, home, expiring_by, to, reason)
    return wrote_many(outcomes, RECORD.keys)


@imports(app, "import", example="record import completions.csv --keep-going --rejects bad.csv")
def import_(
    run: Run,
    asked: "Asked",
    again: Annotated[bool, typer.Option("--again", help="Record anew what was voided.")] = False,
) -> Written:
    """Record completions from a file.

    Columns: {person}; code or title (of a course, or an alias); completed_on; and
    any of expires_on, provider, evidence, verified_by, verb. Rows without a day, or with a verb that is not
    completed or passed, are skipped. A file may have a column a course instead, with the days.
    """
    from carepass_cli.services.imports.record import COLUMNS, import_records

    return import_rows(run, asked, COLUMNS, partial(import_records, again=again))
