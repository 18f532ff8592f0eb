"""What is believed of a passport here: by what this store knows of its issuers and of its own records."""

from datetime import UTC, date
from pathlib import Path

from carepass_cli.badges.passport import Passport
from carepass_cli.badges.port import Credential, StatusList, numbered_credential
from carepass_cli.clock import toronto_day
from carepass_cli.services.credential import all_revoked, first_index
from carepass_cli.store.ledger import Ledger
from carepass_cli.store.queries.homes import list_homes
from carepass_cli.store.queries.passport import Signed, find_signed, home_keys, list_issuers, list_kept
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows import passports as rows
from carepass_cli.store.unit import Unit

UNKNOWN_ISSUER = "unknown-issuer"


class Belief:
    """Who is believed here on a day, and what of theirs."""

    def __init__(self, reader: Reader, today: date, keys: Path) -> None:
        self._reader = reader
        self._today = today
        self._ledger = Ledger(keys)
        homes = {home.code: home.name for home in list_homes(reader, today)}
        # The ledger knows keys, too, that an older store does not which was put back.
        own = {did: homes[code] for did, code in self._ledger.signers() if code in homes}
        retired = {each.did: each.retired_on for each in home_keys(reader, today)}
        self._retired: dict[str, date | None] = dict.fromkeys(own) | retired
        self._revoked = all_revoked(reader, today, self._ledger) if self._retired else set()
        # A home of this store comes last: nobody else is it.
        issuers = list_issuers(reader, today)
        self._names = own | {each.did: each.name for each in issuers}
        self._distrusted = {each.did: each.distrusted_from for each in issuers if each.distrusted_from}

    def name_of(self, did: str) -> str | None:
        """The name under which an issuer is trusted here; None where it is not."""
        return self._names.get(did)

    def status(self, passport: Passport, credential: Credential) -> str:
        """What a credential is worth here: its status by itself, or `unknown-issuer` where nobody vouches for
        it: dated or signed from the day on from which its issuer is distrusted, or signed with the key of a
        home of this store that has no such record, or had given the key up by then."""
        if credential.issuer in self._retired:
            return self._status_of_own(credential)
        since = self._distrusted.get(credential.issuer)
        if since is None:
            return passport.status(credential, self._today)
        if max(credential.completed_on, credential.signed_on or date.min) >= since:
            return UNKNOWN_ISSUER
        lists = tuple(each for each in passport.lists if toronto_day(each.issued_at) < since)
        return passport._replace(lists=lists).status(credential, self._today)

    def _status_of_own(self, credential: Credential) -> str:
        """The store itself is the status list of its homes."""
        record, signed_on = self._find(credential)
        if record is None or not _fits(record, credential):
            return UNKNOWN_ISSUER
        since = self._ledger.given_up(credential.issuer, self._today)
        retired_on = self._retired[credential.issuer]
        if (since and since <= signed_on) or (retired_on and retired_on < signed_on):
            return UNKNOWN_ISSUER
        if credential.list_index in self._revoked:
            return "revoked"
        without_lists = credential._replace(list_id=None, list_index=None)
        return Passport((), (), "").status(without_lists, self._today)

    def _find(self, credential: Credential) -> tuple[Signed | None, date]:
        """The record that a credential is of, and the first day on which it can have been signed."""
        index = credential.list_index
        if index is not None and credential.id == numbered_credential(credential.issuer, index):
            known = index < first_index(self._reader, self._ledger)
            record = find_signed(self._reader, self._today, index) if known else None
            return record, record.recorded_on if record else date.max
        origin, identity = self._ledger.find(credential.id) or (None, None)
        if origin is None or identity is None or identity.list_index != index:
            return None, date.max
        record = find_signed(self._reader, self._today, origin.record)
        if record is None or record.made_at != origin.made_at:
            return None, date.max
        return record, identity.signed_on


def _fits(record: Signed, credential: Credential) -> bool:
    """Whether a credential says no more than the record does."""
    if (record.code, record.completed_on) != (credential.code, credential.completed_on):
        return False
    if record.expires_on is None:
        return True
    return credential.last_day is not None and credential.last_day <= record.expires_on


def newer_lists(reader: Reader, today: date, passport: Passport) -> list[StatusList]:
    """The newest list of each issuer elsewhere that a passport came with, where it is newer than the one that
    is kept here, or revokes more at the same instant. The kept ones are among the passport's lists."""
    own = {key.did for key in home_keys(reader, today)}
    kept = {each.signed for each in list_kept(reader, today)}
    signers = {each.issuer for each in passport.credentials} - own
    newest: dict[str, StatusList] = {}
    for each in sorted(passport.lists, key=lambda each: each.token not in kept):
        known = newest.get(each.issuer)
        if each.issuer in signers and (known is None or each.supersedes(known)):
            newest[each.issuer] = each
    return [each for each in newest.values() if each.token not in kept]


def keep_lists(unit: Unit, passport: Passport) -> None:
    """Keep the newest status list seen of each issuer of a passport."""
    kept = {each.did: each for each in list_kept(unit, unit.today)}
    for each in newer_lists(unit, unit.today, passport):
        issued_at = each.issued_at.astimezone(UTC).isoformat()
        if each.issuer in kept:
            facts = {"issued_at": issued_at, "signed": each.token, "seen_on": unit.today}
            unit.update(rows.StatusList, {kept[each.issuer].id: facts})
        else:
            unit.add(rows.StatusList(each.issuer, issued_at, each.token, unit.today, unit.change_id))
        unit.audit("keep", "status-list", each.issuer, after={"issued_at": issued_at})
