"""What a careful person would write by hand, with `csv` and `sqlite3` alone: the yardstick of `scale.py`.

    python byhand.py load STORE TODAY            the files of `world.py` beside it, into a schema of its own
    python byhand.py expiring STORE TODAY csv|json [HOME]
    python byhand.py compliance STORE TODAY csv HOME
    python byhand.py records STORE TODAY csv PORTAL_ID
    python byhand.py record STORE TODAY PORTAL_ID CODE DATE

The schema knows one version of everything: no history, no `--today` of the past, no undo, no tokens, and an
audit log without hashes. What carepass prints it prints, byte for byte.
"""

import csv
import json
import sqlite3
import sys
import unicodedata
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

# A course that another satisfies shares its `topic`, which completions carry too, so that the one that
# counts is found by one look into the index. What never expires does so in the year 9999.
SCHEMA = """
    CREATE TABLE home (id INTEGER PRIMARY KEY, code TEXT UNIQUE, name TEXT);
    CREATE TABLE role (
        id INTEGER PRIMARY KEY, home_id INTEGER REFERENCES home, code TEXT, UNIQUE (home_id, code)
    );
    CREATE TABLE course (
        id INTEGER PRIMARY KEY, code TEXT UNIQUE, topic INTEGER, title TEXT, provider TEXT, minutes INTEGER,
        years INTEGER
    );
    CREATE TABLE requirement (
        role_id INTEGER REFERENCES role, course_id INTEGER REFERENCES course, required_from TEXT,
        PRIMARY KEY (role_id, course_id)
    ) WITHOUT ROWID;
    CREATE TABLE person (
        id INTEGER PRIMARY KEY, portal_id TEXT UNIQUE, first_name TEXT, last_name TEXT, sorted TEXT,
        birthdate TEXT, email TEXT UNIQUE, language TEXT, status TEXT, created_on TEXT
    );
    CREATE INDEX person_sorted ON person (sorted);
    CREATE TABLE assignment (
        role_id INTEGER REFERENCES role, person_id INTEGER REFERENCES person, start_on TEXT, assigned_on TEXT,
        confirmed_on TEXT, ended_on TEXT, PRIMARY KEY (role_id, person_id)
    ) WITHOUT ROWID;
    CREATE INDEX assignment_person ON assignment (person_id);
    CREATE TABLE completion (
        id INTEGER PRIMARY KEY, person_id INTEGER REFERENCES person, course_id INTEGER REFERENCES course,
        topic INTEGER, completed_on TEXT, expires_on TEXT, provider TEXT, source TEXT, evidence TEXT,
        verified_by TEXT, voided_on TEXT
    );
    CREATE INDEX completion_best ON completion (person_id, topic, expires_on, completed_on, voided_on);
    CREATE TABLE waiver (
        person_id INTEGER REFERENCES person, course_id INTEGER REFERENCES course, waived_on TEXT,
        waived_until TEXT, reason TEXT, PRIMARY KEY (person_id, course_id, waived_on)
    ) WITHOUT ROWID;
    CREATE TABLE audit (id INTEGER PRIMARY KEY, at TEXT, what TEXT, said TEXT);
"""
NEVER = "9999-12-31"
CHUNK = 5000

EXPIRING = """
    SELECT h.code AS home, r.code AS role, p.portal_id, p.last_name, p.first_name, p.email, c.code, c.title,
           k.completed_on, k.expires_on,
           CAST(julianday(k.expires_on) - julianday(:today) AS INTEGER) AS days_left,
           CASE WHEN k.expires_on < :today THEN 'expired' ELSE 'expiring' END AS status
    FROM home h
    CROSS JOIN role r ON r.home_id = h.id
    CROSS JOIN requirement q ON q.role_id = r.id AND q.required_from <= :today
    CROSS JOIN course c ON c.id = q.course_id
    CROSS JOIN assignment a ON a.role_id = r.id AND a.confirmed_on IS NOT NULL AND a.ended_on IS NULL
    CROSS JOIN completion k ON NOT EXISTS (
        SELECT 1 FROM completion WHERE person_id = a.person_id AND topic = c.topic
        AND expires_on > date(:today, '30 days') AND voided_on IS NULL
    ) AND k.id = (
        SELECT id FROM completion INDEXED BY completion_best
        WHERE person_id = a.person_id AND topic = c.topic AND voided_on IS NULL
        ORDER BY expires_on DESC, completed_on DESC LIMIT 1
    ) AND k.expires_on <= date(:today, '30 days')
    CROSS JOIN person p ON p.id = a.person_id
    WHERE {narrowed} NOT EXISTS (
        SELECT 1 FROM waiver w WHERE w.person_id = a.person_id AND w.course_id = q.course_id
    )
    ORDER BY k.expires_on, h.code, p.sorted, c.code, r.code, p.portal_id
"""

COMPLIANCE = """
    SELECT c.code, c.title, COUNT(*) AS required, SUM(done) AS completed,
           CASE WHEN SUM(done) = COUNT(*) THEN 100.0
           ELSE MIN(99.9, ROUND(100.0 * SUM(done) / COUNT(*), 1)) END AS percent
    FROM (
        SELECT DISTINCT a.person_id, q.course_id, EXISTS (
            SELECT 1 FROM completion k WHERE k.person_id = a.person_id AND k.topic = c.topic
            AND k.voided_on IS NULL AND k.completed_on >= CASE WHEN c.years IS NULL THEN ''
                ELSE CAST(:year - c.years + 1 AS TEXT) || '-01-01' END
        ) AS done
        FROM home h JOIN role r ON r.home_id = h.id
        JOIN assignment a ON a.role_id = r.id AND a.confirmed_on IS NOT NULL AND a.ended_on IS NULL
        JOIN requirement q ON q.role_id = r.id AND q.required_from <= :today
        JOIN course c ON c.id = q.course_id
        WHERE h.code = :home AND a.start_on <= :today AND NOT EXISTS (
            SELECT 1 FROM waiver w WHERE w.person_id = a.person_id AND w.course_id = q.course_id
        )
    ) JOIN course c ON c.id = course_id
    GROUP BY c.code ORDER BY c.code
"""

RECORDS = """
    SELECT k.id AS record, p.portal_id, c.code, c.title, k.completed_on,
           NULLIF(k.expires_on, '9999-12-31') AS expires_on, COALESCE(k.provider, c.provider) AS provider,
           k.source, k.evidence, k.verified_by, k.voided_on, NULL AS observed_by, 0 AS files
    FROM person p JOIN completion k ON k.person_id = p.id JOIN course c ON c.id = k.course_id
    WHERE p.portal_id = :portal_id ORDER BY k.completed_on, k.id
"""


def show(store: str, sql: str, form: str, **params: object) -> None:
    """Print what a query finds, straight from the cursor."""
    cursor = sqlite3.connect(f"file:{store}?mode=ro", uri=True).execute(sql, params)
    columns = [name for name, *_ in cursor.description]
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(cursor)
        return
    lead = "[\n  "
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in cursor:
        sys.stdout.write(lead + encode(dict(zip(columns, row, strict=True))))
        lead = ",\n  "
    sys.stdout.write("[]\n" if lead.startswith("[") else "\n]\n")


def record(store: str, portal_id: str, code: str, on: str) -> None:
    """Write one completion, with its line in the audit log."""
    db = sqlite3.connect(store, isolation_level=None)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("BEGIN IMMEDIATE")
    ((person,),) = db.execute("SELECT id FROM person WHERE portal_id = ?", (portal_id,))
    ((course, topic, years),) = db.execute("SELECT id, topic, years FROM course WHERE code = ?", (code,))
    ends = expiry(date.fromisoformat(on), years)
    same = "SELECT 1 FROM completion WHERE person_id = ? AND topic = ? AND course_id = ? AND completed_on = ?"
    if not db.execute(same, (person, topic, course, on)).fetchone():
        db.execute(INSERT, (person, course, topic, on, ends, None, "record", None, None))
        audit(db, "record", {"portal_id": portal_id, "code": code, "completed_on": on})
    db.execute("COMMIT")
    print(json.dumps({"result": "created", "portal_id": portal_id, "code": code, "expires_on": ends}))  # noqa: T201


INSERT = """
    INSERT INTO completion
        (person_id, course_id, topic, completed_on, expires_on, provider, source, evidence, verified_by)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def load(
    folder: Path, store: Path, today: str, required: dict[str, list[str]], twins: dict[str, str]
) -> None:
    """Make a store of the files in `folder`, with what no file says: what roles require, and twins."""
    store.unlink(missing_ok=True)
    db = sqlite3.connect(store, isolation_level=None)
    db.executescript(f"PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; {SCHEMA}")
    db.execute("BEGIN")
    first_of = {second: first for first, second in twins.items()}
    courses: dict[str, tuple[int, int, int | None]] = {}
    for number, row in enumerate(rows_of(folder / "courses.csv"), 1):
        years = int(row["expiry"].split()[0]) if row["expiry"] else None
        topic = courses[first_of[row["code"]]][0] if row["code"] in first_of else number
        courses[row["code"]] = (number, topic, years)
        values = (number, row["code"], topic, row["title"], row["provider"], row["minutes"], years)
        db.execute("INSERT INTO course VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    people = _load_people(db, folder, today)
    _load_roles(db, folder, today, people, {code: key for code, (key, _, _) in courses.items()}, required)
    for path in sorted(folder.glob("records-*.csv")):
        _load_records(db, path, people, courses)
    db.execute("COMMIT")
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _load_people(db: sqlite3.Connection, folder: Path, today: str) -> dict[str, int]:
    people: dict[str, int] = {}

    def read(row: dict[str, str]) -> tuple[object, ...]:
        key = people[row["portal_id"]] = len(people) + 1
        names = (row["first_name"], row["last_name"], folded(f"{row['last_name']}  {row['first_name']}"))
        rest = (row["birthdate"], row["email"], row["language"], "active", today)
        return (key, row["portal_id"], *names, *rest)

    insert(
        db,
        "person",
        "INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        folder / "accounts.csv",
        read,
    )
    return people


def _load_roles(
    db: sqlite3.Connection,
    folder: Path,
    today: str,
    people: dict[str, int],
    courses: dict[str, int],
    required: dict[str, list[str]],
) -> None:
    roles: dict[tuple[str, str], int] = {}

    def add_home(code: str, name: str) -> None:
        home = db.execute("INSERT INTO home VALUES (NULL, ?, ?)", (code, name)).lastrowid
        for role, codes in required.items():
            key = db.execute("INSERT INTO role VALUES (NULL, ?, ?)", (home, role)).lastrowid
            assert key is not None
            roles[code, role] = key
            lines = [(key, courses[each], today) for each in codes]
            db.executemany("INSERT INTO requirement VALUES (?, ?, ?)", lines)

    def read(row: dict[str, str]) -> tuple[object, ...]:
        return (roles[row["home"], row["role"]], people[row["portal_id"]], today, today, today)

    homes = list(rows_of(folder / "homes.csv"))
    add_home("home-000", "Home 0")
    for each in homes:
        add_home(each["code"], each["name"])
    insert(db, "role", "INSERT INTO assignment VALUES (?, ?, ?, ?, ?, NULL)", folder / "roles.csv", read)


def _load_records(
    db: sqlite3.Connection,
    path: Path,
    people: dict[str, int],
    courses: dict[str, tuple[int, int, int | None]],
) -> None:
    def read(row: dict[str, str]) -> tuple[object, ...]:
        course, topic, years = courses[row["code"]]
        on = row["completed_on"]
        person = people[row["portal_id"]]
        return (
            person,
            course,
            topic,
            on,
            expiry(date.fromisoformat(on), years),
            None,
            "record",
            row["evidence"],
            None,
        )

    insert(db, "record", INSERT, path, read)


def insert(
    db: sqlite3.Connection,
    what: str,
    sql: str,
    path: Path,
    read: Callable[[dict[str, str]], tuple[object, ...]],
) -> None:
    """Insert the rows of a file, and say in the audit log whom each chunk of them was about."""
    chunk: list[tuple[object, ...]] = []
    said: list[str] = []
    for row in rows_of(path):
        chunk.append(read(row))
        said.append(row["portal_id"])
        if len(chunk) == CHUNK:
            db.executemany(sql, chunk)
            audit(db, what, said)
            chunk, said = [], []
    db.executemany(sql, chunk)
    audit(db, what, said)


def rows_of(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def audit(db: sqlite3.Connection, what: str, said: Any) -> None:
    at = datetime.now(UTC).isoformat()
    db.execute("INSERT INTO audit (at, what, said) VALUES (?, ?, ?)", (at, what, json.dumps(said)))


def expiry(on: date, years: int | None) -> str:
    if years is None:
        return NEVER
    try:
        return on.replace(year=on.year + years).isoformat()
    except ValueError:
        return on.replace(year=on.year + years, day=28).isoformat()


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def main(what: str, store: str, today: str, *rest: str) -> None:
    if what == "load":
        import world

        required = {role: world.required_by(role) for role in world.ROLES}
        load(Path(store).parent, Path(store), today, required, world.TWINS)
    elif what == "expiring":
        at_home = "h.code = :home AND" if len(rest) > 1 else ""
        show(store, EXPIRING.format(narrowed=at_home), rest[0], today=today, home=rest[-1])
    elif what == "compliance":
        show(store, COMPLIANCE, rest[0], today=today, home=rest[1], year=int(today[:4]))
    elif what == "records":
        show(store, RECORDS, rest[0], portal_id=rest[1])
    else:
        record(store, *rest)


if __name__ == "__main__":
    main(*sys.argv[1:])
