"""A person's name in one column: `Last, First`, or `First Last` where that is said."""

import re
from typing import Literal, NamedTuple

from carepass_cli.errors import InvalidValue

NameOrder = Literal["last-first", "first-last"]
_BRACKETS = re.compile(r"\s*\([\w# .-]*\)\s*$")


class Name(NamedTuple):
    """Both names of a person."""

    first: str
    last: str


def split_name(text: str, order: NameOrder) -> Name:
    """Both names. A comma always stands after the last name; without one, `first-last` takes two words.
    Brackets after the name (a number, as Workday has it) are no part of it.

    Raises InvalidValue for what could be split in more than one way: nobody is renamed by a guess.
    """
    name = _BRACKETS.sub("", text)
    last, comma, first = (part.strip() for part in name.partition(","))
    if comma and first and last and "," not in first:
        return Name(first, last)
    words = name.split()
    if not comma and order == "first-last" and len(words) == 2:
        return Name(*words)
    said = f"name '{text[:60]}'"
    if not comma and order == "last-first":
        raise InvalidValue(
            f"{said} has no comma between last and first name.",
            "Write it as 'Last, First'; if the column has 'First Last', add --name-order first-last.",
        )
    raise InvalidValue(
        f"{said} does not say which words are the last name.",
        f"Write it as 'Last, First', or say it once: --value 'name:{name[:60]}=LAST, FIRST'.",
    )
