"""Homes and roles as of a day."""

from collections.abc import Iterator
from datetime import date

from carepass_cli.errors import NotFound
from carepass_cli.store.queries.asof import confirmed, seen
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.names import names_like
from carepass_cli.store.queries.narrowing import Named, any_of, several
from carepass_cli.store.reader import Reader
from carepass_cli.store.rows.nouns import HOME, ROLE, Home, Role

_HOME = f"""
    SELECT {HOME} FROM home h JOIN home_version v ON v.home_id = h.id AND {seen("v")}
    WHERE h.created_on <= :today
"""

_ROLE = f"""
    SELECT {ROLE} FROM role r JOIN home h ON h.id = r.home_id
    JOIN role_version v ON v.role_id = r.id AND {seen("v")}
    WHERE r.created_on <= :today
"""


def find_home(reader: Reader, today: date, code: str) -> Home | None:
    """The home with this code."""
    return next(reader.select(Home, f"{_HOME} AND h.code = :code", today=today, code=code), None)


def get_home(reader: Reader, today: date, code: str) -> Home:
    """As `find_home`; raises NotFound, naming the nearest code."""
    home = find_home(reader, today, code)
    if home is None:
        raise NotFound("home", code, tuple(names_like(reader, "home")))
    return home


def list_homes(reader: Reader, today: date) -> Iterator[Home]:
    """All homes, by code."""
    return reader.select(Home, f"{_HOME} ORDER BY h.code", today=today)


def home_by_id(reader: Reader, today: date, home_id: int) -> Home:
    """The home with this key, which must exist."""
    (home,) = reader.select(Home, f"{_HOME} AND h.id = :id", today=today, id=home_id)
    return home


def find_role(reader: Reader, today: date, home: str, role: str) -> Role | None:
    """The role with this code at this home."""
    sql = f"{_ROLE} AND h.code = :home AND r.code = :role"
    return next(reader.select(Role, sql, today=today, home=home, role=role), None)


def role_by_id(reader: Reader, today: date, role_id: int) -> Role:
    """The role with this key, which must exist."""
    (role,) = reader.select(Role, f"{_ROLE} AND r.id = :id", today=today, id=role_id)
    return role


def get_role(reader: Reader, today: date, home: str, role: str) -> Role:
    """As `find_role`; raises NotFound for the home or the role, naming the nearest code."""
    found = find_role(reader, today, home, role)
    if found is None:
        get_home(reader, today, home)
        raise NotFound("role", role, tuple(names_like(reader, "role", home=home)), at=home)
    return found


def check_named(
    reader: Reader, today: date, homes: Named, roles: Named = None, courses: Named = None
) -> None:
    """Raise NotFound for a home, role or course that narrows a list and is none: a slip is not an empty list.
    A role need be at one of the homes only."""
    for code in several(courses):
        get_course(reader, today, str(code))
    at = [str(home) for home in several(homes)]
    for home in at:
        get_home(reader, today, home)
    there = {each.role for each in list_roles(reader, today, at)} if several(roles) else set()
    for role in several(roles):
        if role in there:
            continue
        if len(at) == 1:
            get_role(reader, today, at[0], str(role))
        raise NotFound("role", str(role), tuple(sorted(there)) or tuple(names_like(reader, "role")))


def list_roles(reader: Reader, today: date, home: Named = None, group: Named = None) -> Iterator[Role]:
    """The roles (of these homes, of these staff groups), by home and code."""
    narrowed, params = any_of({"h.code": home, "v.staff_group": group})
    return reader.select(Role, f"{_ROLE}{narrowed} ORDER BY h.code, r.code", today=today, **params)


def assigned_roles(reader: Reader, today: date, account_id: int) -> set[int]:
    """The keys of the roles that an account holds, confirmed."""
    sql = f"SELECT s.role_id FROM assignment s WHERE s.account_id = :account_id AND {confirmed('s')}"
    return set(reader.values(sql, today=today, account_id=account_id))
