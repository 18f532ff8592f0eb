"""The database itself refuses what must not be: each CHECK, reference and key that the schema has."""

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    UniqueConstraint,
)
from sqlalchemy.dialects import sqlite

from carepass_cli.store.schema import METADATA

DAY = "2026-11-21"
TABLES = {table.name: table for table in METADATA.sorted_tables}
# The words that a text column takes, by table and column.
WORDS_OF = {
    table.name: {
        name: re.findall(r"'([^']*)'", words)
        for each in table.constraints
        if isinstance(each, CheckConstraint)
        for name, words in re.findall(r"(\w+) IN \(('[^)]*)\)", str(each.sqltext))
    }
    for table in TABLES.values()
}
CHECKS = {
    f"{table.name}: {check.name}": (table, check)
    for table in TABLES.values()
    for check in sorted(table.constraints, key=lambda each: str(each.name))
    if isinstance(check, CheckConstraint)
}
COLUMNS = {f"{table.name}.{column.name}": column for table in TABLES.values() for column in table.columns}
# What a column of each sort is tried with; NULL and a number are for all.
PROBES: dict[type, tuple[object, ...]] = {
    Date: ("21/11/2026", "2026", "2026-11-20", "2026-11-22", None),
    Boolean: (2, "yes", 0, 1),
    Integer: (-1, 0, 2, 10**9, None),
}
TEXTS = ("no such word", "", "x" * 1000, None)


def sample(column: Column[Any]) -> object:
    """A value that a column takes."""
    if column.primary_key and not column.foreign_keys:
        return 1 if isinstance(column.type, Integer) else "1"
    if isinstance(column.type, Date):
        return DAY
    if isinstance(column.type, Integer | Boolean):
        return 1
    if isinstance(column.type, LargeBinary):
        return b"x"
    return next(iter(WORDS_OF[column.table.name].get(column.name, ())), "x")


def row_of(table: Table, *, full: bool) -> dict[str, object]:
    """A row: with all that may be left out, or without."""
    return {column.name: sample(column) for column in table.columns if full or not column.nullable}


def insert(connection: sqlite3.Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(f'"{name}"' for name in row)
    marks = ", ".join(f":{name}" for name in row)
    connection.execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', row)


@pytest.fixture(scope="module")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a row of number 1 in each table."""
    path = tmp_path_factory.mktemp("filled") / "carepass.db"
    shutil.copy(template, path)
    with closing(sqlite3.connect(path)) as connection:
        for name, table in TABLES.items():
            try:
                insert(connection, name, row_of(table, full=False))
            except sqlite3.IntegrityError:
                insert(connection, name, row_of(table, full=True))
            # As much as goes together.
            for column, value in row_of(table, full=True).items():
                with suppress(sqlite3.IntegrityError):
                    connection.execute(f'UPDATE "{name}" SET "{column}" = ?', (value,))
        connection.commit()
    return path


@pytest.fixture
def by_hand(filled: Path) -> Iterator[sqlite3.Connection]:
    """Raw SQL on that store; nothing of it is kept."""
    with closing(sqlite3.connect(filled, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("BEGIN IMMEDIATE")
        yield connection


def probes(column: Column[Any]) -> Iterable[object]:
    found = next((values for sort, values in PROBES.items() if isinstance(column.type, sort)), TEXTS)
    found = (*found, *WORDS_OF[column.table.name].get(column.name, ()))
    return [value for value in found if value is not None or column.nullable]


def refusal(connection: sqlite3.Connection, table: str, values: dict[str, object]) -> str:
    """What the database says of an update; empty where it takes it."""
    sets = ", ".join(f'"{name}" = :{name}' for name in values)
    connection.execute("SAVEPOINT probe")
    try:
        connection.execute(f'UPDATE "{table}" SET {sets}', values)
    except sqlite3.IntegrityError as error:
        return str(error)
    finally:
        connection.execute("ROLLBACK TO probe")
    return ""


@pytest.mark.parametrize("named", CHECKS)
def test_each_check_can_say_no(by_hand: sqlite3.Connection, named: str) -> None:
    table, check = CHECKS[named]
    text = str(check.sqltext.compile(dialect=sqlite.dialect()))
    columns = [column for column in table.columns if re.search(rf"\b{column.name}\b", text)]
    told = f"CHECK constraint failed: {check.name}"
    # Beside what is there, and beside nothing: another CHECK may say no before.
    bare = {column.name: None for column in table.columns if column.nullable}
    names = [column.name for column in columns]
    assert any(
        refusal(by_hand, table.name, beside | dict(zip(names, values, strict=True))) == told
        for beside in ({}, bare)
        for values in product(*(probes(column) for column in columns))
    )


@pytest.mark.parametrize("named", [name for name, column in COLUMNS.items() if not column.nullable])
def test_what_must_be_there_is(by_hand: sqlite3.Connection, named: str) -> None:
    table, _, column = named.partition(".")
    if COLUMNS[named].primary_key:
        return
    assert refusal(by_hand, table, {column: None}) == f"NOT NULL constraint failed: {named}"


@pytest.mark.parametrize("named", [name for name, column in COLUMNS.items() if isinstance(column.type, Date)])
def test_a_day_is_a_day(by_hand: sqlite3.Connection, named: str) -> None:
    table, _, column = named.partition(".")
    for wrong in ("21/11/2026", "2026-11-2x", "2026-1-1", "tomorrow", 20261121, ""):
        assert "CHECK constraint failed" in refusal(by_hand, table, {column: wrong}), wrong


@pytest.mark.parametrize("named", [name for name, column in COLUMNS.items() if column.foreign_keys])
def test_a_reference_points_somewhere(by_hand: sqlite3.Connection, named: str) -> None:
    table, _, column = named.partition(".")
    assert refusal(by_hand, table, {column: 99}) == "FOREIGN KEY constraint failed"


UNIQUE = {
    f"{table.name}: {each.name}": each
    for table in TABLES.values()
    for each in sorted((*table.constraints, *table.indexes), key=lambda each: str(each.name))
    if isinstance(each, UniqueConstraint) or (isinstance(each, Index) and each.unique)
}


@pytest.mark.parametrize("named", UNIQUE)
def test_what_is_one_only_is_not_there_twice(by_hand: sqlite3.Connection, named: str) -> None:
    unique = UNIQUE[named]
    table, columns = unique.table, [column.name for column in unique.columns]
    where = str(unique.dialect_options["sqlite"].get("where", ""))
    closed = dict.fromkeys(re.findall(r"(\w+) IS NULL", where))
    by_hand.execute("PRAGMA ignore_check_constraints=ON")
    if closed:
        assert refusal(by_hand, table.name, closed) == ""
        by_hand.execute(f'UPDATE "{table.name}" SET ' + ", ".join(f'"{name}" = NULL' for name in closed))
    by_hand.row_factory = sqlite3.Row
    row = dict(by_hand.execute(f'SELECT * FROM "{table.name}"').fetchone())
    # Another row in all else that could be one only.
    others = {column.name for each in UNIQUE.values() if each.table is table for column in each.columns}
    others |= {column.name for column in table.primary_key.columns}
    by_hand.execute("PRAGMA defer_foreign_keys=ON")
    row |= {name: 77 if isinstance(row[name], int) else "other" for name in others - {*columns}}
    told = f"UNIQUE constraint failed: {', '.join(f'{table.name}.{name}' for name in columns)}"
    with pytest.raises(sqlite3.IntegrityError, match=re.escape(told)):
        insert(by_hand, table.name, row)
