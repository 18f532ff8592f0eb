"""A file of rows, or standard input, opened so that it can be read twice: to check, then to write."""

import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from typing import BinaryIO

from carepass_cli.batch.columns import Columns, Layout
from carepass_cli.batch.formats import Format, Refuse, Row, open_format
from carepass_cli.errors import UsageError


class Source:
    """One file of rows, open. Close it, or use it in a `with`.

    `name` is how the person knows the file; `layout` says which columns it has; `written_as` is the
    encoding and the delimiter that the program it came from reads.
    """

    def __init__(self, name: str, file: BinaryIO, format: Format, layout: Layout) -> None:
        self.name = name
        self.layout = layout
        self.written_as = (format.encoding, format.delimiter)
        self.stat = os.fstat(file.fileno())
        self._file = file
        self._format = format

    def rows(self, refuse: Refuse | None = None) -> Iterator[Row]:
        """Each row as (line, values), from the start of the file; values as `Layout.arrange` gives them.

        Values are trimmed, and without the formula guard. Blank rows are passed over; short rows are
        filled up with "". A row that does not fit the columns goes to `refuse` and is left out.
        One reading at a time: a second one ends the first. Raises UsageError for a file that cannot be
        read on, or that changed since it was opened.
        """
        return self._format.rows(self.layout.arrange, refuse or _pass_over)

    def done(self) -> float:
        """How much of the file the present reading has behind it: 0 to 1."""
        return self._format.done()

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(file: str, columns: Columns, say: Callable[[str], None]) -> Source:
    """Open FILE, or standard input when it is `-`, for an import with these columns.

    CSV, NDJSON and workbooks are told apart by what is in them. `say` hears what was assumed: the
    encoding when it is not UTF-8, the sheet when there are several. Raises UsageError for a file that
    cannot be used (missing, empty, not text, wrong columns), MissingExtra for a workbook without `xlsx`.
    """
    name = "standard input" if file == "-" else file
    try:
        handle = _spooled(sys.stdin.buffer) if file == "-" else _opened(file)
    except OSError as error:
        raise UsageError(
            f"{name} cannot be read: {error.strerror}.", "Check the path.", code="unusable-file"
        ) from None
    try:
        format = open_format(handle, name, say)
        return Source(name, handle, format, Layout(format.header, columns))
    except BaseException:
        handle.close()
        raise


def _opened(path: str) -> BinaryIO:
    file = open(path, "rb")  # noqa: SIM115 - the Source closes it
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    with file:
        return _spooled(file)


def _spooled(pipe: BinaryIO) -> BinaryIO:
    """What comes out of a pipe, in a file that only we can open and that goes when we go."""
    spool = tempfile.TemporaryFile(prefix="carepass-")  # noqa: SIM115 - the Source closes it
    try:
        shutil.copyfileobj(pipe, spool, 1 << 20)
        spool.flush()
    except BaseException:
        spool.close()
        raise
    return spool


def _pass_over(*_: object) -> None:
    return None
