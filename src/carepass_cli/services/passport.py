"""Passports made, and read back. Reads the store and writes files; the store stays as it is."""

import uuid
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from carepass_cli.badges.passport import (
    STATUS_LIST_DAYS,
    Passport,
    fingerprint,
    write_passport,
    write_status_lists,
)
from carepass_cli.badges.port import Award, Badges, Holder, Key
from carepass_cli.errors import Refused, RoleNotConfirmed, UsageError
from carepass_cli.store.keys import load_key
from carepass_cli.store.queries.accounts import Account, get_account
from carepass_cli.store.queries.homes import get_home
from carepass_cli.store.queries.passport import awards, home_keys, places, revoked_records
from carepass_cli.store.queries.records import get_record
from carepass_cli.store.reader import Reader

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
)


class Made(NamedTuple):
    """A passport just made: the tokens in the order of `awards`, and who signed them for whom."""

    account: Account
    home: str
    home_name: str
    key: Key
    awards: list[Award]
    tokens: list[str]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.tokens)

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


def issuing_home(reader: Reader, today: str, account: Account, home: str | None) -> str:
    """The home that vouches for a person: the one named, else the only one where the person works, or
    worked. Raises RoleNotConfirmed where the person never did, UsageError where there are several."""
    known = places(reader, today, account.id)
    if home is not None:
        get_home(reader, today, home)
        known = [place for place in known if place.home == home]
    chosen = [place.home for place in known if place.current] or [place.home for place in known]
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


def make_passport(
    reader: Reader, today: str, badges: Badges, keys: Path, named: str, home: str, record: str | None = None
) -> Made:
    """Sign a credential for each valid completion of a person, or for the one that is `record`.

    Raises Refused where the home has no key, or its file is not here, or the record is not valid.
    """
    account = get_account(reader, today, named)
    held = awards(reader, today, account.id)
    if record is not None:
        held = [_one(reader, today, account, held, record)]
    key = _active_key(reader, today, keys, home)
    home_name = get_home(reader, today, home).name
    subject = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{key.did}/holder/{account.portal_id}')}"
    holder = Holder(subject, f"{account.first_name} {account.last_name}", account.email)
    return Made(account, home, home_name, key, held, badges.issue(key, home_name, holder, held))


def export_passport(
    reader: Reader, today: str, badges: Badges, made: Made, file: str, *, force: bool = False
) -> None:
    """Write a passport with its home's status list."""
    write_passport(file, made.tokens, [_status_list(reader, today, badges, made.key)], force=force)


def export_status_lists(
    reader: Reader, today: str, badges: Badges, keys: Path, home: str, file: str, *, force: bool = False
) -> int:
    """Write the status lists of a home's keys, the retired ones among them; returns how many."""
    get_home(reader, today, home)
    known = home_keys(reader, today, home)
    if not known:
        raise _no_key(home)
    lists = [_status_list(reader, today, badges, load_key(keys, each.did)) for each in known]
    write_status_lists(file, lists, force=force)
    return len(lists)


def passport_rows(passport: Passport, today: date) -> list[tuple[object, ...]]:
    """The credentials of a passport under VERIFY_KEYS."""
    return [
        (
            each.code or None,
            each.title,
            each.holder,
            each.provider or None,
            each.completed_on.isoformat(),
            each.last_day.isoformat() if each.last_day else None,
            passport.status(each, today),
            each.issuer_name,
            each.issuer,
        )
        for each in passport.credentials
    ]


def has_key(reader: Reader, today: str, home: str) -> bool:
    """Whether a home has a key that signs."""
    return any(each.retired_on is None for each in home_keys(reader, today, home))


def _one(reader: Reader, today: str, account: Account, held: list[Award], record: str) -> Award:
    number = get_record(reader, today, record).record
    award = next((each for each in held if each.record == number), None)
    if award is None:
        raise Refused(
            f"Record {record} is no valid completion of {account.portal_id}.",
            f"Look it up: carepass record list {account.portal_id}",
            code="record-not-valid",
        )
    return award


def _active_key(reader: Reader, today: str, keys: Path, home: str) -> Key:
    active = next((each for each in home_keys(reader, today, home) if each.retired_on is None), None)
    if active is None:
        raise _no_key(home)
    return load_key(keys, active.did)


def _status_list(reader: Reader, today: str, badges: Badges, key: Key) -> str:
    day = date.fromisoformat(today)
    until = day + timedelta(days=STATUS_LIST_DAYS)
    return badges.issue_status_list(key, revoked_records(reader, today), day, until)


def _no_key(home: str) -> Refused:
    return Refused(
        f"{home} has no signing key on this day.", f"Make one: carepass home keys {home}", code="no-key"
    )
