"""Own lists of micro-credentials, beside the catalogue that comes with the program. Habits: the package's
first lines."""

from datetime import date

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from carepass_cli.store.schema.base import Base, key, one_of, open_version


class CatalogEntry(Base, table=True):
    """A micro-credential of an own list. `natural_key` is folded institution, title and language."""

    __tablename__ = "catalog_entry"
    id: int | None = key()
    natural_key: str = Field(unique=True)
    listed_on: date
    change_id: int


class CatalogEntryVersion(Base, table=True):
    """What a list says of it over time. Length in minutes, price in cents; NULL: not said."""

    __tablename__ = "catalog_entry_version"
    __table_args__ = (
        one_of("language", "en", "fr"),
        CheckConstraint("minutes > 0", name="minutes_positive"),
        CheckConstraint("price_cents >= 0", name="price_not_negative"),
        Index("ix_catalog_entry_version_entry_id", "entry_id", "from_on"),
        open_version("catalog_entry_version", "entry_id"),
    )
    id: int | None = key()
    entry_id: int = Field(foreign_key="catalog_entry.id")
    from_on: date
    until_on: date | None = None
    institution: str
    title: str
    language: str | None = None
    funding: str | None = None
    year: str | None = None
    minutes: int | None = None
    method: str | None = None
    price_cents: int | None = None
    osap_approved: bool | None = None
    sector: str | None = None
    link: str | None = None
