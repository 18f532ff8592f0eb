"""On a server, too, what is in the store's schema and is not carepass's is damage, and is named."""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from carepass_cli.errors import StoreUnavailable
from carepass_cli.store import server_schema
from carepass_cli.store.server import check_server, connect, use_schema
from tests.conftest import Carepass
from tests.postgres.server import Server
from tests.store.released import make_released_on

RETURNS_TRIGGER = "RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"
TRIGGER = (
    f"CREATE FUNCTION public.f() {RETURNS_TRIGGER}; "
    "CREATE TRIGGER t BEFORE INSERT ON carepass.home FOR EACH ROW EXECUTE FUNCTION public.f()"
)
FOREIGN = """
    CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w;
    CREATE FOREIGN TABLE carepass.x (id int) SERVER s
"""
ON_VIEW = "DROP TABLE carepass.note; CREATE VIEW carepass.note AS SELECT 1 AS id, '' AS name, '' AS value"
AS_VIEW = """
    DROP TABLE carepass.alembic_version;
    CREATE VIEW carepass.alembic_version AS SELECT CAST(1 / 0 AS varchar(32)) AS version_num
"""
# What somebody does, and what is said of it.
PLANTED = [
    (TRIGGER, "a trigger 'home.t'"),
    ("CREATE VIEW carepass.v AS SELECT 1", "a view 'v'"),
    ("CREATE MATERIALIZED VIEW carepass.m AS SELECT 1 AS one", "a materialized view 'm'"),
    (ON_VIEW, "a view 'note'"),
    (AS_VIEW, "a view 'alembic_version'"),
    (
        "CREATE FUNCTION carepass.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT 1/0; SELECT $1'",
        "a function 'lower(character varying)'",
    ),
    (
        "CREATE FUNCTION public.f(varchar, varchar) RETURNS bool LANGUAGE sql AS 'SELECT true'; "
        "CREATE OPERATOR carepass.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.f)",
        "an operator '=(character varying,character varying)'",
    ),
    ("CREATE RULE r AS ON UPDATE TO carepass.home DO INSTEAD NOTHING", "a rule 'home.r'"),
    ("CREATE POLICY p ON carepass.home USING (false)", "a policy 'home.p'"),
    ("ALTER TABLE carepass.home ENABLE ROW LEVEL SECURITY", "a row security 'home.*'"),
    (FOREIGN, "a foreign table 'x'"),
    ("CREATE TABLE carepass.other (id int)", "a table 'other'"),
    (
        "CREATE TABLE public.more () INHERITS (carepass.completion)",
        "an inheriting table 'completion.public.more'",
    ),
    ("CREATE SEQUENCE carepass.s", "a sequence 's'"),
    ("CREATE DOMAIN carepass.date AS text", "a type 'date'"),
    ("ALTER TABLE carepass.home ADD COLUMN other int", "a column 'home.other'"),
    ("ALTER TABLE carepass.home DROP COLUMN created_on", "no column 'home.created_on'"),
    ("ALTER TABLE carepass.home ALTER code TYPE text", "a column 'home.code' of a form"),
    ("ALTER TABLE carepass.home ALTER code DROP NOT NULL", "a column 'home.code' of a form"),
    ("ALTER TABLE carepass.home ALTER code SET DEFAULT 'x'", "a column 'home.code' of a form"),
    ("ALTER TABLE carepass.home ALTER id DROP IDENTITY", "no sequence 'home_id_seq'"),
    ("ALTER TABLE carepass.account_version ALTER folded TYPE varchar", "a column 'account_version.folded'"),
    ("DROP TABLE carepass.note", "no table 'note'"),
    ("DROP INDEX carepass.ux_home_version_open", "no index 'ux_home_version_open'"),
    ("CREATE INDEX i ON carepass.home (code)", "an index 'i'"),
    (
        "DROP INDEX carepass.ux_home_version_open; "
        "CREATE UNIQUE INDEX ux_home_version_open ON carepass.home_version (home_id) WHERE id > 1",
        "an index 'ux_home_version_open' of a form",
    ),
    (
        "ALTER TABLE carepass.leave DROP CONSTRAINT ck_leave_until_after_from",
        "no constraint 'leave.ck_leave_until_after_from'",
    ),
    (
        "ALTER TABLE carepass.leave DROP CONSTRAINT ck_leave_until_after_from; ALTER TABLE carepass.leave "
        "ADD CONSTRAINT ck_leave_until_after_from CHECK (until_on >= from_on - 1)",
        "a constraint 'leave.ck_leave_until_after_from' of a form",
    ),
    ("ALTER TABLE carepass.completion DISABLE TRIGGER ALL", "a disabled trigger 'completion.RI_"),
    ("ALTER TABLE carepass.note SET UNLOGGED", "an unlogged table 'note'"),
    (
        "DROP SCHEMA carepass CASCADE; CREATE SCHEMA carepass; "
        "CREATE TABLE carepass.alembic_version (version_num varchar(32) NOT NULL); "
        "INSERT INTO carepass.alembic_version VALUES ('0002')",
        "no table 'account'",
    ),
    ("INSERT INTO carepass.alembic_version VALUES ('0001')", "2 rows in alembic_version (0001, 0002)"),
    ("DELETE FROM carepass.alembic_version", "alembic_version has no row"),
]
# What an administrator does with a database of his own, and what lies beside the store.
HARMLESS = [
    "SELECT 1",
    "CREATE FUNCTION public.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT 1/0; SELECT $1'",
    "CREATE TABLE public.home (id int)",
    "CREATE TEMP TABLE home (id int)",
    "CREATE ROLE reader; GRANT USAGE ON SCHEMA carepass TO reader; GRANT SELECT ON carepass.home TO reader",
    "CREATE ROLE r; ALTER DEFAULT PRIVILEGES IN SCHEMA carepass GRANT SELECT ON TABLES TO r",
    "CREATE PUBLICATION p FOR TABLE carepass.home",
    "ALTER TABLE carepass.completion SET (autovacuum_vacuum_scale_factor = 0.01)",
    "ALTER TABLE carepass.completion ALTER account_id SET STATISTICS 500",
    "COMMENT ON TABLE carepass.home IS 'homes'",
    "ALTER SCHEMA carepass RENAME TO c; ALTER SCHEMA c RENAME TO carepass",
]


@pytest.fixture(scope="module")
def url(server: Server, server_template: str) -> Iterator[str]:
    name = server.create(server_template)
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def tried(url: str) -> Iterator[psycopg.Connection]:
    """A connection to the store; whatever it does is rolled back."""
    with closing(connect(url)) as connection, connection.transaction(force_rollback=True):
        yield connection


def looked_at(connection: psycopg.Connection, url: str) -> str:
    """What is said of the schema; nothing where it is carepass's own."""
    use_schema(connection)
    try:
        check_server(connection, url)
    except StoreUnavailable as error:
        return error.message if error.code == "store-damaged" else error.code
    return ""


@pytest.mark.parametrize(("sql", "what"), PLANTED, ids=[what for _, what in PLANTED])
def test_what_carepass_did_not_make_is_named(
    tried: psycopg.Connection, url: str, sql: str, what: str
) -> None:
    tried.execute(sql.encode())
    assert what in looked_at(tried, url)


@pytest.mark.parametrize("sql", HARMLESS)
def test_what_an_administrator_does_beside_it_is_no_damage(
    tried: psycopg.Connection, url: str, sql: str
) -> None:
    tried.execute(sql.encode())
    assert looked_at(tried, url) == ""
    same = "SELECT CAST('home' AS regclass) = CAST('carepass.home' AS regclass)"
    assert tried.execute(same).fetchone() == (True,)


def test_a_server_that_words_the_same_otherwise_is_right(
    tried: psycopg.Connection, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_schema, "read_shape", lambda: "of another version of the server")
    assert looked_at(tried, url) == ""
    tried.execute("CREATE VIEW carepass.v AS SELECT 1")
    assert "a view 'v'" in looked_at(tried, url)


def test_on_a_standby_it_is_damage_without_its_name(
    tried: psycopg.Connection, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried.execute("CREATE VIEW carepass.v AS SELECT 1")
    monkeypatch.setenv("PGOPTIONS", "-c default_transaction_read_only=on")
    assert "has a schema that carepass did not make" in looked_at(tried, url)


def test_it_is_damage_to_every_command(server: Server, server_template: str) -> None:
    name = server.create(server_template)
    carepass = Carepass(server.url(name))
    carepass("home", "create", "cedar", "--name", "Cedar")
    empty = server.url(server.create())
    server.run(TRIGGER, name)
    for line in (
        ("home", "list"),
        ("home", "create", "maple", "--name", "Maple"),
        ("init",),
        ("store", "check"),
        ("store", "check", "--full"),
        ("audit", "verify"),
        ("store", "upgrade"),
        ("store", "backup", str(server.folder / "backup")),
        ("store", "copy", "--to", empty),
    ):
        ran = carepass(*line, "-o", "json", code=6)
        assert ran.error["code"] == "store-damaged", line
        assert "a trigger 'home.t' that carepass did not make" in ran.error["message"]
        assert "drop it" in ran.error["hint"]
    server.run("DROP TRIGGER t ON carepass.home", name)
    assert [row["code"] for row in carepass.rows("home", "list")] == ["cedar"]


def test_a_store_is_not_copied_into_a_schema_with_code(server: Server, staff: Carepass) -> None:
    name = server.create()
    Carepass(server.url(name))("init")
    server.run(TRIGGER, name)
    ran = staff("store", "copy", "--to", server.url(name), "-o", "json", code=6)
    assert "a trigger 'home.t'" in ran.error["message"]
    assert server.run("SELECT count(*) FROM carepass.home", name) == [(0,)]


BEFORE = [
    ("CREATE FUNCTION carepass.lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT $1'", "a function"),
    ("CREATE TABLE carepass.home (id int)", "no table 'account'"),
    ("CREATE TYPE carepass.home AS (id int)", "a type 'home'"),
    (
        "CREATE TABLE carepass.alembic_version (version_num varchar(32) NOT NULL); "
        "INSERT INTO carepass.alembic_version VALUES ('0002')",
        "that carepass did not make",
    ),
    ("CREATE VIEW carepass.write_lock AS SELECT 1 AS id", "a view 'write_lock'"),
]


@pytest.mark.parametrize(("sql", "what"), BEFORE)
def test_what_lay_in_the_schema_before_keeps_a_store_from_being_made(
    server: Server, sql: str, what: str
) -> None:
    name = server.create()
    server.run("CREATE SCHEMA carepass", name)
    for each in sql.split("; "):
        server.run(each, name)
    carepass = Carepass(server.url(name))
    for line in (("init",), ("home", "create", "cedar", "--name", "Cedar")):
        ran = carepass(*line, "-o", "json", code=6)
        assert ran.error["code"] == "store-damaged"
        assert what in ran.error["message"]
    assert server.run("SELECT to_regclass('carepass.account')", name) == [(None,)]


def test_a_schema_of_another_role_is_said_and_is_no_damage(server: Server, server_template: str) -> None:
    name = server.create(server_template)
    server.run("CREATE ROLE guest LOGIN; CREATE ROLE stranger", "postgres")
    server.run("ALTER SCHEMA carepass OWNER TO stranger", name)
    server.run("GRANT USAGE ON SCHEMA carepass TO guest", name)
    for things in ("TABLES", "SEQUENCES"):
        server.run(f"GRANT ALL ON ALL {things} IN SCHEMA carepass TO guest", name)
    guest = Carepass(server.url(name).replace("carepass@", "guest@"))
    try:
        assert "the schema carepass belongs to stranger" in guest("init").err
        (row,) = [row for row in guest.rows("store", "check") if row["check"] == "server"]
        assert row["finding"] == "warning: the schema carepass belongs to stranger"
        guest("home", "create", "cedar", "--name", "Cedar")
    finally:
        server.drop(name)
        server.run("DROP ROLE guest; DROP ROLE stranger")


def test_code_on_the_tables_of_version_0_1_keeps_it_from_being_upgraded(server: Server) -> None:
    name = make_released_on(server)
    carepass = Carepass(server.url(name))
    server.run(TRIGGER.replace("carepass.home", "public.alembic_version"), name)
    ran = carepass("store", "upgrade", "-o", "json", code=6)
    assert "a trigger 'alembic_version.t'" in ran.error["message"]
    assert server.run("SELECT to_regnamespace('carepass')", name) == [(None,)]
    server.run("DROP TRIGGER t ON public.alembic_version", name)
    carepass("store", "upgrade")
    carepass("audit", "verify")
