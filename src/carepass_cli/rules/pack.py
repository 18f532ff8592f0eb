"""Packs of topics as TOML: what a law or a home's own policy asks of which staff, and from when to when.

One `[pack]` (`name`, `version`, `title`) and any number of `[[topic]]`. Days are TOML dates. A topic that
names nobody who checked it is to be checked against the law, and is never shown without these words.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from carepass_cli.errors import InvalidValue
from carepass_cli.rules import fields
from carepass_cli.rules.span import parse_due
from carepass_cli.rules.toml import parse_toml

TO_CHECK = "to be checked against the law"
EVERYBODY = "all"
# The groups that are employed. A role without a group is asked what all of them are asked.
EMPLOYED = ("direct-care", "registered", "allied", "dietary", "environmental", "administration")
GROUPS = (*EMPLOYED, "volunteer", "student", "agency")


@dataclass(frozen=True)
class Checked:
    """Who held the citation against which source, and on which day."""

    by: str
    on: date
    source: str

    def __str__(self) -> str:
        return f"{self.by}, {self.on}: {self.source}"


@dataclass(frozen=True)
class Topic:
    """What somebody must have learned. `groups` are the staff groups that it is for (none: everybody); `due`
    is `before-start`, a span, or None where the pack leaves it to the home; both days in force are
    inclusive."""

    code: str
    title: str
    title_fr: str | None = None
    groups: tuple[str, ...] = ()
    due: str | None = None
    validity_years: int | None = None
    minutes: int | None = None
    citation: str | None = None
    checked: Checked | None = None
    in_force_from: date | None = None
    in_force_until: date | None = None

    @property
    def marked(self) -> str | None:
        """The citation, never without the word that it is to be checked where nobody did."""
        return f"{self.citation} ({TO_CHECK})" if self.citation and not self.checked else self.citation

    def is_for(self, group: str | None) -> bool:
        """Whether a role of this staff group must hold it; without a group, what all employees must."""
        return not self.groups or (set(EMPLOYED) if group is None else {group}) <= set(self.groups)

    def over(self, day: date) -> bool:
        """Whether its last day in force lies before `day`."""
        return self.in_force_until is not None and self.in_force_until < day


@dataclass(frozen=True)
class Pack:
    """Topics under a name and a version."""

    name: str
    version: str
    title: str
    topics: tuple[Topic, ...]


def parse_pack(text: str, source: str) -> Pack:
    """The pack that `text` (TOML) says; `source` is where it is from, for the errors.

    Raises InvalidValue, naming the line or the key, for what is no TOML, an unknown key, a value of another
    type, a code that comes twice.
    """
    try:
        read = parse_toml(text)
    except ValueError as error:
        raise InvalidValue(f"{source} is not TOML: {error}.", "Mend that line.") from None
    parts = _Parts(read, source, "", {"pack": dict, "topic": list})
    head = _Parts(parts.need("pack"), source, "pack.", {"name": str, "version": str, "title": str})
    tables = parts.get("topic") or []
    topics = tuple(_topic(each, source, number) for number, each in enumerate(tables, 1))
    _refuse_repeats(topics, source)
    return Pack(
        head.parsed("name", fields.parse_code) or head.need("name"),
        head.text("version", most=40) or head.need("version"),
        head.text("title", most=fields.TITLE_MOST) or head.need("title"),
        topics,
    )


_TOPIC: Mapping[str, type] = {
    "code": str,
    "title": str,
    "title_fr": str,
    "groups": list,
    "due": str,
    "validity_years": int,
    "minutes": int,
    "citation": str,
    "checked": dict,
    "in_force_from": date,
    "in_force_until": date,
}


def _topic(table: object, source: str, number: int) -> Topic:
    where = f"topic {number}: "
    if isinstance(table, dict) and isinstance(table.get("code"), str):
        where = f"topic {number} ({table['code'][:40]}): "
    if not isinstance(table, dict):
        raise InvalidValue(f"{source}, {where}this is not a table.", "Begin each topic with [[topic]].")
    parts = _Parts(table, source, where, _TOPIC)
    begins, ends = parts.day("in_force_from"), parts.day("in_force_until")
    if begins and ends and ends < begins:
        raise parts.wrong(
            "in_force_until", f"{ends} is before in_force_from, {begins}.", "It is the last day."
        )
    return Topic(
        parts.parsed("code", fields.parse_course_code) or parts.need("code"),
        parts.text("title", most=fields.TITLE_MOST) or parts.need("title"),
        parts.text("title_fr", most=fields.TITLE_MOST),
        _groups(parts),
        parts.parsed("due", parse_due),
        parts.number("validity_years", fields.parse_years),
        parts.number("minutes", fields.parse_minutes),
        parts.text("citation", most=fields.TITLE_MOST),
        _checked(parts, source, where),
        begins,
        ends,
    )


def _groups(parts: "_Parts") -> tuple[str, ...]:
    named = parts.get("groups") or []
    if named == [EVERYBODY]:
        return ()
    for each in named:
        if each not in GROUPS:
            known = ", ".join(GROUPS)
            raise parts.wrong(
                "groups", f"'{each}' is no staff group.", f"Use ['{EVERYBODY}'], or some of: {known}."
            )
    return tuple(dict.fromkeys(named))


def _checked(parts: "_Parts", source: str, where: str) -> Checked | None:
    table = parts.get("checked")
    if table is None:
        return None
    inner = _Parts(table, source, f"{where}checked.", {"by": str, "on": date, "source": str})
    return Checked(
        inner.text("by", most=fields.NAME_MOST) or inner.need("by"),
        inner.day("on") or inner.need("on"),
        inner.text("source", most=fields.REASON_MOST) or inner.need("source"),
    )


def _refuse_repeats(topics: tuple[Topic, ...], source: str) -> None:
    first: dict[str, int] = {}
    for number, topic in enumerate(topics, 1):
        if topic.code in first:
            raise InvalidValue(
                f"{source}, topic {number}: the code {topic.code} is that of topic {first[topic.code]}, too.",
                "Name each code once.",
            )
        first[topic.code] = number


class _Parts:
    """The keys of one TOML table, each of its type. `where` names the table in errors."""

    def __init__(self, table: Mapping[str, Any], source: str, where: str, known: Mapping[str, type]) -> None:
        self._table, self._source, self._where = table, source, where
        for key, value in table.items():
            if key not in known:
                raise self.wrong(key, "this key is not known.", f"Known are: {', '.join(known)}.")
            kind = known[key]
            # TOML's true is an int, and its date-times are dates, only to Python.
            if not isinstance(value, kind) or isinstance(value, bool | datetime):
                raise self.wrong(
                    key, f"this is not {_KINDS[kind]}.", "See one that ships: carepass starter show"
                )

    def get(self, key: str) -> Any:
        return self._table.get(key)

    def need(self, key: str) -> Any:
        """The value of a key that must be there, and not empty."""
        if not self._table.get(key):
            raise self.wrong(key, "this is missing.", "Give it a value.")
        return self._table[key]

    def text(self, key: str, *, most: int) -> str | None:
        return self.parsed(key, lambda value, name: fields.clean_text(value, name, most=most))

    def number(self, key: str, parse: Callable[[str, str], int]) -> int | None:
        value = self._table.get(key)
        return None if value is None else parse(str(value), self._name(key))

    def day(self, key: str) -> date | None:
        value = self._table.get(key)
        return None if value is None else fields.parse_date(value.isoformat(), self._name(key))

    def parsed(self, key: str, parse: Callable[[str, str], str]) -> str | None:
        value = self._table.get(key)
        return None if value is None else parse(value, self._name(key))

    def wrong(self, key: str, fact: str, hint: str) -> InvalidValue:
        return InvalidValue(f"{self._name(key)}: {fact}", hint)

    def _name(self, key: str) -> str:
        return f"{self._source}, {self._where}{key[:40]}"


_KINDS: Mapping[type, str] = {
    str: "text (in quotes)",
    int: "a whole number",
    list: "a list",
    dict: "a table",
    date: "a day (2026-11-21, without quotes)",
}
