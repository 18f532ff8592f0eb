"""Imports of things that are few: each row goes through the service that writes one of them."""

from collections.abc import Callable
from typing import NamedTuple

from carepass_cli.batch.columns import Values
from carepass_cli.batch.source import Row
from carepass_cli.errors import CarepassError, InvalidValue
from carepass_cli.services.imports.batch import Batch
from carepass_cli.services.imports.seen import Mark

Parse = Callable[[str, str], object]


class Whole(NamedTuple):
    """A row as it stands in the file, and what it is about."""

    row: Row
    mark: Mark


def write_each(
    batch: Batch, thing: str, key: Callable[[Values], tuple[str, ...]], write: Callable[[Values], str]
) -> None:
    """Write row after row; `key` says what a row is about, `write` gives the result of writing it."""
    for chunk in batch.chunks():
        rows = [Whole(row, Mark(row[0], " ".join(key(row[1])), "\n".join(row[1]))) for row in chunk]
        for each in batch.first_of(rows, thing):
            try:
                batch.count(write(each.row[1]))
            except CarepassError as error:
                batch.refuse(each.row, error)


def read_values(named: dict[str, str], parsers: dict[str, Parse]) -> dict[str, object]:
    """The values of a row that are not blank, each read by its parser. Raises InvalidValue."""
    return {name: parse(named[name], name) for name, parse in parsers.items() if named[name]}


def require(named: dict[str, str], *names: str) -> None:
    """Raise InvalidValue where one of the values is blank."""
    for name in names:
        if not named[name]:
            raise InvalidValue(f"{name} is empty.", "Give it a value.")
