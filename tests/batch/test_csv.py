"""CSV as spreadsheets, databases and people write it."""

import csv
import io
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import open_source
from carepass_cli.batch.text import CHUNK
from carepass_cli.errors import UsageError
from carepass_cli.rules.fields import DAMAGED
from carepass_cli.rules.formula import guarded

HEADER = "portal_id,email,home,role,last_name"
ROW = ("1000", "", "maple-grove", "psw", "Fictive")


def test_rows_come_with_the_line_they_are_on(read: Callable) -> None:
    found = read(f"{HEADER}\n1000,,maple-grove,psw,Fictive\n1001,,maple-grove,rn,Invented\n")
    assert found.rows == [(2, ROW), (3, ("1001", "", "maple-grove", "rn", "Invented"))]
    assert found.said == []


def test_a_file_can_be_read_twice(read: Callable) -> None:
    found = read(f"{HEADER}\n1000,,maple-grove,psw,Fictive\n")
    assert found.rows == found.rows == [(2, ROW)]


def test_a_reading_that_was_broken_off_does_not_shorten_the_next(read: Callable) -> None:
    found = read(f"{HEADER}\n" + "1000,,maple-grove,psw,Fictive\n" * 3)
    next(iter(found.source.rows()))
    assert len(found.rows) == 3


def test_columns_come_in_the_order_of_the_import_whatever_the_order_of_the_file(read: Callable) -> None:
    found = read("Role, HOME ,portal_id\npsw,maple-grove,1000\n")
    assert found.rows == [(2, ("1000", "", "maple-grove", "psw", ""))]
    assert found.source.layout.present == ("portal_id", "home", "role")
    assert found.source.layout.header == ("Role", "HOME", "portal_id")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_excel_writes_csv_in_many_ways(read: Callable, delimiter: str, end: str, bom: str) -> None:
    lines = [HEADER.split(","), list(ROW), ["1001", "", "maple-grove", "rn", "Lévesque"]]
    text = bom + "".join(delimiter.join(line) + end for line in lines)
    found = read(text)
    assert found.rows == [(2, ROW), (3, ("1001", "", "maple-grove", "rn", "Lévesque"))]
    assert found.said == []


def test_windows_1252_is_read_and_said(read: Callable) -> None:
    found = read(
        "portal_id;home;role;last_name\r\n1000;maple-grove;psw;Lévesque d’Œuvre €\r\n".encode("cp1252")
    )
    assert found.rows == [(2, ("1000", "", "maple-grove", "psw", "Lévesque d’Œuvre €"))]
    assert len(found.said) == 1
    assert "Windows-1252" in found.said[0]


def test_windows_1252_far_down_the_file_is_found_out_before_the_first_row(read: Callable) -> None:
    filler = b"1000,,maple-grove,psw,Fictive\n" * 60_000
    found = read(HEADER.encode() + b"\n" + filler + "1001,,maple-grove,psw,Zoë\n".encode("cp1252"))
    assert len(found.said) == 1
    assert found.rows[-1] == (60_002, ("1001", "", "maple-grove", "psw", "Zoë"))


def test_a_utf8_letter_across_the_seam_of_two_chunks_is_still_utf8(read: Callable) -> None:
    start = f"{HEADER}\n1000,,maple-grove,psw,".encode()
    found = read(
        start + b"x" * 100 + b"\n" * (CHUNK - len(start) - 101 - 23) + b"1001,,maple-grove,psw,\xc3\xa9\n"
    )
    assert found.said == []
    assert found.rows[-1][1][-1] == "é"


def test_a_line_break_in_quotes_belongs_to_the_row_and_counts_as_a_line(read: Callable) -> None:
    found = read(f'{HEADER}\r\n1000,,maple-grove,psw,"two\r\nlines"\r\n\r\n1001,,maple-grove,rn,Next\r\n')
    assert [(line, values[-1]) for line, values in found.rows] == [(2, "two\r\nlines"), (5, "Next")]


def test_blank_lines_are_passed_over_and_counted(read: Callable) -> None:
    found = read(f"\n{HEADER}\n\n,,,,\n   \n1000,,maple-grove,psw,Fictive\n\n")
    assert found.rows == [(6, ROW)]


def test_cells_are_trimmed_of_spaces_also_the_hard_ones(read: Callable) -> None:
    assert read("portal_id,home,role\n 1000 ,\u00a0maple-grove,psw\t\n").rows == [
        (2, ("1000", "", "maple-grove", "psw", ""))
    ]


def test_short_rows_are_filled_up_and_blank_cells_over_the_end_ignored(read: Callable) -> None:
    found = read("portal_id,home,role,last_name,,\n1000,maple-grove,psw\n1001,maple-grove,rn,Next,,,,\n")
    assert found.rows == [
        (2, ("1000", "", "maple-grove", "psw", "")),
        (3, ("1001", "", "maple-grove", "rn", "Next")),
    ]


def test_a_row_with_too_many_cells_is_refused_alone_and_keeps_them_all(read: Callable) -> None:
    found = read("portal_id,home,role,last_name\n1000,maple-grove,psw,Fic,tive,\n1001,maple-grove,rn,Next\n")
    assert [line for line, _ in found.rows] == [3]
    [(error, values)] = found.refused
    assert (error.line, error.error) == (2, "too-many-cells")
    assert values == ("1000", "", "maple-grove", "psw", "Fic,tive")


def test_without_anybody_to_tell_bad_rows_are_left_out(read: Callable) -> None:
    found = read("portal_id,home,role\n1,2,3,4\n1001,maple-grove,rn\n")
    assert [line for line, _ in found.source.rows()] == [3]


def test_the_formula_guard_is_taken_off(read: Callable) -> None:
    found = read("portal_id,home,role,last_name\n1000,maple-grove,psw,'=1+1\n1001,maple-grove,psw,'t Hart\n")
    assert [values[-1] for _, values in found.rows] == ["=1+1", "'t Hart"]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('1001,maple-grove,"psw', "unmatched-quotes"),
        ('1001,maple-grove,"p"sw', "unmatched-quotes"),
        ('1001,maple-grove,psw"', ""),
        ('1001,maple-grove,"' + "x" * 140_000 + '"', "too-long"),
        ("1001,maple-grove," + "x" * 40_000, "too-long"),
    ],
)
def test_a_row_whose_quotes_do_not_match_costs_that_row(read: Callable, row: str, code: str) -> None:
    lines = ["portal_id,home,role", "1000,maple-grove,psw", row, '1002,"maple-grove",psw', "1003,x,y", row]
    found = read("\n".join([*lines, "1004,maple-grove,rn", ""]))
    taken = [(line, values[0]) for line, values in found.rows]
    bad = [] if not code else [(3, code), (6, code)]
    assert [(error.line, error.error) for error, _ in found.refused] == bad
    assert [each for each in taken if each[0] not in (3, 6)] == [
        (2, "1000"),
        (4, "1002"),
        (5, "1003"),
        (7, "1004"),
    ]


def test_a_file_that_changes_between_two_readings_is_not_trusted(read: Callable, tmp_path: Path) -> None:
    found = read(f"{HEADER}\n1000,,maple-grove,psw,Fictive\n")
    assert len(found.rows) == 1
    with (tmp_path / "staff.csv").open("a") as file:
        file.write("1001,,maple-grove,psw,Late\n")
    with pytest.raises(UsageError, match="changed"):
        _ = found.rows


NAMES = tuple("abcdef")
# What may stand in a cell: anything but what is trimmed, the NUL that no text file has, and what is left of
# a letter that was read in the wrong encoding, which is refused.
cells = (
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
    .map(str.strip)
    .filter(lambda text: not re.search(DAMAGED, text))
)


@settings(deadline=None, max_examples=100)
@given(
    rows=st.lists(st.lists(cells, min_size=6, max_size=6).filter(any), max_size=8),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig"]),
    # Python before 3.13 leaves a lone CR unquoted when it ends lines by LF and quotes no more than it must.
    style=st.sampled_from([("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]),
)
def test_what_a_csv_writer_writes_guarded_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    encoding: str,
    style: tuple[str, int],
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=style[0], quoting=style[1])
    writer.writerow(NAMES)
    starts = []
    for row in rows:
        starts.append(len(out.getvalue().replace("\r\n", "\n").replace("\r", "\n").split("\n")))
        writer.writerow([guarded(cell) for cell in row])
    path = tmp_path_factory.getbasetemp() / "round-trip.csv"
    path.write_bytes(out.getvalue().encode(encoding))
    with open_source(str(path), Columns(NAMES), lambda text: None) as source:
        assert list(source.rows()) == [(start, tuple(row)) for start, row in zip(starts, rows, strict=True)]


def _peak(path: Path, rows: int) -> int:
    with path.open("w") as file:
        file.write(HEADER + "\n")
        file.writelines(f"{1000 + i},,maple-grove,psw,Fictive{i}\n" for i in range(rows))
    tracemalloc.start()
    try:
        with open_source(str(path), Columns(tuple(HEADER.split(","))), lambda text: None) as source:
            assert sum(1 for _ in source.rows()) == rows
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    # The first file is larger than a chunk of the encoding check, so that both pay for a whole one.
    small, large = _peak(tmp_path / "small.csv", 10_000), _peak(tmp_path / "large.csv", 100_000)
    assert large < small * 1.05
