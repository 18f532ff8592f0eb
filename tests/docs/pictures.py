"""Makes the README's pictures from the real program: `python -m tests.docs.pictures`.

The expiry report as a terminal shows it (SVG), and the training matrix as Chromium shows it (PNG).
"""

import os
import pty
import re
import subprocess
import sys
import tempfile
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
        photograph_report(db)
        photograph_matrix(db, Path(place))


def photograph_report(db: Path) -> None:
    """`report expiring` at a terminal of 80 columns."""
    shown = at_terminal([*CAREPASS, "--db", str(db), "report", "expiring"])
    console = Console(record=True, width=WIDTH, file=StringIO())
    console.print(Text("$ carepass report expiring", style="bold"))
    console.print(Text.from_ansi(shown))
    svg = console.export_svg(title="carepass", theme=DEFAULT_TERMINAL_THEME, unique_id="report-expiring")
    # The reader's own typewriter face: a picture that fetches nothing from anywhere.
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    (FOLDER / "report-expiring.svg").write_text(svg, encoding="utf-8")


def photograph_matrix(db: Path, place: Path) -> None:
    """`report matrix -o html`, its first screen."""
    page = place / "matrix.html"
    line = [*CAREPASS, "--db", str(db), "report", "matrix", "--home", "sample-south", "-o", "html"]
    page.write_bytes(subprocess.run(line, check=True, capture_output=True).stdout)
    picture = FOLDER / "matrix.png"
    subprocess.run(
        ["chromium", *CHROMIUM, f"--user-data-dir={place}/chromium", "--window-size=1200,640",
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
