"""Completion as the shells ask for it: values from the store, and silence where there is none."""

import re
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from carepass_cli.store.queries.names import names_beside
from carepass_cli.store.transfer import open_source
from tests.conftest import Carepass, Ran, person, run_program
from tests.process.conftest import PROGRAM, Start

SHELLS = ("bash", "zsh", "fish")
Complete = Callable[[str, str], Ran]


def asked(shell: str, typed: str) -> dict[str, str]:
    """How a shell asks for the words typed so far; the last one is the one being completed."""
    return {
        "_CAREPASS_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split(" ")) - 1),
        "_TYPER_COMPLETE_ARGS": typed,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch) -> Complete:
    """What a shell gets; the program answers inside this process."""

    def ask(shell: str, typed: str) -> Ran:
        for name, value in asked(shell, typed).items():
            monkeypatch.setenv(name, value)
        return run_program([])

    return ask


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(
    ("typed", "offered", "kept_back"),
    [
        ("home show ", ["birch-hill", "maple-grove"], []),
        ("home show map", ["maple-grove"], ["birch-hill"]),
        ("role assign 10", ["1000"], []),
        ("role assign 1000 --home maple-grove --role ", ["psw"], ["cook"]),
        ("course show IP", ["IPAC-101"], ["WHMIS-1"]),
        ("account list --home ", ["birch-hill", "maple-grove"], []),
    ],
)
def test_values_come_from_the_store_named_before(
    complete: Complete, store: Path, shell: str, typed: str, offered: list[str], kept_back: list[str]
) -> None:
    done = complete(shell, f"carepass --db {store} {typed}")
    assert (done.code, done.err) == (0, "")
    assert all(value in done.out for value in offered)
    assert not any(value in done.out for value in kept_back)


@pytest.fixture(scope="session")
def worked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The filled store with two submissions and a record, made once and not changed."""
    path = tmp_path_factory.mktemp("worked") / "carepass.db"
    shutil.copy(filled, path)
    carepass = Carepass(str(path))
    carepass("cart", "submit", "1000")
    carepass("cart", "add", "1000", "WHMIS-1")
    carepass("cart", "submit", "1000")
    carepass("record", "add", "1000", "IPAC-101", "--on", "2026-11-20")
    return path


@pytest.mark.parametrize(
    ("typed", "offered", "kept_back"),
    [
        ("requirement list --status overdue,exp", ["overdue,expired", "overdue,expiring"], ["waived"]),
        ("requirement list --step in-", ["in-cart", "in-progress"], ["lapsed"]),
        ("submission list --fields line,port", ["line,portal_id"], ["price"]),
        ("report gaps --sort home,-due", ["home,-due_on"], ["overdue"]),
        ("submission show ", ["2", "1"], []),
        ("registration grant 1/", ["1/IPAC-101"], ["2/"]),
        ("record void ", ["1"], ["2"]),
        ("notify show ", ["1"], []),
        ("starter apply ontario", ["ontario-ltc", "ontario-awareness"], ["volunteer"]),
        ("catalog show cf2-01", ["cf2-015"], ["cf2-02"]),
        ("role import staff.csv --profile b", ["bamboohr"], ["adp"]),
        ("config set ", ["default_home"], []),
        ("help ", ["statuses"], []),
    ],
)
def test_whatever_can_be_listed_is_offered(
    complete: Complete, worked: Path, typed: str, offered: list[str], kept_back: list[str]
) -> None:
    found = complete("bash", f"carepass --db {worked} {typed}").out.split()
    assert set(offered) <= set(found)
    assert not any(value.startswith(word) for word in kept_back for value in found)


@pytest.mark.parametrize("shell", ["zsh", "fish"])
@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ("account show ", "1000.+O.+Brien, H"),
        ("submission approve ", "1/IPAC-101.+O.+Brien, H"),
        ("submission show ", "1.+O.+Brien, H"),
        ("record void ", "1.+IPAC-101 O.+Brien"),
        ("audit undo ", "record add"),
        ("home show ", "maple-grove.+Maple-Grove"),
    ],
)
def test_a_name_stands_beside_a_number(
    complete: Complete, worked: Path, shell: str, typed: str, beside: str
) -> None:
    assert re.search(beside, complete(shell, f"carepass --db {worked} {typed}").out)


def test_the_newest_name_stands_beside_each_thing_once(staff: Carepass) -> None:
    person(staff, "Bo", "Vu", "bo@example.org")
    for account, last in (("1000", "Roy"), ("1001", "Wu")):
        staff("record", "add", account, "WHMIS-1", "--on", "2026-11-20")
        staff("account", "edit", account, "--last-name", last)
    staff("cart", "add", "1000", "IPAC-101")
    staff("cart", "submit", "1000")
    staff("home", "edit", "maple-grove", "--name", "Maple House", today="2026-11-22")
    staff("role", "edit", "maple-grove", "psw", "--name", "Support worker", today="2026-11-22")
    staff("course", "edit", "WHMIS-1", "--title", "Hazardous products", today="2026-11-22")
    beside = {
        "home": [("maple-grove", "Maple House")],
        "role": [("psw", "Support worker")],
        "course": [("IPAC-101", "Course IPAC-101"), ("WHMIS-1", "Hazardous products")],
        "account": [("1000", "Roy, Hélène"), ("1001", "Wu, Bo")],
        "submission": [("1", "Roy, Hélène")],
        "line": [("1/IPAC-101", "Roy, Hélène")],
        "record": [("2", "WHMIS-1 Wu, Bo"), ("1", "WHMIS-1 Roy, Hélène")],
    }
    with open_source(staff.db) as reader:
        assert {kind: names_beside(reader, kind, "", None, 9) for kind in beside} == beside


def test_numbers_come_newest_first(complete: Complete, worked: Path) -> None:
    offered = complete("bash", f"carepass --db {worked} submission approve ").out.split()
    assert offered == ["2/WHMIS-1", "1/IPAC-101"]


def test_values_come_from_the_store_of_the_environment(
    complete: Complete, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAREPASS_DB", str(store))
    assert complete("bash", "carepass home show ").out == "birch-hill\nmaple-grove\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_the_program_itself_answers(run: Start, environ: dict[str, str], store: Path, shell: str) -> None:
    for typed, offered in (
        ("carepass req", "requirement"),
        ("carepass home list --out", "--output"),
        (f"carepass --db {store} home show map", "maple-grove"),
    ):
        done = run(env={**environ, **asked(shell, typed)})
        assert (done.returncode, done.stderr) == (0, "")
        assert offered in done.stdout


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("state", ["missing", "empty", "foreign", "damaged", "folder", "url"])
def test_silent_where_there_is_no_store(complete: Complete, tmp_path: Path, shell: str, state: str) -> None:
    db = tmp_path / "odd.db"
    if state == "empty":
        db.touch()
    elif state == "foreign":
        sqlite3.connect(db).execute("CREATE TABLE t (a)").connection.close()
    elif state == "damaged":
        db.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    elif state == "folder":
        db.mkdir()
    named = "ftp://somewhere" if state == "url" else str(db)
    done = complete(shell, f"carepass --db {named} home show ")
    assert (done.code, done.err) == (0, "")
    assert not {"odd", "error"} & set(done.out.split())


def test_does_not_wait_for_a_locked_store(complete: Complete, store: Path) -> None:
    holder = sqlite3.connect(store, isolation_level=None)
    holder.execute("PRAGMA locking_mode=EXCLUSIVE")
    holder.execute("BEGIN EXCLUSIVE")
    done = complete("bash", f"carepass --db {store} home show ")
    holder.close()
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_named_shell(run: Start, shell: str) -> None:
    done = run("--show-completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_CAREPASS_COMPLETE=complete_" + shell in done.stdout


def test_an_unknown_shell_is_a_usage_error(run: Start) -> None:
    done = run("--show-completion", "tcsh")
    assert done.returncode == 2
    assert "'bash', 'zsh', 'fish'" in done.stderr


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_bash_itself_completes(run: Start, store: Path, environ: dict[str, str]) -> None:
    """The script in a real bash: its function fills COMPREPLY."""
    environ["PATH"] = f"{PROGRAM.parent}:{environ['PATH']}"
    words = f'carepass --db "{store}" home show map'
    script = f"""
        eval "$(carepass --show-completion bash)"
        COMP_WORDS=({words}); COMP_CWORD=5
        _carepass_completion carepass; printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script], env=environ, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("maple-grove\n", "")
