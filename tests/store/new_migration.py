"""Lets alembic write the next migration: `python -m tests.store.new_migration 'what changes'`."""

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from carepass_cli.store import migrate
from carepass_cli.store.location import KNOWN_REVISIONS

MIGRATIONS = Path(migrate.__file__).parent / "migrations"


def main(what: str) -> None:
    """Write it; the rest (reading it, naming it in `store.location`) is a person's."""
    number = f"{len(KNOWN_REVISIONS) + 1:04d}"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with create_engine("sqlite://").connect() as connection:
        migrate.migrate(connection)
        config.attributes["connection"] = connection
        command.revision(config, message=what, autogenerate=True, rev_id=number)
    for path in (MIGRATIONS / "versions").glob(f"{number}_*.py"):
        # SQLModel's text type is SQLAlchemy's with another name; migrations need only the latter.
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("sqlmodel.sql.sqltypes.AutoString()", "sa.String()"), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
