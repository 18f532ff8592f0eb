"""A store that version 0.1 filled is upgraded with its rows, whole, and proven like any other."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.conftest import Carepass
from tests.postgres.server import Server
from tests.store.released import make_released, make_released_on, released_reads

on_file = pytest.mark.on_file

# What version 0.2 answers otherwise, and why (CHANGELOG): keys that `submission list` gave up for others; a
# span chooses rows and changes no status; an attempt that came to nothing is a retake whoever paid for it;
# after a waiver the time to do a course begins anew.
CHANGED = {
    "submission list": ("access_by",),
    "report expiring --by 2030-01-01": ("status",),
    "requirement list --account 1001": ("due_on",),
}
NEW_ROWS = ("report retakes", "audit list")


@pytest.fixture
def old(tmp_path: Path) -> Carepass:
    make_released(tmp_path / "old.db")
    return Carepass(str(tmp_path / "old.db"))


@pytest.fixture
def old_on_server(server: Server) -> Iterator[Carepass]:
    name = make_released_on(server)
    yield Carepass(server.url(name))
    server.drop(name)


@pytest.mark.parametrize("where", ["old", "old_on_server"])
def test_every_read_answers_as_before(request: pytest.FixtureRequest, where: str) -> None:
    carepass = request.getfixturevalue(where)
    carepass("store", "upgrade")
    for day, command, before in released_reads():
        ran = carepass(*command, "-o", "json", today=day, code=before["exit"])
        read = " ".join(command)
        if before["exit"]:
            assert ran.error["code"] == before["code"], f"{day} {read}"
        elif before["json"] is not None:
            assert_same(json.loads(ran.out), before["json"], read, f"{day} {read}")


def assert_same(now: Any, before: Any, read: str, where: str) -> None:
    """Whatever was there is there, with the same value; rows and keys may be more where they may."""
    if isinstance(before, dict):
        for key in before.keys() - set(CHANGED.get(read, ())):
            assert_same(now[key], before[key], read, f"{where}: {key}")
    elif isinstance(before, list):
        assert len(now) == len(before) or (read in NEW_ROWS and len(now) > len(before)), where
        for at, row in enumerate(before):
            assert_same(now[at], row, read, f"{where} [{at}]")
    else:
        assert now == before, where


def test_on_a_server_the_old_tables_stay_and_refuse_their_own_program(
    old_on_server: Carepass, server: Server
) -> None:
    carepass = old_on_server
    url = carepass.db.replace("postgresql+psycopg://", "postgresql://")
    for read in (("account", "list"), ("home", "edit", "maple-grove", "--city", "Sarnia"), ("init",)):
        assert carepass(*read, "-o", "json", code=6).error["code"] == "store-outdated"
    with psycopg.connect(url) as store:
        (people,) = store.execute("SELECT COUNT(*) FROM public.account").fetchone() or (0,)
        head = "SELECT id || ':' || encode(hash, 'hex') FROM public.audit_entry ORDER BY id DESC LIMIT 1"
        (kept,) = store.execute(head).fetchone() or ("",)
    assert carepass.rows("store", "upgrade")["result"] == "updated"
    assert carepass.rows("store", "upgrade")["result"] == "unchanged"
    with psycopg.connect(url) as store:
        assert store.execute("SELECT COUNT(*) FROM public.account").fetchone() == (people,)
        assert store.execute("SELECT version_num FROM public.alembic_version").fetchone() == ("0002",)
    carepass("audit", "verify", "--head", kept)
    carepass("store", "check", "--full")
    # Numbers go on where they were.
    home = carepass.rows("account", "create", *PERSON)
    assert home["portal_id"] == str(1000 + people)


def test_on_a_server_the_old_store_may_lie_in_a_schema_of_our_name(
    old_on_server: Carepass, server: Server
) -> None:
    """Version 0.1 made its tables where the server looks first: of a role carepass in the schema carepass."""
    name = old_on_server.db.split("/")[3].partition("?")[0]
    server.run("ALTER SCHEMA public RENAME TO carepass", name)
    server.run("CREATE SCHEMA carepass_0_1", name)
    ran = old_on_server("account", "list", "-o", "json", code=6)
    assert (ran.error["code"], "store upgrade" in ran.error["hint"]) == ("store-outdated", True)
    ran = old_on_server("store", "upgrade", "-o", "json")
    assert (ran.json["result"], "carepass_0_1_1" in ran.err) == ("updated", True)
    assert old_on_server.rows("store", "upgrade")["result"] == "unchanged"
    old = "SELECT COUNT(*), (SELECT MAX(version_num) FROM carepass_0_1_1.alembic_version) FROM {}.account"
    assert server.run(old.format("carepass_0_1_1"), name) == server.run(old.format("carepass"), name)
    assert server.run(old.format("carepass"), name)[0][1] == "0002"
    old_on_server("audit", "verify")
    old_on_server("store", "check", "--full")


def test_on_a_server_tables_of_somebody_else_are_no_store(server: Server) -> None:
    name = make_released_on(server)
    carepass = Carepass(server.url(name))
    url = carepass.db.replace("postgresql+psycopg://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as store:
        store.execute("CREATE ROLE stranger")
        store.execute("ALTER TABLE public.alembic_version OWNER TO stranger")
        store.execute("CREATE ROLE carepass_alone LOGIN; GRANT ALL ON SCHEMA public TO carepass_alone")
        store.execute(f'GRANT CREATE ON DATABASE "{name}" TO carepass_alone')
    try:
        alone = Carepass(carepass.db.replace("carepass@", "carepass_alone@"))
        assert alone("account", "list", "-o", "json", code=6).error["code"] == "store-missing"
        assert alone("store", "upgrade", "-o", "json", code=6).error["code"] == "store-missing"
    finally:
        server.drop(name)
        server.run("DROP ROLE stranger")


PERSON = (
    "--first-name",
    "New",
    "--last-name",
    "One",
    "--birthdate",
    "1999-09-09",
    "--email",
    "n@example.org",
)


@on_file
def test_it_is_upgraded_once_and_the_old_one_stays_whole(old: Carepass) -> None:
    with closing(sqlite3.connect(old.db)) as store:
        before = "\n".join(store.iterdump())
    assert old("account", "list", "-o", "json", code=6).error["code"] == "store-outdated"
    head = "SELECT id || ':' || lower(hex(hash)) FROM audit_entry ORDER BY id DESC LIMIT 1"
    with closing(sqlite3.connect(old.db)) as store:
        (kept,) = store.execute(head).fetchone()
    assert old.rows("store", "upgrade")["result"] == "updated"
    assert old.rows("store", "upgrade")["result"] == "unchanged"
    with closing(sqlite3.connect(f"{old.db}.before-0002-1")) as store:
        assert "\n".join(store.iterdump()) == before
    old("audit", "verify", "--head", kept)
    old("store", "check", "--full")
    assert [row["code"] for row in old.rows("record", "list", "1000")] == ["PCI-101", "IPAC-101"]
    assert old.rows("account", "show", "1001")["language"] == "fr"


@on_file
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("""UPDATE undo_step SET before = '{"language": "en"}' WHERE before IS NOT NULL""", "undo_step"),
        ("UPDATE undo_step SET last_key = last_key + 1 WHERE id = 1", "undo_step 1"),
        ("DELETE FROM undo_step WHERE id = 1", "undo_step 1 was removed"),
        ("UPDATE completion SET provider = 'x' WHERE id = 1", "completion 1 was changed"),
        ("UPDATE change SET actor = 'x' WHERE id = 3", "entry"),
    ],
)
def test_what_was_there_before_is_proven_from_then_on(old: Carepass, sql: str, said: str) -> None:
    old("store", "upgrade")
    with closing(sqlite3.connect(old.db)) as store:
        assert store.execute(sql).rowcount
        store.commit()
    assert said in old("audit", "verify", code=6).err


@on_file
def test_changes_made_before_are_undone_and_people_erased(
    old: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carepass_cli.clock import Clock

    monkeypatch.setattr(Clock, "real_day", property(lambda clock: clock.today))
    old("store", "upgrade")
    old("role", "end", "1000", "--home", "maple-grove", "--role", "psw", "--reason", "left")
    old("account", "erase", "1000", "--yes", today="2040-01-01")
    old("audit", "verify", today="2040-01-01")
    with closing(sqlite3.connect(old.db)) as store:
        assert "ann@example.org" not in "\n".join(store.iterdump())


@on_file
def test_the_log_of_before_is_proven_when_its_actor_is_erased(
    old: Carepass, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carepass_cli.clock import Clock

    monkeypatch.setattr(Clock, "real_day", property(lambda clock: clock.today))
    with closing(sqlite3.connect(old.db)) as store:  # as if this person had kept the store all the time
        store.execute("UPDATE change SET actor = 'Ann Aube'")
        _chain_anew(store)
        store.commit()
    old("store", "upgrade")
    old("audit", "verify")
    old("role", "end", "1000", "--home", "maple-grove", "--role", "psw", "--reason", "left")
    old("account", "erase", "1000", "--yes", today="2040-01-01")
    old("audit", "verify", today="2040-01-01")
    with closing(sqlite3.connect(old.db)) as store:
        assert not store.execute("SELECT 1 FROM change WHERE actor = 'Ann Aube'").fetchone()
        store.execute("UPDATE audit_entry SET key = 'another' WHERE id = 3")
        store.commit()
    assert "changed outside carepass" in old("audit", "verify", code=6, today="2040-01-01").err


def _chain_anew(store: sqlite3.Connection) -> None:
    """Chain the log as version 0.1 did, with the actors' names in it."""
    sql = """
        SELECT e.id, e.payload_hash, c.id, c.at, c.effective_on, c.actor, c.command, e.action, e.subject,
               e.key, e.account_id
        FROM audit_entry e JOIN change c ON c.id = e.change_id ORDER BY e.id
    """
    previous = b"\0" * 32
    for number, payload, *parts in store.execute(sql).fetchall():
        line = "\x1f".join("" if part is None else str(part) for part in (number, *parts))
        previous = sha256(previous + line.encode() + payload).digest()
        store.execute("UPDATE audit_entry SET hash = ? WHERE id = ?", (previous, number))
