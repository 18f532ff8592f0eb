"""Issuers: a home's signing keys, the issuers elsewhere that are trusted, what is revoked."""

from pathlib import Path

from carepass_cli.badges.port import Badges
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.keys import key_file, save_key
from carepass_cli.store.models_passport import HomeKey, Revocation, TrustedIssuer
from carepass_cli.store.queries.homes import get_home
from carepass_cli.store.queries.passport import home_keys, trusted_issuers
from carepass_cli.store.queries.records import get_record
from carepass_cli.store.unit import Unit


def ensure_key(unit: Unit, badges: Badges, keys: Path, home: str, *, rotate: bool = False) -> list[Outcome]:
    """See to it that a home has a signing key; `rotate` retires the one it has for a new one.

    What a retired key signed stays good: its status list is still signed with it. Returns all keys of
    the home, the newest first.
    """
    at = get_home(unit, unit.today, home)
    active = next((each for each in home_keys(unit, unit.today, home) if each.retired_on is None), None)
    results: dict[str, str] = {}
    if active is not None and rotate:
        unit.update(HomeKey, active.id, retired_on=unit.day)
        unit.audit("retire", "key", active.did, before={"retired_on": None}, after={"retired_on": unit.today})
        results[active.did] = UPDATED
    if active is None or rotate:
        key = badges.new_key()
        unit.add(HomeKey(home_id=at.id, did=key.did, created_on=unit.day, change_id=unit.change_id))
        unit.audit("create", "key", key.did, after={"home": home, "did": key.did})
        results[key.did] = CREATED
        if not unit.work.dry_run:
            save_key(keys, key)
    outcomes = []
    for each in home_keys(unit, unit.today, home):
        file = key_file(keys, each.did)
        item: dict[str, object] = {
            "home": home,
            "did": each.did,
            "status": "retired" if each.retired_on else "active",
            "created_on": each.created_on,
            "retired_on": each.retired_on,
            "file": str(file) if file.exists() else None,
        }
        outcomes.append(Outcome(results.get(each.did, UNCHANGED), item))
    told = "Keep the key's file safe, as you would a signature stamp; backups of the store do not have it."
    return [outcomes[0]._replace(said=(told,)) if CREATED in results.values() else outcomes[0], *outcomes[1:]]


def trust_issuer(unit: Unit, did: str, name: str) -> Outcome:
    """Take the passports of this issuer, under this name. The same again is `unchanged`."""
    item: dict[str, object] = {"did": did, "name": name}
    before = _trusted_as(unit, did)
    if before == name:
        return Outcome(UNCHANGED, item)
    if before is not None:
        _close(unit, did)
    unit.add(TrustedIssuer(did=did, name=name, from_on=unit.day, change_id=unit.change_id))
    unit.audit("trust", "issuer", did, before={"name": before} if before else None, after=item)
    return Outcome(UPDATED if before else CREATED, item)


def distrust_issuer(unit: Unit, did: str, reason: str) -> Outcome:
    """Take no more passports of this issuer, from today on; what was accepted stays."""
    item: dict[str, object] = {"did": did, "name": None}
    name = _trusted_as(unit, did)
    if name is None:
        return Outcome(UNCHANGED, item)
    _close(unit, did)
    unit.audit("distrust", "issuer", did, before={"name": name}, after={"reason": reason})
    return Outcome(UPDATED, {**item, "name": name})


def revoke_record(unit: Unit, named: str, reason: str) -> Outcome:
    """Vouch for a completion no more, from today on: exports leave it out, and status lists name it.

    The completion itself stays; a mistake in it is mended by voiding it, which revokes it, too.
    """
    record = get_record(unit, unit.today, named)
    item: dict[str, object] = {"record": record.record, "portal_id": record.portal_id, "code": record.code}
    sql = "SELECT revoked_on FROM revocation WHERE completion_id = :record AND revoked_on <= :today"
    row = next(unit.rows(sql, record=record.record, today=unit.today), None)
    if row is not None:
        return Outcome(UNCHANGED, {**item, "revoked_on": row[0]})
    unit.add(
        Revocation(completion_id=record.record, revoked_on=unit.day, reason=reason, change_id=unit.change_id)
    )
    after = {**item, "revoked_on": unit.today, "reason": reason}
    unit.audit("revoke", "record", named, account_id=record.account_id, after=after)
    told = "Others learn of it from a new status list: carepass passport status-list HOME FILE"
    return Outcome(CREATED, {**item, "revoked_on": unit.today}, (told,))


def _trusted_as(unit: Unit, did: str) -> str | None:
    known = trusted_issuers(unit, unit.today)
    return next((name for each, name, _, home in known if each == did and home is None), None)


def _close(unit: Unit, did: str) -> None:
    sql = "SELECT id FROM trusted_issuer WHERE did = :did AND until_on IS NULL"
    ((key,),) = unit.rows(sql, did=did)
    unit.update(TrustedIssuer, key, until_on=unit.day)
