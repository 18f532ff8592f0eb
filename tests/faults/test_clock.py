"""A clock that jumps back: the log keeps the order of the writing, and earlier days stay as they were."""

from datetime import UTC, datetime
from functools import partial

import pytest

from carepass_cli.clock import Clock
from carepass_cli.services.home import create_home, edit_home
from carepass_cli.store.unit import Work
from carepass_cli.store.writing import write
from tests.conftest import Carepass


def at(year: int, month: int, day: int) -> Clock:
    moment = datetime(year, month, day, 12, tzinfo=UTC)
    return Clock(moment.date(), moment)


@pytest.fixture
def jumped(carepass: Carepass) -> Carepass:
    """A home made in November, and then, by a clock a year behind, another one."""
    write(Work(carepass.db, at(2026, 11, 21), "a", "test"), lambda unit: create_home(unit, "later", name="L"))
    write(Work(carepass.db, at(2025, 11, 21), "a", "test"), lambda unit: create_home(unit, "early", name="E"))
    return carepass


def test_the_log_is_whole_and_in_the_order_of_writing(jumped: Carepass) -> None:
    jumped("audit", "verify")
    jumped("store", "check", "--full")
    rows = jumped.rows("audit", "list")
    assert [(row["entry"], row["key"], row["at"][:4]) for row in rows] == [
        (1, "later", "2026"),
        (2, "early", "2025"),
    ]


def test_each_day_sees_what_is_dated_up_to_it(jumped: Carepass) -> None:
    def codes(today: str) -> list[str]:
        return [row["code"] for row in jumped.rows("home", "list", today=today)]

    assert codes("2025-11-20") == []
    assert codes("2026-11-20") == ["early"]
    assert codes("2026-11-21") == ["early", "later"]


def test_what_is_dated_later_is_not_changed_by_the_early_clock(jumped: Carepass) -> None:
    ran = jumped("home", "edit", "later", "--name", "X", "-o", "json", today="2025-11-21", code=3)
    assert ran.error["code"] == "not-found"
    ran = jumped("home", "create", "later", "--name", "X", "-o", "json", today="2025-11-21", code=4)
    assert ran.error["code"] == "exists-later"
    assert jumped.rows("home", "show", "later")["name"] == "L"


@pytest.mark.on_file
def test_an_edit_by_the_early_clock_lasts_until_the_later_one(jumped: Carepass) -> None:
    for month, name in ((3, "In March"), (1, "In January")):
        write(Work(jumped.db, at(2026, month, 1), "a", "test"), partial(edit_home, code="early", name=name))
    days = ("2025-12-31", "2026-02-01", "2026-03-01")
    names = [jumped.rows("home", "show", "early", today=day)["name"] for day in days]
    assert names == ["E", "In January", "In March"]
    jumped("store", "check", "--full")
