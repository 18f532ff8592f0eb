"""CSV: cells with commas, semicolons or tabs between, quoted as spreadsheets do."""

import csv
from collections.abc import Generator, Iterator
from itertools import islice

from carepass_cli.batch.columns import REJECT_COLUMNS
from carepass_cli.batch.formats import CELL_MOST, Cells, damage, fitted, without_blank_end
from carepass_cli.batch.text import Text, unusable
from carepass_cli.errors import CarepassError, UsageError
from carepass_cli.rules.formula import unguarded

DELIMITERS = ",;\t"
# After each row whose quotes do not match the file is read on from its first line.
BROKEN_MOST = 1000


class Csv:
    """Comma, semicolon or tab, whichever gives the header the most columns. The header is the first filled
    line after `skip_lines` lines; of a rejects file the first of all, as it has nothing above it.
    """

    def __init__(self, text: Text, skip_lines: int = 0) -> None:
        self._text = text
        self._skip = 0
        self.encoding = text.written_as
        self.delimiter = ","
        self.is_rejects = any(self._header(each, strict=False)[-3:] == REJECT_COLUMNS for each in DELIMITERS)
        if not self.is_rejects:
            self._skip = skip_lines
        # Wrong delimiters make nonsense of quotes: no complaint until the delimiter is known.
        self.delimiter = max(DELIMITERS, key=lambda each: len(self._header(each, strict=False)))
        self.header = self._header(self.delimiter, strict=True)

    def _header(self, delimiter: str, *, strict: bool) -> tuple[str, ...]:
        with self._text.lines() as lines:
            reader = csv.reader(islice(lines, self._skip, None), delimiter=delimiter, strict=strict)
            try:
                header = without_blank_end(next(filter(_is_filled, reader)))
            except StopIteration:
                raise unusable(
                    f"{self._text.name} holds nothing but blank lines"
                    f"{f' after the first {self._skip}' if self._skip else ''}."
                ) from None
            except csv.Error:
                raise unusable(
                    f"{self._text.name}: the quotes in the header do not match.",
                    'Close each quote ("), and write a quote inside a quoted cell twice.',
                ) from None
            self.header_line = self._skip + reader.line_num
            return header

    def rows(self) -> Iterator[Cells]:
        line: int | None = self.header_line
        broken = 0
        while line is not None:
            line = yield from self._rows_after(line)
            broken += 1
            if broken > BROKEN_MOST:
                raise unusable(
                    f"{self._text.name}: the quotes do not match in more than {BROKEN_MOST} rows.",
                    'Close each quote ("), and write a quote inside a quoted cell twice.',
                )

    def _rows_after(self, line: int) -> Generator[Cells, None, int | None]:
        """The rows after a line, up to one whose quotes do not match, which costs its first line. Returns
        that line: what its open quote swallowed is to be read again; None at the end of the file."""
        width, delimiter = len(self.header), self.delimiter
        strip = str.strip
        with self._text.lines() as lines:
            before = line
            reader = csv.reader(islice(lines, line, None), delimiter=delimiter, strict=True)
            try:
                for cells in reader:
                    # The reader knows where a row ends; it starts after the end of the one before.
                    start, line = line + 1, before + reader.line_num
                    cells = list(map(strip, cells))
                    whole = "".join(cells)
                    if not whole:
                        continue
                    if "'" in whole or '="' in whole:
                        cells = [_plain(cell) for cell in cells]
                    fault = None
                    if len(cells) != width:
                        _, cells, fault = fitted(start, cells, width, delimiter)
                    if "&" in whole or "\ufffd" in whole or len(whole) > CELL_MOST:
                        fault = fault or damage(cells)
                    yield start, cells, fault
                return None
            except csv.Error as error:
                why = str(error)
        yield self._broken(line + 1, why)
        return line + 1

    def _broken(self, line: int, why: str) -> Cells:
        with self._text.lines() as lines:
            text = next(islice(lines, line - 1, line), "")
        # What a reader that forgives makes of the line, for the rejects file.
        try:
            cells = [cell.strip() for cell in next(csv.reader([text], delimiter=self.delimiter), [])]
        except csv.Error:
            cells = [text[:1000]]
        _, cells, _ = fitted(line, cells, len(self.header), self.delimiter)
        return line, cells, _too_long() if _is_too_long(why, text) else _unmatched()

    def done(self) -> float:
        return self._text.done()


def _is_filled(cells: list[str]) -> bool:
    return any(map(str.strip, cells))


def _plain(cell: str) -> str:
    """A cell without the formula guard, and without `="..."`, by which exports keep the zeros of a number."""
    if cell[:2] == '="' and cell[-1] == '"' and len(cell) > 2:
        return cell[2:-1].replace('""', '"').strip()
    return unguarded(cell).strip() if "'" in cell else cell


def _is_too_long(why: str, text: str) -> bool:
    return "field limit" in why and len(text) > csv.field_size_limit()


def _too_long() -> CarepassError:
    most = f"{csv.field_size_limit():,}"
    return UsageError(f"A cell has more than {most} characters.", "Shorten it.", code="too-long")


def _unmatched() -> CarepassError:
    return UsageError(
        "The quotes in the row do not match.",
        'Close each quote ("), and write a quote inside a quoted cell twice.',
        code="unmatched-quotes",
    )
