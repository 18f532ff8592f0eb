"""The schema's SQL, ready for each engine: `sqlite.sql` and `postgresql.sql` are generated from the schema
(python -m tests.store.generate)."""

from pathlib import Path


def read_ddl(engine: str) -> str:
    """The statements that make the schema on `sqlite` or `postgresql`, each ended by `;` and a line's end."""
    return Path(__file__).with_name(f"{engine}.sql").read_text(encoding="utf-8")
