"""Progress: for a person at a terminal, for nobody else."""

import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from carepass_cli.batch.progress import watched

WATCH = """
import sys
from carepass_cli.batch.columns import Columns
from carepass_cli.batch.progress import watched
from carepass_cli.batch.source import open_source
with open_source(sys.argv[1], Columns(("a", "b")), print) as source:
    asked = {"quiet": "quiet" in sys.argv, "color": "plain" not in sys.argv}
    rows = watched(source.rows(), source, "Checking [rows]", **asked)
    print(sum(1 for _ in rows), "rich" in sys.modules)
"""


def run_on_a_terminal(*arguments: str) -> tuple[str, str]:
    """stdout, and what a terminal on stderr was sent."""
    ours, theirs = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-c", WATCH, *arguments],
            stdout=subprocess.PIPE,
            stderr=theirs,
            text=True,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
            check=True,
        )
        os.write(theirs, b"<end>")
        sent = b""
        while not sent.endswith(b"<end>"):
            sent += os.read(ours, 65536)
    finally:
        os.close(theirs)
        os.close(ours)
    return done.stdout, sent.decode().removesuffix("<end>")


def test_a_terminal_sees_a_bar_and_stdout_does_not(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("a,b\n" + "1,2\n" * 5_000)
    stdout, sent = run_on_a_terminal(str(tmp_path / "rows.csv"))
    assert stdout == "5000 True\n"
    assert "Checking [rows]" in sent
    assert "%" in sent


def test_without_colour_it_is_a_bar_still(tmp_path: Path) -> None:
    coloured = re.compile(r"\x1b\[[0-9;]*3[0-9]m")
    (tmp_path / "rows.csv").write_text("a,b\n" + "1,2\n" * 5_000)
    assert coloured.search(run_on_a_terminal(str(tmp_path / "rows.csv"))[1])
    _, sent = run_on_a_terminal(str(tmp_path / "rows.csv"), "plain")
    assert "%" in sent
    assert not coloured.search(sent)


def test_quiet_is_quiet_on_a_terminal_too(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text("a,b\n" + "1,2\n" * 5_000)
    assert run_on_a_terminal(str(tmp_path / "rows.csv"), "quiet") == ("5000 False\n", "")


def test_without_a_terminal_the_rows_are_given_back_themselves(read: Callable) -> None:
    source = read("portal_id,home,role\n").source
    rows = source.rows()
    assert watched(rows, source, "Checking") is rows
