"""Text out of bytes: which encoding, and line after line from the start as often as wanted."""

import codecs
import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

from carepass_cli.errors import UsageError

CHUNK = 1 << 18
# A longer line is no row of anything; it would be read into memory whole.
LINE_MOST = 1 << 22

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Letters of the DOS and old Mac code pages, which Windows-1252 takes for quotes and the like inside a word.
_NOT_1252 = re.compile(rb"[A-Za-z][\x82-\x84\x87-\x89\x8b\x93\x94][A-Za-z]|[a-z][\x8a\x8e\x9f][a-z]")


class Text:
    """A seekable file of text. A BOM says UTF-8 or UTF-16; else it is in `encoding` where one is named, else
    in UTF-8, else in Windows-1252; what was assumed, `warn` is told.

    `opening` is its first character that is not blank, or "". Raises UsageError for what is not text, and
    for text that could be in more than one encoding.
    """

    def __init__(self, file: BinaryIO, name: str, warn: Callable[[str], None], encoding: str | None) -> None:
        self.name = name
        self._file = file
        self._stamp = self._now()
        self._position = _Position(file.fileno())
        start = os.pread(file.fileno(), 4, 0)
        bom, said = next(((bom, each) for bom, each in _BOMS if start.startswith(bom)), (b"", encoding))
        self._start = len(bom)
        self.encoding = said or "utf-8"
        if line := self._undecodable_line():
            if said:
                raise unusable(
                    f"{name}, line {line}: this is not {said}, as {'its first bytes' if bom else 'you'} say.",
                    "Save it as CSV UTF-8." if bom else "Name another --encoding.",
                )
            self._take_for_1252(line, warn)
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
        """The lines from the first, each with its own end (LF, CRLF or CR). Readings do not disturb each
        other; `done` speaks of the latest."""
        self._check_unchanged()
        self._position = _Position(self._file.fileno(), self._start)
        yield io.TextIOWrapper(io.BufferedReader(self._position, CHUNK), self.encoding, newline="")
        self._check_unchanged()

    def done(self) -> float:
        """How much of the file the latest reading has behind it: 0 to 1."""
        return min(1.0, self._position.at / max(1, self._stamp[0]))

    def _chunks(self) -> Iterator[bytes]:
        position = self._start
        while chunk := os.pread(self._file.fileno(), CHUNK, position):
            yield chunk
            position += len(chunk)

    def _undecodable_line(self) -> int | None:
        """The first line that the encoding cannot hold, None when it holds all."""
        decoder = codecs.getincrementaldecoder(self.encoding)()
        wide = self.encoding.startswith(("utf-16", "utf-32"))
        lines, run = 1, 0
        for chunk in self._with_end():
            if b"\0" in chunk and not wide:
                raise unusable(
                    f"{self.name} is not text.",
                    "Give CSV, NDJSON or .xlsx; UTF-16 without a mark needs --encoding utf-16-le.",
                )
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return lines + error.object.count(b"\n", 0, error.start)
            end = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            run = run + len(chunk) if end < 0 else len(chunk) - end
            if run > LINE_MOST:
                raise unusable(f"{self.name}, line {lines}: the line is longer than 4 MB.", "Check the file.")
            lines += chunk.count(b"\n")
        return None

    def _with_end(self) -> Iterator[bytes]:
        # The decoder learns by an empty chunk that nothing follows.
        yield from self._chunks()
        yield b""

    def _take_for_1252(self, line: int, warn: Callable[[str], None]) -> None:
        """Windows-1252, unless the bytes speak for something else: a wrong guess makes wrong names."""
        if any(_UTF8_LETTER.search(chunk) for chunk in self._chunks()):
            raise unusable(
                f"{self.name}, line {line}: this is not UTF-8, though other lines are.",
                "Save the whole file as CSV UTF-8. If all of it is Windows text: --encoding cp1252.",
            )
        self.encoding = "cp1252"
        if wrong := self._undecodable_line():
            raise unusable(
                f"{self.name}, line {wrong}: this is neither UTF-8 nor Windows-1252 text.",
                "Save it as CSV UTF-8, or name its --encoding (cp850, mac_roman ...).",
            )
        if any(_NOT_1252.search(chunk) for chunk in self._chunks()):
            raise unusable(
                f"{self.name} is not UTF-8, and read as Windows-1252 its words have quotes inside.",
                "Save it as CSV UTF-8, or name its --encoding: cp850 (DOS), mac_roman or cp1252.",
            )
        warn(f"{self.name} is not UTF-8; it is read as Windows-1252. To settle it: --encoding cp1252")

    def _now(self) -> tuple[int, int]:
        now = os.fstat(self._file.fileno())
        return now.st_size, now.st_mtime_ns

    def _check_unchanged(self) -> None:
        # What was checked must be what is written.
        if self._now() != self._stamp:
            raise unusable(f"{self.name} changed while it was being read.", "Run the import again.")


class _Position(io.RawIOBase):
    """A place in an open file that no other reading of it moves."""

    def __init__(self, handle: int, at: int = 0) -> None:
        self._handle = handle
        self.at = at

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = os.pread(self._handle, len(buffer), self.at)
        self.at += len(data)
        buffer[: len(data)] = data
        return len(data)


def unusable(message: str, hint: str = "") -> UsageError:
    """A file that no row can be taken from: the whole call is wrong, not a row."""
    return UsageError(message, hint, code="unusable-file")
