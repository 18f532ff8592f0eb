"""The schema's SQL, ready for each engine: `sqlite.sql` and `postgresql.sql` are generated from the schema
(python -m tests.store.generate), and `postgresql.sha256` from what a server makes of that."""

from pathlib import Path


def read_ddl(engine: str) -> str:
    """The statements that make the schema on `sqlite` or `postgresql`, each ended by `;` and a line's end."""
    return Path(__file__).with_name(f"{engine}.sql").read_text(encoding="utf-8")


def read_shape() -> str:
    """The hash over the schema as a server has it (`store.server_schema`)."""
    return Path(__file__).with_name("postgresql.sha256").read_text(encoding="ascii").strip()
