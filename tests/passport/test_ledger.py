"""The ledger of what was signed, and the keys' files: on the disk, whole, and nobody else's."""

import os
import stat
from datetime import date
from pathlib import Path

import pytest

from carepass_cli.badges.port import Badges, Key
from carepass_cli.errors import CarepassError, Refused
from carepass_cli.store.keys import key_file, load_key, remove_orphans, save_key, settle_keys
from carepass_cli.store.ledger import NAME, Identity, Ledger, Origin

DAY, LATER = date(2026, 11, 21), date(2026, 11, 25)
ORIGIN, OTHER = Origin(5, "2026-11-21T17:00:00.000Z"), Origin(5, "2026-11-25T17:00:00.000Z")
IDENTITY = Identity("urn:uuid:5", 12, DAY)


def filled(folder: Path) -> Ledger:
    ledger = Ledger(folder)
    ledger.add_key("did:key:z1", "maple-grove", DAY)
    ledger.add_identities({ORIGIN: IDENTITY, OTHER: Identity("urn:uuid:6", 13, LATER)})
    ledger.add_revoked({12}, LATER)
    ledger.add_given_up("did:key:z1", DAY, LATER)
    return ledger


def test_what_was_written_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    assert (Ledger(folder).indices(), folder.exists()) == (set(), False)
    filled(folder)
    ledger = Ledger(folder)
    assert ledger.identity_of(ORIGIN) == IDENTITY
    assert ledger.identity_of(Origin(6, ORIGIN.made_at)) is None
    assert ledger.indices() == {12, 13}
    assert ledger.signers() == [("did:key:z1", "maple-grove")]
    assert (ledger.revoked(DAY), ledger.revoked(LATER)) == (set(), {12})
    assert (ledger.given_up("did:key:z1", DAY), ledger.given_up("did:key:z1", LATER)) == (None, DAY)
    assert ledger.given_up("did:key:z2", LATER) is None
    assert ledger.find("urn:uuid:5") == (ORIGIN, IDENTITY)
    assert ledger.find("urn:uuid:7") is None
    assert stat.S_IMODE((folder / NAME).stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_is_there_is_not_written_again_and_the_earliest_revocation_counts(tmp_path: Path) -> None:
    ledger = filled(tmp_path)
    size = (tmp_path / NAME).stat().st_size
    ledger.add_key("did:key:z1", "maple-grove", LATER)
    ledger.add_identities({ORIGIN: Identity("urn:uuid:other", 99, LATER)})
    ledger.add_revoked({12}, LATER)
    assert (tmp_path / NAME).stat().st_size == size
    assert Ledger(tmp_path).identity_of(ORIGIN) == IDENTITY
    ledger.add_revoked({12}, DAY)
    assert Ledger(tmp_path).revoked(DAY) == {12}


def test_cut_off_anywhere_it_is_what_it_was_a_line_before(tmp_path: Path) -> None:
    filled(tmp_path)
    path = tmp_path / NAME
    whole = path.read_bytes()
    for end in range(len(whole)):
        path.write_bytes(whole[:end])
        ledger = Ledger(tmp_path)
        ledger.add_revoked({77}, DAY)
        again = Ledger(tmp_path)
        assert again.indices() == ledger.indices()
        assert 77 in again.revoked(DAY)


@pytest.mark.parametrize(
    "line", ["x", "{}", '{"on": "2026-11-21"}', '{"revoked": "x", "on": "2026-11-21"}', "1"]
)
def test_damage_is_told(tmp_path: Path, line: str) -> None:
    filled(tmp_path)
    with (tmp_path / NAME).open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(Refused) as raised:
        Ledger(tmp_path)
    assert raised.value.code == "ledger-damaged"
    assert "Line 6 " in raised.value.message


def test_a_key_waits_until_the_store_has_it(tmp_path: Path, badges: Badges, key: Key) -> None:
    orphan = badges.new_key()
    for each in (key, orphan):
        save_key(tmp_path / "keys", each)
        assert not key_file(tmp_path / "keys", each.did).exists()
    remove_orphans(tmp_path / "keys", [key.did])
    settle_keys(tmp_path / "keys", [key.did, orphan.did])
    assert [path.name for path in (tmp_path / "keys").iterdir()] == [key_file(tmp_path, key.did).name]
    assert load_key(tmp_path / "keys", key.did) == key


def test_a_key_that_was_not_settled_signs_all_the_same(tmp_path: Path, key: Key) -> None:
    save_key(tmp_path / "keys", key)
    assert load_key(tmp_path / "keys", key.did) == key
    assert key_file(tmp_path / "keys", key.did).exists()


@pytest.mark.parametrize("mode", [0o777, 0o750, 0o701])
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_key_that_is_open_to_others_does_not_sign(tmp_path: Path, key: Key, what: str, mode: int) -> None:
    folder = tmp_path / "keys"
    save_key(folder, key)
    settle_keys(folder, [key.did])
    os.chmod(folder if what == "folder" else key_file(folder, key.did), mode)
    with pytest.raises(CarepassError) as raised:
        load_key(folder, key.did)
    assert raised.value.code == "key-exposed"
    assert "chmod" in raised.value.hint
