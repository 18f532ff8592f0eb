"""The README does what it says: its blocks run, its generated parts are those of the program."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from carepass_cli.errors import CarepassError
from carepass_cli.topics import CODES
from tests.docs.reference import README, written

EXAMPLES = README.parent / "examples"


def blocks() -> list[str]:
    """The README's shell blocks but for the two set-up commands, which `.ci/run` tries."""
    text = README.read_text(encoding="utf-8")
    found = re.findall(r"(<!-- \w+ -->\n)?```sh\n(.*?)```", text, flags=re.DOTALL)
    return [block for marker, block in found if not marker]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A newcomer's: an empty home folder, and `carepass` on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {"PATH": path, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}


def test_the_blocks_run_one_after_the_other(environment: dict[str, str]) -> None:
    script = "set -eu\n" + "\n".join(blocks())
    ran = subprocess.run(
        ["sh"], input=script, env=environment, cwd=environment["HOME"], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    assert "IPAC-101" in ran.stdout
    assert "two business days after" in ran.stdout
    assert "1990-05-17" not in ran.stdout + ran.stderr


def test_the_first_home_is_walked_through(environment: dict[str, str]) -> None:
    ran = subprocess.run(
        ["sh", str(EXAMPLES / "first-home.sh")], env=environment, capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr
    lines = ran.stdout.splitlines()
    assert any(line.split()[:2] == ["maple-grove", "psw"] and "valid" in line for line in lines)


def test_the_generated_parts_are_those_of_the_program() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == written(text), "run: python -m tests.docs.reference"


def test_the_table_of_exit_codes_has_every_code_in_use_and_no_other() -> None:
    import carepass_cli.mail.deliver  # noqa: F401  (its errors belong to the tree)

    in_use, classes = {0}, [CarepassError]
    while classes:
        each = classes.pop()
        in_use.add(each.exit_code)
        classes.extend(each.__subclasses__())
    assert set(CODES) == in_use


def test_all_that_lies_at_the_top_belongs_there() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=README.parent, capture_output=True, text=True, check=True
    ).stdout
    top = {name.split("/")[0] for name in listed.splitlines()}
    allowed = {
        "src",
        "tests",
        "examples",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
    }
    assert {name for name in top if not name.startswith(".")} == allowed
