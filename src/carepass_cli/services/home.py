"""Homes and their settings; roles at a home; taking over another home's roles."""

from collections.abc import Collection
from datetime import date
from typing import Any

from carepass_cli.services.code import code_in_use, refuse_later
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.requirement import copy_requirements
from carepass_cli.store.queries.homes import Home, find_home, find_role, get_home, get_role, list_roles
from carepass_cli.store.rows.homes import Home as HomeTable
from carepass_cli.store.rows.homes import HomeVersion, RoleVersion
from carepass_cli.store.rows.homes import Role as RoleTable
from carepass_cli.store.unit import Unit

COPIED_SETTINGS = (
    "approval",
    "renewal_window",
    "expiring_within",
    "study_minutes_per_day",
    "confirm_within",
    "manager_email",
)


def create_home(
    unit: Unit,
    /,
    code: str,
    *,
    name: str,
    like: str | None = None,
    close: Collection[date] = (),
    reopen: Collection[date] = (),
    **settings: Any,
) -> Outcome:
    """Create a home. `like` takes over another home's roles, requirements and settings, closing days
    among them; `close` and `reopen` change those.

    The same home again is `unchanged`; raises Refused where the code is another home's.
    """
    model = get_home(unit, unit.today, like) if like else None
    given = _given(settings)
    if close or reopen:
        given["closed_on"] = _days((closing_days(model) | set(close)) - set(reopen))
    wanted = {"name": name, **given}
    known = find_home(unit, unit.today, code)
    if known is not None:
        if _same(known, wanted):
            return Outcome(UNCHANGED, known.shown())
        raise code_in_use("home", code)
    refuse_later(unit, "home", code)
    if model is not None:
        copied = {key: getattr(model, key) for key in COPIED_SETTINGS}
        wanted = {**copied, "closed_on": _days(closing_days(model)), **wanted}
    row = unit.add(HomeTable(code=code, created_on=unit.today, change_id=unit.change_id))
    assert row.id is not None
    unit.add(HomeVersion(home_id=row.id, from_on=unit.today, **wanted))
    home = get_home(unit, unit.today, code)
    unit.audit("create", "home", code, after=home.shown())
    if model is None:
        return Outcome(CREATED, home.shown())
    roles = list(list_roles(unit, unit.today, model.code))
    for role in roles:
        copy_role(unit, model.code, role.role, code)
    said = [f"Took over {len(roles)} roles from {model.code}."]
    if "manager_email" not in given and home.manager_email:
        said.append(f"The weekly digest goes to {home.manager_email}, as at {model.code}.")
    return Outcome(CREATED, home.shown(), tuple(said))


def edit_home(
    unit: Unit, /, code: str, *, close: Collection[date] = (), reopen: Collection[date] = (), **changes: Any
) -> Outcome:
    """Change a home's name or settings from today on; None leaves one as it is, an empty text clears it."""
    home = get_home(unit, unit.today, code)
    given = _given(changes)
    given["closed_on"] = _days((closing_days(home) | set(close)) - set(reopen))
    revised = unit.revise(HomeVersion, {home.id: given}).get(home.id)
    if revised is None:
        return Outcome(UNCHANGED, home.shown())
    unit.audit("edit", "home", code, before=revised[0], after=revised[1])
    return Outcome(UPDATED, get_home(unit, unit.today, code).shown())


def closing_days(home: Home | None) -> set[date]:
    """A home's own closing days; none where there is no home."""
    return set(home.closed_on) if home else set()


def create_role(unit: Unit, home: str, role: str, *, name: str, group: str | None = None) -> Outcome:
    """Create a role at a home. The same role again is `unchanged`."""
    at = get_home(unit, unit.today, home)
    known = find_role(unit, unit.today, home, role)
    if known is not None:
        if (known.name, known.group) == (name, group):
            return Outcome(UNCHANGED, known.shown())
        raise code_in_use("role", role, at=home)
    row = unit.add(RoleTable(home_id=at.id, code=role, created_on=unit.today, change_id=unit.change_id))
    assert row.id is not None
    unit.add(RoleVersion(role_id=row.id, from_on=unit.today, name=name, staff_group=group))
    made = get_role(unit, unit.today, home, role)
    unit.audit("create", "role", f"{home}/{role}", after=made.shown())
    return Outcome(CREATED, made.shown())


def edit_role(
    unit: Unit, home: str, role: str, *, name: str | None = None, group: str | None = None
) -> Outcome:
    """Change a role's name or staff group from today on."""
    known = get_role(unit, unit.today, home, role)
    given = {key: value for key, value in {"name": name, "staff_group": group}.items() if value is not None}
    revised = unit.revise(RoleVersion, {known.id: given}).get(known.id)
    if revised is None:
        return Outcome(UNCHANGED, known.shown())
    unit.audit("edit", "role", f"{home}/{role}", before=revised[0], after=revised[1])
    return Outcome(UPDATED, get_role(unit, unit.today, home, role).shown())


def copy_role(unit: Unit, home: str, role: str, to: str) -> Outcome:
    """Take a role with its requirements over to another home. What is there already stays as it is."""
    source = get_role(unit, unit.today, home, role)
    get_home(unit, unit.today, to)
    target = find_role(unit, unit.today, to, role)
    result = UNCHANGED
    if target is None:
        create_role(unit, to, role, name=source.name, group=source.group)
        target = get_role(unit, unit.today, to, role)
        result = CREATED
    added = copy_requirements(unit, source, target)
    if added and result == UNCHANGED:
        result = UPDATED
    return Outcome(result, target.shown(), (f"{role} at {to}: {added} requirements taken over.",))


def _given(settings: dict[str, Any]) -> dict[str, Any]:
    """What was given: not None. An empty text is nothing where there may be nothing."""
    empty = ("city", "manager_email")
    return {
        key: None if value == "" and key in empty else value
        for key, value in settings.items()
        if value is not None
    }


def _same(known: Home, wanted: dict[str, Any]) -> bool:
    shown = {**known.shown(), "closed_on": known.closing_days}
    return all(shown[key] == value for key, value in wanted.items())


def _days(days: Collection[date]) -> str:
    return " ".join(sorted(day.isoformat() for day in days))
