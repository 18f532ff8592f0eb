"""All that is held about one person, whatever the day: for the person who asks, and before it is erased."""

import json
from typing import Any

from carepass_cli.rules.nouns import ACCOUNT
from carepass_cli.store.queries.accounts import birthdate_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.people import AccountVersion

PARTICULARS = [each.column for each in ACCOUNT.fields if each.column in AccountVersion._fields]
# Section -> its keys (each with the SQL that it is, where that differs), and where the rows come from.
# Tokens themselves are keys to the account and are left out.
SECTIONS: dict[str, tuple[str, str]] = {
    "particulars": (
        f"from_on, until_on, {', '.join(PARTICULARS)}, reason",
        "account_version t WHERE t.account_id = :id ORDER BY t.id",
    ),
    "assignments": (
        "h.code home, r.code role, start_on, assigned_on, verified, confirmed_on, declined_on, cancelled_on,"
        " ended_on, end_reason, from_on, until_on",
        "assignment t JOIN role r ON r.id = t.role_id JOIN home h ON h.id = r.home_id"
        " WHERE t.account_id = :id ORDER BY t.id",
    ),
    "completions": (
        "t.id record, c.code course, completed_on, expires_on, provider, source, evidence, verified_by,"
        " voided_on, void_reason",
        "completion t JOIN course c ON c.id = t.course_id WHERE t.account_id = :id ORDER BY t.id",
    ),
    "cart": (
        "c.code course, r.code role, self_pay, added_on, closed_on",
        "cart_line t JOIN course c ON c.id = t.course_id JOIN role r ON r.id = t.role_id"
        " WHERE t.account_id = :id ORDER BY t.id",
    ),
    "submissions": (
        "u.id submission, u.submitted_on submitted_on, c.code course, r.code role, l.self_pay self_pay,"
        " t.from_on decided_on, decision, reason, payer, decided_by",
        "decision t JOIN submission_line l ON l.id = t.line_id JOIN submission u ON u.id = l.submission_id"
        " JOIN course c ON c.id = l.course_id JOIN role r ON r.id = l.role_id"
        " WHERE u.account_id = :id ORDER BY t.id",
    ),
    "registrations": (
        "c.code course, attempt, payer, approved_on, access_by, access_on, completed_on, failed_on,"
        " withdrawn_on",
        "registration t JOIN course c ON c.id = t.course_id WHERE t.account_id = :id ORDER BY t.line_id",
    ),
    "extensions": (
        "c.code course, extended_on, complete_by, reason",
        "extension t JOIN registration g ON g.line_id = t.line_id JOIN course c ON c.id = g.course_id"
        " WHERE g.account_id = :id ORDER BY t.id",
    ),
    "waivers": (
        "c.code course, waived_on, waived_until, ended_on, reason",
        "waiver t JOIN course c ON c.id = t.course_id WHERE t.account_id = :id ORDER BY t.id",
    ),
    "leaves": (
        "from_on, until_on, reason, returned_on",
        "leave t WHERE t.account_id = :id ORDER BY t.id",
    ),
    "expiry_changes": (
        "t.completion_id record, changed_on, kind, expires_before, expires_after, reason",
        "expiry_change t JOIN completion k ON k.id = t.completion_id WHERE k.account_id = :id ORDER BY t.id",
    ),
    "files": (
        "t.completion_id record, name, f.size bytes, f.sha256 sha256, added_on",
        "evidence t JOIN completion k ON k.id = t.completion_id JOIN evidence_file f ON f.id = t.file_id"
        " WHERE k.account_id = :id ORDER BY t.id",
    ),
    "revocations": (
        "t.completion_id record, revoked_on, reason",
        "revocation t JOIN completion k ON k.id = t.completion_id WHERE k.account_id = :id"
        " ORDER BY t.completion_id",
    ),
    "tokens": (
        "r.code role, issued_on, expires_on, used_on, replaced_on",
        "confirmation_token t LEFT JOIN role r ON r.id = t.role_id WHERE t.account_id = :id"
        " ORDER BY issued_on, used_on, replaced_on",
    ),
    "messages": (
        't.id id, kind, "to", language, params, queued_on, sent_on, cancelled_on',
        "message t WHERE t.account_id = :id ORDER BY t.id",
    ),
    "log": (
        "t.id entry, c.at at, c.effective_on effective_on, actor, command, action, subject, key, before,"
        " after",
        "audit_entry t JOIN change c ON c.id = t.change_id WHERE t.account_id = :id ORDER BY t.id",
    ),
}
FLAGS = ("verified", "self_pay")
AS_JSON = ("params", "before", "after")


def dossier(reader: Reader, account_id: int, *, with_birthdate: bool) -> dict[str, Any]:
    """Everything held about a person, by section; the birthdate only where it is asked for."""
    ((portal_id, created_on),) = reader.rows(
        "SELECT portal_id, created_on FROM account WHERE id = :id", id=account_id
    )
    found: dict[str, Any] = {"portal_id": portal_id, "created_on": created_on}
    if with_birthdate:
        found["birthdate"] = birthdate_of(reader, account_id)
    for section, (columns, source) in SECTIONS.items():
        keys = [part.split()[-1].strip('"') for part in columns.split(",")]
        rows = reader.rows(f"SELECT {columns} FROM {source}", id=account_id)
        found[section] = [_told(dict(zip(keys, row, strict=True))) for row in rows]
    return found


def _told(values: dict[str, Any]) -> dict[str, Any]:
    for key, value in values.items():
        if key in FLAGS:
            values[key] = bool(value)
        elif key in AS_JSON and value is not None:
            values[key] = _without_token(json.loads(value))
    return values


def _without_token(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != "token"} if isinstance(value, dict) else value
