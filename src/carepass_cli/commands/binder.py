"""`carepass binder`: what an inspector is handed, and whether it is still what was handed over."""

from typing import Annotated

import typer

from carepass_cli.commands.declare import command_group, reads
from carepass_cli.commands.options import Force, HomeRequired, LanguageOption, typed, year_option
from carepass_cli.context import Run
from carepass_cli.output.result import Item, Talk
from carepass_cli.rules.fields import parse_int

app = command_group()

Binder = Annotated[str, typer.Argument(metavar="FILE.zip", help="The binder's file.")]


@reads(app, "create", example="binder create inspection.zip --home maple-grove --year 2026")
def create(
    run: Run,
    file: Binder,
    home: HomeRequired,
    year: Annotated[
        int | None,
        year_option("The calendar year to count. [default: this year]"),
    ] = None,
    sample: Annotated[
        int | None,
        typed(
            parse_int, "--sample", metavar="N", help="Of how many people to add the evidence. [default: 10]",
            least=0, most=100_000,
        ),
    ] = None,
    language: LanguageOption = None,
    force: Force = False,
) -> Item:  # fmt: skip
    """Write what an inspector is handed: all tables, signed."""
    from carepass_cli.badges.binder import write_binder_file
    from carepass_cli.output.pages.binder import binder_parts
    from carepass_cli.rules.compliance import counted_year
    from carepass_cli.services.binder import binder_signer
    from carepass_cli.store.queries.binder import SAMPLE, gather_binder
    from carepass_cli.store.queries.evidence import content_of

    counted = counted_year(year, run.today)
    binder = gather_binder(run.store, run.today, home, counted, SAMPLE if sample is None else sample)
    sign = binder_signer(run.store, run.today, run.db, home)
    parts = binder_parts(
        binder,
        signed=sign is not None,
        content_of=lambda content_id: content_of(run.store, content_id),
        language=language or "en",
    )
    count = write_binder_file(file, binder.about, parts, sign, force=force)
    unsigned = () if sign else (f"It is not signed. To make the home's key: carepass home keys {home}",)
    return Item(
        {"file": file, "home": home, "files": count, "signed": sign is not None}, talk=Talk(after=unsigned)
    )


@reads(app, "verify", example="binder verify inspection.zip")
def verify(run: Run, file: Binder) -> Item:  # noqa: ARG001
    """Check that nothing in a binder was changed. It works offline, without a store."""
    from carepass_cli.badges.binder import check_binder
    from carepass_cli.badges.installed import load_badges

    found = check_binder(file, load_badges)
    said = (
        f"The key is the home's if 'carepass home keys {found.home}' lists it: ask the home."
        if found.signed_by
        else "It is not signed: whoever changed it could have made the list of files anew."
    )
    return Item({"file": file, **found._asdict()}, talk=Talk(after=(said,)))
