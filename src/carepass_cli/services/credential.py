"""Credentials: the identity that a signed record keeps for ever, and which of them are revoked."""

import uuid
from datetime import date
from pathlib import Path

from carepass_cli.errors import Refused
from carepass_cli.store.keys import key_folder
from carepass_cli.store.ledger import Identity, Ledger, Origin
from carepass_cli.store.queries.passport import Signable, home_keys, last_record, list_made, list_revoked
from carepass_cli.store.reader import Reader
from carepass_cli.store.unit import Unit


def identify(unit: Unit, keys: Path, records: list[Signable]) -> None:
    """Give records an identity each in the ledger, before they are signed for the first time; those that have
    one keep it."""
    ledger = Ledger(keys)
    new = [origin for origin in map(origin_of, records) if ledger.identity_of(origin) is None]
    # Up to version 0.1 an index was the record's number.
    first = max(last_record(unit), *ledger.indices(), 0) + 1
    found = {
        origin: Identity(f"urn:uuid:{uuid.uuid4()}", index, unit.today)
        for index, origin in enumerate(new, start=first)
    }
    if not unit.work.dry_run:
        ledger.add_identities(found)


def origin_of(record: Signable) -> Origin:
    """The record as the ledger knows it."""
    return Origin(record.record, record.made_at)


def note_revocations(unit: Unit) -> None:
    """Write into the ledger what the store says is revoked or void: after a restore no list forgets it."""
    keys = key_folder(unit.work.db)
    if not unit.work.dry_run and home_keys(unit, unit.today):
        ledger = Ledger(keys)
        ledger.add_revoked(_revoked(unit, unit.today, ledger), unit.today)


def has_news(reader: Reader, today: date, keys: Path) -> bool:
    """Whether `note_revocations` has something to write."""
    ledger = Ledger(keys)
    return not _revoked(reader, today, ledger) <= ledger.revoked(today)


def all_revoked(reader: Reader, today: date, ledger: Ledger) -> set[int]:
    """The indices of what was ever revoked by the day, by the store or by the ledger."""
    return _revoked(reader, today, ledger) | ledger.revoked(today)


def first_index(reader: Reader, ledger: Ledger) -> int:
    """The first index that was given, or will be. A record with a smaller number may have been signed under
    that number (version 0.1)."""
    return min(ledger.indices(), default=last_record(reader) + 1)


def _revoked(reader: Reader, today: date, ledger: Ledger) -> set[int]:
    """The indices of what the store says is revoked, under which it was signed or may have been."""
    first = first_index(reader, ledger)
    origins = [Origin(*each) for each in list_revoked(reader, today)]
    signed = {identity.list_index for origin in origins if (identity := ledger.identity_of(origin))}
    return signed | {origin.record for origin in origins if origin.record < first}


def refuse_signed(
    unit: Unit, change_id: int, table: str, first_key: int, last_key: int, since: date = date.min
) -> None:
    """Raise Refused (`already-signed`) where taking a change back would change what a passport signed `since`
    a day may carry, or forget a revocation: these rows of `table`."""
    if table == "revocation":
        raise _already_signed(change_id, "it revoked a record")
    if table == "completion" and (signed := list_signed(unit, first_key, last_key, since)):
        raise _already_signed(change_id, f"record {signed[0]} is signed, and a passport may carry it")


def list_signed(unit: Unit, first: int, last: int, since: date = date.min) -> list[int]:
    """The records that were signed first `since` a day, of those with these numbers, both inclusive."""
    ledger = Ledger(key_folder(unit.work.db))
    made = list_made(unit, first, last)
    signed = ((each.record, ledger.identity_of(Origin(each.record, each.made_at))) for each in made)
    return [record for record, identity in signed if identity and identity.signed_on >= since]


def signed_still(unit: Unit, record: int) -> tuple[str, ...]:
    """What is to be said where a record that is void by now was signed."""
    if not list_signed(unit, record, record):
        return ()
    return (
        f"Record {record} was signed: a passport that carries it is believed until its reader has the home's"
        f" new list. To say why: carepass passport revoke {record} --reason TEXT; to hand the list out:"
        " carepass passport status-list HOME FILE",
    )


def _already_signed(change_id: int, why: str) -> Refused:
    return Refused(
        f"Change {change_id} cannot be taken back: {why}.",
        "Void the record, or revoke what was signed: carepass record void, carepass passport revoke",
        code="already-signed",
    )
