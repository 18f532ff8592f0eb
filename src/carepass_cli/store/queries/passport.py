"""What passports are made of and checked against, as of a day."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from carepass_cli.store.queries.asof import by_today, expiry_of, not_yet, seen
from carepass_cli.store.reader import Reader

ISSUER_KEYS = ("did", "name", "trusted_on", "home", "distrusted_from")


class HomeKey(NamedTuple):
    """A home's signing key, its public half. `retired_on` is None while it signs what is new."""

    home: str
    did: str
    created_on: date
    retired_on: date | None
    id: int


class Issuer(NamedTuple):
    """An issuer whose passports are taken, in the order of ISSUER_KEYS: one that was named, or a home of
    this store (`home` is its code). Nothing dated or signed from `distrusted_from` on is believed."""

    did: str
    name: str
    trusted_on: date
    home: str | None
    distrusted_from: date | None


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


class Revoked(NamedTuple):
    """What no passport vouches for any more, revoked or void: the record's number, and the instant (UTC) of
    the change that made it."""

    record: int
    made_at: str


class KeptList(NamedTuple):
    """The newest status list seen of an issuer: the instant (UTC, ISO text) that it names, and itself."""

    id: int
    did: str
    issued_at: str
    signed: str


def home_keys(reader: Reader, today: date, home: str | None = None) -> list[HomeKey]:
    """The keys of a home (of all homes), the newest first."""
    sql = f"""
        SELECT h.code AS home, k.did, k.created_on, {by_today("k.retired_on")} AS retired_on, k.id
        FROM home_key k JOIN home h ON h.id = k.home_id
        WHERE k.created_on <= :today {"AND h.code = :home" if home else ""} ORDER BY h.code, k.id DESC
    """
    return list(reader.select(HomeKey, sql, today=today, **({"home": home} if home else {})))


def later_key(reader: Reader, today: date, home: str) -> date | None:
    """From which later day on a home's newest key is one; None where there is no such key."""
    sql = """
        SELECT MAX(k.created_on) FROM home_key k JOIN home h ON h.id = k.home_id
        WHERE h.code = :home AND k.created_on > :today
    """
    (later,) = reader.values(sql, home=home, today=today)
    return date.fromisoformat(later) if later else None


def list_issuers(reader: Reader, today: date) -> list[Issuer]:
    """The issuers whose passports are taken: those that were named, by name, and the homes, by code."""
    named = f"""
        SELECT t.did, t.name, t.from_on AS trusted_on, NULL AS home, t.distrusted_from
        FROM trusted_issuer t WHERE {seen("t")} ORDER BY t.name, t.did
    """
    own = f"""
        SELECT k.did, v.name, k.created_on AS trusted_on, h.code AS home, NULL AS distrusted_from
        FROM home_key k JOIN home h ON h.id = k.home_id
        JOIN home_version v ON v.home_id = h.id AND {seen("v")} WHERE k.created_on <= :today
        ORDER BY h.code, k.id
    """
    return [*reader.select(Issuer, named, today=today), *reader.select(Issuer, own, today=today)]


def list_revoked(reader: Reader, today: date) -> list[Revoked]:
    """What no passport vouches for any more."""
    sql = """
        SELECT k.id AS record, m.at AS made_at FROM (
            SELECT completion_id AS id FROM revocation WHERE revoked_on <= :today
            UNION SELECT id FROM completion WHERE voided_on <= :today
        ) AS revoked
        CROSS JOIN completion k CROSS JOIN change m WHERE k.id = revoked.id AND m.id = k.change_id
    """
    return list(reader.select(Revoked, sql, today=today))


def list_made(reader: Reader, first: int, last: int) -> Iterator[Revoked]:
    """The completions with these numbers, both inclusive."""
    sql = """
        SELECT k.id AS record, m.at AS made_at FROM completion k JOIN change m ON m.id = k.change_id
        WHERE k.id BETWEEN :first AND :last ORDER BY k.id
    """
    return reader.select(Revoked, sql, first=first, last=last)


class _Revocation(NamedTuple):
    revoked_on: date


def revoked_on(reader: Reader, today: date, record: int) -> date | None:
    """The day from which a completion is vouched for no more."""
    sql = "SELECT revoked_on FROM revocation WHERE completion_id = :record AND revoked_on <= :today"
    found = next(reader.select(_Revocation, sql, record=record, today=today), None)
    return found.revoked_on if found else None


def open_trust(reader: Reader, did: str) -> int:
    """The key of the row by which an issuer elsewhere is trusted, which is there."""
    sql = "SELECT id FROM trusted_issuer WHERE did = :did AND until_on IS NULL"
    return int(next(reader.values(sql, did=did)))


def last_record(reader: Reader) -> int:
    """The highest number of a record; 0 where there is none."""
    (record,) = reader.values("SELECT MAX(id) FROM completion")
    return record or 0


def list_places(reader: Reader, today: date, account_id: int) -> list[Place]:
    """The homes where a person has or had a confirmed role, by code."""
    sql = f"""
        SELECT h.code AS home, MAX(CASE WHEN {not_yet("s.ended_on")} THEN 1 ELSE 0 END) AS is_current
        FROM assignment s JOIN role r ON r.id = s.role_id JOIN home h ON h.id = r.home_id
        WHERE s.account_id = :account_id AND {seen("s")} AND s.confirmed_on <= :today
        GROUP BY h.code ORDER BY h.code
    """
    return list(reader.select(Place, sql, account_id=account_id, today=today))


def list_signable(reader: Reader, today: date, account_id: int) -> list[Signable]:
    """A person's valid completions that are not revoked, by course and day."""
    expires_on = expiry_of(reader, today, "k")
    sql = f"""
        SELECT k.id AS record, m.at AS made_at, c.code, v.title,
               COALESCE(k.provider, v.provider) AS provider, v.minutes, v.language, v.category,
               k.completed_on, {expires_on} AS expires_on
        FROM completion k
        JOIN change m ON m.id = k.change_id
        JOIN course c ON c.id = k.course_id
        JOIN course_version v ON v.course_id = c.id AND {seen("v")}
        LEFT JOIN revocation x ON x.completion_id = k.id AND x.revoked_on <= :today
        WHERE k.account_id = :account_id AND k.completed_on <= :today AND {not_yet("k.voided_on")}
        AND ({expires_on} IS NULL OR {expires_on} >= :today) AND x.completion_id IS NULL
        ORDER BY c.code, k.completed_on, k.id
    """
    return list(reader.select(Signable, sql, account_id=account_id, today=today))


def find_signed(reader: Reader, today: date, record: int) -> Signed | None:
    """The completion with this number, void or not."""
    sql = """
        SELECT k.id AS record, m.at AS made_at, c.code, k.completed_on, k.expires_on,
               m.effective_on AS recorded_on
        FROM completion k JOIN change m ON m.id = k.change_id JOIN course c ON c.id = k.course_id
        WHERE k.id = :record AND k.completed_on <= :today
    """
    return next(reader.select(Signed, sql, record=record, today=today), None)


def list_kept(reader: Reader, today: date) -> Iterator[KeptList]:
    """The newest status lists that were seen by the day."""
    sql = "SELECT id, did, issued_at, signed FROM status_list WHERE seen_on <= :today ORDER BY did"
    return reader.select(KeptList, sql, today=today)
