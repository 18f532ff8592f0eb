"""What one run has: settings, clock, actor, store, output. Each is made when first asked for."""

import errno
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TextIO, TypeVar

from carepass_cli.clock import Clock, read_clock
from carepass_cli.errors import UsageError
from carepass_cli.output.result import Report, Result, Table, Written
from carepass_cli.settings import OUTPUTS, Settings

if TYPE_CHECKING:
    from datetime import date

    from carepass_cli.output.style import Style
    from carepass_cli.store.reader import Reader
    from carepass_cli.store.unit import Unit, Work

P = ParamSpec("P")
T = TypeVar("T")


class Run:
    """One run of the command line, from its global options to its output. What the words say is filled in
    as they are parsed, so that an error on the way is told as the person asked for it."""

    def __init__(self) -> None:
        self.flags: dict[str, str | None] = {}
        self.no_color = False
        self.pager = True
        self.command = ""
        self.fields: str | None = None
        self.sort: str | None = None
        self.limit: int | None = None
        self.header = True
        self.quiet = False
        self.is_read = False
        # Whether the day that is looked at lies before all that the store knows.
        self.is_before = False
        self.dry_run = False
        self.reason: str | None = None
        self.has_written = False
        # What this run has written, by the numbers of the changes.
        self.changes: list[int] = []

    @cached_property
    def settings(self) -> Settings:
        """What flags, environment and config file say."""
        return Settings(self.flags, os.environ)

    @cached_property
    def color(self) -> bool:
        """Whether what is printed is coloured. Raises UsageError for options that contradict each other."""
        from carepass_cli.output.color import wants_color

        return wants_color(self.flags.get("color"), self.no_color, os.environ, terminal=sys.stdout.isatty())

    @cached_property
    def clock(self) -> Clock:
        """The day of this run, and the real time. Raises InvalidValue for a --today that is no date."""
        return read_clock(self.settings["today"])

    @property
    def today(self) -> "date":
        """The day that this run is dated by, and looks as of."""
        return self.clock.today

    @cached_property
    def actor(self) -> str:
        """Whom the audit log names. Raises InvalidValue for a name that is not one line of plain text."""
        from carepass_cli.rules.fields import clean_text

        return clean_text(self.settings["actor"] or "unknown", "--actor", most=100)

    def one_home(self, *, several: bool = False, says: bool = False) -> "str | list[str]":
        """The home of a command that wants one and names none: `default_home`, else the only one; alone in a
        list where `several` would do. `says`: which it is, as a write does. Raises UsageError."""
        from carepass_cli.store.queries.homes import list_homes

        home, why = self.settings["default_home"], "default_home"
        if home is None:
            codes = [each.code for each in list_homes(self.store, self.today)]
            if len(codes) != 1:
                known = f"Name one of: {', '.join(codes[:9])}; or" if codes else "Name it, or"
                raise UsageError(
                    "Missing option '--home'.", f"{known} set it once: carepass config set default_home HOME"
                )
            home, why = codes[0], "the only home"
        if says:
            self.say(f"Home: {home} ({why}).")
        return [home] if several else home

    @property
    def db(self) -> str:
        """Where the store lies: a path or a URL."""
        return self.settings["db"] or ""

    @cached_property
    def store(self) -> "Reader":
        """The read door: opened read-only, closed when the process ends."""
        from carepass_cli.store.opening import open_reader

        reader = open_reader(self.db)
        if self.is_read and self.settings["today"] is not None:
            self._say_if_before(reader)
        return reader

    def _say_if_before(self, reader: "Reader") -> None:
        """Say so where the day that is looked at lies before all that the store knows: a report of nothing is
        then no answer."""
        from carepass_cli.store.queries.log import first_day_after

        if first := first_day_after(reader, self.today):
            self.is_before = True
            self.say(f"This store begins on {first}: it knows nothing of {self.today}.")

    def close(self) -> None:
        """Close the read door, if it was opened; it opens anew when it is needed again."""
        reader = self.__dict__.pop("store", None)
        # A file's end is left to the system.
        leave = getattr(reader, "close", None)
        if leave is not None:
            leave()

    def write(self, service: "Callable[Concatenate[Unit, P], T]", /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one service inside one unit of work: all of it is kept, or nothing."""
        done = self._work(service, self.dry_run, *args, **kwargs)
        self.has_written = True
        # What was read before is not what is there now.
        self.close()
        return done

    def rehearse(
        self, service: "Callable[Concatenate[Unit, P], T]", /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """As `write`, and keep nothing: what a question shows before it is answered."""
        return self._work(service, True, *args, **kwargs)

    def _work(
        self,
        service: "Callable[Concatenate[Unit, P], T]",
        dry_run: bool,
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        from carepass_cli.store.writing import write

        tried: list[Unit] = []

        def operation(unit: "Unit") -> T:
            tried.append(unit)
            return service(unit, *args, **kwargs)

        done = write(self.work(dry_run), operation)
        if (change := tried[-1].kept_change) is not None:
            self.changes.append(change)
        return done

    def work(self, dry_run: bool = False) -> "Work":
        """What a unit of work of this run is for."""
        from carepass_cli.store.unit import Work

        return Work(self.db, self.clock, self.actor, self.command, dry_run, self.say, self.reason)

    def say(self, text: str) -> None:
        """Talk to the person: stderr, never in `--quiet`."""
        if text and not self.quiet:
            self.warn(text)

    def warn(self, text: str) -> None:
        """Say on stderr what must not be overlooked, also in `--quiet`."""
        from carepass_cli.output.talk import say

        say(text.split("\n"))

    @cached_property
    def style(self) -> "Style":
        """How this run prints."""
        from carepass_cli.output.style import Style
        from carepass_cli.output.width import terminal_size

        columns, lines = terminal_size(sys.stdout)
        return Style(
            output=self.settings["output"] or "table",
            fields=self.fields,
            sort=self.sort,
            limit=self.limit,
            header=self.header,
            terminal=sys.stdout.isatty(),
            color=self.color,
            columns=columns,
            lines=lines,
        )

    def show(self, result: Result | None) -> None:
        """Render what a command returned: data to stdout, talk to stderr."""
        if isinstance(result, Written):
            self._show_written(result)
        elif isinstance(result, Table):
            self._show_table(result)
        elif result is not None:
            self._render(result)
            self._say_after(result.talk.after)

    def _show_written(self, result: Written) -> None:
        # In a table, a quiet write has said all by its exit code; a script's JSON is data, if any.
        table = self.style.output == "table"
        nothing = table or (result.many and not result.items)
        if self.has_written and not table:
            result.add("change", self.changes[-1] if self.changes else None)
        if not (self.quiet and nothing):
            self._render(result)
        # For a script an error is the one object on stderr.
        if result.talk.then is None or self.style.output == "table":
            self._say_after(["Dry run: nothing was written."] if self.dry_run else [])
            self._say_after(result.talk.after)
            for change in self.changes[-1:] if table else ():
                # What was sent is out of reach, and an undoing is not undone.
                is_final = self.command in ("notify run", "audit undo", "account erase")
                back = "" if is_final else f" To take it back: carepass audit undo {change}"
                self._say_after([f"Change {change}.{back}"])
        if result.talk.then is not None:
            raise result.talk.then

    def _show_table(self, table: Table) -> None:
        empty = table.is_empty()
        if empty and not self.is_before:
            self.say(table.talk.empty)
        if not (empty and self.quiet and isinstance(table, Report)):
            self._render(table)
        self._say_after(table.talk.after)
        if table.talk.then is not None and not empty:
            raise table.talk.then

    def _render(self, result: Result) -> None:
        from contextlib import nullcontext

        from carepass_cli.output.render import render

        if self.changes and sys.__stdout__ is None:
            # Closed by the caller (`>&-`): what a write says is lost, as on a full disk.
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        style = self.style
        stream: AbstractContextManager[TextIO] = nullcontext(sys.stdout)
        if style.terminal and self.pager and style.output in OUTPUTS and not isinstance(result, Written):
            from carepass_cli.output.pager import paged, pager_command

            if command := pager_command(os.environ):
                stream = paged(sys.stdout, command)
        said: list[str] = []  # nothing, where the person left the pager before the end
        with stream as out:
            said = render(result, style, out)
        self._say_after(said)

    def _say_after(self, lines: Sequence[str]) -> None:
        """Say what belongs below the data that is on its way to stdout: nearest to the next prompt."""
        if lines:
            sys.stdout.flush()
            self.say("\n".join(lines))

    def print_text(self, text: str) -> None:
        """Print a text of the program's own (a help topic) to stdout."""
        sys.stdout.write(f"{text}\n")
