"""The training matrix at a terminal: a mark a course, people by role, the legend first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TextIO

from carepass_cli.output.clean import shown
from carepass_cli.output.color import bold, painted
from carepass_cli.output.matrix import (
    MARKS,
    PLAIN_MARKS,
    MatrixFigures,
    Person,
    people_by_role,
    share_of_people,
    shares_of_courses,
)
from carepass_cli.output.style import Style
from carepass_cli.output.terminal import with_header
from carepass_cli.output.width import broken, flowed, padded, terminal_shows, width

# A longer name is folded.
NAME_MOST = 30
# `100.0%`.
PERCENT_ROOM = 6
GAP = "  "


@dataclass(frozen=True)
class Courses:
    """How some of the courses are drawn: which they are, their heads from top to bottom, the room of each,
    what is before each, and whether the last valid day is beside a mark."""

    places: slice
    heads: Sequence[Sequence[str]]
    rooms: Sequence[int]
    gap: str = GAP
    dated: bool = False


def draw_matrix(matrix: MatrixFigures, style: Style, out: TextIO) -> None:
    """Draw it to the width of the terminal: with codes, and with days, where there is room for them, else
    under numbers that the legend explains, in as many parts as it takes."""
    groups = people_by_role(matrix)
    everybody = [person for people in groups.values() for person in people]
    marks = MARKS if terminal_shows("".join(MARKS.values())) else PLAIN_MARKS
    # Portal ID, name and percent.
    rooms = (
        max(len(person.portal_id) for person in everybody),
        min(max(width(shown(person.name)) for person in everybody), NAME_MOST),
        PERCENT_ROOM,
    )
    codes = [shown(code) for code, _ in matrix.columns]
    shares = [_percent(share) for share in shares_of_courses(everybody, len(codes))]
    parts = _laid_out(codes, shares, style.columns - len(_person("", "", "", rooms)))

    legend = [*(f"{mark} {status}" for status, mark in marks.items()), "blank: not required"]
    out.writelines(f"{line}\n" for line in flowed(legend, style.columns))
    if parts and parts[0].gap != GAP:
        numbered = [
            f"{n} {code} {share}" for n, (code, share) in enumerate(zip(codes, shares, strict=True), 1)
        ]
        out.writelines(f"{line}\n" for line in flowed(numbered, style.columns))
    for part in parts:
        header = [_row(_person("", "", "", rooms), texts, part) for texts in zip(*part.heads, strict=True)]
        out.write("\n")
        with_header(header, list(_rows(groups, part, rooms, marks, style)), style, out)


def _laid_out(codes: Sequence[str], shares: Sequence[str], most: int) -> list[Courses]:
    """How the courses fit into `most` columns."""
    every = slice(0, len(codes))
    for dated in (True, False):
        named = [[code] if dated else _over_two_lines(code) for code in codes]
        heads = [[*lines, share] for lines, share in zip(named, shares, strict=True)]
        cell = len("! 2026-11-21") if dated else 1
        rooms = [max(cell, *map(width, head)) for head in heads]
        if sum(rooms) + len(GAP) * len(rooms) <= most:
            return [Courses(every, heads, rooms, GAP, dated)]
    deep = len(str(len(codes)))
    numbers = [list(str(number).rjust(deep)) for number in range(1, len(codes) + 1)]
    count = -(-len(codes) // max((most - 1) // 2, 1))
    bounds = pairwise([len(codes) * part // count for part in range(count + 1)])
    return [Courses(slice(a, b), numbers[a:b], [1] * (b - a), " ") for a, b in bounds]


def _over_two_lines(code: str) -> list[str]:
    """A course's code, broken as near to its middle as its hyphens let it be."""
    at = [index for index, character in enumerate(code) if character == "-"]
    middle = min(at, key=lambda index: max(index, len(code) - index), default=0)
    return [code[:middle], code[middle:]]


def _person(portal_id: str, name: str, share: str, rooms: Sequence[int]) -> str:
    return GAP.join((padded(portal_id, rooms[0]), padded(name, rooms[1]), share.rjust(rooms[2])))


def _row(person: str, texts: Sequence[str], courses: Courses, statuses: Sequence[str] = ()) -> str:
    """One line; each text in the colour of its status, if there are any."""
    cells = [padded(text, room) for text, room in zip(texts, courses.rooms, strict=True)]
    if statuses:
        cells = [painted(cell, status) for cell, status in zip(cells, statuses, strict=True)]
    # Marks that stand close together stand off from the percent.
    lead = person + GAP[len(courses.gap) :]
    return (lead + "".join(courses.gap + cell for cell in cells)).rstrip()


def _rows(
    groups: Mapping[str, Sequence[Person]],
    courses: Courses,
    rooms: Sequence[int],
    marks: Mapping[str, str],
    style: Style,
) -> Iterator[Callable[[bool], Sequence[str]]]:
    """The lines of each role with its share, and of each of its people below it."""
    for role, people in groups.items():
        title = f"{shown(role)} ({len(people)}) {_percent(share_of_people(people))}"
        heads = [bold(line) if style.color else line for line in broken(title, style.columns)]
        yield partial(_as_they_are, heads)
        for person in people:
            name, *more = broken(shown(person.name), rooms[1], cut=True)
            left = _person(person.portal_id, name, _percent(share_of_people([person])), rooms)
            cells = person.cells[courses.places]
            texts = [_cell(marks, status, ends if courses.dated else "") for status, ends in cells]
            statuses = [status for status, _ in cells] if style.color else ()
            below = [_person("", text, "", rooms).rstrip() for text in more]
            yield partial(_as_they_are, [_row(left, texts, courses, statuses), *below])


def _as_they_are(lines: Sequence[str], _: bool) -> Sequence[str]:
    return lines


def _cell(marks: Mapping[str, str], status: str, ends: str) -> str:
    return f"{marks[status]} {ends}".rstrip() if status else ""


def _percent(share: float | None) -> str:
    return "n/a" if share is None else f"{share}%"
