"""What the schema's classes say of their tables and columns, as Python text."""

from typing import Any

from sqlalchemy import Boolean, Column, Date, Integer, LargeBinary, Table
from sqlmodel import SQLModel

from carepass_cli.store.schema.base import Base

HEAD = "Generated from the schema (python -m tests.store.generate); not to be edited."
TYPES = ((Integer, "int"), (Date, "date"), (Boolean, "bool"), (LargeBinary, "bytes"))


def tables() -> list[type[Base]]:
    """The classes of the schema, in the order in which they are declared."""
    return [each for each in Base.__subclasses__() if hasattr(each, "__table__")]


def columns_of(table: type[SQLModel]) -> list[Column[Any]]:
    """Its columns, in their order."""
    return list(table_of(table).columns)


def table_of(table: type[SQLModel]) -> Table:
    """The table of a class."""
    found = table.__table__  # type: ignore[attr-defined]
    assert isinstance(found, Table)
    return found


def docstring(table: type[SQLModel]) -> str:
    """What the class says of itself."""
    return (table.__doc__ or "").strip()


def type_of(column: Column[Any]) -> str:
    """The type of its values in Python."""
    name = next((name for kind, name in TYPES if isinstance(column.type, kind)), "str")
    return f"{name} | None" if column.nullable else name


def default_of(table: type[SQLModel], column: Column[Any]) -> str | None:
    """The Python text of a column's default: 0 for a key that is not given yet."""
    if column.primary_key and column.identity is not None:
        return "0"
    field = table.model_fields[column.name]
    if column.nullable and field.is_required():
        return "None"
    return None if field.is_required() else repr(field.default).replace("'", '"')
