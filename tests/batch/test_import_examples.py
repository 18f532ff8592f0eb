"""`examples/bulk-roles.sh` and `examples/hr-export.xlsx`, as a person runs them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TODAY, Carepass

EXAMPLES = Path(__file__).parents[2] / "examples"


ROWS = [("Chloé", "cook"), ("Ana", "cook"), ("David", "cook"), ("Bilal", "psw"), ("Ana", "psw")]


def assigned(carepass: Carepass) -> list[tuple[str, str]]:
    return [(row["first_name"], row["role"]) for row in carepass.rows("role", "assignments")]


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_bulk_roles_imports_mends_and_imports_again(tmp_path: Path) -> None:
    db = tmp_path / "bulk.db"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CAREPASS_TODAY": TODAY, "TMPDIR": str(tmp_path)}
    ran = subprocess.run(
        ["sh", str(EXAMPLES / "bulk-roles.sh"), str(db)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Did you mean cook?" in ran.stdout
    carepass = Carepass(str(db))
    assert assigned(carepass) == ROWS
    assert len(carepass.rows("notify", "list")) == 5
    assert "unchanged  4" in ran.stdout


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
