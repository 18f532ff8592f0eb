"""Generates from `store.schema` what a run needs of it: `python -m tests.store.generate`.

`store/rows/*.py` (a typed row for each table, and in `nouns` for what is seen of a noun), `rules/nouns.py`
(the fields of each noun), `store/ddl/*.sql` (the schema's SQL for each engine) and `store/ddl/*.sha256` (what
a server makes of it).
A test holds what is checked in to what this makes.
"""

import subprocess
import sys
import textwrap
from inspect import getmodule
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Integer, LargeBinary, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import SQLModel

from carepass_cli.rules import fields
from carepass_cli.rules import noun as rule
from carepass_cli.store.location import SCHEMA_HEAD
from carepass_cli.store.queries.asof import by_today
from carepass_cli.store.schema import METADATA, NOUNS
from carepass_cli.store.schema.base import Base, Fact
from carepass_cli.store.server import connect
from carepass_cli.store.server_schema import make_shape
from tests.postgres.server import Server, running_server

PACKAGE = Path(__file__).parents[2] / "src" / "carepass_cli"
STORE = PACKAGE / "store"
HEAD = "Generated from the schema (python -m tests.store.generate); not to be edited."
TYPES = ((Integer, "int"), (Date, "date"), (Boolean, "bool"), (LargeBinary, "bytes"))
# Characters of an option's value in a help; more words than fit are named after what it is for.
MOST_METAVAR = 40
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
    nouns = {name: _fields(classes) for name, classes in NOUNS.items()}
    files[STORE / "rows" / "nouns.py"] = _formatted(_views(nouns))
    files[PACKAGE / "rules" / "nouns.py"] = _formatted(_nouns(nouns))
    return files


def shape_on(server: Server) -> tuple[Path, str]:
    """The file that follows from what a server makes of the schema's SQL, with its text."""
    with connect(server.url("postgres")) as connection, connection.transaction(force_rollback=True):
        return STORE / "ddl" / "postgresql.sha256", f"{make_shape(connection)}\n"


def tables() -> list[type[Base]]:
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
        whose = _of_person(_table(table))
        if whose is None or table.goes_with_person or table is NOUNS["account"][0]:
            continue
        texts: dict[str, dict[str, str | None]] = {}
        for column in _columns(table):
            known = column.info.get("fact")
            kept = column.info.get("kept", known is not None and known.is_own)
            but = column.info.get("but", "")
            if _type(column).startswith("str") and not _is_word(column) and (but or not kept):
                texts.setdefault(but, {})[column.name] = None if column.nullable else "erased"
        found += [
            (_table(table).name, f"{whose} AND {but}" if but else whose, blank)
            for but, blank in texts.items()
        ]
    return tuple(found)


def _changed() -> tuple[tuple[str, str], ...]:
    changed = (table for table in map(_table, tables()) if "change_id" in table.columns)
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
    of_person = ((_table(each).name, _of_person(_table(each))) for each in tables() if each.goes_with_person)
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


class _Known(NamedTuple):
    """A field of a noun: its column, where that stands in SQL, and what is said of it."""

    table: type[SQLModel]
    column: Column[Any]
    sql: str
    fact: Fact

    @property
    def name(self) -> str:
        return self.fact.name or self.column.name

    @property
    def attribute(self) -> str:
        if not self.fact.show:
            return self.name
        return self.fact.sql.rpartition(".")[2] or self.column.name

    @property
    def is_given(self) -> bool:
        """Whether it is one of a noun's values; what the noun is known by is none."""
        return not self.fact.is_own and not self.fact.is_name

    @property
    def type(self) -> str:
        """Its type where the noun is seen."""
        return self.fact.kind if self.fact.sql else _type(self.column)

    def described(self) -> str:
        """The text of its `rules.noun.Field`."""
        default = self.table.model_fields[self.column.name].get_default()
        is_required = _default(self.table, self.column) is None
        is_reference = self.fact.is_name and bool(self.fact.sql)
        values = {each: getattr(self.fact, each, None) for each in rule.Field._fields} | {
            "column": self.column.name,
            "name": self.name,
            "is_required": is_required and not (self.fact.otherwise or self.fact.is_own or is_reference),
            "default": None if is_required else default,
            "is_key": self.fact.key is not None,
            "is_worked_out": is_required and bool(self.fact.otherwise),
            "is_reference": is_reference,
            "has_option": self.fact.has_option and not self.fact.is_name,
        }
        if self.fact.choices:
            values["metavar"] = "|".join(self.fact.choices)
            if len(values["metavar"]) > MOST_METAVAR:
                values["metavar"] = self.name.upper()
        if self.fact.sql and not self.is_given:
            values["column"] = self.attribute
        defaults = rule.Field._field_defaults
        said = {k: v for k, v in values.items() if v != defaults.get(k) and (v or k == "has_option")}
        return f"Field({', '.join(f'{key}={_text(value)}' for key, value in said.items())})"


def _fields(classes: tuple[type[Base], ...]) -> list[_Known]:
    """The fields of a noun that lies in these tables: the public ones in the order of their keys first."""
    found = []
    for table in classes:
        alias = _alias(table)
        for column in _columns(table):
            sql = f"{alias}.{column.name}"
            facts = (column.info.get("fact"), *table.also.get(column.name, ()))
            found += [
                _Known(table, column, each.sql or (by_today(sql) if each.is_event else sql), each)
                for each in facts
                if each
            ]
    return sorted(found, key=lambda each: (each.fact.key is None, each.fact.key or 0))


def _alias(table: type[Base]) -> str:
    """What a table is called in SQL."""
    return table.in_sql or ("v" if table.__name__.endswith("Version") else table.__name__[0].lower())


def _nouns(nouns: dict[str, list[_Known]]) -> str:
    nouns = {name: [each for each in known if each.fact.help] for name, known in nouns.items()}
    every = [each.fact for known in nouns.values() for each in known]
    used = {call for each in every for call in (each.parse, each.fold, each.show) if call is not None}
    imported = {(getmodule(each), each.__name__) for each in used if each is not str.split}
    others = sorted((m.__name__, name) for m, name in imported if m is not None and m is not fields)
    parts = [
        f'''"""The nouns, and what is known of their fields.\n\n{HEAD}\n"""\n''',
        *(f"from {module} import {name}" for module, name in others),
        "from datetime import date",
        "from typing import NamedTuple, TypedDict",
        "from carepass_cli.rules import fields",
        "from carepass_cli.rules.noun import Field, Noun, named_by",
    ]
    for name, known in nouns.items():
        parts.append(f"{name.upper()} = Noun('{name}', {', '.join(each.described() for each in known)},)")
    for name, known in nouns.items():
        parts.append(
            f"\n\nclass {name.title()}Values(TypedDict, total=False):\n"
            f'    """Values of a {name}, by the columns of the store."""\n'
        )
        given = {
            each.column.name: _type(each.column) + (" | None" if "is_worked_out" in each.described() else "")
            for each in known
            if each.is_given
        }
        parts += [f"    {column}: {sort}" for column, sort in given.items()]
    # The address last: a person may have a new one.
    known = [each for each in nouns["account"] if each.fact.sought]
    person = sorted((each.name for each in known), key=lambda name: name == "email")
    parts.append(
        f"# The columns by which a person is known, each alone enough.\nPERSON = {tuple(person)}\n"
        "\n\nclass Key(NamedTuple):\n"
        '    """By what a row says whom it is about; what it does not give is blank."""\n'
    )
    parts += [f'    {name}: str = ""' for name in person]
    parts.append(
        "\n    def __bool__(self) -> bool:\n        return any(self[:])\n"
        "\n    def __str__(self) -> str:\n"
        '        """As a person is named on a command line."""\n'
        "        return named_by(ACCOUNT, self)\n"
    )
    return "\n".join(parts)


def _views(nouns: dict[str, list[_Known]]) -> str:
    parts = [
        f'''"""What is seen of a noun as of a day, by the attributes of its fields.\n\n{HEAD}\n"""\n''',
        "from datetime import date",
        "from typing import NamedTuple",
        "from carepass_cli.rules import nouns",
    ]
    for name, known in nouns.items():
        entity = NOUNS[name][0]
        alias = _alias(entity)
        seen = {each.attribute: each for each in known if not each.fact.is_apart}
        others = [column for column in _columns(entity) if column.foreign_keys and not column.nullable]
        if "id" not in seen and not any(each.column.name == "id" for each in known):
            others.insert(0, entity.__table__.columns["id"])
        columns = [
            each.sql if each.sql.endswith(f".{attribute}") else f'{each.sql} AS "{attribute}"'
            for attribute, each in seen.items()
        ]
        columns += [f"{alias}.{each.name}" for each in others]
        parts.append(f'\n{name.upper()} = """\n{_wrapped(columns)}\n"""\n')
        parts.append(f'\nclass {name.title()}(NamedTuple):\n    """{_docstring(entity)}"""\n')
        for attribute, each in seen.items():
            parts.append(f"    {attribute}: {each.type}")
        parts += [f"    {each.name}: int" for each in others]
        for each in known:
            if each.fact.is_apart:
                parts.append(f"    {each.attribute}: {_type(each.column)} | None = None")
        parts.append(
            "\n    def shown(self) -> dict[str, object]:\n"
            '        """The public values, by their keys."""\n'
            f"        return nouns.{name.upper()}.shown(self)\n"
        )
    return "\n".join(parts)


def _wrapped(columns: list[str]) -> str:
    return textwrap.fill(", ".join(columns), 100, initial_indent="    ", subsequent_indent="    ")


def _text(value: Any) -> str:
    """The Python text of a value; of a function its name."""
    if value is str.split:
        return "str.split"
    if callable(value):
        return f"fields.{value.__name__}" if getmodule(value) is fields else str(value.__name__)
    return repr(value)


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
    with running_server() as server:
        path, text = shape_on(server)
        path.write_text(text, encoding="utf-8")
