"""Laws of the mark against formulas: no cell is taken for one, and every cell comes back as it was."""

from hypothesis import example, given
from hypothesis import strategies as st

from carepass_cli.rules.formula import guarded, unguarded

STARTS = tuple("=+-@\t\r\n＝＋－＠")
CELLS = st.text(alphabet="'=+-@＝＋－＠ \t\r\n\u00a0a1,;", max_size=8)


@given(CELLS)
@example("' =1+1")
@example("'\t1")
@example("''=1")
def test_a_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


@given(CELLS)
def test_no_cell_starts_as_a_formula_whatever_the_separator_and_even_where_blanks_are_trimmed(
    cell: str,
) -> None:
    for separator in (None, ",", ";", "\t"):
        for part in guarded(cell).split(separator) if separator else [guarded(cell)]:
            assert not part.startswith(STARTS)
            assert not part.strip().startswith(STARTS)


@given(st.text(alphabet="abc 1'\u00a0,.", max_size=6))
def test_ordinary_text_is_left_alone(cell: str) -> None:
    assert guarded(cell) == cell
    assert unguarded(cell) == cell
