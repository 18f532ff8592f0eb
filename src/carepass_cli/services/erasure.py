"""Erasing a person for good: what was trained stays, without a name; that it was written stays in the log."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import bindparam, text

from carepass_cli.errors import Refused
from carepass_cli.rules.span import Span, parse_span
from carepass_cli.services.outcome import UNCHANGED, UPDATED, Outcome
from carepass_cli.store.models import AccountVersion
from carepass_cli.store.queries.accounts import Account, get_account
from carepass_cli.store.queries.assignments import list_assignments
from carepass_cli.store.unit import Unit

ERASED = "erased"
RETENTION = "7y"

# The newest day on which the person did something, or something was done for them.
_LAST_ACTIVE = """
    SELECT MAX(day) FROM (
        SELECT MAX(from_on) AS day FROM account_version WHERE account_id = :id
        UNION ALL SELECT MAX(COALESCE(ended_on, declined_on, cancelled_on, assigned_on)) FROM assignment
            WHERE account_id = :id
        UNION ALL SELECT MAX(completed_on) FROM completion WHERE account_id = :id
        UNION ALL SELECT MAX(submitted_on) FROM submission WHERE account_id = :id
        UNION ALL SELECT MAX(COALESCE(completed_on, failed_on, withdrawn_on, access_on, approved_on))
            FROM registration WHERE account_id = :id
    ) AS days
"""

_LINES = """
    SELECT l.id FROM submission_line l JOIN submission u ON u.id = l.submission_id WHERE u.account_id = :id
"""

# Table -> its key, whose rows they are, and what is left of them.
_BLANKED = {
    "account_version": (
        "id",
        "account_id = :id",
        "first_name = 'erased', last_name = 'erased', folded = 'erased  erased', email = 'erased',"
        " student_number = NULL, reason = NULL,"
        " email_key = 'erased-' || (SELECT portal_id FROM account WHERE id = :id)",
    ),
    "completion": ("id", "account_id = :id", "evidence = NULL, verified_by = NULL, void_reason = NULL"),
    "assignment": ("id", "account_id = :id", "end_reason = NULL"),
    "waiver": ("id", "account_id = :id", "reason = 'erased'"),
    "extension": ("id", f"line_id IN ({_LINES})", "reason = 'erased'"),
    "decision": ("id", f"line_id IN ({_LINES}) AND decided_by IS NOT NULL", "reason = 'erased'"),
    "revocation": (
        "completion_id",
        "completion_id IN (SELECT id FROM completion WHERE account_id = :id)",
        "reason = 'erased'",
    ),
}
_DELETED = {"message": "id", "account_identity": "account_id", "confirmation_token": "token"}


def erase_account(unit: Unit, named: str, retention: str = RETENTION) -> Outcome:
    """Erase a person's particulars, birthdate, tokens, messages and log payloads, for good.

    Completions and assignments stay, without a name. Raises Refused (`retention`) before the day after
    `retention`, counted from the last day on which anything was done.
    """
    account = get_account(unit, unit.today, named)
    if account.email == ERASED:
        return Outcome(UNCHANGED, account.shown())
    _refuse_early(unit, account, parse_span(retention, "The retention"))
    if unit.driver is not None:  # what is deleted is overwritten in the file, too
        unit.driver.execute("PRAGMA secure_delete=ON")
    if account.status != "deactivated":
        unit.revise(AccountVersion, "account_id", account.id, {"status": "deactivated"})
    entries = _entries(unit, account.id)
    _blank(unit, account)
    _run(unit, "UPDATE audit_entry SET before = NULL, after = NULL WHERE id IN :keys", keys=entries)
    # The log itself says which of its payloads are gone: by that it verifies.
    unit.audit(
        "erase", "account", account.portal_id, account_id=account.id, after={"erased_entries": entries}
    )
    unit.session.expire_all()
    said = "Backups made until now still hold this person: delete them when their time comes."
    return Outcome(UPDATED, get_account(unit, unit.today, account.portal_id).shown(), (said,))


def _refuse_early(unit: Unit, account: Account, retention: Span) -> None:
    for held in list_assignments(unit, unit.today, account_id=account.id):
        if held.status in ("pending", "confirmed"):
            raise Refused(
                f"Account {account.portal_id} still holds {held.role} at {held.home}.",
                f"End or cancel the role first; the account may be erased {retention} later.",
                code="retention",
            )
    ((last,),) = unit.rows(_LAST_ACTIVE, id=account.id)
    first_day = retention.after(date.fromisoformat(str(last))) + timedelta(days=1)
    if unit.day < first_day:
        raise Refused(
            f"Account {account.portal_id} was last active on {last} and is kept for {retention}.",
            f"It may be erased from {first_day} on.",
            code="retention",
        )


def _entries(unit: Unit, account_id: int) -> list[int]:
    """The log's entries that say something of the person."""
    sql = """
        SELECT id FROM audit_entry WHERE (before IS NOT NULL OR after IS NOT NULL) AND (
            account_id = :id OR (subject = 'message' AND key IN (
                SELECT CAST(m.id AS TEXT) FROM message m WHERE m.account_id = :id
            ))
        ) ORDER BY id
    """
    return [int(entry) for (entry,) in unit.rows(sql, id=account_id)]


def _blank(unit: Unit, account: Account) -> None:
    _forget_in_digests(unit, account.portal_id)
    for table, (key, whose, values) in _BLANKED.items():
        keys = [
            int(number) for (number,) in unit.rows(f"SELECT {key} FROM {table} WHERE {whose}", id=account.id)
        ]
        _forget_steps(unit, table, keys)
        _run(unit, f"UPDATE {table} SET {values} WHERE {whose}", id=account.id)
    for table, key in _DELETED.items():
        whose = "account_id = :id"
        if table != "confirmation_token":  # nothing is undone by its key
            found = unit.rows(f"SELECT {key} FROM {table} WHERE {whose}", id=account.id)
            _forget_steps(unit, table, [int(number) for (number,) in found])
        _run(unit, f"DELETE FROM {table} WHERE {whose}", id=account.id)


def _forget_steps(unit: Unit, table: str, keys: list[int]) -> None:
    """Forget what rows were before: earlier changes to them can be undone no more."""
    sql = """
        UPDATE undo_step SET before = '{}'
        WHERE before IS NOT NULL AND table_name = :name AND first_key IN :keys
    """
    _run(unit, sql, name=table, keys=keys)
    for key in keys:
        unit.trail.updated(table, key, {})


def _forget_in_digests(unit: Unit, portal_id: str) -> None:
    """Take the person's lines out of the managers' digests."""
    sql = "SELECT id, params FROM message WHERE kind = 'digest' AND params LIKE :like"
    for number, params in list(unit.rows(sql, like=f'%"portal_id": "{portal_id}"%')):
        told = json.loads(params)
        told["rows"] = [row for row in told["rows"] if row.get("portal_id") != portal_id]
        _run(
            unit,
            "UPDATE message SET params = :params WHERE id = :id",
            params=json.dumps(told, ensure_ascii=False),
            id=number,
        )
        _forget_steps(unit, "message", [int(number)])


def _run(unit: Unit, sql: str, *, keys: Iterable[int] | None = None, **params: object) -> None:
    unit.session.flush()
    statement = text(sql)
    if keys is not None:
        statement = statement.bindparams(bindparam("keys", expanding=True))
        params["keys"] = list(keys)
    unit.session.execute(statement, params)
