"""The header of a file against the columns of an import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

from carepass_cli.errors import UsageError, nearest_hint

# What a rejects file adds; taken and ignored, so that the mended file can be imported as it is.
REJECT_COLUMNS = ("line", "error", "message")

# The values of one row, in the order of `Columns.known`; a column that the file lacks is "".
Values = tuple[str, ...]


@dataclass(frozen=True)
class Columns:
    """The columns of one import: `known` in the order in which rows are wanted; all of `required` and
    at least one of `either` must be in the file.
    """

    known: tuple[str, ...]
    required: tuple[str, ...] = ()
    either: tuple[str, ...] = ()


class Layout:
    """Where one file keeps the columns of an import.

    `present` names the known columns that the file has, in the file's order, and `header` spells them as
    the file does. `arrange` turns the cells of a row, with one "" put after them, into `Values`;
    `in_file_order` turns `Values` back into cells under `header`.
    """

    arrange: Callable[[Sequence[str]], Values]
    in_file_order: Callable[[Sequence[str]], Values]

    def __init__(self, header: Sequence[str], columns: Columns) -> None:
        """Raises UsageError for an unknown, nameless, doubled or missing column."""
        names = [written.strip().casefold() for written in header]
        _check_known(header, names, columns)
        for name in names:
            if names.count(name) > 1:
                raise UsageError(
                    f"The column '{name}' is there twice.", "Keep one of them.", code="duplicate-column"
                )
        self.present = tuple(name for name in names if name in columns.known)
        self.header = tuple(w for w, name in zip(header, names, strict=True) if name in columns.known)
        _check_missing(self.present, columns)
        self.arrange = _picker([names.index(n) if n in names else len(names) for n in columns.known])
        self.in_file_order = _picker([columns.known.index(name) for name in self.present])


def _check_known(header: Sequence[str], names: Sequence[str], columns: Columns) -> None:
    unknown = {
        number: name
        for number, name in enumerate(names)
        if name not in columns.known and name not in REJECT_COLUMNS
    }
    if not unknown:
        return
    known = f"Use one of: {', '.join(columns.known)}."
    for number, name in unknown.items():
        # A file without a header starts with somebody's data, which an error must not repeat.
        if not name or any(c.isdigit() for c in name):
            raise UsageError(
                f"Column {number + 1} has no name that this import knows.",
                f"The first line names the columns. {known}",
                code="unknown-column",
            )
    written = [f"'{header[number].strip()}'" for number in unknown]
    near = {number: nearest_hint(name, columns.known) for number, name in unknown.items()}
    if len(unknown) == 1:
        message = f"{written[0]} is not a column of this import."
        hints = [*near.values(), known]
    else:
        # All at once: an export has its own name for every column.
        message = f"These are not columns of this import: {', '.join(written)}."
        hints = [f"'{header[number].strip()}': {hint}" for number, hint in near.items() if hint] + [known]
    raise UsageError(message, "\n".join(filter(None, hints)), code="unknown-column")


def _check_missing(present: Sequence[str], columns: Columns) -> None:
    missing = [name for name in columns.required if name not in present]
    if columns.either and not set(columns.either) & set(present):
        missing.append(" or ".join(columns.either))
    if missing:
        raise UsageError(
            f"The file has no column {', '.join(missing)}.",
            f"Name the columns on the first line: {', '.join(columns.known)}.",
            code="missing-column",
        )


def _picker(at: list[int]) -> Callable[[Sequence[str]], Values]:
    if len(at) > 1:
        return itemgetter(*at)
    # Of a single place itemgetter gives the thing itself, not a tuple of one.
    return lambda cells: tuple(cells[i] for i in at)
