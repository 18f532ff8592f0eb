"""What is said to the person on stderr: whole words, whole commands, nothing that a terminal would obey."""

import sys
from collections.abc import Iterable

from carepass_cli.output.clean import shown
from carepass_cli.output.width import sentence, terminal_size


def say(lines: Iterable[str], lead: str = "") -> None:
    """Write `lines` to stderr, each after `lead`; at a terminal broken between words."""
    most = terminal_size(sys.stderr)[0] if sys.stderr.isatty() else None
    sys.stderr.write("".join(f"{part}\n" for line in lines for part in sentence(lead + shown(line), most)))
