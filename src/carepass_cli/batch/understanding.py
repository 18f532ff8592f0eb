"""What the cells of a row mean: names split, texts replaced by their values, days read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from carepass_cli.batch.columns import Layout, Values
from carepass_cli.batch.dates import REMEMBERED, Days
from carepass_cli.batch.names import Name, split_name
from carepass_cli.batch.reading import Reading
from carepass_cli.batch.synonyms import DAYS
from carepass_cli.errors import CarepassError

# In a file with a column a course, and in a column `verb`: what counts as a completion.
COMPLETED = frozenset(
    (
        *("completed", "complete", "passed", "pass", "completed (achieved pass grade)", "terminé", "réussi"),
        *("achevé", "achevé (note de réussite obtenue)", "terminé (note de réussite obtenue)"),
    )
)
Understood = tuple[Values, Sequence[CarepassError]]


class Words(dict[str, str]):
    """What the texts of one column stand for, whatever their case; one without a value is itself."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words)
        self._folded = {text.casefold(): value for text, value in words.items()}

    def __missing__(self, text: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        value = self[text] = self._folded.get(text.casefold(), text)
        return value


class Understanding:
    """How the rows of one file are understood. `column` reads all cells of the column at a place."""

    def __init__(
        self, layout: Layout, reading: Reading, column: Callable[[int], Iterator[str]], today: date
    ) -> None:
        self._arrange = layout.arrange
        self._name_at = layout.name_at
        self._name_order = reading.name_order
        words = {column: Words(of_column) for column, of_column in reading.values.items() if of_column}
        self._names = words.get("name")
        self._words = [(layout.known.index(name), words[name]) for name in layout.present if name in words]
        self._days: list[tuple[int, Days]] = []
        for place, name in enumerate(layout.known):
            if name in layout.meant and name in DAYS:
                cells = partial(_as_words, words.get(name), column, layout.meant.index(name))
                self._days.append((place, Days(name, reading.date_format, cells, today)))
        self._courses = [
            (
                each,
                words["code"][each.name] if "code" in words else each.name,
                Days("completed_on", reading.date_format, partial(column, each.date_at), today),
            )
            for each in layout.courses
        ]
        if layout.courses:
            self._code_at, self._on_at = layout.known.index("code"), layout.known.index("completed_on")

    @property
    def course_columns(self) -> list[str]:
        """The file's columns of courses, as they are understood."""
        return [code for _, code, _ in self._courses]

    def row(self, cells: list[str]) -> Understood:
        """The values of a row, and all that could not be understood of it; what is bad is blank. It puts
        more cells at the end of `cells`."""
        faults: Sequence[CarepassError] = ()
        cells.append("")
        if self._name_at is not None:
            faults = self._put_names(cells, cells[self._name_at])
        values = self._arrange(cells)
        if self._words:
            values = _with_words(values, self._words)
        for place, days in self._days:
            text = values[place]
            if text and days[text] != text:
                return self._with_days(values, faults)
        return values, faults

    @property
    def plain_days(self) -> list[tuple[int, Days]] | None:
        """Where rows only have their days to be read, those; None where more is to be understood."""
        return None if self._words or self._courses or self._name_at is not None else self._days

    def _put_names(self, cells: list[str], text: str) -> Sequence[CarepassError]:
        name = Name("", "")
        try:
            text = text if self._names is None else self._names[text]
            if text:
                name = split_name(text, self._name_order)
        except CarepassError as error:
            cells += name
            return (error,)
        cells += name
        return ()

    def _with_days(self, values: Values, faults: Sequence[CarepassError]) -> Understood:
        changed, found = list(values), list(faults)
        for place, days in self._days:
            if text := changed[place]:
                day = days[text]
                if day is None:
                    found.append(days.fault(text))
                changed[place] = day or ""
        return tuple(changed), found

    def courses(self, cells: list[str], values: Values) -> Iterator[Understood]:
        """The row once for each of the file's courses; not completed is a blank day."""
        for course, code, days in self._courses:
            row = list(values)
            text = cells[course.date_at]
            done = course.state_at is None or is_completion(cells[course.state_at])
            day = days[text] if done and text else ""
            row[self._code_at], row[self._on_at] = code, day or ""
            yield tuple(row), () if day is not None else (days.fault(text),)


def is_completion(word: str) -> bool:
    """Whether a word, or the address of an xAPI verb, says that a course was completed or passed."""
    return word.rpartition("/")[2].casefold() in COMPLETED


def _with_words(values: Values, words: Sequence[tuple[int, Words]]) -> Values:
    changed = list(values)
    for place, of_column in words:
        changed[place] = of_column[changed[place]]
    return tuple(changed)


def _as_words(words: Words | None, column: Callable[[int], Iterator[str]], at: int) -> Iterator[str]:
    """The cells of a column, those that stand for something as that."""
    return column(at) if words is None else (words[cell] for cell in column(at))
