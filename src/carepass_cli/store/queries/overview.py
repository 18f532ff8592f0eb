"""How things stand at each home: the figures of `status` and `check`. Other commands list what is counted."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.compliance import percent
from carepass_cli.store.queries.asof import confirmed, not_yet, on_leave, seen, waived
from carepass_cli.store.queries.deadlines import list_retakes
from carepass_cli.store.queries.gaps import count_gaps
from carepass_cli.store.queries.homes import list_homes
from carepass_cli.store.queries.lines import list_lines
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.reader import Reader

KEYS = (
    "home",
    "name",
    "staff",
    "percent",
    "overdue",
    "expired",
    "expiring",
    "to_decide",
    "awaiting_access",
    "late_access",
    "in_progress",
    "lapsed",
    "pending",
    "queued",
)


class Overview(NamedTuple):
    """One home, in the order of KEYS. `percent`: of the pairs of a person and a course that is required and
    not waived, how many are valid or expiring; None of none."""

    home: str
    name: str
    staff: int
    percent: float | None
    overdue: int
    expired: int
    expiring: int
    to_decide: int
    awaiting_access: int
    late_access: int
    in_progress: int
    lapsed: int
    pending: int
    queued: int


class _Count(NamedTuple):
    home: str
    amount: int


# Roles that a person holds at the home, begun by the day; people on leave are left out.
_HELD = f"""
    FROM home h JOIN role r ON r.home_id = h.id
    JOIN assignment s ON s.role_id = r.id AND {confirmed("s")} AND s.start_on <= :today
    AND NOT {on_leave("s")} {{narrowed}}
"""

_STAFF = f"SELECT h.code AS home, COUNT(DISTINCT s.account_id) AS amount {_HELD} GROUP BY h.code"

# A role's pairs are its people by its requirements ...
_PAIRS = f"""
    SELECT p.code AS home, SUM(p.people * (
        SELECT COUNT(*) FROM requirement q
        WHERE q.role_id = p.role_id AND {seen("q")} AND q.required_from <= :today
    )) AS amount
    FROM (SELECT h.code, s.role_id, COUNT(*) AS people {_HELD} GROUP BY h.code, s.role_id) p GROUP BY p.code
"""

_ASKED = f"""
    {_HELD}
    JOIN requirement q ON q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
"""

# ... without those that a person's second role asks for again (few people have one) ...
_TWICE = f"""
    SELECT x.code AS home, SUM(x.times - 1) AS amount FROM (
        SELECT h.code, s.account_id, q.course_id, COUNT(*) AS times {_ASKED}
        WHERE s.account_id IN (SELECT s.account_id {_HELD} GROUP BY s.account_id HAVING COUNT(*) > 1)
        GROUP BY h.code, s.account_id, q.course_id HAVING COUNT(*) > 1
    ) x GROUP BY x.code
"""

# ... and those that are waived.
_WAIVED = f"""
    SELECT x.code AS home, COUNT(*) AS amount FROM (
        SELECT DISTINCT h.code, s.account_id, q.course_id {_ASKED}
        WHERE s.account_id IN (SELECT account_id FROM waiver) AND {waived("s", "q")}
    ) x GROUP BY x.code
"""

_PENDING = f"""
    SELECT h.code AS home, COUNT(*) AS amount FROM home h JOIN role r ON r.home_id = h.id
    JOIN assignment s ON s.role_id = r.id AND {seen("s")} {{narrowed}}
    WHERE {not_yet("s.confirmed_on")} AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")}
    GROUP BY h.code
"""

_QUEUED = f"""
    SELECT h.code AS home, COUNT(*) AS amount FROM message m JOIN home h ON h.id = m.home_id {{narrowed}}
    WHERE m.queued_on <= :today AND {not_yet("m.sent_on")} AND {not_yet("m.cancelled_on")} GROUP BY h.code
"""


def list_overview(reader: Reader, today: date, home: Named = None) -> list[Overview]:
    """Every home, or the named ones, by code."""
    narrowed, params = any_of({"h.code": home})

    def count(sql: str) -> Counter[str]:
        found = reader.select(_Count, sql.format(narrowed=narrowed), today=today, **params)
        return Counter({each.home: int(each.amount) for each in found})

    staff, pending, queued = count(_STAFF), count(_PENDING), count(_QUEUED)
    required = count(_PAIRS)
    required.subtract(count(_TWICE))
    required.subtract(count(_WAIVED))
    gaps = count_gaps(reader, today, home)
    lines = _count_lines(reader, today, home)
    lapsed = Counter(line.home for line in list_retakes(reader, today, home=home))
    chosen = several(home)
    rows = []
    for each in list_homes(reader, today):
        if chosen and each.code not in chosen:
            continue
        stands, under_way = gaps.get(each.code, Counter()), lines.get(each.code, Counter())
        lacking = stands["overdue"] + stands["expired"] + stands["not-started"]
        rows.append(
            Overview(
                each.code,
                each.name,
                staff[each.code],
                percent(required[each.code] - lacking, required[each.code]),
                stands["overdue"],
                stands["expired"],
                stands["expiring"],
                under_way["submitted"],
                under_way["approved"],
                under_way["late"],
                under_way["in-progress"],
                lapsed[each.code],
                pending[each.code],
                queued[each.code],
            )
        )
    return rows


def totals(rows: Sequence[Overview], keys: Iterable[str]) -> dict[str, int]:
    """The sums of figures over homes."""
    return {key: sum(getattr(row, key) for row in rows) for key in keys}


def _count_lines(reader: Reader, today: date, home: Named) -> dict[str, Counter[str]]:
    """By home: lines that wait for a decision, for access, too long for it, and those under way."""
    counts: dict[str, Counter[str]] = {}
    for line in list_lines(reader, today, home=home, decision=("submitted", "approved"), unfinished=True):
        of_home = counts.setdefault(line.home, Counter())
        of_home[line.status or line.decision] += 1
        of_home["late"] += line.late
    return counts
