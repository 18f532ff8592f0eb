"""The catalogue: entries taken over as courses, and own lists imported."""

from typing import Any, NamedTuple

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.formats import Refuse
from carepass_cli.batch.outcome import RowError, Summary
from carepass_cli.batch.source import Source
from carepass_cli.errors import CarepassError, Refused, UsageError
from carepass_cli.rules.catalog import parse_entry, searched
from carepass_cli.services.course import create_course
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.engine import Unit
from carepass_cli.store.models_catalog import CatalogEntry, CatalogEntryVersion
from carepass_cli.store.queries.catalog import OWN_COLUMNS, get_entry, own_entries

COLUMNS = Columns(
    tuple("price" if name == "price_cents" else name for name in OWN_COLUMNS),
    required=("institution", "title"),
)

Bad = tuple[RowError, Values]


class Planned(NamedTuple):
    """What becomes of one row: `number` is the entry it changes, None makes a new one."""

    result: str
    number: int | None
    key: str
    columns: dict[str, Any]


def adopt_entry(
    unit: Unit, id: str, code: str, *, minutes: int | None = None, validity_years: int | None = None
) -> Outcome:
    """Make a course of an entry of the catalogue. `minutes` where the entry gives no length, or another.

    The same again is `unchanged`; raises UsageError where the length is not known.
    """
    entry = get_entry(unit, unit.today, id)
    length = minutes or entry.minutes
    if length is None:
        raise UsageError(
            f"The catalogue does not say how long {entry.id} is.",
            f"Ask {entry.institution}, and give --minutes.",
        )
    price = None if entry.price is None else int(entry.price.replace(".", ""))
    made = create_course(
        unit,
        code,
        title=entry.title,
        provider=entry.institution,
        minutes=length,
        validity_years=validity_years,
        language=entry.language,
        method=entry.method,
        price_cents=price,
    )
    if made.result == UNCHANGED:
        return made
    told = f"Require it of a role: carepass requirement add {code} --home HOME --role ROLE"
    return made._replace(said=(told,))


def import_entries(unit: Unit, source: Source, *, keep_going: bool = False) -> tuple[Summary, list[Bad]]:
    """Check every row of `source`, then write them all. One bad row writes nothing, unless `keep_going`.

    Returns the counts and the bad rows with their values. An entry that is there already, by
    institution, title and language, gets the row's other columns from today on.
    """
    summary = Summary(dry_run=unit.work.dry_run)
    bad: list[Bad] = []

    planned = _planned(unit, source, lambda error, values: bad.append((error, values)))
    for plan in planned:
        setattr(summary, plan.result, getattr(summary, plan.result) + 1)
    bad.sort(key=lambda each: each[0].line)
    summary.errors.extend(error for error, _ in bad)
    if bad and not keep_going:
        return summary, bad
    for plan in planned:
        _apply(unit, plan)
    if not unit.work.dry_run and summary.created + summary.updated:
        summary.change = unit.change_id
    return summary, bad


def _planned(unit: Unit, source: Source, refuse: Refuse) -> list[Planned]:
    known = {key: (number, columns) for number, key, columns in own_entries(unit, unit.today)}
    later = {key for (key,) in unit.rows("SELECT natural_key FROM catalog_entry")} - known.keys()
    taken: dict[str, int] = {}
    planned = []
    for line, values in source.rows(refuse):
        try:
            columns = parse_entry(dict(zip(COLUMNS.known, values, strict=True)))
            key = _natural_key(columns)
            if taken.setdefault(key, line) != line:
                raise Refused(f"This is on line {taken[key]} already.", "Keep one.", code="duplicate-row")
            if key in later:
                raise Refused(
                    f"It was first imported after the day {unit.today} that you write as of.",
                    "Leave --today out, or move it to that day.",
                    code="exists-later",
                )
        except CarepassError as error:
            refuse(RowError.of(line, error), values)
            continue
        number, before = known.get(key, (None, None))
        result = CREATED if before is None else UNCHANGED if before == columns else UPDATED
        planned.append(Planned(result, number, key, columns))
    return planned


def _natural_key(columns: dict[str, Any]) -> str:
    return "|".join(searched(columns[name] or "") for name in ("institution", "title", "language"))


def _apply(unit: Unit, plan: Planned) -> None:
    if plan.result == UNCHANGED:
        return
    if plan.number is not None:
        revised = unit.revise(CatalogEntryVersion, "entry_id", plan.number, plan.columns)
        assert revised is not None
        unit.audit("edit", "catalog", f"own-{plan.number}", before=revised[0], after=revised[1])
        return
    row = unit.add(CatalogEntry(natural_key=plan.key, listed_on=unit.day, change_id=unit.change_id))
    assert row.id is not None
    unit.add(CatalogEntryVersion(entry_id=row.id, from_on=unit.day, **plan.columns))
    unit.audit("create", "catalog", f"own-{row.id}", after=plan.columns)
