"""May these people work in these roles on these days, as far as is known today."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from typing import NamedTuple

from carepass_cli.rules.absence import Absence, absent, last_back
from carepass_cli.rules.clearance import Bar, bar, clearance, reasons
from carepass_cli.rules.span import BEFORE_START, Span
from carepass_cli.rules.standing import Demand, Held, due_span
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.absences import leaves, waivers
from carepass_cli.store.queries.asof import expiry_of, not_yet, seen
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class Clearance(NamedTuple):
    """One person, role and day, by its KEYS."""

    on: date
    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    clearance: str
    reasons: tuple[str, ...]


KEYS = Clearance._fields


class Shift(NamedTuple):
    """A line of a roster: who is to work in which role on which day."""

    account_id: int
    home: str
    role: str
    on: date
    portal_id: str
    last_name: str
    first_name: str


class _Pair(NamedTuple):
    """A role of a person and one course that it requires (none: one row without a code). `lasts_until` is the
    last day of the completion that counts: None without any, `date.max` where it is for good."""

    account_id: int
    home: str
    role: str
    portal_id: str
    last_name: str
    first_name: str
    start_on: date
    confirmed_on: date | None
    ended_on: date | None
    course_id: int | None
    code: str
    asked_on: date
    asked_until: date | None
    required_from: date
    due: str
    lasts_until: date | None


class _Asked(NamedTuple):
    """What a requirement has against somebody's working, on days from `first_on` on and before `until_on`
    (None: no end). `waived` are the days on which it is not asked; `demand` is kept where nothing is held and
    an absence may move its due day."""

    code: str
    first_on: date
    until_on: date | None
    against: Bar | None
    waived: Sequence[Absence]
    demand: Demand | None


@dataclass
class _Post:
    """A person in a role, and all that may keep them from working in it."""

    pair: _Pair
    leaves: Sequence[Absence]
    asked: list[_Asked] = field(default_factory=list)

    def judged(self, on: date) -> Clearance:
        pair = self.pair
        if pair.ended_on is not None and pair.ended_on <= on:
            found = _without_role(self.leaves, on)
        else:
            found = reasons(
                on,
                role_confirmed=pair.confirmed_on is not None,
                on_leave=absent(self.leaves, on),
                bars=self._bars(on),
            )
        names = (pair.portal_id, pair.last_name, pair.first_name)
        return Clearance(on, pair.home, pair.role, *names, clearance(found), found)

    def _bars(self, on: date) -> Iterator[tuple[str, Bar]]:
        for each in self.asked:
            if on < each.first_on or (each.until_on is not None and each.until_on <= on):
                continue
            against = each.against
            if each.waived and absent(each.waived, on):
                continue
            if each.demand is not None:
                back_on = last_back([*each.waived, *self.leaves], on)
                against = bar(replace(each.demand, back_on=back_on), None)
            if against is not None:
                yield each.code, against


# `:today` is the day up to which everything is known, `:first` and `:last` are the days to be judged, none of
# them before it. A requirement counts that was written by then, though its day lies ahead. Whoever holds the
# course itself through the last day (nearly all) is passed over by one look into the index.
_PAIRS = """
    WITH asked AS MATERIALIZED (
        SELECT q.role_id, q.course_id, c.code, q.from_on, q.until_on, q.required_from, q.due
        FROM requirement q
        JOIN change g ON g.id = q.change_id AND g.effective_on <= :today
        JOIN course c ON c.id = q.course_id
        WHERE q.from_on <= :last AND q.required_from <= :last AND (q.until_on IS NULL OR q.until_on > :first)
        {of_roles}
    )
    SELECT s.account_id, h.code AS home, r.code AS role, a.portal_id, v.last_name, v.first_name, s.start_on,
           CASE WHEN s.confirmed_on <= :today THEN s.confirmed_on END AS confirmed_on, s.ended_on,
           asked.course_id, COALESCE(asked.code, '') AS code, COALESCE(asked.from_on, s.start_on) AS asked_on,
           asked.until_on AS asked_until, COALESCE(asked.required_from, s.start_on) AS required_from,
           COALESCE(asked.due, '0d') AS due,
           (
               SELECT MAX(COALESCE({expires_on}, '9999-12-31'))
               FROM course_equivalence e CROSS JOIN completion k
               WHERE e.course_id = asked.course_id AND e.from_on <= :today
               AND k.account_id = s.account_id AND k.course_id = e.other_id
               AND k.completed_on <= :today AND {not_void}
           ) AS lasts_until
    FROM {source}
    CROSS JOIN account a
    CROSS JOIN account_version v
    LEFT JOIN asked ON asked.role_id = r.id AND NOT EXISTS (
        SELECT 1 FROM completion l
        WHERE l.account_id = s.account_id AND l.course_id = asked.course_id
        AND COALESCE({own_expires_on}, '9999-12-31') >= :last AND l.completed_on <= :today AND {own_not_void}
    )
    WHERE {joined} AND a.id = s.account_id AND v.account_id = a.id AND {version} AND {assigned}
    AND {not_declined} AND {not_cancelled} AND (s.ended_on IS NULL OR s.ended_on > :first) {narrowed}
    ORDER BY h.code, v.folded, a.portal_id, r.code, s.id, asked.code, asked.from_on
"""


# Of a store's requirements those that the roles looked at have.
_OF_ROLES = "AND q.role_id IN (SELECT r.id FROM home h CROSS JOIN role r WHERE r.home_id = h.id {narrowed})"


class _Source(NamedTuple):
    """Where posts come from, and how their tables hang together. CROSS JOIN keeps SQLite to that order."""

    tables: str
    joined: str


_BY_HOME = _Source(
    "home h CROSS JOIN role r CROSS JOIN assignment s", "r.home_id = h.id AND s.role_id = r.id"
)


def _by_account(reader: Reader) -> _Source:
    listed = reader.listed("accounts", account_id="INTEGER")
    return _Source(
        f"{listed} g CROSS JOIN assignment s CROSS JOIN role r CROSS JOIN home h",
        "s.account_id = g.account_id AND r.id = s.role_id AND h.id = r.home_id",
    )


def list_clearances(
    reader: Reader, today: date, on: date, *, home: Named = None, role: Named = None
) -> Iterator[Clearance]:
    """Everybody whose role is pending or confirmed on the day, by home, name and role."""
    narrowed, params = any_of({"h.code": home, "r.code": role})
    known = min(on, today)
    for post in _posts(reader, known, on, on, _BY_HOME, narrowed, params):
        yield post.judged(on)


def judge_roster(reader: Reader, today: date, roster: Sequence[Shift]) -> list[Clearance]:
    """The lines of a roster, in its order. A role that the person does not hold that day is not confirmed."""
    judged: dict[int, Clearance] = {}
    by_known: dict[date, list[int]] = {}
    for at, shift in enumerate(roster):
        by_known.setdefault(min(shift.on, today), []).append(at)
    for known, lines in by_known.items():
        _judge(reader, known, roster, lines, judged)
    return [judged[at] for at in range(len(roster))]


def _judge(
    reader: Reader, known: date, roster: Sequence[Shift], lines: Sequence[int], judged: dict[int, Clearance]
) -> None:
    days = [roster[at].on for at in lines]
    narrowed, params = any_of({"h.code": sorted({roster[at].home for at in lines})})
    params["accounts"] = json_array(sorted({roster[at].account_id for at in lines}))
    posts = {
        (post.pair.account_id, post.pair.home, post.pair.role): post
        for post in _posts(reader, known, min(days), max(days), _by_account(reader), narrowed, params)
    }
    away = leaves(reader, known)
    for at in lines:
        shift = roster[at]
        post = posts.get((shift.account_id, shift.home, shift.role))
        if post is not None:
            judged[at] = post.judged(shift.on)
            continue
        found = _without_role(away.get(shift.account_id, ()), shift.on)
        names = (shift.portal_id, shift.last_name, shift.first_name)
        judged[at] = Clearance(shift.on, shift.home, shift.role, *names, clearance(found), found)


def _without_role(away: Iterable[Absence], on: date) -> tuple[str, ...]:
    return reasons(on, role_confirmed=False, on_leave=absent(away, on), bars=())


def _posts(
    reader: Reader,
    known: date,
    first: date,
    last: date,
    source: _Source,
    narrowed: str,
    params: dict[str, object],
) -> Iterator[_Post]:
    """The posts of people, with what is asked of them on the days from `first` to `last`. Where somebody left
    a role and came back, the newer assignment comes last. `narrowed` is SQL of a home `h` and role `r`."""
    sql = _PAIRS.format(
        expires_on=expiry_of(reader, known, "k"),
        not_void=not_yet("k.voided_on"),
        own_expires_on=expiry_of(reader, known, "l"),
        own_not_void=not_yet("l.voided_on"),
        source=source.tables,
        joined=source.joined,
        version=seen("v"),
        assigned=seen("s"),
        not_declined=not_yet("s.declined_on"),
        not_cancelled=not_yet("s.cancelled_on"),
        narrowed=narrowed,
        of_roles=_OF_ROLES.format(narrowed=narrowed) if narrowed else "",
    )
    away, waived = leaves(reader, known), waivers(reader, last)
    pairs = reader.select(_Pair, sql, today=known, first=first, last=last, **params)
    for _, group in groupby(pairs, key=lambda pair: (pair.home, pair.account_id, pair.role, pair.start_on)):
        rows = list(group)
        post = _Post(rows[0], away.get(rows[0].account_id, ()))
        post.asked = [
            _asked(pair, waived.get((pair.account_id, pair.course_id), ()), post.leaves)
            for pair in rows
            if pair.course_id is not None
        ]
        yield post


def _asked(pair: _Pair, waived: Sequence[Absence], away: Sequence[Absence]) -> _Asked:
    demand = Demand(
        pair.required_from, due_span(pair.due), _NO_SPAN, pair.start_on, before_start=pair.due == BEFORE_START
    )
    lasts = pair.lasts_until
    held = None if lasts is None else Held(date.min, None if lasts == date.max else lasts)
    moves = held is None and bool(waived or away)
    first_on = max(pair.asked_on, pair.required_from)
    return _Asked(pair.code, first_on, pair.asked_until, bar(demand, held), waived, demand if moves else None)


# Whether something is expiring does not matter to a clearance.
_NO_SPAN = Span(0, "d")
