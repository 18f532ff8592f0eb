"""What one run has: settings, clock, actor, store, output. Each is made when first asked for."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from carepass_cli.clock import Clock, read_clock
from carepass_cli.output.result import Report, Result, Table, Written
from carepass_cli.settings import Settings

if TYPE_CHECKING:
    from datetime import date

    from carepass_cli.output.style import Style
    from carepass_cli.store.reader import Reader
    from carepass_cli.store.unit import Unit

P = ParamSpec("P")
T = TypeVar("T")


class Run:
    """One run of the command line, from its global options to its output."""

    def __init__(self, flags: Mapping[str, str | None], *, color: bool, command: str = "") -> None:
        self.flags = dict(flags)
        self.color = color
        self.command = command
        self.fields: str | None = None
        self.header = True
        self.quiet = False
        self.dry_run = False

    @cached_property
    def settings(self) -> Settings:
        """What flags, environment and config file say."""
        return Settings(self.flags, os.environ)

    @cached_property
    def clock(self) -> Clock:
        """The day of this run, and the real time. Raises InvalidValue for a --today that is no date."""
        return read_clock(self.settings["today"])

    @property
    def today(self) -> "date":
        """The day that this run is dated by, and looks as of."""
        return self.clock.today

    @property
    def day(self) -> str:
        """Today as an ISO date, as the store keeps dates."""
        return self.clock.today.isoformat()

    @cached_property
    def actor(self) -> str:
        """Whom the audit log names. Raises InvalidValue for a name that is not one line of plain text."""
        from carepass_cli.rules.fields import clean_text

        return clean_text(self.settings["actor"] or "unknown", "--actor", most=100)

    @property
    def db(self) -> str:
        """Where the store lies: a path or a URL."""
        return self.settings["db"] or ""

    @cached_property
    def store(self) -> "Reader":
        """The read door: opened read-only, closed when the process ends."""
        from carepass_cli.store.opening import open_reader

        return open_reader(self.db)

    def close(self) -> None:
        """Take leave of a server. A file's end is left to the system."""
        leave = getattr(self.__dict__.get("store"), "close", None)
        if leave is not None:
            leave()

    def write(self, service: "Callable[Concatenate[Unit, P], T]", /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one service inside one unit of work: all of it is kept, or nothing."""
        from carepass_cli.store.unit import Work
        from carepass_cli.store.writing import write

        work = Work(self.db, self.clock, self.actor, self.command, self.dry_run, self.say)
        return write(work, lambda unit: service(unit, *args, **kwargs))

    def say(self, text: str) -> None:
        """Talk to the person: stderr, never in `--quiet`."""
        if text and not self.quiet:
            from carepass_cli.output.clean import shown

            sys.stderr.write("".join(f"{shown(line)}\n" for line in text.split("\n")))

    def warn(self, text: str) -> None:
        """Say on stderr what must not be overlooked, also in `--quiet`."""
        from carepass_cli.output.clean import shown

        sys.stderr.write(f"{shown(text)}\n")

    @cached_property
    def style(self) -> "Style":
        """How this run prints."""
        from carepass_cli.output.style import Style

        return Style(
            output=self.settings["output"] or "table",
            fields=self.fields,
            header=self.header,
            terminal=sys.stdout.isatty(),
            color=self.color,
        )

    def show(self, result: Result | None) -> None:
        """Render what a command returned: data to stdout, talk to stderr."""
        if result is None:
            return
        from carepass_cli.output.render import render

        if isinstance(result, Written):
            # In a table, a quiet write has said all by its exit code; a script's JSON is data, if any.
            nothing = self.style.output == "table" or (result.many and not result.items)
            if not (self.quiet and nothing):
                self._say_after(render(result, self.style, sys.stdout))
            # For a script an error is the one object on stderr.
            if result.then is None or self.style.output == "table":
                self._say_after(["Dry run: nothing was written."] if self.dry_run else [])
                self._say_after(result.said)
            if result.then is not None:
                raise result.then
            return
        if not isinstance(result, Table):
            render(result, self.style, sys.stdout)
            return
        empty = result.is_empty()
        if empty:
            self.say(result.empty_said)
        if not (empty and self.quiet and isinstance(result, Report)):
            self._say_after(render(result, self.style, sys.stdout))
        self._say_after(result.said_after)
        if result.then is not None and not empty:
            raise result.then

    def _say_after(self, lines: Sequence[str]) -> None:
        """Say what belongs below the data that is on its way to stdout: nearest to the next prompt."""
        if lines:
            sys.stdout.flush()
            self.say("\n".join(lines))

    def print_text(self, text: str) -> None:
        """Print a text of the program's own (a help topic) to stdout."""
        sys.stdout.write(f"{text}\n")
