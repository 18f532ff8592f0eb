"""What lies in the store's schema on a server, and who else may put something there.

A trigger, a function or a view in it is code that runs with a write or a read of the store, with the rights
of whoever runs carepass; a table or a column of another's is not covered by the audit log.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, Any

import psycopg

from carepass_cli.store.ddl import read_ddl, read_shape
from carepass_cli.store.location import KNOWN_REVISIONS, check_revision, one_revision
from carepass_cli.store.shape import Item, difference, foreign_schema, named

if TYPE_CHECKING:
    Connection = psycopg.Connection[tuple[Any, ...]]

# The store's tables lie in a schema of their own: what others create in `public` is never called.
SCHEMA = "carepass"
# The schema of a connection's own passing tables.
PASSING = "pg_temp"
VERSION_TABLE = "alembic_version"
VERSION_COLUMN = ("column", f"{VERSION_TABLE}.version_num", "character varying(32) NOT NULL")

# All that is in a schema, and what hangs on its tables: kind, name and definition of each. Everything in a
# schema depends on it by `n`, whatever its kind; what a database's owner sets for it (default privileges, a
# publication) by `a`. Definitions are as the server itself writes them, without the schema's name.
# From version 18 on a server has NOT NULL as constraints, too: they are read off the columns.
_PLAIN = rf"'\m({SCHEMA}|{PASSING}(_\d+)?)\.', '', 'g'"
_ITEMS = f"""
    WITH here AS (
        SELECT oid FROM pg_namespace
        WHERE nspname = %(schema)s OR (%(schema)s = '{PASSING}' AND oid = pg_my_temp_schema())
    ), ours AS (
        SELECT c.oid, c.relname AS name, c.relkind, c.relpersistence, c.relrowsecurity
        FROM pg_class c JOIN here ON c.relnamespace = here.oid WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
    ), item AS (
        SELECT o.type AS kind, o.identity AS name, '' AS definition
        FROM here JOIN pg_depend d ON d.refclassid = CAST('pg_namespace' AS regclass)
        AND d.refobjid = here.oid AND d.deptype = 'n'
        CROSS JOIN pg_identify_object(d.classid, d.objid, 0) o
    UNION ALL
        SELECT 'column', ours.name || '.' || a.attname, concat_ws(
            ' ', format_type(a.atttypid, a.atttypmod),
            (SELECT l.collname FROM pg_collation l JOIN pg_type t ON t.oid = a.atttypid
             WHERE l.oid = a.attcollation AND l.oid <> t.typcollation),
            CASE WHEN a.attnotnull THEN 'NOT NULL' END,
            NULLIF(CAST(a.attidentity AS text), ''), NULLIF(CAST(a.attgenerated AS text), ''),
            (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
             WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum)
        )
        FROM ours JOIN pg_attribute a ON a.attrelid = ours.oid
        WHERE ours.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
        SELECT 'constraint', ours.name || '.' || c.conname, pg_get_constraintdef(c.oid)
        FROM ours JOIN pg_constraint c ON c.conrelid = ours.oid WHERE c.contype <> 'n'
    UNION ALL
        SELECT 'index', i.relname, concat_ws(
            ' ', pg_get_indexdef(i.oid), CASE WHEN NOT x.indisvalid THEN 'INVALID' END
        )
        FROM ours JOIN pg_index x ON x.indrelid = ours.oid JOIN pg_class i ON i.oid = x.indexrelid
    UNION ALL
        SELECT CASE WHEN t.tgisinternal THEN 'disabled trigger' ELSE 'trigger' END,
            ours.name || '.' || t.tgname, ''
        FROM ours JOIN pg_trigger t ON t.tgrelid = ours.oid WHERE NOT t.tgisinternal OR t.tgenabled <> 'O'
    UNION ALL
        SELECT 'rule', ours.name || '.' || r.rulename, ''
        FROM ours JOIN pg_rewrite r ON r.ev_class = ours.oid WHERE r.rulename <> '_RETURN'
    UNION ALL
        SELECT 'policy', ours.name || '.' || p.polname, '' FROM ours JOIN pg_policy p ON p.polrelid = ours.oid
    UNION ALL
        SELECT 'row security', ours.name || '.*', '' FROM ours WHERE ours.relrowsecurity
    UNION ALL
        SELECT 'inheriting table', ours.name || '.' || CAST(CAST(i.inhrelid AS regclass) AS text), ''
        FROM ours JOIN pg_inherits i ON i.inhparent = ours.oid
    UNION ALL
        SELECT 'unlogged table', ours.name, '' FROM ours WHERE ours.relpersistence = 'u'
    ), plain AS (
        SELECT kind, regexp_replace(name, {_PLAIN}) AS name,
            regexp_replace(definition, {_PLAIN}) AS definition
        FROM item
    )
"""
# Tables come before their parts.
_LIST = f"""{_ITEMS} SELECT kind, name, definition FROM plain
    ORDER BY kind IN ('column', 'constraint', 'index'), kind <> 'table', kind, name"""
_SHAPE = f"""{_ITEMS} SELECT encode(sha256(convert_to(string_agg(
    concat_ws(' ', kind, name, definition), chr(10)
    ORDER BY kind COLLATE "C", name COLLATE "C", definition COLLATE "C"
), 'UTF8')), 'hex') FROM plain"""
# What of these runs with a read of a table or a write to it, or adds rows to what is read.
CODE = ("trigger", "rule", "policy", "row security", "inheriting table")

_MAY_CREATE = """
    SELECT COALESCE(r.rolname, 'everybody') FROM pg_namespace n
    CROSS JOIN LATERAL aclexplode(COALESCE(n.nspacl, acldefault('n', n.nspowner))) a
    LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE n.nspname = %s AND a.privilege_type = 'CREATE' AND a.grantee <> n.nspowner ORDER BY 1
"""
LOCAL = ("localhost", "127.0.0.1", "::1")
DROP = "See what it is, and who made it; then drop it."
CARRY = f"{DROP[:-1]}, or carry a backup to an empty database: carepass --db BACKUP store copy --to URL"


def check_shape(connection: "Connection", where: str, connect: Callable[[], "Connection"]) -> bool:
    """Whether there is a store. Raises StoreUnavailable (`store-damaged`) where its schema is not as this
    version makes it, and what `check_revision` raises for a store of another version.

    One query, where all is well. Else a connection of its own has the server write down what this version
    makes: what differs is named, and a server that only words it otherwise than the one we asked is right.
    """
    shape = _shape(connection, SCHEMA)
    if shape is None or shape == read_shape():
        return shape is not None
    there = _list(connection, SCHEMA)
    if _says_revision(there):
        check_revision(read_revision(connection, where), where)  # another version's schema is another one
    with connect() as other:
        what = _difference(other, there)
    if what:
        raise foreign_schema(where, what, CARRY)
    return True


def read_revision(connection: "Connection", where: str) -> str | None:
    """The store's revision; None where it has none. The table must be a plain one."""
    sql = f"SELECT version_num FROM ONLY {SCHEMA}.{VERSION_TABLE}"
    return one_revision(connection.execute(sql.encode()).fetchall(), where)


def holds_released(connection: "Connection", where: str) -> bool:
    """Whether what lies in the store's schema is a store of version 0.1, which lay wherever names were looked
    up: as a rule in `public`, but of a role `carepass` in the schema of that name."""
    return (
        _says_revision(_list(connection, SCHEMA)) and read_revision(connection, where) == KNOWN_REVISIONS[0]
    )


def _says_revision(there: Collection[Item]) -> bool:
    """Whether a schema has the plain table that tells its revision."""
    return VERSION_COLUMN in there and ("row security", f"{VERSION_TABLE}.*", "") not in there


def find_code(connection: "Connection", schema: str, tables: Collection[str]) -> str:
    """What hangs on these tables of a schema and runs when they are used, the first of it; else nothing."""
    for kind, name, _ in _list(connection, schema):
        if kind in CODE and name.partition(".")[0] in tables:
            return named(kind, name)
    return ""


def make_shape(connection: "Connection") -> str:
    """The shape of the schema as this version makes it on this server."""
    _make_passing(connection)
    return str(_shape(connection, PASSING))


def _difference(connection: "Connection", there: list[Item]) -> str:
    """How a schema differs from what this version makes on this server; `a schema` where that cannot be
    tried (on a standby, or without the right to make passing tables)."""
    try:
        with connection.transaction(force_rollback=True):
            _make_passing(connection)
            return difference(_list(connection, PASSING), there)
    except psycopg.Error:
        return "a schema"


def _make_passing(connection: "Connection") -> None:
    """Make the schema from tables that only this connection sees, in the transaction under way."""
    connection.execute(f"SET LOCAL search_path = {PASSING}")
    connection.execute(read_ddl("postgresql").encode())


def _shape(connection: "Connection", schema: str) -> str | None:
    """A hash over all that lies in a schema; None for nothing."""
    row = connection.execute(_SHAPE.encode(), {"schema": schema}).fetchone()
    return row[0] if row else None


def _list(connection: "Connection", schema: str) -> list[Item]:
    return connection.execute(_LIST.encode(), {"schema": schema}).fetchall()


def find_worries(connection: "Connection") -> Iterator[tuple[str, str]]:
    """What is not as safe as it could be about a store on a server, each with its mend: an unencrypted way to
    another machine, others who may create in the store's schema, a schema that somebody else owns."""
    host = connection.info.host
    if host and not host.startswith("/") and host not in LOCAL and not connection.pgconn.ssl_in_use:
        yield (
            f"the connection to {host} is not encrypted",
            "Add ?sslmode=verify-full to the URL (and sslrootcert), or sslmode=require.",
        )
    for (name,) in connection.execute(_MAY_CREATE, (SCHEMA,)).fetchall():
        whom = "PUBLIC" if name == "everybody" else name
        yield (
            f"{name} may create in the schema {SCHEMA}",
            f"As its owner: REVOKE CREATE ON SCHEMA {SCHEMA} FROM {whom}",
        )
    sql = """
        SELECT pg_get_userbyid(nspowner), pg_has_role(nspowner, 'USAGE') FROM pg_namespace WHERE nspname = %s
    """
    for owner, ours in connection.execute(sql, (SCHEMA,)).fetchall():
        if not ours:
            yield (f"the schema {SCHEMA} belongs to {owner}", "See that this is whom you expect it to be.")
