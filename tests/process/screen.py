"""A program at a terminal of its own."""

import fcntl
import os
import pty
import struct
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path


def at_terminal(
    words: Sequence[str],
    environ: Mapping[str, str],
    columns: int,
    rows: int,
    *,
    folder: Path | None = None,
    **more: str,
) -> tuple[str, int]:
    """What a program writes to a terminal of so many columns and rows, stderr too, and its exit code. It runs
    in `folder`, or here; `more` goes over its environment."""
    pid, master = pty.fork()
    if pid == 0:  # the program, at its terminal
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        own = {**environ, "TERM": "xterm-256color", "CAREPASS_PAGER": "cat", **more}
        own.pop("COLUMNS", None)
        own.pop("LINES", None)
        os.chdir(folder or ".")
        os.execve(words[0], list(words), own)
    told = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux: the other end is closed
            break
        if not part:
            break
        told += part
    os.close(master)
    _, status = os.waitpid(pid, 0)
    return told.decode().replace("\r\n", "\n"), os.waitstatus_to_exitcode(status)
