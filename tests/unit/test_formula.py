"""The formula guard goes on where a spreadsheet would calculate, and comes off exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carepass_cli.rules.formula import guarded, unguarded


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM", "\tx", "\rx", "\nx", " =1", "＝1", "＋1", "－1", "＠x", "'=1"]
)
def test_a_cell_that_could_be_a_formula_is_marked(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "maple-grove", "O'Invented", "'t Hart", "a=1", "1-1", "'"])
def test_every_other_cell_is_left_alone_both_ways(cell: str) -> None:
    assert guarded(cell) == cell == unguarded(cell)


@pytest.mark.parametrize("separator", ",;\t")
def test_a_formula_behind_any_separator_is_marked_too(separator: str) -> None:
    assert guarded(f"Ann{separator}=cmd|x") == f"Ann{separator}'=cmd|x"
    assert unguarded(f"Ann{separator}'=cmd|x") == f"Ann{separator}=cmd|x"


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from("'=+-@\t\r\n ＝a"), st.characters())))
def test_what_was_marked_comes_off_exactly(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
