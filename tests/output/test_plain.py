"""Tables without a frame."""

import pytest

from carepass_cli.output import plain
from carepass_cli.output.plain import table_lines

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
