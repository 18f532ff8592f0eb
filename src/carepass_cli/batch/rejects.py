"""The rejects file: the bad rows of one run, in the columns they came in, to be mended and imported again."""

import csv
import os
import stat
import tempfile
from typing import TextIO

from carepass_cli.batch.columns import REJECT_COLUMNS, Values
from carepass_cli.batch.formats import DELIMITERS
from carepass_cli.batch.source import Source
from carepass_cli.batch.summary import RowError
from carepass_cli.errors import UsageError
from carepass_cli.rules.formula import guarded


class Rejects:
    """Bad rows on their way into a file; with the path None they go nowhere. Use it in a `with`.

    Rows wait in a temporary file beside PATH (0600) until `keep`, which puts it into its place at once;
    without `keep` nothing is left. After `keep` PATH holds the bad rows of this run and of no other: when
    there are none, a rejects file of an earlier run is removed. PATH is written as the source was (its
    delimiter, and a BOM where there was one or there was another encoding), so that the same program
    opens it.
    """

    def __init__(self, path: str | None, source: Source) -> None:
        """Raises UsageError for a PATH that cannot be written, is the source itself, or holds anything
        but the rejects of an earlier run.
        """
        self._source = source
        self._count = 0
        self._file: TextIO | None = None
        if path is None:
            return
        # A link stays a link: what it points to is replaced.
        self._path = os.path.realpath(path)
        _check_replaceable(path, source)
        encoding, delimiter = source.written_as
        try:
            handle, self._waiting = tempfile.mkstemp(
                dir=os.path.dirname(self._path), prefix=".carepass-rejects-"
            )
        except OSError as error:
            raise UsageError(
                f"--rejects {path} cannot be written: {error.strerror}.",
                "Give a file in a folder that you may write to.",
            ) from None
        # A lone surrogate is one of the things that a row is refused for.
        self._file = open(handle, "w", encoding=encoding, errors="backslashreplace", newline="")  # noqa: SIM115
        # CRLF, because Python before 3.13 leaves a lone CR unquoted where lines end in LF.
        self._writer = csv.writer(self._file, delimiter=delimiter, lineterminator="\r\n")
        self._writer.writerow([*source.layout.header, *REJECT_COLUMNS])

    def add(self, error: RowError, values: Values) -> None:
        """One bad row; `values` as `Source.rows` gave them."""
        if self._file:
            self._count += 1
            cells = (*self._source.layout.in_file_order(values), error.error, error.message)
            cells = tuple(map(guarded, cells))
            self._writer.writerow([*cells[:-2], error.line, *cells[-2:]])

    def keep(self) -> None:
        """Put the file into its place; to be called once it is settled what became of the batch."""
        if not self._file:
            return
        self._file.close()
        if self._count:
            os.replace(self._waiting, self._path)
        else:
            os.unlink(self._waiting)
            if os.path.exists(self._path):
                os.unlink(self._path)
        self._file = None

    def __enter__(self) -> "Rejects":
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()
            os.unlink(self._waiting)
            self._file = None


def _check_replaceable(path: str, source: Source) -> None:
    try:
        there = os.stat(path)
    except OSError:
        return
    if not stat.S_ISREG(there.st_mode):
        raise UsageError(f"--rejects {path} is not a file.", "Give a file.")
    if os.path.samestat(there, source.stat):
        raise UsageError(
            f"--rejects {path} is the file to import.", "Give another file; this one would be overwritten."
        )
    if there.st_size and not _is_rejects_file(path):
        raise UsageError(
            f"--rejects {path} is there already and is not a rejects file.",
            "Give another file, or remove that one.",
        )


def _is_rejects_file(path: str) -> bool:
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as file:
            header = file.readline().rstrip("\n")
    except OSError:
        return False
    return header.endswith(tuple(each.join(REJECT_COLUMNS) for each in DELIMITERS))
