"""Stores that many tests begin with: made once in a run, by the test worker that comes first; then copied."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from fcntl import LOCK_EX, flock
from functools import wraps
from inspect import Parameter, signature
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Carepass


class Shelf:
    """A folder that all test workers share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def begin(self, carepass: "Carepass", name: str, make: Callable[[], Any]) -> Any:
        """Bring the store to where `make` brings it; returns what `make` returned, as JSON has it.

        `make` writes nothing but the store, and what was in it before goes with `name`.
        """
        if "://" in carepass.db:
            return make()
        kept, told = self._folder / f"{name}.db", self._folder / f"{name}.json"
        with (self._folder / f"{name}.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not told.exists():
                returned = make()
                # Not a copy of the file: the newest writes may still lie in the file beside it.
                with closing(sqlite3.connect(carepass.db)) as made, closing(sqlite3.connect(kept)) as copy:
                    made.backup(copy)
                told.write_text(json.dumps([returned, carepass.today]))
                return returned
        shutil.copy(kept, carepass.db)
        returned, carepass.today = json.loads(told.read_text())
        return returned


def kept(make: "Callable[..., Carepass]") -> "Callable[..., Carepass]":
    """For a fixture that fills the store of its first argument, and returns it: it does so once in a run."""
    parameters = signature(make).parameters
    first, name = next(iter(parameters)), f"{make.__module__}.{make.__qualname__}"

    @wraps(make)
    def begin(shelf: Shelf, **given: Any) -> "Carepass":
        def fill() -> None:
            assert make(**given) is given[first]

        shelf.begin(given[first], name, fill)
        carepass: Carepass = given[first]
        return carepass

    asked = [*parameters.values(), Parameter("shelf", Parameter.POSITIONAL_OR_KEYWORD)]
    begin.__signature__ = signature(make).replace(parameters=asked)  # type: ignore[attr-defined]
    return begin
