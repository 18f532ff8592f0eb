"""The header of a file against the columns of an import."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from operator import itemgetter
from typing import NamedTuple

from carepass_cli.batch.reading import Reading
from carepass_cli.batch.synonyms import SYNONYMS, columns_of, fold_header
from carepass_cli.errors import UsageError

# What a rejects file adds; taken and ignored, so that the mended file can be imported as it is.
REJECT_COLUMNS = ("line", "error", "message")

# The values of one row, in the order of `Columns.known`; a column that the file lacks is "".
Values = tuple[str, ...]

# Of a header that looks like somebody's data nothing is repeated: an address, a date, a number.
_DATA = re.compile(r"@|\d{3}|\d+[-/.]\d+|^[\W\d]*$")
_COMPLETION_DATE = re.compile(r"(.+?)\s+-\s+(?:completion date|date d['’]achèvement)", re.IGNORECASE)


@dataclass(frozen=True)
class Columns:
    """The columns of one import: `known` in the order in which rows are wanted; all of `required` and at
    least one of each group of `either` must be in the file. `by_course`: a file may have a column a course in
    place of `code` and `completed_on`.
    """

    known: tuple[str, ...]
    required: tuple[str, ...] = ()
    either: tuple[tuple[str, ...], ...] = ()
    by_course: bool = False

    @property
    def splits_names(self) -> bool:
        """Whether a column `name` fills both names of a person."""
        return "name" not in self.known and {"first_name", "last_name"} <= {*self.known}


def picked(columns: Sequence[str], *names: str) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """What gives of a row under `columns` the cells of two or more of them."""
    return itemgetter(*map(columns.index, names))


class CourseColumn(NamedTuple):
    """A course of a file that has a column a course: where its state (None: nowhere) and its date stand."""

    name: str
    state_at: int | None
    date_at: int


class Layout:
    """Where one file keeps the columns of an import.

    `header` is the file's own; `meant` is the column that each of its columns is, None where it is left
    aside; `present` names the known columns that the file has; `courses` are its columns of courses.
    `arrange` turns the cells of a row (with "" put after them, then first and last name where the file has
    one column for both) into `Values`.
    """

    arrange: Callable[[Sequence[str]], Values]

    def __init__(self, header: Sequence[str], columns: Columns, reading: Reading | None = None) -> None:
        """Raises UsageError for an unknown, doubled or missing column."""
        reading = reading or Reading()
        self.header = tuple(header)
        self.known = columns.known
        self.columns = columns
        found = _Found(self.header, columns, reading)
        self.meant = found.meant
        self.courses = found.courses
        names = {name: place for place, name in enumerate(self.meant) if name}
        self.name_at = names.pop("name", None) if columns.splits_names else None
        if self.name_at is not None:
            _check_one_name(names, self.header[self.name_at])
            names |= {"first_name": len(header) + 1, "last_name": len(header) + 2}
        if self.courses:
            names |= dict.fromkeys(("code", "completed_on"), len(header))
        self.present = tuple(name for name in columns.known if name in names)
        _check_missing(self.present, columns)
        self.arrange = _picker([names.get(name, len(header)) for name in columns.known])

    def place(self, column: str) -> int | None:
        """Where the file has a column: by the file's own name, else by the import's."""
        folded = fold_header(column)
        for place, written in enumerate(self.header):
            if fold_header(written) == folded:
                return place
        return self.meant.index(column) if column in self.meant else None


class _Found:
    """What each column of a header is."""

    def __init__(self, header: Sequence[str], columns: Columns, reading: Reading) -> None:
        self._header = header
        self._columns = columns
        self._reading = reading
        self._own = {fold_header(name): name for name in columns.known}
        if columns.splits_names:
            self._own.setdefault("name", "name")
        self._mapped = {fold_header(name): column for name, column in reading.columns.items()}
        _check_targets(columns, reading, self._own)
        names = [fold_header(written) for written in header]
        for demanded in reading.columns:
            if demanded in reading.demanded and fold_header(demanded) not in names:
                raise UsageError(
                    f"--map '{demanded[:60]}': the file has no such column.",
                    f"It has: {', '.join(_tellable(header))}.",
                    code="missing-column",
                )
        rejects = tuple(names[-len(REJECT_COLUMNS) :]) == REJECT_COLUMNS
        count = len(names) - len(REJECT_COLUMNS) if rejects else len(names)
        unknown: list[int] = []
        self.meant: tuple[str | None, ...] = tuple(
            self._meaning(place, name, unknown) if place < count else None for place, name in enumerate(names)
        )
        self._check_doubled()
        self.courses = self._course_columns(unknown)
        self._check_values()
        if unknown and not reading.ignore_unknown:
            raise self._unknown(unknown)

    def _meaning(self, place: int, name: str, unknown: list[int]) -> str | None:
        if name in self._mapped:
            # A profile serves several imports: what this one does not take is left aside.
            return self._mapped[name] if self._mapped[name] in self._own.values() else None
        if name in self._own:
            return self._own[name]
        if (column := columns_of().get(name)) in self._own.values():
            return column
        if name not in REJECT_COLUMNS:
            unknown.append(place)
        return None

    def _check_doubled(self) -> None:
        for place, column in enumerate(self.meant):
            if column and column in self.meant[:place]:
                first = self._header[self.meant.index(column)]
                raise UsageError(
                    f"The columns '{first}' and '{self._header[place]}' would both be {column}.",
                    f"Leave one of them aside: --map '{self._header[place]}='",
                    code="duplicate-column",
                )

    def _check_values(self) -> None:
        there = {*self.meant, *(("code",) if self.courses else ())}
        for column in self._reading.values:
            if column in self._reading.demanded and column not in there:
                raise UsageError(
                    f"--value '{column}:...': the file has no column {column}.",
                    f"It has: {', '.join(_tellable(self._header))}.",
                    code="missing-column",
                )

    def _course_columns(self, unknown: list[int]) -> tuple[CourseColumn, ...]:
        """The columns of courses; those that they are, are taken out of `unknown`. With dates apart there
        is `COURSE` beside `COURSE - Completion date`; else each unknown column is a course with its days.
        """
        if not self._columns.by_course or {"code", "title"} & {*self.meant} or not unknown:
            return ()
        dated = {m[1]: place for place in unknown if (m := _COMPLETION_DATE.fullmatch(self._header[place]))}
        if dated:
            state = {self._header[place]: place for place in unknown if self._header[place] in dated}
            courses = [CourseColumn(name, state.get(name), place) for name, place in dated.items()]
            taken = {*dated.values(), *state.values()}
        elif "completed_on" not in self.meant:
            taken = {place for place in unknown if self._header[place]}
            courses = [CourseColumn(self._header[place], None, place) for place in sorted(taken)]
        else:
            return ()
        unknown[:] = [place for place in unknown if place not in taken]
        return tuple(courses)

    def _unknown(self, unknown: list[int]) -> UsageError:
        header, known = self._header, (*self._columns.known,)
        if not any(self.meant):
            # A file without a header starts with somebody's data, which an error must not repeat.
            return UsageError(
                "The first line names no column of this import.",
                f"The first line names the columns: {', '.join(known)}. Where it comes further down:"
                " --skip-lines N.",
                code="unknown-column",
            )
        named = [_tellable(header)[place] for place in unknown]
        if len(named) == 1:
            message = f"{named[0]} is not a column of this import."
        else:
            # All at once: an export has its own name for every column.
            message = f"These are not columns of this import: {', '.join(named)}."
        near = {self._header[place].strip(): hint for place in unknown if (hint := self._near(place))}
        hints = [*near.values()] if len(named) == 1 else [f"'{n}': {hint}" for n, hint in near.items()]
        aside = " ".join(f"--map {name[:-1]}='" for name in named if name.startswith("'"))
        hints.append(
            f"Use one of: {', '.join(known)}. Say what a column is: --map 'FILE COLUMN=column';"
            f" leave it aside: {aside or '--map'};"
            " leave all such columns aside: --ignore-unknown."
        )
        return UsageError(message, "\n".join(hints), code="unknown-column")

    def _near(self, place: int) -> str:
        """A slip of the finger, never a likeness: `birhtdate`, not `Hire Date`."""
        name = fold_header(self._header[place])
        near = get_close_matches(name, self._own, n=1, cutoff=0.8) if not _DATA.search(name) else []
        return f"Did you mean {self._own[near[0]]}?" if near else ""


def _tellable(header: Sequence[str]) -> list[str]:
    """The columns for an error: by name, or by number where the name looks like data."""
    return [
        f"'{name.strip()}'" if name and not _DATA.search(name) else f"column {number}"
        for number, name in enumerate(header, start=1)
    ]


def _check_targets(columns: Columns, reading: Reading, own: dict[str, str]) -> None:
    """Columns that --map and --value name must be the import's; those of a profile some import's."""
    takes = {*own.values()}
    for column in {*reading.columns.values(), *reading.values} - takes - {""}:
        if column in reading.demanded or column not in SYNONYMS:
            raise UsageError(
                f"'{column[:60]}' is not a column of this import.",
                f"Use one of: {', '.join(columns.known)}.",
                code="unknown-column",
            )


def _check_one_name(names: dict[str, int], written: str) -> None:
    if beside := {"first_name", "last_name"} & names.keys():
        raise UsageError(
            f"The column '{written}' would fill {' and '.join(sorted(beside))}, which the file has.",
            f"Leave it aside: --map '{written}='",
            code="duplicate-column",
        )


def _check_missing(present: Sequence[str], columns: Columns) -> None:
    missing = [name for name in columns.required if name not in present]
    missing += [" or ".join(group) for group in columns.either if not {*group} & {*present}]
    if missing:
        raise UsageError(
            f"The file has no column {', '.join(missing)}.",
            f"Name the columns on the first line: {', '.join(columns.known)}. If one has another name:"
            " --map 'FILE COLUMN=column'.",
            code="missing-column",
        )


def _picker(at: list[int]) -> Callable[[Sequence[str]], Values]:
    if len(at) > 1:
        return itemgetter(*at)
    # Of a single place itemgetter gives the thing itself, not a tuple of one.
    return lambda cells: tuple(cells[i] for i in at)
