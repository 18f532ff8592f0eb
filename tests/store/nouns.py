"""What is generated of the nouns: their fields (`rules/nouns.py`), and their rows (`rows/nouns.py`)."""

import textwrap
from inspect import getmodule
from typing import Any, NamedTuple

from sqlalchemy import Column
from sqlmodel import SQLModel

from carepass_cli.rules import fields
from carepass_cli.rules import noun as rule
from carepass_cli.store.queries.asof import by_today
from carepass_cli.store.schema import NOUNS
from carepass_cli.store.schema.base import Base, Fact
from tests.store.columns import HEAD, columns_of, default_of, docstring, type_of

# Characters of an option's value in a help; more words than fit are named after what it is for.
MOST_METAVAR = 40


class Known(NamedTuple):
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
        return self.fact.kind if self.fact.sql else type_of(self.column)

    def described(self) -> str:
        """The text of its `rules.noun.Field`."""
        default = self.table.model_fields[self.column.name].get_default()
        is_required = default_of(self.table, self.column) is None
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


def fields_of(classes: tuple[type[Base], ...]) -> list[Known]:
    """The fields of a noun that lies in these tables: the public ones in the order of their keys first."""
    found = []
    for table in classes:
        alias = _alias(table)
        for column in columns_of(table):
            sql = f"{alias}.{column.name}"
            facts = (column.info.get("fact"), *table.also.get(column.name, ()))
            found += [
                Known(table, column, each.sql or (by_today(sql) if each.is_event else sql), each)
                for each in facts
                if each
            ]
    return sorted(found, key=lambda each: (each.fact.key is None, each.fact.key or 0))


def _alias(table: type[Base]) -> str:
    """What a table is called in SQL."""
    return table.in_sql or ("v" if table.__name__.endswith("Version") else table.__name__[0].lower())


def nouns_text(nouns: dict[str, list[Known]]) -> str:
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
            each.column.name: type_of(each.column)
            + (" | None" if "is_worked_out" in each.described() else "")
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


def views_text(nouns: dict[str, list[Known]]) -> str:
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
        others = [column for column in columns_of(entity) if column.foreign_keys and not column.nullable]
        if "id" not in seen and not any(each.column.name == "id" for each in known):
            others.insert(0, entity.__table__.columns["id"])
        columns = [
            each.sql if each.sql.endswith(f".{attribute}") else f'{each.sql} AS "{attribute}"'
            for attribute, each in seen.items()
        ]
        columns += [f"{alias}.{each.name}" for each in others]
        parts.append(f'\n{name.upper()} = """\n{_wrapped(columns)}\n"""\n')
        parts.append(f'\nclass {name.title()}(NamedTuple):\n    """{docstring(entity)}"""\n')
        for attribute, each in seen.items():
            parts.append(f"    {attribute}: {each.type}")
        parts += [f"    {each.name}: int" for each in others]
        for each in known:
            if each.fact.is_apart:
                parts.append(f"    {each.attribute}: {type_of(each.column)} | None = None")
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
