"""The catalogue as of a day: what comes with the program, and a home's or the province's own lists."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from carepass_cli.errors import NotFound, nearest_hint
from carepass_cli.rules.catalog import Entry, entry_category
from carepass_cli.rules.fields import folded, price_text
from carepass_cli.shipped.catalog import shipped_entries
from carepass_cli.store.queries.asof import seen
from carepass_cli.store.reader import Reader

OWN_SOURCE = "own list"
# The columns of an own entry, in the order in which they are kept.
OWN_COLUMNS = (
    "institution",
    "title",
    "language",
    "funding",
    "year",
    "minutes",
    "method",
    "price_cents",
    "osap_approved",
    "sector",
    "link",
)


class OwnEntry(NamedTuple):
    """An imported entry as it is kept, by its number and the key by which a list has it again."""

    number: int
    natural_key: str
    institution: str
    title: str
    language: str | None
    funding: str | None
    year: str | None
    minutes: int | None
    method: str | None
    price_cents: int | None
    osap_approved: bool | None
    sector: str | None
    link: str | None

    @property
    def columns(self) -> dict[str, Any]:
        """What may change, under OWN_COLUMNS."""
        return {name: getattr(self, name) for name in OWN_COLUMNS}


def list_entries(reader: Reader | None, today: date) -> list[Entry]:
    """All entries by institution, accents folded. Without a store (None) those that are shipped."""
    own = [_entry(each) for each in own_entries(reader, today)] if reader else []
    return sorted([*shipped_entries(), *own], key=lambda entry: folded(entry.institution))


def get_entry(reader: Reader | None, today: date, id: str) -> Entry:
    """The entry with this id, in any case; raises NotFound, naming the nearest."""
    entries = {entry.id: entry for entry in list_entries(reader, today)}
    if id.casefold() not in entries:
        hint = nearest_hint(id, tuple(entries)) or "Look it up: carepass catalog list --search TEXT"
        raise NotFound("catalogue entry", id, hint=hint)
    return entries[id.casefold()]


def own_entries(reader: Reader, today: date) -> Iterator[OwnEntry]:
    """The imported entries, in the order of import."""
    sql = f"""
        SELECT e.id AS number, e.natural_key, {", ".join(f"v.{name}" for name in OWN_COLUMNS)}
        FROM catalog_entry e JOIN catalog_entry_version v ON v.entry_id = e.id AND {seen("v")}
        WHERE e.listed_on <= :today ORDER BY e.id
    """
    return reader.select(OwnEntry, sql, today=today)


def _entry(own: OwnEntry) -> Entry:
    shown = {name: value for name, value in own.columns.items() if name != "price_cents"}
    return Entry(
        id=f"own-{own.number}",
        category=entry_category(own.minutes, own.method),
        price=price_text(own.price_cents),
        source=OWN_SOURCE,
        **shown,
    )
