"""Looking for damage: what must never be, each with its mend."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store.location import is_server
from carepass_cli.store.queries.evidence import find_damaged, has_evidence
from carepass_cli.store.queries.log import chain_head, first_broken_entry
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.tables import CHANGED, DESCRIBED_BY, OPEN_ONCE

RESTORE = "Restore a backup: carepass store restore FILE"
RECORD_AGAIN = "Void the record and record it again: carepass record void RECORD --reason"
ATTACH_AGAIN = "Restore a backup, or attach the file again: carepass record attach RECORD FILE"
LOG_CHANGED = (
    "The log was changed outside carepass; compare it with a backup: carepass --db BACKUP audit head"
)
# How a finding begins that is no damage.
WARNING = "warning: "
# Rows that a full check names, when they were changed past carepass.
NAMED_MOST = 50
# What a quick check reads of the audit log's end.
QUICK_ENTRIES = 1000

# Versions of one entity follow one another: table, entity's columns, the day that a version ends.
VERSIONS = (
    *((table, columns, "until_on") for table, columns in OPEN_ONCE),
    ("assignment", "account_id, role_id", "COALESCE(until_on, ended_on, declined_on, cancelled_on)"),
)

# Entities that nothing describes, and the table that must.
DESCRIBED = (
    *DESCRIBED_BY,
    ("submission_line", "decision", "line_id"),
    ("change", "audit_entry", "change_id"),
)

ORDER = (
    ("registration", "line_id", "completed_on < access_on"),
    ("completion", "id", "expires_on < completed_on OR voided_on < completed_on"),
    ("waiver", "id", "waived_until < waived_on"),
    ("assignment", "id", "confirmed_on < assigned_on OR ended_on < confirmed_on"),
)


class Wrong(NamedTuple):
    """How many rows are wrong, and the key of the first."""

    number: int
    first: int | None


class _Column(NamedTuple):
    table: str
    name: str


class _Lost(NamedTuple):
    """A row that refers to one that is not there."""

    table: str
    row: int


class Check(NamedTuple):
    """One look at one table: a query for what is Wrong, and the mend."""

    table: str
    sql: str
    mend: str


def check_store(reader: Reader, db: str, *, full: bool) -> Iterator[tuple[str, str, str]]:
    """Findings: what was checked, `ok` or what is wrong, and its mend. Quick: pages, references, the order
    of dates, versions, the log's end. `full` also reads every index, every date and the whole log."""
    on_server = is_server(db)
    if not on_server:
        yield _checked("pages", lambda: _pages(reader, full), RESTORE)
        yield _checked("references", lambda: _references(reader), RESTORE)
    else:
        yield from server_worries(reader)
    yield from _group(reader, "order-of-dates", _in_order())
    yield from _group(reader, "versions", _versions())
    yield from _group(reader, "descriptions", _described())
    if full:
        yield from _group(reader, "orphans", _orphans())
    if full and not on_server:  # a server's DATE cannot hold anything else
        yield from _group(reader, "dates", _dates(reader))
    if full and has_evidence(reader):
        yield _checked("evidence", lambda: next(find_damaged(reader), ""), ATTACH_AGAIN)
    yield _checked("audit-chain", lambda: _chain(reader, full), LOG_CHANGED)
    if full:
        yield from _proven(reader)


def find_damage(reader: Reader, db: str) -> str | None:
    """The first thing that a full check finds; None where it finds nothing."""
    for check, finding, _ in check_store(reader, db, full=True):
        if is_damage(finding):
            return f"{check}, {finding}"
    return None


def is_damage(finding: str) -> bool:
    """Whether a finding of `check_store` says that something is wrong."""
    return finding != "ok" and not finding.startswith(WARNING)


def server_worries(reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Findings about the server: warnings, and no damage."""
    from carepass_cli.store.server import ServerReader
    from carepass_cli.store.server_schema import find_worries

    assert isinstance(reader, ServerReader)
    worries = list(find_worries(reader.connection))
    yield from ((("server", WARNING + said, mend)) for said, mend in worries)
    if not worries:
        yield ("server", "ok", "")


def _group(reader: Reader, name: str, checks: Iterator[Check]) -> Iterator[tuple[str, str, str]]:
    found = [_checked(name, partial(_counted, reader, check), check.mend) for check in checks]
    wrong = [finding for finding in found if finding[1] != "ok"]
    yield from wrong or [(name, "ok", "")]


def _checked(name: str, look: Callable[[], str], mend: str) -> tuple[str, str, str]:
    """A finding; what cannot be read at all is one, too."""
    try:
        wrong = look()
    except StoreUnavailable as error:
        if error.code != "store-damaged":
            raise
        wrong, mend = "cannot be read", RESTORE
    return (name, wrong or "ok", mend if wrong else "")


def _pages(reader: Reader, full: bool) -> str:
    pragma = "integrity_check" if full else "quick_check"
    (found,) = reader.values(f"PRAGMA {pragma}(1)")
    return "" if found == "ok" else str(found)


def _references(reader: Reader) -> str:
    sql = 'SELECT "table", rowid AS row FROM pragma_foreign_key_check'
    lost = list(reader.select(_Lost, sql))
    return _rows(len(lost), f"{lost[0].table} {lost[0].row}") if lost else ""


def _proven(reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Rows that are not as carepass wrote them, by table and key; so many, and the number of the rest."""
    from carepass_cli.store.proof import find_tampered

    number = 0
    try:
        for number, tampered in enumerate(find_tampered(reader), 1):
            if number <= NAMED_MOST:
                yield ("rows", str(tampered), LOG_CHANGED)
    except StoreUnavailable as error:
        if error.code != "store-damaged":
            raise
        number += 1
        yield ("rows", "cannot be read", RESTORE)
    if number > NAMED_MOST:
        yield ("rows", f"{number - NAMED_MOST} more", LOG_CHANGED)
    if not number:
        yield ("rows", "ok", "")


def _counted(reader: Reader, check: Check) -> str:
    (wrong,) = reader.select(Wrong, check.sql)
    return f"{check.table}: {_rows(wrong.number, wrong.first)}" if wrong.number else ""


def _rows(count: int, first: object) -> str:
    return f"{count} row{'s' if count > 1 else ''}; the first is {first}"


def _chain(reader: Reader, full: bool) -> str:
    number, _ = chain_head(reader)
    return first_broken_entry(reader, after=0 if full else max(number - QUICK_ENTRIES, 0)) or ""


def _in_order() -> Iterator[Check]:
    for table, key, wrong in ORDER:
        sql = f"SELECT COUNT(*) AS number, MIN({key}) AS first FROM {table} WHERE {wrong}"
        yield Check(table, sql, RECORD_AGAIN if table == "completion" else RESTORE)


def _versions() -> Iterator[Check]:
    for table, entity, end in VERSIONS:
        yield Check(table, _overlapping(table, entity, end), RESTORE)


def _described() -> Iterator[Check]:
    for table, version, column in DESCRIBED:
        sql = f"""
            SELECT COUNT(*) AS number, MIN(t.id) AS first FROM {table} t
            WHERE NOT EXISTS (SELECT 1 FROM {version} v WHERE v.{column} = t.id)
        """
        yield Check(f"{table} without {version}", sql, RESTORE)


def _orphans() -> Iterator[Check]:
    for table, key in CHANGED:
        sql = f"""
            SELECT COUNT(*) AS number, MIN(t.{key}) AS first FROM {table} t
            WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.id = t.change_id)
        """
        yield Check(f"{table} of no change", sql, LOG_CHANGED)


def _overlapping(table: str, entity: str, end: str) -> str:
    """Versions that begin before the one before them ends. One that was replaced on its own first day
    was never seen and does not count."""
    return f"""
        WITH version AS (SELECT id, {entity}, from_on, {end} AS end_on FROM {table}),
        following AS (
            SELECT id, from_on, LAG(from_on) OVER one AS earlier_from, LAG(end_on) OVER one AS earlier_end
            FROM version WHERE end_on IS NULL OR end_on > from_on
            WINDOW one AS (PARTITION BY {entity} ORDER BY from_on, id)
        )
        SELECT COUNT(*) AS number, MIN(id) AS first FROM following
        WHERE earlier_from IS NOT NULL AND (earlier_end IS NULL OR earlier_end > from_on)
    """


def _dates(reader: Reader) -> Iterator[Check]:
    sql = """
        SELECT t.name AS "table", c.name AS name FROM sqlite_master t JOIN pragma_table_info(t.name) c
        WHERE t.type = 'table' AND c.type = 'DATE' ORDER BY t.name, c.cid
    """
    for table, column in list(reader.select(_Column, sql)):
        other = f"{column} IS NOT date({column}, '+0 days')"
        wrong = f"{other} OR {column} < '1900-01-01' OR {column} > '2199-12-31'"
        counted = f"SELECT COUNT(*) AS number, MIN(rowid) AS first FROM {table} WHERE {wrong}"
        yield Check(f"{table} {column}", counted, RESTORE)
