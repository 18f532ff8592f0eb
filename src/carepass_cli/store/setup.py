"""Creating a store, looking at it, bringing it up to date."""

from collections.abc import Iterator

from carepass_cli.store.location import (
    SCHEMA_HEAD,
    is_server,
    shown_location,
    sqlite_path,
)
from carepass_cli.store.reader import Reader

INFO_KEYS = (
    "store",
    "engine",
    "schema",
    "bytes",
    "accounts",
    "homes",
    "courses",
    "assignments",
    "completions",
    "changes",
)

# What must never be, each with what to do about it. `store check` counts the rows.
IMPOSSIBLE = (
    (
        "completion-before-access",
        "SELECT COUNT(*) FROM registration WHERE completed_on < access_on",
        "Void the record and record it again: carepass record void",
    ),
    (
        "expiry-before-completion",
        "SELECT COUNT(*) FROM completion WHERE expires_on < completed_on",
        "Void the record and record it again: carepass record void",
    ),
    (
        "two-versions-at-once",
        """
        SELECT COUNT(*) FROM account_version a JOIN account_version b
        ON b.account_id = a.account_id AND b.id <> a.id AND a.from_on >= b.from_on
        AND (b.until_on IS NULL OR a.from_on < b.until_on) AND (a.until_on IS NULL OR a.from_on < a.until_on)
        """,
        "Restore a backup: carepass store restore FILE",
    ),
    (
        "account-without-version",
        "SELECT COUNT(*) FROM account WHERE id NOT IN (SELECT account_id FROM account_version)",
        "Restore a backup: carepass store restore FILE",
    ),
)


def create_store(db: str) -> dict[str, object]:
    """Create the store where there is none. Raises StoreUnavailable where something else lies there."""
    made = _create(db)
    return {"result": "created" if made else "unchanged", "store": shown_location(db), "schema": SCHEMA_HEAD}


def upgrade_store(db: str) -> dict[str, object]:
    """Bring an older store's schema up to date, in one transaction: all or nothing."""
    if is_server(db):
        from carepass_cli.store.server import create_on_server

        changed = create_on_server(db)
    else:
        from carepass_cli.store.upgrade import upgrade_file

        changed = upgrade_file(sqlite_path(db))
    return {
        "result": "updated" if changed else "unchanged",
        "store": shown_location(db),
        "schema": SCHEMA_HEAD,
    }


def store_info(reader: Reader, db: str) -> dict[str, object]:
    """How large the store is and what is in it, whatever the day."""
    tables = {"accounts": "account", "homes": "home", "courses": "course", "assignments": "assignment",
              "completions": "completion", "changes": "change"}  # fmt: skip
    counts = {}
    for name, table in tables.items():
        ((counts[name],),) = reader.rows(f"SELECT COUNT(*) FROM {table}")
    on_server = is_server(db)
    size = None if on_server else sqlite_path(db).stat().st_size
    engine = "postgresql" if on_server else "sqlite"
    return {"store": shown_location(db), "engine": engine, "schema": SCHEMA_HEAD, "bytes": size, **counts}


def check_store(reader: Reader, db: str, *, full: bool) -> Iterator[tuple[str, str, str]]:
    """Findings: what was checked, `ok` or what is wrong, and its mend. `full` reads every page."""
    if not is_server(db):
        pragma = "integrity_check" if full else "quick_check"
        broken = [str(row[0]) for row in reader.rows(f"PRAGMA {pragma}")]
        yield _finding(
            "pages", "" if broken == ["ok"] else broken[0], "Restore a backup: carepass store restore FILE"
        )
        lost = sum(1 for _ in reader.rows("PRAGMA foreign_key_check"))
        yield _finding(
            "references",
            f"{lost} rows point nowhere" if lost else "",
            "Restore a backup: carepass store restore FILE",
        )
    for name, sql, mend in IMPOSSIBLE:
        ((count,),) = reader.rows(sql)
        yield _finding(name, f"{count} rows" if count else "", mend)
    from carepass_cli.store.queries.log import first_broken_entry

    broken_entry = first_broken_entry(reader)
    yield _finding(
        "audit-chain", broken_entry or "", "Somebody changed the log by hand; compare with a backup."
    )


def _finding(name: str, wrong: str, mend: str) -> tuple[str, str, str]:
    return (name, wrong or "ok", mend if wrong else "")


def _create(db: str) -> bool:
    if is_server(db):
        from carepass_cli.store.server import create_on_server

        return create_on_server(db)
    path = sqlite_path(db)
    if path.exists():
        from carepass_cli.store.location import connect_file

        connect_file(path, write=True).close()
        return False
    from carepass_cli.store.create import create_file

    return create_file(path)
