"""Issuers: a home's signing keys, the issuers elsewhere that are trusted, what is revoked."""

from datetime import date
from pathlib import Path

from carepass_cli.badges.port import Badges
from carepass_cli.errors import ExistsLater, Refused
from carepass_cli.rules.fields import folded
from carepass_cli.services.credential import note_revocations
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.keys import key_file, remove_orphans, save_key, settle_keys
from carepass_cli.store.ledger import Ledger
from carepass_cli.store.queries.homes import get_home, list_homes
from carepass_cli.store.queries.passport import (
    HomeKey,
    Issuer,
    home_keys,
    later_key,
    list_issuers,
    open_trust,
    revoked_on,
)
from carepass_cli.store.queries.records import get_record
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows import passports as rows
from carepass_cli.store.rows.passports import HomeKey as HomeKeyTable
from carepass_cli.store.rows.passports import TrustedIssuer
from carepass_cli.store.unit import Unit


def ensure_key(
    unit: Unit,
    badges: Badges,
    keys: Path,
    home: str,
    *,
    rotate: bool = False,
    compromised_from: date | None = None,
) -> list[Outcome]:
    """See to it that a home has a signing key; `rotate` retires the one it has for a new one.

    What a retired key signed stays good (its status list is still signed with it), but for what it signed
    from `compromised_from` on, the day from which somebody else may have had it. Returns all keys of the
    home, the newest first. Once that is kept, `settle_new` gives a new key's file its name.
    """
    at = get_home(unit, unit.today, home)
    known = home_keys(unit, unit.today)
    ledger, is_dry = Ledger(keys), unit.work.dry_run
    if not is_dry:
        settle_keys(keys, [each.did for each in known])
        remove_orphans(keys, [each.did for each in known])
    active = next((each for each in known if each.home == home and each.retired_on is None), None)
    # An older store that was put back may not know that a key was given up.
    rotate = rotate or (active is not None and ledger.given_up(active.did, unit.today) is not None)
    results: dict[str, str] = {}
    if active is not None and rotate:
        _retire(unit, active, compromised_from)
        if compromised_from is not None and not is_dry:
            ledger.add_given_up(active.did, compromised_from, unit.today)
        results[active.did] = UPDATED
    if (later := later_key(unit, unit.today, home)) is not None and (active is None or rotate):
        raise ExistsLater(f"{home} has a signing key from {later} on, after {unit.today}.", later)
    if active is None or rotate:
        key = badges.new_key()
        if not is_dry:
            save_key(keys, key)
            ledger.add_key(key.did, home, unit.today)
        unit.add(rows.HomeKey(at.id, key.did, unit.today, unit.change_id))
        unit.audit("create", "key", key.did, after={"home": home, "did": key.did})
        results[key.did] = CREATED
    outcomes = []
    for each in home_keys(unit, unit.today, home):
        result = results.get(each.did, UNCHANGED)
        since = compromised_from if result == UPDATED else ledger.given_up(each.did, unit.today)
        outcomes.append(Outcome(result, _item(each, keys, since, is_new=result == CREATED)))
    said = []
    if CREATED in results.values():
        said.append(
            "Keep the key's file safe, as you would a signature stamp; backups of the store do not have it:"
            f" {outcomes[0].item['file']}"
        )
    if active is not None and compromised_from is not None:
        said.append(
            "Tell those who take your passports: carepass passport distrust "
            f"{active.did} --from {compromised_from} --reason 'key stolen'"
        )
    return [outcomes[0]._replace(said=tuple(said)), *outcomes[1:]]


def settle_new(keys: Path, outcomes: list[Outcome]) -> None:
    """Give the file of a key that `ensure_key` made its name."""
    settle_keys(keys, [str(each.item["did"]) for each in outcomes if each.result == CREATED])


def _retire(unit: Unit, key: HomeKey, compromised_from: date | None) -> None:
    unit.update(HomeKeyTable, {key.id: {"retired_on": unit.today}})
    facts = {"retired_on": unit.today} | ({"compromised_on": compromised_from} if compromised_from else {})
    unit.audit("retire", "key", key.did, before=dict.fromkeys(facts), after=facts)


def _item(key: HomeKey, keys: Path, compromised_on: date | None, *, is_new: bool) -> dict[str, object]:
    file = key_file(keys, key.did)
    return {
        "home": key.home,
        "did": key.did,
        "status": "retired" if key.retired_on else "active",
        "created_on": key.created_on,
        "retired_on": key.retired_on,
        "file": str(file) if is_new or file.exists() else None,
        "compromised_on": compromised_on,
    }


def trust_issuer(unit: Unit, did: str, name: str) -> Outcome:
    """Take the passports of this issuer, under this name. The same again is `unchanged`.

    Raises Refused (`own-issuer`) for a home of this store, or another issuer under the name of one.
    """
    _refuse_own(unit, did, "It is trusted as it is.")
    for home in list_homes(unit, unit.today):
        if folded(name) in (folded(home.name), folded(home.code)):
            raise Refused(
                f"'{name}' is the name of {home.code}, a home of this store, and this is not its key.",
                "Give the name of the home that signed. If this home keeps two stores, say so in the name.",
                code="own-issuer",
            )
    item: dict[str, object] = {"did": did, "name": name}
    before = find_issuer(unit, unit.today, did)
    if before is not None and (before.name, before.distrusted_from) == (name, None):
        return Outcome(UNCHANGED, item)
    if before is not None:
        _close(unit, did)
    unit.add(rows.TrustedIssuer(did, name, unit.today, unit.change_id))
    known = {"name": before.name, "distrusted_from": before.distrusted_from} if before else None
    unit.audit("trust", "issuer", did, before=known, after=item)
    return Outcome(UPDATED if before else CREATED, item)


def distrust_issuer(unit: Unit, did: str, reason: str, from_on: date | None = None) -> Outcome:
    """Take no more passports of this issuer, from today on; what was accepted stays.

    With `from_on` only what is dated or signed from that day on is not taken. Raises Refused (`own-issuer`)
    for a home of this store.
    """
    _refuse_own(unit, did, "Give its key up: carepass home keys HOME --rotate --compromised --from DATE")
    item: dict[str, object] = {"did": did, "name": None, "distrusted_from": from_on}
    known = find_issuer(unit, unit.today, did)
    if known is None or (from_on is not None and known.distrusted_from == from_on):
        return Outcome(UNCHANGED, item | {"name": known.name if known else None})
    _close(unit, did)
    if from_on is not None:
        unit.add(rows.TrustedIssuer(did, known.name, unit.today, unit.change_id, distrusted_from=from_on))
    unit.audit(
        "distrust",
        "issuer",
        did,
        before={"name": known.name, "distrusted_from": known.distrusted_from},
        after={"reason": reason, "distrusted_from": from_on},
    )
    return Outcome(UPDATED, item | {"name": known.name})


def revoke_record(unit: Unit, named: str, reason: str) -> Outcome:
    """Vouch for a completion no more, from today on: exports leave it out, and status lists name it.

    The completion itself stays; a mistake in it is mended by voiding it, which revokes it, too.
    """
    record = get_record(unit, unit.today, named)
    item: dict[str, object] = {"record": record.record, "portal_id": record.portal_id, "code": record.code}
    if (since := revoked_on(unit, unit.today, record.record)) is not None:
        return Outcome(UNCHANGED, {**item, "revoked_on": since})
    unit.add(rows.Revocation(record.record, unit.today, reason, unit.change_id))
    after = {**item, "revoked_on": unit.today, "reason": reason}
    unit.audit("revoke", "record", named, account_id=record.account_id, after=after)
    note_revocations(unit)
    told = "Others learn of it from a new status list: carepass passport status-list HOME FILE"
    return Outcome(CREATED, {**item, "revoked_on": unit.today}, (told,))


def find_issuer(reader: Reader, today: date, did: str) -> Issuer | None:
    """The issuer elsewhere that is trusted under this DID."""
    return next((each for each in list_issuers(reader, today) if each.did == did and each.home is None), None)


def _refuse_own(unit: Unit, did: str, hint: str) -> None:
    own = next((each for each in home_keys(unit, unit.today) if each.did == did), None)
    if own is not None:
        raise Refused(f"{did} is the key of {own.home}, a home of this store.", hint, code="own-issuer")


def _close(unit: Unit, did: str) -> None:
    unit.update(TrustedIssuer, {open_trust(unit, did): {"until_on": unit.today}})
