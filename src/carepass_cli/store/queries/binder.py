"""What an inspector is handed of one home: its tables as of a day, and the evidence of some of its people."""

from collections.abc import Iterable, Iterator
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from carepass_cli.rules.binder import Attached, Binder, Table
from carepass_cli.rules.hashes import sha256
from carepass_cli.rules.nouns import RECORD
from carepass_cli.store.queries import compliance, gaps, matrix, onboarding
from carepass_cli.store.queries.asof import confirmed, seen, with_role
from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.queries.evidence import list_files
from carepass_cli.store.queries.homes import get_home
from carepass_cli.store.queries.leaves import list_leaves
from carepass_cli.store.queries.log import chain_head
from carepass_cli.store.queries.records import list_records
from carepass_cli.store.queries.waivers import list_waivers
from carepass_cli.store.reader import Reader
from carepass_cli.store.records import rows_of
from carepass_cli.store.rows.nouns import assignment, leave, waiver

SAMPLE = 10
EXTENSION_KEYS = (
    *("line", "record", "portal_id", "last_name", "first_name", "code", "title", "extended_on"),
    *("complete_by", "expires_on", "reason"),
)
# A row a file, or a record without one.
# What a record says, besides whose it is.
SAID = tuple(name for name in RECORD.keys if name not in ("record", "portal_id"))
SAMPLE_KEYS = ("portal_id", "last_name", "first_name", "record", *SAID, "path", "sha256")


class _Extension(NamedTuple):
    """More time for a registration (`line`, `complete_by`), or a longer validity of a record (`record`,
    `expires_on`)."""

    portal_id: str
    last_name: str
    first_name: str
    code: str
    title: str
    extended_on: date
    reason: str
    line: str | None = None
    complete_by: date | None = None
    record: int | None = None
    expires_on: date | None = None


class _Voided(NamedTuple):
    id: int
    account_id: int
    void_reason: str


class _Member(NamedTuple):
    """Somebody with a confirmed role at the home, begun."""

    account_id: int
    portal_id: str
    last_name: str
    first_name: str


# The people with a confirmed role at the home.
_MEMBERS = f"""
    SELECT DISTINCT a.id AS account_id, a.portal_id, v.last_name, v.first_name
    FROM home h
    JOIN role r ON r.home_id = h.id
    JOIN assignment s ON s.role_id = r.id AND {confirmed("s")} AND s.start_on <= :today
    JOIN account a ON a.id = s.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    WHERE h.code = :home
    ORDER BY a.portal_id
"""
_NAMED = f"""
    JOIN account a ON a.id = k.account_id
    JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    JOIN course c ON c.id = k.course_id
    JOIN course_version cv ON cv.course_id = c.id AND {seen("cv")}
    WHERE {with_role("k.account_id", " AND h.code = :home")}
"""
_PERSON_AND_COURSE = "a.portal_id, v.last_name, v.first_name, c.code, cv.title"
_EXTENSIONS = f"""
    SELECT l.submission_id || '/' || c.code AS line, {_PERSON_AND_COURSE}, x.extended_on,
           x.complete_by, x.reason
    FROM extension x
    JOIN registration k ON k.line_id = x.line_id
    JOIN submission_line l ON l.id = k.line_id
    {_NAMED} AND x.extended_on <= :today
    ORDER BY x.extended_on, v.folded, a.portal_id, c.code, x.id
"""
_LENGTHENED = f"""
    SELECT k.id AS record, {_PERSON_AND_COURSE}, x.changed_on AS extended_on, x.expires_after AS expires_on,
           x.reason
    FROM expiry_change x
    JOIN completion k ON k.id = x.completion_id
    {_NAMED} AND x.kind = 'extend' AND x.changed_on <= :today
    ORDER BY x.changed_on, v.folded, a.portal_id, c.code, x.id
"""
_VOIDED = f"""
    SELECT k.id, k.account_id, k.void_reason FROM completion k
    {_NAMED} AND k.voided_on <= :today ORDER BY k.voided_on, k.id
"""


def gather_binder(reader: Reader, today: date, home: str, year: int, sample: int) -> Binder:
    """All that the binder of a home says. Raises NotFound for a home that is none."""
    name = get_home(reader, today, home).name
    number, newest = chain_head(reader)
    members = _members(reader, today, home)
    sampled, evidence = _sample(reader, today, home, members, sample)
    tables = [*_tables(reader, today, home, year), sampled]
    return Binder(home, name, today, year, len(members), f"{number}:{newest}", tables, evidence)


def _tables(reader: Reader, today: date, home: str, year: int) -> Iterator[Table]:
    """The tables, in their order, each with its report's columns."""
    codes = [code for code, _ in matrix.matrix_columns(reader, today, home)]
    at = {"today": today, "home": home}
    yield _compliance(reader, today, home, year)
    yield Table("matrix", (*matrix.KEYS, *codes), list(matrix.list_matrix(reader, today, home, codes)))
    yield Table("gaps", gaps.KEYS, gaps.list_gaps(reader, today, home=home))
    began = onboarding.list_onboarding(reader, today, home=home)
    yield Table("onboarding", onboarding.KEYS, list(began))
    yield _table("waivers", waiver.KEYS, list_waivers(reader, today, home=home))
    yield _table("leaves", leave.KEYS, list_leaves(reader, today, home=home))
    yield _voids(reader, today, home)
    extended = [each for sql in (_EXTENSIONS, _LENGTHENED) for each in reader.select(_Extension, sql, **at)]
    extended.sort(key=attrgetter("extended_on"))
    yield _table("extensions", EXTENSION_KEYS, extended)
    yield _table("assignments", assignment.KEYS, list_assignments(reader, today, home=home))


def _table(name: str, keys: tuple[str, ...], found: Iterable[object]) -> Table:
    return Table(name, keys, list(rows_of(found, keys)))


def _compliance(reader: Reader, day: date, home: str, year: int) -> Table:
    """`report compliance` of the calendar year, and by which citation each course is required."""
    rows = list(compliance.count_compliance(reader, day, home, year))
    return Table("compliance", compliance.CITED_KEYS, rows)


def _voids(reader: Reader, day: date, home: str) -> Table:
    """The void records of people at the home, as `record list` has them, and why they are void."""
    rows = []
    for each in list(reader.select(_Voided, _VOIDED, today=day, home=home)):
        records = list_records(reader, day, each.account_id)
        (record,) = (record for record in records if record.record == each.id)
        rows.append((*record.shown().values(), each.void_reason))
    return Table("voids", (*RECORD.keys, "void_reason"), rows)


def _members(reader: Reader, today: date, home: str) -> list[_Member]:
    return list(reader.select(_Member, _MEMBERS, today=today, home=home))


def _sample(
    reader: Reader, today: date, home: str, members: list[_Member], count: int
) -> tuple[Table, list[Attached]]:
    """The records of `count` people of the home and the files attached to them. Nobody chose these people:
    they go by a hash of home, day and portal ID."""
    lots = sorted(members, key=lambda each: sha256(f"{home} {today} {each.portal_id}".encode()).digest())
    rows: list[tuple[object, ...]] = []
    attached: list[Attached] = []
    for member in sorted(lots[:count], key=lambda each: each.portal_id):
        for record in list_records(reader, today, member.account_id):
            person = (member.portal_id, member.last_name, member.first_name)
            known = (*person, record.record, *(getattr(record, key) for key in SAID))
            files = list_files(reader, today, record.record) if record.files else []
            for file in files:
                path = f"evidence/{member.portal_id}/{record.record}/{file.file}-{_safe(file.name)}"
                attached.append(Attached(path, file.content_id))
                rows.append((*known, path, file.sha256))
            if not files:
                rows.append((*known, None, None))
    return Table("sample", SAMPLE_KEYS, rows), attached


def _safe(name: str) -> str:
    """A file's name inside an archive: no folders, and nothing that a program that unpacks it obeys."""
    return "".join(c if c.isalnum() or c in "-_. ()" else "_" for c in name)
