"""Accounts as of a day. Birthdates are only reached by `birthdate_of`."""

from collections.abc import Collection, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple

from carepass_cli.errors import NotFound, Refused, nearest
from carepass_cli.rules import nouns
from carepass_cli.rules.fields import folded
from carepass_cli.rules.noun import Field
from carepass_cli.store.port import json_array
from carepass_cli.store.queries.asof import containing, escaped, seen
from carepass_cli.store.queries.names import created_on, names_like
from carepass_cli.store.queries.narrowing import Named, any_of
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import ACCOUNT, Account

LOOK_UP = "Look it up: carepass account list --search NAME"
_SOUGHT = {each.name: each for each in nouns.ACCOUNT.sought}

_ACCOUNT = f"""
    SELECT {ACCOUNT} FROM account a JOIN account_version v ON v.account_id = a.id AND {seen("v")}
    WHERE a.created_on <= :today
"""


# Under a former name, too.
_ONCE = """EXISTS (
    SELECT 1 FROM account_version o
    WHERE o.account_id = a.id AND o.from_on <= :today AND o.folded LIKE {at}
)"""


class _Born(NamedTuple):
    account_id: int
    birthdate: date


def find_account(reader: Reader, today: date, named: str) -> Account | None:
    """The account with this portal ID, with `emp:` before it this employee number, or with an `@` this e-mail
    address (case does not matter)."""
    field, key = sought_by(named.strip())
    sql = f"{_ACCOUNT} AND {field.sought} = :named"
    return next(reader.select(Account, sql, today=today, named=field.key(key)), None)


def sought_by(named: str) -> tuple[Field, str]:
    """By which field a person is named on a command line, and its value."""
    by_address, by_id = _SOUGHT["email"], _SOUGHT["portal_id"]
    for each in nouns.ACCOUNT.sought:
        if each.prefix and named[: len(each.prefix)].casefold() == each.prefix:
            return each, named[len(each.prefix) :].strip()
    return (by_address if "@" in named else by_id), named


def get_account(reader: Reader, today: date, named: str) -> Account:
    """As `find_account`; raises NotFound, naming the nearest people."""
    account = find_account(reader, today, named)
    if account is None:
        raise NotFound("account", named, hint=_lookup_hint(reader, named, today))
    return account


def get_person(reader: Reader, today: date, named: str) -> Account:
    """As `get_account`, for what is to be written about the person. Raises Refused (`account-merged`) for an
    account that is part of another one: what is written would be seen by nobody."""
    account = get_account(reader, today, named)
    if account.merged_into:
        raise merged(account)
    return account


def merged(account: Account) -> Refused:
    """The refusal to do anything more with an account that is part of another one."""
    return Refused(
        f"Account {account.portal_id} was merged into {account.merged_into}.",
        f"Name {account.merged_into}. To take the merge back: carepass audit list --account"
        f" {account.portal_id}, then carepass audit undo CHANGE",
        code="account-merged",
    )


def merged_accounts(reader: Reader, today: date, account: Account) -> list[Account]:
    """The accounts that are part of this one: those merged into it, each before those merged into that."""
    sql = f"{_ACCOUNT} AND v.merged_into = :into ORDER BY a.portal_id"
    found = []
    for each in list(reader.select(Account, sql, today=today, into=account.portal_id)):
        found += [each, *merged_accounts(reader, today, each)]
    return found


def called(account: Account) -> str:
    """How a question or a hint names a person."""
    return f"{account.portal_id} ({account.last_name}, {account.first_name})"


def account_ids(reader: Reader, today: date, named: Collection[str] | None) -> list[int]:
    """The keys of the accounts that narrow a list; none where none is named. Raises NotFound."""
    return [get_account(reader, today, each).id for each in named or ()]


def account_by_id(reader: Reader, today: date, account_id: int) -> Account:
    """The account with this key, which must exist."""
    (portal_id,) = reader.values("SELECT portal_id FROM account WHERE id = :id", id=account_id)
    return get_account(reader, today, portal_id)


def accounts_by_id(reader: Reader, today: date, account_ids: Collection[int]) -> dict[int, Account]:
    """Those of the accounts with these keys that there are on the day, by their keys."""
    sql = f"{_ACCOUNT} AND a.id IN (SELECT number FROM {reader.listed('keys', number='INTEGER')} AS k)"
    found = reader.select(Account, sql, today=today, keys=json_array(account_ids))
    return {each.id: each for each in found}


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
    return reader.select(Account, f"{sql} ORDER BY v.folded, a.portal_id", today=today, **params, **homes)


def birthdate_of(reader: Reader, account_id: int) -> date | None:
    """The birthdate: to match a person, never to print unless asked for by name. None where the person was
    erased."""
    return birthdates_of(reader, [account_id]).get(account_id)


def birthdates_of(reader: Reader, account_ids: Collection[int]) -> dict[int, date]:
    """As `birthdate_of`, of many people by their keys; nothing of those who were erased."""
    listed = reader.listed("keys", number="INTEGER")
    sql = f"""
        SELECT i.account_id, i.birthdate FROM account_identity i
        WHERE i.account_id IN (SELECT number FROM {listed} AS k)
    """
    found = reader.select(_Born, sql, keys=json_array(account_ids)) if account_ids else ()
    return {each.account_id: each.birthdate for each in found}


def status_before(reader: Reader, account_id: int) -> str:
    """The last status of a deactivated account before that."""
    sql = """
        SELECT status FROM account_version WHERE account_id = :id AND status <> 'deactivated'
        ORDER BY id DESC LIMIT 1
    """
    return str(next(reader.values(sql, id=account_id)))


def _alike(reader: Reader, today: date, named: str) -> list[Account]:
    """Two people at most whose name or address is nearly `named`, of those that begin with the same
    letter."""
    word = folded(named)
    begin = "(v.folded LIKE :begin ESCAPE '\\' OR v.email_key LIKE :begin ESCAPE '\\')"
    sql = f"{_ACCOUNT} AND {begin} ORDER BY v.folded, a.portal_id LIMIT 3000"
    known: dict[str, Account] = {}
    for each in reader.select(Account, sql, today=today, begin=escaped(word[:1]) + "%"):
        for key in (each.last_name, f"{each.last_name} {each.first_name}", each.email):
            known.setdefault(folded(key), each)
    near = [known[key] for key in nearest(word, tuple(known), cutoff=0.8)]
    return list(dict.fromkeys(near))[:2]


def _lookup_hint(reader: Reader, named: str, today: date) -> str:
    later = created_on(reader, "account", named)
    if later is not None and later > today:
        return f"It was created on {later}, after {today}; leave --today out, or choose a later day."
    likely = list(islice(list_accounts(reader, today, search=named), 2)) if len(named) > 2 else []
    for portal_id in nearest(named, tuple(names_like(reader, "account")), cutoff=0.75)[: 2 - len(likely)]:
        near = find_account(reader, today, portal_id)
        likely += [near] if near else []
    if likely := likely or _alike(reader, today, named):
        meant = " or ".join(map(called, likely))
        return f"Did you mean {meant}?"
    return LOOK_UP
