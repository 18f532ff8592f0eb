"""Leaves of absence: days on which nothing is asked of a person."""

from datetime import date, timedelta

from carepass_cli.errors import InTheFuture, InvalidValue, Refused
from carepass_cli.rules.nouns.leave import LEAVE, LeaveValues
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.accounts import get_account, get_person
from carepass_cli.store.queries.leaves import list_leaves
from carepass_cli.store.rows.people import Leave
from carepass_cli.store.unit import Unit


def take_leave(unit: Unit, named: str, from_on: date, until_on: date | None, values: LeaveValues) -> Outcome:
    """Put down that a person is away from `from_on` through `until_on` (None: until they return); both may
    lie ahead. The same again is `unchanged`; raises Refused where a leave that is another, or for another
    reason, has some of these days."""
    account = get_person(unit, unit.today, named)
    if until_on is not None and until_on < from_on:
        raise InvalidValue(
            f"--until {until_on} is before --from {from_on}.", "Give the last day away to --until."
        )
    for held in list_leaves(unit, unit.today, account_id=account.id):
        if (held.from_on, held.until_on) == (from_on, until_on) and LEAVE.has(held, values):
            return Outcome(UNCHANGED, held.shown())
        if held.from_on <= (until_on or date.max) and from_on <= (held.until_on or date.max):
            through = f"through {held.until_on}" if held.until_on else "until they return"
            raise Refused(
                f"{account.portal_id} is on leave from {held.from_on} {through}.",
                f"To end that one first: carepass account return {account.portal_id} --on DATE",
                code="on-leave",
            )
    known = {**LEAVE.defaults, **values, "from_on": from_on, "until_on": until_on}
    added = unit.add(Leave(account_id=account.id, recorded_on=unit.today, change_id=unit.change_id, **known))
    leaves = list_leaves(unit, unit.today, account_id=account.id)
    item = next(each for each in leaves if each.id == added.id).shown()
    unit.audit("leave", "account", account.portal_id, account_id=account.id, after=item)
    return Outcome(CREATED, item)


def return_from_leave(unit: Unit, named: str, on: date | None = None) -> Outcome:
    """Put down that a person is back: `on` (today) is the first day. Back since then already is `unchanged`;
    raises Refused `not-on-leave`, InTheFuture for a later day."""
    account = get_account(unit, unit.today, named)
    day = on or unit.today
    if day > unit.today:
        raise InTheFuture(f"{day} lies in the future.", f"Give a day up to today, {unit.today}.")
    last = day - timedelta(days=1)
    leaves = list(list_leaves(unit, unit.today, account_id=account.id))
    for held in leaves:
        if held.until_on == last:
            return Outcome(UNCHANGED, held.shown())
    current = next((held for held in leaves if held.from_on <= day <= (held.until_on or date.max)), None)
    if current is None:
        raise Refused(
            f"{account.portal_id} is not on leave on {day}.",
            "Look it up: carepass account leaves",
            code="not-on-leave",
        )
    unit.update(Leave, {current.id: {"returned_on": day, "return_recorded_on": unit.today}})
    item = current._replace(back_on=day).shown()
    before = {"until_on": current.until_on}
    unit.audit("return", "account", account.portal_id, account_id=account.id, before=before, after=item)
    return Outcome(UPDATED, item)
