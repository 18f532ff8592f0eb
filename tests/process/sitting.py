"""Many lines typed at one terminal, run one after the other in one process, and what each left there."""

import json
import sys
from pathlib import Path

from tests.process.screen import at_terminal

ROOT = Path(__file__).parents[2]
# Between what the lines leave; no command writes it.
MARK = "\x1e"


def typed_at(columns: int, lines: list[list[str]], environ: dict[str, str], rows: int = 24) -> list[str]:
    """What each of these lines writes to a terminal of so many columns and rows, stderr too; where its exit
    code is not 0, that is the last line."""
    words = [sys.executable, "-m", "tests.process.sitting", json.dumps(lines)]
    told, _ = at_terminal(words, environ, columns, rows, folder=ROOT)
    return told.split(MARK)[1:]


if __name__ == "__main__":
    from carepass_cli.main import app

    for line in json.loads(sys.argv[1]):
        sys.stdout.write(MARK)
        sys.stdout.flush()
        try:
            app(line, prog_name="carepass")
        except SystemExit as left:
            sys.stdout.write(f"exit {left.code}\n" if left.code else "")
        sys.stdout.flush()
        sys.stderr.flush()
