"""An import to read files for, and a way to read one."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from carepass_cli.batch.columns import Columns, Values
from carepass_cli.batch.reading import read_options
from carepass_cli.batch.source import Row, Source, open_source
from carepass_cli.batch.summary import RowError
from carepass_cli.errors import CarepassError
from tests.shelf import kept

# The columns of the files in these tests.
STAFF = Columns(
    ("portal_id", "email", "home", "role", "last_name"), ("home", "role"), (("portal_id", "email"),)
)


@dataclass
class Read:
    """What came out of a file: rows, rows that were refused, and what was said."""

    source: Source
    said: list[str]
    refused: list[tuple[RowError, Values]] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[int, Values]]:
        self.refused.clear()
        return list(self.source.rows(self._refuse))

    def _refuse(self, row: Row, errors: Sequence[CarepassError]) -> None:
        self.refused += [(RowError.of(row[0], error), row[1]) for error in errors]


Reading = Callable[..., Read]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Reading]:
    """Write the bytes to a file and open it; text is written as UTF-8. Options as on the command line."""
    opened: list[Source] = []

    def write_and_open(
        content: bytes | str, *, name: str = "staff.csv", columns: Columns = STAFF, **options: Any
    ) -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        said: list[str] = []
        reading = read_options(**options)
        opened.append(open_source(str(path), columns, said.append, reading, today=date(2026, 11, 21)))
        return Read(opened[-1], said)

    yield write_and_open
    for source in opened:
        source.close()


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., str]:
    """Write lines of text to a file and give its path."""

    def write(*lines: str, name: str = "rows.csv", encoding: str = "utf-8") -> str:
        path = tmp_path / name
        path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
        return str(path)

    return write


@pytest.fixture
@kept
def team(home: Any, put: Callable[..., str]) -> Any:
    """The home with three people without a role: 2001 Hélène O'Brien, 2002 Ana Doe, 2003 Bob Example."""
    file = put(
        "portal_id,first_name,last_name,birthdate,email",
        "2001,Hélène,O'Brien,1990-05-17,helene@example.org",
        "2002,Ana,Doe,1985-01-02,ana@example.org",
        "2003,Bob,Example,1979-12-31,bob@example.org",
        name="team.csv",
    )
    home("account", "import", file)
    return home


def queried(db: str, sql: str) -> list[tuple[Any, ...]]:
    """What the store holds."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql).fetchall()
