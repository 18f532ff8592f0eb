"""`carepass passport`: what a person has completed, signed by the home, to be taken to the next one."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from carepass_cli.commands import complete
from carepass_cli.commands.declare import command_group, reads, writes, wrote, wrote_many
from carepass_cli.commands.options import (
    Account,
    Force,
    Home,
    LanguageOption,
    Reason,
    Record,
    date_option,
    text_option,
)
from carepass_cli.context import Run
from carepass_cli.errors import StoreUnavailable
from carepass_cli.output.result import Item, Table, Talk, Written
from carepass_cli.rules import fields

if TYPE_CHECKING:
    from carepass_cli.badges.passport import Passport
    from carepass_cli.services.passport import Made
    from carepass_cli.store.reader import Reader

app = command_group()

File = Annotated[str, typer.Argument(metavar="FILE", help="The passport, or a badge image.")]
Target = Annotated[str, typer.Argument(metavar="FILE", help="Where to write it.")]
SignedBy = Annotated[
    str | None,
    typer.Option(
        "--home",
        metavar="HOME",
        help="Who signs; needed where the person has several homes.",
        autocompletion=complete.homes,
    ),
]
StatusList = Annotated[
    str | None,
    typer.Option("--status-list", metavar="FILE", help="A newer status list of the issuer's."),
]


def _made(
    run: Run, account: str, home: str | None, record: str | None = None, *, alone: bool = False
) -> "Made":
    """The passport of a person, signed by the home; `alone` is one credential, and no more."""
    from carepass_cli.badges.installed import load_badges
    from carepass_cli.services.passport import Signing, sign_passport
    from carepass_cli.store.keys import key_folder

    signing = Signing(lambda: run.store, run.today, load_badges(), key_folder(run.db), run.write, run.say)
    return sign_passport(signing, account, home, record, alone=alone)


def _read(run: Run, reader: "Reader | None", file: str, status_list: str | None) -> "Passport":
    """A passport, with the newest status lists that the store has seen."""
    from carepass_cli.badges.installed import load_badges
    from carepass_cli.badges.passport import read_passport
    from carepass_cli.store.queries.passport import list_kept

    kept = [each.signed for each in list_kept(reader, run.today)] if reader else []
    return read_passport(load_badges(), file, status_list, kept)


def _usable_store(run: Run) -> "Reader | None":
    """The store, where there is one that can be read: a passport is checked without it, too."""
    from carepass_cli.store.opening import find_reader

    try:
        return find_reader(run.db)
    except StoreUnavailable as error:
        run.say(f"The store is not asked. {error.message}")
        return None


def _keep_lists(run: Run, reader: "Reader", passport: "Passport") -> None:
    """Keep the status lists of a passport that are the newest seen, where the store can be written."""
    from carepass_cli.services.belief import keep_lists, newer_lists

    if newer_lists(reader, run.today, passport):
        try:
            run.write(keep_lists, passport)
        except StoreUnavailable as error:
            run.say(f"Its status list, the newest seen, is not kept. {error.message}")


@reads(app, "export", example="passport export 1000 passport.json")
def export(
    run: Run,
    account: Account,
    file: Target,
    home: SignedBy = None,
    record: Annotated[
        str | None,
        typer.Option(
            "--record",
            metavar="RECORD",
            help="Only this one; .svg or .png make it a badge.",
            autocompletion=complete.records,
        ),
    ] = None,
    force: Force = False,
) -> Item:
    """Write a person's valid completions, signed, in one file."""
    from carepass_cli.badges.installed import load_badges
    from carepass_cli.badges.passport import BADGE, PASSPORT
    from carepass_cli.files import Making
    from carepass_cli.output.badge import PICTURES, draw_badge
    from carepass_cli.services.passport import passport_file
    from carepass_cli.store.keys import key_folder

    suffix = file[-4:].lower()
    is_badge = suffix in PICTURES
    # Before a key is made: a FILE that cannot be written changes nothing.
    with Making(file, BADGE if is_badge else PASSPORT, force=force) as making:
        made = _made(run, account, home, record, alone=is_badge)
        if is_badge:
            picture = draw_badge(suffix, made.awards[0].title, made.home_name, made.fingerprint)
            making.write(load_badges().bake(made.tokens[0], picture))
        else:
            making.write(passport_file(run.store, run.clock, load_badges(), key_folder(run.db), made))
    if not made.tokens:
        run.say("There is no valid completion to sign; the passport is empty.")
    return Item(made.shown(file))


@reads(app, "verify", example="passport verify passport.json")
def verify(run: Run, file: File, status_list: StatusList = None) -> Table:
    """Check a passport's signatures, dates and revocations. It works offline, without a store.

    Where there is a store, it knows whom it trusts, what its own homes signed, and the newest lists seen.
    """
    from carepass_cli.services.belief import Belief
    from carepass_cli.services.passport import VERIFY_KEYS, passport_rows
    from carepass_cli.store.keys import key_folder

    reader = _usable_store(run)
    passport = _read(run, reader, file, status_list)
    belief = Belief(reader, run.today, key_folder(run.db)) if reader else None
    if reader:
        _keep_lists(run, reader, passport)
    shown = ("title", "expires_on", "status", "holder", "issuer_name")
    notes = (
        f"Fingerprint (SHA-256): {passport.fingerprint}",
        "Whether you trust the issuer is for you to say; the name is the issuer's own word.",
    )
    rows = passport_rows(passport, run.today, belief)
    return Table(VERIFY_KEYS, rows, shown=shown, talk=Talk(notes=notes, empty="The passport is empty."))


@writes(app, "import", example="passport import passport.json --account 1000")
def import_(
    run: Run,
    file: File,
    account: Annotated[
        str,
        typer.Option(
            "--account",
            metavar="ACCOUNT",
            help="Whose it is: portal ID, e-mail address or emp:NUMBER.",
            autocompletion=complete.accounts,
        ),
    ],
    status_list: StatusList = None,
    unverified: Annotated[
        bool, typer.Option("--unverified", help="Import it even if it names another e-mail address.")
    ] = False,
) -> Written:
    """Record what a person's passport proves, course by course.

    Each is accepted, expired, unknown-issuer or not-equivalent.
    """
    from carepass_cli.services.passport_import import import_passport
    from carepass_cli.store.keys import key_folder
    from carepass_cli.store.opening import find_reader

    passport = _read(run, find_reader(run.db), file, status_list)
    keys = key_folder(run.db)
    return wrote_many(run.write(import_passport, passport, keys, account, unverified=unverified))


@writes(app, "trust", dry_run=False, example="passport trust passport.json --name 'Cedar House'")
def trust(
    run: Run,
    issuer: Annotated[
        str, typer.Argument(metavar="FILE|DID", help="The issuer's DID, or a passport that it signed.")
    ],
    name: Annotated[
        str, text_option("--name", help="The name you know the issuer by.", most=fields.TITLE_MOST)
    ],
) -> Written:
    """Accept passports of this issuer from today on. Check its DID with the home itself first."""
    from carepass_cli.badges.installed import load_badges
    from carepass_cli.badges.passport import issuer_of
    from carepass_cli.services.issuer import trust_issuer

    return wrote(run.write(trust_issuer, issuer_of(load_badges(), issuer), name))


@writes(app, "distrust", dry_run=False, example="passport distrust did:key:z6Mk... --reason 'key stolen'")
def distrust(
    run: Run,
    did: Annotated[
        str, typer.Argument(metavar="DID", help="The issuer's DID.", autocompletion=complete.issuers)
    ],
    reason: Reason,
    from_on: Annotated[
        date | None,
        date_option("--from", help="Only what is dated or signed from this day on. [default: everything]"),
    ] = None,
) -> Written:
    """Stop accepting passports of this issuer from today on. What was accepted stays."""
    from carepass_cli.services.issuer import distrust_issuer

    return wrote(run.write(distrust_issuer, did, reason, from_on))


@reads(app, "issuers", example="passport issuers")
def issuers(run: Run) -> Table:
    """List the issuers whose passports are accepted. The homes of this store are among them."""
    from carepass_cli.store.queries.passport import ISSUER_KEYS, list_issuers

    rows = list_issuers(run.store, run.today)
    return Table(
        ISSUER_KEYS, rows, talk=Talk(empty="None yet. Trust one: carepass passport trust FILE --name NAME")
    )


@writes(app, "revoke", dry_run=False, example="passport revoke 17 --reason 'recorded by mistake'")
def revoke(run: Run, record: Record, reason: Reason) -> Written:
    """Revoke what was signed for a completion. From today on the home's status list names it."""
    from carepass_cli.services.issuer import revoke_record

    return wrote(run.write(revoke_record, record, reason))


@reads(app, "status-list", example="passport status-list maple-grove status.json")
def status_list(run: Run, home: Home, file: Target, force: Force = False) -> Item:
    """Write a signed list of what a home has revoked. Those who check its passports need it."""
    from carepass_cli.badges.installed import load_badges
    from carepass_cli.badges.passport import STATUS_LIST, status_list_bytes
    from carepass_cli.files import Making
    from carepass_cli.services.credential import has_news, note_revocations
    from carepass_cli.services.passport import status_lists
    from carepass_cli.store.keys import key_folder

    keys = key_folder(run.db)
    with Making(file, STATUS_LIST, force=force) as making:
        if has_news(run.store, run.today, keys):
            run.write(note_revocations)
        lists = status_lists(run.store, run.clock, load_badges(), keys, home)
        making.write(status_list_bytes(lists))
    return Item({"file": file, "home": home, "status_lists": len(lists)})


@reads(app, "card", example="passport card 1000 card.pdf")
def card(
    run: Run,
    account: Account,
    file: Target,
    home: SignedBy = None,
    language: LanguageOption = None,
    force: Force = False,
) -> Item:
    """Write a transcript with the passport's fingerprint. A FILE.pdf is a PDF, any other HTML."""
    from carepass_cli.files import Making
    from carepass_cli.output.pages.draw import load_typst, page_file
    from carepass_cli.output.pages.transcript import TRANSCRIPT, Transcript, transcript_page

    is_pdf = file.lower().endswith(".pdf")
    with Making(file, TRANSCRIPT, force=force) as making:
        if is_pdf:
            load_typst()
        made = _made(run, account, home)
        transcript = Transcript(made.holder, made.home_name, run.today, made.fingerprint, made.awards)
        page = transcript_page(transcript, language or made.account.language, run.actor)
        making.write(page_file(page, "pdf" if is_pdf else "html"))
    return Item(made.shown(file))
