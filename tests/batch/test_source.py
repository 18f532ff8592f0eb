"""What a file may be, and what it may not."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import open_source
from carepass_cli.errors import UsageError

CSV = "a,b\n1,2\n3,4\n"
READ_TWICE = """
import sys
from carepass_cli.batch.columns import Columns
from carepass_cli.batch.source import open_source
with open_source(sys.argv[1], Columns(("a", "b")), print) as source:
    print(source.name, list(source.rows()) == list(source.rows()), list(source.rows()))
"""


def test_standard_input_is_read_twice_and_leaves_nothing_behind(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_TWICE, "-"],
        input=CSV,
        capture_output=True,
        text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
        check=True,
    )
    assert done.stdout == "standard input True [(2, ('1', '2')), (3, ('3', '4'))]\n"
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_with_a_name_is_read_twice_too(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(CSV,))
    writer.start()
    with open_source(str(pipe), Columns(("a", "b")), lambda text: None) as source:
        writer.join()
        assert list(source.rows()) == list(source.rows()) == [(2, ("1", "2")), (3, ("3", "4"))]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n \n\r\n", "nothing but blank lines"),
        (b"\xef\xbb\xbf", "nothing but blank lines"),
        (b"\xff\xfea\x00,\x00b", "utf-16-le"),
        ("a,b\n1,2\n".encode("utf-16-le"), "is not text"),
        (b"a,b\n" + b"x" * 5_000_000, "longer than"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is not text"),
        (b"a,b\n1,2\n" * 200_000 + b"\0", "is not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password-protected"),
        (b"a,b\n\xe9,2\n3,\x81\n", "line 3: this is neither"),
        (b"\xef\xbb\xbfa,b\n1,2\n\xe9,2\n", "line 3: this is not utf-8, as its first bytes say"),
        ("a,b\né,2\n".encode() + "é,3\n".encode("latin-1"), "line 3: this is not UTF-8, though other lines"),
        ("a,b\nHélène,2\n".encode("cp850"), "words have quotes inside"),
        ("a,b\nHélène,2\n".encode("mac_roman"), "neither UTF-8 nor"),
    ],
)
def test_what_cannot_be_used_is_told(read: Callable, content: bytes, message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        read(content, columns=Columns(("a", "b")))
    assert (caught.value.exit_code, caught.value.code) == (2, "unusable-file")


def test_a_file_that_is_not_there_or_a_folder_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(UsageError, match=f"{path} cannot be read"):
            open_source(str(path), Columns(("a",)), lambda text: None)


def test_a_header_alone_is_a_file_with_no_rows(read: Callable) -> None:
    assert read("a,b\n", columns=Columns(("a", "b"))).rows == []


def test_how_far_a_reading_is_goes_up_to_one(read: Callable) -> None:
    found = read("a,b\n" + "1,2\n" * 50_000, columns=Columns(("a", "b")))
    seen = [found.source.done() for _ in found.source.rows()]
    assert seen == sorted(seen)
    assert 0 < seen[0] < 0.5
    assert seen[-1] == 1.0
