"""Passports made, and read back: records get their identities in the store, files are written."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from carepass_cli.badges.passport import (
    STATUS_LIST_DAYS,
    Passport,
    fingerprint,
    passport_bytes,
)
from carepass_cli.badges.port import Award, Badges, Holder, Key
from carepass_cli.clock import Clock, start_of_day, toronto_day
from carepass_cli.errors import Refused, RoleNotConfirmed, UsageError
from carepass_cli.services.belief import Belief
from carepass_cli.services.credential import all_revoked, identify, note_revocations, origin_of
from carepass_cli.services.issuer import ensure_key, settle_new
from carepass_cli.services.outcome import CREATED, Outcome
from carepass_cli.store.keys import key_file, load_key
from carepass_cli.store.ledger import Ledger
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.homes import get_home
from carepass_cli.store.queries.passport import Signable, home_keys, later_key, list_places, list_signable
from carepass_cli.store.queries.records import get_record
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.unit import Unit

VERIFY_KEYS = (
    "code",
    "title",
    "holder",
    "provider",
    "completed_on",
    "expires_on",
    "status",
    "issuer_name",
    "issuer",
    "vouched_by",
)


class Made(NamedTuple):
    """A passport just made: the tokens in the order of `awards`, and who signed them for whom. `left_out` are
    records that the store holds valid, and that were revoked as the ledger says."""

    account: Account
    home: str
    home_name: str
    key: Key
    awards: list[Award]
    tokens: list[str]
    left_out: list[int]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.tokens)

    @property
    def holder(self) -> str:
        """The person's full name."""
        return f"{self.account.first_name} {self.account.last_name}"

    def shown(self, file: str) -> dict[str, object]:
        """What the command prints."""
        return {
            "file": file,
            "portal_id": self.account.portal_id,
            "home": self.home,
            "issuer": self.key.did,
            "credentials": len(self.tokens),
            "fingerprint": self.fingerprint,
        }


def issuing_home(reader: Reader, today: date, account: Account, home: str | None) -> str:
    """The home that vouches for a person: the one named, else the only one where the person works, or
    worked. Raises RoleNotConfirmed where the person never did, UsageError where there are several."""
    known = list_places(reader, today, account.id)
    if home is not None:
        get_home(reader, today, home)
        known = [place for place in known if place.home == home]
    chosen = [place.home for place in known if place.is_current] or [place.home for place in known]
    if not chosen:
        raise RoleNotConfirmed(
            f"{account.portal_id} never held a confirmed role{f' at {home}' if home else ''}.",
            "A home signs for its own people only. First: "
            f"carepass role assign {account.portal_id} --home HOME --role ROLE",
        )
    if len(chosen) > 1:
        raise UsageError(
            f"{account.portal_id} works at several homes: {', '.join(chosen)}.",
            "Say which one signs: --home HOME",
        )
    return chosen[0]


def prepare_passport(
    unit: Unit, badges: Badges, keys: Path, named: str, home: str, record: str | None = None
) -> list[Outcome]:
    """Write down what a passport needs before it is signed: the home's key in the store, and in the ledger an
    identity for each record and what is revoked. Returns the home's keys."""
    outcomes = ensure_key(unit, badges, keys, home)
    identify(unit, keys, _records(unit, unit.today, get_account(unit, unit.today, named), record))
    note_revocations(unit)
    return outcomes


def is_prepared(
    reader: Reader, today: date, keys: Path, named: str, home: str, record: str | None = None
) -> bool:
    """Whether `prepare_passport` has nothing to write that a passport needs."""
    ledger = Ledger(keys)
    active = next((each for each in home_keys(reader, today, home) if each.retired_on is None), None)
    if active is None or ledger.given_up(active.did, today):
        return False
    records = _records(reader, today, get_account(reader, today, named), record)
    return all(ledger.identity_of(origin_of(each)) for each in records)


def make_passport(
    reader: Reader, today: date, badges: Badges, keys: Path, named: str, home: str, record: str | None = None
) -> Made:
    """Sign a credential for each valid completion of a person, or for the one that is `record`.

    Raises Refused where the home has no key, or its file is not here, or the record is not valid.
    """
    ledger = Ledger(keys)
    account = get_account(reader, today, named)
    held, left_out = _parted(reader, today, ledger, account, record)
    awards = [_award(each, ledger) for each in held]
    key = _active_key(reader, today, keys, home)
    home_name = get_home(reader, today, home).name
    subject = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{key.did}/holder/{account.portal_id}')}"
    holder = Holder(subject, f"{account.first_name} {account.last_name}", account.email)
    tokens = badges.issue(key, home_name, holder, awards)
    return Made(account, home, home_name, key, awards, tokens, left_out)


@dataclass(frozen=True)
class Signing:
    """What signing takes: the store to read (`store` opens it anew after a write), its day, what signs, and
    where the keys lie. `write` runs a service as a unit of work; `say` tells what was done on the way."""

    store: Callable[[], Reader]
    today: date
    badges: Badges
    keys: Path
    write: Callable[..., Any]
    say: Callable[[str], None]


def sign_passport(
    signing: Signing, named: str, home: str | None, record: str | None = None, *, alone: bool = False
) -> Made:
    """As `make_passport`, by the home that vouches for the person; its first passport makes its key.

    With `alone` it is one credential, as a badge holds: raises UsageError for none or several, before
    anything is written.
    """
    reader, today, badges, keys = signing.store(), signing.today, signing.badges, signing.keys
    account = get_account(reader, today, named)
    if alone and len(_parted(reader, today, Ledger(keys), account, record)[0]) != 1:
        raise UsageError("A badge holds one credential.", "Choose it: --record RECORD")
    signer = issuing_home(reader, today, account, home)
    if not is_prepared(reader, today, keys, named, signer, record):
        outcomes = signing.write(prepare_passport, badges, keys, named, signer, record)
        settle_new(keys, outcomes)
        if outcomes[0].result == CREATED:
            signing.say(f"Made a signing key for {signer}; see: carepass home keys {signer}")
    made = make_passport(signing.store(), today, badges, keys, named, signer, record)
    for number in made.left_out:
        signing.say(f"Record {number} was revoked, as the ledger beside the keys says, and is left out.")
    return made


def passport_file(reader: Reader, clock: Clock, badges: Badges, keys: Path, made: Made) -> bytes:
    """A passport's file, with its home's status list."""
    return passport_bytes(made.tokens, [_status_list(reader, clock, badges, keys, made.key)])


def status_lists(reader: Reader, clock: Clock, badges: Badges, keys: Path, home: str) -> list[str]:
    """The status lists of a home's keys, the retired ones among them, signed."""
    get_home(reader, clock.today, home)
    known = [each.did for each in home_keys(reader, clock.today, home)]
    if not known:
        raise _no_key(reader, clock.today, home)
    # A key that signed before an older store was put back.
    signed = [did for did, at in Ledger(keys).signers() if at == home and did not in known]
    more = [did for did in signed if key_file(keys, did).exists()]
    return [_status_list(reader, clock, badges, keys, load_key(keys, did)) for did in (*known, *more)]


def passport_rows(passport: Passport, today: date, belief: Belief | None) -> list[tuple[object, ...]]:
    """The credentials of a passport under VERIFY_KEYS. `vouched_by` is the name under which its issuer is
    trusted here; None where nobody vouches for the name that it gives itself."""
    return [
        (
            each.code or None,
            each.title,
            each.holder,
            each.provider or None,
            each.completed_on,
            each.last_day,
            belief.status(passport, each) if belief else passport.status(each, today),
            each.issuer_name,
            each.issuer,
            belief.name_of(each.issuer) if belief else None,
        )
        for each in passport.credentials
    ]


def _records(reader: Reader, today: date, account: Account, record: str | None) -> list[Signable]:
    held = list_signable(reader, today, account.id)
    if record is None:
        return held
    number = get_record(reader, today, record).record
    chosen = [each for each in held if each.record == number]
    if not chosen:
        raise Refused(
            f"Record {record} is no valid completion of {account.portal_id}.",
            f"Look it up: carepass record list {account.portal_id}",
            code="record-not-valid",
        )
    return chosen


def _parted(
    reader: Reader, today: date, ledger: Ledger, account: Account, record: str | None
) -> tuple[list[Signable], list[int]]:
    """The records to be signed, and the numbers of those that were revoked, as the ledger says."""
    revoked = all_revoked(reader, today, ledger)
    held: list[Signable] = []
    left_out: list[int] = []
    for each in _records(reader, today, account, record):
        identity = ledger.identity_of(origin_of(each))
        if identity is not None and identity.list_index in revoked:
            left_out.append(each.record)
        else:
            held.append(each)
    return held, left_out


def _award(record: Signable, ledger: Ledger) -> Award:
    identity = ledger.identity_of(origin_of(record))
    assert identity is not None, "signed without an identity"
    return Award(
        record.record,
        record.code,
        record.title,
        record.provider,
        record.minutes,
        record.language,
        record.completed_on,
        record.expires_on,
        record.category,
        identity.credential,
        identity.list_index,
        identity.signed_on,
    )


def _active_key(reader: Reader, today: date, keys: Path, home: str) -> Key:
    active = next((each for each in home_keys(reader, today, home) if each.retired_on is None), None)
    if active is None:
        raise _no_key(reader, today, home)
    return load_key(keys, active.did)


def _status_list(reader: Reader, clock: Clock, badges: Badges, keys: Path, key: Key) -> str:
    until = clock.today + timedelta(days=STATUS_LIST_DAYS)
    revoked = all_revoked(reader, clock.today, Ledger(keys))
    return badges.issue_status_list(key, revoked, _instant(clock), until)


def _instant(clock: Clock) -> datetime:
    """When a list is signed: now, or on a day that `--today` moved to, as that began."""
    return clock.at if toronto_day(clock.at) == clock.today else start_of_day(clock.today)


def _no_key(reader: Reader, today: date, home: str) -> Refused:
    later = later_key(reader, today, home)
    hint = f"It has one from {later} on: choose that day or a later one with --today." if later else ""
    return Refused(
        f"{home} has no signing key on {today}.",
        hint or f"Make one: carepass home keys {home}",
        code="no-key",
    )
