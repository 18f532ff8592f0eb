"""One file on its way into the store: read in chunks, each checked and written; at the end all of it is
kept, or nothing.

Every noun's import takes the chunks of a `Batch`, refuses its bad rows, drops its repeats, and writes the
rest in the batch's unit of work. Because the unit is one transaction that is rolled back when a row was bad,
a chunk can be written before the next one is checked, and no row need be kept or read twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Protocol, TypeVar

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.progress import watched
from carepass_cli.batch.reading import Reading
from carepass_cli.batch.rejects import Rejects
from carepass_cli.batch.source import Row, Source, open_source
from carepass_cli.batch.summary import RowError, Summary
from carepass_cli.errors import BatchRefused, CarepassError, Refused
from carepass_cli.rules import fields
from carepass_cli.services.imports.seen import Mark, Seen
from carepass_cli.services.outcome import CREATED, UNCHANGED, UPDATED
from carepass_cli.store.unit import Unit

# Rows in memory at a time, and rows to an audit entry.
CHUNK = 1000


@dataclass(frozen=True)
class Asked:
    """What was asked on the command line: FILE (`-`: standard input), `--keep-going`, `--rejects FILE`, how
    the file is to be read; whether progress is to be shown, and in colour; whether it is a dry run, which
    says how the file is read; the day of the run; and whether the file goes in as a whole or not at all.
    """

    file: str
    keep_going: bool = False
    rejects: str | None = None
    reading: Reading = field(default_factory=Reading)
    quiet: bool = False
    color: bool = True
    dry_run: bool = False
    today: date | None = None
    whole: bool = False


V = TypeVar("V")


class Write(Protocol):
    """What runs a service in one unit of work."""

    def __call__(self, service: Callable[[Unit], V], /) -> V: ...


class Taken(Protocol):
    """A row that was understood: as it stands in the file, and what it is about."""

    @property
    def row(self) -> Row: ...
    @property
    def mark(self) -> Mark: ...


T = TypeVar("T", bound=Taken)
R = TypeVar("R")
Load = Callable[["Batch"], V]
# Gives everything that is wrong with a row's values: a list of the errors that its fields and names raise.
FaultsOf = Callable[[Values], Sequence[CarepassError]]
Say = Callable[[str], None]


def import_file(
    asked: Asked,
    columns: Columns,
    load: Load[V],
    write: Write,
    say: Say,
    warn: Say,
    summary: Callable[[], Summary] | None = None,
) -> tuple[Summary, V]:
    """Bring a file into the store by `load`, in one unit of work that `write` runs; the counts, kept in a
    `summary`, and what `load` gave. `say` hears how a dry run reads the file, `warn` what must not be
    overlooked.

    Raises UsageError for a file or a rejects file that cannot be used. Bad rows are in the summary.
    """
    opened = open_source(asked.file, columns, say, asked.reading, warn=warn, today=asked.today)
    with opened as source, Rejects(asked.rejects, source) as rejects:
        if asked.dry_run:
            say("\n".join(source.mapping()))

        def operation(unit: Unit) -> tuple[Summary, V]:
            batch = Batch(unit, source, rejects, asked, summary and summary())
            loaded = load(batch)
            return batch.close(), loaded

        done, loaded = write(operation)
        # Not before the rows are settled: what became of them is in the store now, or never will be.
        rejects.keep()
    return done, loaded


class Batch:
    """One file inside one unit of work: its chunks, its bad rows, its counts."""

    def __init__(
        self, unit: Unit, source: Source, rejects: Rejects, asked: Asked, summary: Summary | None = None
    ) -> None:
        self.unit = unit
        self.columns = source.layout.present
        self.course_columns = source.course_columns
        self.summary = summary or Summary()
        self.summary.dry_run = unit.work.dry_run
        self._source = source
        self._rejects = rejects
        self._asked = asked
        self._bad: list[RowError] = []
        self._faults_of: FaultsOf | None = None
        self._seen = Seen()

    def chunks(self, faults_of: FaultsOf | None = None) -> Iterator[list[Row]]:
        """The rows of the file, some thousands at a time. `faults_of` is asked about bad rows alone, so that
        all that is wrong with one is said at once."""
        self._faults_of = faults_of
        rows = self._source.rows(self._refuse_for)
        asked = self._asked
        watching = iter(watched(rows, self._source, "Importing", quiet=asked.quiet, color=asked.color))
        while chunk := list(islice(watching, CHUNK)):
            yield chunk
            self._put_bad_aside()
        self._put_bad_aside()

    def pass_over(self, *columns: str) -> None:
        """Say which of these columns the file has: they are known, and not taken over."""
        if there := [column for column in columns if column in self.columns]:
            self.unit.work.say(f"Columns that this import leaves aside: {', '.join(there)}.")

    def refuse(self, row: Row, error: CarepassError) -> None:
        """This row is bad; `error` says why."""
        self._refuse_for(row, (error,))

    def first_of(self, taken: Sequence[T], thing: str) -> list[T]:
        """The rows that are about something no earlier row was about.

        Of the others, one that says the same as the first is `unchanged`, any other is refused: nobody
        but the person can tell which of the two is right.
        """
        repeats = self._seen.repeats([each.mark for each in taken])
        if not repeats:
            return list(taken)
        for place, (first, same) in repeats.items():
            if same:
                self.count(UNCHANGED)
            else:
                self.refuse(taken[place].row, _repeated(first, thing))
        return [each for place, each in enumerate(taken) if place not in repeats]

    def count(self, result: str, rows: int = 1) -> None:
        """Count rows that came to this `result`: created, updated or unchanged."""
        if result == CREATED:
            self.summary.created += rows
        elif result == UPDATED:
            self.summary.updated += rows
        else:
            self.summary.unchanged += rows

    def settle(self, taken: Sequence[Taken], outcomes: Sequence[str | CarepassError]) -> None:
        """Count what came of these rows, and refuse those that a service refused."""
        results = {result: outcomes.count(result) for result in (CREATED, UPDATED, UNCHANGED)}
        for result, rows in results.items():
            self.count(result, rows)
        if sum(results.values()) < len(outcomes):
            for each, outcome in zip(taken, outcomes, strict=True):
                if isinstance(outcome, CarepassError):
                    self.refuse(each.row, outcome)

    def skip(self, rows: int = 1) -> None:
        """Count rows that say nothing to write."""
        self.summary.skipped += rows

    def close(self) -> Summary:
        """Settle what becomes of the batch, and sum it up."""
        self._seen.close()
        self._put_bad_aside()
        self.summary.errors.sort(key=lambda error: error.line)
        if self.summary.errors and not self._asked.keep_going:
            self.unit.discard()
        self._rejects.write(self.summary.errors)
        self.summary.skipped += self._source.skipped
        self.summary.warnings = list(self._source.warnings)
        self.summary.change = self.unit.kept_change
        return self.summary

    def _refuse_for(self, row: Row, errors: Sequence[CarepassError]) -> None:
        line, values = row
        more = self._faults_of(values) if self._faults_of else ()
        # The same fault may be found on both ways; a row says each once.
        found = dict.fromkeys(RowError.of(line, error) for error in (*errors, *more))
        self._bad.extend(found)

    def _put_bad_aside(self) -> None:
        self.summary.errors += sorted(self._bad, key=lambda error: error.line)
        self._bad.clear()


def faults(*checks: Callable[[], object]) -> list[CarepassError]:
    """The errors that these checks raise: all that is wrong with a row."""
    found = []
    for check in checks:
        try:
            check()
        except CarepassError as error:
            # Its traceback leads back to this list: a file's worth of them would fill the memory.
            found.append(error.with_traceback(None))
    return found


@lru_cache(maxsize=4096)
def read_date(text: str, name: str) -> date:
    """A date; dates repeat, so that most are read once."""
    return fields.parse_date(text, name)


@lru_cache(maxsize=4096)
def read_birthdate(text: str) -> date:
    """A birthdate; they come again in other rows of the person."""
    return fields.parse_birthdate(text, "birthdate")


def looked_up_once(look_up: Callable[..., R]) -> Callable[..., R]:
    """`look_up` that remembers what it found, and what it refused: files name few things many times."""
    found: dict[object, R | CarepassError] = {}

    def get(*key: str) -> R:
        answer = found.get(key)
        if answer is None:
            try:
                answer = look_up(*key)
            except CarepassError as error:
                answer = error
            found[key] = answer
        if isinstance(answer, CarepassError):
            raise answer.with_traceback(None)
        return answer

    return get


def refusal(summary: Summary, asked: Asked) -> BatchRefused | None:
    """The error that a batch with bad rows ends with, None for a good one."""
    if not summary.errors:
        return None
    bad = summary.failed
    rows = f"{bad} row is bad" if bad == 1 else f"{bad} rows are bad"
    first = summary.errors[0]
    message = f"{rows}; the first is line {first.line}: {first.message}"
    if asked.whole:
        hint = "Nothing was written. Correct the file, or leave rows out by a profile: carepass help files"
    elif not asked.keep_going:
        hint = "Nothing was written. Correct the file, or write the good rows: --keep-going --rejects FILE"
    elif asked.rejects:
        hint = f"They are in {asked.rejects}, each with its reason. Correct them there, and import that file."
    else:
        hint = "Correct them and import them again; --rejects FILE collects them."
    return BatchRefused(message, hint)


def _repeated(first: int, thing: str) -> Refused:
    return Refused(
        f"The row is about the same {thing} as line {first}, and contradicts it.",
        "Keep the one that is right.",
        code="duplicate-row",
    )
