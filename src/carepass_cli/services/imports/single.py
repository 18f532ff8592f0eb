"""Imports of homes, courses and requirements: each row goes through the service that writes one of them. Such
a file is short and comes seldom."""

from collections.abc import Callable
from typing import NamedTuple

from carepass_cli.batch.columns import Values
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError
from carepass_cli.services.imports.batch import Batch, FaultsOf
from carepass_cli.services.imports.seen import Mark

Parse = Callable[[str, str], object]


class Whole(NamedTuple):
    """A row as it stands in the file, and what it is about."""

    row: Row
    mark: Mark


def whole(row: Row, key: tuple[str, ...]) -> Whole:
    """A row that is about what `key` names."""
    number, values = row
    return Whole(row, Mark(number, "\n".join(key), "\n".join(values)))


def write_each(
    batch: Batch,
    thing: str,
    key: Callable[[Values], tuple[str, ...]],
    write: Callable[[Values], str],
    faults_of: FaultsOf | None = None,
) -> None:
    """Write row after row; `key` says what a row is about, `write` gives the result of writing it, and
    `faults_of` all that is wrong with a bad one."""
    for chunk in batch.chunks(faults_of):
        for each in batch.first_of([whole(row, key(row[1])) for row in chunk], thing):
            try:
                batch.count(write(each.row[1]))
            except CarepassError as error:
                batch.refuse(each.row, error)
