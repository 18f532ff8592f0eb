"""Stores as released versions made them, and what those versions read in them."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from tests.postgres.server import Server

HERE = Path(__file__).parent
# Three days of every read of version 0.1: `read` is the day and the command, `exit`, `json`, and where it was
# refused `code`, what it answered.
READS = HERE / "released_0001.reads.ndjson"


def make_released(path: Path) -> None:
    """A store of version 0.1 at `path`, with every kind of row."""
    with closing(sqlite3.connect(path)) as store:
        store.executescript((HERE / "released_0001.sql").read_text(encoding="utf-8"))
        store.execute("PRAGMA journal_mode=WAL")
    path.chmod(0o600)


def make_released_on(server: Server) -> str:
    """The same store in a new database of the server; its name."""
    name = server.create()
    url = server.url(name).replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute((HERE / "released_0001_postgresql.sql").read_bytes())
    return name


def released_reads() -> Iterator[tuple[str, list[str], dict[str, Any]]]:
    """Day, command, and what version 0.1 answered."""
    for line in READS.read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        day, *command = answer.pop("read").split()
        yield day, command, answer
