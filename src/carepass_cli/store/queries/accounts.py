"""Accounts as of a day. Birthdates are only reached by `birthdate_of`."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from carepass_cli.errors import NotFound, nearest
from carepass_cli.rules.address import email_key
from carepass_cli.rules.fields import folded
from carepass_cli.store.queries.asof import containing, seen
from carepass_cli.store.queries.names import names_like
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader

KEYS = (
    "portal_id",
    "first_name",
    "last_name",
    "email",
    "language",
    "status",
    "created_on",
    "employee_number",
)


# What stands before an employee number where a person is named.
NUMBER = "emp:"


class Account(NamedTuple):
    """An account: first its keys in the order of KEYS."""

    portal_id: str
    first_name: str
    last_name: str
    email: str
    language: str
    status: str
    created_on: str
    employee_number: str | None
    id: int
    student_number: str | None

    def shown(self) -> dict[str, object]:
        """The account under its public keys."""
        return dict(zip(KEYS, self, strict=False))


_ACCOUNT = f"""
    SELECT a.portal_id, v.first_name, v.last_name, v.email, v.language, v.status, a.created_on,
           v.employee_number, a.id, v.student_number
    FROM account a JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    WHERE a.created_on <= :today
"""


# Under a former name, too.
_ONCE = """EXISTS (
    SELECT 1 FROM account_version o
    WHERE o.account_id = a.id AND o.from_on <= :today AND o.folded LIKE {at}
)"""


def find_account(reader: Reader, today: date, named: str) -> Account | None:
    """The account with this portal ID, with `emp:` before it this employee number, or with an `@` this e-mail
    address (case does not matter)."""
    named = named.strip()
    if named[:4].casefold() == NUMBER:
        which, key = "v.employee_number = :named", named[4:].strip()
    elif "@" in named:
        which, key = "v.email_key = :named", email_key(named)
    else:
        which, key = "a.portal_id = :named", named
    row = next(reader.rows(f"{_ACCOUNT} AND {which}", today=today, named=key), None)
    return Account(*row) if row else None


def get_account(reader: Reader, today: date, named: str) -> Account:
    """As `find_account`; raises NotFound, naming the nearest people."""
    account = find_account(reader, today, named)
    if account is None:
        raise NotFound("account", named, hint=_lookup_hint(reader, named, today))
    return account


def account_ids(reader: Reader, today: date, named: Collection[str] | None) -> list[int]:
    """The keys of the accounts that narrow a list; none where none is named. Raises NotFound."""
    return [get_account(reader, today, each).id for each in named or ()]


def account_by_id(reader: Reader, today: date, account_id: int) -> Account:
    """The account with this key, which must exist."""
    ((portal_id,),) = reader.rows("SELECT portal_id FROM account WHERE id = :id", id=account_id)
    return get_account(reader, today, portal_id)


def list_accounts(
    reader: Reader,
    today: date,
    *,
    search: str | None = None,
    home: Named = None,
    status: Named = None,
) -> Iterator[Account]:
    """Accounts by name. `search` looks for each of its words in names, ID and e-mail; `home` keeps those
    with a live role there."""
    narrowed, params = any_of({"v.status": status})
    sql = _ACCOUNT + narrowed
    for number, word in enumerate(folded(search or "").split()):
        at = f":word{number} ESCAPE '\\'"
        known = f"v.folded LIKE {at} OR v.email_key LIKE {at} OR a.portal_id LIKE {at}"
        sql += f" AND ({known} OR {_ONCE.format(at=at)})"
        params[f"word{number}"] = containing(word)
    at, homes = any_of({"h.code": home})
    if homes:
        sql += f"""
            AND a.id IN (
                SELECT s.account_id FROM assignment s JOIN role r ON r.id = s.role_id
                JOIN home h ON h.id = r.home_id
                WHERE {seen("s")} {at}
                AND (s.declined_on IS NULL OR s.declined_on > :today)
                AND (s.cancelled_on IS NULL OR s.cancelled_on > :today)
                AND (s.ended_on IS NULL OR s.ended_on > :today)
            )
        """
    for row in reader.rows(f"{sql} ORDER BY v.folded, a.portal_id", today=today, **params, **homes):
        yield Account(*row)


def birthdate_of(reader: Reader, account_id: int) -> str | None:
    """The birthdate, as ISO text: to match a person, never to print unless asked for by name. None where
    the person was erased."""
    sql = "SELECT birthdate FROM account_identity WHERE account_id = :account_id"
    row = next(reader.rows(sql, account_id=account_id), None)
    return str(row[0]) if row else None


def _lookup_hint(reader: Reader, named: str, today: date) -> str:
    sql = "SELECT created_on FROM account WHERE portal_id = :named"
    later = next(reader.rows(sql, named=named), None)
    if later and date.fromisoformat(later[0]) > today:
        return f"It was created on {later[0]}, after {today}; leave --today out, or choose a later day."
    likely = list(islice(list_accounts(reader, today, search=named), 2)) if len(named) > 2 else []
    for portal_id in nearest(named, tuple(names_like(reader, "account")), cutoff=0.75)[: 2 - len(likely)]:
        near = find_account(reader, today, portal_id)
        likely += [near] if near else []
    if likely:
        meant = " or ".join(f"{each.portal_id} ({each.last_name}, {each.first_name})" for each in likely)
        return f"Did you mean {meant}?"
    return "Look it up: carepass account list --search NAME"
