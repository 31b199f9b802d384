"""Where alembic finds its connection: the program gives one, already in the transaction that makes the migration atomic."""

from alembic import context

from chatserver.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
