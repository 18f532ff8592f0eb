"""Tables without a frame."""

import pytest

from carepass_cli.output import plain
from carepass_cli.output.plain import object_lines, table_lines

COLUMNS = ("code", "title", "note")
ROWS = [("A", "short", None), ("B-22", "a longer title", ""), ("C", "Éléonore\n\x1f", "last"), ("D", "", "")]


def test_columns_are_as_wide_as_their_longest_cell() -> None:
    assert list(table_lines(COLUMNS, ROWS[:2], header=True)) == [
        "code  title           note",
        "A     short",
        "B-22  a longer title",
    ]


def test_no_row_is_no_line() -> None:
    assert list(table_lines(COLUMNS, [], header=True)) == []


@pytest.mark.parametrize("held", [1, 2, 3, 4, 5])
@pytest.mark.parametrize("header", [True, False])
def test_rows_beyond_those_in_memory_look_no_different(
    monkeypatch: pytest.MonkeyPatch, held: int, header: bool
) -> None:
    whole = list(table_lines(COLUMNS, ROWS, header=header))
    monkeypatch.setattr(plain, "HELD", held)
    assert list(table_lines(COLUMNS, iter(ROWS), header=header)) == whole


def test_what_an_object_holds_is_a_line_each_also_on_a_narrow_screen() -> None:
    long = "Acts, regulations and policies relevant to the job"
    lines = [{"code": f"C-{n}", "title": long, "completed_on": None, "minutes": 30} for n in range(25)]
    told = list(object_lines({"lines": lines, "fits": True}, 80))
    assert max(map(len, told)) <= 80
    assert len(told) < 35
    # A sentence is no cell.
    because = [{"code": "C-1", "because": "It was due within 30 days. " * 5}]
    assert "  - code     C-1" in list(object_lines({"requirements": because}, 80))
