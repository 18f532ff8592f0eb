"""Alembic's environment: runs on the connection that `store.migrate` hands over, in its transaction."""

from alembic import context

from carepass_cli.store.tables import METADATA

# What `models.index_where` says for SQLite holds on PostgreSQL too.
for table in METADATA.tables.values():
    for index in table.indexes:
        condition = index.dialect_options["sqlite"]["where"]
        if condition is not None:
            index.dialect_kwargs["postgresql_where"] = condition

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
)
context.run_migrations()
