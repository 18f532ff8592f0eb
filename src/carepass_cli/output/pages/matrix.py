"""The training matrix of one home as a page: figures first, then who must act, then everybody by role."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from carepass_cli.output import workbook as xlsx
from carepass_cli.output.pages.draw import page_file
from carepass_cli.output.pages.page import (
    STATUSES,
    Cell,
    Figure,
    Figures,
    Grid,
    Group,
    Head,
    Legend,
    Notes,
    Page,
    Section,
    Sheet,
)
from carepass_cli.output.pages.words import Words
from carepass_cli.rules.compliance import percent

# The columns before the courses, the same in every output.
PERSON = ("portal_id", "last_name", "first_name", "role")
# As many courses as are legible beside the names on one sheet of paper.
PRINTED = 10
MEANINGS = {
    "valid": "valid through the date; without one it never ends",
    "expiring": "still valid through the date, which is near",
    "expired": "no longer valid; the date was the last valid day",
    "overdue": "required, not completed, and its due day has passed",
    "not-started": "required and not completed yet",
    "waived": "excused by the home",
}
PROBLEMS = ("overdue", "expired", "expiring")


@dataclass(frozen=True)
class Person:
    """One row: who, in which roles, and for each course a (status, last valid day as text); both are empty
    where the course is not required."""

    portal_id: str
    name: str
    role: str
    role_codes: str
    cells: Sequence[tuple[str, str]]

    def count(self, *statuses: str) -> int:
        """How many courses have one of these statuses."""
        return sum(status in statuses for status, _ in self.cells)

    def codes(self, status: str, columns: Sequence[tuple[str, str]]) -> list[str]:
        """The codes of the courses that have this status."""
        return [code for (code, _), cell in zip(columns, self.cells, strict=True) if cell[0] == status]

    @property
    def percent(self) -> float | None:
        """How much of what is required and not waived is valid."""
        return _percent(Counter(status for status, _ in self.cells))


@dataclass(frozen=True)
class MatrixFigures:
    """What the matrix page says. `role_names` are the home's names for its role codes."""

    home_name: str
    as_of: date
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    role_names: Mapping[str, str]
    notes: Sequence[str]


def matrix_file(matrix: MatrixFigures, output: str, language: str, prepared_by: str) -> bytes:
    """The matrix as `html`, `pdf` or `xlsx`."""
    if output == "xlsx":
        return xlsx.workbook_bytes(matrix_workbook(matrix))
    return page_file(matrix_page(matrix, language, prepared_by), output)


def matrix_page(matrix: MatrixFigures, language: str, prepared_by: str) -> Page:
    """The page: people by role, those with most to see to first."""
    say = Words(language)
    people = [_person(row, matrix.role_names) for row in matrix.rows]
    sections = [
        Section("", [_figures(say, people), legend(say)]),
        Section(say("Who must act"), [_problems(say, people, matrix.columns)]),
        Section(say("Everybody, by role"), [_grid(say, people, matrix)]),
        Section(say("Notes"), [Notes([say(note) for note in matrix.notes])]),
    ]
    about = _people(say, len(people))
    return Page(
        language,
        say("Training matrix"),
        matrix.home_name,
        about,
        matrix.as_of,
        prepared_by,
        sections,
        say.of_page(),
        landscape=True,
    )


def legend(say: Words) -> Legend:
    """What the marks of the statuses say."""
    return Legend([(word, say.status(word), say(MEANINGS[word])) for word in STATUSES])


def _person(row: Sequence[str], names: Mapping[str, str]) -> Person:
    portal_id, last_name, first_name, roles, *cells = row
    role = ", ".join(names.get(code, code) for code in roles.split(", "))
    split = [cell.partition(" ")[::2] for cell in cells]
    return Person(portal_id, f"{last_name}, {first_name}", role, roles, split)


def _percent(counts: Counter[str]) -> float | None:
    required = sum(count for status, count in counts.items() if status not in ("", "waived"))
    return percent(counts["valid"] + counts["expiring"], required)


def _figures(say: Words, people: Sequence[Person]) -> Figures:
    counts = Counter(status for person in people for status, _ in person.cells)
    shares = [
        Figure(say.percent(_percent(counts)), say("of what is required is valid")),
        *(
            Figure(say.count(counts[status]), say(label), say(note), status if counts[status] else "")
            for status, label, note in (
                ("overdue", "Overdue", "never done, and past due"),
                ("expired", "Expired", "ran out"),
                ("expiring", "Expiring", "the last day is near"),
                ("not-started", "To do", "not due yet"),
            )
        ),
        Figure(say.count(len(people)), say("Staff"), say("people with a confirmed role")),
    ]
    return Figures(shares)


def _problems(say: Words, people: Sequence[Person], columns: Sequence[tuple[str, str]]) -> Sheet:
    """A row for each person with a problem, and under each status the codes of the courses."""
    found = [person for person in _worst_first(people) if person.count(*PROBLEMS)]
    heads = ("Name", "Role", "Overdue", "Expired", "Expiring")
    return Sheet(
        say("Those with most to do first."),
        [Head(say(text), wide=True) for text in heads],
        [
            [
                Cell(f"{person.name} ({person.portal_id})"),
                Cell(person.role),
                *(Cell(", ".join(person.codes(status, columns))) for status in PROBLEMS),
            ]
            for person in found
        ],
        say("Nothing is overdue, expired or expiring."),
    )


def _worst_first(people: Sequence[Person]) -> list[Person]:
    return sorted(people, key=lambda each: (-each.count("overdue", "expired"), -each.count("expiring")))


def _grid(say: Words, people: Sequence[Person], matrix: MatrixFigures) -> Grid:
    roles: dict[str, list[Person]] = {}
    for person in people:
        roles.setdefault(person.role, []).append(person)
    by_course = [Counter(person.cells[place][0] for person in people) for place in range(len(matrix.columns))]
    return Grid(
        say("A cell is the status and the last valid day; an empty cell is not required."),
        (say("Name"), say("Percent")),
        matrix.columns,
        [say.percent(_percent(counts)) for counts in by_course],
        say("Percent"),
        [_group(say, role, roles[role]) for role in sorted(roles)],
        _parts(len(matrix.columns)),
        say("Nobody to show."),
    )


def _group(say: Words, role: str, people: Sequence[Person]) -> Group:
    counts = Counter(status for person in people for status, _ in person.cells)
    return Group(
        f"{role} ({len(people)})",
        say.percent(_percent(counts)),
        [
            [
                Cell(each.name),
                Cell(f"{each.portal_id} · {each.role_codes}"),
                Cell(say.percent(each.percent)),
                *(Cell(_cell(say, status, ends), status) for status, ends in each.cells),
            ]
            for each in _worst_first(people)
        ],
    )


def _cell(say: Words, status: str, ends: str) -> str:
    return f"{say.status(status)} {ends}".strip() if status else ""


def _people(say: Words, count: int) -> str:
    return say("1 person") if count == 1 else say("{count} people", count=say.count(count))


def _parts(count: int) -> list[tuple[int, int]]:
    """The courses as even parts of at most PRINTED, each from its first to before its last."""
    parts = -(-count // PRINTED) or 1
    bounds = [count * part // parts for part in range(parts + 1)]
    return list(pairwise(bounds))


def matrix_workbook(matrix: MatrixFigures) -> xlsx.Workbook:
    """The matrix as a workbook: `Matrix` as every other output has it, and `List`, a row for each cell, with
    real days to filter by."""
    codes = [code for code, _ in matrix.columns]
    rows = [list(row) for row in matrix.rows]
    pairs = [
        [*row[: len(PERSON)], code, title, *_typed(cell)]
        for row in rows
        for (code, title), cell in zip(matrix.columns, row[len(PERSON) :], strict=True)
        if cell
    ]
    return xlsx.Workbook(
        "Training matrix",
        matrix.home_name,
        matrix.as_of,
        [
            xlsx.Sheet("Matrix", [*PERSON, *codes], rows, frozen=len(PERSON)),
            xlsx.Sheet("List", [*PERSON, "code", "title", "status", "expires_on"], pairs, frozen=3),
        ],
        [*MEANINGS.items(), *matrix.columns, *(("note", note) for note in matrix.notes)],
    )


def _typed(cell: str) -> tuple[str, date | None]:
    status, _, ends = cell.partition(" ")
    return status, date.fromisoformat(ends) if ends else None
