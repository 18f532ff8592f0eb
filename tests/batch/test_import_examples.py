"""`examples/bulk-roles.sh` and `examples/hr-export.xlsx`, as a person runs them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import TODAY, Carepass

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
@pytest.mark.parametrize("file", ["bulk-roles.csv", "hr-export.xlsx"])
def test_bulk_roles_imports_mends_and_imports_again(tmp_path: Path, file: str) -> None:
    db = tmp_path / "bulk.db"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "CAREPASS_TODAY": TODAY, "TMPDIR": str(tmp_path)}
    ran = subprocess.run(
        ["sh", str(EXAMPLES / "bulk-roles.sh"), str(db), str(EXAMPLES / file)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Did you mean cook?" in ran.stdout
    carepass = Carepass(str(db))
    rows = carepass.rows("role", "assignments")
    assert [(row["first_name"], row["role"]) for row in rows] == [
        ("Chloé", "cook"),
        ("Ana", "cook"),
        ("David", "cook"),
        ("Bilal", "psw"),
        ("Ana", "psw"),
    ]
    assert len(carepass.rows("notify", "list")) == 5
    assert "unchanged  4" in ran.stdout
