"""`examples/bulk-roles.sh` and `examples/hr-export.xlsx`, as a person runs them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from carepass_cli.shipped.profiles import shipped_profiles
from tests.conftest import TODAY, Carepass

EXAMPLES = Path(__file__).parents[2] / "examples"


ROWS = [("Chloé", "cook"), ("Ana", "cook"), ("David", "cook"), ("Bilal", "psw"), ("Ana", "psw")]


def assigned(carepass: Carepass) -> list[tuple[str, str]]:
    return [(row["first_name"], row["role"]) for row in carepass.rows("role", "assignments")]


def example(script: str, tmp_path: Path, *args: str) -> str:
    """What an example prints, run as a person runs it; its stores lie under `tmp_path`."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CAREPASS_TODAY": TODAY, "TMPDIR": str(tmp_path)}
    environment["XDG_CONFIG_HOME"] = str(tmp_path / "config")
    ran = subprocess.run(
        ["sh", str(EXAMPLES / script), *args], env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout


def counts(printed: str) -> list[tuple[str, dict[str, str]]]:
    """Each part of what an example prints: its heading, and the counts that are not nought."""
    parts = [part.splitlines() for part in printed.split("== ")[1:]]
    told = [(head, [line.split() for line in lines if line]) for head, *lines in parts]
    return [(h, {w[0]: w[1] for w in words if len(w) == 2 and w[1] not in ("0", "no")}) for h, words in told]


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_every_shipped_profile_takes_a_file_of_its_system(tmp_path: Path) -> None:
    lists = counts(example("staff-lists.sh", tmp_path))
    first = {"joined": "2", "on_leave": "1", "skipped": "1"}
    assert [(name, {k: v for k, v in of.items() if k != "change"}) for name, of in lists] == [
        ("bamboohr", first | {"unchanged": "3"}),
        ("adp", first),
        ("workday", {"joined": "2"}),
        ("rh-francais", {"joined": "2"}),
        ("oneroster", {"created": "1", "skipped": "1"}),
    ]
    completions = counts(example("completions.sh", tmp_path))
    assert [(name, of.get("created"), of.get("skipped")) for name, of in completions] == [
        ("moodle", "3", "1"),
        ("xapi", "2", "1"),
        ("credly", "2", None),
        ("relias", "2", None),
    ]
    assert {name for name, _ in (*lists, *completions)} == {*shipped_profiles()}
    assert (tmp_path / "config" / "carepass" / "profiles" / "hr.toml").exists()


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_bulk_roles_imports_mends_and_imports_again(tmp_path: Path) -> None:
    db = tmp_path / "bulk.db"
    printed = example("bulk-roles.sh", tmp_path, str(db))
    assert "Did you mean cook?" in printed
    carepass = Carepass(str(db))
    assert assigned(carepass) == ROWS
    assert len(carepass.rows("notify", "list")) == 5
    assert "unchanged  4" in printed


def test_the_export_in_a_workbook_says_the_same(carepass: Carepass) -> None:
    carepass("home", "create", "maple-grove", "--name", "Maple Grove")
    for role in ("psw", "cook"):
        carepass("role", "create", "maple-grove", role, "--name", role)
    book = str(EXAMPLES / "hr-export.xlsx")
    ran = carepass("role", "import", book, "--create-accounts", "--keep-going", code=5)
    assert "Did you mean cook?" in ran.err
    (left_out,) = {*ROWS} - {*assigned(carepass)}
    assert left_out[1] == "cook"
    assert len(assigned(carepass)) == len(ROWS) - 1
