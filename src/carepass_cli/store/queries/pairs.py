"""What is required of whom, as pairs for `rules.forecast` and `rules.summary`: of some homes, or of all."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.forecast import NEVER, Course, Pair
from carepass_cli.rules.span import Span
from carepass_cli.rules.standing import Demand, due_date, due_span
from carepass_cli.rules.summary import Names, Post
from carepass_cli.store.queries.absences import Absences
from carepass_cli.store.queries.asof import confirmed, expiry_of, not_yet, on_leave, seen, waived
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader


class _Asked(NamedTuple):
    """A course that a role requires."""

    role_id: int
    course_id: int
    home: str
    role: str
    code: str
    employer_pays: bool
    required_from: date
    due: str


class _Excused(NamedTuple):
    account_id: int
    course_id: int


class _Ends(NamedTuple):
    """The last day of what a person holds for what a role requires; None where nothing is held."""

    account_id: int
    role_id: int
    course_id: int
    start_on: date
    ends_on: date | None


class _Course(NamedTuple):
    code: str
    title: str
    minutes: int
    price_cents: int | None


class _Named(NamedTuple):
    home: str
    name: str
    role: str | None
    role_name: str | None


_ASKED = f"""
    SELECT q.role_id, q.course_id, h.code AS home, r.code AS role, c.code, q.employer_pays,
           q.required_from, q.due
    FROM requirement q
    JOIN role r ON r.id = q.role_id
    JOIN home h ON h.id = r.home_id
    JOIN course c ON c.id = q.course_id
    WHERE {seen("q")} AND q.required_from <= :today {{narrowed}}
"""

# Who has begun to work in which role.
_BEGUN = f"""
    SELECT s.account_id AS account, h.code AS home, r.code AS role
    FROM assignment s
    JOIN role r ON r.id = s.role_id
    JOIN home h ON h.id = r.home_id
    WHERE {confirmed("s")} AND s.start_on <= :today AND NOT {on_leave("s")} {{narrowed}}
"""

# Few people are excused from anything: they are looked up once.
_EXCUSED = f"""
    SELECT DISTINCT x.account_id, x.course_id FROM waiver x WHERE {waived("x", "x")}
"""

# Completions of one course by one person lie side by side in the index; few courses have others equated.
_OF_ONE = f"""
    FROM completion l
    WHERE l.account_id = s.account_id AND l.course_id = asked.course_id
    AND l.completed_on <= :today AND {not_yet("l.voided_on")}
"""
_OF_EQUALS = f"""
    FROM course_equivalence e CROSS JOIN completion l
    WHERE e.course_id = asked.course_id AND e.from_on <= :today
    AND l.account_id = s.account_id AND l.course_id = e.other_id
    AND l.completed_on <= :today AND {not_yet("l.voided_on")}
"""
# The last day is that of the completion that counts, as `rules.standing.best` chooses it.
_ENDS = f"""
    WITH asked AS MATERIALIZED (
        SELECT q.role_id, q.course_id, (
            SELECT COUNT(*) FROM course_equivalence e WHERE e.course_id = q.course_id AND e.from_on <= :today
        ) AS equals
        FROM home h
        CROSS JOIN role r
        CROSS JOIN requirement q
        WHERE r.home_id = h.id AND q.role_id = r.id AND {seen("q")} AND q.required_from <= :today {{narrowed}}
    )
    SELECT s.account_id, asked.role_id, asked.course_id, s.start_on,
           CASE WHEN asked.equals = 1
           THEN (SELECT MAX(COALESCE({{l_expires_on}}, '{NEVER}')) {_OF_ONE})
           ELSE (SELECT MAX(COALESCE({{l_expires_on}}, '{NEVER}')) {_OF_EQUALS}) END AS ends_on
    FROM role r
    CROSS JOIN assignment s
    CROSS JOIN asked
    WHERE s.role_id = r.id AND {confirmed("s")} AND NOT {on_leave("s")} AND asked.role_id = r.id {{only}}
    ORDER BY s.account_id
"""
_NOT_HELD = f"""
    AND NOT CASE WHEN asked.equals = 1
    THEN EXISTS (SELECT 1 {_OF_ONE} AND COALESCE({{l_expires_on}}, '{NEVER}') >= :today)
    ELSE EXISTS (SELECT 1 {_OF_EQUALS} AND COALESCE({{l_expires_on}}, '{NEVER}') >= :today) END
"""


def list_pairs(reader: Reader, today: date, home: Named = None, *, missing: bool = False) -> Iterator[Pair]:
    """Each course that a role, begun or not, requires of a person, by person; waived courses left out. `home`
    narrows it; `missing` leaves out what is held."""
    asked = _asked(reader, today, home)
    excused = set(reader.select(_Excused, _EXCUSED, today=today))
    narrowed, params = any_of({"h.code": home})
    ends = {"l_expires_on": expiry_of(reader, today, "l")}
    only = _NOT_HELD.format(**ends) if missing else ""
    sql = _ENDS.format(narrowed=narrowed, only=only, **ends)
    absences = Absences(reader, today)
    for each in reader.select(_Ends, sql, today=today, **params):
        account, course_id = each.account_id, each.course_id
        if excused and (account, course_id) in excused:
            continue
        one = asked[each.role_id, course_id]
        begun, overdue = each.start_on <= today, False
        if each.ends_on is None:
            back_on = absences.back_on(account, course_id)
            overdue = begun and _due_on(one, each.start_on, back_on) < today
        yield Pair(account, one.home, one.role, one.code, one.employer_pays, each.ends_on, overdue, begun)


def _asked(reader: Reader, today: date, home: Named) -> dict[tuple[int, int], _Asked]:
    """What roles require, by role and course."""
    narrowed, params = any_of({"h.code": home})
    found = reader.select(_Asked, _ASKED.format(narrowed=narrowed), today=today, **params)
    return {(each.role_id, each.course_id): each for each in found}


def _due_on(asked: _Asked, start_on: date, back_on: date | None) -> date:
    demand = Demand(
        asked.required_from,
        due_span(asked.due),
        Span(0, "d"),  # of no matter where nothing is held
        start_on,
        back_on=back_on,
    )
    return due_date(demand) or date.max


def list_obliged(reader: Reader, today: date, home: Named = None) -> dict[int, dict[str, frozenset[str]]]:
    """What the begun pairs of `list_pairs` are about: by person, the codes required at each home."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    keys = {}
    for each in _asked(reader, today, home).values():
        codes[each.home, each.role].add(each.code)
        keys[each.course_id] = each.code
    asked = {place: frozenset(each) for place, each in codes.items()}
    excused: dict[int, set[str]] = defaultdict(set)
    for pair in reader.select(_Excused, _EXCUSED, today=today):
        excused[pair.account_id].add(keys.get(pair.course_id, ""))
    found: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    for post in list_posts(reader, today, home):
        of_person, mine = found[post.account], asked.get((post.home, post.role), frozenset())
        if post.account in excused:
            mine -= excused[post.account]
        known = of_person.get(post.home)
        of_person[post.home] = mine if known is None else known | mine
    return found


def list_posts(reader: Reader, today: date, home: Named = None) -> Iterator[Post]:
    """Who holds which role today, confirmed and begun."""
    narrowed, params = any_of({"h.code": home})
    return reader.select(Post, _BEGUN.format(narrowed=narrowed), today=today, **params)


def list_courses_ahead(reader: Reader, today: date) -> dict[str, Course]:
    """What each course takes, by code."""
    sql = f"""
        SELECT c.code, v.title, v.minutes, v.price_cents FROM course c
        JOIN course_version v ON v.course_id = c.id AND {seen("v")}
    """
    found = reader.select(_Course, sql, today=today)
    return {each.code: Course(each.title, each.minutes, each.price_cents or 0) for each in found}


def list_names(reader: Reader, today: date, home: Named = None) -> Names:
    """The names of homes, of their roles and of all courses."""
    narrowed, params = any_of({"h.code": home})
    sql = f"""
        SELECT h.code AS home, hv.name, r.code AS role, rv.name AS role_name
        FROM home h
        JOIN home_version hv ON hv.home_id = h.id AND {seen("hv")}
        LEFT JOIN role r ON r.home_id = h.id
        LEFT JOIN role_version rv ON rv.role_id = r.id AND {seen("rv")}
        WHERE 1 = 1 {narrowed}
    """
    rows = list(reader.select(_Named, sql, today=today, **params))
    return Names(
        {each.home: each.name for each in rows},
        {(each.home, each.role): each.role_name for each in rows if each.role and each.role_name is not None},
        list_courses_ahead(reader, today),
    )
