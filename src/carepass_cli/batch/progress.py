"""How far a batch is, for a person who watches: a bar on stderr, and only on a terminal."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from carepass_cli.batch.source import Source

T = TypeVar("T")
# The bar is moved every so many rows: between them a row costs one comparison.
STEP = 1000


def watched(
    rows: Iterable[T], source: Source, doing: str, *, quiet: bool = False, color: bool = True
) -> Iterable[T]:
    """The same `rows`, read from `source`; while they are read, a bar says what one is `doing`.

    Without a terminal on stderr, or `quiet`, it gives back `rows` themselves: watching costs nothing.
    """
    if quiet or not sys.stderr.isatty():
        return rows
    return _with_bar(rows, source, doing, color)


def _with_bar(rows: Iterable[T], source: Source, doing: str, color: bool) -> Iterator[T]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]:,} rows", markup=False),
        TimeRemainingColumn(),
    )
    # None leaves it to NO_COLOR.
    console = Console(stderr=True, no_color=None if color else True)
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(doing, total=1.0, rows=0)
        for count, row in enumerate(rows, start=1):
            if count % STEP == 0:
                progress.update(task, completed=source.done(), rows=count)
            yield row
