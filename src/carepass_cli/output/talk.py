"""What is said to the person on stderr: whole words, whole commands, nothing that a terminal would obey."""

import os
import sys
from collections.abc import Iterable
from typing import TextIO

from carepass_cli.output.clean import shown
from carepass_cli.output.width import sentence, terminal_size


def say(lines: Iterable[str], lead: str = "") -> None:
    """Write `lines` to stderr, each after `lead`; at a terminal broken between words. Where nobody can hear
    them, what is being done goes on: talk is no reason to stop a write."""
    most = terminal_size(sys.stderr)[0] if sys.stderr.isatty() else None
    try:
        sys.stderr.write(
            "".join(f"{part}\n" for line in lines for part in sentence(lead + shown(line), most))
        )
    except OSError:  # a full disk; a reader that has gone
        silence(sys.stderr)


def silence(stream: TextIO) -> None:
    """Let what a stream still holds, and what is written to it from now on, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    except OSError:  # no stream of the system's
        if stream is sys.stdout:
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    finally:
        os.close(nowhere)
