"""What a file is made of: cells, row by row, whatever format they come in."""

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Protocol

from carepass_cli.batch.reading import ENCODING, SHEET, SKIP_LINES, Reading
from carepass_cli.batch.text import Text, unusable
from carepass_cli.errors import CarepassError, UsageError
from carepass_cli.rules.fields import DAMAGED

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
NDJSON_NAMES = (".ndjson", ".jsonl", ".json")
# A longer cell is no value of anything.
CELL_MOST = 32_767

Say = Callable[[str], None]


# One row: the line that it starts on, its cells (as many as the header has), and why it is bad, if it is.
Cells = tuple[int, list[str], CarepassError | None]


class Format(Protocol):
    """One file in one format. `header` is as written, without nameless columns at its end, and stands on
    `header_line`; `encoding` and `delimiter` are those of a CSV file that the program it came from reads.
    """

    header: tuple[str, ...]
    header_line: int
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[Cells]:
        """The rows under the header, from the first. Cells are trimmed and without the formula guard; blank
        rows are passed over."""
        ...

    def done(self) -> float:
        """How much of the latest reading is behind us: 0 to 1."""
        ...


def open_format(file: BinaryIO, name: str, reading: Reading, say: Say, warn: Say) -> Format:
    """Tell the format of `file` (seekable, `name` for messages) and read its header. `say` hears which of
    several sheets is read, `warn` what must not be overlooked."""
    file.seek(0)
    start = file.read(4)
    if not start:
        raise unusable(
            f"{name} is empty.", "Give a file with a line of column names and a row for each thing."
        )
    if start == OLE:
        raise unusable(
            f"{name} is an old (.xls) or a password-protected Excel file.",
            "Save it as .xlsx without a password.",
        )
    if start == ZIP:
        from carepass_cli.batch.workbook import Workbook

        _refuse_options(name, "a workbook", reading, ENCODING)
        return Workbook(file, name, reading, say, warn)
    text = Text(file, name, warn, reading.encoding)
    from carepass_cli.batch.delimited import Csv
    from carepass_cli.batch.ndjson import Ndjson

    if text.opening in ("{", "[") or name.lower().endswith(NDJSON_NAMES):
        _refuse_options(name, "NDJSON", reading, SHEET, SKIP_LINES)
        return Ndjson(text)
    csv = Csv(text, reading.skip_lines)
    if not csv.is_rejects:
        _refuse_options(name, "a text file", reading, SHEET)
    return csv


def _refuse_options(name: str, kind: str, reading: Reading, *flags: str) -> None:
    """Raise UsageError for an option of the command line that this kind of file does not have."""
    for flag in flags:
        if flag in reading.demanded:
            raise UsageError(f"{name} is {kind}: {flag} does not apply to it.", f"Leave out {flag}.")


def without_blank_end(header: list[str]) -> tuple[str, ...]:
    """The names of a header; nameless columns at its end are no columns."""
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def fitted(line: int, cells: list[str], width: int, delimiter: str) -> Cells:
    """A row as `width` cells: blank ones may lack or be over. What does not fit is kept in the last cell,
    so that a rejects file loses nothing.
    """
    if any(cells[width:]):
        kept = [*cells[: width - 1], delimiter.join(cells[width - 1 :]).rstrip(delimiter)]
        return line, kept, _too_many(width)
    return line, cells[:width] + [""] * (width - len(cells)), None


def damage(cells: list[str]) -> CarepassError | None:
    """What was done to a row's text before it came here, if it can be seen."""
    for cell in cells:
        if found := re.search(DAMAGED, cell):
            return UsageError(
                f"A cell holds '{found[0]}': its text was damaged before it came here.",
                "Export the file again, as CSV UTF-8.",
                code="damaged-text",
            )
        if len(cell) > CELL_MOST:
            return UsageError(
                f"A cell has {len(cell)} characters.", f"At most {CELL_MOST} are read.", code="too-long"
            )
    return None


def _too_many(width: int) -> CarepassError:
    return UsageError(
        f"The row has more than {width} cells.",
        "Put a cell that holds the delimiter in quotes.",
        code="too-many-cells",
    )
