"""What was changed, removed or added past carepass is found in every table, and named, on both engines."""

import random
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from types import NoneType
from typing import Any, NamedTuple, get_args, get_type_hints

import psycopg
import pytest

from carepass_cli.clock import read_clock
from carepass_cli.errors import StoreUnavailable
from carepass_cli.store import health, proof
from carepass_cli.store.health import check_store
from carepass_cli.store.opening import SqliteReader
from carepass_cli.store.port import SqlitePort, quoted
from carepass_cli.store.proof import UNCOVERED, find_tampered, verify_log
from carepass_cli.store.queries.log import chain_head, first_broken_entry
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.tables import TABLES, row_class
from carepass_cli.store.schema import METADATA
from carepass_cli.store.server import ServerPort, ServerReader, connect, use_schema
from carepass_cli.store.unit import Unit, Work
from tests.conftest import TODAY, Carepass
from tests.postgres.server import Server

# The log covers the rest; what is found of it is told by the entry that no longer fits.
LOG = ("change", "audit_entry", "undo_step")
# Of these there is no row that was written by a service.
WITHOUT = ("note", "write_lock")
FLIPS = 200
TOGETHER = 20


class Store(NamedTuple):
    """A store inside a transaction that is never kept, without constraints: whoever changes a row past
    carepass can take those away."""

    db: str
    port: Any
    reader: Any

    @contextmanager
    def tried(self) -> Iterator[None]:
        """What is done meanwhile is taken back."""
        self.port.connection.execute("SAVEPOINT tried")
        try:
            yield
        finally:
            self.port.connection.execute("ROLLBACK TO tried")

    def newest(self, table: str, nth: int = 0) -> dict[str, Any]:
        """A row of a table, counted from the newest."""
        kind = table_of(row_class(table))
        sql = f'SELECT {quoted(kind.columns)} FROM "{table}" ORDER BY {kind.key} DESC LIMIT 1 OFFSET {nth}'
        (row,) = self.port.execute(sql, {})
        return dict(zip(kind.columns, row, strict=True))

    def set(self, table: str, key: object, column: str, value: object) -> None:
        """Change one value by SQL."""
        sql = f'UPDATE "{table}" SET "{column}" = :value WHERE {table_of(row_class(table)).key} = :key'
        assert self.port.change(sql, {"value": value, "key": key}) == 1

    def takes(self, table: str, key: object, column: str, value: object) -> bool:
        """Whether the engine lets the value be there: it keeps keys and pairs of them apart."""
        with self.tried():
            try:
                self.set(table, key, column, value)
            except (sqlite3.IntegrityError, psycopg.IntegrityError):
                return False
        return True

    def verified(self) -> str:
        """What `audit verify` says."""
        try:
            verify_log(self.reader)
        except StoreUnavailable as error:
            return error.message
        return ""

    def found(self) -> str:
        """What `audit verify` says, and `store check --full`: one finds what the other does."""
        verified = self.verified()
        checked = [finding for _, finding, _ in check_store(self.reader, self.db, full=True)]
        for each in verified.partition(": ")[2].rstrip(".").split("; "):
            # The checks of a store name a broken chain before the rows, with the same words.
            assert not each or each in checked or "the entries of change" in each, (each, checked)
        return verified


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample homes, with a row in every table."""
    path = str(tmp_path_factory.mktemp("proof") / "demo.db")
    shutil.copy(request.getfixturevalue("demo")[0].db, path)
    most = pytest.MonkeyPatch()
    most.setattr(proof, "NAMED_MOST", 10_000)
    most.setattr(health, "NAMED_MOST", 10_000)
    opened = _on_file(path) if request.param == "sqlite" else _on_server(path, request)
    with opened as (db, port, reader):
        for table in METADATA.sorted_tables:
            for index in table.indexes:
                if index.unique:
                    port.connection.execute(f"DROP INDEX {index.name}")
        _fill(port)
        yield Store(db, port, reader)
    most.undo()


@contextmanager
def _on_file(path: str) -> Iterator[tuple[str, Any, Any]]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("BEGIN")
        yield path, SqlitePort(connection), SqliteReader(connection, path)


@contextmanager
def _on_server(path: str, request: pytest.FixtureRequest) -> Iterator[tuple[str, Any, Any]]:
    server: Server = request.getfixturevalue("server")
    name = server.create()
    url = server.url(name)
    Carepass(path)("store", "copy", "--to", url)
    with closing(connect(url)) as connection:
        connection.execute("BEGIN")
        use_schema(connection)
        connection.execute("SET LOCAL session_replication_role = replica")  # no foreign keys
        sql = """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', CAST(conrelid AS regclass), conname)
            FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0
            AND connamespace = CAST('carepass' AS regnamespace)
        """
        for (drop,) in connection.execute(sql).fetchall():
            connection.execute(drop)
        yield url, ServerPort(connection), ServerReader(connection, url)
    server.drop(name)


def _fill(port: Any) -> None:
    """A row in each table that has none, written as services write."""
    unit = Unit(port, Work("", read_clock(TODAY), "tester", "test"))
    for table in TABLES:
        if table not in WITHOUT and not _has_rows(port, table):
            unit.insert([_made(table)])
    unit.audit("fill", "store", "tables")
    unit.finish()
    head = chain_head(unit)
    noted = [(proof.BACKUP_HEAD, f"{head.entry}:{head.hash}"), (proof.ERASURE, proof.TO_DO)]
    for name, value in noted:
        port.change("INSERT INTO note (name, value) VALUES (:name, :value)", {"name": name, "value": value})


def _has_rows(port: Any, table: str) -> bool:
    return next(iter(port.execute(f'SELECT 1 FROM "{table}" LIMIT 1', {})), None) is not None


MADE = {"int": 1, "str": "x", "date": date(2026, 3, 1), "bool": False, "bytes": b"x"}


def _type_of(table: str, column: str) -> str:
    """The name of a column's type in Python, without the None that it may have besides."""
    kind = get_type_hints(row_class(table))[column]
    return next(each.__name__ for each in (*get_args(kind), kind) if each is not NoneType)


def _made(table: str) -> Any:
    kind = row_class(table)
    values = {column: MADE[_type_of(table, column)] for column in kind._fields}
    if table_of(kind).is_counted:
        values["id"] = 0
    if table == "evidence_file":
        values["sha256"] = sha256(values["content"]).hexdigest()
    return kind(**values)


def _other(table: str, column: str, value: Any) -> Any:
    """Another value of the same type."""
    if value is None:
        return MADE[_type_of(table, column)]
    if _type_of(table, column) == "date":
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return day + timedelta(days=1)
    if _type_of(table, column) == "bool":
        return type(value)(not value)
    if isinstance(value, bytes):
        return value[1:] + b"y"
    return value + 1000 if isinstance(value, int) else f"{value}x"


def columns() -> list[tuple[str, str]]:
    """All columns of the schema, with their tables."""
    return [(table.name, column.name) for table in METADATA.sorted_tables for column in table.columns]


def rounds() -> list[list[tuple[str, str]]]:
    """The columns to change at once: one of each table; of the log one alone, as what follows it in the chain
    is not looked at."""
    covered = [each for each in columns() if each not in UNCOVERED and each[0] != "write_lock"]
    alone = [[each] for each in covered if each[0] in LOG]
    of_table: dict[str, list[tuple[str, str]]] = {}
    for each in covered:
        if each[0] not in LOG:
            of_table.setdefault(each[0], []).append(each)
    most = max(map(len, of_table.values()))
    return [[mine[at] for mine in of_table.values() if at < len(mine)] for at in range(most)] + alone


def is_named(said: str, table: str, key: object) -> bool:
    """Whether a row is named; of the log its entry, or the change whose entries are missing."""
    if table in LOG:
        return any(word in said for word in ("entry ", "entries of change", f"change {key}", "undo_step "))
    return f"{table} {key} was" in said or f"{table} {key}: " in said


def test_no_table_is_left_out_and_a_store_that_nobody_touched_is_sound(store: Store) -> None:
    assert [table for table in TABLES if not _has_rows(store.port, table)] == ["write_lock"]
    assert {table for table, _ in columns()} == set(TABLES)
    assert store.found() == ""


def test_every_column_that_is_changed_is_found_and_its_row_named(store: Store) -> None:
    for together in rounds():
        with store.tried():
            keys = {}
            for table, column in together:
                row = store.newest(table)
                keys[table] = row[table_of(row_class(table)).key]
                store.set(table, keys[table], column, _other(table, column, row[column]))
            said = store.found() if together[0][0] not in LOG else store.verified()
            for table, column in together:
                assert is_named(said, table, keys[table]), (table, column, said)


def test_what_is_not_covered_is_listed_with_its_reason(store: Store) -> None:
    for (table, column), reason in UNCOVERED.items():
        assert reason
        with store.tried():
            row = store.newest(table)
            value = _other(table, column, row[column])
            store.set(table, row[table_of(row_class(table)).key], column, value)
            assert store.found() == "", (table, column)


def apart(names: Iterable[str]) -> list[list[str]]:
    """The tables to look at at once: those of the log each alone."""
    return [[name for name in names if name not in LOG], *([name] for name in LOG)]


def test_a_row_that_is_removed_is_named(store: Store) -> None:
    for together in apart(name for name in TABLES if name not in WITHOUT):
        with store.tried():
            keys = {}
            for table in together:
                key = table_of(row_class(table)).key
                keys[table] = store.newest(table)[key]
                store.port.change(f'DELETE FROM "{table}" WHERE {key} = :key', {"key": keys[table]})
            said = store.found()
            for table, key in keys.items():
                assert is_named(said, table, key), (table, said)


def test_a_row_that_is_added_is_named(store: Store) -> None:
    for together in apart(TABLES):
        with store.tried():
            keys = {}
            for table in together:
                kind = table_of(row_class(table))
                row = {"id": 0} if table == "write_lock" else store.newest(table)
                for column, value in row.items():
                    if isinstance(value, (int, str)) and _type_of(table, column) in ("int", "str"):
                        row[column] = _other(table, column, value)
                keys[table] = row[kind.key]
                store.port.insert(table, list(row), [list(row.values())])
            said = store.found()
            for table, key in keys.items():
                assert is_named(said, table, key), (table, said)


def test_digits_that_were_flipped_are_all_found(store: Store) -> None:
    chance = random.Random(12)
    flips: dict[tuple[str, object], tuple[str, Any]] = {}
    while len(flips) < FLIPS:
        table, column = chance.choice(columns())
        if table in WITHOUT or (table, column) in UNCOVERED:
            continue
        (number,) = next(iter(store.port.execute(f'SELECT COUNT(*) FROM "{table}"', {})))
        row = store.newest(table, chance.randrange(number))
        key = row[table_of(row_class(table)).key]
        flipped = _flipped(chance, row[column])
        if flipped is not None and store.takes(table, key, column, flipped):
            flips[table, key] = (column, flipped)
    for table, key in [each for each in flips if each[0] in LOG]:
        with store.tried():
            store.set(table, key, *flips[table, key])
            said = first_broken_entry(store.reader) or str(next(find_tampered(store.reader), ""))
            assert is_named(said, table, key), (table, key, flips[table, key], said)
    others = [each for each in flips if each[0] not in LOG]
    assert len(others) > FLIPS / 2
    for at in range(0, len(others), TOGETHER):
        with store.tried():
            for table, key in others[at : at + TOGETHER]:
                store.set(table, key, *flips[table, key])
            said = store.found()
            for table, key in others[at : at + TOGETHER]:
                assert is_named(said, table, key), (table, key, flips[table, key], said)


def _flipped(chance: random.Random, value: Any) -> Any:
    """The value with one digit of it changed; None where it has none, or would be no value of its type."""
    text = "" if isinstance(value, (bytes, bool)) else str(value)
    digits = [at for at, sign in enumerate(text) if sign.isdigit()]
    if not digits:
        return None
    at = chance.choice(digits)
    text = f"{text[:at]}{(int(text[at]) + chance.randrange(1, 10)) % 10}{text[at + 1 :]}"
    try:
        return type(value)(text) if not isinstance(value, date) else date.fromisoformat(text)
    except ValueError:
        return None


@pytest.mark.on_file  # on a server: tests/postgres/test_shape.py
@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON home BEGIN SELECT 1; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE other (x)",
        "ALTER TABLE home ADD COLUMN other",
        "DROP INDEX ix_undo_step_change_id",
        # A name of the engine's own hides nothing.
        "PRAGMA writable_schema=ON; INSERT INTO sqlite_master VALUES ('trigger', 'sqlite_x', 'home', 0, "
        "'CREATE TRIGGER sqlite_x AFTER INSERT ON home BEGIN SELECT 1; END')",
    ],
)
def test_a_foreign_schema_is_damage_to_every_read_and_to_restore(
    home: Carepass, tmp_path: Path, sql: str
) -> None:
    copy = tmp_path / "copy"
    home("store", "backup", str(copy))
    with closing(sqlite3.connect(copy)) as made:
        made.executescript(sql)
        made.commit()
    for line in (("account", "list"), ("store", "check")):
        ran = Carepass(str(copy))(*line, "-o", "json", code=6)
        assert ran.error["code"] == "store-damaged"
    home("store", "restore", str(copy), "--yes", code=6)


def test_a_backup_says_how_far_its_log_reaches(staff: Carepass, tmp_path: Path) -> None:
    copy = Carepass(str(tmp_path / "copy"))
    staff("store", "backup", copy.db)
    copy("audit", "verify")
    with closing(sqlite3.connect(copy.db)) as made:
        (noted,) = made.execute("SELECT value FROM note WHERE name = 'backup-head'").fetchone()
        head = staff.rows("audit", "head")
        assert noted == f"{head['entry']}:{head['hash']}"
        made.execute("DELETE FROM audit_entry WHERE id = (SELECT MAX(id) FROM audit_entry)")
        made.commit()
    assert "note 1" in copy("audit", "verify", code=6).err
