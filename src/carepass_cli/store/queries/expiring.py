"""What runs out or has run out, for people whose confirmed role requires it."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple, TypedDict, Unpack

from carepass_cli.rules.span import Span, parse_span
from carepass_cli.rules.standing import validity
from carepass_cli.store.queries.asof import confirmed, expiry_of, not_yet, on_leave, seen, waived
from carepass_cli.store.queries.narrowing import Named, any_of
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
    """A record that ends soon or has ended."""

    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    email: str
    code: str
    title: str
    completed_on: date
    expires_on: date
    days_left: int
    status: str
    record: int
    account_id: int
    home_id: int
    language: str


class _Facts(NamedTuple):
    """The same as the store has it."""

    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    email: str
    code: str
    title: str
    completed_on: date
    expires_on: date
    expiring_within: str
    record: int
    account_id: int
    home_id: int
    language: str


# What a record has before and after what follows from its last day.
_BEFORE = Expiring._fields[: Expiring._fields.index("days_left")]
_AFTER = Expiring._fields[Expiring._fields.index("status") + 1 :]

# From the home to its staff, what is asked of each, and what each holds: CROSS JOIN keeps SQLite to that
# order, in which a person's completions lie side by side. What roles ask is looked up once, not for each
# person. Whoever holds the course itself past the last day looked at (nearly all) is passed over by one look
# into the index, however many years of records there are. Of the others, `k` is the completion that counts,
# as `rules.standing.best` chooses it: the one that lasts longest, of those the newest. A property test holds
# the two together.
_EXPIRING = f"""
    WITH asked AS MATERIALIZED (
        SELECT q.role_id, q.course_id
        FROM home h
        CROSS JOIN role r
        CROSS JOIN requirement q
        WHERE r.home_id = h.id {{narrowed}}
        AND q.role_id = r.id AND {seen("q")} AND q.required_from <= :today
    )
    SELECT h.code AS home, r.code AS role, a.portal_id, v.last_name, v.first_name, v.email, c.code, cv.title,
           k.completed_on, {{k_expires_on}} AS expires_on, hv.expiring_within,
           k.id AS record, a.id AS account_id, h.id AS home_id, v.language
    FROM home h
    CROSS JOIN home_version hv
    CROSS JOIN role r
    CROSS JOIN assignment s
    CROSS JOIN account a
    CROSS JOIN account_version v
    CROSS JOIN asked
    CROSS JOIN completion k
    CROSS JOIN course c
    CROSS JOIN course_version cv
    WHERE hv.home_id = h.id AND {seen("hv")}
    AND r.home_id = h.id AND s.role_id = r.id AND {confirmed("s")} {{narrowed}} {{person}}
    AND a.id = s.account_id AND v.account_id = a.id AND {seen("v")}
    AND asked.role_id = r.id
    AND NOT EXISTS (
        SELECT 1 FROM completion l
        WHERE l.account_id = s.account_id AND l.course_id = asked.course_id AND {{l_expires_on}} > :latest
        AND l.completed_on <= :today AND {not_yet("l.voided_on")}
    )
    AND k.id = (
        SELECT l.id FROM course_equivalence e CROSS JOIN completion l
        WHERE e.course_id = asked.course_id AND e.from_on <= :today
        AND l.account_id = s.account_id AND l.course_id = e.other_id
        AND l.completed_on <= :today AND {not_yet("l.voided_on")}
        ORDER BY COALESCE({{l_expires_on}}, '9999-12-31') DESC, l.completed_on DESC, l.id DESC LIMIT 1
    ) AND {{k_expires_on}} <= :latest AND (s.start_on <= :today OR {{k_expires_on}} >= :today)
    AND NOT {waived("s", "asked")} AND NOT {on_leave("s")}
    AND c.id = asked.course_id AND cv.course_id = c.id AND {seen("cv")}
    ORDER BY expires_on, h.code, v.folded, c.code, r.code, a.portal_id
"""


class Wanted(TypedDict, total=False):
    """What to list. `within` (or `by`, a last day, inclusive) chooses rows in place of each home's own
    `expiring_within`, which alone decides their status; `expiring` and `expired` choose between those that
    still hold and those that hold no more."""

    within: Span | None
    by: date | None
    home: Named
    role: Named
    group: Named
    account: Named
    code: Named
    expiring: bool
    expired: bool


def list_expiring(reader: Reader, today: date, **wanted: Unpack[Wanted]) -> Iterator[Expiring]:
    """Records that are expiring or expired, by expiry, home, name and course. For a role that begins later
    nothing is expired yet."""
    chosen = wanted.get("within") or wanted.get("by")
    expiring, expired = wanted.get("expiring", True), wanted.get("expired", True)

    # Many rows end on the same day: each day is told once.
    @lru_cache(maxsize=4096)
    def told(last: date, own_span: str) -> tuple[int, str] | None:
        status = validity(last, parse_span(own_span), today)
        listed = expired if status == "expired" else expiring and (chosen or status == "expiring")
        return ((last - today).days, status) if listed else None

    narrowed, params = any_of({"h.code": wanted.get("home"), "r.code": wanted.get("role")})
    person, one = any_of({"s.account_id": wanted.get("account"), "c.code": wanted.get("code")})
    of_group, groups = any_of({"g.staff_group": wanted.get("group")})
    if of_group:
        person += (
            f" AND EXISTS (SELECT 1 FROM role_version g WHERE g.role_id = r.id AND {seen('g')} {of_group})"
        )
    latest = wanted.get("by") or (wanted.get("within") or longest_span(reader, today)).reach(today)
    ends = {f"{alias}_expires_on": expiry_of(reader, today, alias) for alias in ("k", "l")}
    before, after = attrgetter(*_BEFORE), attrgetter(*_AFTER)
    sql = _EXPIRING.format(narrowed=narrowed, person=person, **ends)
    for facts in reader.select(_Facts, sql, today=today, latest=latest, **params, **one, **groups):
        if end := told(facts.expires_on, facts.expiring_within):
            yield Expiring._make((*before(facts), *end, *after(facts)))


def longest_span(reader: Reader, today: date) -> Span:
    """The span that reaches furthest of all homes: the report looks no further ahead."""
    sql = f"SELECT DISTINCT v.expiring_within FROM home_version v WHERE {seen('v')}"
    spans = map(parse_span, reader.values(sql, today=today))
    return max(spans, key=lambda span: span.reach(today), default=Span(0, "d"))
