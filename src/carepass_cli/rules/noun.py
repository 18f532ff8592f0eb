"""What is known of the fields of a noun: how a text becomes a value, what is public, what may be cleared.

The nouns themselves are in `nouns`, which is generated from the schema.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from carepass_cli.errors import CarepassError, InvalidValue, Refused
from carepass_cli.rules import fields

# Values of a noun by the store's columns. What is left out stays as it is.
Values = Mapping[str, Any]


class Field(NamedTuple):
    """One field of a noun.

    `name` is its public one: in JSON, in the header of a file, and as an option with hyphens; `column` is the
    store's. Its value is read by `parse`, else is one of `choices`, else a text of at most `most` characters.
    A new noun needs it (`is_required`), or has `default`, which `otherwise` says in words. `is_key`: it is
    public; `is_apart`: it is kept apart, and shown to nobody who does not ask for it by name; `is_own`: the
    store's own, neither an option nor written from a file; `is_reference`: it names another noun, which the
    one is about; `is_first`: said when the noun is made, and never
    changed; `is_setting`: `--like` takes it over; `is_worked_out`: there is always a value, be none given;
    `has_option`: an option by its name sets it. A field that is one person's only has the column
    `sought`, in which its value is looked up as `fold` makes it; `prefix` stands before it where a person is
    named. `show` makes the stored value the public one.
    """

    name: str
    column: str
    help: str
    parse: Callable[[str, str], Any] | None = None
    choices: tuple[str, ...] = ()
    most: int = fields.NAME_MOST
    metavar: str = "TEXT"
    is_required: bool = False
    default: Any = None
    otherwise: str = ""
    is_key: bool = False
    is_apart: bool = False
    is_own: bool = False
    is_reference: bool = False
    is_first: bool = False
    is_setting: bool = False
    is_worked_out: bool = False
    has_option: bool = True
    sought: str = ""
    fold: Callable[[str], str] | None = None
    prefix: str = ""
    show: Callable[[Any], Any] | None = None

    @property
    def attribute(self) -> str:
        """What it is called in the rows of `store.rows.nouns`."""
        return self.column if self.show else self.name

    @property
    def may_be_absent(self) -> bool:
        """Whether a noun may be without a value."""
        return not self.is_required and not self.is_worked_out and self.default is None

    def key(self, text: str) -> str:
        """What a value that is one's only is looked up by."""
        return self.fold(text) if self.fold else text

    def value(self, text: str, name: str) -> Any:
        """The value of a text that stands under `name`. An empty one clears: it becomes what a new noun has
        where nothing is said. Raises InvalidValue, also for an empty text where there must be a value."""
        if not text.strip():
            if self.is_required or self.is_own:
                raise InvalidValue(f"{name} is empty.", "Give it a value.")
            return self.default
        if self.parse is not None:
            return self.parse(text, name)
        if self.choices:
            return fields.parse_choice(text, name, self.choices)
        return fields.clean_text(text, name, most=self.most)

    def public(self, row: object) -> Any:
        """Its public value in a row of the noun."""
        value = getattr(row, self.attribute)
        return self.show(value) if self.show else value


class Noun:
    """A noun: what it is called, and its fields, the public ones first and in their order."""

    def __init__(self, name: str, *fields: Field) -> None:
        self.name = name
        self.fields = fields

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The public keys, in their order."""
        return tuple(each.name for each in self.fields if each.is_key)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """What the columns of a file are called."""
        return tuple(each.name for each in self.fields if each.is_key or not each.is_own)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """The public keys of what is the store's own, or another noun's: in a file it says nothing."""
        return tuple(each.name for each in self.fields if each.is_key and each.is_own)

    @cached_property
    def written(self) -> tuple[Field, ...]:
        """The fields that people give."""
        return tuple(each for each in self.fields if not each.is_own and not each.is_reference)

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What a new noun has where nothing is said, by the store's columns."""
        free = (each for each in self.written if not each.is_required and not each.is_worked_out)
        return {each.column: each.default for each in free}

    def field(self, name: str) -> Field:
        """The field of this public name."""
        return next(each for each in self.fields if each.name == name)

    @cached_property
    def sought(self) -> tuple[Field, ...]:
        """The fields that are one's only."""
        return tuple(each for each in self.fields if each.sought)

    def words(self, name: str) -> tuple[str, ...]:
        """The words that a field knows."""
        return self.field(name).choices

    def row(self, found: object) -> list[object]:
        """The public values of a row, in the order of `keys`."""
        return [each.public(found) for each in self.fields if each.is_key]

    def shown(self, found: object) -> dict[str, object]:
        """The public values of a row, by their keys."""
        return dict(zip(self.keys, self.row(found), strict=True))

    def rare(self, found: object) -> dict[str, object]:
        """What only few have: `show` names it where it is there."""
        rare = (each for each in self.written if not each.is_key and not each.is_apart)
        return {each.name: value for each in rare if (value := each.public(found))}

    def read(self, named: Mapping[str, str]) -> dict[str, Any]:
        """The values of a file's row; what is blank says nothing. Raises InvalidValue."""
        return {
            each.column: each.value(named[each.name], each.name)
            for each in self.written
            if named.get(each.name)
        }

    def faults(self, named: Mapping[str, str]) -> list[CarepassError]:
        """All that is wrong with the values of a file's row, each by itself."""
        found: list[CarepassError] = []
        for each in self.written:
            try:
                if named.get(each.name):
                    each.value(named[each.name], each.name)
            except CarepassError as error:
                found.append(error)
        return found

    def require(self, values: Values) -> None:
        """Raise InvalidValue where a new noun lacks what it needs."""
        for each in self.written:
            if each.is_required and each.column not in values:
                raise InvalidValue(f"{each.name} is empty.", "Give it a value.")

    def has(self, found: object, values: Values) -> bool:
        """Whether each of these values is there already."""
        return all(
            getattr(found, each.attribute) == values[each.column]
            for each in self.written
            if each.column in values and not (each.is_worked_out and values[each.column] is None)
        )


def named_by(noun: Noun, keys: Any) -> str:
    """The first of the keys that is given, with what stands before it where a person is named."""
    prefixes = {each.name: each.prefix for each in noun.sought}
    return next((f"{prefixes[name]}{key}" for name, key in keys._asdict().items() if key), "")


def in_use(noun: str, field: Field, value: str) -> Refused:
    """The refusal of a value that is another one's only: `email-in-use`, for one."""
    words = field.name.replace("_", " ").replace(" id", " ID")
    return Refused(
        f"The {words} {value} belongs to another {noun}.",
        f"Look it up: carepass {noun} show {field.prefix}{value}",
        code=f"{field.name.replace('_', '-')}-in-use",
    )


def listed(names: Sequence[str], last: str = "or") -> str:
    """Names in a sentence: `a, b or c`."""
    *most, end = names
    return f"{', '.join(most)} {last} {end}" if most else end
