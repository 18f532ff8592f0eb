"""Stores as released versions made them."""

import sqlite3
from contextlib import closing
from pathlib import Path

RELEASED = Path(__file__).with_name("released_0001.sql")


def make_released(path: Path) -> None:
    """A store of version 0.1 at `path`, with rows in most tables."""
    with closing(sqlite3.connect(path)) as store:
        store.executescript(RELEASED.read_text(encoding="utf-8"))
        store.execute("PRAGMA journal_mode=WAL")
    path.chmod(0o600)
