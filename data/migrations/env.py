"""Alembic's entrance: migrates over the connection that `data.engine` hands in."""

from alembic import context

from data.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # also in SQLite: data.engine has opened the transaction
)
with context.begin_transaction():
    context.run_migrations()
