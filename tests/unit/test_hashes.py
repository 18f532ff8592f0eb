"""Digests are those of `hashlib`, wherever they come from."""

import hashlib

import pytest

from carepass_cli.rules import hashes


def test_they_are_the_digests_of_hashlib() -> None:
    assert hashes.sha256(b"maple").digest() == hashlib.sha256(b"maple").digest()
    mine = hashes.blake2b(b"maple", digest_size=16).digest()
    assert mine == hashlib.blake2b(b"maple", digest_size=16).digest()


def test_a_python_without_them_takes_the_next() -> None:
    assert hashes.first_of("sha256", "no_such_module", "hashlib") is hashlib.sha256
    with pytest.raises(ImportError, match="sha256"):
        hashes.first_of("sha256", "no_such_module")
