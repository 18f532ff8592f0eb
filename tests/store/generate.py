"""Generates from `store.schema` what a run needs of it: `python -m tests.store.generate`.

`store/rows/*.py` (a typed row for each table, and in `nouns` for what is seen of a noun), `rules/nouns`
(the fields of each noun), `store/ddl/*.sql` (the schema's SQL for each engine) and `store/ddl/*.sha256` (what
a server makes of it).
A test holds what is checked in to what this makes.
"""

import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from carepass_cli.store.location import SCHEMA_HEAD
from carepass_cli.store.schema import EVENTS, METADATA, NOUNS
from carepass_cli.store.server import connect
from carepass_cli.store.server_schema import make_shape
from tests.postgres.server import Server, running_server
from tests.store.columns import HEAD, columns_of, default_of, docstring, table_of, tables, type_of
from tests.store.nouns import declared, event_rows_text, event_text, nouns_text, rows_text

PACKAGE = Path(__file__).parents[2] / "src" / "carepass_cli"
STORE = PACKAGE / "store"
# What a change itself consists of.
LOG = ("audit_entry", "undo_step")
DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}


def generated() -> dict[Path, str]:
    """The files that follow from the schema's classes, with their text."""
    files = {STORE / "ddl" / f"{engine}.sql": _ddl(engine) for engine in DIALECTS}
    rooms: dict[str, list[type[SQLModel]]] = {}
    for table in tables():
        rooms.setdefault(table.__module__.rpartition(".")[2], []).append(table)
    for room, classes in rooms.items():
        files[STORE / "rows" / f"{room}.py"] = _formatted(_rows(room, classes))
    files[STORE / "rows" / "tables.py"] = _formatted(_index())
    nouns, seen, said = declared(NOUNS), STORE / "rows" / "nouns", PACKAGE / "rules" / "nouns"
    files[seen / "__init__.py"] = _formatted(rows_text(nouns))
    files[said / "__init__.py"] = _formatted(nouns_text(nouns))
    for event in declared(EVENTS):
        files[seen / f"{event.name}.py"] = _formatted(event_rows_text(event))
        if event.is_written:
            files[said / f"{event.name}.py"] = _formatted(event_text(event))
    return files


def shape_on(server: Server) -> tuple[Path, str]:
    """The file that follows from what a server makes of the schema's SQL, with its text."""
    with connect(server.url("postgres")) as connection, connection.transaction(force_rollback=True):
        return STORE / "ddl" / "postgresql.sha256", f"{make_shape(connection)}\n"


def _ddl(engine: str) -> str:
    dialect = DIALECTS[engine]
    parts = [f"-- {HEAD}"]
    for table in METADATA.sorted_tables:
        parts.append(_sql(CreateTable(table).compile(dialect=dialect)))
        for index in sorted(table.indexes, key=lambda each: str(each.name)):
            parts.append(_sql(CreateIndex(index).compile(dialect=dialect)))
    parts.append("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);\n")
    parts.append(f"INSERT INTO alembic_version (version_num) VALUES ('{SCHEMA_HEAD}');\n")
    return "\n".join(parts)


def _sql(compiled: Any) -> str:
    lines = [line.rstrip().replace("\t", "    ") for line in str(compiled).strip().splitlines()]
    return "\n".join(lines) + ";\n"


def _rows(room: str, classes: list[type[SQLModel]]) -> str:
    dates = any(type_of(column).startswith("date") for each in classes for column in columns_of(each))
    parts = [
        f'"""Rows of the tables in `schema.{room}`.\n\n{HEAD}\n"""\n',
        "from datetime import date" if dates else "",
        "from typing import NamedTuple\n",
    ]
    parts += [_row(each) for each in classes]
    return "\n".join(parts)


def _row(table: type[SQLModel]) -> str:
    lines = [f"\n\nclass {table.__name__}(NamedTuple):", f'    """{docstring(table)}"""\n']
    columns = columns_of(table)
    for column in sorted(columns, key=lambda each: default_of(table, each) is not None):
        default = default_of(table, column)
        lines.append(f"    {column.name}: {type_of(column)}" + (f" = {default}" if default else ""))
    return "\n".join(lines)


def _index() -> str:
    """Which class stands for which table, and which columns refer to a table."""
    rooms = {table_of(each).name: (each.__module__.rpartition(".")[2], each.__name__) for each in tables()}
    references: dict[str, list[tuple[str, str]]] = {}
    for each in tables():
        for column in columns_of(each):
            for key in column.foreign_keys:
                references.setdefault(key.column.table.name, []).append((table_of(each).name, column.name))
    blanked = ", ".join(f'("{table}", {_sql_text(sql)}, {values})' for table, sql, values in _blanked())
    parents_first = [table.name for table in METADATA.sorted_tables]
    return f'''"""All tables. {HEAD}"""

from importlib import import_module
from typing import Any

# Table -> the module of `rows` and the class of its rows; parents before children.
TABLES = { {name: rooms[name] for name in parents_first} }

# Table -> the (table, column) that refer to it.
REFERENCES = {references}

# Of somebody who is erased: the table, whose rows they are (`:id`), and the values that are left of them.
BLANKED: tuple[tuple[str, str, dict[str, str | None]], ...] = ({blanked},)

# The tables whose rows go with the person, and whose they are.
GOING = {_going()}

# The tables whose rows say which change made them, each with its key.
CHANGED = {_changed()}

# The tables in which of an entity, by its columns, at most one row is open (`until_on` is NULL).
OPEN_ONCE = {_open_once()}

# Entity, the table of its versions, and the column by which that refers to it.
DESCRIBED_BY = {_described_by()}


def row_class(table: str) -> type[Any]:
    """The class of a table's rows."""
    room, name = TABLES[table]
    found: type[Any] = getattr(import_module(f"carepass_cli.store.rows.{{room}}"), name)
    return found
'''


def _sql_text(sql: str) -> str:
    """The Python text of a string, in several pieces where it is long."""
    pieces = textwrap.wrap(sql, 85, drop_whitespace=False)
    return repr(sql) if len(pieces) == 1 else f"({' '.join(map(repr, pieces))})"


def _blanked() -> tuple[tuple[str, str, dict[str, str | None]], ...]:
    found = []
    for table in tables():
        whose = _of_person(table_of(table))
        if whose is None or table.goes_with_person or table is NOUNS["account"][0]:
            continue
        texts: dict[str, dict[str, str | None]] = {}
        for column in columns_of(table):
            known = column.info.get("fact")
            kept = column.info.get("kept", known is not None and known.is_own)
            but = column.info.get("but", "")
            if type_of(column).startswith("str") and not _is_word(column) and (but or not kept):
                texts.setdefault(but, {})[column.name] = None if column.nullable else "erased"
        found += [
            (table_of(table).name, f"{whose} AND {but}" if but else whose, blank)
            for but, blank in texts.items()
        ]
    return tuple(found)


def _changed() -> tuple[tuple[str, str], ...]:
    changed = (table for table in map(table_of, tables()) if "change_id" in table.columns)
    keys = ((table.name, next(iter(table.primary_key)).name) for table in changed)
    return tuple(key for key in keys if key[0] not in LOG)


def _open_once() -> tuple[tuple[str, str], ...]:
    found = []
    for table in METADATA.sorted_tables:
        for index in table.indexes:
            if index.name == f"ux_{table.name}_open" and "until_on" in table.columns:
                found.append((table.name, ", ".join(column.name for column in index.columns)))
    return tuple(found)


def _described_by() -> tuple[tuple[str, str, str], ...]:
    found = []
    for table in METADATA.sorted_tables:
        for column in table.columns:
            for key in column.foreign_keys:
                if table.name == f"{key.column.table.name}_version":
                    found.append((key.column.table.name, table.name, column.name))
    return tuple(found)


def _going() -> tuple[tuple[str, str], ...]:
    of_person = (
        (table_of(each).name, _of_person(table_of(each))) for each in tables() if each.goes_with_person
    )
    return tuple((name, whose) for name, whose in of_person if whose is not None)


def _of_person(table: Table) -> str | None:
    """SQL for the rows of a table that are about the account `:id`; None where they are about nobody."""
    if "account_id" in table.columns and table.columns["account_id"].foreign_keys:
        return "account_id = :id"
    for column in table.columns:
        for key in column.foreign_keys:
            parent = _of_person(key.column.table) if not column.nullable else None
            if parent is not None:
                return (
                    f"{column.name} IN (SELECT {key.column.name} FROM {key.column.table.name} WHERE {parent})"
                )
    return None


def _is_word(column: Column[Any]) -> bool:
    """Whether a CHECK holds a column to its words."""
    checks = (each for each in column.table.constraints if isinstance(each, CheckConstraint))
    return any(str(each.name).endswith(f"_{column.name}_known") for each in checks)


def _formatted(text: str) -> str:
    ruff = Path(sys.executable).with_name("ruff")
    for arguments in (("check", "--fix", "-q", "--select", "I,F401"), ("format", "-q")):
        text = subprocess.run(
            [ruff, *arguments, "--stdin-filename", "rows.py", "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    return text


if __name__ == "__main__":
    for path, text in generated().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with running_server() as server:
        path, text = shape_on(server)
        path.write_text(text, encoding="utf-8")
