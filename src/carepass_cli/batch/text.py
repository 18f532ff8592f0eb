"""Text out of bytes: which encoding, and line after line from the start as often as wanted."""

import codecs
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from carepass_cli.errors import UsageError

CHUNK = 1 << 18


class Text:
    """A seekable file of text: UTF-8, with or without BOM, else Windows-1252; which one, `say` is told.

    `opening` is its first character that is not blank, or "". Raises UsageError for what is not text.
    """

    def __init__(self, file: BinaryIO, name: str, say: Callable[[str], None]) -> None:
        self.name = name
        self._file = file
        self._stamp = self._now()
        file.seek(0)
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise unusable(f"{name} is UTF-16 text.", "Save it as CSV UTF-8.")
        self._start = 3 if start.startswith(codecs.BOM_UTF8) else 0
        self.encoding = "utf-8"
        if line := self._undecodable_line():
            # A BOM says UTF-8, and nothing else can be meant.
            self.encoding = "utf-8" if self._start else "cp1252"
            if line := line if self._start else self._undecodable_line():
                raise unusable(
                    f"{name}, line {line}: this is neither UTF-8 nor Windows-1252 text.",
                    "Save it as CSV UTF-8.",
                )
            say(f"{name} is not UTF-8; it is read as Windows-1252 (cp1252).")
        with self.lines() as lines:
            self.opening = next((line.lstrip()[0] for line in lines if line.strip()), "")

    @property
    def written_as(self) -> str:
        """The encoding in which the program that wrote this reads anything that UTF-8 can hold."""
        return "utf-8" if self.encoding == "utf-8" and not self._start else "utf-8-sig"

    def require_utf8(self) -> None:
        """Raises UsageError for a file in another encoding: JSON has no other."""
        if self.encoding != "utf-8":
            raise unusable(f"{self.name} is not UTF-8, as JSON must be.", "Write it as UTF-8.")

    @contextmanager
    def lines(self) -> Iterator[io.TextIOWrapper]:
        """The lines from the first, each with its own end (LF, CRLF or CR)."""
        self._check_unchanged()
        self._file.seek(self._start)
        text = io.TextIOWrapper(self._file, self.encoding, newline="")
        try:
            yield text
            self._check_unchanged()
        finally:
            text.detach()

    def done(self) -> float:
        """How much of the file is read: 0 to 1."""
        return min(1.0, self._file.tell() / max(1, self._stamp[0]))

    def _undecodable_line(self) -> int | None:
        """The first line that the encoding cannot hold, None when it holds all."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        lines = 1
        self._file.seek(self._start)
        while True:
            chunk = self._file.read(CHUNK)
            if b"\0" in chunk:
                raise unusable(f"{self.name} is not text.", "Give CSV, NDJSON or an .xlsx workbook.")
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return lines + error.object.count(b"\n", 0, error.start)
            if not chunk:
                return None
            lines += chunk.count(b"\n")

    def _now(self) -> tuple[int, int]:
        now = os.fstat(self._file.fileno())
        return now.st_size, now.st_mtime_ns

    def _check_unchanged(self) -> None:
        # What was checked must be what is written.
        if self._now() != self._stamp:
            raise unusable(f"{self.name} changed while it was being read.", "Run the import again.")


def unusable(message: str, hint: str = "") -> UsageError:
    """A file that no row can be taken from: the whole call is wrong, not a row."""
    return UsageError(message, hint, code="unusable-file")
