"""What every table of the schema is made with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import Boolean, CheckConstraint, Column, Date, Identity, Index, MetaData, String, Text, text
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
}


class Base(SQLModel):
    """What every table has: a name, and a row class of the same name in CamelCase (`store.rows`)."""

    __tablename__: ClassVar[Any]
    # Whether a person's rows go altogether when the person is erased.
    goes_with_person: ClassVar[bool] = False
    # Of a table that holds a noun: what it is called in the SQL that `Fact` speaks of, and what the noun has
    # besides the columns: by the column that it follows from.
    in_sql: ClassVar[str] = ""
    also: ClassVar[dict[str, "tuple[Fact, ...]"]] = {}


def key(known: "Fact | None" = None) -> Any:
    """A surrogate key. A number that was given is never given again, whatever is deleted."""
    return Field(
        default=None,
        primary_key=True,
        sa_column_args=[Identity()],
        sa_column_kwargs={"info": {"fact": known}},
    )


@dataclass(frozen=True)
class Fact:
    """What is known of a field of a noun besides its column. `key` is its place among the public keys (None:
    it is not public), `lists` are those of the noun's lists that have it (none named: all), `name` its public
    name where the column has another, `sql` what it is in place of a column of its own, and `kind` that one's
    type in Python. `works` is the rule that works it out of what is seen besides, `of` the names of that, in
    the rule's order. `is_event`: a day that is not seen before it has come. Without `help` it is no field,
    only seen with the noun. The others are those of `rules.noun.Field`, of which one is generated for each.
    """

    help: str = ""
    key: int | None = None
    lists: tuple[str, ...] = ()
    name: str = ""
    sql: str = ""
    kind: str = "str"
    works: Callable[..., Any] | None = None
    of: tuple[str, ...] = ()
    is_event: bool = False
    parse: Callable[..., Any] | None = None
    choices: tuple[str, ...] = ()
    most: int | None = None
    metavar: str = ""
    otherwise: str = ""
    is_apart: bool = False
    is_own: bool = False
    is_name: bool = False
    is_first: bool = False
    is_setting: bool = False
    has_option: bool = True
    sought: str = ""
    fold: Callable[[str], str] | None = None
    prefix: str = ""
    show: Callable[[Any], Any] | None = None


# Whose a row is: what `a` and `v`, the account and its version, say of that.
WHOSE = (
    Fact("Whose it is.", key=1, name="portal_id", sql="a.portal_id", is_name=True),
    Fact("The person's last name.", key=2, name="last_name", sql="v.last_name", is_own=True),
    Fact("The person's first name.", key=3, name="first_name", sql="v.first_name", is_own=True),
)


def fact(known: Fact, **column: Any) -> Any:
    """A column that is a field of a noun."""
    return Field(description=known.help, sa_column_kwargs={"info": {"fact": known}}, **column)


def kept(known: Fact | None = None, *, but: str = "", **column: Any) -> Any:
    """A text that stays when the person of the row is erased, but in rows where the SQL `but` holds. Any
    other text of a person's rows goes, unless a CHECK holds it to its words."""
    return Field(sa_column_kwargs={"info": {"fact": known, "kept": True, "but": but}}, **column)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A CHECK that holds a text column to its words (NULL passes)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def open_version(table: str, entity: str) -> Index:
    """One open version for each entity."""
    return index_where("until_on IS NULL", f"ux_{table}_open", entity, unique=True)


def index_where(condition: str, name: str, *columns: str, unique: bool = False) -> Index:
    """An index over the rows that meet `condition`, on both engines."""
    where = text(condition)
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)


def folded_text() -> Any:
    """A text column that sorts by code point on every engine."""
    return Column(Text().with_variant(String(collation="C"), "postgresql"), nullable=False)


def complete(metadata: MetaData) -> None:
    """Give each column the CHECK that its type has on SQLite, which does not look by itself, and each
    counted key AUTOINCREMENT."""
    for table in metadata.tables.values():
        if table.autoincrement_column is not None and table.autoincrement_column.identity is not None:
            table.dialect_options["sqlite"]["autoincrement"] = True
        for column in table.columns:
            if isinstance(column.type, Date):
                _check(table, column.name, "iso_date", f"{column.name} GLOB '{ISO_DATE}'")
            elif isinstance(column.type, Boolean):
                _check(table, column.name, "yes_or_no", f"{column.name} IN (0, 1)")


ISO_DATE = "[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]"


def _check(table: Any, column: str, what: str, condition: str) -> None:
    check = CheckConstraint(condition, name=f"{column}_{what}")
    table.append_constraint(check.ddl_if(dialect="sqlite"))
