"""Imports of things that are few: each row goes through the service that writes one of them."""

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


def write_each(
    batch: Batch,
    thing: str,
    key: Callable[[Values], tuple[str, ...]],
    write: Callable[[Values], str],
    faults_of: FaultsOf | None = None,
    leave_out: Callable[[Values], bool] | None = None,
) -> None:
    """Write row after row; `key` says what a row is about, `write` gives the result of writing it, and
    `faults_of` all that is wrong with a bad one. Rows that `leave_out` holds are skipped."""
    for chunk in batch.chunks(faults_of):
        kept = [row for row in chunk if leave_out is None or not leave_out(row[1])]
        batch.skip(len(chunk) - len(kept))
        rows = [Whole(row, Mark(row[0], "\n".join(key(row[1])), "\n".join(row[1]))) for row in kept]
        for each in batch.first_of(rows, thing):
            try:
                batch.count(write(each.row[1]))
            except CarepassError as error:
                batch.refuse(each.row, error)
