"""The training matrix at a terminal: one mark a course, the legend first, nothing wider than the screen."""

import io
import re
from datetime import date

import pytest

from carepass_cli.output.matrix import MARKS, PLAIN_MARKS, MatrixView
from carepass_cli.output.style import Style
from carepass_cli.output.width import width

CODES = [f"COURSE-{n}" for n in range(1, 13)]
ROWS = [
    ["1000", "Aube", "Ann", "psw", "valid 2027-01-31", "overdue", *[None] * 10],
    ["1001", "Bell", "Zoé", "psw, rn", "expired 2026-01-31", "waived", *["valid"] * 10],
    ["1002", "Cole", "Di", "rn", "expiring 2026-12-01", "not-started", *[None] * 10],
]


def drawn(columns: int, **more: object) -> list[str]:
    names = {"psw": "Support worker", "rn": "Nurse"}
    view = MatrixView("Maple Grove", date(2026, 11, 21), [(c, c) for c in CODES], names, (), "en", "somebody")
    out = io.StringIO()
    view.draw(ROWS, Style("table", terminal=True, columns=columns, lines=40, **more), out)  # type: ignore[arg-type]
    return out.getvalue().splitlines()


@pytest.mark.parametrize("columns", [60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen(columns: int) -> None:
    assert max(map(width, drawn(columns))) <= columns


def test_the_legend_is_first_and_people_stand_under_their_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carepass_cli.output.terminal_matrix.terminal_shows", lambda _: True)
    lines = drawn(80)
    assert all(f"{mark} {status}" in " ".join(lines[:3]) for status, mark in MARKS.items())
    assert "1 COURSE-1 66.7%" in " ".join(lines)  # two of three hold it
    titles = [line for line in lines if re.match(r"[A-Z][a-z]+.* \(\d\)", line)]
    assert titles == ["Nurse (1) 50.0%", "Support worker (1) 50.0%", "Support worker, Nurse (1) 90.9%"]
    (ann,) = (line for line in lines if "Aube, Ann" in line)
    assert ann.split()[-2:] == [MARKS["valid"], MARKS["overdue"]]


def test_days_stand_beside_the_marks_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carepass_cli.output.terminal_matrix.terminal_shows", lambda _: True)
    assert any("✓ 2027-01-31" in line for line in drawn(260))


def test_a_simple_terminal_gets_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carepass_cli.output.terminal_matrix.terminal_shows", lambda _: False)
    lines = [line.replace("Zoé", "") for line in drawn(80)]
    assert all(line.isascii() for line in lines)
    assert f"{PLAIN_MARKS['expired']} expired" in " ".join(lines)


def test_colour_only_repeats_the_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("carepass_cli.output.terminal_matrix.terminal_shows", lambda _: True)
    colored = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in drawn(80, color=True)]
    assert colored == drawn(80)
    assert any("\x1b[38;5;160m✗" in line for line in drawn(80, color=True))
