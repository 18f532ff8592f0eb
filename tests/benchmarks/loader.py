"""What a careful person would write by hand: `csv` and `sqlite3`, and the same checks, tokens, mail and audit
entries as `role import` and `record import`. Nothing of carepass is imported.

    python loader.py role|record STORE FILE TODAY
"""

import csv
import json
import secrets
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

CHUNK = 5000


def main(what: str, store: str, path: str, today: str) -> int:
    db = sqlite3.connect(store, isolation_level=None)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("BEGIN IMMEDIATE")
    at = datetime.now(UTC).isoformat()
    cursor = db.execute(
        "INSERT INTO change (at, effective_on, actor, command) VALUES (?, ?, 'hand', ?)", (at, today, what)
    )
    change = cursor.lastrowid
    errors: list[tuple[int, str]] = []
    counts = {"created": 0, "unchanged": 0}
    load = load_roles if what == "role" else load_records
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        rows = ((reader.line_num, row) for row in reader)
        for keys in load(db, rows, today, change, errors, counts):
            audit(db, change, what, at, today, keys)
    db.execute("ROLLBACK" if errors else "COMMIT")
    print(json.dumps({**counts, "failed": len(errors), "errors": errors}))  # noqa: T201
    return 5 if errors else 0


Rows = Iterator[tuple[int, dict[str, str]]]


def load_roles(
    db: sqlite3.Connection, rows: Rows, today: str, change: Any, errors: Any, counts: Any
) -> Iterator[Any]:
    people = {
        portal_id: rest
        for portal_id, *rest in db.execute(
            """SELECT a.portal_id, a.id, v.last_name, v.first_name, i.birthdate, v.email, v.language, v.status
            FROM account a JOIN account_version v ON v.account_id = a.id AND v.until_on IS NULL
            JOIN account_identity i ON i.account_id = a.id"""
        )
    }
    posts = {
        (home, role): (role_id, home_id, name, home_name)
        for home, role, role_id, home_id, name, home_name in db.execute(
            """SELECT h.code, r.code, r.id, h.id, rv.name, hv.name FROM role r JOIN home h ON h.id = r.home_id
            JOIN role_version rv ON rv.role_id = r.id AND rv.until_on IS NULL
            JOIN home_version hv ON hv.home_id = h.id AND hv.until_on IS NULL"""
        )
    }
    live = set(db.execute("SELECT account_id, role_id FROM assignment WHERE ended_on IS NULL"))
    seen: dict[tuple[int, int], int] = {}
    expires = (date.fromisoformat(today) + timedelta(days=14)).isoformat()
    while chunk := list(islice(rows, CHUNK)):
        assignments, tokens, messages, keys = [], [], [], []
        for line, row in chunk:
            post = posts.get((row["home"].strip(), row["role"].strip()))
            person = people.get(row["portal_id"].strip())
            if post is None or person is None:
                errors.append((line, "not-found"))
                continue
            account, last, first, birthdate, email, language, status = person
            start = row["start_on"].strip() or today
            try:
                date.fromisoformat(start)
                given = row["birthdate"].strip()
                if given and date.fromisoformat(given).isoformat() != birthdate:
                    errors.append((line, "identity-mismatch"))
                    continue
            except ValueError:
                errors.append((line, "invalid-value"))
                continue
            if folded(row["last_name"]) != folded(last) or status == "deactivated":
                errors.append((line, "identity-mismatch"))
                continue
            key = (account, post[0])
            if key in live or key in seen:
                counts["unchanged"] += 1
                continue
            seen[key] = line
            token = secrets.token_hex(8)
            assignments.append((account, post[0], today, start, today, True, change))
            tokens.append((token, account, post[0], today, expires))
            params = json.dumps(
                {
                    "first_name": first,
                    "home_name": post[3],
                    "role_name": post[2],
                    "token": token,
                    "expires_on": expires,
                },
                ensure_ascii=False,
            )
            mail = ("confirm-role", email, language, params, account, post[1], f"token:{token}", today)
            messages.append(mail)
            keys.append(row["portal_id"])
        db.executemany(
            "INSERT INTO assignment (account_id, role_id, from_on, start_on, assigned_on, verified,"
            " change_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
            assignments,
        )
        db.executemany(
            "INSERT INTO confirmation_token (token, account_id, role_id, issued_on, expires_on)"
            " VALUES (?, ?, ?, ?, ?)",
            tokens,
        )
        db.executemany(
            'INSERT INTO message (kind, "to", language, params, account_id, home_id, once_key, queued_on)'
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            messages,
        )
        counts["created"] += len(keys)
        yield keys


def load_records(
    db: sqlite3.Connection, rows: Rows, today: str, change: Any, errors: Any, counts: Any
) -> Iterator[Any]:
    people = dict(db.execute("SELECT portal_id, id FROM account"))
    courses = {
        code: (key, years)
        for code, key, years in db.execute(
            """SELECT c.code, c.id, v.validity_years FROM course c
            JOIN course_version v ON v.course_id = c.id AND v.until_on IS NULL"""
        )
    }
    known = "SELECT 1 FROM completion WHERE account_id = ? AND course_id = ? AND completed_on = ?"
    seen: dict[tuple[int, int, str], int] = {}
    while chunk := list(islice(rows, CHUNK)):
        written, keys = [], []
        for line, row in chunk:
            account = people.get(row["portal_id"].strip())
            course = courses.get(row["code"].strip())
            if account is None or course is None:
                errors.append((line, "not-found"))
                continue
            try:
                on = date.fromisoformat(row["completed_on"].strip())
            except ValueError:
                errors.append((line, "invalid-value"))
                continue
            if on.isoformat() > today:
                errors.append((line, "in-the-future"))
                continue
            key = (account, course[0], on.isoformat())
            if key in seen or db.execute(known, key).fetchone():
                counts["unchanged"] += 1
                continue
            seen[key] = line
            texts = [clean(row[name]) for name in ("provider", "evidence", "verified_by")]
            if any(text and not text.isprintable() for text in texts):
                errors.append((line, "invalid-value"))
                continue
            provider, evidence, verified_by = texts
            written.append((*key, expiry(on, course[1]), provider, "record", evidence, verified_by, change))
            keys.append((row["portal_id"], row["code"]))
        db.executemany(
            "INSERT INTO completion (account_id, course_id, completed_on, expires_on, provider, source,"
            " evidence, verified_by, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            written,
        )
        counts["created"] += len(keys)
        yield keys


def expiry(on: date, years: int | None) -> str | None:
    if not years:
        return None
    try:
        return on.replace(year=on.year + years).isoformat()
    except ValueError:
        return on.replace(year=on.year + years, day=28).isoformat()


def clean(text: str) -> str | None:
    return unicodedata.normalize("NFC", text).strip() or None


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if c.isalpha()).casefold()


def audit(db: sqlite3.Connection, change: Any, what: str, at: str, today: str, keys: Any) -> None:
    number, previous = db.execute("SELECT id, hash FROM audit_entry ORDER BY id DESC LIMIT 1").fetchone()
    after = json.dumps(keys)
    payload = sha256(f"\x1e{after}".encode()).digest()
    parts = (number + 1, change, at, today, "hand", what, "create", what, len(keys), None)
    chained = sha256(previous + "\x1f".join(map(str, parts)).encode() + payload).digest()
    db.execute(
        "INSERT INTO audit_entry (id, change_id, action, subject, key, after, payload_hash, hash)"
        " VALUES (?, ?, 'create', ?, ?, ?, ?, ?)",
        (number + 1, change, what, str(len(keys)), after, payload, chained),
    )


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
