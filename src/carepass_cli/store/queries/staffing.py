"""Who holds or held which role at a home, and who is on leave: what a list of staff is compared with."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from carepass_cli.rules.staffing import Held
from carepass_cli.store.queries.asof import by_today, not_yet, seen
from carepass_cli.store.queries.many import Member
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import ACCOUNT


class _Held(NamedTuple):
    account_id: int
    role_id: int
    start_on: date
    confirmed_on: date | None
    ended_on: date | None
    declined_on: date | None


class _Role(NamedTuple):
    id: int
    code: str


def held_roles(reader: Reader, today: date, home_id: int) -> dict[int, list[Held]]:
    """By account, the roles at the home: of each the latest assignment that was not cancelled."""
    sql = f"""
        SELECT s.account_id, s.role_id, s.start_on, {by_today("s.confirmed_on")} AS confirmed_on,
               {by_today("s.ended_on")} AS ended_on, {by_today("s.declined_on")} AS declined_on
        FROM role r CROSS JOIN assignment s
        WHERE r.home_id = :home_id AND s.role_id = r.id AND {seen("s")} AND {not_yet("s.cancelled_on")}
        ORDER BY s.id
    """
    latest: dict[int, dict[int, Held]] = defaultdict(dict)
    for each in reader.select(_Held, sql, today=today, home_id=home_id):
        declined = each.declined_on is not None
        held = Held(each.role_id, each.start_on, each.confirmed_on, each.ended_on, declined)
        latest[each.account_id][each.role_id] = held
    return {account_id: list(roles.values()) for account_id, roles in latest.items()}


def role_codes(reader: Reader, home_id: int) -> dict[int, str]:
    """The codes of a home's roles, by key."""
    found = reader.select(_Role, "SELECT id, code FROM role WHERE home_id = :home_id", home_id=home_id)
    return {each.id: each.code for each in found}


def staff_of(reader: Reader, today: date, home_id: int) -> dict[int, Member]:
    """Those who hold a role at the home, pending or confirmed."""
    sql = f"""
        SELECT DISTINCT {ACCOUNT} FROM role r JOIN assignment s ON s.role_id = r.id AND {seen("s")}
        JOIN account a ON a.id = s.account_id
        JOIN account_version v ON v.account_id = a.id AND {seen("v")}
        WHERE r.home_id = :home_id AND {not_yet("s.declined_on")} AND {not_yet("s.cancelled_on")}
          AND {not_yet("s.ended_on")}
        ORDER BY v.last_name, v.first_name, a.portal_id
    """
    return {each.id: each for each in reader.select(Member, sql, today=today, home_id=home_id)}


def people_on_leave(reader: Reader, today: date) -> set[int]:
    """Who is on leave today, by account."""
    sql = f"""
        SELECT l.account_id FROM leave l
        WHERE l.from_on <= :today AND l.recorded_on <= :today
          AND (l.until_on IS NULL OR l.until_on >= :today)
          AND ({by_today("l.return_recorded_on")} IS NULL OR l.returned_on > :today)
    """
    return set(reader.values(sql, today=today))
