"""What is under way for many people and courses at once."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.standing import step
from carepass_cli.store.queries.asof import not_yet
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.line import Line

# Up to so many people are named in a query; of more, all lines are read.
NAMED = 500

_CARTS = f"SELECT account_id, course_id FROM cart_line WHERE added_on <= :today AND {not_yet('closed_on')}"
_EQUAL = "SELECT course_id, other_id FROM course_equivalence WHERE from_on <= :today"


class _InCart(NamedTuple):
    account_id: int
    course_id: int


class _Equal(NamedTuple):
    course_id: int
    other_id: int


def steps_of(
    reader: Reader, today: date, completed: Mapping[tuple[int, int], date | None]
) -> dict[tuple[int, int], str | None]:
    """The step of each (account, course), as `Person.step` gives it; `completed` says when the completion
    that counts was."""
    if not completed:
        return {}
    equal, carts = defaultdict[int, set[int]](set), set(reader.select(_InCart, _CARTS, today=today))
    for each in reader.select(_Equal, _EQUAL, today=today):
        equal[each.course_id].add(each.other_id)
    people = {account_id for account_id, _ in completed}
    lines: dict[tuple[int, int], Line] = {}
    for line in list_lines(reader, today, account_id=people if len(people) <= NAMED else None):
        for course_id in {line.course_id, *equal[line.course_id]}:
            lines[line.account_id, course_id] = line
    found: dict[tuple[int, int], str | None] = {}
    for (account_id, course_id), completed_on in completed.items():
        in_cart = any((account_id, one) in carts for one in {course_id, *equal[course_id]})
        latest = lines.get((account_id, course_id))
        found[account_id, course_id] = step(in_cart, latest.tried if latest else None, completed_on)
    return found
