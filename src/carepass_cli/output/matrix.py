"""The training matrix as people and shares: what its page and a terminal draw of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TextIO

from carepass_cli.rules.compliance import percent

if TYPE_CHECKING:
    from carepass_cli.output.style import Style

# The columns before the courses, the same in every output.
PERSON = ("portal_id", "last_name", "first_name", "role")
# A status is never told by its colour alone: its mark says it, too. The most urgent come first.
MARKS = {"overdue": "▲", "expired": "✗", "expiring": "!", "valid": "✓", "not-started": "·", "waived": "w"}
# What somebody must see to.
PROBLEMS = ("overdue", "expired", "expiring")
# For a terminal that has only ASCII.
PLAIN_MARKS = {
    "overdue": "#", "expired": "x", "expiring": "!", "valid": "+", "not-started": ".", "waived": "w",
}  # fmt: skip


@dataclass(frozen=True)
class MatrixFigures:
    """What is drawn. `columns` are codes and titles of the courses; `rows` have PERSON, then a cell a course:
    its status and, where there is one, the last valid day; `role_names` are the home's names for its role
    codes."""

    home_name: str
    as_of: date
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    role_names: Mapping[str, str]
    notes: Sequence[str]


@dataclass(frozen=True)
class MatrixView:
    """The matrix of some homes as its rows become it: a page or workbook, or a drawing at a terminal."""

    home_name: str
    as_of: date
    columns: Sequence[tuple[str, str]]
    role_names: Mapping[str, str]
    notes: Sequence[str]
    language: str
    prepared_by: str

    def file(self, output: str, rows: Iterable[Sequence[str | None]]) -> bytes:
        """The matrix as `html`, `pdf` or `xlsx`."""
        from carepass_cli.output.pages.matrix import matrix_file

        return matrix_file(self._figures(rows), output, self.language, self.prepared_by)

    def draw(self, rows: Iterable[Sequence[str | None]], style: "Style", out: TextIO) -> None:
        """Draw it at a terminal."""
        from carepass_cli.output.terminal_matrix import draw_matrix

        draw_matrix(self._figures(rows), style, out)

    def _figures(self, rows: Iterable[Sequence[str | None]]) -> MatrixFigures:
        texts = [[cell or "" for cell in row] for row in rows]
        return MatrixFigures(self.home_name, self.as_of, self.columns, texts, self.role_names, self.notes)


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


def people_by_role(matrix: MatrixFigures) -> dict[str, list[Person]]:
    """Everybody under the name of their role (or roles), which are sorted."""
    found: dict[str, list[Person]] = {}
    for row in matrix.rows:
        person = _person(row, matrix.role_names)
        found.setdefault(person.role, []).append(person)
    return dict(sorted(found.items()))


def share_of_people(people: Sequence[Person]) -> float | None:
    """How many percent of what is required of these people, and not waived, is valid; None of nothing."""
    return _share(Counter(status for person in people for status, _ in person.cells))


def shares_of_courses(people: Sequence[Person], courses: int) -> list[float | None]:
    """As `share_of_people`, of each of so many courses."""
    return [_share(Counter(person.cells[place][0] for person in people)) for place in range(courses)]


def _share(counts: Counter[str]) -> float | None:
    required = sum(count for status, count in counts.items() if status not in ("", "waived"))
    return percent(counts["valid"] + counts["expiring"], required)


def _person(row: Sequence[str], names: Mapping[str, str]) -> Person:
    portal_id, last_name, first_name, roles, *cells = row
    role = ", ".join(names.get(code, code) for code in roles.split(", "))
    split = [cell.partition(" ")[::2] for cell in cells]
    return Person(portal_id, f"{last_name}, {first_name}", role, roles, split)
