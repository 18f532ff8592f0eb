"""What passports are made of and checked against, as of a day."""

from datetime import date
from typing import NamedTuple

from carepass_cli.badges.port import Award
from carepass_cli.store.queries.asof import by_today, not_yet, seen
from carepass_cli.store.reader import Reader

ISSUER_KEYS = ("did", "name", "trusted_on", "home")


class HomeKey(NamedTuple):
    """A home's signing key, its public half. `retired_on` is None while it signs what is new."""

    home: str
    did: str
    created_on: str
    retired_on: str | None
    id: int


class Place(NamedTuple):
    """A home where a person holds, or held, a confirmed role."""

    home: str
    current: bool


def home_keys(reader: Reader, today: str, home: str | None = None) -> list[HomeKey]:
    """The keys of a home (of all homes), the newest first."""
    sql = f"""
        SELECT h.code, k.did, k.created_on, {by_today("k.retired_on")}, k.id
        FROM home_key k JOIN home h ON h.id = k.home_id
        WHERE k.created_on <= :today {"AND h.code = :home" if home else ""} ORDER BY h.code, k.id DESC
    """
    params = {"today": today} | ({"home": home} if home else {})
    return [HomeKey(*row) for row in reader.rows(sql, **params)]


def trusted_issuers(reader: Reader, today: str) -> list[tuple[str, str, str, str | None]]:
    """The issuers whose passports are taken, in the order of ISSUER_KEYS: those that were named, and the
    homes of this store (`home` is then the home's code)."""
    named = f"SELECT t.did, t.name, t.from_on FROM trusted_issuer t WHERE {seen('t')} ORDER BY t.name, t.did"
    own = f"""
        SELECT k.did, v.name, k.created_on, h.code FROM home_key k JOIN home h ON h.id = k.home_id
        JOIN home_version v ON v.home_id = h.id AND {seen("v")} WHERE k.created_on <= :today
        ORDER BY h.code, k.id
    """
    return [
        *((did, name, on, None) for did, name, on in reader.rows(named, today=today)),
        *((did, name, on, code) for did, name, on, code in reader.rows(own, today=today)),
    ]


def revoked_records(reader: Reader, today: str) -> list[int]:
    """The completions that no passport vouches for any more: revoked, or void."""
    sql = """
        SELECT completion_id FROM revocation WHERE revoked_on <= :today
        UNION SELECT id FROM completion WHERE voided_on <= :today
    """
    # In no order of its own, which SQLite would get by reading all completions.
    return sorted(record for (record,) in reader.rows(sql, today=today))


def places(reader: Reader, today: str, account_id: int) -> list[Place]:
    """The homes where a person has or had a confirmed role, by code."""
    sql = f"""
        SELECT h.code, MAX(CASE WHEN {not_yet("s.ended_on")} THEN 1 ELSE 0 END)
        FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
        WHERE s.account_id = :account_id AND {seen("s")} AND s.confirmed_on <= :today
        GROUP BY h.code ORDER BY h.code
    """
    rows = reader.rows(sql, account_id=account_id, today=today)
    return [Place(home, bool(current)) for home, current in rows]


def awards(reader: Reader, today: str, account_id: int) -> list[Award]:
    """A person's valid completions that are not revoked, by course and day."""
    sql = f"""
        SELECT k.id, c.code, v.title, COALESCE(k.provider, v.provider), v.minutes, v.language,
               k.completed_on, k.expires_on
        FROM completion k
        JOIN course c ON c.id = k.course_id
        JOIN course_version v ON v.course_id = c.id AND {seen("v")}
        LEFT JOIN revocation x ON x.completion_id = k.id AND x.revoked_on <= :today
        WHERE k.account_id = :account_id AND k.completed_on <= :today AND {not_yet("k.voided_on")}
        AND (k.expires_on IS NULL OR k.expires_on >= :today) AND x.completion_id IS NULL
        ORDER BY c.code, k.completed_on, k.id
    """
    return [
        Award._make((*head, date.fromisoformat(done), date.fromisoformat(last) if last else None))
        for *head, done, last in reader.rows(sql, account_id=account_id, today=today)
    ]
