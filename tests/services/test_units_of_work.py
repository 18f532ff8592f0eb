"""Services inside their unit of work: all of it is kept with its audit entries, or nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.clock import Clock
from carepass_cli.errors import NotFound, Refused, RoleNotConfirmed, TokenRefused, UsageError
from carepass_cli.rules.identity import Given
from carepass_cli.services import account, answer, assignment, cart, course, home, record, requirement
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED, Outcome
from carepass_cli.services.token import ALPHABET, LENGTH, check_token
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write

DAY = date(2026, 11, 23)


@pytest.fixture
def work(db: Path) -> Work:
    """A unit of work on an empty store, on a Monday."""
    return Work(str(db), Clock(DAY, datetime(2026, 11, 23, 15, tzinfo=UTC)), "tester", "test")


@pytest.fixture
def peopled(work: Work) -> Work:
    """A home whose psw must hold A; 1000 is asked to be one."""

    def begin(unit: Unit) -> None:
        course.create_course(unit, "A", title="A", provider="P", minutes=30)
        home.create_home(unit, "h", name="H")
        home.create_role(unit, "h", "psw", name="P")
        requirement.add_requirements(unit, ["A"], "h", "psw", {})
        account.create_account(
            unit, first_name="Ana", last_name="Roy", birthdate=date(1990, 1, 1), email="ana@example.org"
        )
        assignment.assign_role(unit, "1000", "h", "psw", Given(last_name="Roy"))

    write(work, begin)
    return work


def counted(work: Work, *tables: str) -> list[int]:
    """How many rows each table has."""

    def count(unit: Unit) -> list[int]:
        return [next(iter(unit.rows(f"SELECT COUNT(*) FROM {table}")))[0] for table in tables]

    return write(replace(work, dry_run=True), count)


def rows(work: Work, sql: str) -> list[tuple[Any, ...]]:
    return write(replace(work, dry_run=True), lambda unit: list(unit.rows(sql)))


EVERYTHING = ("change", "audit_entry", "account", "account_version", "assignment", "message", "cart_line")


@pytest.mark.parametrize("dry_run", [True, False])
def test_nothing_is_kept_of_a_dry_run_or_a_failure(peopled: Work, dry_run: bool) -> None:
    before = counted(peopled, *EVERYTHING)

    def much(unit: Unit) -> None:
        answer.confirm_role_on_behalf(unit, "1000", "h", "psw")
        cart.add_to_cart(unit, "1000", ["A"])
        assert cart.submit_carts(unit, ["1000"])
        account.deactivate_account(unit, "1000", "x")
        if not dry_run:
            account.confirm_account(unit, None, "4711")

    if dry_run:
        write(replace(peopled, dry_run=True), much)
    else:
        with pytest.raises(NotFound):
            write(peopled, much)
    assert counted(peopled, *EVERYTHING) == before


def test_what_a_unit_writes_is_one_change_dated_by_its_day(peopled: Work) -> None:
    (change,) = rows(peopled, "SELECT effective_on, actor, command, at FROM change")
    assert change == ("2026-11-23", "tester", "test", "2026-11-23T15:00:00.000Z")
    assert {row[0] for row in rows(peopled, "SELECT change_id FROM audit_entry")} == {1}


def test_a_unit_that_writes_nothing_leaves_no_change(peopled: Work) -> None:
    write(peopled, lambda unit: cart.clear_cart(unit, "1000"))
    assert counted(peopled, "change") == [1]


Service = Callable[[Unit], Any]
AGAIN: tuple[Service, ...] = (
    lambda u: home.create_home(u, "h", name="H"),
    lambda u: home.edit_home(u, "h", name="H", city=None),
    lambda u: home.create_role(u, "h", "psw", name="P"),
    lambda u: home.edit_role(u, "h", "psw", name="P"),
    lambda u: home.copy_role(u, "h", "psw", "h"),
    lambda u: course.create_course(u, "A", title="A", provider="P", minutes=30),
    lambda u: course.edit_course(u, "A", minutes=30),
    lambda u: requirement.add_requirements(u, ["A", "A"], "h", "psw", {})[0],
    lambda u: assignment.assign_role(u, "1000", "h", "psw", Given(last_name="roy")),
    lambda u: account.reactivate_account(u, "1000"),
    lambda u: cart.remove_from_cart(u, "1000", ["A"])[0],
)


@pytest.mark.parametrize("number", range(len(AGAIN)))
def test_what_is_so_already_is_unchanged(peopled: Work, number: int) -> None:
    before = counted(peopled, *EVERYTHING)
    outcome: Outcome = write(peopled, AGAIN[number])
    assert outcome.result == UNCHANGED
    assert counted(peopled, *EVERYTHING) == before


def test_tokens_are_of_letters_and_digits_that_nobody_mistakes(peopled: Work) -> None:
    tokens = [row[0] for row in rows(peopled, "SELECT token FROM confirmation_token")]
    assert len(set(tokens)) == 2
    for token in tokens:
        assert len(token) == LENGTH
        assert set(token) <= set(ALPHABET)
    assert not set("0o1li") & set(ALPHABET)


def test_a_token_is_taken_with_blanks_around_it_and_not_before_its_day(peopled: Work) -> None:
    ((token,),) = rows(peopled, "SELECT token FROM confirmation_token WHERE role_id IS NOT NULL")
    assert write(peopled, lambda unit: check_token(unit, f" {token} ")) == (1, 1)
    earlier = replace(peopled, clock=Clock(date(2026, 11, 22), peopled.clock.at))
    with pytest.raises(NotFound):
        write(earlier, lambda unit: check_token(unit, token))


def test_one_open_token_at_a_time(peopled: Work) -> None:
    for _ in range(3):
        write(peopled, lambda unit: answer.resend_confirmations(unit, ["1000"], ["h"], ["psw"]))
    sql = "SELECT COUNT(*) FROM confirmation_token WHERE role_id = 1"
    assert rows(peopled, f"{sql} AND used_on IS NULL AND replaced_on IS NULL") == [(1,)]
    sql = "SELECT COUNT(*) FROM message WHERE kind = 'confirm-role' AND cancelled_on IS NULL"
    assert rows(peopled, sql) == [(1,)]


def test_confirming_a_role_ends_the_account_s_own_token(peopled: Work) -> None:
    tokens = dict(rows(peopled, "SELECT COALESCE(role_id, 0), token FROM confirmation_token"))
    write(peopled, lambda unit: answer.confirm_role(unit, tokens[1]))
    with pytest.raises(TokenRefused):
        write(peopled, lambda unit: account.confirm_account(unit, tokens[0]))


def test_only_a_confirmed_role_registers(peopled: Work) -> None:
    with pytest.raises(RoleNotConfirmed):
        write(peopled, lambda unit: cart.add_to_cart(unit, "1000", ["A"], "h", "psw"))
    with pytest.raises(UsageError):
        write(peopled, lambda unit: assignment.assign_role(unit, "1000", "h", "psw", Given()))


def test_a_submission_is_kept_with_its_mail_in_one_change(peopled: Work) -> None:
    def flow(unit: Unit) -> list[Outcome]:
        answer.confirm_role_on_behalf(unit, "1000", "h", "psw")
        assert cart.add_to_cart(unit, "1000", ["A"])[0].result == CREATED
        assert cart.add_to_cart(unit, "1000", ["A"], self_pay=True)[0].result == UPDATED
        return cart.submit_carts(unit, ["1000"])

    (row,) = write(peopled, flow)
    assert (row.item["decision"], row.item["access_by"]) == ("approved", date(2026, 11, 25))
    assert rows(peopled, "SELECT COUNT(*) FROM message WHERE kind = 'decision'") == [(1,)]
    assert counted(peopled, "change") == [2]


def test_the_expiry_is_fixed_when_a_completion_is_recorded(peopled: Work) -> None:
    def flow(unit: Unit) -> list[Any]:
        course.edit_course(unit, "A", validity_years=1)
        first = record.add_record(unit, "1000", "A", date(2024, 2, 29)).item["expires_on"]
        course.edit_course(unit, "A", validity_years=None)
        return [first, record.add_record(unit, "1000", "A", date(2024, 3, 1)).item["expires_on"]]

    assert write(peopled, flow) == [date(2025, 2, 28), None]


def test_as_of_an_earlier_day_what_is_there_later_is_refused_not_broken(peopled: Work) -> None:
    write(peopled, lambda unit: assignment.cancel_assignment(unit, "1000", "h", "psw"))
    later = replace(peopled, clock=Clock(date(2026, 12, 1), peopled.clock.at))
    write(later, lambda unit: assignment.assign_role(unit, "1000", "h", "psw", Given(last_name="Roy")))
    with pytest.raises(Refused) as refused:
        write(peopled, lambda unit: assignment.assign_role(unit, "1000", "h", "psw", Given(last_name="Roy")))
    assert refused.value.code == "exists-later"
