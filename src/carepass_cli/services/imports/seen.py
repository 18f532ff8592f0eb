"""What a file has said so far: how rows that come twice are found without keeping the rows."""

import sqlite3
from collections.abc import Hashable, Sequence
from typing import NamedTuple


class Mark(NamedTuple):
    """A row as far as repeats go: where it stands, what it is about, what it says about that."""

    line: int
    key: Hashable
    content: Hashable = ""


class Seen:
    """The keys of one file and their first lines, in a scratch file that goes when we go: a file of any
    length takes the same memory. A key stands there as its hash of 64 bits: that two of a million rows are
    taken for one another is less likely than one in ten million.
    """

    def __init__(self) -> None:
        self._scratch = sqlite3.connect("", isolation_level=None)
        self._scratch.execute("PRAGMA journal_mode=OFF")
        self._scratch.execute("PRAGMA synchronous=OFF")
        self._scratch.execute("CREATE TABLE seen (key INTEGER PRIMARY KEY, line, content)")
        self._scratch.execute("BEGIN")

    def repeats(self, marks: Sequence[Mark]) -> dict[int, tuple[int, bool]]:
        """Which of the next `marks`, by their place, are about what an earlier one was about: the line it
        first stood on, and whether it says the same.
        """
        before = self._scratch.total_changes
        rows = [(hash(key), line, hash(content)) for line, key, content in marks]
        self._scratch.executemany("INSERT INTO seen VALUES (?, ?, ?) ON CONFLICT DO NOTHING", rows)
        if self._scratch.total_changes - before == len(rows):
            return {}
        found = {}
        new = set[int]()
        for place, (key, line, content) in enumerate(rows):
            first, said = self._scratch.execute(
                "SELECT line, content FROM seen WHERE key = ?", (key,)
            ).fetchone()
            # A row of a file with a column a course stands for several things, all on one line.
            if first != line or key in new:
                found[place] = (first, said == content)
            new.add(key)
        return found

    def close(self) -> None:
        self._scratch.close()
