"""Many lines typed at one terminal, run one after the other in one process, and what each left there."""

import fcntl
import json
import os
import pty
import struct
import sys
import termios
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Between what the lines leave; no command writes it.
MARK = "\x1e"


def typed_at(columns: int, lines: list[list[str]], environ: dict[str, str], rows: int = 24) -> list[str]:
    """What each of these lines writes to a terminal of so many columns and rows, stderr too; where its exit
    code is not 0, that is the last line."""
    pid, master = pty.fork()
    if pid == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        own = {**environ, "TERM": "xterm-256color", "CAREPASS_PAGER": "cat"}
        own.pop("COLUMNS", None)
        own.pop("LINES", None)
        os.chdir(ROOT)
        os.execve(sys.executable, [sys.executable, "-m", "tests.process.sitting", json.dumps(lines)], own)
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
    os.waitpid(pid, 0)
    return told.decode().replace("\r\n", "\n").split(MARK)[1:]


if __name__ == "__main__":
    from carepass_cli.main import app

    for line in json.loads(sys.argv[1]):
        sys.stdout.write(MARK)
        sys.stdout.flush()
        try:
            app(line, prog_name="carepass")
        except SystemExit as left:
            sys.stdout.write(f"exit {left.code}\n" if left.code else "")
        sys.stdout.flush()
        sys.stderr.flush()
