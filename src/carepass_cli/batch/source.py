"""A file of rows, or standard input, opened so that it can be read as often as needed."""

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import BinaryIO

from carepass_cli.batch.columns import Columns, Layout, Values
from carepass_cli.batch.formats import Cells, Format, Say, open_format
from carepass_cli.batch.reading import Reading
from carepass_cli.batch.understanding import Understanding
from carepass_cli.errors import CarepassError, UsageError

# The line of a row, and its values as `Layout.arrange` gives them.
Row = tuple[int, Values]
# Bytes that may come out of a pipe: it may have no end.
PIPED_MOST = 1 << 30
# Hears of a bad row: the row as far as it was understood, bad values blank, and all that is wrong with it.
Refuse = Callable[[Row, Sequence[CarepassError]], None]


class Source:
    """One file of rows, open. Close it, or use it in a `with`.

    `name` is how the person knows the file; `layout` says which columns it has; `written_as` is the
    encoding and the delimiter that the program it came from reads; `skipped` counts the rows of the latest
    reading that were left out; `warnings` are what must not be overlooked.
    """

    def __init__(
        self, name: str, file: BinaryIO, format: Format, layout: Layout, reading: Reading, today: date
    ) -> None:
        self.name = name
        self.layout = layout
        self.written_as = (format.encoding, format.delimiter)
        self.stat = os.fstat(file.fileno())
        self.warnings: list[str] = []
        self.skipped = 0
        self._file = file
        self._format = format
        self._skip = _skipping(layout, reading)
        self._understanding = Understanding(layout, reading, self._column, today)

    def rows(self, refuse: Refuse | None = None) -> Iterator[Row]:
        """Each row as (line, values), from the start of the file; values as `Layout.arrange` gives them.

        Values are trimmed, without the formula guard, and as the reading understands them: days are ISO
        dates, texts with a value have it. Blank rows are passed over; short rows are filled up with "". In a
        file with a column a course a row is one for each course. A row that is not understood goes to
        `refuse` and is left out. Raises UsageError for a file that cannot be read on, or that changed since
        it was opened.
        """
        refuse = refuse or _pass_over
        understand = self._understanding.row
        expand = self._understanding.courses if self.layout.courses else None
        skip = self._skip
        self.skipped = 0
        arrange, days = self.layout.arrange, self._understanding.plain_days
        for line, cells, fault in self._format.rows():
            # Of most files a row is its cells in another order, and ISO days.
            if days is not None and fault is None and not skip:
                values = arrange([*cells, ""])
                for place, of_column in days:
                    text = values[place]
                    if text and of_column[text] != text:
                        break
                else:
                    yield line, values
                    continue
            if skip and any(cells[place].casefold() in texts for place, texts in skip):
                self.skipped += 1
                continue
            values, faults = understand(cells)
            if fault is not None or faults:
                refuse((line, values), faults if fault is None else (fault,))
            elif expand is not None:
                for each, faults in expand(cells, values):
                    if faults:
                        refuse((line, each), faults)
                    else:
                        yield line, each
            else:
                yield line, values

    @property
    def course_columns(self) -> list[str]:
        """In a file with a column a course, what the courses are called."""
        return self._understanding.course_columns

    def cells(self) -> Iterator[Cells]:
        """Each row as it stands in the file, under `layout.header`."""
        return self._format.rows()

    def done(self) -> float:
        """How much of the file the latest reading has behind it: 0 to 1."""
        return self._format.done()

    def mapping(self) -> list[str]:
        """What each column is taken for, and the first row as it is understood, without a birthdate."""
        layout = self.layout
        taken = [f"{h} = {c}" for h, c in zip(layout.header, layout.meant, strict=True) if c]
        courses = [each.name for each in layout.courses]
        of_courses = {place for each in layout.courses for place in (each.state_at, each.date_at)}
        left = [h for at, h in enumerate(layout.header) if not layout.meant[at] and at not in of_courses]
        said = [f"Columns: {', '.join(taken)}."]
        said += [f"Columns of courses: {', '.join(courses)}."] if courses else []
        said += [f"Columns left aside: {', '.join(left)}."] if left else []
        for line, values in self.rows():
            pairs = [
                f"{name} = {'(a day)' if name == 'birthdate' else value}"
                for name, value in zip(layout.known, values, strict=True)
                if value
            ]
            said.append(f"First row (line {line}): {', '.join(pairs)}.")
            break
        return said

    def _column(self, place: int) -> Iterator[str]:
        """The cells of one column."""
        return (cells[place] for _, cells, fault in self._format.rows() if fault is None)

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> "Source":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_source(
    file: str,
    columns: Columns,
    say: Say,
    reading: Reading | None = None,
    *,
    warn: Say | None = None,
    today: date | None = None,
) -> Source:
    """Open FILE, or standard input when it is `-`, for an import with these columns.

    CSV, NDJSON and workbooks are told apart by what is in them. `say` hears which of several sheets is read,
    `warn` what was assumed about the encoding, and of hidden rows; `today` dates birthdates whose year has
    two digits. Raises UsageError for a file that cannot be used (missing, empty, not text, wrong columns).
    """
    reading = reading or Reading()
    name = "standard input" if file == "-" else file
    try:
        handle = _spooled(_standard_input()) if file == "-" else _opened(file)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is closed"
        raise UsageError(f"{name} cannot be read: {why}.", "Check the path.", code="unusable-file") from None
    warnings: list[str] = []

    def remember(text: str) -> None:
        warnings.append(text)
        (warn or say)(text)

    try:
        format = open_format(handle, name, reading, say, remember)
        layout = Layout(format.header, columns, reading)
        source = Source(name, handle, format, layout, reading, today or date.today())  # noqa: DTZ011
    except BaseException:
        handle.close()
        raise
    source.warnings = warnings
    return source


def _skipping(layout: Layout, reading: Reading) -> list[tuple[int, frozenset[str]]]:
    found = ((layout.place(column), texts) for column, texts in reading.skip.items())
    return [(place, frozenset(map(str.casefold, texts))) for place, texts in found if place is not None]


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise ValueError
    return sys.stdin.buffer


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
        while piece := pipe.read(1 << 20):
            if spool.tell() > PIPED_MOST:
                raise UsageError(
                    f"More than {PIPED_MOST >> 20} MB come out of the pipe.",
                    "Give a file, or several smaller.",
                )
            spool.write(piece)
        spool.flush()
    except BaseException:
        spool.close()
        raise
    return spool


def _pass_over(*_: object) -> None:
    return None
