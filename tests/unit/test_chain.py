"""The hash chain: whatever is changed in an entry, its hash is another."""

from hashlib import sha256

import pytest

from carepass_cli.rules.chain import GENESIS, chain_hash, payload_hash

PAYLOAD = payload_hash('{"city":"A"}', '{"city":"B"}')
ENTRY = (GENESIS, 7, ("home.edit", None, "2026-11-21"), PAYLOAD)


def test_the_form_that_stored_chains_have() -> None:
    # A store written by one version is verified by the next: this form may never change.
    assert bytes(32) == GENESIS
    assert sha256(b'{"city":"A"}\x1e{"city":"B"}').digest() == PAYLOAD
    assert chain_hash(*ENTRY) == sha256(bytes(32) + b"7\x1fhome.edit\x1f\x1f2026-11-21" + PAYLOAD).digest()


def test_a_payload_may_lack_either_side() -> None:
    assert payload_hash(None, "{}") == sha256(b"\x1e{}").digest()
    assert payload_hash("{}", None) == sha256(b"{}\x1e").digest()


@pytest.mark.parametrize(
    "tampered",
    [
        (PAYLOAD, 7, ("home.edit", None, "2026-11-21"), PAYLOAD),
        (GENESIS, 8, ("home.edit", None, "2026-11-21"), PAYLOAD),
        (GENESIS, 7, ("home.edit", None, "2026-11-22"), PAYLOAD),
        (GENESIS, 7, ("home.edit", "2026-11-21", None), PAYLOAD),
        (GENESIS, 7, ("home.edit", None, "2026-11-21"), GENESIS),
    ],
)
def test_every_part_counts(tampered: tuple[bytes, int, tuple[str | None, ...], bytes]) -> None:
    assert chain_hash(*tampered) != chain_hash(*ENTRY)
