"""Who holds which role, as of a day."""

from collections.abc import Collection, Iterator
from datetime import date
from operator import attrgetter

from carepass_cli.rules.span import parse_span
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import confirmed, seen
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.queries.tokens import last_days
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns.assignment import ASSIGNMENT, KEYS, Assignment

# What a role that waits has besides.
PENDING_KEYS = (*KEYS, "pending_days", "token_expires_on")


_ASSIGNMENT = f"""
    SELECT {ASSIGNMENT}
    FROM assignment s
    JOIN account a ON a.id = s.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN role r ON r.id = s.role_id
    JOIN home h ON h.id = r.home_id
    WHERE {seen("s")}
"""


def list_assignments(
    reader: Reader,
    today: date,
    *,
    home: Named = None,
    role: Named = None,
    account_id: Named = None,
    role_id: int | None = None,
    status: Named = None,
) -> Iterator[Assignment]:
    """Assignments by home, role and name; those of the homes, roles, accounts or statuses that are named."""
    columns = {"h.code": home, "r.code": role, "s.account_id": account_id, "s.role_id": role_id}
    narrowed, params = any_of(columns)
    statuses = several(status)
    order = " ORDER BY h.code, r.code, v.folded, a.portal_id, s.assigned_on, s.id"
    for found in reader.select(Assignment, _ASSIGNMENT + narrowed + order, today=today, **params):
        if not statuses or found.status in statuses:
            yield found


def count_holders(reader: Reader, today: date, role_ids: Collection[int]) -> int:
    """How many people hold one of these roles, confirmed."""
    sql = f"""
        SELECT COUNT(DISTINCT s.account_id) FROM assignment s
        WHERE {confirmed("s")}
        AND s.role_id IN (SELECT number FROM {reader.listed("roles", number="INTEGER")} x)
    """
    return int(next(reader.values(sql, roles=json_array(role_ids), today=today)))


def confirmed_versions(reader: Reader, held: Assignment) -> list[int]:
    """The keys of all rows of a confirmed assignment that has not ended: it may end before the day on which
    its start was changed."""
    sql = """
        SELECT id FROM assignment WHERE account_id = :account_id AND role_id = :role_id
        AND confirmed_on = :confirmed_on AND ended_on IS NULL
    """
    known = {"account_id": held.account_id, "role_id": held.role_id, "confirmed_on": held.confirmed_on}
    return list(reader.values(sql, **known))


def live_assignment(reader: Reader, today: date, account_id: int, role_id: int) -> Assignment | None:
    """The pending or confirmed assignment of this account to this role."""
    held = list_assignments(reader, today, account_id=account_id, role_id=role_id)
    return next((each for each in held if each.status in ("pending", "confirmed")), None)


def list_pending(
    reader: Reader,
    today: date,
    *,
    home: Named = None,
    role: Named = None,
    account_id: Named = None,
    older_than: str | None = None,
) -> list[tuple[object, ...]]:
    """Pending assignments under PENDING_KEYS, those that have waited longest first; those that have
    waited longer than the span `older_than`, where given."""
    latest = parse_span(older_than).before(today) if older_than else today
    pending = list_assignments(reader, today, home=home, role=role, account_id=account_id, status="pending")
    found = [each for each in pending if each.assigned_on < latest or not older_than]
    found.sort(key=attrgetter("assigned_on"))
    until = last_days(reader, today) if found else {}
    return [
        (
            *each.shown().values(),
            (today - each.assigned_on).days,
            until.get((each.account_id, each.role_id)),
        )
        for each in found
    ]
