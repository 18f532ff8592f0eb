"""Output that is longer than the screen goes through a pager."""

import io
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO, cast

from carepass_cli.output.width import terminal_size, width

DEFAULT = "less -FRX"
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """The pager's words: CAREPASS_PAGER, else PAGER, else less. None for one that is set to nothing."""
    named = environ.get("CAREPASS_PAGER")
    if named is None:
        named = environ.get("PAGER") or DEFAULT
    try:
        return shlex.split(named)
    except ValueError:  # a quote without its other
        return []


@contextmanager
def paged(out: TextIO, command: list[str]) -> Iterator[TextIO]:
    """A stream whose text goes to `out` at the end, or to the pager as soon as it is more than the screen
    holds. Leaving the pager early is no failure."""
    columns, lines = terminal_size(out)
    holder = _Held(columns, lines, lambda: _start(command, out))
    try:
        yield cast(TextIO, holder)
    except BrokenPipeError:  # the person has seen enough
        if holder.pager is None:
            raise
    finally:
        holder.finish(out)


def _start(command: list[str], out: TextIO) -> "subprocess.Popen[str] | None":
    out.flush()
    environ = {"LESSCHARSET": "utf-8", **os.environ}
    try:
        return subprocess.Popen(command, stdin=subprocess.PIPE, text=True, encoding="utf-8", env=environ)  # noqa: S603
    except OSError:  # there is no such program: the text goes to the screen
        return None


class _Held(io.TextIOBase):
    """Text held back until it is known whether the screen holds it."""

    def __init__(self, columns: int, lines: int, start: "Callable[[], subprocess.Popen[str] | None]") -> None:
        self.pager: subprocess.Popen[str] | None = None
        self._columns = columns
        # The last line is the prompt's.
        self._left = lines - 1
        self._start = start
        self._texts: list[str] = []

    def write(self, text: str) -> int:
        if self.pager is not None and self.pager.stdin is not None:
            return self.pager.stdin.write(text)
        self._texts.append(text)
        if self._left >= 0:
            lines = ESCAPE.sub("", text).splitlines()
            self._left -= sum(1 + max(width(line) - 1, 0) // self._columns for line in lines)
            if self._left < 0:
                self._open()
        return len(text)

    def _open(self) -> None:
        self.pager = self._start()
        if self.pager is not None and self.pager.stdin is not None:
            held, self._texts = "".join(self._texts), []
            self.pager.stdin.write(held)

    def finish(self, out: TextIO) -> None:
        """Write what is still held to `out`, and wait until the pager is left."""
        if self.pager is None:
            out.write("".join(self._texts))
            return
        import signal

        # Ctrl-C is for the pager now: it stops a search there, and not this program.
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self.pager.stdin.close()  # type: ignore[union-attr]
        except BrokenPipeError:
            pass
        finally:
            self.pager.wait()
            signal.signal(signal.SIGINT, before)
            sys.stdout.flush()
