"""Makes the README's pictures from the real program: `python -m tests.docs.pictures`.

The dashboard as a terminal shows it (SVG), and two pages as Chromium shows them (PNG): the summary for a
director, and the training matrix.
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DEFAULT_TERMINAL_THEME
from rich.text import Text

FOLDER = Path(__file__).parents[2] / "examples" / "pictures"
CAREPASS = [str(Path(sys.executable).parent / "carepass"), "--today", "2026-11-21"]
WIDTH = 80
CHROMIUM = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)


def main() -> None:
    """Build a demo store and photograph it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        db = Path(place) / "demo.db"
        subprocess.run([*CAREPASS, "demo", "-q", "--db", str(db)], check=True, capture_output=True)
        photograph_status(db)
        photograph_page(db, Path(place), "summary", ("report", "summary"), height=1010)
        photograph_page(db, Path(place), "matrix", ("report", "matrix", "--home", "sample-south"), height=840)


def photograph_status(db: Path) -> None:
    """`status` at a terminal of 80 columns."""
    shown = at_terminal([*CAREPASS, "--db", str(db), "--no-pager", "status"])
    console = Console(record=True, width=WIDTH, file=StringIO())
    console.print(Text("$ carepass status", style="bold"))
    console.print(Text.from_ansi(shown))
    svg = console.export_svg(title="carepass", theme=DEFAULT_TERMINAL_THEME, unique_id="status")
    # The reader's own typewriter face: a picture that fetches nothing from anywhere.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    (FOLDER / "status.svg").write_text(svg, encoding="utf-8")


def photograph_page(db: Path, place: Path, name: str, command: Sequence[str], height: int) -> None:
    """The page that a report writes with `-o html`, its first screen of `height` pixels."""
    page = place / f"{name}.html"
    line = [*CAREPASS, "--actor", "Anne Sample", "--db", str(db), *command, "-o", "html"]
    page.write_bytes(subprocess.run(line, check=True, capture_output=True).stdout)
    picture = FOLDER / f"{name}.png"
    subprocess.run(
        ["chromium", *CHROMIUM, f"--user-data-dir={place}/chromium", f"--window-size=1100,{height}",
         f"--screenshot={picture}", page.as_uri()],
        check=True,
        capture_output=True,
    )  # fmt: skip


def at_terminal(line: list[str]) -> str:
    """What a command prints at a terminal of 80 columns."""
    main, other = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(WIDTH), "LINES": "40", "TERM": "xterm-256color"}
    running = subprocess.Popen(line, stdout=other, stderr=other, env=environment)
    os.close(other)
    seen = b""
    try:
        while block := os.read(main, 65536):
            seen += block
    except OSError:  # Linux tells the end of a terminal so
        pass
    running.wait()
    return seen.decode().replace("\r\n", "\n")


if __name__ == "__main__":
    main()
