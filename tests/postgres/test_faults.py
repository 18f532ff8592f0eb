"""A server that goes away, asks for another try, is locked or is not there."""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from carepass_cli.clock import read_clock
from carepass_cli.errors import StoreUnavailable
from carepass_cli.services.home import create_home
from carepass_cli.store.unit import Unit, Work
from carepass_cli.store.writing import write
from tests.conftest import Carepass
from tests.postgres.proxy import CutWire
from tests.postgres.server import Server


def work(db: str) -> Work:
    return Work(db, read_clock("2026-11-21"), "tester", "test")


def homes(db: str) -> list[str]:
    return [row["code"] for row in Carepass(db).rows("home", "list")]


def making(
    *codes: str, trouble: Callable[[Unit, int], object] = lambda _unit, _run: None
) -> Callable[[Unit], int]:
    """A batch of homes; `trouble` comes in the middle of each run. Returns how often it was run."""
    runs = 0

    def operation(unit: Unit) -> int:
        nonlocal runs
        runs += 1
        for at, code in enumerate(codes):
            if at == len(codes) // 2:
                trouble(unit, runs)
            create_home(unit, code, name=code)
        return runs

    return operation


def test_a_server_that_restarts_in_the_middle_of_a_batch(server: Server, server_db: str) -> None:
    def restart(_unit: Unit, run: int) -> None:
        if run == 1:
            server.stop()
            server.start()

    assert write(work(server_db), making("a", "b", "c", "d", trouble=restart)) == 2
    assert homes(server_db) == ["a", "b", "c", "d"]
    Carepass(server_db)("audit", "verify")


def test_a_server_that_crashes_and_comes_back_later(server: Server, server_db: str) -> None:
    gone, ran = threading.Event(), []

    def crash(_unit: Unit, run: int) -> None:
        if run == 1:
            server.kill()
            gone.set()

    batch = making("a", "b", trouble=crash)
    writer = threading.Thread(target=lambda: ran.append(write(work(server_db), batch)))
    writer.start()
    assert gone.wait(30)
    server.start()
    writer.join(30)
    assert ran == [2]
    assert homes(server_db) == ["a", "b"]


@pytest.mark.parametrize("state", ["40001", "40P01"])
def test_another_try_that_the_server_asks_for(server_db: str, state: str) -> None:
    def ask(unit: Unit, run: int) -> None:
        if run < 3:
            wanted = f"DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '{state}'; END $$"
            unit.port.execute(wanted, {})

    assert write(work(server_db), making("a", "b", trouble=ask)) == 3
    assert homes(server_db) == ["a", "b"]


@pytest.mark.parametrize(
    ("state", "code", "told"),
    [
        ("57014", "store-unavailable", "took too long"),  # statement_timeout
        ("53100", "store-full", "no room left"),
        ("53200", "store-unavailable", "no memory"),
        ("58030", "store-unavailable", "cannot read or write its files"),
        ("XX001", "store-damaged", "damaged pages"),
        ("XX002", "store-damaged", "damaged index"),
    ],
)
def test_what_the_server_cannot_do_is_told_and_nothing_is_written(
    server_db: str, state: str, code: str, told: str
) -> None:
    def fail(unit: Unit, _run: int) -> None:
        unit.port.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{state}'; END $$", {})

    with pytest.raises(StoreUnavailable, match=told) as raised:
        write(work(server_db), making("a", "b", trouble=fail))
    assert raised.value.code == code
    assert homes(server_db) == []


@pytest.mark.parametrize(("before", "runs"), [(True, 2), (False, 1)])
def test_a_connection_that_breaks_in_the_commit(
    server: Server, server_db: str, before: bool, runs: int
) -> None:
    """Told apart by what the server knows of the transaction: run again, or done already. Never twice."""
    with tempfile.TemporaryDirectory(prefix="carepass-") as folder:
        wire = CutWire(Path(folder), server.folder, before=before)
        cut = server_db.replace(quote(str(server.folder)), quote(folder))
        assert write(work(cut), making("a", "b")) == runs
        wire.close()
    assert wire.cuts == 1
    assert homes(server_db) == ["a", "b"]
    assert Carepass(server_db).rows("store", "info")["changes"] == 1


def test_two_processes_that_create_the_store_at_once(server: Server) -> None:
    db = server.url(server.create())
    line = [sys.executable, "-m", "carepass_cli", "--db", db, "init", "-o", "json"]
    both = [subprocess.Popen(line, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [json.loads(each.communicate(timeout=60)[0])["result"] for each in both]
    assert sorted(told) == ["created", "unchanged"]


def test_a_write_creates_the_store_on_first_use(server: Server) -> None:
    carepass = Carepass(server.url(server.create()))
    rehearsed = carepass("home", "create", "a", "--name", "A", "--dry-run", "-o", "json").json
    carepass("home", "list", code=6)
    made = carepass("home", "create", "a", "--name", "A", "-o", "json").json
    assert made == {**rehearsed, "change": 1}
    assert homes(carepass.db) == ["a"]


def test_writers_at_once_lose_nothing(server_db: str) -> None:
    def several(number: int) -> None:
        for each in range(5):
            write(work(server_db), making(f"home-{number}-{each}"))

    writers = [threading.Thread(target=several, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(homes(server_db)) == 20
    Carepass(server_db)("audit", "verify")


def test_a_store_that_stays_locked(server: Server, server_db: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def wait_in_vain(_unit: Unit, _run: int) -> None:
        monkeypatch.setenv("CAREPASS_LOCK_WAIT", "0.05")
        with pytest.raises(StoreUnavailable) as caught:
            write(work(server_db), making("b"))
        assert caught.value.code == "store-locked"

    write(work(server_db), making("a", trouble=wait_in_vain))
    assert homes(server_db) == ["a"]


def test_a_server_that_is_not_there_is_told_without_the_password() -> None:
    carepass = Carepass("postgresql+psycopg://nobody:hunter2@localhost:1/none")
    for line in (["account", "list"], ["home", "create", "a", "--name", "A"], ["init"]):
        ran = carepass(*line, "-o", "json", code=6)
        assert "hunter2" not in ran.err
        assert "cannot be reached" in ran.error["message"]


@pytest.mark.parametrize("url", ["postgresql://me:s3cret@[::1", "postgresql://me:s3cret@h/d?nonsense=1"])
def test_a_url_that_cannot_be_is_a_usage_error(url: str) -> None:
    for line in (("account", "list"), ("init",), ("home", "create", "cedar", "--name", "Cedar")):
        ran = Carepass(url)(*line, "-o", "json", code=2)
        assert "is not understood" in ran.error["message"]
        assert "s3cret" not in ran.err


def test_a_database_that_is_not_there(server: Server) -> None:
    assert '"nowhere"' in Carepass(server.url("nowhere"))("init", "-o", "json", code=6).error["message"]
    empty = Carepass(server.url(server.create()))
    ran = empty("account", "list", "-o", "json", code=6)
    assert (ran.error["code"], "init" in ran.error["hint"]) == ("store-missing", True)


def test_a_store_of_a_newer_program(server: Server, server_db: str) -> None:
    name = server_db.split("/")[3].split("?")[0]
    server.run("UPDATE alembic_version SET version_num = '9999'", name)
    carepass = Carepass(server_db)
    assert carepass("account", "list", "-o", "json", code=6).error["code"] == "store-newer"
    ran = carepass("home", "create", "a", "--name", "A", "-o", "json", code=6)
    assert ran.error["code"] == "store-newer"


def test_who_else_may_create_in_the_stores_schema_is_said_and_is_no_damage(server: Server) -> None:
    name = server.create()
    carepass = Carepass(server.url(name))
    assert "warning" not in carepass("init").err
    server.run("GRANT CREATE ON SCHEMA carepass TO PUBLIC", name)
    assert "everybody may create in the schema carepass" in carepass("init").err
    (finding,) = [row for row in carepass.rows("store", "check") if row["check"] == "server"]
    assert finding["finding"] == "warning: everybody may create in the schema carepass"


def test_what_others_plant_in_public_is_neither_run_nor_taken_for_a_store(server: Server) -> None:
    name = server.create()
    server.run("CREATE TABLE public.alembic_version (version_num text)", name)
    server.run("INSERT INTO public.alembic_version VALUES ('0002')", name)
    server.run(
        "CREATE FUNCTION public.lower(text) RETURNS text LANGUAGE sql AS 'SELECT 1/0; SELECT $1'", name
    )
    # It fits the arguments better than the server's own, which takes an array of anything.
    better = "FUNCTION public.array_position(name[], name) RETURNS int LANGUAGE sql AS 'SELECT 1/0'"
    server.run(f"CREATE {better}", name)
    carepass = Carepass(server.url(name))
    assert carepass("account", "list", "-o", "json", code=6).error["code"] == "store-missing"
    carepass("home", "create", "cedar", "--name", "Cedar")
    assert homes(carepass.db) == ["cedar"]


def test_an_unencrypted_way_to_another_machine_is_said(server: Server) -> None:
    name = server.create()
    wire = CutWire("127.0.0.2", server.folder, before=None)
    carepass = Carepass(f"postgresql://carepass@127.0.0.2:{wire.port}/{name}")
    said = "the connection to 127.0.0.2 is not encrypted"
    assert said in carepass("init").err
    (finding,) = [row for row in carepass.rows("store", "check") if row["check"] == "server"]
    assert finding["finding"] == f"warning: {said}"
    assert "sslmode=verify-full" in finding["mend"]
    wire.close()


def test_who_may_only_connect_holds_up_no_write(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """What writers wait for is a table of the store's own, and no lock that everybody may take."""
    name = server.create()
    carepass = Carepass(server.url(name))
    carepass("init")
    server.run("CREATE ROLE guest LOGIN")
    monkeypatch.setenv("CAREPASS_LOCK_WAIT", "1")
    place = {"host": str(server.folder), "user": "guest", "dbname": name}
    with psycopg.connect(**place) as guest:
        # All that can be asked for without a right: the locks of applications, session and transaction.
        guest.execute("SELECT pg_advisory_lock(k), pg_advisory_xact_lock(k) FROM generate_series(0, 2000) k")
        guest.execute("SELECT pg_advisory_lock(CAST(hashtext('carepass') AS bigint))")
        with pytest.raises(psycopg.errors.InsufficientPrivilege), guest.transaction():
            guest.execute("LOCK TABLE carepass.write_lock IN ACCESS SHARE MODE")
        carepass("home", "create", "cedar", "--name", "Cedar")
    server.run("DROP ROLE guest")


def test_a_day_that_is_none_is_damage_and_its_row_is_named(server: Server, server_db: str) -> None:
    carepass = Carepass(server_db)
    carepass("home", "create", "cedar", "--name", "Cedar")
    name = server_db.split("/")[3].split("?")[0]
    server.run("UPDATE carepass.home_version SET from_on = 'infinity'", name)
    assert "home_version 1 was changed" in carepass("audit", "verify", code=6).err
    server.run("UPDATE carepass.change SET effective_on = '-infinity'", name)
    for line in (("audit", "list"), ("audit", "verify"), ("store", "check", "--full")):
        assert carepass(*line, "-o", "json", code=6).error["code"] == "store-damaged"


def test_how_the_server_writes_days_changes_nothing(server: Server, server_db: str) -> None:
    carepass = Carepass(server_db)
    name = server_db.split("/")[3].split("?")[0]
    server.run(f"ALTER DATABASE {name} SET datestyle = 'SQL, DMY'")
    carepass("home", "create", "cedar", "--name", "Cedar", "--close", "2026-12-03")
    carepass("audit", "verify")
    assert carepass("home", "show", "cedar", "-o", "json").json["closed_on"] == ["2026-12-03"]
    carepass("store", "check", "--full")
