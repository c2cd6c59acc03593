"""Run by Alembic: migrates over the connection that `revisions` hands in, within its transaction."""

from alembic import context

from attrtrack.storage.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
