"""Rows of the tables in `schema.catalog`.

Generated from the schema (python -m tests.store.generate); not to be edited.
"""

from datetime import date
from typing import NamedTuple


class CatalogEntry(NamedTuple):
    """A micro-credential of an own list. `natural_key` is folded institution, title and language."""

    natural_key: str
    listed_on: date
    change_id: int
    id: int = 0


class CatalogEntryVersion(NamedTuple):
    """What a list says of it over time. Length in minutes, price in cents; NULL: not said."""

    entry_id: int
    from_on: date
    institution: str
    title: str
    id: int = 0
    until_on: date | None = None
    language: str | None = None
    funding: str | None = None
    year: str | None = None
    minutes: int | None = None
    method: str | None = None
    price_cents: int | None = None
    osap_approved: bool | None = None
    sector: str | None = None
    link: str | None = None
