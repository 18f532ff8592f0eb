"""What is generated of the nouns: their fields (`rules/nouns`), and their rows (`store/rows/nouns`)."""

import textwrap
from collections.abc import Iterable
from inspect import getmodule
from typing import Any, NamedTuple

from sqlalchemy import Column
from sqlmodel import SQLModel

from carepass_cli.rules import fields
from carepass_cli.rules import noun as rule
from carepass_cli.store.queries.asof import by_today
from carepass_cli.store.schema.base import Base, Fact
from tests.store.columns import HEAD, columns_of, default_of, docstring, type_of

# Characters of an option's value in a help; more words than fit are named after what it is for.
MOST_METAVAR = 40
SHOWN = '''
    def shown(self) -> dict[str, object]:
        """The public values, by their keys."""
        return {key: getattr(self, key) for key in KEYS}
'''
LISTED = '''
    def under(self, keys: tuple[str, ...]) -> dict[str, object]:
        """The public values under some of the keys."""
        return {key: getattr(self, key) for key in keys}
'''


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
        return not self.fact.is_own and not self.fact.is_name and not self.fact.works

    @property
    def is_seen(self) -> bool:
        """Whether a query asks the store for it."""
        return not self.fact.is_apart and not self.fact.works

    @property
    def type(self) -> str:
        """Its type where the noun is seen."""
        return self.fact.kind if self.fact.sql or self.fact.works else type_of(self.column)

    @property
    def meaning(self) -> str:
        """What it says, and the words that it may be."""
        return self.fact.help + (f" One of: {', '.join(self.fact.choices)}." if self.fact.choices else "")

    def described(self) -> str:
        """The text of its `rules.noun.Field`."""
        default = self.table.model_fields[self.column.name].get_default()
        is_required = default_of(self.table, self.column) is None
        is_reference = self.fact.is_name and bool(self.fact.sql)
        is_free = bool(self.fact.otherwise or self.fact.is_own or is_reference)
        values = {each: getattr(self.fact, each, None) for each in rule.Field._fields} | {
            "column": self.column.name,
            "name": self.name,
            "is_required": is_required and not is_free,
            "default": None if is_required else default,
            "is_key": self.fact.key is not None,
            "is_own": self.fact.is_own or self.fact.works is not None,
            "is_worked_out": is_required and bool(self.fact.otherwise),
            "is_reference": is_reference,
            "has_option": self.fact.has_option and not self.fact.is_name,
        }
        if self.fact.choices:
            values["metavar"] = "|".join(self.fact.choices)
            if len(values["metavar"]) > MOST_METAVAR:
                values["metavar"] = self.name.upper()
        if (self.fact.sql and not self.is_given) or self.fact.works:
            values["column"] = self.attribute
        defaults = rule.Field._field_defaults
        said = {k: v for k, v in values.items() if v != defaults.get(k) and (v or v is False)}
        return f"Field({', '.join(f'{key}={_text(value)}' for key, value in said.items())})"


class Declared(NamedTuple):
    """A noun: the tables that hold it together, and its fields, the public ones in the order of their keys
    first."""

    name: str
    tables: tuple[type[Base], ...]
    known: list[Known]

    @property
    def constant(self) -> str:
        return self.name.upper()

    @property
    def row(self) -> str:
        """The class of what is seen of it."""
        return self.name.title().replace("_", "")

    @property
    def fields(self) -> list[Known]:
        return [each for each in self.known if each.fact.help]

    @property
    def is_written(self) -> bool:
        """Whether people say something of it that an option or a file takes as it is."""
        return any(each.is_given for each in self.fields)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(each.name for each in self.fields if each.fact.key is not None)

    @property
    def lists(self) -> list[str]:
        """The names of its lists, where it has several."""
        return list(dict.fromkeys(name for each in self.fields for name in each.fact.lists))

    def keys_of(self, one: str) -> tuple[str, ...]:
        """The keys of one of its lists."""
        without = {each.name for each in self.fields if each.fact.lists and one not in each.fact.lists}
        return tuple(name for name in self.keys if name not in without)


def declared(nouns: dict[str, tuple[type[Base], ...]]) -> list[Declared]:
    """What the classes say of their nouns."""
    return [Declared(name, classes, _fields_of(classes)) for name, classes in nouns.items()]


def _fields_of(classes: tuple[type[Base], ...]) -> list[Known]:
    found = []
    for table in classes:
        alias = _alias(table)
        for column in columns_of(table):
            sql = f"{alias}.{_quoted(column.name)}"
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


def _quoted(column: str) -> str:
    return '"to"' if column == "to" else column


def nouns_text(nouns: list[Declared]) -> str:
    """The nouns that people make and edit, and by what a person is known."""
    parts = ['"""The nouns, and what is known of their fields.', f'\n{HEAD}\n"""\n']
    parts += ["from datetime import date", "from typing import NamedTuple, TypedDict"]
    parts += _imports(nouns, "Field, Noun, named_by")
    parts += [_noun(each) for each in nouns]
    parts += [_values(each) for each in nouns]
    # The address last: a person may have a new one.
    (account,) = (each for each in nouns if each.name == "account")
    known = [each for each in account.known if each.fact.sought]
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


def event_text(noun: Declared) -> str:
    """What people say of an event."""
    parts = [f'"""What is known of the fields of {_one(noun)}.', f'\n{HEAD}\n"""\n']
    values = _values(noun)
    parts += ["from datetime import date"] if "date" in values else []
    parts += ["from typing import TypedDict", *_imports([noun], "Field, Noun"), _noun(noun), values]
    return "\n".join(parts)


def _imports(nouns: list[Declared], of_noun: str) -> list[str]:
    """Imports of what fields are read and shown with."""
    every = [each.fact for noun in nouns for each in noun.fields]
    used = {call for each in every for call in (each.parse, each.fold, each.show) if call is not None}
    imported = {(getmodule(each), each.__name__) for each in used if each is not str.split}
    others = sorted((m.__name__, name) for m, name in imported if m is not None and m is not fields)
    own = ["from carepass_cli.rules import fields"] if (fields in {m for m, _ in imported}) else []
    return [
        *(f"from {module} import {name}" for module, name in others),
        *own,
        f"from carepass_cli.rules.noun import {of_noun}",
    ]


def _noun(noun: Declared) -> str:
    fields = ", ".join(each.described() for each in noun.fields)
    return f"{noun.constant} = Noun('{noun.name}', {fields},)"


def _values(noun: Declared) -> str:
    given = {
        each.column.name: type_of(each.column) + (" | None" if "is_worked_out" in each.described() else "")
        for each in noun.fields
        if each.is_given
    }
    return "\n".join(
        [
            f"\n\nclass {noun.row}Values(TypedDict, total=False):\n"
            f'    """Values of {_one(noun)}, by the columns of the store."""\n',
            *(f"    {column}: {sort}" for column, sort in given.items()),
        ]
    )


def _one(noun: Declared) -> str:
    name = noun.name.replace("_", " ")
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def rows_text(nouns: list[Declared]) -> str:
    """The rows of the nouns that people make and edit."""
    parts = ['"""What is seen of a noun as of a day, by the attributes of its fields.', f'\n{HEAD}\n"""\n']
    parts += [
        "from datetime import date",
        "from typing import NamedTuple",
        "from carepass_cli.rules import nouns",
    ]
    for noun in nouns:
        parts += [_select(noun), *_row(noun)]
        parts.append(
            "\n    def shown(self) -> dict[str, object]:\n"
            '        """The public values, by their keys."""\n'
            f"        return nouns.{noun.constant}.shown(self)\n"
        )
    return "\n".join(parts)


def event_rows_text(noun: Declared) -> str:
    """The rows of an event, and its public keys."""
    parts = [f'"""What is seen of {_one(noun)} as of a day.', f'\n{HEAD}\n"""\n']
    rules = {getmodule(each.fact.works) for each in noun.known if each.fact.works}
    parts += ["from datetime import date", "from typing import Any, NamedTuple"]
    for room, _, name in (each.__name__.rpartition(".") for each in rules if each):
        parts.append(f"from {room} import {name}")
    parts.append("# The public keys, in their order" + (", of each list." if noun.lists else "."))
    parts += [f"{name.upper()}_KEYS = {noun.keys_of(name)}" for name in noun.lists]
    parts += [] if noun.lists else [f"KEYS = {noun.keys}"]
    parts += [_select(noun), *_row(noun), *(_worked_out(each) for each in noun.known if each.fact.works)]
    parts.append(LISTED if noun.lists else SHOWN)
    return "\n".join(parts)


def _worked_out(known: Known) -> str:
    """A property for what a rule makes of what is seen."""
    call = known.fact.works
    module = getmodule(call)
    assert call is not None
    assert module is not None
    said = known.fact.help or " ".join((call.__doc__ or "").split()).partition(". ")[0].rstrip(".") + "."
    return (
        f"\n    @property\n    def {known.name}(self) -> {known.fact.kind}:\n"
        f'        """{said}"""\n'
        f"        return {module.__name__.rpartition('.')[2]}.{call.__name__}"
        f"({', '.join(f'self.{name}' for name in known.fact.of)})\n"
    )


def _select(noun: Declared) -> str:
    """What a query asks for."""
    columns = [
        sql if sql.rpartition(".")[2] == _quoted(attribute) else f'{sql} AS "{attribute}"'
        for attribute, sql in _seen(noun).items()
    ]
    columns += [f"{_alias(noun.tables[0])}.{each}" for each in _others(noun)]
    return f'\n{noun.constant} = """\n{_wrapped(columns)}\n"""\n'


def _row(noun: Declared) -> Iterable[str]:
    yield f'\nclass {noun.row}(NamedTuple):\n    """{docstring(noun.tables[0])}"""\n'
    types = {each.attribute: each.type for each in noun.known if each.is_seen}
    yield from (f"    {attribute}: {types[attribute]}" for attribute in _seen(noun))
    yield from (f"    {each}: int" for each in _others(noun))
    for each in noun.known:
        if each.fact.is_apart:
            yield f"    {each.attribute}: {type_of(each.column)} | None = None"


def _seen(noun: Declared) -> dict[str, str]:
    """The SQL of each attribute of a row."""
    return {each.attribute: each.sql for each in noun.known if each.is_seen}


def _others(noun: Declared) -> list[str]:
    """The keys of a row, its own and what it refers to, where they are no fields."""
    entity = noun.tables[0]
    others = [each.name for each in columns_of(entity) if each.foreign_keys and not each.nullable]
    is_known = any(each.column.name == "id" for each in noun.known)
    return others if is_known else ["id", *others]


def _wrapped(columns: list[str]) -> str:
    return textwrap.fill(", ".join(columns), 100, initial_indent="    ", subsequent_indent="    ")


def _text(value: Any) -> str:
    """The Python text of a value; of a function its name."""
    if value is str.split:
        return "str.split"
    if callable(value):
        return f"fields.{value.__name__}" if getmodule(value) is fields else str(value.__name__)
    return repr(value)
