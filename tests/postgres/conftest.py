"""A store on each engine, with the same story played on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Carepass
from tests.postgres.server import Server
from tests.postgres.test_flow import play


@pytest.fixture(scope="session")
def played(
    template: Path, server: Server, server_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Carepass, Carepass]]:
    """The story on SQLite and on PostgreSQL; only to be read."""
    folder = tmp_path_factory.mktemp("played")
    path = folder / "carepass.db"
    path.write_bytes(template.read_bytes())
    name = server.create(server_template)
    stores = Carepass(str(path)), Carepass(server.url(name))
    for carepass in stores:
        play(carepass, folder)
    yield stores
    server.drop(name)
