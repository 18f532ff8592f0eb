"""Who is this: matching what an employer gives about a person with the account.

Portal ID (or e-mail), birthdate and last name are the three facts the portal asks for. The answer is
yes or no; it never says which part was wrong, so that nobody can probe a birthdate.
"""

import re
from datetime import date
from typing import NamedTuple, Protocol

from carepass_cli.rules.fields import folded


class Known(Protocol):
    """What an account knows of a person."""

    @property
    def last_name(self) -> str: ...
    @property
    def first_name(self) -> str: ...
    @property
    def birthdate(self) -> date | None: ...


class Given(NamedTuple):
    """What was given about a person; None was not given."""

    last_name: str | None = None
    first_name: str | None = None
    birthdate: date | None = None

    @property
    def enough(self) -> bool:
        """Birthdate or last name must be given, unless the caller goes on unverified."""
        return self.birthdate is not None or self.last_name is not None


def matches(person: Known, given: Given) -> bool:
    """Whether everything given is true of the person. Names match without accents, case and punctuation."""
    return (
        (given.birthdate is None or given.birthdate == person.birthdate)
        and (given.last_name is None or same_name(given.last_name, person.last_name))
        and (given.first_name is None or same_name(given.first_name, person.first_name))
    )


def same_name(one: str, other: str) -> bool:
    """`O'Brien` is `OBRIEN`, `Hélène` is `Helene`, `Saint-Jean` is `Saint Jean`."""
    return one == other or _letters(one) == _letters(other)


def _letters(name: str) -> str:
    # Spaces, hyphens and apostrophes are typed in every way there is; a name of nothing else stays.
    return re.sub(r"[\s'’\u2018`.\-\u2010-\u2015]+", "", folded(name)) or folded(name)
