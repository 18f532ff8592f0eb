"""Bars of text."""

import io

import pytest

from carepass_cli.output.bars import bar, has_blocks, with_bars


@pytest.mark.parametrize(
    ("share", "blocks", "plain"),
    [
        (0, "", ""),
        (0.001, "▏", "#"),
        (0.5, "█████", "#####"),
        (0.5625, "█████▋", "######"),
        (1, "██████████", "##########"),
        (1.2, "██████████", "##########"),
        (-1, "", ""),
    ],
)
def test_a_bar_is_as_long_as_its_share(share: float, blocks: str, plain: str) -> None:
    assert bar(share, 10, blocks=True) == blocks
    assert bar(share, 10, blocks=False) == plain


@pytest.mark.parametrize(
    ("encoding", "term", "has"),
    [
        ("utf-8", "xterm-256color", True),
        ("utf-8", "dumb", False),
        ("ascii", "xterm", False),
        ("utf-8", "linux", False),
    ],
)
def test_plain_where_the_terminal_has_no_more(
    encoding: str, term: str, has: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    assert has_blocks() is has


def test_a_column_of_bars_stands_right_of_its_numbers() -> None:
    rows = [["2026-11", 4, "x"], ["2026-12", 16, "y"], ["2027-01", None, "z"]]
    first, columns, drawn = with_bars(
        ("month", "renewals"), ("month", "renewals", "title"), rows, "renewals", blocks=False
    )
    assert (first, columns) == (("month", "renewals", ""), ("month", "renewals", "", "title"))
    assert [row[2] for row in drawn] == ["####", "#" * 16, ""]
    assert [row[3] for row in drawn] == ["x", "y", "z"]
    (row,) = with_bars(("percent",), ("percent",), [[50.0]], "percent", blocks=False)[2]
    assert row == [50.0, "#" * 8]
