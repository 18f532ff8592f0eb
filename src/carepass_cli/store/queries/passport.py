"""What passports are made of and checked against, as of a day."""

from datetime import date
from typing import NamedTuple

from carepass_cli.store.queries.asof import by_today, not_yet, seen
from carepass_cli.store.reader import Reader

ISSUER_KEYS = ("did", "name", "trusted_on", "home")


class HomeKey(NamedTuple):
    """A home's signing key, its public half. `retired_on` is None while it signs what is new."""

    home: str
    did: str
    created_on: date
    retired_on: date | None
    id: int


class Issuer(NamedTuple):
    """An issuer whose passports are taken, in the order of ISSUER_KEYS: one that was named, or a home of
    this store (`home` is its code)."""

    did: str
    name: str
    trusted_on: date
    home: str | None


class Place(NamedTuple):
    """A home where a person holds, or held, a confirmed role."""

    home: str
    is_current: bool


class Signable(NamedTuple):
    """A completion that a passport may carry. `made_at` is the instant (UTC) of the change that made it."""

    record: int
    made_at: str
    code: str
    title: str
    provider: str
    minutes: int
    language: str | None
    category: str
    completed_on: date
    expires_on: date | None


class Signed(NamedTuple):
    """A completion of which a passport says that a home signed it; `recorded_on` is the day that it was
    written down on."""

    record: int
    made_at: str
    code: str
    completed_on: date
    expires_on: date | None
    recorded_on: date


def home_keys(reader: Reader, today: date, home: str | None = None) -> list[HomeKey]:
    """The keys of a home (of all homes), the newest first."""
    sql = f"""
        SELECT h.code, k.did, k.created_on, {by_today("k.retired_on")}, k.id
        FROM home_key k JOIN home h ON h.id = k.home_id
        WHERE k.created_on <= :today {"AND h.code = :home" if home else ""} ORDER BY h.code, k.id DESC
    """
    params = {"today": today.isoformat()} | ({"home": home} if home else {})
    rows = reader.rows(sql, **params)
    return [HomeKey(at, did, _day(made), _day_or_none(end), key) for at, did, made, end, key in rows]


def list_issuers(reader: Reader, today: date) -> list[Issuer]:
    """The issuers whose passports are taken: those that were named, by name, and the homes, by code."""
    named = f"""
        SELECT t.did, t.name, t.from_on, NULL FROM trusted_issuer t WHERE {seen("t")} ORDER BY t.name, t.did
    """
    own = f"""
        SELECT k.did, v.name, k.created_on, h.code FROM home_key k JOIN home h ON h.id = k.home_id
        JOIN home_version v ON v.home_id = h.id AND {seen("v")} WHERE k.created_on <= :today
        ORDER BY h.code, k.id
    """
    found = [row for sql in (named, own) for row in reader.rows(sql, today=today.isoformat())]
    return [Issuer(did, name, _day(on), home) for did, name, on, home in found]


def list_revoked(reader: Reader, today: date) -> list[tuple[int, str]]:
    """What no passport vouches for any more, revoked or void: the record's number, and the instant (UTC) of
    the change that made it."""
    sql = """
        SELECT k.id, m.at FROM (
            SELECT completion_id AS id FROM revocation WHERE revoked_on <= :today
            UNION SELECT id FROM completion WHERE voided_on <= :today
        ) AS revoked
        CROSS JOIN completion k CROSS JOIN change m WHERE k.id = revoked.id AND m.id = k.change_id
    """
    return [(record, made_at) for record, made_at in reader.rows(sql, today=today.isoformat())]


def last_record(reader: Reader) -> int:
    """The highest number of a record; 0 where there is none."""
    ((record,),) = reader.rows("SELECT MAX(id) FROM completion")
    return record or 0


def list_places(reader: Reader, today: date, account_id: int) -> list[Place]:
    """The homes where a person has or had a confirmed role, by code."""
    sql = f"""
        SELECT h.code, MAX(CASE WHEN {not_yet("s.ended_on")} THEN 1 ELSE 0 END)
        FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
        WHERE s.account_id = :account_id AND {seen("s")} AND s.confirmed_on <= :today
        GROUP BY h.code ORDER BY h.code
    """
    rows = reader.rows(sql, account_id=account_id, today=today.isoformat())
    return [Place(home, bool(current)) for home, current in rows]


def list_signable(reader: Reader, today: date, account_id: int) -> list[Signable]:
    """A person's valid completions that are not revoked, by course and day."""
    sql = f"""
        SELECT k.id, m.at, c.code, v.title, COALESCE(k.provider, v.provider), v.minutes, v.language,
               v.category, k.completed_on, k.expires_on
        FROM completion k
        JOIN change m ON m.id = k.change_id
        JOIN course c ON c.id = k.course_id
        JOIN course_version v ON v.course_id = c.id AND {seen("v")}
        LEFT JOIN revocation x ON x.completion_id = k.id AND x.revoked_on <= :today
        WHERE k.account_id = :account_id AND k.completed_on <= :today AND {not_yet("k.voided_on")}
        AND (k.expires_on IS NULL OR k.expires_on >= :today) AND x.completion_id IS NULL
        ORDER BY c.code, k.completed_on, k.id
    """
    return [
        Signable._make((*head, _day(done), _day_or_none(last)))
        for *head, done, last in reader.rows(sql, account_id=account_id, today=today.isoformat())
    ]


def find_signed(reader: Reader, today: date, record: int) -> Signed | None:
    """The completion with this number, void or not."""
    sql = """
        SELECT k.id, m.at, c.code, k.completed_on, k.expires_on, m.effective_on
        FROM completion k JOIN change m ON m.id = k.change_id JOIN course c ON c.id = k.course_id
        WHERE k.id = :record AND k.completed_on <= :today
    """
    for number, made_at, code, done, last, recorded in reader.rows(
        sql, record=record, today=today.isoformat()
    ):
        return Signed(number, made_at, code, _day(done), _day_or_none(last), _day(recorded))
    return None


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
