"""The man pages say what the program says."""

import shutil
import subprocess
import warnings

import pytest

from tests.docs.man import FOLDER, pages


def test_the_pages_are_those_of_the_program() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.1")}
    assert there == pages(), "run: python -m tests.docs.man"


def test_they_are_clean_roff() -> None:
    if shutil.which("groff") is None:
        warnings.warn("groff is not here: the man pages were not formatted.", stacklevel=1)
        pytest.skip("groff is not installed")
    for path in FOLDER.glob("*.1"):
        ran = subprocess.run(
            ["groff", "-man", "-Tutf8", "-ww", "-z", str(path)], capture_output=True, text=True, check=True
        )
        assert ran.stderr == "", path.name
