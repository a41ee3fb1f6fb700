"""What Alembic asks before it migrates: which connection, which tables; coprod/core/schema.py prepares both."""

from alembic import context

from coprod.core.db import Root

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Root.metadata, render_as_batch=True, compare_type=True)
with context.begin_transaction():
    context.run_migrations()
