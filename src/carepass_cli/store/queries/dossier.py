"""All that is held about one person, whatever the day: for the person who asks, and before it is erased."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from carepass_cli.store.queries.accounts import birthdate_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.tables import row_class

_OF_COURSE = "JOIN course c ON c.id = t.course_id"
_OF_RECORD = "JOIN completion k ON k.id = t.completion_id"


class Section(NamedTuple):
    """What is told of a table `t`: all its columns but keys, and `named`, the SQL of what stands for those.
    `joined` is where that comes from, `whose` the account's key, `order` the order of the rows."""

    table: str
    named: dict[str, str] = {}  # noqa: RUF012 - never changed
    joined: str = ""
    whose: str = "t.account_id"
    order: str = "t.id"

    @property
    def columns(self) -> dict[str, str]:
        """The keys of the section, each with the SQL that it is."""
        own = {name: f't."{name}"' for name in row_class(self.table)._fields if not _is_inner(name)}
        there = {sql.removeprefix("t.") for sql in self.named.values()}
        return {**self.named, **{name: sql for name, sql in own.items() if name not in there}}


SECTIONS = {
    "particulars": Section("account_version"),
    "assignments": Section(
        "assignment",
        {"home": "h.code", "role": "r.code"},
        "JOIN role r ON r.id = t.role_id JOIN home h ON h.id = r.home_id",
    ),
    "completions": Section(
        "completion",
        {"record": "t.id", "course": "c.code", "observed_by": "b.portal_id"},
        f"{_OF_COURSE} LEFT JOIN account b ON b.id = t.observer_id",
    ),
    "cart": Section(
        "cart_line", {"course": "c.code", "role": "r.code"}, f"{_OF_COURSE} JOIN role r ON r.id = t.role_id"
    ),
    "submissions": Section(
        "decision",
        {
            "submission": "u.id",
            "submitted_on": "u.submitted_on",
            "course": "c.code",
            "role": "r.code",
            "self_pay": "l.self_pay",
            "decided_on": "t.from_on",
        },
        "JOIN submission_line l ON l.id = t.line_id JOIN submission u ON u.id = l.submission_id"
        " JOIN course c ON c.id = l.course_id JOIN role r ON r.id = l.role_id",
        "u.account_id",
    ),
    "registrations": Section("registration", {"course": "c.code"}, _OF_COURSE, order="t.line_id"),
    "extensions": Section(
        "extension",
        {"course": "c.code"},
        "JOIN registration g ON g.line_id = t.line_id JOIN course c ON c.id = g.course_id",
        "g.account_id",
    ),
    "waivers": Section("waiver", {"course": "c.code"}, _OF_COURSE),
    "leaves": Section("leave"),
    "expiry_changes": Section("expiry_change", {"record": "t.completion_id"}, _OF_RECORD, "k.account_id"),
    "files": Section(
        "evidence",
        {"record": "t.completion_id", "bytes": "f.size", "sha256": "f.sha256"},
        f"{_OF_RECORD} JOIN evidence_file f ON f.id = t.file_id",
        "k.account_id",
    ),
    "revocations": Section(
        "revocation", {"record": "t.completion_id"}, _OF_RECORD, "k.account_id", "t.completion_id"
    ),
    "tokens": Section(
        "confirmation_token",
        {"role": "r.code"},
        "LEFT JOIN role r ON r.id = t.role_id",
        order="t.issued_on, t.used_on, t.replaced_on",
    ),
    "merged": Section("merged_row", {"row": "t.row_id"}),
    "messages": Section("message", {"id": "t.id"}),
    "log": Section(
        "audit_entry",
        {
            "entry": "t.id",
            "at": "c.at",
            "effective_on": "c.effective_on",
            "actor": "c.actor",
            "command": "c.command",
        },
        "JOIN change c ON c.id = t.change_id",
    ),
}
# What is no fact about the person: keys, what is made for sorting and looking up, hashes; and tokens, which
# open the account.
INNER = (
    *("id", "folded", "email_key", "token", "once_key", "under_way_at"),
    *("payload_hash", "hash", "rows_hash"),
)
FLAGS = ("verified", "self_pay", "expires_given")
AS_JSON = ("params", "before", "after")


def dossier(
    reader: Reader, account_id: int, *, with_birthdate: bool, record: int | None = None
) -> dict[str, Any]:
    """Everything held about a person, by section; the birthdate only where it is asked for. With the
    number of a `record` only what is about that one."""
    ((portal_id, created_on),) = reader.rows(
        "SELECT portal_id, created_on FROM account WHERE id = :id", id=account_id
    )
    found: dict[str, Any] = {"portal_id": portal_id, "created_on": created_on}
    if with_birthdate:
        found["birthdate"] = birthdate_of(reader, account_id)
    for name, section in SECTIONS.items():
        if record is None:
            found[name] = list(_rows(reader, section, account_id))
        elif "record" in section.named:
            found[name] = [row for row in _rows(reader, section, account_id) if row["record"] == record]
    return found


def _is_inner(column: str) -> bool:
    return column in INNER or column.endswith("_id")


def _rows(reader: Reader, section: Section, account_id: int) -> Iterator[dict[str, Any]]:
    columns = section.columns
    told = ", ".join(columns.values())
    sql = f"""
        SELECT {told} FROM {section.table} t {section.joined}
        WHERE {section.whose} = :id ORDER BY {section.order}
    """
    for row in reader.rows(sql, id=account_id):
        yield _told(dict(zip(columns, row, strict=True)))


def _told(values: dict[str, Any]) -> dict[str, Any]:
    for key, value in values.items():
        if key in FLAGS:
            values[key] = bool(value)
        elif key in AS_JSON and value is not None:
            values[key] = _without_token(json.loads(value))
    return values


def _without_token(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != "token"} if isinstance(value, dict) else value
