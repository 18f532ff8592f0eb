"""What runs out or has run out, for people whose confirmed role requires it."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.span import Span, parse_span
from carepass_cli.rules.standing import days_left, validity
from carepass_cli.store.queries.asof import confirmed, not_yet, seen
from carepass_cli.store.reader import Reader

KEYS = (
    "home",
    "role",
    "portal_id",
    "last_name",
    "first_name",
    "email",
    "code",
    "title",
    "completed_on",
    "expires_on",
    "days_left",
    "status",
)


class Expiring(NamedTuple):
    """A record that ends soon or has ended: first its keys in the order of KEYS."""

    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    email: str
    code: str
    title: str
    completed_on: str
    expires_on: str
    days_left: int
    status: str
    record: int
    account_id: int
    home_id: int
    language: str


# `held` names the completion that counts, as `rules.standing.best` chooses it: the one that lasts
# longest, of those the newest. A property test holds the two together.
_EXPIRING = f"""
    WITH demand AS (
        SELECT s.account_id, r.id AS role_id, r.home_id, q.course_id
        FROM role r
        JOIN assignment s ON s.role_id = r.id AND {confirmed("s")}
        JOIN requirement q ON q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
        WHERE 1 = 1 {{narrowed}}
    ), held AS (
        SELECT d.*, (
            SELECT k.id FROM course_equivalence e
            JOIN completion k ON k.account_id = d.account_id AND k.course_id = e.other_id
            WHERE e.course_id = d.course_id AND e.from_on <= :today
            AND k.completed_on <= :today AND {not_yet("k.voided_on")}
            ORDER BY COALESCE(k.expires_on, '9999-12-31') DESC, k.completed_on DESC, k.id DESC LIMIT 1
        ) AS completion_id
        FROM demand d
    )
    SELECT h.code, r.code, a.portal_id, v.last_name, v.first_name, v.email, c.code, cv.title,
           k.completed_on, k.expires_on, hv.expiring_within, k.id, d.account_id, d.home_id, v.language
    FROM held d
    JOIN completion k ON k.id = d.completion_id AND k.expires_on <= :latest
    JOIN account a ON a.id = d.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN role r ON r.id = d.role_id
    JOIN home h ON h.id = d.home_id
    JOIN home_version hv ON hv.home_id = h.id AND {seen("hv")}
    JOIN course c ON c.id = d.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    WHERE NOT EXISTS (
        SELECT 1 FROM waiver w WHERE w.account_id = d.account_id AND w.course_id = d.course_id
        AND w.waived_on <= :today AND (w.waived_until IS NULL OR w.waived_until >= :today)
    )
    ORDER BY k.expires_on, h.code, v.folded, c.code, r.code, a.portal_id
"""


def list_expiring(
    reader: Reader,
    today: str,
    *,
    within: Span | None = None,
    by: str | None = None,
    home: str | None = None,
    role: str | None = None,
    expiring: bool = True,
    expired: bool = True,
) -> Iterator[Expiring]:
    """Records that are expiring or expired, by expiry, home, name and course.

    `within` (or `by`, a last day, inclusive) takes the place of each home's own `expiring_within`;
    `expiring` and `expired` choose between those that still hold and those that hold no more.
    """
    day = date.fromisoformat(today)
    narrowed, params = "", {}
    if home:
        narrowed += " AND r.home_id = (SELECT id FROM home WHERE code = :home)"
        params["home"] = home
    if role:
        narrowed += " AND r.code = :role"
        params["role"] = role
    latest = by or (within or _longest_span(reader, today)).after(day).isoformat()
    spans: dict[str, Span] = {}
    for row in reader.rows(_EXPIRING.format(narrowed=narrowed), today=today, latest=latest, **params):
        told, own_span, keys = row[:10], row[10], row[11:]
        last = date.fromisoformat(told[9])
        if by:
            status = "expired" if last < day else "expiring"
        else:
            span = within or spans.setdefault(own_span, parse_span(own_span))
            status = validity(last, span, day)
        if (status == "expiring" and expiring) or (status == "expired" and expired):
            yield Expiring._make((*told, days_left(last, day), status, *keys))


def _longest_span(reader: Reader, today: str) -> Span:
    """The span that reaches furthest of all homes: the report looks no further ahead."""
    day = date.fromisoformat(today)
    sql = f"SELECT DISTINCT v.expiring_within FROM home_version v WHERE {seen('v')}"
    spans = [parse_span(text) for (text,) in reader.rows(sql, today=today)]
    return max(spans, key=lambda span: span.after(day), default=Span(0, "d"))
