"""What passports need: the homes' public keys, issuers that are trusted, revocations. Habits: `models`."""

from datetime import date

from sqlmodel import Field

from carepass_cli.store import models_training  # noqa: F401  (has `completion`, to which a revocation refers)
from carepass_cli.store.models import Base, dates, index_where


class HomeKey(Base, table=True):
    """The public half of a home's signing key, as `did:key`; the private half is never in the store."""

    __tablename__ = "home_key"
    __table_args__ = (
        dates("created_on", "retired_on"),
        index_where("retired_on IS NULL", "ux_home_key_active", "home_id", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    home_id: int = Field(foreign_key="home.id")
    did: str = Field(unique=True)
    created_on: date
    retired_on: date | None = None
    change_id: int


class TrustedIssuer(Base, table=True):
    """An issuer elsewhere whose passports are taken, over time."""

    __tablename__ = "trusted_issuer"
    __table_args__ = (
        dates("from_on", "until_on"),
        index_where("until_on IS NULL", "ux_trusted_issuer_open", "did", unique=True),
    )
    id: int | None = Field(default=None, primary_key=True)
    did: str
    name: str
    from_on: date
    until_on: date | None = None
    change_id: int


class Revocation(Base, table=True):
    """A completion is not vouched for any more, from `revoked_on` on."""

    __tablename__ = "revocation"
    __table_args__ = (dates("revoked_on"),)
    completion_id: int = Field(primary_key=True, foreign_key="completion.id")
    revoked_on: date
    reason: str
    change_id: int
