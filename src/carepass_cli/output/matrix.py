"""The training matrix of one home: staff down, courses across, as a web page or a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown
from carepass_cli.output.page import page_template

# As many courses as are legible beside the names on one sheet of paper.
PRINTED = 12
# The columns before the courses, the same in every output.
PERSON = ("portal_id", "last_name", "first_name", "role")
LEGEND = {
    "valid": "completed; the date is the last valid day, and without one it never ends",
    "expiring": "still valid through the date, which is near",
    "expired": "no longer valid; the date was the last valid day",
    "overdue": "required, not completed, and its due date has passed",
    "not-started": "required and not completed yet",
    "waived": "excused by the home",
    "": "an empty cell: not required of this person",
}


class Tint(NamedTuple):
    """Background and text colour, on a light page and on a dark one."""

    fill: str
    ink: str
    dark_fill: str
    dark_ink: str


_ALARM = Tint("#FBD9D6", "#7A0F0A", "#4B1A18", "#FFC1BB")
# They repeat what the word says, and say nothing alone.
TINTS = {
    "valid": Tint("#DDF3E0", "#12441F", "#163322", "#B4E8BF"),
    "expiring": Tint("#FFEFC2", "#573A00", "#3D2F0C", "#FFDF94"),
    "expired": _ALARM,
    "overdue": _ALARM,
    "not-started": Tint("#E3E8EE", "#27313C", "#2A3440", "#D0D8E1"),
    "waived": Tint("#E6E0F5", "#3A2775", "#2E2650", "#D6CAFF"),
}


@dataclass(frozen=True)
class Matrix:
    """What one matrix says, as text.

    `as_of` is an ISO date. `columns` are (course code, title). Each row is the four PERSON values, then
    one cell a column: a status and, where there is one, the expiry date (`valid 2027-03-01`), or an
    empty string where the course is not required. `rows` may be a stream and are read once; `notes`
    are printed below.
    """

    title: str
    as_of: str
    home_name: str
    columns: Sequence[tuple[str, str]]
    rows: Iterable[Sequence[str]]
    notes: Sequence[str] = ()


def to_html(matrix: Matrix) -> str:
    """The matrix as one HTML page that needs no other file, no network and no script."""
    people = [(row[: len(PERSON)], [_split(cell) for cell in row[len(PERSON) :]]) for row in matrix.rows]
    page = page_template("matrix.html.jinja")
    parts = _parts(len(matrix.columns))
    return page.render(matrix=matrix, people=people, parts=parts, legend=LEGEND, tints=TINTS)


def to_xlsx(matrix: Matrix, file: BinaryIO) -> None:
    """Write the matrix to `file` as an Excel workbook of two sheets, `Matrix` and `About`.

    Every cell is text, dates and names that look like formulas too. Nothing is written before all rows
    are read; `file` may be a pipe. Raises MissingExtra without XlsxWriter.
    """
    from tempfile import TemporaryDirectory

    try:
        from xlsxwriter import Workbook  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("xlsx", "An Excel workbook") from None

    # Rows wait in files of XlsxWriter's own; here they are gone even when reading the rows fails.
    with TemporaryDirectory() as folder:
        book = Workbook(
            file,
            {
                "constant_memory": True,
                "tmpdir": folder,
                "strings_to_formulas": False,
                "strings_to_urls": False,
            },
        )
        # Not the hour of writing: the same matrix is the same file.
        book.set_properties({"title": shown(matrix.title), "created": datetime.fromisoformat(matrix.as_of)})
        _matrix_sheet(book, matrix)
        _about_sheet(book, matrix)
        book.close()


def _split(cell: str) -> tuple[str, str]:
    """The cell as (status, rest); what is no status of ours is all rest."""
    word, _, rest = cell.partition(" ")
    return (word, rest) if word in TINTS else ("", cell)


def _parts(count: int) -> list[tuple[int, int]]:
    """The courses as even parts of at most PRINTED, each from its first to before its last."""
    parts = -(-count // PRINTED) or 1
    bounds = [count * part // parts for part in range(parts + 1)]
    return list(pairwise(bounds))


# `book` and `sheet` are XlsxWriter's, which has no types.
def _matrix_sheet(book, matrix: Matrix) -> None:  # type: ignore[no-untyped-def]
    text = {"num_format": "@", "valign": "top"}
    plain = book.add_format(text)
    head = book.add_format({**text, "bold": True, "bottom": 2, "bg_color": "#E3E8EE"})
    sheet = book.add_worksheet("Matrix")
    header = [*PERSON, *(code for code, _ in matrix.columns)]
    count = _write_rows(sheet, [header], head)
    count = _write_rows(sheet, matrix.rows, plain, start=count)

    last_row, last_column = count - 1, len(header) - 1
    sheet.freeze_panes(1, len(PERSON))
    sheet.autofilter(0, 0, last_row, last_column)
    for column, width in enumerate((10, 20, 20, 16)):
        sheet.set_column(column, column, width)
    if matrix.columns:
        sheet.set_column(len(PERSON), last_column, 20)
        for word, tint in TINTS.items():
            colour = book.add_format({"bg_color": tint.fill, "font_color": tint.ink})
            rule = {"type": "text", "criteria": "begins with", "value": word, "format": colour}
            sheet.conditional_format(1, len(PERSON), max(last_row, 1), last_column, rule)
    sheet.ignore_errors({"number_stored_as_text": "A1:A1048576"})
    sheet.set_landscape()
    sheet.set_paper(1)  # Letter
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    # In a page header `&` starts a code, and Excel takes 255 characters in all.
    sheet.set_header(f"&L{shown(matrix.home_name)[:80].replace('&', '&&')}&R{matrix.as_of}")
    sheet.set_footer("&RPage &P of &N")


def _about_sheet(book, matrix: Matrix) -> None:  # type: ignore[no-untyped-def]
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 100)
    sheet.fit_to_pages(1, 0)
    lines = [
        ("title", matrix.title),
        ("home", matrix.home_name),
        ("as_of", matrix.as_of),
        *LEGEND.items(),
        *matrix.columns,
        *(("note", note) for note in matrix.notes),
    ]
    _write_rows(sheet, lines, book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}))


def _write_rows(sheet, rows: Iterable[Sequence[str]], style: object, start: int = 0) -> int:  # type: ignore[no-untyped-def]
    """Write `rows` from line `start` on; the first free line comes back."""
    line = start
    for row in rows:
        sheet.write_row(line, 0, [shown(value) for value in row], style)
        line += 1
    return line
