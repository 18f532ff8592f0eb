"""The training matrix of one home: staff down, courses across."""

from collections.abc import Iterator, Sequence
from datetime import date

from carepass_cli.store.queries.homes import list_roles
from carepass_cli.store.queries.narrowing import Named
from carepass_cli.store.queries.requirements import list_requirements
from carepass_cli.store.queries.standings import Required, joined, list_members
from carepass_cli.store.reader import Reader

PROBLEMS = ("overdue", "expired", "expiring")
# The columns before the courses.
KEYS = ("portal_id", "last_name", "first_name", "role")
NOTES = (
    "People with a confirmed role on that day. Several roles are one row: a course that more than one of them"
    " requires is due by the earliest of their dates.",
    "Equated courses satisfy each other; void records do not count.",
)


def matrix_columns(
    reader: Reader, today: date, home: Named, role: Named = None, group: Named = None
) -> list[tuple[str, str]]:
    """Codes and titles of all that the homes' roles (or some of them) require, by code."""
    roles = {each.id for each in list_roles(reader, today, home, group)}
    asked = list_requirements(reader, today, home=home, role=role)
    return sorted({(each.code, each.title) for each in asked if each.role_id in roles})


def list_matrix(
    reader: Reader,
    today: date,
    home: Named,
    codes: Sequence[str],
    role: Named = None,
    group: Named = None,
    *,
    problems: bool = False,
) -> Iterator[list[str | None]]:
    """One row a person with a confirmed role there, by name: KEYS, then a cell for each of `codes`; with
    `problems` only those for whom something is overdue, expired or expiring.

    Several roles are one row: their names joined, and what they require together.
    """
    for member in list_members(reader, today, home, role=role, group=group):
        if problems and not any(one.standing.status in PROBLEMS for one in member.required.values()):
            continue
        cells = [_cell(member.required.get(code)) for code in codes]
        yield [member.portal_id, member.last_name, member.first_name, joined(member.roles), *cells]


def _cell(one: Required | None) -> str | None:
    """Status and, where there is one, the expiry date; None where nothing is required."""
    if one is None:
        return None
    told = one.standing
    return f"{told.status} {told.expires_on}" if told.expires_on else told.status
