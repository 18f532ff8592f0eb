"""Waivers: a course that a person need not hold for a while, or for good."""

from collections.abc import Sequence
from datetime import date

from carepass_cli.errors import InTheFuture, InvalidValue, Refused
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.accounts import get_account
from carepass_cli.store.queries.asof import not_yet
from carepass_cli.store.queries.courses import get_course
from carepass_cli.store.rows.nouns import Account
from carepass_cli.store.rows.people import Waiver
from carepass_cli.store.unit import Unit


def waive_requirements(
    unit: Unit,
    named: str,
    codes: Sequence[str],
    reason: str,
    from_on: date | None = None,
    until_on: date | None = None,
) -> list[Outcome]:
    """Waive courses for a person from a day (today) through `until_on` (None: for good). The same is
    `unchanged`."""
    account = get_account(unit, unit.today, named)
    first = from_on or unit.today
    if until_on is not None and until_on < unit.today:
        raise Refused(
            f"The waiver would have ended on {until_on}.", "Give a later --until.", code="in-the-past"
        )
    if until_on is not None and until_on < first:
        raise InvalidValue(f"--until {until_on} is before --from {first}.", "Give the last day to --until.")
    return [_waive(unit, account, code, reason, from_on, until_on) for code in dict.fromkeys(codes)]


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
        waivers = _waivers(unit, account, course.id)
        live = [key for key, _, until_on, _ in waivers if (until_on or "9999-12-31") >= day.isoformat()]
        unit.update(Waiver, {key: {"ended_on": day} for key in live})
        if live:
            key = f"{account.portal_id} {code}"
            unit.audit("unwaive", "requirement", key, account_id=account.id, after={"ended_on": str(day)})
        outcomes.append(
            Outcome(UPDATED if live else UNCHANGED, {**item, "ended_on": str(day) if live else None})
        )
    return outcomes


def _waive(
    unit: Unit, account: Account, code: str, reason: str, from_on: date | None, until_on: date | None
) -> Outcome:
    course = get_course(unit, unit.today, code)
    first = from_on or unit.today
    item: dict[str, object] = {
        "portal_id": account.portal_id,
        "code": code,
        "title": course.title,
        "waived_on": str(first),
        "waived_until": str(until_on) if until_on else None,
        "reason": reason,
    }
    for _, began_on, last_on, why in _waivers(unit, account, course.id):
        begun = began_on == str(first) if from_on else began_on <= unit.today.isoformat()
        if begun and (why, last_on) == (reason, item["waived_until"]):
            return Outcome(UNCHANGED, {**item, "waived_on": began_on})
    unit.add(
        Waiver(
            account_id=account.id, course_id=course.id, waived_on=first, waived_until=until_on, reason=reason
        )
    )
    unit.audit("waive", "requirement", f"{account.portal_id} {code}", account_id=account.id, after=item)
    return Outcome(CREATED, item)


def _waivers(unit: Unit, account: Account, course_id: int) -> list[tuple[int, str, str | None, str]]:
    """A person's waivers of a course that were not ended, those ahead too: key, first day, last, why."""
    sql = f"""
        SELECT id, waived_on, waived_until, reason FROM waiver
        WHERE account_id = :account AND course_id = :course AND {not_yet("ended_on")} ORDER BY id
    """
    return [tuple(row) for row in unit.rows(sql, account=account.id, course=course_id, today=unit.today)]
