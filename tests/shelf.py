"""Stores that many tests begin with: made once in a run, by the test worker that comes first; then copied."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Carepass


class Shelf:
    """A folder that all test workers share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(exist_ok=True)

    def begin(self, carepass: "Carepass", make: "Callable[[Carepass], Any]") -> Any:
        """Bring the store to where `make` brings it, and return what `make` returned, as JSON has it.

        `make` writes nothing but the store, and has always the same before it: the copy bears its name.
        """
        if "://" in carepass.db:
            return make(carepass)
        name = f"{make.__module__}.{make.__qualname__}"
        kept, returned = self._folder / f"{name}.db", self._folder / f"{name}.json"
        with (self._folder / f"{name}.lock").open("w") as lock:
            flock(lock, LOCK_EX)
            if not returned.exists():
                told = make(carepass)
                # Not a copy of the file: the newest writes may still lie in the file beside it.
                with closing(sqlite3.connect(carepass.db)) as made, closing(sqlite3.connect(kept)) as copy:
                    made.backup(copy)
                returned.write_text(json.dumps(told))
                return told
        shutil.copy(kept, carepass.db)
        return json.loads(returned.read_text())
