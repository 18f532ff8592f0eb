"""`catalog import`: a home's or the province's own lists of micro-credentials."""

from typing import Any, NamedTuple

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError
from carepass_cli.rules.catalog import parse_entry, searched
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.seen import Mark
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED
from carepass_cli.store.queries.catalog import OWN_COLUMNS, OwnEntry, own_entries
from carepass_cli.store.rows.catalog import CatalogEntry, CatalogEntryVersion
from carepass_cli.store.unit import Unit

COLUMNS = Columns(
    tuple("price" if name == "price_cents" else name for name in OWN_COLUMNS),
    required=("institution", "title"),
)


class Listed(NamedTuple):
    """A row that was understood."""

    row: Row
    mark: Mark
    columns: dict[str, Any]


def import_entries(batch: Batch) -> None:
    """Bring a list into the catalogue. An entry that is there already, by institution, title and language,
    gets the row's other columns from today on."""
    known = {each.natural_key: each for each in own_entries(batch.unit, batch.unit.today)}
    for chunk in batch.chunks():
        taken = []
        for row in chunk:
            try:
                columns = parse_entry(dict(zip(COLUMNS.known, row[1], strict=True)))
            except CarepassError as error:
                batch.refuse(row, error)
                continue
            taken.append(Listed(row, Mark(row[0], _natural_key(columns), repr(columns)), columns))
        for listed in batch.first_of(taken, "micro-credential"):
            batch.count(_write(batch.unit, listed, known.get(_natural_key(listed.columns))))


def _natural_key(columns: dict[str, Any]) -> str:
    return "|".join(searched(columns[name] or "") for name in ("institution", "title", "language"))


def _write(unit: Unit, listed: Listed, known: OwnEntry | None) -> str:
    columns = listed.columns
    if known is None:
        row = unit.add(
            CatalogEntry(natural_key=_natural_key(columns), listed_on=unit.today, change_id=unit.change_id)
        )
        assert row.id is not None
        unit.add(CatalogEntryVersion(entry_id=row.id, from_on=unit.today, **columns))
        unit.audit("create", "catalog", f"own-{row.id}", after=columns)
        return CREATED
    if known.columns == columns:
        return UNCHANGED
    revised = unit.revise(CatalogEntryVersion, {known.number: columns}).get(known.number)
    assert revised is not None
    unit.audit("edit", "catalog", f"own-{known.number}", before=revised[0], after=revised[1])
    return UPDATED
