"""The rejects file: the bad rows of one run, in the columns they came in, to be mended and imported again."""

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from carepass_cli.batch.columns import REJECT_COLUMNS
from carepass_cli.batch.delimited import DELIMITERS
from carepass_cli.batch.source import Source
from carepass_cli.batch.summary import RowError
from carepass_cli.errors import UsageError
from carepass_cli.files import Kind, Making
from carepass_cli.rules.formula import defused, guarded


class Rejects:
    """Bad rows on their way into a file; with the path None they go nowhere. Use it in a `with`.

    `write` puts the rows into a temporary file beside PATH (0600), and `keep` that into its place at once;
    without `keep` nothing is left. After `keep` PATH holds the bad rows of this run and of no other: when
    there are none, a rejects file of an earlier run is removed. PATH is written as the source was (its
    columns, its delimiter, and a BOM where there was one or there was another encoding), so that the same
    program opens it, and the same command line imports it.
    """

    def __init__(self, path: str | None, source: Source) -> None:
        """Raises UsageError for a PATH that cannot be written or is the source itself, Refused
        (`file-exists`) where it holds anything but the rejects of an earlier run.
        """
        self._source = source
        self._making: Making | None = None
        if path is None:
            return
        with suppress(OSError):
            if os.path.samestat(os.stat(path), source.stat):
                raise UsageError(
                    f"--rejects {path} is the file to import.",
                    "Give another file; this one would be overwritten.",
                )
        self._making = Making(path, REJECTS, force=None)

    def write(self, errors: Sequence[RowError]) -> None:
        """The rows that have errors, read once more from the source, with all errors of a row together."""
        if self._making is None:
            return
        if not errors:
            os.truncate(self._making.path, 0)  # of a run that a server had begin again
            return
        of_line: dict[int, list[RowError]] = {}
        for error in errors:
            of_line.setdefault(error.line, []).append(error)
        header = self._source.layout.header
        # Of a rejects file that is imported again, the columns that it got then are not kept.
        width = len(header)
        if tuple(name.strip().casefold() for name in header[-len(REJECT_COLUMNS) :]) == REJECT_COLUMNS:
            width -= len(REJECT_COLUMNS)
        encoding, delimiter = self._source.written_as
        # A lone surrogate is one of the things that a row is refused for. CRLF, because Python before 3.13
        # leaves a lone CR unquoted where lines end in LF.
        with self._making.path.open("w", encoding=encoding, errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter, lineterminator="\r\n")
            writer.writerow([*header[:width], *REJECT_COLUMNS])
            for line, cells, _ in self._source.cells():
                if found := of_line.get(line):
                    codes = dict.fromkeys(error.error for error in found)
                    said = " ".join(error.message for error in found)
                    kept = map(guarded, cells[:width])
                    writer.writerow([*kept, line, "; ".join(codes), defused(said)])

    def keep(self) -> None:
        """Put the file into its place; to be called once it is settled what became of the batch."""
        if self._making is None:
            return
        if os.path.getsize(self._making.path):
            self._making.keep()
        elif not self._making.stream:
            self._making.target.unlink(missing_ok=True)

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(self, *error: Any) -> None:
        if self._making is not None:
            self._making.__exit__(*error)


def _is_rejects_file(path: Path) -> bool:
    if not path.stat().st_size:
        return True
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        header = file.readline().rstrip("\n")
    return header.endswith(tuple(each.join(REJECT_COLUMNS) for each in DELIMITERS))


REJECTS = Kind("rejects file", _is_rejects_file)
