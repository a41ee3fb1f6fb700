"""What Alembic asks before it migrates: which connection, which tables; coprod/core/schema.py prepares both."""

from typing import Any

import sqlalchemy as sa
from alembic import context

from coprod.core.db import Instant, Root


def plainly(kind: str, thing: Any, _: Any) -> str | bool:
    """Write our own column types as the plain ones they are, so that a migration never changes with the code."""
    if kind == "type" and isinstance(thing, Instant):
        return "sa.DateTime()"
    if kind == "type" and isinstance(thing, sa.Enum):
        return f"sa.String(length={thing.length})"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Root.metadata, render_as_batch=True, compare_type=True, render_item=plainly
)
with context.begin_transaction():
    context.run_migrations()
