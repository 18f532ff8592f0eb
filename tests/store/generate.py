"""Generates from `store.schema` what a run needs of it: `python -m tests.store.generate`.

`store/rows/*.py` (a typed row for each table), `store/ddl/*.sql` (the schema's SQL for each engine).
A test holds what is checked in to what this makes.
"""

import subprocess
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from carepass_cli.store.location import SCHEMA_HEAD
from carepass_cli.store.schema import METADATA
from carepass_cli.store.schema.base import Base

STORE = Path(__file__).parents[2] / "src" / "carepass_cli" / "store"
HEAD = "Generated from the schema (python -m tests.store.generate); not to be edited."
TYPES = ((Integer, "int"), (Date, "date"), (Boolean, "bool"), (LargeBinary, "bytes"))
DIALECTS = {"sqlite": sqlite.dialect(), "postgresql": postgresql.dialect()}


def generated() -> dict[Path, str]:
    """All generated files with their text."""
    files = {STORE / "ddl" / f"{engine}.sql": _ddl(engine) for engine in DIALECTS}
    rooms: dict[str, list[type[SQLModel]]] = {}
    for table in tables():
        rooms.setdefault(table.__module__.rpartition(".")[2], []).append(table)
    for room, classes in rooms.items():
        files[STORE / "rows" / f"{room}.py"] = _formatted(_rows(room, classes))
    files[STORE / "rows" / "tables.py"] = _formatted(_index())
    return files


def tables() -> list[type[SQLModel]]:
    """The classes of the schema, in the order in which they are declared."""
    return [each for each in Base.__subclasses__() if hasattr(each, "__table__")]


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
    dates = any(_type(column).startswith("date") for each in classes for column in _columns(each))
    parts = [
        f'"""Rows of the tables in `schema.{room}`.\n\n{HEAD}\n"""\n',
        "from datetime import date" if dates else "",
        "from typing import NamedTuple\n",
    ]
    parts += [_row(each) for each in classes]
    return "\n".join(parts)


def _row(table: type[SQLModel]) -> str:
    lines = [f"\n\nclass {table.__name__}(NamedTuple):", f'    """{_docstring(table)}"""\n']
    columns = _columns(table)
    for column in sorted(columns, key=lambda each: _default(table, each) is not None):
        default = _default(table, column)
        lines.append(f"    {column.name}: {_type(column)}" + (f" = {default}" if default else ""))
    return "\n".join(lines)


def _columns(table: type[SQLModel]) -> list[Column[Any]]:
    return list(_table(table).columns)


def _table(table: type[SQLModel]) -> Table:
    found = table.__table__  # type: ignore[attr-defined]
    assert isinstance(found, Table)
    return found


def _index() -> str:
    """Which class stands for which table, and which columns refer to a table."""
    rooms = {_table(each).name: (each.__module__.rpartition(".")[2], each.__name__) for each in tables()}
    references: dict[str, list[tuple[str, str]]] = {}
    for each in tables():
        for column in _columns(each):
            for key in column.foreign_keys:
                references.setdefault(key.column.table.name, []).append((_table(each).name, column.name))
    parents_first = [table.name for table in METADATA.sorted_tables]
    return f'''"""All tables. {HEAD}"""

from importlib import import_module
from typing import Any

# Table -> the module of `rows` and the class of its rows; parents before children.
TABLES = { {name: rooms[name] for name in parents_first} }

# Table -> the (table, column) that refer to it.
REFERENCES = {references}


def row_class(table: str) -> type[Any]:
    """The class of a table's rows."""
    room, name = TABLES[table]
    found: type[Any] = getattr(import_module(f"carepass_cli.store.rows.{{room}}"), name)
    return found
'''


def _docstring(table: type[SQLModel]) -> str:
    return (table.__doc__ or "").strip()


def _type(column: Column[Any]) -> str:
    name = next((name for kind, name in TYPES if isinstance(column.type, kind)), "str")
    return f"{name} | None" if column.nullable else name


def _default(table: type[SQLModel], column: Column[Any]) -> str | None:
    """The Python text of a column's default: 0 for a key that is not given yet."""
    if column.primary_key and column.identity is not None:
        return "0"
    field = table.model_fields[column.name]
    if column.nullable and field.is_required():
        return "None"
    return None if field.is_required() else repr(field.default).replace("'", '"')


def _formatted(text: str) -> str:
    ruff = Path(sys.executable).with_name("ruff")
    for arguments in (("check", "--fix", "-q", "--select", "I"), ("format", "-q")):
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
