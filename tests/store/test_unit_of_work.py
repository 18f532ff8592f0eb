"""The write door: all of a unit of work, with its audit entries, or nothing."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from carepass_cli.clock import read_clock
from carepass_cli.store.rows.homes import Home, HomeVersion
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write
from tests.conftest import TODAY, Carepass


class Changed(Exception):
    """Somebody changed their mind."""


def work(db: Path, *, dry_run: bool = False) -> Work:
    return Work(str(db), read_clock(TODAY), "tester", "test", dry_run)


def make_home(unit: Unit, code: str = "elm-court") -> int:
    home = unit.add(Home(code=code, created_on=unit.today, change_id=unit.change_id))
    assert home.id is not None
    unit.add(HomeVersion(home_id=home.id, from_on=unit.today, name="Elm Court"))
    unit.audit("create", "home", code, after={"name": "Elm Court"})
    return home.id


def contents(db: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(db)) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {table: connection.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def test_a_write_and_its_audit_entry_are_one_transaction(db: Path) -> None:
    seen_by_others = []

    def operation(unit: Unit) -> None:
        make_home(unit)
        seen_by_others.append({name: len(rows) for name, rows in contents(db).items()})

    write(work(db), operation)
    assert seen_by_others[0]["home"] == seen_by_others[0]["audit_entry"] == seen_by_others[0]["change"] == 0
    after = contents(db)
    assert len(after["home"]) == len(after["audit_entry"]) == len(after["change"]) == 1


@pytest.mark.parametrize("error", [Changed(), KeyboardInterrupt(), sqlite3.OperationalError("odd")])
def test_any_exception_leaves_nothing(db: Path, error: BaseException) -> None:
    before = contents(db)

    def operation(unit: Unit) -> None:
        make_home(unit)
        raise error

    with pytest.raises(type(error)):
        write(work(db), operation)
    assert contents(db) == before


def test_a_refusal_by_the_database_leaves_nothing(db: Path) -> None:
    before = contents(db)

    def operation(unit: Unit) -> None:
        make_home(unit)
        make_home(unit)

    with pytest.raises(Exception, match="UNIQUE constraint failed"):
        write(work(db), operation)
    assert contents(db) == before


def test_a_dry_run_leaves_nothing_and_answers(db: Path) -> None:
    before = contents(db)
    assert write(work(db, dry_run=True), make_home) == 1
    assert contents(db) == before


def test_what_only_reads_makes_no_change(db: Path) -> None:
    before = contents(db)
    assert write(work(db), lambda unit: list(unit.rows("SELECT code FROM home"))) == []
    assert contents(db) == before


def test_several_entries_are_one_change(db: Path) -> None:
    def operation(unit: Unit) -> None:
        make_home(unit, "elm-court")
        make_home(unit, "oak-court")

    write(work(db), operation)
    after = contents(db)
    assert (len(after["change"]), len(after["audit_entry"])) == (1, 2)


@pytest.mark.on_file
def test_an_unchanged_write_leaves_no_trace(home: Carepass, db: Path) -> None:
    before = contents(db)
    again = home("role", "create", "maple-grove", "psw", "--name", "Personal support worker", "-o", "json")
    assert again.json["result"] == "unchanged"
    assert contents(db) == before


@pytest.mark.on_file
def test_the_entry_says_who_when_what_before_and_after(home: Carepass, db: Path) -> None:
    home("home", "edit", "maple-grove", "--city", "Guelph")
    entry = home.rows("audit", "list")[-1]
    assert (entry["actor"], entry["command"], entry["effective_on"]) == ("tester", "home edit", TODAY)
    assert (entry["subject"], entry["key"]) == ("home", "maple-grove")
    assert json.loads(entry["before"]) == {"city": None}
    assert json.loads(entry["after"]) == {"city": "Guelph"}
