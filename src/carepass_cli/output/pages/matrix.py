"""The training matrix of one home as a page: figures first, then who must act, then everybody by role."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from carepass_cli.output import workbook as xlsx
from carepass_cli.output.matrix import (
    PERSON,
    PROBLEMS,
    MatrixFigures,
    Person,
    people_by_role,
    share_of_people,
    shares_of_courses,
)
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


def matrix_file(matrix: MatrixFigures, output: str, language: str, prepared_by: str) -> bytes:
    """The matrix as `html`, `pdf` or `xlsx`."""
    if output == "xlsx":
        return xlsx.workbook_bytes(matrix_workbook(matrix))
    return page_file(matrix_page(matrix, language, prepared_by), output)


def matrix_page(matrix: MatrixFigures, language: str, prepared_by: str) -> Page:
    """The page: people by role, those with most to see to first."""
    say = Words(language)
    roles = people_by_role(matrix)
    people = [person for of_role in roles.values() for person in of_role]
    sections = [
        Section("", [_figures(say, people), legend(say)]),
        Section(say("Who must act"), [_problems(say, people, matrix.columns)]),
        Section(say("Everybody, by role"), [_grid(say, roles, people, matrix)]),
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


def _figures(say: Words, people: Sequence[Person]) -> Figures:
    counts = Counter(status for person in people for status, _ in person.cells)
    shares = [
        Figure(say.percent(share_of_people(people)), say("of what is required is valid")),
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


def _grid(
    say: Words, roles: Mapping[str, Sequence[Person]], people: Sequence[Person], matrix: MatrixFigures
) -> Grid:
    return Grid(
        say("A cell is the status and the last valid day; an empty cell is not required."),
        (say("Name"), say("Percent")),
        matrix.columns,
        [say.percent(share) for share in shares_of_courses(people, len(matrix.columns))],
        say("Percent"),
        [_group(say, role, of_role) for role, of_role in roles.items()],
        _parts(len(matrix.columns)),
        say("Nobody to show."),
    )


def _group(say: Words, role: str, people: Sequence[Person]) -> Group:
    return Group(
        f"{role} ({len(people)})",
        say.percent(share_of_people(people)),
        [
            [
                Cell(each.name),
                Cell(f"{each.portal_id} · {each.role_codes}"),
                Cell(say.percent(share_of_people([each]))),
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
