"""Colours of the table for a person."""

import io
from itertools import pairwise

import pytest
from rich.color import Color

from carepass_cli.output.color import COLOURS
from carepass_cli.output.order import sorted_rows
from carepass_cli.output.style import Style
from carepass_cli.output.terminal import broken_header, draw_table
from carepass_cli.output.width import padded, sentence, width


def _light(colour: int) -> float:
    """The relative luminance of WCAG 2: 0 for black, 1 for white."""
    parts = (part / 255 for part in Color.parse(f"color({colour})").get_truecolor())
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("colour", sorted(set(COLOURS.values())))
def test_a_colour_can_be_read_in_a_light_and_in_a_dark_terminal(colour: int) -> None:
    light = _light(colour)
    assert 1.05 / (light + 0.05) > 3.5
    assert (light + 0.05) / 0.05 > 3.5


def drawn(columns: int, *, telling: int = 2) -> tuple[list[str], list[str]]:
    """The lines of a table at a terminal of so many columns, and the names of what is left out."""
    out = io.StringIO()
    style = Style("table", terminal=True, columns=columns, lines=12)
    rows = [
        (f"A-{n}", "Infection prevention and control", True, "ana.exemplaire@example.org") for n in range(30)
    ]
    left_out = draw_table(("code", "title", "employer_pays", "email"), rows, style, out, telling)
    return out.getvalue().splitlines(), list(left_out)


@pytest.mark.parametrize(
    ("columns", "left_out"),
    [(9, ["title", "employer_pays", "email"]), (20, ["title", "email"]), (52, ["email"]), (90, [])],
)
def test_columns_that_fit_are_there_and_none_is_wider_than_the_screen(
    columns: int, left_out: list[str]
) -> None:
    lines, missing = drawn(columns)
    assert missing == left_out
    assert max(map(len, lines)) <= columns


def test_a_header_is_on_every_screen_and_says_yes() -> None:
    lines, _ = drawn(90)
    heads = [number for number, line in enumerate(lines) if line.startswith("code")]
    assert all(after - before <= 10 for before, after in pairwise(heads))
    assert "employer_" in lines[0]
    assert "yes" in lines[2]


@pytest.mark.parametrize(
    ("name", "wide", "lines"),
    [
        ("study_minutes_per_day", 2, ["study_minutes_", "per_day"]),
        ("access_by", 10, ["access_by"]),
        ("days_left", 2, ["days_", "left"]),
        ("email", 2, ["email"]),
    ],
)
def test_a_header_breaks_evenly(name: str, wide: int, lines: list[str]) -> None:
    assert broken_header(name, wide) == lines


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("Hélène", 6), ("e\u0301", 1), ("字", 2), ("👩‍⚕️", 2), ("🙂", 2)]
)
def test_one_measure_of_width(text: str, columns: int) -> None:
    assert width(text) == columns
    assert width(padded(text, 9)) == 9


@pytest.mark.parametrize("lead", ["To overrule it: ", "  ", "Once more: /opt/tools/"])
def test_what_is_to_be_copied_is_never_broken_inside_a_word(lead: str) -> None:
    command = "carepass submission approve 12/IPAC-101 --reason 'budget for next year was agreed'"
    before, _, folder = lead.rpartition(" ")
    *first, one, two, three = sentence(lead + command, 40)
    assert first == ([before] if before.strip() else [])
    assert max(map(len, (one, two, three))) <= 40
    assert all(line.startswith("  ") for line in (one, two, three))
    assert "".join(line.strip().removesuffix("\\") for line in (one, two, three)) == folder + command


def test_sorting_puts_the_absent_last_and_counts_digits() -> None:
    rows = [("A-10", None), ("a-2", 5), ("É-1", 7)]
    by_code = [row[0] for row in sorted_rows(rows, ("code", "days"), "code")]
    assert by_code == ["a-2", "A-10", "É-1"]
    assert [row[1] for row in sorted_rows(rows, ("code", "days"), "-days,code")] == [7, 5, None]
    assert [row[1] for row in sorted_rows(rows, ("code", "days"), "days")] == [5, 7, None]
