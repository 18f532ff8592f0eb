"""Names for codes: what files call homes, roles and courses."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from carepass_cli.errors import InvalidValue
from carepass_cli.rules.fields import folded
from carepass_cli.store.queries.naming import course_names, home_names, role_names
from carepass_cli.store.reader import Reader


class _Table:
    """The codes of one kind of thing, and the names that stand for them."""

    def __init__(self, what: str, named: Iterable[tuple[str, str]]) -> None:
        self._what = what
        self._codes: set[str] = set()
        self._by_name: dict[str, set[str]] = {}
        for code, name in named:
            self._codes.add(code)
            self._by_name.setdefault(_plain(code), set()).add(code)
            self._by_name.setdefault(_plain(name), set()).add(code)

    def code(self, text: str) -> str:
        """The code that `text` is, or the one whose name it is; a text that is neither is given back.
        Raises InvalidValue where several things have the name."""
        if text in self._codes:
            return text
        codes = self._by_name.get(_plain(text), set())
        if len(codes) > 1:
            raise InvalidValue(
                f"'{text[:60]}' is the name of several: {', '.join(sorted(codes))}.",
                f"Write the code, or say it once: --value '{self._what}:{text[:60]}=CODE'.",
                code="ambiguous-name",
            )
        return next(iter(codes), text)


class Names:
    """What the homes, roles and courses of the store are called on a day."""

    def __init__(self, reader: Reader, today: date) -> None:
        self._reader, self._today = reader, today
        self._roles: dict[str, _Table] = {}

    def home(self, text: str) -> str:
        """The code of a home."""
        return self._homes.code(text)

    def role(self, home: str, text: str) -> str:
        """The code of a role at the home with this code."""
        if home not in self._roles:
            self._roles[home] = _Table("role", role_names(self._reader, self._today, home))
        return self._roles[home].code(text)

    def course(self, text: str) -> str:
        """The code of a course, by code, title or alias."""
        return self._courses.code(text)

    @cached_property
    def _homes(self) -> _Table:
        return _Table("home", home_names(self._reader, self._today))

    @cached_property
    def _courses(self) -> _Table:
        return _Table("code", course_names(self._reader, self._today))


def _plain(name: str) -> str:
    return " ".join(folded(name).split())
