"""Writes what `--fields` and `--sort` are completed with: `python -m tests.docs.fields`."""

import csv
import tempfile
from pathlib import Path

from carepass_cli.commands.complete import FIELDS
from tests.conftest import TODAY, run_program
from tests.docs.reading import build_sample, reading_commands, variants

# A column a course: which they are, is the home's.
PER_COURSE = ("report matrix",)


def written(store: Path) -> str:
    """A line a command: what it may print, from the sample homes in `store`."""
    lines = []
    for told, line in reading_commands():
        columns: dict[str, None] = {}
        for asked in variants(told, line):
            words = ["--db", str(store), "--today", TODAY, *asked, "-o", "csv"]
            done = run_program(words)
            assert done.code == 0 or asked != line, (asked, done.err)
            if done.code in (0, 10):
                columns |= dict.fromkeys(next(csv.reader(done.out.splitlines()), ()))
        if told.words in PER_COURSE:
            columns = dict.fromkeys(name for name in columns if name.islower())
        lines.append(f"{told.words}: {' '.join(columns)}\n")
    return "".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "demo.db"
        build_sample(store)
        FIELDS.write_text(written(store), encoding="utf-8")
