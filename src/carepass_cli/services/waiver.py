"""Waivers: a course that a person need not hold for a while, or for good."""

from collections.abc import Sequence
from datetime import date

from carepass_cli.errors import InTheFuture, InvalidValue, Refused
from carepass_cli.rules.nouns.waiver import WAIVER, WaiverValues
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.accounts import get_account, get_person
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.queries.waivers import open_waivers
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import Waiver
from carepass_cli.store.unit import Unit


def waive_requirements(
    unit: Unit,
    named: str,
    codes: Sequence[str],
    values: WaiverValues,
    from_on: date | None = None,
    until_on: date | None = None,
) -> list[Outcome]:
    """Waive courses for a person from a day (today) through `until_on` (None: for good). The same is
    `unchanged`."""
    account = get_person(unit, unit.today, named)
    first = from_on or unit.today
    if until_on is not None and until_on < unit.today:
        raise Refused(
            f"The waiver would have ended on {until_on}.", "Give a later --until.", code="in-the-past"
        )
    if until_on is not None and until_on < first:
        raise InvalidValue(f"--until {until_on} is before --from {first}.", "Give the last day to --until.")
    return [_waive(unit, account, code, values, from_on, until_on) for code in dict.fromkeys(codes)]


def end_waivers(unit: Unit, named: str, codes: Sequence[str], on: date | None = None) -> list[Outcome]:
    """Ask for courses again from a day (today) on; earlier days stay waived. What is not waived then is
    `unchanged`."""
    account = get_account(unit, unit.today, named)
    day = on or unit.today
    if day > unit.today:
        raise InTheFuture(f"{day} lies in the future.", f"Give a day up to today, {unit.today}.")
    outcomes = []
    for code in dict.fromkeys(codes):
        course = get_course(unit, unit.today, code)
        item: dict[str, object] = {"portal_id": account.portal_id, "code": code, "title": course.title}
        waivers = open_waivers(unit, unit.today, account.id, course.id)
        live = [each.id for each in waivers if each.waived_until is None or each.waived_until >= day]
        unit.update(Waiver, {key: {"ended_on": day} for key in live})
        if live:
            key = f"{account.portal_id} {code}"
            unit.audit("unwaive", "requirement", key, account_id=account.id, after={"ended_on": day})
        outcomes.append(Outcome(UPDATED if live else UNCHANGED, {**item, "ended_on": day if live else None}))
    return outcomes


def _waive(
    unit: Unit,
    account: Account,
    code: str,
    values: WaiverValues,
    from_on: date | None,
    until_on: date | None,
) -> Outcome:
    course = get_course(unit, unit.today, code)
    first = from_on or unit.today
    item: dict[str, object] = {
        "portal_id": account.portal_id,
        "code": code,
        "title": course.title,
        "waived_on": first,
        "waived_until": until_on,
        **values,
    }
    for each in open_waivers(unit, unit.today, account.id, course.id):
        begun = each.from_on == first if from_on else each.from_on <= unit.today
        if begun and each.waived_until == until_on and WAIVER.has(each, values):
            return Outcome(UNCHANGED, {**item, "waived_on": each.from_on})
    known = {**WAIVER.defaults, **values, "waived_on": first, "waived_until": until_on}
    unit.add(Waiver(account_id=account.id, course_id=course.id, **known))
    unit.audit("waive", "requirement", f"{account.portal_id} {code}", account_id=account.id, after=item)
    return Outcome(CREATED, item)
