"""Rows of the tables in `schema.passports`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class HomeKey(NamedTuple):
    """The public half of a home's signing key, as `did:key`; the private half is never in the store. From
    which day on a key is not believed is in the ledger beside the keys, which outlives the store."""

    home_id: int
    did: str
    created_on: date
    change_id: int
    id: int = 0
    retired_on: date | None = None


class TrustedIssuer(NamedTuple):
    """An issuer elsewhere whose passports are taken, over time. From `distrusted_from` on nothing dated or
    signed by it is believed."""

    did: str
    name: str
    from_on: date
    change_id: int
    id: int = 0
    until_on: date | None = None
    distrusted_from: date | None = None


class Revocation(NamedTuple):
    """A completion is not vouched for any more, from `revoked_on` on."""

    completion_id: int
    revoked_on: date
    reason: str
    change_id: int


class StatusList(NamedTuple):
    """The newest status list seen of an issuer: `issued_at` is the instant (UTC) that it names."""

    did: str
    issued_at: str
    signed: str
    seen_on: date
    change_id: int
    id: int = 0
