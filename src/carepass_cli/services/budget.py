"""A home's budget: what it will spend on training in a calendar year."""

from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.store.queries.budgets import KEYS, HomeBudget, budget_versions, find_budget
from carepass_cli.store.queries.homes import get_home
from carepass_cli.store.rows.homes import HomeBudget as HomeBudgetTable
from carepass_cli.store.unit import Unit


def set_budget(unit: Unit, code: str, year: int, amount_cents: int | None) -> Outcome:
    """Set what a home will spend in a year, in cents, from today on; None takes the limit away.

    What is committed already stays, also where it is more.
    """
    home = get_home(unit, unit.today, code)
    before = find_budget(unit, unit.today, home.id, year)
    if before.amount_cents == amount_cents:
        return Outcome(UNCHANGED, _item(before))
    open_ones = budget_versions(unit, unit.today, home.id, year)
    unit.update(HomeBudgetTable, {key: {"until_on": unit.today} for key in open_ones})
    unit.add(
        HomeBudgetTable(
            home_id=home.id,
            year=year,
            from_on=unit.today,
            amount_cents=amount_cents,
            change_id=unit.change_id,
        )
    )
    now = find_budget(unit, unit.today, home.id, year)
    unit.audit("budget", "home", code, before=_amount(before), after=_amount(now))
    return Outcome(UPDATED if open_ones else CREATED, _item(now))


def _item(budget: HomeBudget) -> dict[str, object]:
    return dict(zip(KEYS, budget.row(), strict=True))


def _amount(budget: HomeBudget) -> dict[str, object]:
    return {"year": budget.year, "amount": _item(budget)["amount"]}
