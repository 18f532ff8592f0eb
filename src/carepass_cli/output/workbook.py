"""Excel workbooks: tables with real dates and numbers, a frozen heading row and filters."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from carepass_cli.errors import MissingExtra
from carepass_cli.output.clean import shown
from carepass_cli.output.pages.page import TINTS

DAY = "yyyy-mm-dd"
WIDTHS = {"title": 40, "name": 28, "email": 30, "last_name": 20, "first_name": 20}


@dataclass(frozen=True)
class Sheet:
    """One table. A value is text, a number, a date, a truth value, or None for an empty cell; texts stay
    text, those that look like formulas too. `frozen` columns stay in sight on the left."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[object]]
    frozen: int = 0


@dataclass(frozen=True)
class Workbook:
    """Sheets, and a last one `About`: what it is, whose, of which day, and `about`, pairs of words."""

    title: str
    subject: str
    as_of: date
    sheets: Sequence[Sheet]
    about: Sequence[tuple[str, str]] = ()


def typed_rows(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[list[object]]:
    """Rows whose days (columns that end in `_on`) are dates, also where they come as ISO text."""
    days = [name.endswith("_on") for name in columns]
    for row in rows:
        yield [
            date.fromisoformat(value) if is_day and isinstance(value, str) else value
            for value, is_day in zip(row, days, strict=True)
        ]


def table_bytes(
    title: str, subject: str, as_of: date, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> bytes:
    """One table as a workbook; without a subject it is of all homes."""
    sheet = Sheet(title, columns, typed_rows(columns, rows))
    return workbook_bytes(Workbook(title, subject or "All homes", as_of, [sheet]))


def workbook_bytes(workbook: Workbook) -> bytes:
    """The workbook as a file. Raises MissingExtra without XlsxWriter."""
    from tempfile import TemporaryDirectory

    try:
        from xlsxwriter import Workbook as Book  # type: ignore[import-untyped]
    except ImportError:
        raise MissingExtra("xlsx", "An Excel workbook") from None

    file = BytesIO()
    # Rows wait in files of XlsxWriter's own; here they are gone even when reading the rows fails.
    with TemporaryDirectory() as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        book = Book(file, options)
        # Not the hour of writing: the same tables are the same file.
        created = datetime.combine(workbook.as_of, datetime.min.time())
        book.set_properties({"title": shown(workbook.title), "created": created})
        for sheet in workbook.sheets:
            _add_sheet(book, sheet, workbook)
        _add_about(book, workbook)
        book.close()
    return file.getvalue()


# `book` and `page` are XlsxWriter's, which has no types.
def _add_sheet(book, sheet: Sheet, workbook: Workbook) -> None:  # type: ignore[no-untyped-def]
    page = book.add_worksheet(sheet.name)
    top = {"valign": "top"}
    head = book.add_format({**top, "bold": True, "bottom": 2, "bg_color": TINTS["not-started"].fill})
    text, day, number = (book.add_format({**top, "num_format": code}) for code in ("@", DAY, "General"))
    for column, name in enumerate(sheet.columns):
        page.write_string(0, column, shown(name), head)
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(last, column, datetime.combine(value, datetime.min.time()), day)
            elif isinstance(value, bool):
                page.write_boolean(last, column, value)
            elif isinstance(value, int | float):
                page.write_number(last, column, value, number)
            elif value is not None:
                page.write_string(last, column, shown(str(value)), text)
    columns = len(sheet.columns) - 1
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, last, columns)
    for column, name in enumerate(sheet.columns):
        page.set_column(column, column, WIDTHS.get(name, 16))
    for word, tint in TINTS.items():
        colour = book.add_format({"bg_color": tint.fill, "font_color": tint.ink})
        rule = {"type": "text", "criteria": "begins with", "value": word, "format": colour}
        page.conditional_format(1, sheet.frozen, max(last, 1), max(columns, sheet.frozen), rule)
    page.ignore_errors({"number_stored_as_text": "A1:A1048576"})
    page.set_landscape()
    page.set_paper(1)  # Letter
    page.set_margins(left=0.4, right=0.4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    # In a page header `&` starts a code, and Excel takes 255 characters in all.
    page.set_header(f"&L{shown(workbook.subject)[:80].replace('&', '&&')}&R{workbook.as_of}")
    page.set_footer("&RPage &P of &N")


def _add_about(book, workbook: Workbook) -> None:  # type: ignore[no-untyped-def]
    page = book.add_worksheet("About")
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 100)
    page.fit_to_pages(1, 0)
    style = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})
    about = [("title", workbook.title), ("subject", workbook.subject), ("as_of", str(workbook.as_of))]
    for line, pair in enumerate([*about, *workbook.about]):
        for column, value in enumerate(pair):
            page.write_string(line, column, shown(value), style)
