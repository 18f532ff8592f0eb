"""The schema: what is generated from its classes is what they say, and the database itself refuses what must
not be."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Boolean, Date

from carepass_cli.store.create import make_schema
from carepass_cli.store.location import KNOWN_REVISIONS, SCHEMA_HEAD
from carepass_cli.store.records import table_of
from carepass_cli.store.rows.tables import TABLES, row_class
from carepass_cli.store.schema import METADATA
from tests.store.generate import generated

CHECKED = [
    (table.name, column.name, "2026-1-5" if isinstance(column.type, Date) else 2)
    for table in METADATA.sorted_tables
    for column in table.columns
    if isinstance(column.type, Date | Boolean)
]


def test_what_is_generated_is_what_the_schema_says() -> None:
    stale = [path.name for path, text in generated().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run: python -m tests.store.generate"


def test_every_table_has_a_row_class_with_its_columns() -> None:
    for table in METADATA.sorted_tables:
        known = table_of(row_class(table.name))
        assert (known.name, set(known.columns)) == (table.name, {column.name for column in table.columns})
        assert [known.key] == [column.name for column in table.primary_key.columns]
    assert [*TABLES] == [table.name for table in METADATA.sorted_tables]


def test_the_newest_schema_is_known() -> None:
    assert KNOWN_REVISIONS[-1] == SCHEMA_HEAD


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("schema") / "carepass.db"
    make_schema(path)
    return path


@pytest.mark.parametrize(("table", "column", "wrong"), CHECKED)
def test_each_date_and_each_flag_has_a_check_of_its_own(
    empty: Path, table: str, column: str, wrong: object
) -> None:
    with closing(sqlite3.connect(empty)) as connection:
        # Other columns are left to their NULLs: the CHECK is what must speak first.
        connection.execute("PRAGMA ignore_check_constraints=OFF")
        sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    named = f"ck_{table}_{column}_{'iso_date' if isinstance(wrong, str) else 'yes_or_no'}"
    assert named in sql
