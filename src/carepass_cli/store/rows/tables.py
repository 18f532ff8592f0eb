"""All tables. Generated from the schema (python -m tests.store.generate); not to be edited."""

from importlib import import_module
from typing import Any

# Table -> the module of `rows` and the class of its rows; parents before children.
TABLES = {
    "account": ("people", "Account"),
    "catalog_entry": ("catalog", "CatalogEntry"),
    "change": ("log", "Change"),
    "counter": ("log", "Counter"),
    "course": ("courses", "Course"),
    "evidence_file": ("evidence", "EvidenceFile"),
    "home": ("homes", "Home"),
    "note": ("log", "Note"),
    "status_list": ("passports", "StatusList"),
    "trusted_issuer": ("passports", "TrustedIssuer"),
    "write_lock": ("log", "WriteLock"),
    "account_identity": ("people", "AccountIdentity"),
    "account_version": ("people", "AccountVersion"),
    "audit_entry": ("log", "AuditEntry"),
    "catalog_entry_version": ("catalog", "CatalogEntryVersion"),
    "course_alias": ("courses", "CourseAlias"),
    "course_equivalence": ("courses", "CourseEquivalence"),
    "course_version": ("courses", "CourseVersion"),
    "home_budget": ("homes", "HomeBudget"),
    "home_key": ("passports", "HomeKey"),
    "home_version": ("homes", "HomeVersion"),
    "leave": ("people", "Leave"),
    "merged_row": ("people", "MergedRow"),
    "role": ("homes", "Role"),
    "submission": ("training", "Submission"),
    "waiver": ("people", "Waiver"),
    "assignment": ("people", "Assignment"),
    "cart_line": ("training", "CartLine"),
    "confirmation_token": ("people", "ConfirmationToken"),
    "requirement": ("courses", "Requirement"),
    "role_version": ("homes", "RoleVersion"),
    "submission_line": ("training", "SubmissionLine"),
    "undo_step": ("log", "UndoStep"),
    "decision": ("training", "Decision"),
    "registration": ("training", "Registration"),
    "completion": ("training", "Completion"),
    "extension": ("training", "Extension"),
    "evidence": ("evidence", "Evidence"),
    "expiry_change": ("training", "ExpiryChange"),
    "message": ("letters", "Message"),
    "revocation": ("passports", "Revocation"),
}

# Table -> the (table, column) that refer to it.
REFERENCES = {
    "catalog_entry": [("catalog_entry_version", "entry_id")],
    "course": [
        ("course_version", "course_id"),
        ("course_equivalence", "course_id"),
        ("course_equivalence", "other_id"),
        ("course_alias", "course_id"),
        ("requirement", "course_id"),
        ("waiver", "course_id"),
        ("cart_line", "course_id"),
        ("submission_line", "course_id"),
        ("registration", "course_id"),
        ("completion", "course_id"),
    ],
    "role": [
        ("requirement", "role_id"),
        ("role_version", "role_id"),
        ("assignment", "role_id"),
        ("confirmation_token", "role_id"),
        ("cart_line", "role_id"),
        ("submission_line", "role_id"),
    ],
    "completion": [
        ("evidence", "completion_id"),
        ("message", "completion_id"),
        ("revocation", "completion_id"),
        ("expiry_change", "completion_id"),
    ],
    "evidence_file": [("evidence", "file_id")],
    "home": [
        ("home_version", "home_id"),
        ("home_budget", "home_id"),
        ("role", "home_id"),
        ("message", "home_id"),
        ("home_key", "home_id"),
    ],
    "account": [
        ("message", "account_id"),
        ("account_version", "account_id"),
        ("merged_row", "account_id"),
        ("account_identity", "account_id"),
        ("leave", "account_id"),
        ("assignment", "account_id"),
        ("confirmation_token", "account_id"),
        ("waiver", "account_id"),
        ("cart_line", "account_id"),
        ("submission", "account_id"),
        ("registration", "account_id"),
        ("completion", "account_id"),
        ("completion", "observer_id"),
    ],
    "submission_line": [("message", "line_id"), ("decision", "line_id"), ("registration", "line_id")],
    "change": [("change", "undoes"), ("audit_entry", "change_id"), ("undo_step", "change_id")],
    "audit_entry": [("undo_step", "entry_id")],
    "submission": [("submission_line", "submission_id")],
    "registration": [("extension", "line_id"), ("completion", "line_id")],
}

# Of somebody who is erased: the table, whose rows they are (`:id`), and the values that are left of them.
BLANKED: tuple[tuple[str, str, dict[str, str | None]], ...] = (
    (
        "revocation",
        "completion_id IN (SELECT id FROM completion WHERE account_id = :id)",
        {"reason": "erased"},
    ),
    (
        "account_version",
        "account_id = :id",
        {
            "first_name": "erased",
            "last_name": "erased",
            "folded": "erased",
            "email": "erased",
            "email_key": "erased",
            "student_number": None,
            "reason": None,
            "employee_number": None,
        },
    ),
    ("leave", "account_id = :id", {"reason": "erased"}),
    ("assignment", "account_id = :id", {"end_reason": None}),
    ("waiver", "account_id = :id", {"reason": "erased"}),
    (
        "decision",
        (
            "line_id IN (SELECT id FROM submission_line WHERE submission_id IN (SELECT id FROM "
            "submission WHERE account_id = :id)) AND decided_by IS NOT NULL"
        ),
        {"reason": "erased"},
    ),
    (
        "extension",
        "line_id IN (SELECT line_id FROM registration WHERE account_id = :id)",
        {"reason": "erased"},
    ),
    ("completion", "account_id = :id", {"evidence": None, "verified_by": None, "void_reason": None}),
    (
        "expiry_change",
        "completion_id IN (SELECT id FROM completion WHERE account_id = :id)",
        {"reason": "erased"},
    ),
)

# The tables whose rows go with the person, and whose they are.
GOING = (
    ("evidence", "completion_id IN (SELECT id FROM completion WHERE account_id = :id)"),
    ("message", "account_id = :id"),
    ("account_identity", "account_id = :id"),
    ("confirmation_token", "account_id = :id"),
)

# The tables whose rows say which change made them, each with its key.
CHANGED = (
    ("catalog_entry", "id"),
    ("course", "id"),
    ("course_alias", "id"),
    ("requirement", "id"),
    ("evidence", "id"),
    ("home", "id"),
    ("home_budget", "id"),
    ("role", "id"),
    ("home_key", "id"),
    ("trusted_issuer", "id"),
    ("revocation", "completion_id"),
    ("status_list", "id"),
    ("account", "id"),
    ("leave", "id"),
    ("assignment", "id"),
    ("completion", "id"),
    ("expiry_change", "id"),
)

# The tables in which of an entity, by its columns, at most one row is open (`until_on` is NULL).
OPEN_ONCE = (
    ("trusted_issuer", "did"),
    ("account_version", "account_id"),
    ("catalog_entry_version", "entry_id"),
    ("course_version", "course_id"),
    ("home_version", "home_id"),
    ("requirement", "role_id, course_id"),
    ("role_version", "role_id"),
    ("decision", "line_id"),
)

# Entity, the table of its versions, and the column by which that refers to it.
DESCRIBED_BY = (
    ("account", "account_version", "account_id"),
    ("catalog_entry", "catalog_entry_version", "entry_id"),
    ("course", "course_version", "course_id"),
    ("home", "home_version", "home_id"),
    ("role", "role_version", "role_id"),
)


def row_class(table: str) -> type[Any]:
    """The class of a table's rows."""
    room, name = TABLES[table]
    found: type[Any] = getattr(import_module(f"carepass_cli.store.rows.{room}"), name)
    return found
