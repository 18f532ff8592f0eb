"""The rejects file: bad rows out, mended rows in."""

import csv
import os
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from carepass_cli.batch.rejects import Rejects
from carepass_cli.batch.source import Row, Source
from carepass_cli.batch.summary import RowError
from carepass_cli.errors import CarepassError

HEADER = "Role;portal_id;home;last_name\r\n"


SAID = "There is none; really."


def refuse_all(source: Source, path: Path | str | None, *, keep: bool = True, said: str = SAID) -> None:
    """Every row of the source is a bad one."""
    errors: list[RowError] = []

    def refuse(row: Row, faults: Sequence[CarepassError]) -> None:
        errors.extend(RowError.of(row[0], fault) for fault in faults)

    with Rejects(None if path is None else str(path), source) as rejects:
        for line, _ in source.rows(refuse):
            errors.append(RowError(line, "not-found", said))
        rejects.write(errors)
        if keep:
            rejects.keep()


def test_the_original_columns_then_line_error_and_message(read: Callable, tmp_path: Path) -> None:
    found = read(HEADER + 'psw;1000;maple-grove;\'=1+1\r\nrn;1001;x;"a;b"\r\npsw;1;2;3;4\r\n')
    refuse_all(found.source, tmp_path / "bad.csv")
    assert (tmp_path / "bad.csv").read_text().splitlines() == [
        "Role;portal_id;home;last_name;line;error;message",
        'psw;1000;maple-grove;\'=1+1;2;not-found;"There is none; really."',
        'rn;1001;x;"a;b";3;not-found;"There is none; really."',
        'psw;1;2;"3;4";4;too-many-cells;'
        "The row has more than 4 cells. Put a cell that holds the delimiter in quotes.",
    ]
    assert stat.S_IMODE((tmp_path / "bad.csv").stat().st_mode) == 0o600
    assert sorted(os.listdir(tmp_path)) == ["bad.csv", "staff.csv"]


def test_mended_it_is_imported_as_it_is_and_its_rejects_have_no_second_line_column(
    read: Callable, tmp_path: Path
) -> None:
    refuse_all(read(HEADER + "psw;1000;maple-grove;@me\r\n").source, tmp_path / "bad.csv")
    again = read((tmp_path / "bad.csv").read_bytes(), name="mended.csv")
    assert again.rows == [(2, ("1000", "", "maple-grove", "psw", "@me"))]
    refuse_all(again.source, tmp_path / "bad.csv")
    assert (tmp_path / "bad.csv").read_text().splitlines()[
        0
    ] == "Role;portal_id;home;last_name;line;error;message"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("'=1+1' is not a date.", "'=1+1' is not a date."),
        ("'a;=cmd()' is no date.", "'a;'=cmd()' is no date."),
        ("'a, @SUM(A1)' is no date.", "'a,' @SUM(A1)' is no date."),
        ("=cmd() is no date.", "'=cmd() is no date."),
    ],
)
def test_of_what_is_said_only_what_repeats_a_formula_is_marked(
    read: Callable, tmp_path: Path, said: str, written: str
) -> None:
    refuse_all(read(HEADER + "psw;1000;h;'=1+1\r\n").source, tmp_path / "bad.csv", said=said)
    again = read((tmp_path / "bad.csv").read_bytes(), name="mended.csv")
    assert again.rows[0][1][-1] == "=1+1"
    (row,) = csv.DictReader((tmp_path / "bad.csv").open(newline=""), delimiter=";")
    assert (row["last_name"], row["message"]) == ("'=1+1", written)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("portal_id,home,role,last_name\n1,h,r,Zoë\n".encode(), "utf-8"),
        ("portal_id,home,role,last_name\n1,h,r,Zoë\n".encode("utf-8-sig"), "utf-8-sig"),
        ("portal_id,home,role,last_name\n1,h,r,Zoë\n".encode("cp1252"), "utf-8-sig"),
        ('{"portal_id":1,"home":"h","role":"r","last_name":"Zoë"}'.encode(), "utf-8"),
    ],
)
def test_the_program_that_wrote_the_source_can_read_it(
    read: Callable, tmp_path: Path, content: bytes, encoding: str
) -> None:
    refuse_all(read(content).source, tmp_path / "bad.csv")
    written = (tmp_path / "bad.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    assert "Zoë" in written.decode(encoding)


def test_line_ends_of_every_kind_inside_a_cell_come_back(read: Callable, tmp_path: Path) -> None:
    cells = ["a\rb", "a\nb", "a\r\nb"]
    found = read(HEADER + "".join(f'psw;1000;maple-grove;"{cell}"\r\n' for cell in cells))
    refuse_all(found.source, tmp_path / "bad.csv")
    again = read((tmp_path / "bad.csv").read_bytes(), name="mended.csv")
    assert [values[-1] for _, values in again.rows] == cells


def test_a_lone_surrogate_in_json_is_written_out(read: Callable, tmp_path: Path) -> None:
    refuse_all(read('{"portal_id":1,"home":"\\ud800","role":"r"}').source, tmp_path / "bad.csv")
    assert "1,\\ud800,r" in (tmp_path / "bad.csv").read_text()


def test_without_bad_rows_nothing_is_written_and_the_rejects_of_an_earlier_run_go(
    read: Callable, tmp_path: Path
) -> None:
    refuse_all(read(HEADER + "psw;1000;maple-grove;x\r\n").source, tmp_path / "bad.csv")
    good = read(HEADER)
    refuse_all(good.source, tmp_path / "bad.csv")
    assert os.listdir(tmp_path) == ["staff.csv"]
    refuse_all(good.source, tmp_path / "bad.csv")
    assert os.listdir(tmp_path) == ["staff.csv"]


def test_unless_it_is_kept_nothing_changes(read: Callable, tmp_path: Path) -> None:
    found = read(HEADER + "psw;1000;maple-grove;x\r\n")
    refuse_all(found.source, tmp_path / "bad.csv", keep=False)
    assert os.listdir(tmp_path) == ["staff.csv"]
    refuse_all(found.source, tmp_path / "bad.csv")
    before = (tmp_path / "bad.csv").read_bytes()
    with pytest.raises(KeyError), Rejects(str(tmp_path / "bad.csv"), found.source):
        raise KeyError
    assert (tmp_path / "bad.csv").read_bytes() == before
    assert sorted(os.listdir(tmp_path)) == ["bad.csv", "staff.csv"]


def test_what_a_link_points_to_is_replaced_not_the_link(read: Callable, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "bad.csv").symlink_to(tmp_path / "there" / "real.csv")
    refuse_all(read(HEADER + "psw;1000;maple-grove;x\r\n").source, tmp_path / "bad.csv")
    assert (tmp_path / "bad.csv").is_symlink()
    assert (tmp_path / "there" / "real.csv").exists()


def test_an_empty_file_is_there_to_be_filled(read: Callable, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").touch()
    refuse_all(read(HEADER + "psw;1000;maple-grove;x\r\n").source, tmp_path / "bad.csv")
    assert (tmp_path / "bad.csv").stat().st_size


def test_other_peoples_files_and_the_source_are_never_replaced(read: Callable, tmp_path: Path) -> None:
    source = read(HEADER + "psw;1000;maple-grove;x\r\n").source
    (tmp_path / "other.csv").write_text("portal_id,home\n1,2\n")
    for path, why in [
        (tmp_path / "other.csv", "is no rejects file"),
        (tmp_path / "staff.csv", "is the file to import"),
        (tmp_path, "is a folder"),
        (tmp_path / "staff.csv" / "bad.csv", "cannot be written"),
    ]:
        with pytest.raises(CarepassError, match=why) as refused:
            Rejects(str(path), source)
        assert "--force" not in refused.value.hint  # an import has none
    assert sorted(os.listdir(tmp_path)) == ["other.csv", "staff.csv"]


def test_a_device_is_written_into(read: Callable, tmp_path: Path) -> None:
    refuse_all(read(HEADER + "psw;1000;maple-grove;x\r\n").source, os.devnull)
    assert os.listdir(tmp_path) == ["staff.csv"]


def test_without_a_path_bad_rows_go_nowhere(read: Callable, tmp_path: Path) -> None:
    refuse_all(read(HEADER + "psw;1000;maple-grove;x\r\n").source, None)
    assert os.listdir(tmp_path) == ["staff.csv"]
