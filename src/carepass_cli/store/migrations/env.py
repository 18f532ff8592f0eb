"""Alembic's environment: runs on the connection that `store.create` hands over, in its transaction."""

from alembic import context
from sqlmodel import SQLModel

from carepass_cli.store import models_catalog, models_passport, models_training  # noqa: F401  (metadata)

# What `models.index_where` says for SQLite holds on PostgreSQL too.
for table in SQLModel.metadata.tables.values():
    for index in table.indexes:
        condition = index.dialect_options["sqlite"]["where"]
        if condition is not None:
            index.dialect_kwargs["postgresql_where"] = condition

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
context.run_migrations()
