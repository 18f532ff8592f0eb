"""What a careful person would write by hand for `role import` and `record import`: `csv` and `sqlite3`, the
same checks, tokens and letters, one transaction, `executemany`; no audit log, no undo. Nothing of carepass is
imported.

    python loader.py role|record STORE FILE TODAY
"""

import csv
import json
import secrets
import sqlite3
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

Rows = Iterator[tuple[int, list[str]]]
Errors = list[tuple[int, str]]
# Characters of a provider, a piece of evidence, and whoever checked it.
MOST = (200, 500, 100)


def main(what: str, store: str, path: str, today: str) -> int:
    db = sqlite3.connect(store, isolation_level=None)
    db.execute("PRAGMA foreign_keys=ON")
    db.execute("BEGIN IMMEDIATE")
    made = db.execute(
        "INSERT INTO change (at, effective_on, actor, command) VALUES (?, ?, 'hand', ?)", (today, today, what)
    )
    errors: Errors = []
    with open(path, encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        rows = ((reader.line_num, row) for row in reader)
        load = load_roles if what == "role" else load_records
        created, unchanged = load(db, header, rows, today, made.lastrowid, errors)
    db.execute("ROLLBACK" if errors else "COMMIT")
    counts = {"created": created, "unchanged": unchanged, "failed": len(errors), "errors": errors}
    print(json.dumps(counts))  # noqa: T201
    return 5 if errors else 0


def load_roles(
    db: sqlite3.Connection, header: list[str], rows: Rows, today: str, change: Any, errors: Errors
) -> tuple[int, int]:
    people = {
        portal_id: rest
        for portal_id, *rest in db.execute(
            """SELECT a.portal_id, a.id, v.last_name, v.first_name, i.birthdate, v.email, v.language, v.status
            FROM account a JOIN account_version v ON v.account_id = a.id AND v.until_on IS NULL
            JOIN account_identity i ON i.account_id = a.id"""
        )
    }
    posts = {
        (home, role): rest
        for home, role, *rest in db.execute(
            """SELECT h.code, r.code, r.id, h.id, rv.name, hv.name FROM role r JOIN home h ON h.id = r.home_id
            JOIN role_version rv ON rv.role_id = r.id AND rv.until_on IS NULL
            JOIN home_version hv ON hv.home_id = h.id AND hv.until_on IS NULL"""
        )
    }
    live = set(db.execute("SELECT account_id, role_id FROM assignment WHERE ended_on IS NULL"))
    expires = (date.fromisoformat(today) + timedelta(days=14)).isoformat()
    at = [header.index(name) for name in ("portal_id", "home", "role", "birthdate", "last_name", "start_on")]
    assignments, tokens, messages, unchanged = [], [], [], 0
    for line, row in rows:
        portal_id, home, role, birthdate, last_name, start = (row[each].strip() for each in at)
        post, person = posts.get((home, role)), people.get(portal_id)
        if post is None or person is None:
            errors.append((line, "not-found"))
            continue
        account, last, first, born, email, language, status = person
        role_id, home_id, role_name, home_name = post
        try:
            date.fromisoformat(start or today)
            if birthdate and date.fromisoformat(birthdate).isoformat() != born:
                errors.append((line, "identity-mismatch"))
                continue
        except ValueError:
            errors.append((line, "invalid-value"))
            continue
        if folded(last_name) != folded(last) or status == "deactivated":
            errors.append((line, "identity-mismatch"))
            continue
        if (account, role_id) in live:
            unchanged += 1
            continue
        live.add((account, role_id))
        token = secrets.token_hex(8)
        letter = {
            "first_name": first,
            "home_name": home_name,
            "role_name": role_name,
            "token": token,
            "expires_on": expires,
        }
        params = json.dumps(letter, ensure_ascii=False)
        assignments.append((account, role_id, today, start or today, today, True, change))
        tokens.append((token, account, role_id, today, expires))
        messages.append(("confirm-role", email, language, params, account, home_id, f"token:{token}", today))
    db.executemany(
        "INSERT INTO assignment (account_id, role_id, from_on, start_on, assigned_on, verified, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
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
    return len(assignments), unchanged


def load_records(
    db: sqlite3.Connection, header: list[str], rows: Rows, today: str, change: Any, errors: Errors
) -> tuple[int, int]:
    people = {
        portal_id: rest
        for portal_id, *rest in db.execute(
            """SELECT a.portal_id, a.id, i.birthdate FROM account a
            LEFT JOIN account_identity i ON i.account_id = a.id
            WHERE a.id NOT IN (SELECT account_id FROM account_version WHERE merged_into IS NOT NULL)"""
        )
    }
    courses = {
        code: rest
        for code, *rest in db.execute(
            """SELECT c.code, c.id, v.validity_years FROM course c
            JOIN course_version v ON v.course_id = c.id AND v.until_on IS NULL"""
        )
    }
    # One that is void gives way to one that is not.
    known = {
        (account, course, on): voided_on
        for account, course, on, voided_on in db.execute(
            "SELECT account_id, course_id, completed_on, voided_on FROM completion ORDER BY voided_on DESC"
        )
    }
    names = ("portal_id", "code", "completed_on", "provider", "evidence", "verified_by")
    at = [header.index(name) for name in names]
    said: dict[tuple[int, int, str], tuple[int, list[str]]] = {}
    written, unchanged = [], 0
    for line, row in rows:
        portal_id, code, on, *texts = (row[each].strip() for each in at)
        person, course = people.get(portal_id), courses.get(code)
        if person is None or course is None:
            errors.append((line, "not-found"))
            continue
        try:
            day = date.fromisoformat(on)
        except ValueError:
            errors.append((line, "invalid-value"))
            continue
        if len(on) != 10 or not 1900 <= day.year <= 2199:
            errors.append((line, "invalid-value"))
            continue
        if on > today:
            errors.append((line, "in-the-future"))
            continue
        account, born = person
        if born and on < born:
            errors.append((line, "before-birth"))
            continue
        if any(len(text) > most or not text.isprintable() for text, most in zip(texts, MOST, strict=True)):
            errors.append((line, "invalid-value"))
            continue
        course_id, years = course
        key = (account, course_id, on)
        first, there = said.setdefault(key, (line, texts))
        if first != line:
            if there == texts:
                unchanged += 1
            else:
                errors.append((line, "repeated"))
            continue
        if key in known:
            if known[key]:
                errors.append((line, "void"))
            else:
                unchanged += 1
            continue
        provider, evidence, verified_by = (unicodedata.normalize("NFC", text) or None for text in texts)
        ends = expiry(day, years)
        written.append((*key, ends, provider, "record", evidence, verified_by, False, change))
    db.executemany(
        "INSERT INTO completion (account_id, course_id, completed_on, expires_on, provider, source,"
        " evidence, verified_by, expires_given, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        written,
    )
    return len(written), unchanged


def expiry(on: date, years: int | None) -> str | None:
    if not years:
        return None
    try:
        return on.replace(year=on.year + years).isoformat()
    except ValueError:
        return on.replace(year=on.year + years, day=28).isoformat()


def folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if c.isalpha()).casefold()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
