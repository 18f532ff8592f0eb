"""Every list of the sample homes, at the terminals that people have."""

import json
import os
import re
import shutil
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from carepass_cli.commands.complete import FIELDS
from carepass_cli.output.style import human
from carepass_cli.output.terminal import broken_header
from carepass_cli.output.width import width
from tests.conftest import TODAY, Carepass, Ran
from tests.docs.fields import written
from tests.docs.reading import fill_lists, reading_commands

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals")

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
BOLD = "\x1b[1m"
LINES = 24
WIDTHS = (80, 120, 200)
GAP = 2
# They are drawn in their own way; what is in force is another thing with other words.
OWN = ("report matrix", "explain", "config show")
LISTS = {
    told.words: line
    for told, line in reading_commands()
    if "--sort" in {option for param in told.command.params for option in param.opts}
}


@pytest.fixture(scope="session")
def sample(demo: tuple[Carepass, Ran], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample homes, with something in every list."""
    path = tmp_path_factory.mktemp("sample") / "demo.db"
    shutil.copy(demo[0].db, path)
    fill_lists(path)
    return path


@cache
def sat(sample: Path, columns: int, *more: str) -> dict[str, str]:
    """What each list writes to a terminal of so many columns."""
    from tests.process.sitting import typed_at

    environ = {**os.environ, "CAREPASS_DB": str(sample), "CAREPASS_TODAY": TODAY, "CAREPASS_ACTOR": "tester"}
    return dict(
        zip(LISTS, typed_at(columns, [[*line, *more] for line in LISTS.values()], environ), strict=True)
    )


class Screen(NamedTuple):
    """What is on a terminal: its lines, which of them are headers, and the columns that the first names."""

    lines: list[str]
    heads: list[int]
    columns: list[str]


def screen(told: str) -> Screen:
    lines = told.splitlines()
    heads = [number for number, line in enumerate(lines) if line.startswith(BOLD)]
    plain = [ESCAPES.sub("", line) for line in lines]
    first = [number for index, number in enumerate(heads) if number - index == heads[0]]
    return Screen(plain, heads, named([plain[number] for number in first]))


def named(header: list[str]) -> list[str]:
    """The names that a header has over one line or two: what is above one another is one name."""
    parts = [[(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", line)] for line in header]
    return [
        "".join(text for line in parts for at, to, text in line if at < end and to > start)
        for start, end, _ in (parts[-1] if parts else [])
    ]


@pytest.mark.parametrize("columns", WIDTHS)
@pytest.mark.parametrize("words", LISTS)
def test_a_list_fits_the_screen(sample: Path, words: str, columns: int) -> None:
    told = screen(sat(sample, columns)[words])
    assert not told.lines[-1].startswith("exit "), told.lines[-3:]
    assert max(map(width, told.lines)) <= columns
    assert told.heads
    # Wherever one stops, there is a header among the lines of the screen.
    ends = [*told.heads, len(told.lines)]
    assert all(after - before < LINES for before, after in zip(told.heads, ends[1:], strict=True))


def rows_of(sample: Path, words: str) -> list[dict[str, object]]:
    found = json.loads(sat(sample, 80, "-o", "json")[words])
    return [{key: human(value) for key, value in row.items()} for row in found]


@pytest.mark.parametrize("words", [words for words in LISTS if words not in OWN])
def test_a_list_has_who_or_what_it_is_about_and_uses_the_room(sample: Path, words: str) -> None:
    rows = rows_of(sample, words)
    assert rows, "the sample has nothing to look at"
    keys = list(rows[0])
    wide = {key: max(width(row[key]) for row in rows) for key in keys}
    seen = []
    for columns in WIDTHS:
        told = screen(sat(sample, columns)[words])
        body = told.lines[told.heads[0] : told.heads[-1] + LINES]
        seen.append(len(told.columns))
        # Who it is about, or its number; of one person's things, the thing.
        about = {"portal_id"} if "portal_id" in keys and LISTS[words][-1] != "1000" else set(keys[:2])
        assert about & set(told.columns)
        rooms = {key: max(wide[key], *map(len, broken_header(key, wide[key]))) for key in keys}
        shown = [name for name in told.columns if name in keys]
        if sum(rooms[name] + GAP for name in shown) - GAP <= columns:
            # Nothing is folded where there is room, and whatever would fit in, too, is there.
            text = "\n".join(body)
            assert [row[name] for row in rows for name in shown if row[name] not in text] == []
            used = max(map(width, body))
            assert [key for key in keys if key not in shown and used + GAP + rooms[key] <= columns] == []
    assert seen == sorted(seen)


def test_what_is_completed_is_what_is_printed(sample: Path) -> None:
    assert FIELDS.read_text(encoding="utf-8") == written(sample), "run python -m tests.docs.fields"
