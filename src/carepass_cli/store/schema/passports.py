"""What passports need: the homes' public keys, issuers that are trusted, revocations, lists that were seen.
Habits: the package's first lines."""

from datetime import date

from sqlmodel import Field

from carepass_cli.store.schema.base import Base, index_where, key


class HomeKey(Base, table=True):
    """The public half of a home's signing key, as `did:key`; the private half is never in the store. From
    which day on a key is not believed is in the ledger beside the keys, which outlives the store."""

    __tablename__ = "home_key"
    __table_args__ = (index_where("retired_on IS NULL", "ux_home_key_active", "home_id", unique=True),)
    id: int | None = key()
    home_id: int = Field(foreign_key="home.id")
    did: str = Field(unique=True)
    created_on: date
    retired_on: date | None = None
    change_id: int


class TrustedIssuer(Base, table=True):
    """An issuer elsewhere whose passports are taken, over time. From `distrusted_from` on nothing dated or
    signed by it is believed."""

    __tablename__ = "trusted_issuer"
    __table_args__ = (index_where("until_on IS NULL", "ux_trusted_issuer_open", "did", unique=True),)
    id: int | None = key()
    did: str
    name: str
    from_on: date
    until_on: date | None = None
    distrusted_from: date | None = None
    change_id: int


class Revocation(Base, table=True):
    """A completion is not vouched for any more, from `revoked_on` on."""

    __tablename__ = "revocation"
    completion_id: int = Field(primary_key=True, foreign_key="completion.id")
    revoked_on: date
    reason: str
    change_id: int


class StatusList(Base, table=True):
    """The newest status list seen of an issuer: `issued_at` is the instant (UTC) that it names."""

    __tablename__ = "status_list"
    id: int | None = key()
    did: str = Field(unique=True)
    issued_at: str
    signed: str
    seen_on: date
    change_id: int
