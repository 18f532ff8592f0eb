"""What a run imports. Speed is held by this, not by milliseconds (`tests/benchmarks/startup.py`)."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

DRAWING = {"rich"}
WRITING = {"sqlmodel", "sqlalchemy", "pydantic", "alembic"}
SELDOM = {"jinja2", "holidays", "dateutil", "platformdirs", "openpyxl", "smtplib", "psycopg", "icalendar"}

Loaded = Callable[..., set[str]]


@pytest.fixture
def loaded(environ: dict[str, str]) -> Loaded:
    """The modules that a run of the program imports, and the packages that they lie in."""

    def modules(*args: str) -> set[str]:
        done = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "carepass_cli", *args],
            env=environ, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-1000:]
        lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
        names = {line.rpartition("|")[2].strip() for line in lines}
        return names | {name.partition(".")[0] for name in names}

    return modules


def test_version_loads_nothing_of_ours_but_the_entry_point(loaded: Loaded) -> None:
    found = loaded("--version")
    assert found & {"typer", "json", "sqlite3", "inspect", "dataclasses"} == set()
    assert {name for name in found if name.startswith("carepass_cli.")} == set()


@pytest.mark.parametrize(
    "line",
    [
        "--help", "account --help", "role assign --help", "cart submit --help", "report expiring --help",
        "requirement list --help", "record add --help", "store check --help",
    ],
)  # fmt: skip
def test_help_loads_no_data_and_draws_nothing(loaded: Loaded, line: str) -> None:
    assert loaded(*line.split()) & {*DRAWING, *WRITING, *SELDOM, "sqlite3"} == set()


def test_the_root_help_loads_no_command(loaded: Loaded) -> None:
    assert not {name for name in loaded("--help") if name.startswith("carepass_cli.commands")}


@pytest.mark.parametrize(
    "line",
    [
        "account list", "account show 1000", "home show maple-grove", "role assignments", "course list",
        "requirement list --account 1000", "cart show 1000", "registration list", "record list 1000",
        "submission list", "report expiring", "notify list", "audit list", "store info",
    ],
)  # fmt: skip
def test_a_read_as_json_opens_only_the_read_door(loaded: Loaded, store: Path, line: str) -> None:
    found = loaded("--db", str(store), *line.split(), "-o", "json")
    assert found & {*DRAWING, *WRITING, *SELDOM} == set()
    assert "sqlite3" in found


def test_a_table_in_a_pipe_draws_nothing_either(loaded: Loaded, store: Path) -> None:
    found = loaded("--db", str(store), "account", "list")
    # Where the config file lies is platformdirs' to say; it may set the output.
    assert found & {*DRAWING, *WRITING, *SELDOM} == {"platformdirs"}


def test_flags_that_say_it_all_read_no_config(loaded: Loaded, store: Path, environ: dict[str, str]) -> None:
    del environ["CAREPASS_TODAY"], environ["CAREPASS_ACTOR"]
    found = loaded("--db", str(store), "home", "list", "-o", "json")
    assert found & {"platformdirs", "tomllib"} == set()


@pytest.mark.parametrize(
    "line",
    [
        "home edit maple-grove --city Guelph",
        "cart remove 1000 IPAC-101",
        "record add 1000 WHMIS-1 --on 2026-01-05",
        "role assign 1000 --home birch-hill --role cook --unverified",
    ],
)
def test_a_write_loads_neither_migrations_nor_another_engine(loaded: Loaded, store: Path, line: str) -> None:
    found = loaded("--db", str(store), *line.split(), "-o", "json")
    assert found & {*DRAWING, "alembic", "jinja2", "holidays", "platformdirs", "psycopg"} == set()
    assert found & WRITING == set()
    # A digest needs no OpenSSL, which is an eighth of an import's memory; `secrets`, for a token, has it.
    assert ("_hashlib" in found) == line.startswith("role assign")


def test_only_what_counts_business_days_loads_holidays(loaded: Loaded, store: Path) -> None:
    """An approval works out `access_by`; a table of our own has the years around now."""
    found = loaded("--db", str(store), "cart", "submit", "1000", "-o", "json")
    assert found & {*DRAWING, "alembic", "holidays", "jinja2"} == set()


def test_a_completion_opens_only_the_read_door(loaded: Loaded, store: Path, environ: dict[str, str]) -> None:
    words = f"carepass --db {store} home show "
    environ.update(COMP_WORDS=words, COMP_CWORD="5", _CAREPASS_COMPLETE="complete_bash")
    assert loaded() & {*DRAWING, *WRITING, *SELDOM} == set()
