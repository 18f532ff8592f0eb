"""What stands between carepass and a server in earnest: a standby that takes over, a pooler that shares
connections. Debian's own programs; where they are not installed, that is said."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from psycopg import OperationalError, connect

from tests.conftest import Carepass, course, person
from tests.postgres.pair import loop
from tests.postgres.server import USER, Server, programs

POOLER = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"


@pytest.mark.skipif(
    not (programs() / "pg_basebackup").exists(),
    reason="NOT TESTED: a failover needs pg_basebackup (apt-get install postgresql)",
)
def test_a_standby_takes_over_while_people_write(tmp_path: Path) -> None:
    seen = loop(1, 3, tmp_path)
    assert seen.faults == []
    assert seen.acknowledged


@pytest.fixture
def pooled(server: Server) -> Iterator[str]:
    """The URL of a new database behind pgbouncer in transaction mode."""
    folder = Path(tempfile.mkdtemp(prefix="carepass-pool-"))
    (folder / "users").write_text(f'"{USER}" ""\n')
    (folder / "pool.ini").write_text(
        f"""
[databases]
* = host={server.folder} port=5432
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = trust
auth_file = {folder / "users"}
pool_mode = transaction
default_pool_size = 2
logfile = {folder / "log"}
pidfile = {folder / "pid"}
"""
    )
    for each in (folder, *folder.iterdir()):
        each.chmod(0o755)
        shutil.chown(each, "nobody", "nogroup")
    line = ["setpriv", "--pdeathsig", "INT", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    process = subprocess.Popen([*line, POOLER, "-q", str(folder / "pool.ini")], stderr=subprocess.DEVNULL)
    database = server.create()
    for _ in range(500):
        try:
            connect(host=str(folder), port=6432, user=USER, dbname=database).close()
        except OperationalError:
            assert process.poll() is None, (folder / "log").read_text()
            time.sleep(0.02)
        else:
            break
    yield f"postgresql://{USER}@/{database}?host={quote(str(folder))}&port=6432"
    process.terminate()
    process.wait(30)
    server.drop(database)
    shutil.rmtree(folder)


@pytest.mark.skipif(
    not Path(POOLER).exists(), reason="NOT TESTED: pgbouncer is not installed (apt-get install pgbouncer)"
)
def test_behind_a_pooler_that_shares_connections_all_is_as_without(pooled: str, tmp_path: Path) -> None:
    carepass = Carepass(pooled)
    course(carepass, "IPAC-101", "--validity-years", "1")
    person(carepass)
    rows = [f"1000,IPAC-101,20{year:02}-01-01" for year in range(10, 26)]
    (tmp_path / "records.csv").write_text("\n".join(["portal_id,code,completed_on", *rows]))
    summary = carepass("record", "import", str(tmp_path / "records.csv"), "-o", "json").json
    assert summary["created"] == 16
    assert len(carepass.rows("record", "list", "1000")) == 16
    carepass("audit", "undo", str(summary["change"]), "--yes")
    assert carepass.rows("record", "list", "1000") == []
    assert carepass.rows("audit", "verify")["result"] == "ok"
    carepass("store", "backup", str(tmp_path / "backup"))
    assert Carepass(str(tmp_path / "backup")).rows("audit", "head") == carepass.rows("audit", "head")
