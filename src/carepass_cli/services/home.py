"""Homes and their settings; roles at a home; taking over another home's roles."""

from collections.abc import Collection
from datetime import date
from typing import Unpack

from carepass_cli.errors import UsageError
from carepass_cli.rules.fields import days_of
from carepass_cli.rules.nouns import HOME, ROLE, HomeValues, RoleValues
from carepass_cli.services.noun import again, refuse_later, revise
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.requirement import copy_requirements
from carepass_cli.store.queries.homes import find_home, find_role, get_home, get_role, list_roles
from carepass_cli.store.rows.homes import Home as HomeTable
from carepass_cli.store.rows.homes import HomeVersion, RoleVersion
from carepass_cli.store.rows.homes import Role as RoleTable
from carepass_cli.store.rows.nouns import Home
from carepass_cli.store.unit import Unit


def create_home(
    unit: Unit,
    /,
    code: str,
    *,
    like: str | None = None,
    close: Collection[date] = (),
    reopen: Collection[date] = (),
    **values: Unpack[HomeValues],
) -> Outcome:
    """Create a home. `like` takes over another home's roles, requirements and settings, closing days
    among them; `close` and `reopen` change those.

    The same home again is `unchanged`; raises Refused where the code is another home's.
    """
    model = get_home(unit, unit.today, like) if like else None
    if close or reopen:
        values["closed_on"] = _days(model, close, reopen)
    known = find_home(unit, unit.today, code)
    if known is not None:
        return again(HOME, known, values, code)
    refuse_later(unit, "home", code)
    copied = {
        each.column: getattr(model, each.attribute) for each in HOME.fields if model and each.is_setting
    }
    row = unit.add(HomeTable(code=code, created_on=unit.today, change_id=unit.change_id))
    unit.add(HomeVersion(home_id=row.id, from_on=unit.today, **{**copied, **values}))
    home = get_home(unit, unit.today, code)
    unit.audit("create", "home", code, after=home.shown())
    if model is None:
        return Outcome(CREATED, home.shown())
    roles = list(list_roles(unit, unit.today, model.code))
    for role in roles:
        copy_role(unit, model.code, role.role, code)
    said = [f"Took over {len(roles)} roles from {model.code}."]
    if "manager_email" not in values and home.manager_email:
        said.append(f"The weekly digest goes to {home.manager_email}, as at {model.code}.")
    return Outcome(CREATED, home.shown(), tuple(said))


def edit_home(
    unit: Unit,
    /,
    code: str,
    *,
    close: Collection[date] = (),
    reopen: Collection[date] = (),
    **values: Unpack[HomeValues],
) -> Outcome:
    """Change a home's name or settings from today on; None takes away what may be absent."""
    home = get_home(unit, unit.today, code)
    if close or reopen:
        values["closed_on"] = _days(home, close, reopen)
    changed = revise(unit, HOME, HomeVersion, home, values, code)
    return Outcome(UPDATED if changed else UNCHANGED, get_home(unit, unit.today, code).shown())


def _days(home: Home | None, close: Collection[date], reopen: Collection[date]) -> str:
    """The home's closing days with some more, and some less, as the store keeps them. Raises UsageError for
    a day that is to be both."""
    if both := set(close) & set(reopen):
        raise UsageError(f"--close and --open both name {min(both)}.", "Give it to one of them.")
    days = days_of(home.closed_on) if home else set()
    return " ".join(sorted(map(str, (days | set(close)) - set(reopen))))


def create_role(unit: Unit, /, home: str, role: str, **values: Unpack[RoleValues]) -> Outcome:
    """Create a role at a home. The same role again is `unchanged`."""
    at = get_home(unit, unit.today, home)
    known = find_role(unit, unit.today, home, role)
    if known is not None:
        return again(ROLE, known, values, role, at=home)
    row = unit.add(RoleTable(home_id=at.id, code=role, created_on=unit.today, change_id=unit.change_id))
    unit.add(RoleVersion(role_id=row.id, from_on=unit.today, **values))
    made = get_role(unit, unit.today, home, role)
    unit.audit("create", "role", f"{home}/{role}", after=made.shown())
    return Outcome(CREATED, made.shown())


def edit_role(unit: Unit, /, home: str, role: str, **values: Unpack[RoleValues]) -> Outcome:
    """Change a role's name or staff group from today on; None takes away what may be absent."""
    known = get_role(unit, unit.today, home, role)
    changed = revise(unit, ROLE, RoleVersion, known, values, f"{home}/{role}")
    return Outcome(UPDATED if changed else UNCHANGED, get_role(unit, unit.today, home, role).shown())


def copy_role(unit: Unit, home: str, role: str, to: str) -> Outcome:
    """Take a role with its requirements over to another home. What is there already stays as it is."""
    source = get_role(unit, unit.today, home, role)
    get_home(unit, unit.today, to)
    target = find_role(unit, unit.today, to, role)
    result = UNCHANGED
    if target is None:
        create_role(unit, to, role, name=source.name, staff_group=source.group)
        target = get_role(unit, unit.today, to, role)
        result = CREATED
    added = copy_requirements(unit, source, target)
    if added and result == UNCHANGED:
        result = UPDATED
    return Outcome(result, target.shown(), (f"{role} at {to}: {added} requirements taken over.",))
